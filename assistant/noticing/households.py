"""What the words around a name say of a household: who its parents are, how many are theirs, who is expecting.

Owns those patterns, and that a child isn't born yet. Knows nothing of who is known already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.language.ages import NUMBERS
from assistant.language.lazy_patterns import late
from assistant.language.words_before import just_before
from assistant.noticing.observations import Span
from assistant.noticing.reading import Role

_HOW_MANY = rf"(?:both|[2-9]|1[0-2]|{'|'.join(list(NUMBERS)[2:13])})"
_KIDS = (
    r"(?:kids?|kiddies|children|bairns|boys|girls|lads|sons|daughters|twins|triplets|lot|brood|little\s+ones|babies|baby"
    r"|toddler)"
)
_ENDS = r"(?=\s*(?:[,.;:!?)–-]|\Z|(?:and|who|are|were|live|lives|all|in|at|under|from|with|of\s+them|between)\b))"
_COUNTED = rf"\b{_HOW_MANY}\b(?:\s+(?:\w+\s+)?{_KIDS}\b|{_ENDS})"
_MANY_AT_ITS_END = late(rf"\b{_HOW_MANY}\b(?!.)", re.IGNORECASE)
_AND_THEIRS = (
    rf"\s*,?\s*(?:and|with|&|plus)\s+(?:all\s+)?(?P<whose>their|her|his)\s+(?:\w+\s+)?(?:{_COUNTED}|{_KIDS}\b)"
)
_S_KIDS = rf"['’]s?\s+(?:\w+\s+)?{_KIDS}(?=\s*(?:[,.;!?]|\Z|(?:and|who|are|were|is|was)\b))"
_HAVE = rf"\s+(?:have|['’]ve|has)(?:\s+got)?\s+{_COUNTED}"
_OF_TWO = late(rf"{_AND_THEIRS}|{_S_KIDS}|['’]s?\s+{_COUNTED}|{_HAVE}", re.IGNORECASE)
_OF_ONE = late(
    rf"{_AND_THEIRS}|{_S_KIDS}|{_HAVE}|(?:['’]s)?(?:,?\s+(?:who|s?he)['’]?s)?(?:\W{{1,3}}(?:1[89]|[2-5]\d))?\W{{1,3}}"
    rf"(?:and\s+)?(?:s?he['’]?s\s+)?(?:has\s+got|got|with)\s+{_COUNTED}",
    re.IGNORECASE,
)
HAS_SEVERAL = late(rf"[^,.;!?]{{0,20}}\bwith\s+(?:{_COUNTED}|{_KIDS}\b)", re.IGNORECASE)
"""After "she's": "34 with seven"."""
_THE_PARENTS = late(r"\b(?:parents|mum\s+and\s+dad|couple)\W{1,3}(?:are\s+|is\s+|called\s+)?\Z", re.IGNORECASE)
_ARE_THE_PARENTS = late(r"\W{1,3}(?:(?:are|they['’]?re|who\s+are)\s+)?(?:the|his|her|their)\s+parents\b", re.IGNORECASE)
_SHE_IS_THE_MUM = late(
    r"\W{1,3}s?he['’]?s\s+(?:the|their|his|her)\s+(?:(?P<mum>mum|mam|mummy|mother)|dad|father)\b", re.IGNORECASE
)
_BRINGS_UP = late(
    r"(?:['’]s|\s+is|\s+has\s+been|['’]s\s+been)?\s+(?:bringing\s+up|raising|looking\s+after)\s+(?:her|his)\s+"
    r"(?:\w+\s+)?(?:grand\w+|niece|nephew|sister|brother|daughter|son)",
    re.IGNORECASE,
)

_SOMEBODY_ELSES = late(
    r"\b(?:friend|mate|pal|neighbour|girlfriend|boyfriend|classmate)['’]?s['’]?\s+(?:\w+\s+)?\Z"
    r"|\b(?:last|previous|former|ex)[\s-]+(?:partner|girlfriend|wife|husband)\s+(?:had|has|with)\s+(?:\w+\s+)?\Z"
    r"|\b(?:harmed|hurt|injured)\s+(?:\w+\s+)?other\s+\Z"
    r"|\bcall(?:s|ed|ing)\s+(?:him|her|them)\s+(?:my|his|her|a|the)\s+(?:\w+\s+)?\Z",
    re.IGNORECASE,
)
_LIVES_NEXT_TO = late(
    r"\s+(?:in|from|of)\s+(?:the\s+)?(?:next|other)\s+(?:room|house|flat|bed|street)\b|\s+(?:from\s+)?next\s+door\b"
    r"|\s+(?:down|over|up|across)\s+the\s+(?:road|street|landing|corridor)\b",
    re.IGNORECASE,
)

# Expecting
_WEEKS_GONE = (
    r"(?:1\d|2\d|3\d|4[0-2]|ten|twelve|fourteen|sixteen|eighteen|twenty|thirty|forty)[\w-]*"
    r"(?:\s(?:one|two|three|four|five|six|seven|eight|nine))?\s*(?:weeks?|wks?)"
    r"(?!\s+(?:old|ago|late|later|behind|since|of|on|in|off|clean|sober))"
)
_NOT_BORN = late(
    r"\b(?:bab(?:y|ies)|bump|it|child|s?he|they|one|twins|this)(?:['’]?s|\s+is|\s+are|\s+was|\s+has|\s+hasn['’]?t|\s+isn['’]?t|\s+aren['’]?t)*"
    r"\s+(?:not\s+|never\s+|n['’]?t\s+)?(?:even\s+)?(?:been\s+)?(?:born\s+yet|(?<=not )born)\b"
    r"|\b(?:isn['’]?t|hasn['’]?t\s+been|not|not\s+been|not\s+even)\s+(?:even\s+)?born\b"
    r"|\b(?:it|it['’]?s|its)\s+(?:is\s+|just\s+)?(?:a\s+)?bump\b|\bnot\s+had\s+(?:it|the\s+baby|her\s+baby)\s+yet\b|\bbefore\s+(?:the\s+|this\s+)?baby(?:['’]?s|\s+is)\s+born\b",
    re.IGNORECASE,
)
_WHO_IS = late(r"\W{0,3}(?:who|that|and)?\s*(?:s?he|they|is|['’]s)?\s*", re.IGNORECASE)
_EXPECTS = late(
    rf"\b(?:is|she['’]?s|mum['’]?s|who['’]?s|[a-z]+['’]s|currently|girl|woman|mum|heavily|now)\s+(?:\w+ly\s+)?pregnant\b(?!\s+(?:with\s+[A-Z]|again|at\s+the\s+time|before|then))"
    rf"|\b{_WEEKS_GONE}\s+(?:pregnant|gone|gestation)\b|\bpregnant\s+with\s+her\s+(?:first|second|third|fourth|fifth)\b"
    r"|\b(?:her\s+)?first\s+(?:baby|pregnancy)\b|\bexpecting\s+(?:a|her|their|twins)\b|\b(?:baby|babies|twins)(?:['’]?s|\s+is|\s+are)\s+due\b"
    r"|\bdue\s+date\b|\b(?:mum|dad)[\s-]to[\s-]be\b|\bunborn\b|\b(?:booking|booked\s+(?:late\s+)?(?:in\s+)?at\s+(?:\d\d|\w+)\s+weeks)\b"
    rf"|\b(?:had|has)\s+(?:the|her|a)\s+(?:\w+\s+)?scan\b[^.!?]{{0,20}}\b{_WEEKS_GONE}",
    re.IGNORECASE,
)
_NOT_NOW = late(
    r"\b(?:when|while|since|after|was|were|i['’]?m|i\s+was|my\s+\w+(?:['’]s)?|not|isn['’]?t|if|might\s+be|had\s+been|colleague\w*)\s+(?:\w+\s+){0,2}\Z",
    re.IGNORECASE,
)
_BORN = late(
    r"\b(?:baby|s?he|it|twins)(?:['’]?s|\s+was|\s+were|\s+has|\s+is)(?:\s+now)?(?:\s+been)?\s+born\b(?!\s+yet)"
    r"|\b(?:she['’]?s|has|mum['’]?s)\s+had\s+(?:the|her)\s+baby\b(?!\s+yet)|\bgave\s+birth\b",
    re.IGNORECASE,
)
_NOT_YET = late(
    r"\b(?:when|once|until|till|before|after|if|by\s+the\s+time|not|n['’]t|as\s+soon\s+as)\s+(?:the\s+|her\s+)?\Z",
    re.IGNORECASE,
)
_GROWN_AND_EXPECTING = late(
    rf"(?:['’]s)?(?:\W{{1,3}}(?:who['’]?s\s+)?(?:1[6-9]|[2-4]\d))?\W{{1,3}}(?:(?:and\s+)?(?:s?he['’]?s|is)\s+)?(?:(?:her\s+)?(?:first|second|third)\s+(?:baby|pregnancy)\W{{1,3}})?(?:{_WEEKS_GONE}|pregnant\b)",
    re.IGNORECASE,
)
_TO_BE = late(r"\bdad(?:['’]?s)?[\s-]to[\s-]be(?:['’]?s|\s+is|,)?\s+\Z", re.IGNORECASE)


def parents_told(text: str, names: Sequence[Span]) -> dict[Span, Role]:
    """The names that a household is told of by: "Shelley and Craig and their seven", "Bex has got five"."""
    told: dict[Span, Role] = {}
    awaited = expecting(text) is not None
    for one, other in pairwise(names):
        if not re.fullmatch(r"\s*(?:and|&)\s*", text[one[1] : other[0]], re.IGNORECASE):
            continue
        theirs = _OF_TWO.match(text, _end(text, other)) or _ARE_THE_PARENTS.match(text, other[1])
        if theirs or _THE_PARENTS.search(just_before(text, one[0])):
            told |= {one: "family", other: "family"}
    for name in names:
        if name in told:
            continue
        before, end = just_before(text, name[0]), _end(text, name)
        in_a_row = re.search(r"(?:\band|&|,)\s*\Z", before) is not None
        if awaited and _GROWN_AND_EXPECTING.match(text, end):
            told[name] = "mother"
        elif _TO_BE.search(before):
            told[name] = "father"
        elif parent := _SHE_IS_THE_MUM.match(text, end):
            told[name] = "mother" if parent["mum"] else "father"
        elif _BRINGS_UP.match(text, end):
            told[name] = "wider-family"
        elif theirs := None if in_a_row else _OF_ONE.match(text, end):
            whose = (theirs.groupdict().get("whose") or "").lower()
            if whose != "their":
                told[name] = "mother" if whose == "her" else "father" if whose == "his" else "family"
    return told


def is_somebody_elses(text: str, noun: Span) -> bool:
    """A friend's or an earlier partner's "brother", what somebody is only called, or "the lad in the next room"."""
    return _SOMEBODY_ELSES.search(just_before(text, noun[0])) is not None or bool(_LIVES_NEXT_TO.match(text, noun[1]))


def counted_children(text: str, names: Sequence[Span]) -> Iterator[Span]:
    """Where the number alone is what they are called by: "seven", in "Shelley and Craig and their seven"."""
    told = parents_told(text, names)
    for name in told:
        end = _end(text, name)
        found = _OF_ONE.match(text, end) or _OF_TWO.match(text, end)
        if found and (many := _MANY_AT_ITS_END.search(found[0])):
            yield found.start() + many.start(), found.start() + many.end()


def expecting(text: str) -> re.Match[str] | None:
    """Where it says that a baby is on the way."""
    return next(
        (found for found in _EXPECTS.finditer(text) if not _NOT_NOW.search(just_before(text, found.start()))), None
    )


def says_it_is_not_born(between: str) -> bool:
    """Between a name and "isn't born": "Wren, who"."""
    return _WHO_IS.fullmatch(between) is not None


def not_born(text: str) -> re.Match[str] | None:
    """Where it says that the baby spoken of isn't born yet."""
    return _NOT_BORN.search(text)


def born(text: str) -> re.Match[str] | None:
    """Where it says that a baby has now come."""
    return next(
        (found for found in _BORN.finditer(text) if not _NOT_YET.search(just_before(text, found.start()))), None
    )


def _end(text: str, name: Span) -> int:
    """Where the name itself ends, without the "'s" after it."""
    return name[1] - (len(text[slice(*name)]) - len(re.sub(r"['’]s?\Z", "", text[slice(*name)])))
