"""What the program does next, in the shape other programs read. Add to these shapes, never change them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.conversation import events as e
from assistant.conversation.state import Card, State, Turn
from assistant.retrieval.model import Hit


class _Move(BaseModel):
    model_config = ConfigDict(frozen=True)


class Ask(_Move):
    """A question is on the table."""

    move: Literal["ask"] = "ask"
    theme: str
    stage: e.Stage
    question: str
    text: str
    type: str
    intent: str
    because: str
    beside: tuple[e.Beside, ...] = ()
    """Exact words of a review that the question is about, shown above it."""
    said_first: tuple[str, ...] = ()
    """Read out before the question."""
    facilitator: str = ""
    """Notes for whoever leads the group, shown on demand."""
    answer: str | None = None
    """The answer it had before, when the user has gone back to it."""


class Learning(_Move):
    """Learning beside the last answer; no hits means that nothing in the library bears on it."""

    move: Literal["learning"] = "learning"
    hits: tuple[Hit, ...]
    because: str


class ActNow(_Move):
    """An act-now card. With `confirm`, `text` is the yes or no that comes first."""

    move: Literal["act-now"] = "act-now"
    kind: str
    text: str
    words: str
    confirm: bool


class Close(_Move):
    """The session has ended, or was left; `record` is where the record was saved."""

    move: Literal["close"] = "close"
    record: str
    finished: bool = True


Move = Ask | Learning | ActNow | Close


def ask(turn: Turn) -> Ask:
    """The move for the question of `turn`."""
    asked = turn.asked
    return Ask(
        theme=asked.theme,
        stage=asked.stage,
        question=asked.question,
        text=asked.text,
        type=asked.type,
        intent=asked.intent,
        because=asked.because,
        beside=asked.beside,
        said_first=asked.said_first,
        facilitator=asked.facilitator,
        answer=turn.answer,
    )


def act_now(card: Card) -> ActNow:
    """The move for a card that waits."""
    shown = card.shown
    doubt = f"You wrote “{shown.words}”. Is this so, now or just found? {shown.title}"
    text = doubt if card.doubtful else shown.text
    return ActNow(kind=shown.danger.kind, text=text, words=shown.words, confirm=card.doubtful)


def moves(happened: tuple[e.Event, ...], state: State) -> list[Move]:
    """What a face shows after `happened`: learning offered, then the card or the question that waits."""
    shown: list[Move] = [
        Learning(hits=event.hits, because=event.because) for event in happened if isinstance(event, e.Offered)
    ]
    if state.card is not None:
        shown.append(act_now(state.card))
    elif state.finished is None and state.current is not None:
        shown.append(ask(state.current))
    return shown
