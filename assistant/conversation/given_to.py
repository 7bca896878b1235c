"""A step that is given to somebody: whoever did it before is in its words no longer.

Owns the few forms in which a step's own words name who does it. Knows nothing of how it's said that somebody else does
it now (`agreed_steps.py`).
"""

from __future__ import annotations

import re

from assistant.language.lazy_patterns import late
from assistant.noticing.reading import Step
from assistant.noticing.step_owners import DOES, without_speaker

_SOMEONE_TO = late(
    r"\A(?:maybe|perhaps|i\s+think|i\s+suppose)?\s*(?:someone|somebody|no\s*one|nobody|anyone)\s+"
    r"(?:to|should|needs\s+to|has\s+to|ought\s+to|must|will|could|can)\s+",
    re.IGNORECASE,
)
_ME_BESIDE = late(r",\s*(?:by\s+)?me(?=\s*(?:,|\Z))", re.IGNORECASE)
ME = "me"
_MOST_WORDS_OF_SOMEBODY = 5
_SOMEBODY = late(
    r"(?P<who>[\w’'-]+(?:\s+[\w’'-]+){0,4}?)(?:\s+(?:really|actually|instead|now|then|please|not\s+\w+))?(?=\s*(?:[,.;]|\bnot\b|\bbut\b|\bcos\b|\bbecause\b|\Z))",
    re.IGNORECASE,
)
_NOBODY = late(
    rf"(?:{DOES}|by|on|at|before|after|today|tonight|tomorrow|first|last|next|done|off|there|here|in|more|less|the\s+(?:same|other|first|last)|\w+day|\w+ing|a\s+(?:week|month|day)|an\s+hour|\d)\b",
    re.IGNORECASE,
)


def given_to(step: Step, who: str) -> Step:
    """The step with who does it, and without whoever did in its words."""
    text = _SOMEONE_TO.sub("", step.text)
    if who.casefold() != step.who.casefold():
        text = without_owner(text, step.who)
    return step.model_copy(update={"who": who, "text": text.rstrip(" ?")})


def without_owner(text: str, owner: str) -> str:
    """ "Paul to examine him" is "examine him"; "I'll ring Dawn, me" is "ring Dawn"."""
    if owner.casefold() == ME:
        return _ME_BESIDE.sub("", without_speaker(text))
    return re.sub(rf"\A{re.escape(owner)}\s+(?:to|should|will)\s+", "", text, flags=re.IGNORECASE) if owner else text


def somebody_else(said: str) -> str:
    """Whom a line's "should be" names, where that's somebody and nothing that is done: "a paediatrician really, Paul
    can't do that"; empty where it isn't."""
    found = _SOMEBODY.match(said)
    if found is None or _NOBODY.match(found["who"]):
        return ""
    few = len(found["who"].split()) <= _MOST_WORDS_OF_SOMEBODY
    return found["who"] if few and re.search(rf"\b{DOES}\b", found["who"], re.IGNORECASE) is None else ""
