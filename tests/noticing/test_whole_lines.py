"""An answer to who does what loses nothing; how its parts were read is given here."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.noticing.plan_words import read_plan_words
from assistant.noticing.planned_steps import steps_in
from assistant.noticing.reading import Part
from assistant.noticing.whole_lines import kept_whole, of_new_steps

MONDAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def words(tmp_path_factory):
    return read_plan_words(tmp_path_factory.mktemp("home"))


def lines(words, answer: str, *parts: tuple[str, str]) -> list[tuple[str, str]]:
    read = [
        Part(kind=kind, span=(answer.index(said), answer.index(said) + len(said)), lines=()) for kind, said in parts
    ]
    steps = kept_whole(answer, steps_in(answer, read, MONDAY, words), read, MONDAY, words)
    return [(step.text, step.who) for step in steps]


def test_every_number_is_a_line_whatever_was_read_beside_it(words):
    answer = "1 Jo – update the plan by 5pm. 2 Me – Reg 40 form tomorrow. 3 SW: return interview"
    read = lines(words, answer, ("step", "update the plan"), ("who", "Reg 40 form"))
    assert read == [("update the plan by 5pm", "Jo"), ("Reg 40 form tomorrow", "me"), ("return interview", "SW")]


@pytest.mark.parametrize(
    "said",
    [
        "There were 2 of them and I rang 1 about it all.",
        "It was 1 pm Tuesday and she had 2 colleagues with her.",
        "Dad was seen at 1 or 2 in the morning.",
    ],
)
def test_a_number_that_counts_nothing_begins_no_line(words, said):
    assert lines(words, said) == []


def test_who_does_what_is_a_line_where_it_was_read_as_an_aside(words):
    answer = "Me keep T in pastoral with Ms Bell, coach Ray keeps Kofi till 4.30."
    assert lines(words, answer, ("aside", answer)) == [(answer.rstrip("."), "me")]


@pytest.mark.parametrize(
    "told",
    [
        "Mum is doing really well now.",
        "Ruby says she likes it there.",
        "I feel sick about all of this.",
        "He was asleep.",
    ],
)
def test_what_is_told_is_no_line(words, told):
    assert lines(words, told, ("aside", told)) == []


def test_what_a_child_will_be_told_or_was_decided_is_no_line_of_its_own(words):
    told = "I will tell Ruby on the way home."
    assert lines(words, told, ("told", told)) == []


def test_a_day_belongs_to_a_line_that_stands_only_where_its_clause_names_one():
    answer = "take off 1, what I'll do is ring duty today, 2 is Friday"
    parts = tuple(
        Part(kind="when", span=(answer.index(said), answer.index(said) + len(said)), lines=(line,))
        for said, line in (("today", 0), ("Friday", 1))
    )
    assert [part.lines for part in of_new_steps(answer, parts)] == [(), (1,)]
