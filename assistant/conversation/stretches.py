"""Which words of an answer can be given back in a question, and from where to where.

Owns what says too little, breaks off, is in jest or was said to the program. Knows nothing of the questions.
"""

from __future__ import annotations

import re

from assistant.conversation.said_to_us import to_the_program
from assistant.conversation.situation import LONGEST_QUOTE
from assistant.conversation.state import Turn
from assistant.language.lazy_patterns import late
from assistant.language.sentences import sentences
from assistant.language.spans import holding
from assistant.noticing.observations import Span

_FEWEST_WORDS = 3
"""Fewer words than these say too little when they are given back."""
FEWEST_WORDS_OF_A_STRETCH = 5
"""The same where it was found by its meaning alone: "That he told me" wants what he told."""
_IN_JEST = late(
    r"\b(?:ha(?:ha)+|ha|lol|lmao|(?:only|just)\s+(?:joking|kidding)|kidding|sarcas\w+)\b|,\s*which,?\s+same\b",
    re.IGNORECASE,
)
"""How a sentence shows that it isn't meant."""
_CUT_SHORT = late(
    r"\b(?:like|it['’]?s|its|that['’]?s|and|but|or|because|cos|to|the|a|an|of|with|is|was|if|I|he|she|they|my|his|her)\W*\Z",
    re.IGNORECASE,
)
"""A stretch that breaks off gives nothing back: "she looked at it like"."""
_SUPPOSED = late(r"\b(?:if|unless|whether|in\s+case)\b(?=[^.,;:!?…\n]*\Z)", re.IGNORECASE)
_END_OF_ANOTHER = late(r"(?:\w+\s+){1,2}(?:and|but|so|because|cos)\s+(?=\w)", re.IGNORECASE)
_NEAR_ENOUGH = 40
"""Characters."""
_CLAUSE_END = late(r"[.?!;,:\n]")
_DENIES = late(r"\W*(?:no|nope|nah)\b\s*[,.–-]", re.IGNORECASE)
"""A denial answers our question, and says nothing of its own."""
_NOTHING_KNOWN = late(r"\b(?:i\s+)?(?:don['’]?t\s+know|dunno)\b", re.IGNORECASE)
_MOST_OF_NOTHING = 6
_TO_US = late(
    r"\b(?:i\s+(?:think\s+i\s+|just\s+|only\s+just\s+|already\s+|did\s+(?:already\s+)?)(?:said|say|told\s+you|ask(?:ed)?\s+you)"
    r"|(?:as|like)\s+i\s+said|i['’]?ve\s+(?:just\s+|already\s+)(?:said|told\s+you)|(?:told|telling|to\s+tell)\s+you"
    r"|you\s+(?:keep|asked|said|wrote|put)\b|you['’]?(?:ve|\s+have)\s+(?:asked|misread|skipped|missed|put)"
    r"|for\s+(?:goodness|god['’]?s|heavens?['’]?s?|pete['’]?s)\s+sake|i\s+do(?:n['’]?t|\s+not)\s+(?:follow|get\s+(?:you|it|that))"
    r"|so\s+here\s+i\s+am|why\s+i['’]?m\s+(?:sat\s+)?here|said\s+(?:to|i\s+should)\s+(?:bring|talk)|i\s+thought\s+this\s+was"
    r"|that['’]?s\s+(?:just\s+)?me\s+\w+ing|i['’]?m\s+(?:off\s+on\s+one|rambling|moaning|ranting|waffling)|reading\s+my\s+(?:own\s+)?words"
    r"|(?:does|did)n['’]?t\s+leave\s+me"
    r"|(?:do|did)\s+you\s+mean|what\s+you\s+mean|(?:the|that|this|your)\s+question)\b",
    re.IGNORECASE,
)
"""How something is said of our talk, beside what `said_to_us.py` knows, wherever in it the words stand."""


def in_jest(words: str) -> bool:
    """A sentence in them shows that it isn't meant."""
    return _IN_JEST.search(words) is not None


def says_enough(turn: Turn, span: Span, fewest: int = _FEWEST_WORDS) -> bool:
    """Enough to be given back, in earnest, no word to us and no question: one put back is no answer."""
    answer = turn.answer or ""
    sentence = answer[slice(*holding(sentences(answer), span[0], (0, len(answer))))]
    words = answer[span[0] : span[1]]
    if (
        _CUT_SHORT.search(words)
        or _DENIES.match(words)
        or (_NOTHING_KNOWN.search(words) and len(words.split()) <= _MOST_OF_NOTHING)
    ):
        return False
    if in_jest(sentence) or _TO_US.search(words) or to_the_program(sentence) or sentence.rstrip().endswith("?"):
        return False
    return len(words.split()) >= fewest


def whole(answer: str, span: Span) -> Span:
    """To its end, and from the "if" that it hangs on: "she lies then I've got to write it down" wasn't said to be so.

    Where nothing stops, what ends another clause is left off: "toast and last Wednesday he had him by the neck".
    """
    start, end = _to_its_end(answer, span)
    supposed = list(_SUPPOSED.finditer(answer, max(0, start - _NEAR_ENOUGH), start))
    if supposed:
        return supposed[-1].start(), end
    ragged = _END_OF_ANOTHER.match(answer, start, end) if answer[:start].rstrip()[-1:].isalnum() else None
    return (ragged.end(), end) if ragged and len(answer[ragged.end() : end].split()) >= _FEWEST_WORDS else (start, end)


def _to_its_end(answer: str, span: Span) -> Span:
    """A stretch that breaks off in mid-clause, with the rest of the clause where that isn't long: "he looked at them"
    wants "and then at Lisa"."""
    start, end = span
    if not (answer[end : end + 1].isspace() and answer[end:].strip()[:1].isalnum()) or answer[end - 1] in ".?!;,:":
        return span
    ends = _CLAUSE_END.search(answer, end)
    last = ends.start() if ends else len(answer.rstrip())
    return (start, last) if last - start <= LONGEST_QUOTE else span
