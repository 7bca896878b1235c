"""A step moved to another day or hour: what becomes of its words, and of the day it had.

Owns the few forms in which a new time is said beside an old one. Knows nothing of which step is meant
(`agreed_steps.py`).
"""

from __future__ import annotations

import re
from datetime import date

from assistant.language.lazy_patterns import late
from assistant.noticing.planned_steps import day_of, tidied
from assistant.noticing.reading import Step

_RATHER_THAN = late(r"\b(?:from\s+)?(?:the\s+)?[\w’']+\s+(?=(?:in)?to\s+(?:the\s+)?[\w’']+)", re.IGNORECASE)
""" "Change Friday to Thursday"."""
_WHEN_THAT_DAY = (
    r"(?:\s+(?:morning|afternoon|evening|night|(?:after|before|at|in)\s+(?!(?:I|we|he|she|they)\b)[^,.;]{1,20}))?"
)
_AN_HOUR = late(
    r"(?:by|before|at)\s+(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon)", re.IGNORECASE
)
_WAITS = late(r"(?:after|once|when|as\s+soon\s+as|until|till)\b", re.IGNORECASE)
"""What a step waits for stays beside its new hour: "after I have rung, before four"."""


def time_in(words: str, today: date) -> tuple[date | None, str]:
    """The day that some words move a step to, and the words that name it: "Friday to Thursday" is Thursday."""
    return day_of(_RATHER_THAN.sub("", words), today)


def moved(step: Step, by: date | None, by_words: str) -> Step:
    """The step at its new time, of which the words are `by_words` where it's no day."""
    text = step.text
    if by is None and step.by is not None and _AN_HOUR.match(by_words):
        return step.model_copy(update={"text": f"{text.rstrip('.')} {by_words}"})  # on the day it had
    if step.by_words and not _WAITS.match(step.by_words):  # the old day at its end would gainsay the new one
        ends = rf"[\s,]*(?:\b(?:by|on|before)\s+)?{re.escape(step.by_words)}{_WHEN_THAT_DAY}\W*\Z"
        text = tidied(re.sub(ends, "", text, flags=re.IGNORECASE)) or text
    return step.model_copy(update={"text": text, "by": by, "by_words": by_words})
