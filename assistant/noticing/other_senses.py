"""Words that are those of danger and mean something else where they stand: a lump of a lad, a man called Mark.

Owns the reading of such a word as the plain one of the same length that it stands for, before danger is weighed, so
that what is learnt of words and meaning isn't misled and every place in the answer stays where it was. Only what is
said of a whole child or is a name is read so; a lump *on* somebody is never touched. Knows nothing of danger itself.
"""

from __future__ import annotations

import re
from functools import partial

_A_PERSON = r"(?!(?:it|that|this|there|what|where|here|one)\b)(?:[a-z]+['’]s|hes|shes|babys|[a-z]+\s+(?:is|was))"
_BIG = (
    r"(?:(?:such|a|an|the|right|real|proper|little|lovely|great|big|huge|heavy|chunky|solid|fat|happy|gorgeous|absolute"
    r"|wee|smiley|cuddly|bonny|hefty|quite|like|total|massive|dead|now|just|only|still|honestly)\s+)+"
)
_ON_SOMEBODY = (
    r"(?!\s*(?:,\s*)?(?:on|behind|above|below|under|near|over|at|to|by|across|in|inside|where|there|under\w*|the\s+size"
    r"|come|coming|came|up|has|that|which|from|after|he['’]?s\s+got)\b)"
)
_PERSON_DOES = (
    r"(?=['’]s\s+(?:the|his|her|mum|dad|been|not|at|in|a|had|gone|back|got|working|very|really|good|partner|brother|mother)\b"
    r"|\s+(?:is|was)\s+(?:the|his|her|their|mum|baby)\b"
    r"|\s+(?:said|says|came|comes|rang|works|thinks|wants|told|lives|who|and\s+(?:I|he|she)|has|had|does|did|goes|went"
    r"|stays|picks|takes|brings)\b)"
)
_SENSES: tuple[tuple[str, str], ...] = (
    # "he's a lump, nine months, so smiley", "such a heavy lump", "a lump of a lad"
    (rf"\b{_A_PERSON}\s+{_BIG}(?P<word>lump)\b{_ON_SOMEBODY}", "chap"),
    (r"\b(?P<word>lump)(?=\s+of\s+(?:a\s+)?(?:lad|boy|baby|girl|love|thing|child)\b)", "chap"),
    (r"\b(?P<word>bruiser)(?=s?\b)", "charmer"),
    # "We hit a bump with the form", "bumps in the road"
    (r"\b(?:hit|hitting)\s+(?:a|another)\s+(?P<word>bump)(?=\s+(?:with|over|at|in\s+the\s+road)\b)", "snag"),
    (r"\b(?P<word>bump)(?=s?\s+in\s+the\s+road\b)", "snag"),
    # The man, not the mark: a capital inside a sentence, or what only a person does.
    (r"(?<=(?-i:[a-z,;]) )(?-i:(?P<word>Mark)\b)(?!s\b|\s+(?:on|to|across|above|below|behind)\b)", "Liam"),
    (rf"\b(?-i:(?P<word>Mark)){_PERSON_DOES}", "Liam"),
    # "I'm wound up", "it wound him up"
    (r"\b(?P<word>wound)(?=\s+(?:(?:me|him|her|them|us|you|everyone)\s+)?(?:right\s+)?up\b)", "tense"),
    # Of schoolwork
    (r"\b(?P<word>mark)(?=s?\s+(?:for|in)\s+(?:maths|english|science|spellings?|his|her|the\s+test)\b)", "rank"),
)
_SENSED = tuple((re.compile(pattern, re.IGNORECASE), plain) for pattern, plain in _SENSES)
_MAY = re.compile(r"lump|bruiser|bump|mark|wound", re.IGNORECASE)


def as_meant(words: str) -> str:
    """An answer of the same length in which every such word is the one it stands for."""
    if _MAY.search(words) is None:
        return words
    for pattern, plain in _SENSED:
        words = pattern.sub(partial(_with, plain), words)
    return words


def _with(plain: str, found: re.Match[str]) -> str:
    start, end = (place - found.start() for place in found.span("word"))
    return found[0][:start] + plain + found[0][end:]
