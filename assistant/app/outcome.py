"""What came out of a session, part by part, as the page at its end shows it: in the words it was said in.

Owns which answers stand under which heading, and what an answer written there for the first time is kept as. Knows
nothing of widgets.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.conversation.events import Asked, Keeps, Stage
from assistant.conversation.filing import filed
from assistant.conversation.page_turns import is_page
from assistant.conversation.put_right import look_again, put_right_there, puts_right
from assistant.conversation.state import State, Turn
from assistant.conversation.struck import without_struck
from assistant.conversation.voices import with_names


@dataclass(frozen=True)
class Part:
    """One heading of the page."""

    keeps: Keeps
    heading: str
    stage: Stage
    empty: str
    """What its box says while nothing stands in it."""
    apart: bool = False
    """The worker's own: it goes into the personal part and into no child's record."""


@dataclass(frozen=True)
class Words:
    """One answer that stands on the page."""

    question: str
    asked: str
    """The question, where it says more than the heading."""
    words: str


BEFORE_ACTIONS = (Part("decision", "Decision and why", "action", "What you decided, and why"),)
_AFTER_ACTIONS = (
    Part("outcome", "What will be different for the child", "action", "If this works, what you'll see"),
    Part("escalation", "To take further", "analysis", "What to challenge, with whom, when"),
    Part("child-told", "What the child will be told", "action", "How they'll hear, and from whom"),
    Part("next-date", "Next time", "closing", "The day you'll talk again"),
    Part("wellbeing", "How you are", "closing", "Never goes into a child's record", apart=True),
)
_TO_SUPERVISION = Part("to-supervision", "What to take to supervision", "closing", "What you want to bring")
STILL_TYPING = Part("focus", "You were still typing when the session ended", "closing", "")
"""The last answer and what was typed after it; it stands in the record unless it is taken out here."""
_ON_THE_PAGE = "ending-page"


def after_actions(state: State) -> tuple[Part, ...]:
    """What stands under the actions; who sat alone has something to take to supervision."""
    alone = state.started.role == "practitioner"
    return (_TO_SUPERVISION, *_AFTER_ACTIONS) if alone else _AFTER_ACTIONS


def words_under(part: Part, state: State) -> tuple[Words, ...]:
    """The answers that stand under a heading; one empty place where nothing was said."""
    new, said_there = f"{_ON_THE_PAGE}/{part.keeps}", put_right_there(state, part.keeps)
    if said_there is not None:
        return (Words(new, "", said_there),)
    turns = [turn for turn in state.turns if turn.asked.keeps == part.keeps and without_struck(state, filed(turn))]
    if part.keeps == "next-date" and any(is_page(turn.asked.question) for turn in turns):
        return (Words(new, "", next(filter(None, map(_next_time, reversed(turns))), "")),)
    found = tuple(Words(turn.asked.question, _asked(turn), typed_words(turn)) for turn in turns)
    return found or (Words(new, "", ""),)


def _next_time(turn: Turn) -> str:
    """When they meet again, in the words of an answer; of one about the page only those, where it puts that right."""
    when = look_again(turn)
    return when if puts_right(turn) or not when else typed_words(turn)


def asked_on_the_page(part: Part, state: State, words: Words) -> Asked | None:
    """What an answer written here for the first time answers; None where it was asked before."""
    if any(turn.asked.question == words.question for turn in state.turns):
        return None
    return Asked(
        at=state.last_at or state.started.at,
        question=words.question,
        theme="closing",
        stage=part.stage,
        text=f"{part.heading}:",
        because="it was written on the page at the end",
        keeps=part.keeps,
    )


def _asked(turn: Turn) -> str:
    return "" if turn.asked.question.startswith(f"{_ON_THE_PAGE}/") else turn.asked.text


def typed_words(turn: Turn) -> str:
    """An answer as it was typed, with who said what."""
    return with_names(turn.answer or "", turn.voices)
