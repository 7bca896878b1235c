"""What the worker had taken off the last page besides its steps: sentences and whole lines. None of it comes back.

What was said stays in the session; words put right after they were struck stand. Knows nothing of how a page is laid
out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from assistant.conversation.acted_on import Acted, acted_on
from assistant.conversation.agreed_steps import done_in
from assistant.conversation.events import Keeps
from assistant.conversation.filing import filed_last
from assistant.conversation.naming_words import names
from assistant.conversation.page_turns import page_turns, parts_of, words_of
from assistant.conversation.state import State, Turn
from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.language.spans import overlaps
from assistant.noticing.reading import Part

Place = Literal["", "done", "acted", "decision", "outcome", "child-told", "to-supervision", "open", "added"]
"""The line of the page that is spoken of; empty where it isn't said."""
_PLACES: Mapping[Place, re.Pattern[str]] = {
    "done": late(r"\bdone\s+already\b(?!.*\bdanger\b)", re.IGNORECASE),
    "acted": late(r"\bdone\s+already\b|\b(?:about\s+(?:the\s+)?)?danger\b", re.IGNORECASE),
    "decision": late(
        r"\bdecision\b|[\"“']decided[\"”']|\b(?:of|from)\s+decided\b|\bdecided\s+(?:is|isn|was|wasn|line|bit)\b",
        re.IGNORECASE,
    ),
    "outcome": late(r"\bif\s+(?:it|this)\s+works\b|\boutcome\b", re.IGNORECASE),
    "child-told": late(r"\bto\s+be\s+told\b|\b(?:being|getting)\s+told\b", re.IGNORECASE),
    "to-supervision": late(r"\bto\s+take\s+to\s+supervision\b", re.IGNORECASE),
    "open": late(r"\bstill\s+open\b", re.IGNORECASE),
    "added": late(r"\byou\s+added\b", re.IGNORECASE),
}
_ITS_NAME = names(
    "done already danger decision decided works outcome told being getting supervision open added without"
)
_OFF = late(
    r"\b(?:isn|wasn|aren|ain|hasn|haven)['’]?t\b|\b(?:is|are|was|['’]?s)\s+not\b|\bnot\b|\bnever\b|\bno\s+such\b"
    r"|\b(?:is|are|was|['’]?s)\s+(?:all\s+|just\s+|total\s+|still\s+)?(?:wrong|incorrect|nonsense|rubbish|untrue|a\s+mess|daft)\b"
    r"|\b(?:strike|delete|remove|scrap|lose|drop)\b|\b(?:take|cross|leave|get)\b.{0,60}\b(?:out|off)\b",
    re.IGNORECASE,
)
_WRONG = late(r"[\W]*(?:is|['’]s)\s+(?:still\s+|just\s+)?(?:wrong|incorrect|not\s+right|nonsense)\b", re.IGNORECASE)
_TAKEN_OFF = late(r"\b(?:take|get|cross|leave)\b[^.!?]{0,60}\b(?:off|out)\b", re.IGNORECASE)
_PLAINLY_MEANT = 2
"""Telling words by which a line is named that isn't called by its place."""
KEPT: Mapping[Keeps, Place] = {
    "decision": "decision",
    "outcome": "outcome",
    "child-told": "child-told",
    "to-supervision": "to-supervision",
    "contingency": "",
}
"""What is kept of answers, and the line of the page it stands on."""


@dataclass(frozen=True)
class Strike:
    """Something that is to come off: the line it stands on, and the telling words by which it was named."""

    place: Place
    about: frozenset[str]


def strikes_in(turn: Turn) -> Iterator[Strike]:
    """What an answer about the page has taken off it, besides steps."""
    answer = turn.answer or ""
    parts = parts_of(turn)
    said_instead = [part.span for part in parts if part.kind in {"decision", "told"} and not is_wrong(answer, part)]
    for start, end in spoken_sentences(answer):
        words = answer[start:end]
        place = next((place for place, name in _PLACES.items() if name.search(words)), None)
        if place and _OFF.search(words) and not overlaps((start, end), *said_instead):
            yield Strike(place, names(words) - _ITS_NAME)
        elif (
            not place
            and _TAKEN_OFF.search(words)
            and not any(start <= part.span[0] < end for part in parts if part.lines)
        ):
            yield Strike("", names(words) - _ITS_NAME)
    for part in parts:
        if part.kind == "drop" and not part.lines:
            yield Strike("", names(answer[slice(*part.span)]) - _ITS_NAME)


def strikes_a_place(words: str) -> bool:
    """A sentence takes something off a line that it calls by its name: "that done already, I've done nothing"."""
    return any(name.search(words) for name in _PLACES.values()) and _OFF.search(words) is not None


def is_wrong(answer: str, part: Part) -> bool:
    """A stretch that is quoted only to say that it's wrong."""
    return _WRONG.match(answer, part.span[1]) is not None


def acted_standing(state: State) -> tuple[Acted, ...]:
    """What was done about danger, without what was taken off; and the steps that were said to be done already."""
    off = struck(state)
    about_danger = tuple(done for done in acted_on(state) if _plain(_acted_line(done)) not in off)
    done = ((words, turn) for words, turn in done_in(state) if _plain(words) not in off)
    since = {words: turn.answered_at or turn.asked.at for words, turn in done}
    return (*about_danger, *(Acted("", words, at) for words, at in since.items()))


def _acted_line(done: Acted) -> str:
    """What stands of something that was done about danger."""
    return f"{done.title} {done.words}"


def struck(state: State) -> frozenset[str]:
    """The sentences that were taken off the page, as `_plain` writes them."""
    return frozenset(_plain(words) for turn in page_turns(state) for words in _hit(state, turn))


def _hit(state: State, turn: Turn) -> Iterator[str]:
    """The sentences that an answer takes off."""
    lines = list(_lines_before(state, turn))
    for strike in strikes_in(turn):
        place = strike.place
        if place == "done" and not any(at == "done" for at, _ in lines):
            place = "acted"  # both lines begin with these words
        there = [words for at, words in lines if place in {"", at}]
        shared = [len(strike.about & names(words)) for words in there]
        most = max(shared, default=0)
        if most and (strike.place or most >= _PLAINLY_MEANT or 2 * most >= len(strike.about)):
            yield from (words for words, many in zip(there, shared, strict=True) if many == most)
        elif strike.place:
            yield from there


def _lines_before(state: State, turn: Turn) -> Iterator[tuple[Place, str]]:
    """What stood on the page when it was answered there, sentence by sentence."""
    at = turn.answered_at or turn.asked.at
    before = replace(state, turns=tuple(one for one in state.before(turn) if _said_last(one) <= at))
    for done in acted_on(state):
        yield "acted", _acted_line(done)
    for place in KEPT:
        words = filed_last(before, place)
        yield from ((KEPT[place], words[slice(*span)]) for span in spoken_sentences(words))
    for other in page_turns(before):
        yield from (("added", words) for words in words_of(other, "remembered"))
        yield from (("child-told", words) for words in words_of(other, "told"))
    yield from (("done", words) for words, _ in done_in(before))


def _said_last(turn: Turn) -> datetime:
    """When its words were given their last form."""
    return max(filter(None, (turn.corrected_at, turn.answered_at, turn.asked.at)))


def without_struck(state: State, words: str) -> str:
    """The words without the sentences that were taken off."""
    off = struck(state)
    if not off or not words:
        return words
    return " ".join(one for span in spoken_sentences(words) if _plain(one := words[slice(*span)]) not in off)


def is_struck(state: State, words: str) -> bool:
    """Something that waits, of which it was said that it should come off."""
    strikes = [one for turn in page_turns(state) for one in strikes_in(turn)]
    named = any(one.place in {"", "open"} and (one.about & names(words) or not one.about) for one in strikes)
    return named or _plain(words) in struck(state)


def _plain(words: str) -> str:
    """Only its letters, so that quotation marks and full stops make no difference."""
    return re.sub(r"\W+", " ", words).strip().lower()
