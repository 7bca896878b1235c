"""What the program does next, in the shape other programs read. Add to these shapes, never change them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.conversation import events as e
from assistant.conversation.prompts import Prompts
from assistant.conversation.state import AgendaItem, Card, State, Turn
from assistant.conversation.wording import choices_of
from assistant.retrieval.results import Hit


class _Move(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True)


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
    choices: tuple[str, ...] = ()
    """The answers a closed question offers; other words are an answer too."""
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
    """`asked` where somebody asked whether to ring and the account had shown no sign."""
    first: str = ""
    """When to ring 999, the first line of `text`: shown largest."""
    text: str
    words: str
    confirm: bool


Standing = Literal["done", "now", "to come", "parked"]


class AgendaTheme(BaseModel):
    """One theme of the agenda and where it stands."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    theme: str
    name: str
    standing: Standing
    because: str


class Agenda(_Move):
    """The themes of the session in order, when the user asked for them."""

    move: Literal["agenda"] = "agenda"
    themes: tuple[AgendaTheme, ...]


class Close(_Move):
    """The session has ended, or was left; `record` is the id under which it is kept."""

    move: Literal["close"] = "close"
    record: str
    finished: bool = True


Move = Ask | Learning | ActNow | Agenda | Close


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
        choices=choices_of(asked),
        answer=turn.answer,
    )


def agenda(state: State, prompts: Prompts) -> Agenda:
    """The agenda as it stands; a theme whose file has been taken away keeps its id for a name."""
    now = state.current.asked.theme if state.current else ""
    met = {turn.asked.theme for turn in state.turns}

    def standing(item: AgendaItem) -> Standing:
        if item.parked:
            return "parked"
        if item.theme == now:
            return "now"
        return "done" if item.theme in met else "to come"

    return Agenda(
        themes=tuple(
            AgendaTheme(
                theme=item.theme,
                name=prompts.themes[item.theme].name if item.theme in prompts.themes else item.theme,
                standing=standing(item),
                because=item.because,
            )
            for item in state.agenda
        )
    )


def act_now(card: Card) -> ActNow:
    """The move for a card that waits."""
    shown = card.shown
    doubt = shown.doubt or f"You wrote “{shown.words}”. {shown.title} Is this so?"  # kept before kinds had their own
    return ActNow(
        kind=card.kind or "asked",
        first="" if card.doubtful else shown.first,
        text=doubt if card.doubtful else "\n".join(words for words in (shown.first, shown.text) if words),
        words=shown.words,
        confirm=card.doubtful,
    )


def moves(happened: tuple[e.Event, ...], state: State) -> list[Move]:
    """What a face shows after `happened`: learning offered, then the card or the question that waits."""
    shown: list[Move] = [
        Learning(hits=event.hits, because=event.because)
        for event in happened
        if isinstance(event, e.Offered) and event.looked
    ]
    if state.card is not None:
        shown.append(act_now(state.card))
    elif state.finished is None and state.current is not None:
        shown.append(ask(state.current))
    return shown
