"""What the worker had taken off the last page: sentences, steps and whole lines. What was struck never comes back.

What was said stays in the session; words put right after they were struck stand. Knows nothing of how a page is laid
out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from assistant.conversation.acted_on import Acted, acted_on
from assistant.conversation.events import Keeps
from assistant.conversation.filing import filed_last, sentences_of
from assistant.conversation.page_remarks import Place, Strike
from assistant.conversation.page_turns import done_on_page, is_page, page_turns, said_of_page
from assistant.conversation.state import State, Turn
from assistant.conversation.typed_parts import names
from assistant.noticing.reading import Step

KEPT: Mapping[Keeps, Place] = {
    "decision": "decision",
    "outcome": "outcome",
    "child-told": "child-told",
    "to-supervision": "to-supervision",
    "contingency": "",
}
"""What is kept of answers, and the line of the page it stands on."""


def _lines_before(state: State, turn: Turn) -> Iterator[tuple[Place, str]]:
    """What stood on the page when it was answered there, sentence by sentence."""
    earlier = state.turns[: state.turns.index(turn)]
    at = turn.answered_at or turn.asked.at
    before = replace(state, turns=tuple(one for one in earlier if _said_last(one) <= at))
    for done in acted_on(state):
        yield "acted", _acted_line(done)
    for place in KEPT:
        words = filed_last(before, place)
        yield from ((KEPT[place], words[slice(*span)]) for span in sentences_of(words))
    for other in page_turns(before):
        yield from (("added", words) for _, words in said_of_page(other).beside)


def _said_last(turn: Turn) -> datetime:
    """When its words were given their last form."""
    return max(filter(None, (turn.corrected_at, turn.answered_at, turn.asked.at)))


def acted_standing(state: State) -> tuple[Acted, ...]:
    """What was done about danger, without what was taken off; and the steps that were said to be done already."""
    off = struck(state)
    about_danger = tuple(done for done in acted_on(state) if _plain(_acted_line(done)) not in off)
    since = {words: turn.answered_at or turn.asked.at for turn in page_turns(state) for words in done_on_page(turn)}
    return (*about_danger, *(Acted("", words, at) for words, at in since.items()))


def _acted_line(done: Acted) -> str:
    """What stands of something that was done about danger."""
    return f"{done.title} {done.words}"


def struck(state: State) -> frozenset[str]:
    """The sentences that were taken off the page, as `_plain` writes them."""
    return frozenset(_plain(words) for turn in page_turns(state) for _, hit in _hits(state, turn) for words in hit)


def _hits(state: State, turn: Turn) -> Iterator[tuple[Strike, tuple[str, ...]]]:
    """Each thing that was to come off, and the sentences it takes."""
    lines = list(_lines_before(state, turn))
    for strike in said_of_page(turn).strikes:
        if strike.place == "step":
            continue
        there = [words for place, words in lines if strike.place in {"", place}]
        shared = [len(strike.about & names(words)) for words in there]
        most = max(shared, default=0)
        if most and (strike.place or (2 * most >= len(strike.about) and most >= _most_in_steps(state, strike.about))):
            yield strike, tuple(words for words, many in zip(there, shared, strict=True) if many == most)
        elif strike.place and (not strike.about or strike.place == "acted"):
            yield strike, tuple(there)


def _most_in_steps(state: State, about: frozenset[str]) -> int:
    """How much of it a step says, as it was first said."""
    steps = (step for turn in state.turns if turn.reading for step in turn.reading.steps)
    return max((len(about & names(step.text)) for step in steps), default=0)


def struck_steps(state: State, turn: Turn, steps: Sequence[Step]) -> list[Step]:
    """The steps that were taken off there by their words."""
    taken = [strike for strike, _ in _hits(state, turn)]
    found: list[Step] = []
    for strike in said_of_page(turn).strikes:
        if strike.place == "step" or (not strike.place and strike not in taken and not strike.their_own):
            shared = [len(strike.about & names(f"{step.who} {step.text}")) for step in steps]
            most = max(shared, default=0)
            found += [step for step, many in zip(steps, shared, strict=True) if many == most and most]
    return found


def without_struck(state: State, words: str) -> str:
    """The words without the sentences that were taken off."""
    off = struck(state)
    if not off or not words:
        return words
    return " ".join(one for span in sentences_of(words) if _plain(one := words[slice(*span)]) not in off)


def is_struck(state: State, words: str) -> bool:
    """Something that waits, of which it was said that it should come off."""
    strikes = [one for turn in page_turns(state) for one in said_of_page(turn).strikes if not one.worry]
    named = any(one.place in {"", "open"} and (one.about & names(words) or not one.about) for one in strikes)
    return named or _plain(words) in struck(state)


def worries(state: State) -> tuple[str, ...]:
    """What was said to be a worry and nothing that changes: of all that was said, the sentence it names."""
    said = [
        " ".join((turn.answer or "")[slice(*span)].split())
        for turn in state.turns
        if turn.answer and not is_page(turn.asked.question)
        for span in sentences_of(turn.answer)
    ]
    wanted = [one.about for turn in page_turns(state) for one in said_of_page(turn).strikes if one.worry and one.about]
    best = (max(said, key=lambda words: len(about & names(words)), default="") for about in wanted)
    return tuple(words for about, words in zip(wanted, best, strict=True) if about & names(words))


def _plain(words: str) -> str:
    """Only its letters, so that quotation marks and full stops make no difference."""
    return re.sub(r"\W+", " ", words).strip().lower()
