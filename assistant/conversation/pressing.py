"""What a worker says presses on them most: what keeps them awake, what they've only now thought of, what isn't said.

Owns the words that show it. It is taken up before anything else that was told (`threads.py`), and before a decision is
asked for (`told_late.py`). Its questions are in `prompts/listening.yaml`. Sure of it or silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from assistant.conversation.said_to_us import to_the_program
from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.noticing.observations import Span

Presses = Literal["untold", "pressing", "supposed", "named"]
"""Something held back, a worry, something that may be so, or a worry that a child is being harmed, named outright."""
MOST_AFTER = 12
"""Words after something that's held back; more have told it."""
FEWEST_WORDS = 4
LONGEST = 200
"""Characters of a sentence that is given back."""
_UNTOLD = late(
    r"\b(?:there['’]?s|there\s+was|there\s+is|there\s+are|i['’]?ve\s+got|i\s+have)\s+(?:just\s+|also\s+|still\s+|this\s+)*"
    r"(?:(?:one|another|a|some|the\s+other|other|an?\s+other)\s+)?(?:more\s+)?(?:things?|something|bit)\b[^.?!]*"
    r"(?:n['’]?t|\b(?:not|never))\s+(?:\w+\s+)?(?:said|told|mentioned|written?|followed|put|done|asked|tell|say)\b"
    r"|^\W*(?:and\s+|but\s+)?there(?:['’]?s|\s+is|\s+was)\s+(?:just\s+|also\s+)?(?:something|(?:one|another|a)\s+(?:other\s+|more\s+)?thing)(?:\s+else)?"
    r"(?:\s+(?:I|she|he|they|that)\s+\w+(?:\s+\w+){0,3})?\W*$",
    re.IGNORECASE,
)
_PRESSES = late(
    r"\b(?:keep(?:s|ing)?\s+me\s+(?:up|awake)|can['’]?t\s+(?:stop\s+thinking|get\s+past|let\s+go\s+of|sleep)|won['’]?t\s+leave\s+me(?:\s+alone)?"
    r"|(?:that|it|this|which)(?:['’]?s|\s+is|\s+was|\s+feels\s+like)\s+(?:really\s+)?the\s+(?:main|real)\s+thing|my\s+(?:main|biggest|real)\s+(?:worry|fear|concern)"
    r"|(?:what|the\s+bit\s+that|the\s+thing\s+that)(?:['’]?s)?\s+(?:really\s+)?(?:worr(?:ies|ying)|bother(?:s|ing)|frighten(?:s|ing)|scar(?:es|ing)|haunt(?:s|ing)|gets)\s+(?:me|to\s+me)"
    r"|what\s+i['’]?m\s+(?:really\s+|most\s+)?(?:worried|scared|frightened|afraid)\s+(?:about|of)|the\s+worst\s+(?:thing|bit|part)\s+is"
    r"|there(?:['’]?s|\s+was|\s+is)\s+(?:just\s+|also\s+)?(?:one|another)\s+(?:other\s+|more\s+)?thing(?=,\s*\w+\s+\w+)|the\s+other\s+thing\s+is)\b",
    re.IGNORECASE,
)
_ONLY_NOW = late(
    r"\b(?:had|have)(?:n['’]?t|\s+not|\s+never)\s+(?:even\s+|really\s+)?thought\s+(?:of|about)\s+(?:that|it|this)\b"
    r"|\b(?:that|it)(?:['’]s|\s+has)\s+(?:only\s+)?just\s+(?:hit|struck|dawned|occurred)\b|\bi['’]?ve\s+only\s+just\s+(?:thought|realised|seen|put)\b",
    re.IGNORECASE,
)
_SUPPOSES = late(
    r"^\W*(?:(?:and|but|so|or|oh|god|i\s+mean|like)\W+)*what\s+if\s+(?!i\b|we\b|you\b|it['’]?s\s+(?:me|just\s+me)\b)",
    re.IGNORECASE,
)
_HARMS = (
    r"(?:abus(?:ed|ing|e)|hurt(?:ing)?|hit(?:ting)?|beat(?:en|ing)|touch(?:ed|ing)|interfer(?:ed|ing)\s+with|harm(?:ed|ing)|groom(?:ed|ing)"
    r"|exploit(?:ed|ing)|traffick(?:ed|ing)|rap(?:ed|ing)|assault(?:ed|ing)|starv(?:ed|ing)|neglected)"
)
_CHILD = (
    r"(?:him|her|them|(?:the|that|this|those)\s+(?:\w+\s+)?(?:boys?|girls?|baby|child(?:ren)?|kids?|lad|twins)"
    r"|(?-i:[A-Z])\w+)"
)
_NAMES_HARM = late(
    r"^\W*(?:(?:sexual|physical|emotional)\s+abuse|abuse|neglect|grooming|exploitation|trafficking)\W*$"
    r"|\b(?:think|thinking|reckon|scared|frightened|afraid|terrified|worried|worry(?:\s+is)?|fear(?:\s+is)?|wonder(?:ing)?|believe|suspect|^\W*that)\b"
    rf"(?!\W+(?:i|we)\b)[^.?!]{{0,40}}?\b(?:(?:{_HARMS})\s+{_CHILD}\b|(?:being|getting|been|is)\s+(?:\w+ly\s+)?{_HARMS}\b)",
    re.IGNORECASE,
)
_DOUBTS_IT = late(
    r"^\W*[\"“]|\b(?:i['’]?ll|i\s+will|i['’]?d|don['’]?t|do\s+not|didn['’]?t|not|never|no\s*(?:body|one)|nothing|used\s+to|was\s+(?:a|as)\s+(?:child|kid)|my(?:self)?\s+(?:own\s+)?(?:dad|mum|childhood|ex))\b",
    re.IGNORECASE,
)
"""It's denied, long ago, the worker's own, or what will be said to somebody."""
_SHORT = 9
"""Words of a sentence that says no more than that it was only now thought of: the one before it is meant."""


class Pressing(NamedTuple):
    """Where in an answer it stands."""

    kind: Presses
    span: Span


def presses(answer: str) -> Iterator[Pressing]:
    """Everything of the kind in an answer, the last first: what's said last weighs most."""
    said = list(spoken_sentences(answer))
    for place in range(len(said) - 1, -1, -1):
        start, end = said[place]
        words = answer[start:end]
        if to_the_program(words) or len(words) > LONGEST:
            continue
        if _ONLY_NOW.search(words):
            meant = said[place - 1] if place and len(words.split()) <= _SHORT else (start, end)
            kind: Presses = "supposed" if _SUPPOSES.match(answer[slice(*meant)]) else "pressing"
            yield from _long_enough(answer, Pressing(kind, meant))
        elif _SUPPOSES.match(words):
            yield from _long_enough(answer, Pressing("supposed", (start, end)))
        elif _NAMES_HARM.search(words) and not _DOUBTS_IT.search(words):
            before = said[place - 1][0] if place and len(words.split()) < FEWEST_WORDS else start
            yield from _long_enough(answer, Pressing("named", (before, end)))
        elif _PRESSES.search(words):
            yield from _long_enough(answer, Pressing("pressing", (start, end)))
        elif _UNTOLD.search(words) and len(answer[end:].split()) <= MOST_AFTER:
            yield from _long_enough(answer, Pressing("untold", (start, end)))


def _long_enough(answer: str, one: Pressing) -> Iterator[Pressing]:
    words = answer[slice(*one.span)]
    if len(words.split()) >= FEWEST_WORDS and len(words) <= LONGEST and not to_the_program(words):
        yield one
