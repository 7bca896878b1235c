"""A line of the page said anew: its number is given, it is asked for alone, and the words take its place."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from assistant.conversation.line_by_line import number_given, place_given, said_anew, said_in_place
from assistant.noticing.reading import Reading, Step

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
        ("take off 2", None),
        ("2 of them came back", None),
        ("yes", None),
    ],
)
def test_only_a_number_and_nothing_else_asks_for_a_line(answer, number):
    assert number_given(answer) == number


def after(answer: str, *read: Step, place: int = 2) -> list[Step]:
    asked = SimpleNamespace(question=f"ending/line/1-{place}", at=HELD)
    turn = SimpleNamespace(asked=asked, answer=answer, reading=Reading(steps=read))
    return said_anew([RING, WEIGH], turn)  # type: ignore[arg-type]


def test_the_words_take_the_place_of_the_line_whole_with_whom_and_when_they_name():
    read = Step(text="weigh her", span=(0, 9), who="Bev", by=date(2026, 3, 5), by_words="Thursday")
    said = "Bev to weigh her Thursday and tell me the same day"
    assert after(said, read, Step(text="tell me", span=(30, 37))) == [
        RING,
        read.model_copy(update={"text": said, "span": (0, len(said))}),
    ]


@pytest.mark.parametrize("said", ["take it off", "off", "can you bin it please", "no, remove it"])
def test_a_line_can_come_off(said):
    assert after(said) == [RING]


@pytest.mark.parametrize("said", ["leave it", "no it's fine", "actually never mind"])
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
    turn = SimpleNamespace(asked=SimpleNamespace(question=question), answer=answer)
    assert said_in_place(turn, "decision") == stands  # type: ignore[arg-type]
