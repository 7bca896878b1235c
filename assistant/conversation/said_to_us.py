"""Sentences that are said to the program, or of the worker's own people, and so belong in no record of the case.

Owns the few words that show it. Knows nothing of where a sentence would have stood.
"""

from __future__ import annotations

import re

from assistant.language.lazy_patterns import late
from assistant.language.quotations import blanked, without_quoted
from assistant.language.sentences import spoken_sentences
from assistant.noticing.observations import Span

_LEADS_IN = (
    r"^\W*(?:(?:um|uh|er|oh|ok(?:ay)?|well|right|no|nope|yes|yeah|hm+|and|but|so|anyway|sorry|please|like|hang\s+on"
    r"|for\s+goodness\s+sake)\W+)*"
)
_TO_US = late(
    _LEADS_IN + r"(?:i(?:['’]?ve|\s+have)?\s+(?:(?:think|thought)\s+i\s+)?(?:(?:just|only|already|literally)\s+)*"
    r"(?:said|told\s+(?:you|u)|answered|been\s+through|did\s+say)\b(?!\s+(?:to\s+(?!you)\w|no\s+to))"
    r"|i\s+(?:didn['’]?t|never|wasn['’]?t)\s+(?:ask(?:ed|ing)?|say|said)\s+(?:you|that|this|anything|whether|if|for)\b"
    r"|i\s+did\s+ask\b|i(?:['’]?ve)?\s+(?:just\s+|already\s+)?asked\s+(?:you|u)\b|i\s+(?:don['’]?t|dont)\s+(?:get|follow|understand)\s+(?:you|that|the\s+question|what\s+you)\b|i\s+do(?:nt|n['’]t)\s+follow\b"
    r"|(?:what|who|which)\s+(?:do|d|did|are)\s+(?:you|u)\s+(?:mean|on\s+about|asking|after)\b|hear\s+about\s+what\b|do\s+you\s+mean\b"
    r"|(?:you|u)(?:['’]?(?:ve|re|d)|\s+(?:have|are|had))?\s+(?:(?:still|just|never|keep|kept|only|again|also)\s+)*(?:n['’]?t\s+)?"
    r"(?:not|got|get|getting|put|putting|left|missed|wrote|written|asked?|asking|stuck|answered?|said|say|saying|spliced|misread|going|going\s+past"
    r"|made|mixed|muddled|the\s+one|didn['’]?t|haven['’]?t|did\s+not|have\s+not|aren['’]?t|on\s+about)\b"
    r"|you\s+(?:lot|people)\b|you\s+always\s+(?:ask|want|do|say)\b|(?:(?:i\s+)?(?:dunno|don['’]?t\s+know)\W+)?you\s+(?:tell\s+me|decide|choose|say)\W*\Z"
    r"|(?:same\s+)?as\s+i\s+(?:just\s+)?said\b|i['’]?ve\s+(?:just\s+|already\s+|literally\s+)*given\b|i\s+(?:just\s+|already\s+)?gave\s+(?:you|it|them)\b"
    r"|did\s+i\s+(?:not\s+)?(?:say|mention)\s+(?:that|this|it)\b(?!\s+to\b)|that\s+was\s+(?:just\s+|only\s+)?me\s+(?:grumbling|moaning|rambling)\b"
    r"|that(?:['’]?s|\s+was|\s+is)\s+an?\s+(?:\w+\s+)?(?:bit|thing|one|line|place|question)\s+to\s+(?:pick|ask|choose|start)\b"
    r"|did\s+you\s+(?:even\s+)?(?:read|hear|listen)\b|where['’]?d\s+you\s+get\b|for\s+the\s+(?:second|third|fourth|umpteenth)\s+time\b"
    r"|(?:is\s+it\s+)?me\s+doing\s+it\s+wrong\b|(?:i\s+think\s+)?you['’]?ve\s+(?:got|misread)\b"
    r"|(?:i\s+think|i\s+thought|maybe)\s+you(?:['’]?(?:ve|re)|\s+have)?\s+(?:got|misread|mis\w+|mixed|have)\b)",
    re.IGNORECASE,
)
_MY_OWN = late(
    r"\bmy\s+(?:own\s+|little\s+|big\s+|older\s+|younger\s+)?(?:sisters?|brothers?|mum|mam|mother|dad|father|aunt(?:ie|y)?|uncle|nan|gran|grandad"
    r"|grandson|granddaughter|son|daughter|kids|husband|wife|partner|boyfriend|girlfriend|flatmate|parents|cousin)\b",
    re.IGNORECASE,
)

_FOR_US = late(
    _LEADS_IN + r"(?:(?:what|when|where|why|how|which)\s+(?:else\s+)?)?"
    r"(?:should|shall|can|could|must|do|am|have|did|was|were|is|are|will|would|does|has)(?:n['’]?t)?\s+"
    r"(?:i|we|you|it|that|this|they|those|these|he|she|anybody|anyone|somebody|someone)\b[^?]*\?"
    r"|\W*(?:and\s+|but\s+)?what\s+if\b[^?]*\?"
    r"|.*\b(?:shouldn|oughtn|can|couldn|mustn)['’]?t\s+(?:i|we)\b\W*$"
    r"|\W*(?:i|we)(?:['’]ve)?\s+(?:just\s+|already\s+)?asked\s+(?:you|u)\b"
    r"|.*\byou\s+(?:didn['’]?t|haven['’]?t|never|still\s+haven['’]?t)\s+answer",
    re.IGNORECASE,
)
_OF_MINE = late(_LEADS_IN + r"(?:should|shall|can|could|must|do|am|have|ought)(?:n['’]?t)?\s+(?:i|we)\b", re.IGNORECASE)
_TO_SOMEBODY = late(r"\b(?:ask|asking|say|saying|tell|telling)\s+(?:him|her|them|mum|dad|[A-Z]\w+)\b")
"""A question that somebody else will be asked."""


def questions_to_us(answer: str) -> tuple[Span, ...]:
    """Its sentences that ask, and are neither quoted nor for somebody else."""
    bare = blanked(answer)
    return tuple(
        (start, end)
        for start, end in spoken_sentences(answer)
        if _FOR_US.match(bare[start:end])
        and (_OF_MINE.match(bare[start:end]) or not _TO_SOMEBODY.search(bare[start:end]))
    )


def to_the_program(words: str) -> bool:
    """It speaks of what we asked, said or made of something: "I just said, Ronan"."""
    return _TO_US.search(words) is not None


def of_their_own(words: str) -> bool:
    """It speaks of the worker's own people: "my aunt", "my sister"; what somebody else said of theirs doesn't."""
    return _MY_OWN.search(without_quoted(words)) is not None
