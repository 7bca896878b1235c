"""The clauses of a long sentence that hold some words, so that what's given back of it begins and ends where they do.

Knows nothing of why the words matter.
"""

from __future__ import annotations

import re

from assistant.language.lazy_patterns import late
from assistant.language.spans import Span

_CLAUSES = late(r"[,;:–—]\s+|\s+(?=(?:and|but|so|because|cos|then)\s)", re.IGNORECASE)


def clauses_around(text: str, sentence: Span, span: Span, longest: int) -> Span:
    """The clauses that hold what tells, and as many beside them as can be given back."""
    cuts = [sentence[0], *(cut.end() for cut in _CLAUSES.finditer(text, *sentence)), sentence[1]]
    first = max((place for place, at in enumerate(cuts[:-1]) if at <= span[0]), default=0)
    last = min((place for place, at in enumerate(cuts) if at >= span[1] and place > first), default=len(cuts) - 1)
    grows = True
    while grows:  # one behind and one before in turn, so that neither side takes all the room
        after = last + 1 < len(cuts) and cuts[last + 1] - cuts[first] <= longest
        last += after
        before = first > 0 and cuts[last] - cuts[first - 1] <= longest
        first -= before
        grows = after or before
    return cuts[first], cuts[last]
