"""Where nothing is learnt, what is said of the page by its numbers is read, and no more than that."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.noticing.closing_words import parts_by_words

MONDAY = date(2026, 3, 2)


def read(answer: str, *, asked_of_them: bool = False) -> list[tuple[str, str, tuple[int, ...]]]:
    parts = parts_by_words(answer, 4, MONDAY, asked_of_them=asked_of_them)
    return [(part.kind, answer[slice(*part.span)], part.lines) for part in parts]


@pytest.mark.parametrize(
    ("answer", "parts"),
    [
        ("take off 2, 3", [("drop", "take off 2, 3", (1, 2))]),
        ("scrap 2 and 3", [("drop", "scrap 2 and 3", (1, 2))]),
        ("1 is done", [("done", "1 is done", (0,))]),
        ("swap 2 and 3", [("order", "swap 2 and 3", (1, 2))]),
        ("2 is me, 3 is Jo", [("who", "me", (1,)), ("who", "Jo", (2,))]),
        ("3 should be Friday", [("when", "Friday", (2,))]),
        ("4 is fine", [("keep", "4 is fine", (3,))]),
        ("the rest'll do", [("enough", "the rest'll do", ())]),
        ("does my manager see this?", [("question", "does my manager see this?", ())]),
    ],
)
def test_lines_are_meant_by_their_numbers(answer, parts):
    assert read(answer) == parts


@pytest.mark.parametrize(
    "answer",
    ["He's missing, that's the main thing.", "at 4 today", "3 weeks ago", "9 is me", "It's all jumbled up."],
)
def test_what_is_not_known_is_no_part_of_anything(answer):
    assert read(answer) == []


def test_who_and_when_alone_are_for_what_was_asked_about():
    everything = (0, 1, 2, 3)
    assert read("me, Thursday", asked_of_them=True) == [("who", "me", everything), ("when", "Thursday", everything)]
