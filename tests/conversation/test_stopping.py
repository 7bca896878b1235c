"""Somebody who says that they stop is shown what they go away with, and let go."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assistant.conversation import events as e
from assistant.conversation.state import Turn
from assistant.conversation.stopping import wants_to_stop
from tests.shipped import reader

READER = reader()


def answered(words: str) -> Turn:
    asked = e.Asked(
        at=datetime(2026, 3, 2, tzinfo=UTC), question="a/b", theme="a", stage="action", text="What next?",
        type="open", intent="Because.", because="It is next.",
    )  # fmt: skip
    return Turn(asked=asked, answer=words)


@pytest.mark.parametrize(
    "words",
    [
        "It took her just saying it. Can we stop there now please, I want to make that call",
        "Up, I'd say. Right, I said stop and you asked me another one! Stop.",
        "I said stop twice now love, I'm going to the phone",
        "ok let's leave it there for today",
        "I've got to go, they're calling me",
        "That's me done, thanks",
        "I think I'm done really, I know what I've got to do",
        "sorry i need to go now",
        "that's enough for one day",
        "Can we finish there?",
        "the ringing. look can we finish",
        "I'll stop there if that's ok.",
    ],
)
def test_who_says_so_wants_to_stop(words):
    assert wants_to_stop(answered(words))


@pytest.mark.parametrize(
    "words",
    [
        "Can we stop him seeing her?",
        "can we finish the plan first",
        "I've got to go to the core group on Friday",
        "He has to stop drinking. I told him to stop.",
        "I'm done with her mother, honestly, she lies",
        "Mum said “I've got to go”, and put the phone down",
        "I need to go and see him on his own",
        "when I've got to go I feel bad for her",
        "We should stop there being so many people in that house",
        "I'll leave it with Helen",
        "Are we done?",
        "We've finished the assessment",
        "The visits stopped in May.",
    ],
)
def test_stopping_somebody_or_going_somewhere_is_no_wish_to_stop(words):
    assert not wants_to_stop(answered(words))


def test_who_stops_in_the_middle_is_shown_the_steps_said_so_far_and_asked_nothing_else(sit, prompts):
    session = sit(read=READER.read, minutes=30).session
    session.answer("A girl of eight, Ruby, and her mum's new boyfriend.")
    while session.state.current.asked.keeps != "action":
        session.answer("I don't know")
    session.answer("I'll ring the health visitor tomorrow. Can we stop there please?")
    shown = session.state.current.asked
    assert shown.text == prompts.listening.ending.stopping.text
    assert any(line.startswith("1. I'll ring the health visitor") for line in shown.said_first)
    session.answer("That's right, thanks")
    assert session.state.finished is not None


def test_who_stops_before_anything_is_planned_is_let_go_at_once(sit):
    session = sit(read=READER.read, minutes=30).session
    session.answer("A girl of eight, Ruby, and her mum's new boyfriend.")
    session.answer("Sorry, I've got to go.")
    assert session.state.finished is not None


def test_a_line_of_that_page_is_put_right_before_it_ends(sit):
    session = sit(read=READER.read, minutes=30).session
    session.answer("A girl of eight, Ruby.")
    while session.state.current.asked.keeps != "action":
        session.answer("I don't know")
    session.answer("I'll ring the health visitor tomorrow. I'll see Ruby at school. Can we stop there please?")
    session.answer("take off 2")
    assert session.state.finished is None or not any(
        "Ruby at school" in line for line in session.state.turns[-1].asked.said_first
    )
