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


def test_whoever_is_to_be_rung_about_it_doesnt_do_it():
    answer = "HV about weighing him, me, Wednesday"
    read = (("who", "HV"), ("step", "about weighing him"), ("who", "me"), ("when", "Wednesday"))
    assert [who for _, who, _ in steps(answer, *read)] == ["me"]


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


def test_a_step_keeps_all_that_is_said_of_it_in_its_clause():
    answer = "I ring the nurse about when he was last weighed, and see Tia at school tomorrow on her own if Dawn agrees"
    assert steps(
        answer,
        ("who", "I"),
        ("step", "ring the nurse"),
        ("step", "see Tia at school"),
        ("when", "tomorrow"),
        ("step", "on her own if Dawn agrees"),
    ) == [
        ("I ring the nurse about when he was last weighed", "me", ""),
        ("see Tia at school tomorrow on her own if Dawn agrees", "me", "03.03"),
    ]


def test_a_reason_and_another_clause_are_no_words_of_a_step():
    answer = "I'll ring Bev tonight because I won't sleep. I'll book the clinic, he doesn't go to that."
    assert [
        step[0] for step in steps(answer, ("step", "ring Bev"), ("when", "tonight"), ("step", "book the clinic"))
    ] == [
        "I'll ring Bev tonight",
        "I'll book the clinic",
    ]


def test_a_condition_stays_with_what_is_done_then():
    answer = "if he gets in the car with her I ring 999"
    assert [step[0] for step in steps(answer, ("step", "if he gets in the car with her"), ("step", "ring 999"))] == [
        answer
    ]


@pytest.mark.parametrize(
    "answer",
    [
        "Ring Bev on her mobile as soon as I'm out of here.",
        "Me to Bev by half seven tomorrow",
        "Me, say sorry to mum before I go",
        "I'll tell the school the whole thing",
    ],
)
def test_what_somebody_plainly_says_they_will_do_is_a_step_whatever_was_read(answer):
    assert [step[0] for step in steps(answer)] == [answer.rstrip(".")]


@pytest.mark.parametrize(
    ("answer", "read_as_a_job"),
    [
        ("What tips it is the arm going up", "the arm going up"),
        ("It's the marks, plus what she said", "the marks"),
        ("I asked and she said she puts the chair on the door", "puts the chair"),
        ("she used to stay and stack chairs", "stack chairs"),
        ("If another school rang me I'd say ring it in", "ring it in"),
        ("I found out at four", "found out"),
    ],
)
def test_a_reason_and_what_happened_are_no_steps(answer, read_as_a_job):
    assert steps(answer, ("step", read_as_a_job)) == []


@pytest.mark.parametrize("answer", ["I'm going to ring now.", "I need to go and ring.", "Ring Bev? No."])
def test_taking_leave_is_no_step(answer):
    assert steps(answer) == []


def test_every_line_of_a_typed_list_is_a_step():
    answer = "I ring the office today\nSian is on the door with me at half five\nDad gets the letter Monday"
    assert [step[0] for step in steps(answer)] == answer.splitlines()


def test_whoever_does_it_with_me_stays_in_its_words():
    answer = "I'd like the health visitor and me to go together next Wednesday"
    assert [step[0] for step in steps(answer, ("step", "go together"), ("when", "next Wednesday"))] == [
        "the health visitor and me to go together next Wednesday"
    ]


def test_what_is_off_the_list_is_named_without_it():
    assert steps("You've missed ringing the nurse off your list.") == [("ringing the nurse", "", "")]


def test_what_stands_between_somebody_and_a_day_is_a_job():
    answer = "ring Bev tonight. me n tia mcdonalds friday. n i ask school tomorrow"
    assert steps(
        answer,
        ("step", "ring Bev"),
        ("when", "tonight"),
        ("who", "me n tia"),
        ("when", "friday"),
        ("who", "i"),
        ("step", "ask school"),
        ("when", "tomorrow"),
    ) == [
        ("ring Bev tonight", "", "02.03"),
        ("me n tia mcdonalds friday", "me n tia", "06.03"),
        ("i ask school tomorrow", "me", "03.03"),
    ]


@pytest.mark.parametrize("answer", ["Nobody came in Friday.", "Whoever it was, Bev is off sick and back Friday."])
def test_what_stands_there_otherwise_is_none(answer: str):
    who = "Nobody" if answer.startswith("Nobody") else "Bev"
    assert steps(answer, ("who", who), ("when", "Friday")) == []


def test_what_would_come_of_it_is_no_job():
    assert steps("It'd be round the family by teatime.", ("step", "It'd be round the family by teatime")) == []


@pytest.mark.parametrize(
    ("answer", "step"),
    [
        ("u missed the mcdonalds, thats me n tia friday.", ("the mcdonalds", "me n tia", "06.03")),
        ("youve missed the core group thats Dawn on the 12th", ("the core group", "Dawn", "12.03")),
        ("u havent put ringing Amir on", ("ringing Amir", "", "")),
        ("I wanted Bev's visit on it.", ("Bev's visit", "", "")),
    ],
)
def test_what_a_text_says_is_missing_is_a_job(answer: str, step: tuple[str, str, str]):
    assert steps(answer) == [step]


DICTATED = (
    "i put my notes right tonight and the manager asks school about Kobi tomorrow and i ring gran today "
    "and somebody needs to get housing on that damp by friday"
)


def test_in_one_breath_a_day_belongs_to_the_job_beside_it():
    found = steps(
        DICTATED,
        ("step", "put my notes right"),
        ("when", "tonight"),
        ("step", "asks school about Kobi"),
        ("when", "tomorrow"),
        ("step", "ring gran"),
        ("when", "today"),
    )
    assert [(text, day) for text, _, day in found] == [
        ("i put my notes right tonight", "02.03"),
        ("the manager asks school about Kobi tomorrow", "03.03"),
        ("i ring gran today", "02.03"),
        ("somebody needs to get housing on that damp by friday", "06.03"),
    ]


def test_a_condition_is_no_day():
    answer = "I ring Dawn and if she doesn't pick up the duty worker"
    assert steps(answer, ("step", "ring Dawn"), ("when", "if she doesn't pick up the"))[0][2] == ""


@pytest.mark.parametrize(
    "words",
    [
        "shd I ring today",
        "do I tell him first",
        "you keep jumping to the plan",
        "if social care say no further action",
        "should we wait for dad",
        "I think it's a referral",
        "I think she might do it with the right placement",
        "I reckon he's hiding it",
        "tomorrow",
    ],
)
def test_a_question_a_thought_and_a_day_are_no_steps(words):
    assert not steps(words, ("step", words))


@pytest.mark.parametrize("words", ["I think I'll ring Dawn today", "I think school needs to know by Friday"])
def test_what_somebody_thinks_will_be_done_is_one(words):
    assert steps(words, ("step", words))


@pytest.mark.parametrize(
    ("answer", "step"),
    [
        ("And the NRM, me, by tomorrow.", ("the NRM, me, by tomorrow", "me", "03.03")),
        ("Also the body map, me, by Friday.", ("the body map, me, by Friday", "me", "06.03")),
    ],
)
def test_a_thing_somebody_and_a_day_make_a_step(answer, step):
    day = answer[answer.index("by ") :].rstrip(".")
    assert steps(answer, ("who", "me"), ("when", day)) == [step]


def test_what_is_missing_is_a_step_with_its_own_day():
    answer = "My report's missing, that's me by Thursday."
    assert steps(answer, ("who", "me"), ("when", "by Thursday")) == [("My report", "me", "05.03")]


def test_what_was_never_answered_and_what_comes_before_it_is_no_job():
    answer = "You never answered me about telling Kev. I'll ring Bev, before I lose my nerve"
    read = (("step", "telling Kev"), ("who", "I'll"), ("step", "ring Bev"), ("step", "before I lose my nerve"))
    assert [text for text, *_ in steps(answer, *read)] == ["I'll ring Bev"]


def test_how_the_next_job_begins_is_no_part_of_this_one():
    answer = "We ring his mum back before I go home, tomorrow I see Mia at school and Jordan after"
    read = (
        ("who", "We"),
        ("step", "ring his mum back"),
        ("when", "before I go home"),
        ("when", "tomorrow"),
        ("step", "see Mia at school and Jordan"),
        ("when", "after"),
    )
    assert steps(answer, *read)[0][0] == "We ring his mum back before I go home"


def test_that_it_is_decided_is_no_part_of_a_step():
    assert steps("I've decided I'll ring Pat today", ("step", "I've decided I'll ring Pat today")) == [
        ("I'll ring Pat today", "me", "02.03")
    ]


def test_some_time_in_a_week_is_no_day_yet():
    assert day_of("sometime next week", MONDAY) == (None, "sometime next week")
    assert day_of("next week", MONDAY)[0] is not None


def test_the_number_of_a_list_is_no_part_of_a_step_or_of_a_name():
    answer = "2 talk to school thursday. 3 mum to keep his phone"
    assert steps(
        answer, ("step", "2 talk to school"), ("when", "thursday"), ("who", "mum"), ("step", "keep his phone")
    ) == [
        ("talk to school thursday", "", "05.03"),
        ("mum to keep his phone", "mum", ""),
    ]
