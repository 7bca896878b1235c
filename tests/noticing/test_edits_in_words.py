"""A line is moved, taken off and put right by its words, and a complaint may say what it should be."""

from __future__ import annotations

import pytest

from assistant.noticing.edits_in_words import edits_in_words, line_named

PAGE = (
    "1. referral to the drug team (Me, 2 December 2026)",
    "2. visit on Thursday (Me, 3 December 2026)",
    "3. phone the school about him (Me, 30 November 2026)",
)


def said(answer: str, page: tuple[str, ...] = PAGE) -> list[tuple[str, tuple[int, ...], str]]:
    return [
        (part.kind, part.lines, answer[slice(*part.span)])
        for _, parts in edits_in_words(answer, page)
        for part in parts
    ]


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        ("Put the school one first", 2),
        ("Visit ought to be top really, that's the one that matters.", 1),
        ("Phoning school needs to go at the top", 2),
        ("move the drug one to the bottom", 0),
    ],
)
def test_a_line_is_moved_by_its_words(answer, line):
    assert [(kind, lines) for kind, lines, _ in said(answer)] == [("order", (line,))]


@pytest.mark.parametrize(
    ("answer", "line", "day"),
    [
        ("put the school step as before four o'clock", 2, "before four o'clock"),
        ("Change the visit one to Friday", 1, "Friday"),
        ("the school one is at 3pm", 2, "at 3pm"),
    ],
)
def test_a_line_gets_its_hour_or_day_by_its_words(answer, line, day):
    assert said(answer) == [("when", (line,), day)]


@pytest.mark.parametrize(
    "answer",
    ["I put the children first", "Ring her first thing", "He should be first in the queue at the dentist", "It's fine"],
)
def test_what_names_no_line_moves_none(answer):
    assert said(answer) == []


def test_what_is_named_just_before_is_what_that_takes_off():
    assert said("The visit is a bad idea, he'd know. Take that off.") == [("drop", (1,), "Take that off")]


@pytest.mark.parametrize(
    "answer", ["3 doesn't say who him is. It's Darren.", 'Who\'s "him" in number 3? It should be Darren.']
)
def test_whoever_a_pronoun_means_is_said_of_its_line(answer):
    ((kind, lines, words),) = said(answer)
    assert (kind, lines) == ("words", (2,))
    assert words.startswith("him") and words.endswith("Darren")


def test_the_sentence_after_what_comes_out_of_a_line_is_how_it_reads():
    answer = '1. take the "maybe" out, I\'m doing it. Ask the nursery for the register, me, by Thursday.'
    assert said(answer) == [("words", (0,), "Ask the nursery for the register, me, by Thursday")]


def test_two_lines_that_share_the_words_are_neither():
    assert line_named("the visit", ("1. visit him", "2. visit her")) is None
