"""Tests that drive a screen, a command, a browser, a server or a process are run again when they fail, twice at most.

What they wait for is another program, and on a busy machine one in thousands comes late: no reason to keep a body of
work from main. A test of rules alone is never run again: it fails for a reason. Owns which tests these are.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType

import pytest

MORE_ATTEMPTS = 2
DRIVEN = tuple(Path(__file__).parent / room for room in ("app", "commands"))
"""Rooms whose tests drive a whole program: a signal meant for another test has once stopped a command."""
SERVER = "server"
STARTS_A_PROCESS = frozenset(("subprocess", "fork", "as_a_process", "begun"))
LIMIT = pytest.StashKey[object]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark them; one that hung has had its minutes and is not run again."""
    for item in items:
        if isinstance(item, pytest.Function) and _drives_something(item):
            item.add_marker(pytest.mark.flaky(reruns=MORE_ATTEMPTS, rerun_except=["from pytest-timeout"]))


def _drives_something(test: pytest.Function) -> bool:
    driven = any(test.path.is_relative_to(room) for room in DRIVEN)
    return driven or SERVER in test.fixturenames or starts_a_process(test.function)


def starts_a_process(test: object) -> bool:
    """Whether a test begins a process, itself or through a function of its own module."""
    return any(not STARTS_A_PROCESS.isdisjoint(code.co_names) for code in _code(test))


def _code(test: object) -> Iterator[CodeType]:
    waiting, seen = [test], set[object]()
    while waiting:
        function = waiting.pop()
        if isinstance(function, FunctionType) and function not in seen:
            seen.add(function)
            yield function.__code__
            named = (function.__globals__.get(name) for name in function.__code__.co_names)
            waiting += [one for one in named if getattr(one, "__module__", None) == function.__module__]


@pytest.hookimpl(tryfirst=True)
def pytest_timeout_set_timer(item: pytest.Item, settings: object) -> None:
    """Remember the limit of a test: its timer ends with the first failure."""
    item.stash[LIMIT] = settings


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Give each further attempt the time that the first had, so that none hangs for ever."""
    if getattr(item, "execution_count", 1) > 1:
        item.config.hook.pytest_timeout_set_timer(item=item, settings=item.stash[LIMIT])
