"""What somebody is to be told is kept, whatever is said to us before it or after."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import pytest

from assistant.conversation.filing import filed
from assistant.conversation.state import Turn
from assistant.noticing.reading import Reading, Stand

HELD = datetime(2026, 3, 2, 10, tzinfo=UTC)


def told(answer: str, complaint: str = "") -> str:
    """What is kept of an answer to how the child will hear of it, of which the complaint was read as one."""
    asked = SimpleNamespace(
        question="actions/told-to-the-child", said_first=(), keeps="child-told", at=HELD, text="How will they hear?"
    )
    stands = (Stand(stance="corrects-us", span=(0, len(complaint))),) if complaint else ()
    return filed(cast("Turn", SimpleNamespace(answer=answer, asked=asked, reading=Reading(stands=stands))))


@pytest.mark.parametrize(
    ("complaint", "kept", "question"),
    [
        ("I didnt say that but ok.", '"Ruby u said ur not to say. im listening now."', "is that leading?"),
        ("u just asked me that.", 'from me, and the TA for Maisie, "toast every morning, nobody\'s cross".', ""),
        ("Thats not what I meant.", "Me, tomorrow after school, that he isn't in trouble.", "Is that ok to say?"),
        ("You keep asking.", 'His nan tells him tonight, "you\'re stopping with me".', "Too much?"),
        ("I already said.", "From her dad, on Friday, and I'll be there.", "Should I do it instead?"),
    ],
)
def test_a_complaint_before_and_a_question_after_leave_what_is_said(complaint, kept, question):
    answer = f"{complaint} {kept} {question}".strip()
    assert told(answer, complaint) == kept


def test_a_complaint_alone_tells_nobody_anything():
    assert told("No I didn't say that. I don't know.", "No I didn't say that.") == ""


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("From me, at breakfast, that I was worried and I rang Denise. 5 is me. I must go, the phone.",
         "From me, at breakfast, that I was worried and I rang Denise."),
        ("By Jo, tomorrow: I told her and she came.", "By Jo, tomorrow: I told her and she came."),
        ("From me she heard nothing, I was away.", ""),
    ],
)  # fmt: skip
def test_what_somebody_will_hear_of_what_is_past_is_kept_and_a_line_s_number_isn_t(answer, kept):
    assert told(answer) == kept
