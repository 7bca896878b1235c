"""What was said of the risk where nobody asked which way it's going: the sentences that say what is feared.

Owns the words that show it. Knows nothing of how great a risk is, and grades none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.conversation.said_to_us import questions_to_us, to_the_program
from assistant.language.lazy_patterns import late
from assistant.language.paragraphs import sentences_in

_FEARED = late(
    r"\b(?:the|my|that['’]?s the) (?:worry|fear|risk) (?:is|was)\b|\bthat is the worry\b"
    r"|\bi['’]?(?:m| am) (?:worried|scared|afraid|frightened|feart) (?:that|of|for|about|he|she|they|it)\b"
    r"|\b(?:what|that['’]?s what) (?:worries|scares|frightens) me\b"
    r"|\b(?:it['’]?s|things are|risk is|getting) (?:going up|worse|getting worse)\b|\b(?:riskier|more dangerous"
    r"|less safe|not safe|isn['’]?t safe)\b"
    r"|\b(?:he|she|they|it)(?:['’]ll| will| could| might| may) (?:\w+ )?(?:be |get )?(?:hurt|killed|die"
    r"|happen again|worse)\b",
    re.IGNORECASE,
)
_MOST = 3
"""Sentences."""


def said_of_risk(answers: Iterable[str]) -> tuple[str, ...]:
    """Each once, in the order they were said."""
    every = (answer[start:end] for answer in answers for start, end in sentences_in(answer))
    feared = (
        one
        for one in every
        if _FEARED.search(one) and one[-1:] != "?" and not to_the_program(one) and not questions_to_us(one)
    )
    return tuple(dict.fromkeys(feared))[:_MOST]
