"""A session in lines locks when nobody types, as the app does."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from assistant.app.lock_after import USUAL, lock_minutes
from assistant.app.preferences import Settings, save_preferences
from assistant.commands import idle, talk
from assistant.commands.idle import IdleError, typed_line
from assistant.store.store_errors import LockedError
from assistant.workspace.workspace import Workspace
from tests.stores import CHEAP

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="no alarm on this system")
WORDS = "four ordinary test words"


class Line:
    """A line editor in which these stand, one after the other, each time it is looked at."""

    def __init__(self, *stands: str) -> None:
        self._stands = iter(stands)

    def get_line_buffer(self) -> str:
        return next(self._stands)

    def set_startup_hook(self, _: object) -> None:
        """Nothing is shown."""


def test_nothing_typed_for_the_time_agreed_is_idle_and_what_stood_there_comes_back(monkeypatch: pytest.MonkeyPatch):
    looks: list[None] = []

    def waits(_: str) -> str:
        while True:
            looks.append(None)
            signal.pause()

    monkeypatch.setattr("builtins.input", waits)
    monkeypatch.setattr(idle, "_line_editor", lambda: Line("she sa", "she said", "she said"))
    with pytest.raises(IdleError) as away:
        typed_line("> ", 0.01)
    assert (away.value.half, len(looks)) == ("she said", 3), "somebody in the middle of an answer is not idle"
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_computer_that_slept_was_left_alone_however_short_it_was(monkeypatch: pytest.MonkeyPatch):
    slept = iter([0.0])

    def waits(_: str) -> str:
        while True:
            signal.pause()

    monkeypatch.setattr("builtins.input", waits)
    monkeypatch.setattr(idle, "LOOK_S", 0.01)
    monkeypatch.setattr(idle, "_line_editor", lambda: Line("she sa"))
    monkeypatch.setattr("assistant.app.lock_after.slept_s", lambda: next(slept, 90.0))
    with pytest.raises(IdleError) as away:
        typed_line("> ", 3600)
    assert (away.value.half, away.value.slept) == ("she sa", True)


def test_a_line_that_comes_in_time_or_is_waited_for_for_ever_rings_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("builtins.input", lambda prompt: f"{prompt}words")
    assert typed_line("> ", 60) == "> words" and typed_line("> ", 0) == "> words"
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_away_from_a_session_in_lines_the_records_are_locked_until_the_passphrase_is_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("REFLECT_PASSPHRASE_FILE")
    workspace = Workspace(tmp_path, iterations=CHEAP)
    workspace.opening.set_passphrase(WORDS)
    happens = iter([IdleError("she sa"), "she said so"])
    given: list[str] = []
    locked: list[bool] = []

    def typed(_: str, __: float, half: str) -> str:
        given.append(half)
        event = next(happens)
        if isinstance(event, IdleError):
            raise event
        return str(event)

    def asks(*_: object, **__: object) -> str:
        with pytest.raises(LockedError):
            workspace.store  # noqa: B018
        locked.append(True)
        return WORDS

    monkeypatch.setattr(talk, "typed_line", typed)
    monkeypatch.setattr(talk, "somebody_there", lambda: True)
    monkeypatch.setattr(click, "prompt", asks)
    shown: list[str] = []
    lines: Iterator[str] = talk._typed(workspace, lambda: shown.append("the question again"), prompting=True)
    assert next(lines) == "she said so"
    assert (given, locked, shown) == (["", "she sa"], [True], ["the question again"])
    assert workspace.store.sessions() == []


def test_the_line_mode_locks_after_the_time_chosen_in_the_app(tmp_path: Path):
    assert lock_minutes(tmp_path) == USUAL
    save_preferences(Settings(lock_minutes=30), tmp_path)
    assert lock_minutes(tmp_path) == 30
    save_preferences(Settings(lock_minutes=0), tmp_path)
    assert lock_minutes(tmp_path) == 0
