"""What was said of the last page and changed nothing on it, to be asked about rather than lost.

Owns which sentences speak of the page. Knows nothing of how the page is shown again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.conversation.events import Keeps
from assistant.conversation.line_called import place_named
from assistant.conversation.page_turns import SPEAKS_OF_LINES, lines_shown, parts_of
from assistant.conversation.state import Turn
from assistant.conversation.struck import strikes_in
from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.language.spans import Span, overlaps
from assistant.noticing.lines_named import lines_named
from assistant.noticing.said_of_the_page import is_of_the_page

_WITHOUT_A_NAME = late(
    r"\b(?:lost|missed|dropped|left\s+(?:off|out)|forgot\w*)\s+(?:(?:off|out)\s+)?(?:the|my|some|one|two|a)\s*(?:(?:main|most|important|big|biggest|other|few|of|them|whole)\s*)*"
    r"(?:one|ones|thing|things|bit|step|point|them|few)?\W*\Z",
    re.IGNORECASE,
)
_AMISS = late(r"\b(?:still|wrong|half|missing|left|kept|lost|muddle\w*|not\s+right|isn['’]?t\s+right)\b", re.IGNORECASE)
"""Said of a line that is called by its name: "to be told is still the half I took back"."""
_LET_BE = late(r"\bleave\s+it\b(?!\s+(?:off|out))|\bit['’]?ll\s+do\b|\bnever\s+mind\b", re.IGNORECASE)
""" "Craig's still on there but leave it, it's fine"."""
_CHANGES = SPEAKS_OF_LINES | {"told", "decision", "review"}


def lets_be(words: str) -> bool:
    """A sentence leaves something as it is, however wrong."""
    return _LET_BE.search(words) is not None


def unplaced(turn: Turn) -> Iterator[str]:
    """The sentences of an answer that ask for something of the page and were not understood."""
    answer = turn.answer or ""
    struck_there = any(strike.place for strike in strikes_in(turn))
    for start, end in spoken_sentences(answer):
        words = answer[start:end].strip()
        of_a_place = place_named(words) is not None and _AMISS.search(words)
        asks = (of_a_place or is_of_the_page(words)) and not lets_be(words)
        if asks and not struck_there and not _is_placed(turn, (start, end)) and not _leads_in(turn, words, end):
            yield words


def _leads_in(turn: Turn, words: str, end: int) -> bool:
    """ "You've lost the most important one!", where what follows says which."""
    return _WITHOUT_A_NAME.search(words) is not None and any(
        part.span[0] >= end and (part.kind == "step" or part.kind in _CHANGES) for part in parts_of(turn)
    )


def line_meant(turn: Turn) -> int | Keeps | None:
    """The number of the one line, or the one other place, that the first of those sentences speaks of."""
    lines = len(lines_shown(turn.asked.said_first, turn.asked.keeps))
    for words in unplaced(turn):
        numbers = {place for _, held in lines_named(words, lines) for place in held}
        named = place_named(words)
        if len(numbers) == 1 and named is None:
            return numbers.pop() + 1
        if named is not None and not numbers:
            return named
    return None


def _is_placed(turn: Turn, sentence: Span) -> bool:
    steps = turn.reading.steps if turn.reading else ()
    return overlaps(sentence, *(step.span for step in steps)) or any(
        part.kind in _CHANGES and (part.lines or part.kind not in SPEAKS_OF_LINES)
        for part in parts_of(turn)
        if sentence[0] <= part.span[0] < sentence[1]
    )
