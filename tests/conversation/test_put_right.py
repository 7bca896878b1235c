"""What stands as the decision is what was decided, and not only what tips it."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import pytest

from assistant.conversation.put_right import decision
from assistant.conversation.state import State
from assistant.noticing.reading import Part, Reading

HELD = datetime(2026, 3, 2, 10, tzinfo=UTC)


def decided(answer: str, tips: str, step: str) -> str:
    """The decision of an answer in which only what tips it was read as deciding."""
    parts = [
        Part(kind=kind, span=(answer.index(words), answer.index(words) + len(words)))
        for kind, words in (("decision", tips), ("step", step))
    ]
    asked = SimpleNamespace(
        question="decision/decision", said_first=(), keeps="decision", at=HELD, text="What have you decided, and why?"
    )
    turn = SimpleNamespace(answer=answer, reading=Reading(parts=tuple(parts)), asked=asked, answered_at=HELD)
    return decision(cast("State", SimpleNamespace(turns=(turn,), added=())))


@pytest.mark.parametrize(
    ("tips", "plainly"),
    [
        ("The not crying is what tips it.", "I'm going to ring the nurse today and I think it's a referral."),
        ("What tips it is that nobody feeds her.", "I'll refer him today."),
        ("That's the main thing, not the weight.", "We're going to step it up and ring Dawn."),
    ],
)
def test_what_is_plainly_decided_stands_beside_what_tips_it(tips, plainly):
    assert decided(f"{tips} {plainly}", tips, plainly) == f"{tips} {plainly}"


def test_where_what_is_read_decides_a_plan_is_left_out():
    assert decided("I've decided to refer. I'll ring Dawn today.", "I've decided to refer.", "ring Dawn today") == (
        "I've decided to refer."
    )
