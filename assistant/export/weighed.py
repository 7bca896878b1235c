"""What the record says of risk and of how it was weighed, where nobody asked for it in so many words.

Owns the words by which a sentence says what is feared, which way it's going, what else it could be and what a decision
rests on. Knows nothing of how great a risk is, and grades none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from assistant.language.lazy_patterns import late
from assistant.language.paragraphs import sentences_in
from assistant.language.quotations import without_quoted

_HARM = (
    r"hurt\w*|harm\w*|hit\w*|abus\w*|kill\w*|die|dying|unsafe|not safe|danger|afraid|scared|frightened|feart|groom\w*"
    r"|exploit\w*|using (?:him|her|them)|threat\w*|starv\w*|neglect\w*|touch\w*|beat\w*|controll\w*"
)
_FEARED = late(
    r"\b(?:the|my|that['’]?s the) (?:worry|fear|risk) (?:is|was)\b|\bthat is the worry\b"
    r"|\b(?:the|my) (?:worry|fear|risk)['’]?s\b"
    r"|\bi['’]?(?:m| am) (?:worried|scared|afraid|frightened|feart) (?:that|of|for|about|he|she|they|it)\b"
    r"|\b(?:what|that['’]?s what) (?:worries|scares|frightens) me\b"
    r"|\b(?:it['’]?s|things are|risk is|getting) (?:going up|worse|getting worse)\b|\b(?:riskier|more dangerous"
    r"|less safe|not safe|isn['’]?t safe)\b"
    r"|\b(?:he|she|they|it)(?:['’]ll| will| could| might| may) (?:\w+ )?(?:be |get )?(?:hurt|killed|die"
    r"|happen again|worse)\b"
    rf"|\bi (?:think|reckon|suspect|make of it)\b(?!.*\bwhether\b).{{0,30}}\b(?:{_HARM})\b"
    r"|\b[a-z]+ i think is being\b",
    re.IGNORECASE,
)
"""What is feared for somebody of the case."""
_OF_THE_WORKER = late(
    r"\b(?:worry|afraid|scared|worries me|scares me)\b.{0,25}?"
    r"\b(?:i(?:['’](?:ll|m|d|ve))?\b|(?:she|he|they)['’]ll (?:say|ask|think)"
    r"|stops? to talk|won['’]?t talk)",
    re.IGNORECASE,
)
"""A worry about oneself, or about being trusted, and no risk to a child."""
_POINTS_ON = late(
    r"\A\W*(?:you know what |that['’]?s |that is |there['’]?s )?(?:the|my) worry(?: is)?\W*\Z", re.IGNORECASE
)
""" "You know what the worry is": what it is stands in the next sentence."""
_CARRIES_ON = late(
    r"\A\W*(?:or|and)?\W*that (?:he|she|they|it|somebody|nobody|the|mum|dad)\b"
    r"|\A\W*or (?:he|she|they)\b",
    re.IGNORECASE,
)
""" "That he's upstairs": goes on with what the worry is."""
_WAY = late(
    r"\b(?:going|gone|goes) (?:up|down)\b(?! (?:the|to|and|in|stairs))"
    r"|\b(?:get(?:s|ting)|got) (?:worse|better|riskier|safer)\b"
    r"|\bescalat\w+\b|\b(?:came|come|dropped|fallen) (?:down )?(?:from|to) the \w+\b"
    r"|\bmore (?:and more|often)\b|\bless and less\b|\b(?:staying|stays|much|about) the same\b"
    r"|\bfrom the \d+\w* to\b|\bstopped (?:talking|eating|coming|changing|speaking)\b"
    r"|\b(?:he|she)['’]?s (?:just )?stopped\b"
    r"|\b(?:third|fourth|fifth) time\b|\bnow it['’]?s all\b",
    re.IGNORECASE,
)
"""Something changes, for better or worse."""
_ELSE = late(
    r"\A\W*(?:(?:or|but|and|it|that|this|he|she|they)\W+)*(?:could|might|may) "
    r"(?:just |also |well )?(?:have )?be(?:en)?\b(?! there)"
    r"|\b(?:could|might|may)(?: have| of|['’]ve) been\b|\bfits?\W*(?::|with|that)"
    r"|\bdoesn['’]?t fit\b|\bif it was nothing\b|\bon the other hand\b|\binnocent\b|\bother explanations?\b"
    r"|\bi don['’]?t know (?:it['’]?s|its|that it['’]?s|for (?:sure|certain))\b|\bi['’]?(?:ve| have) no proof\b"
    r"|\bi want to be fair\b|\bfilled in\b|\bI['’]?m no(?:t)? saying\b",
    re.IGNORECASE,
)
"""What else it could be, what speaks against it, what isn't proven."""
_REASON = late(
    r"\b(?:tip(?:s|ped)? (?:it|me)|(?<!not )because|cos|cause|the reason|until (?:we|I) know"
    r"|that['’]?s why|rests? on|comes? down to)\b"
    r"|\b(?:that['’]?s|thats|it['’]?s) the main thing\b|\bi think it['’]?s the\b",
    re.IGNORECASE,
)
"""What a decision rests on."""
_MOST = 3
"""Sentences."""
_LONGEST = 45
"""Words; what is typed without a stop is talked about elsewhere in the record."""


def gives_a_reason(words: str) -> bool:
    """A sentence that says what a decision rests on, which is part of it."""
    return _REASON.search(without_quoted(words)) is not None


def said_of_risk(answers: Iterable[str]) -> tuple[str, ...]:
    """What is feared for somebody, and which way it's going: each once."""
    every = [list(_statements(answer)) for answer in answers]
    feared = [
        f"{one} {after}" if _POINTS_ON.match(one) or _CARRIES_ON.match(after) else one
        for said in every
        for one, after in pairwise([*said, ""])
        if _FEARED.search(one) and not _OF_THE_WORKER.search(one) and (after or not _POINTS_ON.match(one))
    ]
    moving = [one for said in every for one in said if says_which_way([one]) and len(one.split()) <= _LONGEST]
    return tuple(dict.fromkeys((*feared[:_MOST], *moving[:1])))


def says_which_way(sentences: Iterable[str]) -> bool:
    """One of them says whether it goes up or down."""
    return any(_WAY.search(without_quoted(one)) for one in sentences)


def said_against(answers: Iterable[str]) -> tuple[str, ...]:
    """What else it could be, and what isn't proven."""
    every = (one for answer in answers for one in _statements(answer))
    return tuple(dict.fromkeys(one for one in every if _ELSE.search(one) and len(one.split()) <= _LONGEST))[:_MOST]


def _statements(answer: str) -> Iterator[str]:
    """Its sentences that ask nothing."""
    return (answer[start:end] for start, end in sentences_in(answer) if answer[end - 1] != "?")
