"""Which line of the last page somebody calls, by its number or its first words.

Knows nothing of the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from assistant.conversation.events import Keeps
from assistant.language.lazy_patterns import late

Called = Keeps | Literal["added"]
"""What stands on the page besides the numbered lines, and can be called."""
_ONLY_A_NUMBER = late(
    r"\W*(?:(?:no|yes|yeah|ok(?:ay)?|just|it['’]?s|still|line|number|step|the|change|sorry)\W+)*(?P<number>\d{1,2})(?:st|nd|rd|th)?"
    r"(?:\W+(?:one|line|please|again|(?:is\s+|['’]?s\s+)?(?:still\s+)?(?:wrong|not\s+right)|isn['’]?t\s+right))*\W*",
    re.IGNORECASE,
)
""" "4", "number 4 please", "no, 4 is still wrong"."""
_AFTER_A_COMPLAINT = late(r"\D*[.!?]\s+(?:it['’]?s\s+|line\s+|number\s+)?(?P<number>\d{1,2})\W*", re.IGNORECASE)
_CALLED: Mapping[Called, re.Pattern[str]] = {
    "decision": late(
        r"\W*(?:(?:no|and|but|so|then|also|the|it['’]?s|just|still)\W+)*(?:decided|decision)(?:\W+(?:line|bit|one|is|still|wrong|not|right))*\W*",
        re.IGNORECASE,
    ),
    "child-told": late(
        r"\W*(?:(?:no|and|but|so|then|also|the|it['’]?s|just|still)\W+)*(?:to\s+be|to|to\s+be\s+told|told)(?:\W+(?:line|bit|one|is|still|wrong|not|right))*\W*",
        re.IGNORECASE,
    ),
    "added": late(
        r"\W*(?:(?:no|and|but|so|then|also|the|it['’]?s|just|still)\W+)*you\s+added(?:\W+(?:line|bit|one|is|still|wrong|not|right|there))*\W*",
        re.IGNORECASE,
    ),
    "outcome": late(
        r"\W*(?:(?:no|and|but|so|then|also|the|it['’]?s|just|still)\W+)*(?:if\s+it\s+works|outcome)(?:\W+(?:line|bit|one|is|still|wrong|not|right))*\W*",
        re.IGNORECASE,
    ),
}

_NAMED: Mapping[Keeps, re.Pattern[str]] = {
    "decision": late(r"\b(?:decided|(?:the|my)\s+decision)\b", re.IGNORECASE),
    "child-told": late(
        r"(?<!has\s)(?<!have\s)(?<!needs\s)(?<!need\s)(?<!ought\s)(?<!got\s)\bto\s+be\s+told\b|\btold\s+(?:bit|line|part|one)\b|\bwhat\s+(?:the\s+)?\w+(?:['’]s|\s+is|\s+are|\s+gets?|\s+hears?)\s+(?:being\s+)?told\b",
        re.IGNORECASE,
    ),
    "outcome": late(r"\bif\s+it\s+works\b|\boutcome\b", re.IGNORECASE),
}
"""The same places among other words: "the decided bit still says that's right"."""


def number_given(answer: str) -> int | None:
    """The number of a line, where an answer gives nothing else, or only a complaint before it: "You've wiped my phone
    call! 1"."""
    found = _ONLY_A_NUMBER.fullmatch(answer) or _AFTER_A_COMPLAINT.fullmatch(answer)
    return int(found["number"]) if found else None


def place_given(answer: str) -> Called | None:
    """What else stands on the page and is called by the first words of its line: "decided", "to be told"."""
    return next((keeps for keeps, named in _CALLED.items() if named.fullmatch(answer)), None)


def place_named(words: str) -> Keeps | None:
    """The one place besides the numbered lines that a sentence names."""
    named = [keeps for keeps, pattern in _NAMED.items() if pattern.search(words)]
    return named[0] if len(named) == 1 else None
