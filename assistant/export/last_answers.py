"""What the last answers of a session say: when the two meet again, and what was put right when it was read back.

Knows words and days, and nothing of sessions. Sentences stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from assistant.conversation.put_right import adds_something
from assistant.language.dates import parse_date
from assistant.language.paragraphs import sentences_in

_AGAIN = re.compile(
    r"\b(?:next (?:month|week|time|supervision)|weeks?|fortnight|month|half[- ]term|after)\b", re.IGNORECASE
)
"""How a time to meet again is said where it names no day."""


_MEETS = re.compile(
    r"\b(?:look(?:ing)?|meet(?:ing)?|see|com(?:e|ing)|talk|speak|sit|go(?:ing)?)\b[^.!?]{0,25}"
    r"\b(?:again|back|down|up)\b|\bwe(?:['’]ll)? meet\b|\bnext (?:supervision|session|time)\b"
    r"|\breview (?:it|this|that)\b|\bback (?:here|at it|to it|to this)\b",
    re.IGNORECASE,
)
"""Said of meeting again, and not of a step that has a day too."""
_ONLY_IF = re.compile(r"\W*(?:and |but |or )?if\b", re.IGNORECASE)


def when_again(answers: Iterable[str], held: date) -> tuple[str, str]:
    """When they meet again, and whatever else was said where that was asked."""
    again, else_said = list[str](), list[str]()
    for answer in answers:
        whole = [answer[start:end] for start, end in sentences_in(answer)]
        days = [one for one in whole if day_to_come(one, held) or _AGAIN.search(one)]
        days = [one for one in days if _MEETS.search(one)] or [one for one in days if not _ONLY_IF.match(one)] or days
        again += days or [one for one in whole if adds_something(one)]
        else_said += [one for one in whole if days and one not in days]
    return " ".join(again), " ".join(else_said)


def day_to_come(words: str, held: date) -> date | None:
    """The day after the session that the words name."""
    day = parse_date(words, held)
    return day if day and day > held else None
