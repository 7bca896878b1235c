"""What the words around a name say of whose it is: a child's, a grown-up's, or nobody's that can be known.

A name by itself says neither. It is a child's where an age, a class, a cot or "Ruby's mum" makes it so, or where it is
what an account of a child begins with; a grown-up's where it does what workers do, or a title stands before it. Owns
those patterns. Knows nothing of who is known already.
"""

from __future__ import annotations

import re
from typing import Literal

from assistant.language.lazy_patterns import late
from assistant.language.words_before import just_before
from assistant.noticing.observations import Span

_A_CHILDS_PLACE = late(
    r"\W{0,3}(?:['’]s|is|was|who['’]?s|who\s+is)?\W{0,2}(?:(?:in|at|from|goes\s+to|started)\s+)?(?:my\s+)?"
    r"(?:year|yr|y)\s?(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven)\b"
    r"|\s+and\s+(?:his|her|their)\s+(?:mum|mam|dad|nan|gran|parents|brother|sister|carers?)\b"
    r"|\W{0,3}(?:['’]s|is|was)?\s*(?:in|at|goes\s+to)\s+(?:reception|nursery|preschool|(?:his|her|the)\s+(?:cot|pram|pushchair|high\s*chair|bouncer))\b",
    re.IGNORECASE,
)
_A_CHILDS_OWN = late(
    r"['’]s?\s+(?:\w+\s+)?(?:mum|mam|dad|mother|father|nana?|gran|grandma|parents|school|class|nursery|cot|pram|napp(?:y|ies)|bottle|bed(?:room)?"
    r"|foster|carers?|placement|attendance|teachers?|brother|sister|birth|social\s+worker|health\s+visitor|stepdad|head\s+of\s+year)\b",
    re.IGNORECASE,
)
_DOES_A_GROWN_UPS = late(
    r"(?:['’](?:s|ve|d|ll))?\s+(?:\w+ly\s+)?(?:has\s+|had\s+|is\s+|was\s+|just\s+|also\s+)?(?:wants?|wanted|says?|said|told|tells|asked|asks|asking|thinks?|thought|reckons?|rang"
    r"|phoned|called|emailed|wrote|writes|visit(?:s|ed)|referred|teaches|works?|worked|supervis\w+|manages|keeps\s+(?:saying|telling|asking)"
    r"|agreed|agrees|signed|chaired|covers?|covering|from|at\s+(?:the\s+)?(?:front|duty|mash|office|hub|school\s+office|drug|council))\b",
    re.IGNORECASE,
)
_TITLED = late(r"\b(?:mrs|mr|ms|miss|dr|pc|ds|dc|sgt|sister|nurse)\.?\s+\Z", re.IGNORECASE)
_BESIDE_A_GROWN_UP = late(
    r"\b(?:lives?|lived|living|stays?|stayed|staying|placed|moved\s+in)\s+with\s+\Z"
    r"|\b(?:me|i|we|us|mum|mam|dad|nan|gran)\s+and\s+\Z|\b(?:ask|asked|tell|told|ring|rang|email|emailed|from)\s+\Z",
    re.IGNORECASE,
)
_SPOKEN_ABOUT = late(
    r"(?:\A|[.!?\n]\s*|\b(?:about|regarding|call(?:ing)?\s+(?:him|her|them|this\s+one|it)|it['’]?s|it['’]?ll\s+be|is|think|so|for|of|bring|discuss|with|got"
    r"|let['’]?s\s+say|say|name['’]?s)\s+|\b(?:it['’]?s|about)\s+(?:\w+\s+){0,4}\w+,\s+)(?:little\s+|young\s+|poor\s+|baby\s+)?\Z",
    re.IGNORECASE,
)
_WHICH = r"(?:my|our|the|a|an|her|his|their)\b(?:\s+the)?\s*(?:(?!not\b|and\b|but\b|with\b|for\b|of\b)[\w-]+\s+){0,2}"
_IS_SOMEBODY = late(
    rf"(?:['’]s|\s+is|\s+was|\s+who['’]?s|\s+who\s+is|\s*,\s*(?:who|she|he)(?:['’]s|\s+is))\s+(?:actually\s+|just\s+|only\s+)?{_WHICH}"
    rf"|\s+{_WHICH}|(?:\s+(?:really|actually|basically|mainly|then))?\s*[,(–-]\s*(?:{_WHICH})?|\s+(?:at|from)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_NOT_A_CHILD = late(
    r"(?:['’]?s\s+not|\s+is\s+not|\s+isn['’]?t|\s+wasn['’]?t|['’]?s\s+never)\s+(?:a|the|one\s+of\s+the|my|our)?\s*"
    r"(?:actually\s+)?(?:child|children|kid|kids|pupil|young\s+person)\b"
    r"|(?:['’]?s|\s+is)\s+(?:the|a|an)\s+(?:grown[\s-]?up|adult|parent)\b(?=\s*(?:[,.;!?)]|\Z|and\b|not\b))",
    re.IGNORECASE,
)
"""Not "she's the parent at night", which is said of a child who has to be."""

_OF_THE_WORKERS = late(
    r"(?:['’]s|\s+is|\s+was)\s+(?:actually\s+|just\s+)?(?:my|our|the|a|an|his|her|their)\b", re.IGNORECASE
)
_GOES_ON = late(r"(?:['’]\w+)?\s+\w")
_SAYS_SOMETHING = late(r"\s+(?:said|says|told|asked|wants|wanted|thinks|reckons|rang)\b")


def whose_name(text: str, name: Span, *, about_a_child: bool) -> Literal["child", "grown-up", "topic"] | None:
    """Whose it is; `topic` where the answer to a question about a child begins to speak of them."""
    so_far, end = just_before(text, name[0]), name[1]
    if _TITLED.search(so_far) or _BESIDE_A_GROWN_UP.search(so_far) or _DOES_A_GROWN_UPS.match(text, end):
        return "grown-up"
    if _A_CHILDS_PLACE.match(text, end) or _A_CHILDS_OWN.match(text, end):
        return "child"
    return "topic" if about_a_child and _SPOKEN_ABOUT.search(so_far) else None


def denies_a_child(text: str, end: int) -> bool:
    """After a name or "she": "isn't a child"."""
    return _NOT_A_CHILD.match(text, end) is not None


def denies_that_it_was_a_child(text: str) -> Span | None:
    """ "That's not a child", said of whoever the question asked about."""
    found = re.search(r"\b(?:that|it|this)(?=['’]?s?\s)", text, re.IGNORECASE)
    return found.span() if found and denies_a_child(text, found.end()) else None


def is_of_the_workers(text: str, end: int) -> bool:
    """After "she": "'s my manager", "'s the teacher", and not "told the teacher"."""
    return _OF_THE_WORKERS.match(text, end) is not None


def says_who(between: str) -> bool:
    """Whether what stands between a name and a noun makes the noun say who it is: ", my new " or "'s the "."""
    return bool(between.strip()) and _IS_SOMEBODY.fullmatch(between) is not None


def leads_on(text: str, end: int) -> bool:
    """Something is said of the name, and not by it: "Jayden was at school", not "Paula said school is fine"."""
    return _DOES_A_GROWN_UPS.match(text, end) is None and _GOES_ON.match(text, end) is not None


def says_something(text: str, end: int) -> bool:
    """After "she": says, told, wants, as somebody at work does."""
    return _SAYS_SOMETHING.match(text, end) is not None
