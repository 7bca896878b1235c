"""Steps as people put them: who does it stands anywhere in the line, and what if it slips comes with the day."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.conversation import events as e
from assistant.conversation.state import State, replay
from assistant.followup.actions import Action, agreed_in
from assistant.noticing.observations import Noticing
from assistant.noticing.reading import Reading, Step
from tests.stores import START, answered, asked, started


def session(*answers: tuple[str, str, str]) -> State:
    events: list[object] = [started()]
    for question, keeps, words in answers:
        events += [asked(question, keeps=keeps), answered(words, question)]
    return replay(events)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("step", "person"),
    [
        ("Ring the school, me, tomorrow", "the worker"),
        ("See her at clinic, me with the midwife, Thursday", "the worker"),
        ("Ring the school - me", "the worker"),
        ("Ring Dad about her, me and the holidays by Friday", ""),
        ("Tell me, before Friday", ""),
    ],
)
def test_whoever_types_is_named_by_me_between_commas(step: str, person: str):
    assert [action.person for action in agreed_in(session(("actions/steps", "action", step)))] == [person]


def test_what_happens_if_it_slips_counts_where_it_comes_with_the_next_day():
    state = session(
        ("actions/steps", "action", "Ring school on Friday"),
        (
            "end/next",
            "next-date",
            "If nobody answers my head rings them. Should we say if it snows? We meet on 16 March.",
        ),
    )
    assert [action.contingency for action in agreed_in(state)] == ["If nobody answers my head rings them."]


@pytest.mark.parametrize("last", ["Nothing else", "no that's all", "Nothing", "that's it"])
def test_steps_that_came_with_the_decision_stand_though_there_are_no_others(last: str):
    events: list[object] = [started()]
    events += [asked("decide", keeps="decision"), answered("I'll ring the school on Tuesday.", "decide")]
    steps = (Step(text="I'll ring the school on Tuesday", span=(0, 31), who="me", by=date(2026, 3, 3)),)
    events += [e.Noticed(at=START, question="decide", noticing=Noticing(), reading=Reading(steps=steps))]
    events += [asked("steps", keeps="action"), answered(last, "steps")]
    events += [e.Noticed(at=START, question="steps", noticing=Noticing(), reading=Reading())]
    state = replay(events)  # type: ignore[arg-type]
    assert [action.text for action in agreed_in(state)] == ["ring the school on Tuesday"]


def planned(*said: tuple[dict[str, object], str]) -> list[Action]:
    events: list[e.Event] = [started()]
    for number, (question, words) in enumerate(said):
        events += [asked(f"x/{number}", **question), answered(words, f"x/{number}")]
    return agreed_in(replay(events))


def test_what_is_to_be_done_before_lunch_is_for_today():
    steps = planned(({"keeps": "action"}, "Phone duty before lunch, me\nI wake Denise now\nSee him after half term"))
    assert [step.by for step in steps] == [START.date(), START.date(), None]


def test_what_comes_after_a_no_stands_under_the_steps_wherever_it_was_asked():
    (step, *_) = planned(
        ({"text": "What will you do if they can't?"}, "Stop contact. If they wont I'll ring the agency. Is that ok?"),
        ({"keeps": "action"}, "I ring Jo on Friday"),
    )
    assert step.contingency == "If they wont I'll ring the agency."


def test_whoever_a_step_begins_with_does_it():
    (step,) = planned(({"keeps": "action"}, "Philippa asks the police whether he is out"))
    assert step.person == "Philippa"


def test_a_correction_that_a_step_begins_with_is_no_part_of_it():
    (step,) = planned(({"keeps": "action"}, "Its tonight not tomorrow. I ring out of hours tonight, me"))
    assert step.text == "ring out of hours tonight"
