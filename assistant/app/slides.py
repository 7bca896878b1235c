"""What a group is shown of a session, one thing at a time: pure functions of where the session stands.

What reviews learned comes only after the answer it bears on, and notes for whoever leads never come at all: a room
reads this from a wall.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from assistant.app import content as words_of
from assistant.app.panel_models import theme_name, why_nothing
from assistant.conversation.events import Offered
from assistant.conversation.prompts import Prompts
from assistant.conversation.state import State, Turn
from assistant.library.points import reading_text


@dataclass(frozen=True)
class Slide:
    """One thing for a room to read."""

    kind: Literal["learning", "said first", "fact", "question"]
    heading: str
    words: str
    place: str = ""
    """Where exact words stand; empty for our own."""
    aside: str = ""
    """One quiet line under our own: that nothing is close in the reviews."""


def slides(state: State, prompts: Prompts) -> tuple[Slide, ...]:
    """What is revealed, in order: learning on the answer just given, then the facts, and last the question."""
    turn = state.current
    if turn is None:
        return ()
    nothing = why_nothing(state, state.cursor - 1) if _looked(state, turn) else ""
    return (*_learning(state, turn), *_leading_up(turn, prompts), replace(_question(turn, prompts), aside=nothing))


def _learning(state: State, now: Turn) -> Iterator[Slide]:
    looked = _looked(state, now)
    for hit in looked.hits if looked else ():
        place = words_of.place(hit).plain
        yield Slide("learning", "What reviews learned about this", reading_text(hit.text), place)


def _looked(state: State, now: Turn) -> Offered | None:
    """What was found for the answer just given."""
    offered = state.turns[state.cursor - 1].offered if state.cursor > 0 and not now.settled else None
    return offered if offered is not None and offered.looked else None


def _leading_up(turn: Turn, prompts: Prompts) -> Iterator[Slide]:
    for words in turn.asked.said_first:
        yield Slide("said first", "Before we begin", words)
    heading = _part(turn, prompts)
    for fact in turn.asked.beside:
        if fact.text != turn.asked.text:  # a question that a review asks stands beside itself
            yield Slide("fact", heading, reading_text(fact.text), words_of.place(fact).plain)


def _question(turn: Turn, prompts: Prompts) -> Slide:
    place = next((words_of.place(one).plain for one in turn.asked.beside if one.text == turn.asked.text), "")
    return Slide("question", _part(turn, prompts), turn.asked.text, place)


def _part(turn: Turn, prompts: Prompts) -> str:
    """The name of a theme or a scene, and for a part of the journey its id in words."""
    theme = turn.asked.theme
    return theme_name(theme, prompts) or theme[:1].upper() + theme[1:].replace("-", " ")
