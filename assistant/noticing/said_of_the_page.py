"""Which sentences of an answer speak of the page that stands above a question, and so answer nothing that was asked.

Owns the words by which that's known. Knows nothing of what becomes of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.language.spans import Span, overlaps
from assistant.noticing.additions import ADDS
from assistant.noticing.edits_in_words import edits_in_words
from assistant.noticing.line_edits import regions
from assistant.noticing.planned_steps import missing_in

_OF_THE_PAGE = late(
    r"\b(?:you|u)(?:['’]?ve|\s+have)\s+(?:still\s+|also\s+|now\s+|just\s+)?(?:put|written|lost|left|missed|dropped|got|made|kept|binned|split|changed|added|forgot\w*)\b"
    r"|\A\W*(?:(?:and|but|so|ok(?:ay)?)\W+)*(?:can|could|will|would)\s+(?:you|u)\s+(?:please\s+|also\s+)?(?:add|put|take|change|move|swap)\b"
    r"|\b(?:is|are|['’]s|it)\s+still\s+(?:there|not|says?|saying|wrong|reads?|got|on|missing|incorrect)\b|\bstill\s+(?:isn|aren|hasn|says|reads|saying)\b"
    r"|\A\W*(?:(?:and|but|no|oh|so|please)\W+)*(?:take|get|cross|strike|change|move|swap|put)\b.*\b(?:off|out|back|to|in|under|line|list|page|top|first)\b"
    r"|\b(?:(?:isn|aren)['’]?t|['’]s\s+not)\s+(?:on\s+)?(?:there|it|the\s+(?:list|page))\b|\b(?:dates?|days?|times?|names?)\s+(?:is|are)\s+(?:all\s+)?wrong\b|\bshould\s+(?:just\s+|only\s+)?(?:say|read)\b|\bis\s+missing\b|\b(?:dropped\s+off|gone\s+back)\b"
    r"|\b(?:nothing|not\s+a\s+word)\b[^.!?]{0,40}\b(?:on\s+)?there\b|\bwhat['’]?s\s+missing\s+is\b|\b(?:put|stuck|kept)\s+my\s+(?:whole\s+)?(?:message|moan\w*|complaint|grumble)\b"
    r"|\bwhy\s+is\s+my\b[^.!?]{0,40}\bunder\b|\b(?:it|that)\s+(?:says|reads)\s+[\"“]"
    r"|\b(?:it['’]?s|that['’]?s|this\s+is|is)\s+(?:still\s+)?(?:wrong|incorrect|not\s+right)\b",
    re.IGNORECASE,
)
_OF_A_STEP = frozenset({"who", "when"})
"""Said of what a line's words name it's only of the page where the page is asked about: "the visit is tomorrow"."""
_ADDED_LINE = late(r"\byou\s+added\b", re.IGNORECASE)


def is_of_the_page(words: str) -> bool:
    """A sentence says something of the page itself, and so belongs on no line of it."""
    return _OF_THE_PAGE.search(words) is not None


def of_the_page(answer: str, page: Sequence[str]) -> tuple[Span, ...]:
    """The sentences that speak of the page; none where no page stands there."""
    if not page:
        return ()
    said = [(span, parts) for span, parts in regions(answer, len(page)) if parts]
    said += [one for one in edits_in_words(answer, page) if all(part.kind not in _OF_A_STEP for part in one[1])]
    outright = [span for span, _ in said]
    return tuple(
        span for span in spoken_sentences(answer) if overlaps(span, *outright) or _speaks_of_it(answer[slice(*span)])
    )


def _speaks_of_it(words: str) -> bool:
    known = (ADDS.search(words), missing_in(words), _ADDED_LINE.search(words))
    return is_of_the_page(words) or any(found is not None for found in known)
