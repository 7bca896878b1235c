"""One session as its faces drive it: the user does something, the program does all it can, and waits again.

Each event is handed to `keep` before it counts, so what `keep` has written is never behind what is on screen. The app
and the line mode both work through this and hold no rule of their own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime

from assistant.conversation import events as e
from assistant.conversation import moves as m
from assistant.conversation.knowledge import Knowledge
from assistant.conversation.prompts import ThemesStep
from assistant.conversation.rules import decide
from assistant.conversation.state import State, Turn, apply, replay
from assistant.conversation.tables import each_on_a_line
from assistant.errors import ReflectError

Keep = Callable[[e.Event], None]
Clock = Callable[[], datetime]


class NotNowError(ReflectError):
    """The user asked for something that cannot be done at this point; the message says what can."""


class Session:
    """A session in progress.

    `keep` must have the event safe when it returns; if it raises, the session stays as it was.
    """

    def __init__(self, events: Sequence[e.Event], knowledge: Knowledge, keep: Keep, clock: Clock) -> None:
        self.state: State = replay(events)
        self._knowledge = knowledge
        self._keep = keep
        self._clock = clock

    @classmethod
    def begin(cls, started: e.Started, knowledge: Knowledge, keep: Keep, clock: Clock) -> Session:
        """Start a session: `started` is kept first."""
        keep(started)
        return cls([started], knowledge, keep, clock)

    def go_on(self) -> tuple[e.Event, ...]:
        """Everything the program does until it is the user's turn."""
        done: list[e.Event] = []
        while event := decide(self.state, self._knowledge, self._clock()):
            self._add(event)
            done.append(event)
        return tuple(done)

    def resume(self) -> tuple[e.Event, ...]:
        """Take the session up again after a break."""
        self._add(e.Resumed(at=self._clock()))
        return self.go_on()

    def answer(self, words: str) -> tuple[e.Event, ...]:
        """Answer the question on the table.

        Raises NotNowError when there are no words, or no question waits.
        """
        turn = self._question_on_the_table()
        cleaned = clean(words)
        if self._of_a_group:
            cleaned = each_on_a_line(cleaned)
        if not cleaned:
            raise NotNowError("Nothing was written yet. Write a few words, or skip the question.")
        self._add(e.Answered(at=self._clock(), question=turn.asked.question, text=cleaned))
        return self.go_on()

    def skip(self) -> tuple[e.Event, ...]:
        """Pass over the question on the table."""
        turn = self._question_on_the_table()
        self._add(e.Skipped(at=self._clock(), question=turn.asked.question))
        return self.go_on()

    def go_back(self) -> Turn:
        """Put the question before this one on the table again, with its answer."""
        self._question_on_the_table()
        if self.state.cursor <= 0:
            raise NotNowError("This is the first question.")
        self._add(e.WentBack(at=self._clock()))
        return self._question_on_the_table()

    def confirm(self, *, happening: bool) -> tuple[e.Event, ...]:
        """Answer the yes or no of a doubtful sign."""
        card = self.state.card
        if card is None or not card.doubtful:
            raise NotNowError("There is no yes or no to answer.")
        self._add(e.CardConfirmed(at=self._clock(), danger=card.shown.danger.kind, happening=happening))
        return self.go_on()

    def answer_card(self, answer: e.CardAnswer, words: str = "") -> tuple[e.Event, ...]:
        """Answer an act-now card."""
        card = self.state.card
        if card is None or card.doubtful:
            raise NotNowError("There is no act-now card to answer.")
        kind = card.shown.danger.kind
        self._add(e.CardAnswered(at=self._clock(), danger=kind, answer=answer, words=clean(words)))
        return self.go_on()

    def put_next(self, theme: str) -> None:
        """Put a theme first on the agenda, parked, new or already there; it is met after the question on the table."""
        others = [item.theme for item in self.state.agenda if not item.parked and item.theme != theme]
        self.set_agenda([theme, *others])

    def park(self, theme: str) -> None:
        """Park a theme, to come back to; its questions wait until it is taken up again."""
        kept = [item.theme for item in self.state.agenda if not item.parked]
        if theme not in kept:
            raise NotNowError("That theme is not on the agenda.")
        self.set_agenda([name for name in kept if name != theme])

    def set_agenda(self, themes: Sequence[str]) -> tuple[e.Event, ...]:
        """Set the themes of the agenda, in order; those left out are parked.

        Raises NotNowError for a theme there are no questions for, and in a journey that has no agenda.
        """
        self._still_open()
        prompts = self._knowledge.prompts
        if not any(isinstance(step, ThemesStep) for step in prompts.journeys[self.state.started.journey].steps):
            raise NotNowError("This journey has no agenda: its questions come in their own order.")
        if unknown := next((theme for theme in themes if theme not in prompts.themes), None):
            raise NotNowError(f"There are no questions on “{unknown}”.")
        self._add(e.AgendaChanged(at=self._clock(), themes=tuple(themes)))
        return self.go_on()

    def agenda(self) -> m.Agenda:
        """The agenda as it stands."""
        return m.agenda(self.state, self._knowledge.prompts)

    def themes(self) -> dict[str, str]:
        """Every theme that can be put on the agenda, and its name."""
        return {theme.id: theme.name for theme in self._knowledge.prompts.themes.values()}

    def mark(self, hit: str, mark: e.Mark) -> None:
        """Mark a learning point."""
        self._still_open()
        self._add(e.Marked(at=self._clock(), hit=hit, mark=mark))

    def write_note(self, words: str) -> None:
        """Keep the private note as it now stands."""
        self._still_open()
        self._add(e.NoteWritten(at=self._clock(), text=clean(words)))

    def finish(self) -> None:
        """End the session now."""
        self._still_open()
        self._add(e.Finished(at=self._clock(), by="user"))

    def minutes_left(self) -> float:
        """Minutes still to come."""
        return self.state.minutes_left(self._clock())

    def _question_on_the_table(self) -> Turn:
        self._still_open()
        if self.state.card is not None:
            raise NotNowError("Please answer the act-now card first.")
        turn = self.state.current
        if turn is None:
            raise NotNowError("There is no question to answer yet.")
        return turn

    @property
    def _of_a_group(self) -> bool:
        return self._knowledge.prompts.journeys[self.state.started.journey].training

    def _still_open(self) -> None:
        if self.state.finished is not None:
            raise NotNowError("This session is finished.")

    def _add(self, event: e.Event) -> None:
        self._keep(event)
        self.state = apply(self.state, event)


_KEPT_CONTROLS = "\n\t"
_DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def clean(words: str) -> str:
    """What was typed, without what nobody types, and without white space at the ends."""
    return typeable(words).strip()


def typeable(words: str) -> str:
    """The words without control characters, and without overrides that make text read backwards.

    Line ends become `\\n`, and characters their composed form (NFC).
    """
    text = words.replace("\r\n", "\n").replace("\r", "\n")
    kept = (
        character
        for character in text
        if character in _KEPT_CONTROLS
        or (unicodedata.category(character) not in {"Cc", "Cs"} and character not in _DIRECTION_OVERRIDES)
    )
    return unicodedata.normalize("NFC", "".join(kept))
