"""A step that somebody asks to have put down, whatever was being asked: "Put down that Delyth goes first thing".

Owns the few words that ask for it. What an answer's steps are otherwise is read in `noticing/steps.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.conversation import events as e
from assistant.conversation.case_sketch import known_now
from assistant.conversation.page_turns import of_the_page
from assistant.conversation.situation import Situation
from assistant.conversation.state import Turn
from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.language.spans import overlaps
from assistant.noticing.observations import Span
from assistant.noticing.reading import Step

_PUT_DOWN = late(
    r"\W*(?:(?:oh|and|also|so|but|ok|okay|right|please|just|then|can|could|will|would|you|u|we|i['’]?d\s+like|i\s+want|to)\W+)*"
    r"(?:put|write|note|get|pop|stick)\s+(?:(?:that\s+|this\s+)?down\b|it\s+down\s+(?=that\b|as\b))"
    r"(?![\s,:–-]*(?:as\s+(?:an?\s+(?!step\b)|steps|the|my|your)|in\s+(?:an?|the|writing|my)|on\s+(?:paper|the|an?|my)|for\s+(?:me|us)\b(?!\s+to)"
    r"|please|now|somewhere|properly|all)\b)[\s,:–-]*(?:as\s+a\s+step\b[\s,:–-]*)?(?:that\s+)?",
    re.IGNORECASE,
)
"""A list, or to have it on paper, is how it's wanted and no step; "and write it down word for word in my log" is one's
own job."""
FEWEST_WORDS = 3
"""Of a step: "put that down" names none."""


def put_down_what_was_asked(situation: Situation) -> e.ActionAdded | None:
    """The step becomes one of the list, unless the answer's own steps have it."""
    turn = situation.state.current
    if turn is None or turn.answer is None or of_the_page(turn.asked.question) or situation.journey.subject is not None:
        return None
    for start, end in _asked_for(turn.answer):
        words = turn.answer[start:end].strip(" .?!,")
        known = any(words.casefold() in added.text.casefold() for added in situation.state.added)
        if known or _is_read_already(turn, (start, end)) or len(words.split()) < FEWEST_WORDS:
            continue
        read = situation.knowledge.read(words, known_now(situation.state, situation.now.date())).steps
        text = words[:1].upper() + words[1:]
        return e.ActionAdded(at=situation.now, text=text, steps=read or (Step(text=text, span=(0, len(text))),))
    return None


def was_put_down(situation: Situation, turn: Turn) -> bool:
    """Whether something in its answer was asked to be put down, and stands among the steps."""
    answer = turn.answer or ""
    added = {one.text.casefold() for one in situation.state.added}
    return any(answer[slice(*span)].strip(" .?!,").casefold() in added for span in _asked_for(answer))


def _asked_for(answer: str) -> Iterator[Span]:
    for start, end in spoken_sentences(answer):
        found = _PUT_DOWN.match(answer, start, end)
        if found is not None and found.end() < end:
            yield found.end(), end


def _is_read_already(turn: Turn, span: Span) -> bool:
    steps = turn.reading.steps if turn.reading else ()
    return overlaps(span, *(step.span for step in steps))
