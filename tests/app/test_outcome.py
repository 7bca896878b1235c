"""What the page at the end shows under a heading, from how a session was answered."""

from __future__ import annotations

import pytest

from assistant.app.outcome import after_actions, words_under
from assistant.conversation import events as e
from assistant.conversation.state import replay
from tests.stores import answered, asked, started

STEPS = ("1. I ring the school (Me)", "2. Bel sees him alone (Bel)")


@pytest.mark.parametrize(
    ("first", "then", "when"),
    [
        ("Friday at ten, when Bel's back.", None, "Friday at ten, when Bel's back."),
        ("2 is me, by Friday", None, ""),
        ("Next Tuesday at ten.", "2 is me", "Next Tuesday at ten."),
        ("2 is me", "yes that's right", ""),
        ("2 is me", "Look at this again on 12 March", "Look at this again on 12 March"),
    ],
)
def test_under_next_time_stands_only_when_and_no_line_that_puts_another_right(first, then, when):
    page = {"theme": "ending", "stage": "closing", "keeps": "next-date", "said_first": STEPS}
    events: list[e.Event] = [started(), asked("ending/page-and-date", **page), answered(first, "ending/page-and-date")]
    if then is not None:
        events += [asked("ending/page-again", **page), answered(then, "ending/page-again")]
    state = replay(events)
    (part,) = (one for one in after_actions(state) if one.keeps == "next-date")
    assert [one.words for one in words_under(part, state)] == [when]
