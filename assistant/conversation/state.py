"""Where a session stands, worked out from its events and nothing else.

`apply` takes one event, `replay` all of them. Both are pure: the same events give the same state, whatever the library,
the prompts or the clock say now.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from assistant.conversation import events as e
from assistant.noticing.observations import DangerKind, Noticing
from assistant.noticing.reading import Reading
from assistant.retrieval.results import Hit

LONGEST_PAUSE = timedelta(minutes=10)
"""A longer silence between two events is a break, and its time is not taken from the session's minutes."""


@dataclass(frozen=True)
class Turn:
    """One question and what came of it."""

    asked: e.Asked
    answer: str | None = None
    answered_at: datetime | None = None
    corrected_at: datetime | None = None
    """When its words were put right later."""
    skipped: bool = False
    noticing: Noticing | None = None
    reading: Reading | None = None
    """None before the answer was read, and in sessions begun before answers were."""
    voices: tuple[e.Voice | None, ...] = ()
    """Who said each line of the answer, where that was told apart."""
    offered: e.Offered | None = None

    @property
    def settled(self) -> bool:
        """Answered or passed over."""
        return self.answer is not None or self.skipped


@dataclass(frozen=True)
class Card:
    """An act-now card and how it was met."""

    shown: e.CardShown
    happening: bool | None = None
    """The answer to its yes or no, where one was asked."""
    answered: e.CardAnswered | None = None
    said: tuple[str, ...] = ()
    """What was typed to it."""
    heard: tuple[Noticing, ...] = ()
    """What was noticed in that, as far as it has been looked at."""

    @property
    def kind(self) -> DangerKind | None:
        """The kind that leads; None for a card that only answers a question."""
        return self.shown.danger.kind if self.shown.danger else None

    @property
    def kinds(self) -> frozenset[DangerKind]:
        """Every kind that stands on it."""
        return frozenset(danger.kind for danger in (self.shown.danger, *self.shown.also) if danger)

    @property
    def waiting(self) -> bool:
        """Somebody still has to answer it."""
        return self.answered is None and self.happening is not False

    @property
    def doubtful(self) -> bool:
        """The yes or no comes first."""
        return bool(self.shown.danger and self.shown.danger.confirm) and self.happening is None

    @property
    def denied(self) -> bool:
        """It isn't so, by what was said to it."""
        return self.happening is False or bool(self.answered and self.answered.answer == "not-what-i-meant")

    @property
    def done(self) -> bool:
        """Somebody has acted on it."""
        return bool(self.answered and self.answered.answer == "done")

    @property
    def real(self) -> bool:
        """It was answered, and not denied."""
        return self.answered is not None and not self.denied


@dataclass(frozen=True)
class AgendaItem:
    """A theme on the agenda and why it is there."""

    theme: str
    because: str
    parked: bool = False
    wanted: bool = False
    """The user kept it when setting the agenda."""


@dataclass(frozen=True)
class State:
    """A session as it stands after its last event."""

    started: e.Started
    turns: tuple[Turn, ...] = ()
    cursor: int = -1
    """The turn on the table; -1 before the first question."""
    agenda: tuple[AgendaItem, ...] = ()
    cards: tuple[Card, ...] = ()
    marks: tuple[tuple[str, e.Mark], ...] = ()
    note: str = ""
    sketch_corrections: tuple[e.SketchCorrected, ...] = ()
    """What the user put right in the case sketch, in order."""
    added: tuple[e.ActionAdded, ...] = ()
    """Actions put down at any moment."""
    minutes: int = 0
    """How long the session is, as it was begun or made longer or shorter."""
    paused: bool = False
    finished: e.Finished | None = None
    last_at: datetime | None = None
    spent: timedelta = timedelta()
    """Time spent at work, breaks left out."""

    @property
    def current(self) -> Turn | None:
        """The question on the table."""
        return self.turns[self.cursor] if 0 <= self.cursor < len(self.turns) else None

    @property
    def card(self) -> Card | None:
        """The act-now card that waits for an answer."""
        return next((card for card in self.cards if card.waiting), None)

    @property
    def answers(self) -> tuple[str, ...]:
        """Every answer given so far, in the order of the questions."""
        return tuple(turn.answer for turn in self.turns if turn.answer is not None)

    @property
    def left_alone(self) -> tuple[Turn, ...]:
        """Questions whose subject the worker asked to be left alone, for the whole session."""
        stands = ((turn, turn.reading.stand("refuses")) for turn in self.turns if turn.reading)
        return tuple(turn for turn, stand in stands if stand is not None and stand.drops)

    def before(self, turn: Turn) -> tuple[Turn, ...]:
        """The questions before one of them."""
        return self.turns[: self.turns.index(turn)]

    def after(self, turn: Turn) -> tuple[Turn, ...]:
        """The questions after one of them."""
        return self.turns[self.turns.index(turn) + 1 :]

    @property
    def useful_learning(self) -> tuple[Hit, ...]:
        """The learning points that were marked useful, each once."""
        useful = {hit for hit, mark in self.marks if mark == "useful"}
        offered = (hit for turn in self.turns if turn.offered for hit in turn.offered.hits)
        return tuple({hit.id: hit for hit in offered if hit.id in useful}.values())

    def minutes_left(self, now: datetime) -> float:
        """Minutes of the session's time still to come; below zero when it has run over."""
        since = now - self.last_at if self.last_at is not None and not self.paused else timedelta()
        spent = self.spent + (since if timedelta() < since <= LONGEST_PAUSE else timedelta())
        return self.minutes - spent.total_seconds() / 60


def replay(events: Iterable[e.Event]) -> State:
    """The state after `events`, the first of which must be `started`.

    Raises ValueError when there is no event, or another one comes first.
    """
    remaining = iter(events)
    first = next(remaining, None)
    if not isinstance(first, e.Started):
        raise ValueError("a session's first event is 'started'")
    state = State(started=first, minutes=first.minutes, last_at=first.at)
    for event in remaining:
        state = apply(state, event)
    return state


def apply(state: State, event: e.Event) -> State:
    """The state after one more event."""
    return _change(_timed(state, event), event)


def _timed(state: State, event: e.Event) -> State:
    gap = event.at - state.last_at if state.last_at is not None else timedelta()
    worked = timedelta() < gap <= LONGEST_PAUSE and not state.paused and not isinstance(event, e.Resumed)
    spent = state.spent + gap if worked else state.spent
    return replace(state, last_at=event.at, spent=spent, paused=isinstance(event, e.Paused))


def _change(state: State, event: e.Event) -> State:  # noqa: PLR0911, PLR0912 - one case for each kind of event
    match event:
        case e.Asked():
            turns = (*state.turns, Turn(asked=event))
            return replace(state, turns=turns, cursor=len(turns) - 1)
        case e.Answered():
            unread = replace(state.turns[state.cursor], noticing=None, reading=None, offered=None)
            answered = replace(unread, answer=event.text, voices=event.voices, answered_at=event.at, skipped=False)
            return _with_turn(state, answered)
        case e.Skipped():
            turn = state.turns[state.cursor]
            return _forward(_with_turn(state, turn if turn.settled else replace(turn, skipped=True)))
        case e.WentBack():
            return replace(state, cursor=max(0, state.cursor - 1))
        case e.Noticed():
            return _with_turn(state, replace(state.turns[state.cursor], noticing=event.noticing, reading=event.reading))
        case e.Offered():
            return _forward(_with_turn(state, replace(state.turns[state.cursor], offered=event)))
        case e.CardShown():
            return replace(state, cards=(*state.cards, Card(shown=event)))
        case e.CardConfirmed():
            return _with_card(state, happening=event.happening, words=event.words)
        case e.CardAnswered():
            return _with_card(state, answered=event, words=event.words)
        case e.CardNoticed():
            card = state.cards[event.card]
            looked_at = replace(card, heard=(*card.heard, event.noticing))
            return replace(state, cards=(*state.cards[: event.card], looked_at, *state.cards[event.card + 1 :]))
        case e.Planned():
            return replace(state, agenda=(*state.agenda, AgendaItem(event.theme, event.because)))
        case e.AgendaChanged():
            return replace(state, agenda=_rearranged(state.agenda, event.themes))
        case e.Marked():
            others = tuple(mark for mark in state.marks if mark[0] != event.hit)
            return replace(state, marks=(*others, (event.hit, event.mark)))
        case e.SketchCorrected():
            return replace(state, sketch_corrections=(*state.sketch_corrections, event))
        case e.ActionAdded():
            return replace(state, added=(*state.added, event))
        case e.TimeChanged():
            return replace(state, minutes=event.minutes)
        case e.Corrected():
            turns = state.turns if event.asked is None else (*state.turns, Turn(asked=event.asked))
            return replace(state, turns=tuple(_put_right(turn, event) for turn in turns))
        case e.NoteWritten():
            return replace(state, note=event.text)
        case e.Finished():
            return replace(state, finished=event)
        case e.Started() | e.Resumed() | e.Paused():
            return state


def _with_turn(state: State, turn: Turn) -> State:
    return replace(state, turns=(*state.turns[: state.cursor], turn, *state.turns[state.cursor + 1 :]))


def _put_right(turn: Turn, event: e.Corrected) -> Turn:
    if turn.asked.question != event.question:
        return turn
    if not event.text:
        return replace(turn, answer=None, voices=(), skipped=True, corrected_at=event.at)
    return replace(
        turn,
        answer=event.text,
        voices=event.voices,
        skipped=False,
        answered_at=turn.answered_at or event.at,
        corrected_at=event.at,
    )


def _forward(state: State) -> State:
    """After a question gone back to is settled again, return to the one that was waiting."""
    return replace(state, cursor=len(state.turns) - 1)


def _with_card(
    state: State, *, happening: bool | None = None, answered: e.CardAnswered | None = None, words: str = ""
) -> State:
    cards = list(state.cards)
    for position, card in enumerate(cards):
        if card.waiting:
            happened = card.happening if happening is None else happening
            said = (*card.said, words) if words else card.said
            cards[position] = replace(card, happening=happened, answered=answered, said=said)
            break
    return replace(state, cards=tuple(cards))


def _rearranged(agenda: tuple[AgendaItem, ...], themes: tuple[str, ...]) -> tuple[AgendaItem, ...]:
    known = {item.theme: item for item in agenda}
    kept = [
        replace(known[theme], parked=False, wanted=True)
        if theme in known
        else AgendaItem(theme, "you put it on the agenda", wanted=True)
        for theme in themes
    ]
    return (*kept, *(replace(item, parked=True) for item in agenda if item.theme not in themes))
