"""A painted line's caches, which Textual makes with the line and we when they're wanted."""

from __future__ import annotations

import inspect
import re

import pytest
from rich.segment import Segment
from textual import strip
from textual.css.model import RuleSet
from textual.strip import Strip

from assistant.app.textual_cache import _MADE_LATE, keep_little


@pytest.fixture(autouse=True)
def _kept_little() -> None:
    keep_little()


def made(line: Strip) -> list[str]:
    """The caches that there are."""

    def is_there(name: str) -> bool:
        try:
            object.__getattribute__(line, name)
        except AttributeError:
            return False
        return True

    return [name for name in _MADE_LATE if is_there(name)]


def test_a_line_has_no_cache_until_one_is_wanted_and_then_keeps_it():
    line = Strip([Segment("He was asleep.")])
    assert (line.text, line.cell_length, made(line)) == ("He was asleep.", 14, [])
    assert line.crop(3, 6).text == "was"
    assert line.crop(3, 6) is line.crop(3, 6)
    assert made(line) == ["_crop_cache"]


def test_what_textual_does_not_know_of_a_line_nobody_knows():
    with pytest.raises(AttributeError, match="_no_cache"):
        _ = Strip([])._no_cache  # type: ignore[attr-defined]


def test_the_caches_are_textuals_own_of_its_own_size_and_nothing_else_is_begun_with_a_line():
    source = inspect.getsource(strip.Strip)
    its_own = re.findall(r"self\.(\w+): FIFOCache\[.*?\] = FIFOCache\((\d+)\)", source, re.DOTALL)
    assert {name: int(most) for name, most in its_own} == _MADE_LATE
    begun = {name for name in Strip.__slots__ if hasattr(Strip([]), name)}
    assert begun == set(Strip.__slots__)


def test_a_rule_of_style_is_known_by_what_it_is_and_without_python():
    one, other = RuleSet(), RuleSet()
    assert len({one, other, one}) == 2
    assert type(one).__hash__ is object.__hash__
