"""What `reflect progress` counts is what was talked about, and not what every session has."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.conversation import events as e
from assistant.conversation.prompts import Prompts, load_prompts
from assistant.conversation.state import replay
from assistant.followup.over_time import counted
from assistant.noticing.observations import Danger, Noticing
from tests.stores import START, answered, asked, started

BRUISE = Danger(kind="injury-non-mobile-baby", level="doubtful", spans=((0, 3),), confirm=True)


@pytest.fixture(scope="module")
def prompts() -> Prompts:
    return load_prompts(Path("/nonexistent"))


def met(prompts: Prompts, *more: e.Event, **asks: object) -> dict[str, int]:
    events: list[e.Event] = [started(), asked("x/1", **asks), answered("8 is still there, I've a neglect form", "x/1")]
    noticing = Noticing(themes=("cumulative-harm-and-neglect",))
    told = e.Noticed(at=START, question="x/1", noticing=noticing)
    return dict(counted([replay([*events, told, *more])], [], prompts).themes_met)


@pytest.mark.parametrize("keeps", ["next-date", "action", "wellbeing", "child-told"])
def test_words_about_the_page_the_steps_or_the_worker_are_not_what_was_talked_about(prompts: Prompts, keeps: str):
    assert met(prompts, keeps=keeps, theme="ending") == {}
    assert met(prompts, theme="ending") == {"cumulative-harm-and-neglect": 1}


def test_a_danger_that_was_so_was_talked_about_and_one_that_was_denied_was_not(prompts: Prompts):
    shown = e.CardShown(at=START, question="x/1", title="A bruise.", words="a mark", text="A bruise.", danger=BRUISE)
    for happening in (True, False):
        said = e.CardConfirmed(at=START, danger="injury-non-mobile-baby", happening=happening)
        assert ("bruising-in-babies" in met(prompts, shown, said, keeps="action")) is happening
