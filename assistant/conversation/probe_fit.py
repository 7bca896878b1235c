"""Whether a question on something said suits it: when that was, and whether the worker has just put us right.

Knows nothing of what is worth asking about (`threads.py`).
"""

from __future__ import annotations

import re

from assistant.conversation.state import Turn
from assistant.language.lazy_patterns import late

_OF_THAT_MOMENT = late(r"\b(?:just\s+then|at\s+the\s+time|that\s+moment)\b", re.IGNORECASE)
_AT_NO_MOMENT = late(
    r"['’]ll\b|\b(?:will|going\s+to|gonna|next\s+\w+|tomorrow|if|always|usually|every|never|when\s+i\s+was|as\s+a\s+(?:kid|child|boy|girl|lad)"
    r"|years\s+ago|(?:19|20)\d\d|i\s+don['’]?t|i\s+can['’]?t)\b",
    re.IGNORECASE,
)
"""Is to come, long over, or so all the time: no moment to go back to."""


def fits(turn: Turn, question: str, given_back: str) -> bool:
    """Nobody is asked to go back to a moment that is none, and whoever put us right isn't asked to "stay with that"."""
    if _OF_THAT_MOMENT.search(question) and _AT_NO_MOMENT.search(given_back):
        return False
    return "“" in question or not _corrects(turn)


def _corrects(turn: Turn) -> bool:
    return turn.reading is not None and turn.reading.stand("corrects-us") is not None
