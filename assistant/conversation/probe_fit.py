"""Whether a question on something said suits it: when that was, and whether the worker has just put us right.

Knows nothing of what is worth asking about (`threads.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.conversation.state import Turn
from assistant.language.lazy_patterns import late
from assistant.noticing.reading import TellingKind

_OF_THAT_MOMENT = late(r"\b(?:just\s+then|at\s+the\s+time|that\s+moment)\b", re.IGNORECASE)
_AT_NO_MOMENT = late(
    r"['’]ll\b|\b(?:will|going\s+to|gonna|next\s+\w+|tomorrow|if|always|usually|every|never|when\s+i\s+was|as\s+a\s+(?:kid|child|boy|girl|lad)"
    r"|years\s+ago|(?:19|20)\d\d|i\s+don['’]?t|i\s+can['’]?t)\b",
    re.IGNORECASE,
)
"""Is to come, long over, or so all the time: no moment to go back to."""
_SHOWS: Mapping[TellingKind, re.Pattern[str]] = {
    "torn": late(
        r"\b(?:or|but|though|although|whether|either|part\s+of\s+me|half\s+of\s+me|torn|back\s+and\s+forth|on\s+the\s+(?:one|other)"
        r"|both|versus|rather|instead|depends?|if\s+(?:i|we|it)|(?:do\s?n['’]?t|not)\s+(?:know|sure)\s+(?:if|what))\b",
        re.IGNORECASE,
    ),
    "loss": late(
        r"\b(?:died?|dying|dead|death|passed|gone|left|leav\w+|moved?|lost|los[et]|split|funeral|miscarr\w+|stillb\w+|goodbye|inside|prison"
        r"|ended|broke|gave|buried|grie\w+|miss(?:es|ing|ed)?|taken|took|no\s+longer|any\s?more|used\s+to|ashes|anniversary|stopped"
        r"|without|away|remov\w+|adopt\w+|hospice|placements?|retire\w*)\b",
        re.IGNORECASE,
    ),
}
"""What the words show where a question takes for granted that somebody is torn, or has lost something. Of the labelled
stretches that are (50 each) 6 in 10 do, of the others one in nine; asked of others, it asks what can't be answered."""


def shows(kind: TellingKind, words: str) -> bool:
    """Whether a question of that kind can be tried on words that were only read as perhaps of it."""
    return kind not in _SHOWS or _SHOWS[kind].search(words) is not None


def fits(turn: Turn, question: str, given_back: str) -> bool:
    """Nobody is asked to go back to a moment that is none, and whoever put us right isn't asked to "stay with that"."""
    if _OF_THAT_MOMENT.search(question) and _AT_NO_MOMENT.search(given_back):
        return False
    return "“" in question or not _corrects(turn)


def _corrects(turn: Turn) -> bool:
    return turn.reading is not None and turn.reading.stand("corrects-us") is not None
