"""What was done about danger while the session went on: a call made, somebody told. It stands first among the steps.

Only where the worker says that it is done or being done, in their own words; a card that answered a question is no
danger, and counts only where somebody was rung or told. Knows nothing of when a card is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from assistant.conversation.state import Card, State
from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences

_ACTED = late(
    r"\b(?:rang|phoned|(?<!['’]s\s)(?<!is\s)(?<!was\s)(?<!lad\s)(?<!boy\s)(?<!girl\s)(?<!man\s)(?<!guy\s)called"
    r"|ringing|phoning|calling|reported|referred|told|spoke|spoken|texted|sent(?!\s+(?:them|him|her|mum|dad"
    r"|\w+)\s+(?:home|away|off|back)\b)|(?:gone|going)\s+(?:to|round|out|in|over|now|back)\b|done|made(?=\s+(?:a"
    r"|the|an|sure|it\s+safe)\b)"
    r"|on\s+(?:the\s+phone|hold)|(?:i['’]ve|i\s+have)\s+(?!got\b|been\b|seen\b|thought\b|felt\b|wondered\b"
    r"|heard\b|known\b|noticed\b|only\b|no\b|said\b|meant\b|decided\b|an?\b|the\b|my\b|to\b|not\b|nothing\b"
    r"|never\b)\w+|log\s+(?:number|no)|reference|101|999)\b",
    re.IGNORECASE,
)
_NOT_DONE = late(
    r"\b(?:will|going\s+to|should|shall|would|might|could|need\s+to|not|never|no\s+one|nobody|(?:did|do|does|has"
    r"|have|had|was|is|are|could|would|should|wo|ca)n['’]?t)\b|['’]ll\b|(?:\A|[,;.]|\b(?:and|so|then|but|yes|yeah"
    r"|ok|now))\s*ill\s+\w+|\b(?:gonna|about\s+to|mean(?:ing)?\s+to|supposed\s+to)\b"
    r"|\b(?:when|once|after|as\s+soon\s+as|soon\s+as)\s+(?:(?:we|i|you)(?:['’]?ve|\s+have)?\s+(?:\w+\s+)?(?:done"
    r"|finish\w*|stop\w*)|this|that['’]?s\s+done)\b"
    r"|\bif\b|\bi['’]?d\s+(?:have|say|tell|ask|start|begin|explain|ring|want|like)\b|\?",
    re.IGNORECASE,
)
_NOW = late(r"\b(?:ringing|phoning|calling|on\s+(?:the\s+phone|hold)|rang|done)\b", re.IGNORECASE)
_TOLD = late(
    r"\b(?:rang|rung|phoned|called|reported|referred|told|informed|spoke|spoken|emailed|messaged|texted|alerted"
    r"|(?:(?:ringing|phoning|calling)(?=.*\bnow\b))|on\s+(?:the\s+phone|hold)|log\s+(?:number|no))\b",
    re.IGNORECASE,
)
"""Says that somebody was rung or told. "That's been done" isn't enough where nobody had spoken of danger."""
_STILL_TO_RING = late(
    r"\b(?:no\s?one|nobody|not)\s+yet\b"
    r"|\b(?:have|has)n['’]?t\s+(?:actually\s+|even\s+)?(?:rung|rang|called|phoned|told|reported|spoken)\b"
    r"|\bsaid\s+i['’]?(?:m|\s+was|\s+am|ll)?\s+(?:going\s+to|gonna|will)?\s*ring\b",
    re.IGNORECASE,
)
"""What was meant a moment ago is still to be done."""
_UNDER_WAY = late(
    r"\b(?:(?:i['’]?m|i\s+am)\s+(?:\w+\s+)?)?(?:ringing|phoning|calling)\b(?!.*\b(?:now|already|as\s+(?:i"
    r"|we)\s+\w+)\b)",
    re.IGNORECASE,
)
""" "I'm ringing them" is meant, as long as it isn't now."""
_THEIRS = late(
    r"\W*(?:(?:yes|yeah|and|but|so|the|other|thing|is)\W+)*(?:he|she|they|mum|dad|nan"
    r"|(?-i:[A-Z])\w+)\s+(?:\w+\s+)?(?:told|showed|texted|rang)\s+(?:me|us)\b"
    r"|\W*(?:and\s+|but\s+)?(?:he|she|they|mum|dad|nan)(?:['’](?:s|d|ve))?\s+(?:\w+\s+)?(?:rang|phoned|called"
    r"|told|spoke|texted|sent|made|came|done|gone)\b"
    r"(?!.*\b(?:i|we|me|my)\b)",
    re.IGNORECASE,
)
"""Somebody of the case did it: "He told the TA"."""
_TOLD_TO = late(
    r"\b(?:was|were|been|being|got|is|are|am)\s+told\s+(?:to|not|off|that)\b|\btold\s+(?:nothing|nobody|no\s+one"
    r"|me|us)\b|\btold\s+\w+\s+(?:to\s+leave|to\s+wait|not\s+to|off)\b",
    re.IGNORECASE,
)
"""Nobody was told of the danger: "Shona was told to leave it", "He told nothing to me"."""
_TO_US = late(
    r"\b(?:just\s+)?told\s+(?:you|u)\b|\b(?:you|u)(?:['’]?ve|\s+have)?\s+(?:just\s+|already\s+)*(?:shown|showed)\s+me\b"
    r"|\bi(?:['’]?ve|\s+have)?\s+(?:just\s+|only\s+|already\s+)*(?:read|seen)\s+(?:it|that|this|the\s+card|your\s+card)\b",
    re.IGNORECASE,
)
""" "You've shown me that, I've read it": only the card was dealt with."""


_MEANS_TO = late(
    r"(?:\bI(?:['’]?ll| will|['’]?m (?:going to|gonna)|['’]?d)\b|\A\W*(?:(?:yes|yeah|aye|ok|so|then"
    r"|will)\W+)*(?=ring\b|phone\b))"
    r"[^.!?]{0,30}?\b(?:ring|call|phone|tell|speak|report|refer|contact|let)\b|\b(?:I['’]?m|I am) (?:ringing"
    r"|phoning|calling)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Acted:
    """One danger that somebody acted on in the session."""

    title: str
    """What the danger is, in one sentence; nothing where somebody only asked whether to ring."""
    words: str
    """What was done, in whole sentences of the worker; empty where they only said that it is done."""
    at: datetime


def acted_on(state: State) -> tuple[Acted, ...]:
    """Each real danger that somebody says they acted on, in the order they came up."""
    found = (_acted(state, place, card) for place, card in enumerate(state.cards) if card.real)
    once: dict[str, Acted] = {}
    for one in found:
        said_already = one is not None and one.words and any(one.words == other.words for other in once.values())
        if one is not None and not said_already and (one.title not in once or not once[one.title].words):
            once[one.title] = one
    return tuple(once.values())


def means_to_ring(words: str) -> bool:
    """Somebody is to be rung or told by whoever speaks: "I'll ring out of hours when we've done this"."""
    return _MEANS_TO.search(words) is not None


def _acted(state: State, place: int, card: Card) -> Acted | None:
    said = [*_said(state, place, card)]
    taken_back = max((at for at, whole in enumerate(said) if _STILL_TO_RING.search(whole)), default=-1)
    done = dict.fromkeys(one for whole in said[taken_back + 1 :] for one in _done(whole))
    only_asked = card.kind is None
    words = " ".join(one for one in done if not only_asked or _TOLD.search(one))
    if not words and (only_asked or not card.done or any(map(means_to_ring, said))):
        return None
    title = "" if only_asked else card.shown.title or card.shown.text.splitlines()[0]
    return Acted(title, words, card.answered.at if card.answered else card.shown.at)


def _said(state: State, place: int, card: Card) -> Iterator[str]:
    """What was typed to the card, and what was answered to the questions about it and to the same danger again."""
    yield from card.said
    for turn in state.turns:
        if turn.answer and turn.asked.card == place + 1:
            yield turn.answer
    for other in state.cards:
        if other is not card and other.kinds & card.kinds and not other.denied:
            yield from other.said


def _done(whole: str) -> Iterator[str]:
    return (words for span in spoken_sentences(whole) if is_done(words := whole[slice(*span)]))


def is_done(words: str) -> bool:
    """A sentence that tells of something done, or being done at this moment, by whoever speaks."""
    only_to_us = _TO_US.search(words) is not None and not _NOW.search(words)
    nobody = _NOT_DONE.search(words) or _THEIRS.match(words)
    return bool(_ACTED.search(_UNDER_WAY.sub(" ", _TOLD_TO.sub(" ", words)))) and not only_to_us and not nobody
