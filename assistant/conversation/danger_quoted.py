"""The words that show a danger, as they are given back: in whole sentences, so that no quotation turns its sense.

Knows nothing of what is said about them.
"""

from __future__ import annotations

import re

from assistant.language.clauses_around import clauses_around
from assistant.language.lazy_patterns import late
from assistant.language.sentences import sentences
from assistant.noticing.observations import Danger

FEWEST_WORDS_QUOTED = 4
"""Of a sentence that is quoted alone; a shorter one has the one before it."""
LONGEST_SENTENCE = 180
"""Characters of a sentence that are quoted whole; of a longer one the clauses around the sign."""
_JOINS = late(r"\A(?:and|but|so|then)\s+", re.IGNORECASE)


def whole_sentence(words: str, danger: Danger) -> str:
    """The sentences that show a danger, on one line, so that a quotation never turns its sense round."""
    first, last = danger.spans[0][0], danger.spans[-1][1]
    touched = [(start, end) for start, end in sentences(words) if start < last and end > first]
    start, end = (touched[0][0], touched[-1][1]) if touched else (first, last)
    if len(words[start:end].split()) < FEWEST_WORDS_QUOTED:  # "Last few weeks." says nothing by itself
        start = max((begin for begin, stop in sentences(words) if stop <= start), default=start)
    if end - start <= LONGEST_SENTENCE:
        return " ".join(words[start:end].split())
    first, last = clauses_around(words, (start, end), (first, last), LONGEST_SENTENCE)
    quoted = _JOINS.sub("", " ".join(words[first:last].split()))
    return ("… " if first > start else "") + quoted + (" …" if last < end else "")
