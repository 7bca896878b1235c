"""Each job has the name and the day that were said of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.noticing.plan_words import read_plan_words
from assistant.noticing.planned_steps import day_of, steps_in, whose
from assistant.noticing.reading import Part

MONDAY = date(2026, 3, 2)
WORDS = read_plan_words(Path("/nonexistent"))


def steps(answer: str, *parts: tuple[str, str]) -> list[tuple[str, str, str]]:
    """What is done, by whom, and when, of an answer in which these stretches are of these kinds."""
    read = [Part(kind=kind, span=(answer.index(words), answer.index(words) + len(words))) for kind, words in parts]
    found = steps_in(answer, read, MONDAY, WORDS)
    return [(step.text, step.who, f"{step.by:%d.%m}" if step.by else step.by_words) for step in found]


def test_each_of_several_in_one_breath_has_its_own():
    answer = "I'll see Jayden at his nan's Thursday, ring housing again, and Pete's to do the benefits by Friday"
    assert steps(
        answer,
        ("who", "I'll"),
        ("step", "see Jayden at his nan's"),
        ("when", "Thursday"),
        ("step", "ring housing again"),
        ("who", "Pete's"),
        ("step", "do the benefits"),
        ("when", "by Friday"),
    ) == [
        ("I'll see Jayden at his nan's Thursday", "me", "05.03"),
        ("ring housing again", "me", ""),
        ("Pete's to do the benefits by Friday", "Pete", "06.03"),
    ]


def test_whoever_is_named_after_the_job_does_it():
    answer = "And you've left off telling my manager, that's me, first thing tomorrow"
    assert steps(answer, ("step", "telling my manager"), ("who", "me"), ("when", "first thing tomorrow")) == [
        ("telling my manager, that's me, first thing tomorrow", "me", "03.03")
    ]


def test_a_name_in_another_sentence_is_not_shared():
    answer = "Jas rings school. Weigh the baby."
    assert steps(answer, ("who", "Jas"), ("step", "rings school"), ("step", "Weigh the baby")) == [
        ("Jas rings school", "Jas", ""),
        ("Weigh the baby", "", ""),
    ]


def test_what_is_said_of_a_line_of_the_page_is_no_new_step_s():
    answer = "2 is Jas. Ring the school."
    read = (Part(kind="who", span=(5, 8), lines=(1,)), Part(kind="step", span=(10, 25)))
    (step,) = steps_in(answer, read, MONDAY, WORDS)
    assert step.who == ""


def test_a_word_that_says_little_is_known():
    (step,) = steps_in("monitor things", (Part(kind="step", span=(0, 14)),), MONDAY, WORDS)
    assert step.vague == "monitor"


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("I'll", "me"),
        ("me again", "me"),
        ("Me, obviously", "me"),
        ("ill", "me"),
        ("Bev's", "Bev"),
        ("Karen can", "Karen"),
        ("my manager Lorna", "my manager Lorna"),
        ("I and Jas", "me and Jas"),
        ("someone", ""),
        ("that's Moses", "Moses"),
    ],
)
def test_whoever_it_is_is_named_as_a_record_would(words, who):
    assert whose(words) == who


@pytest.mark.parametrize(("words", "day"), [("by Friday", date(2026, 3, 6)), ("yesterday", None), ("half term", None)])
def test_a_day_is_counted_from_the_session_and_never_lies_before_it(words, day):
    assert day_of(words, MONDAY)[0] == day
