from __future__ import annotations

from datetime import date

import pytest

from assistant.export.last_answers import day_to_come, when_again

HELD = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("answer", "again", "day", "beside"),
    [
        ("On 9 March.", "On 9 March.", date(2026, 3, 9), ""),
        ("In four weeks.", "In four weeks.", date(2026, 3, 30), ""),
        (
            "If there's no meeting by Wednesday my head rings them. Look at it again on Monday 9 March.",
            "Look at it again on Monday 9 March.",
            date(2026, 3, 9),
            "If there's no meeting by Wednesday my head rings them.",
        ),
        (
            "I'll ring school on Friday. We meet again on the 16th.",
            "We meet again on the 16th.",
            date(2026, 3, 16),
            "I'll ring school on Friday.",
        ),
    ],
)
def test_the_next_day_is_that_of_the_sentence_that_speaks_of_meeting(answer: str, again: str, day: date, beside: str):
    assert when_again([answer], HELD) == (again, beside)
    assert day_to_come(again, HELD) == day
