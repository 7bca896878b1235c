"""A line of the page said anew: its number is given, it is asked for alone, and the words take its place."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from assistant.conversation.line_by_line import said_anew, said_in_place
from assistant.conversation.line_called import number_given, place_given
from assistant.noticing.reading import Part, Reading, Stand, Step

HELD = datetime(2026, 3, 2, 10, tzinfo=UTC)
RING = Step(text="ring Mum", span=(0, 0), who="me", by=date(2026, 3, 3), by_words="tomorrow")
WEIGH = Step(text="weigh the baby", span=(0, 0))


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        ("2", 2),
        ("no, 2 is still wrong", 2),
        ("number 2 please", 2),
        ("the 2nd one", 2),
        ("2 is me", None),
        ("2 is right", None),
        ("take off 2", None),
        ("2 of them came back", None),
        ("yes", None),
    ],
)
def test_only_a_number_and_nothing_else_asks_for_a_line(answer, number):
    assert number_given(answer) == number


def after(answer: str, *read: Step, place: int = 2, stands=(), parts=None) -> list[Step]:
    shown = ("1. ring Mum (Me, 3 March 2026)", "2. weigh the baby (nobody named yet)", "3. see Ronan (Me)")
    asked = SimpleNamespace(question=f"ending/line/1-{place}", at=HELD, said_first=shown[place - 1 : place])
    reading = Reading(steps=read, stands=tuple(Stand(stance=one, span=(0, 1)) for one in stands), parts=parts)
    turn = SimpleNamespace(asked=asked, answer=answer, reading=reading, noticing=None, corrected_at=None)
    return said_anew([RING, WEIGH], turn)  # type: ignore[arg-type]


def test_the_words_take_the_place_of_the_line_whole_with_whom_and_when_they_name():
    read = Step(text="weigh her", span=(0, 9), who="Bev", by=date(2026, 3, 5), by_words="Thursday")
    said = "Bev to weigh her Thursday and tell me the same day"
    assert after(said, read, Step(text="tell me", span=(30, 37))) == [
        RING,
        read.model_copy(update={"text": said, "span": (0, len(said))}),
    ]


@pytest.mark.parametrize(
    "said", ["take it off", "off", "can you bin it please", "no, remove it", "take off 2", "leave that one off"]
)
def test_a_line_can_come_off(said):
    assert after(said) == [RING]


@pytest.mark.parametrize(
    "said",
    [
        "leave it",
        "leave it please",
        "no it's fine thanks",
        "keep it",
        "actually never mind",
        "2",
        "what did it say before?",
    ],
)
def test_a_line_can_stay(said):
    assert after(said) == [RING, WEIGH]


def test_a_line_that_is_gone_changes_nothing():
    assert after("ring the GP", place=3) == [RING, WEIGH]


@pytest.mark.parametrize(
    ("answer", "place"),
    [("decided", "decision"), ("no, the decision is wrong", "decision"), ("to be told", "child-told"),
     ("To", "child-told"),
     ("if it works", "outcome"), ("we decided to ring", None), ("told mum", None)],
)  # fmt: skip
def test_what_else_stands_on_the_page_is_called_by_its_first_words(answer, place):
    assert place_given(answer) == place


@pytest.mark.parametrize(
    ("question", "answer", "stands"),
    [
        ("ending/line/2-decision", "I'm ringing duty today", "I'm ringing duty today"),
        ("ending/line/2-decision", "take it off", ""),
        ("ending/line/2-decision", "leave it", None),
        ("ending/line/2-child", "I'm ringing duty today", None),
        ("ending/line/2-1", "I'm ringing duty today", None),
        ("decision/first", "I'm ringing duty today", None),
    ],
)
def test_what_is_said_of_a_place_stands_there_and_nowhere_else(question, answer, stands):
    turn = SimpleNamespace(asked=SimpleNamespace(question=question), answer=answer, reading=None, noticing=None)
    assert said_in_place(turn, "decision") == stands  # type: ignore[arg-type]


def test_somebody_who_does_not_know_changes_nothing():
    assert after("I'd have to ask Bel", stands=("unsure",)) == [RING, WEIGH]


def test_only_who_and_when_leave_the_job_as_it_was():
    said = "Bev, by Friday"
    parts = (Part(kind="who", span=(0, 3)), Part(kind="when", span=(5, 14)))
    assert after(said, parts=parts)[1] == WEIGH.model_copy(
        update={"who": "Bev", "by": date(2026, 3, 6), "by_words": "Friday"}
    )


def test_a_line_is_found_by_what_it_said_though_another_has_gone():
    shown = ("2. weigh the baby (nobody named yet)",)
    asked = SimpleNamespace(question="ending/line/1-2", at=HELD, said_first=shown)
    turn = SimpleNamespace(asked=asked, answer="Bev weighs her", reading=None, noticing=None, corrected_at=None)
    assert [step.text for step in said_anew([WEIGH, RING], turn)] == ["Bev weighs her", "ring Mum"]  # type: ignore[arg-type]
