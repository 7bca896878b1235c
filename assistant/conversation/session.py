"""One session as its faces drive it: the user does something, the program does all it can, and waits again.

Each event is handed to `keep` before it counts, so what `keep` has written is never behind what is on screen. The app
and the line mode both work through this and hold no rule of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from assistant.conversation import events as e
from assistant.conversation import moves as m
from assistant.conversation.case_sketch import CaseSketch, known_now, sketch_of
from assistant.conversation.group_answers import each_on_a_line
from assistant.conversation.journeys import ThemesStep
from assistant.conversation.knowledge import Knowledge
from assistant.conversation.point_list import PointLine, point_list
from assistant.conversation.reranker import Candidate, Exchange
from assistant.conversation.rules import decide
from assistant.conversation.state import State, Turn, apply, replay
from assistant.conversation.voices import Voices, told_apart
from assistant.conversation.wording import chosen
from assistant.errors import ReflectError
from assistant.language.plain_text import clean
from assistant.noticing.reading import Known, Step
from assistant.retrieval.answer import Answer

Keep = Callable[[e.Event], None]
Clock = Callable[[], datetime]
LONGER = 15
"""Minutes by which a session is made longer or shorter."""


class NotNowError(ReflectError):
    """The user asked for something that cannot be done at this point; the message says what can."""


MOST_IN_A_ROW = 60
"""Events of the program between two answers; a session of an hour never had more than twelve."""


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

    def make_ready(self) -> None:
        """Open all that an answer is read with; what is read first takes two seconds, the rest a tenth."""
        asked, said = (
            "How was the visit?",
            "He stood behind the door till I'd gone, and nobody said a word.",
        )
        self._knowledge.bears(Answer(words=said))
        self._knowledge.notice(said, frozenset())
        self._knowledge.read(said, Known(today=self._clock().date(), question=asked))
        self._knowledge.telling(said)
        self._knowledge.bank.called(Exchange(asked, said))
        self._knowledge.question_kinds.heard(asked, said)
        self._knowledge.fits(Exchange(asked, said), [Candidate(asked, None)])

    def go_on(self) -> tuple[e.Event, ...]:
        """Everything the program does until it is the user's turn.

        Raises RuntimeError where it never would be: a screen that says so is better than one that stands still.
        """
        done: list[e.Event] = []
        while event := decide(self.state, self._knowledge, self._clock()):
            if len(done) >= MOST_IN_A_ROW:
                raise RuntimeError(f"{event.kind} would be added without end")
            self._add(event)
            done.append(event)
        return tuple(done)

    def read_ahead(self) -> None:
        """Read what can be read before the answer that is waited for; it changes nothing that comes of it."""
        turn = self.state.current
        if turn is None or self.state.card is not None:
            return
        earlier = self.state.turns[: self.state.cursor]
        before = tuple((one.asked.text, one.answer) for one in earlier if one.answer is not None)
        self._knowledge.make_ready(Exchange(turn.asked.text, "", before))

    def read_draft(self, words: str, wanted: Callable[[], bool]) -> None:
        """Read what may be sent as it would be if it were, until it's no longer `wanted`; nothing comes of it, but that
        the same words are answered sooner."""
        turn = self.state.current
        if turn is None or turn.settled or self.state.card is not None or self.state.finished is not None:
            return
        cleaned, voices = self._as_kept(chosen(turn.asked, words))
        if not cleaned:
            return
        now = self._clock()
        state = apply(self.state, e.Answered(at=now, question=turn.asked.question, text=cleaned, voices=voices))
        for _ in range(MOST_IN_A_ROW):
            if not wanted() or (event := decide(state, self._knowledge, now)) is None:
                return
            state = apply(state, event)

    def resume(self) -> tuple[e.Event, ...]:
        """Take the session up again after a break."""
        self._add(e.Resumed(at=self._clock()))
        return self.go_on()

    def answer(self, words: str) -> tuple[e.Event, ...]:
        """Answer the question on the table.

        Raises NotNowError when there are no words, or no question waits.
        """
        turn = self._question_on_the_table()
        cleaned, voices = self._as_kept(chosen(turn.asked, words))
        if not cleaned:
            raise NotNowError("Nothing was written yet. Write a few words, or skip the question.")
        self._add(e.Answered(at=self._clock(), question=turn.asked.question, text=cleaned, voices=voices))
        return self.go_on()

    def amend(self, position: int, words: str) -> tuple[e.Event, ...]:
        """Change the answer of the turn at `position`; it is read anew, and the question on the table stays.

        Raises NotNowError when there are no words, nothing was answered there, or no question waits.
        """
        self._question_on_the_table()
        turn = self.state.turns[position]
        if turn.answer is None:
            raise NotNowError("There is no answer there to change.")
        cleaned, voices = self._as_kept(words)
        if not cleaned:
            raise NotNowError("Nothing was written. To take an answer back, write what should stand there instead.")
        while self.state.cursor > position:
            self._add(e.WentBack(at=self._clock()))
        self._add(e.Answered(at=self._clock(), question=turn.asked.question, text=cleaned, voices=voices))
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

    def say_to_card(self, words: str) -> tuple[e.Event, ...]:
        """Answer a card, or its yes or no, in words of one's own.

        Silence and "not sure" show the card of a doubtful sign, and leave a card where it is.
        """
        card = self.state.card
        if card is None:
            raise NotNowError("There is no act-now card to answer.")
        said = clean(words)
        heard = self._knowledge.prompts.act_now_talk.hear(said)
        if card.doubtful:
            denied = heard.yes_or_no == "no" or heard.not_meant
            bare = heard.yes_or_no is not None and len(said.split()) == 1
            happened = self.confirm(happening=not denied, words="" if bare else said)
            return (*happened, *self.answer_card("done")) if heard.done and not denied else happened
        if heard.nothing:
            return ()
        if heard.done and not heard.denies_at_once:
            return self.answer_card("done", "" if said.casefold().rstrip(".") == "done" else said)
        if heard.not_meant or (heard.yes_or_no == "no" and not heard.not_yet):
            return self.answer_card("not-what-i-meant", said)
        return self.answer_card("carry-on", "" if heard.carries_on else said)

    def confirm(self, *, happening: bool, words: str = "") -> tuple[e.Event, ...]:
        """Answer the yes or no of a doubtful sign."""
        card = self.state.card
        if card is None or not card.doubtful:
            raise NotNowError("There is no yes or no to answer.")
        self._add(e.CardConfirmed(at=self._clock(), danger=card.kind, happening=happening, words=clean(words)))
        return self.go_on()

    def answer_card(self, answer: e.CardAnswer, words: str = "") -> tuple[e.Event, ...]:
        """Answer an act-now card."""
        card = self.state.card
        if card is None or card.doubtful:
            raise NotNowError("There is no act-now card to answer.")
        self._add(e.CardAnswered(at=self._clock(), danger=card.kind, answer=answer, words=clean(words)))
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

    def points(self) -> tuple[PointLine, ...]:
        """The points of a team review and where each stands; none in other kinds of session."""
        return point_list(self.state, self._knowledge)

    def themes(self) -> dict[str, str]:
        """Every theme that can be put on the agenda, and its name."""
        return {theme.id: theme.name for theme in self._knowledge.prompts.themes.values()}

    def mark(self, hit: str, mark: e.Mark) -> None:
        """Mark a learning point."""
        self._still_open()
        self._add(e.Marked(at=self._clock(), hit=hit, mark=mark))

    def sketch(self) -> CaseSketch:
        """What is known of the case so far."""
        return sketch_of(self.state)

    def correct_sketch(self, entry: str, text: str | None) -> None:
        """Put an entry of the case sketch right: `text` is what it should say, None strikes it out."""
        self._still_open()
        self._add(e.SketchCorrected(at=self._clock(), entry=entry, text=None if text is None else clean(text)))

    def add_action(self, words: str) -> None:
        """Put an action down, whatever is being asked; the question on the table stays.

        Raises NotNowError when there are no words.
        """
        self._still_open()
        cleaned = clean(words)
        if not cleaned:
            raise NotNowError("Say what will be done, by whom and by when.")
        now = self._clock()
        steps = self._knowledge.read(cleaned, known_now(self.state, now.date())).steps
        self._add(e.ActionAdded(at=now, text=cleaned, steps=steps or (Step(text=cleaned, span=(0, len(cleaned))),)))

    def pause(self) -> None:
        """Stop the clock; it goes on with whatever happens next."""
        self._still_open()
        if not self.state.paused:
            self._add(e.Paused(at=self._clock()))

    def carry_on(self) -> None:
        """Let the clock run again after a pause."""
        if self.state.paused:
            self._add(e.Resumed(at=self._clock()))

    def change_time(self, by: int) -> int:
        """Make the session so many minutes longer, or shorter; gives how long it now is.

        Raises NotNowError where it would be over at once.
        """
        self._still_open()
        minutes = self.state.minutes + by
        if by < 0 and self.minutes_left() + by <= 0:
            raise NotNowError("There isn't that much time left. /finish ends the session.")
        self._add(e.TimeChanged(at=self._clock(), minutes=minutes))
        return minutes

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

    def _as_kept(self, words: str) -> tuple[str, Voices]:
        """An answer as it is kept, and who said which line of it where two people share the keyboard."""
        cleaned = clean(words)
        if self._of_a_group:
            return each_on_a_line(cleaned), ()
        return told_apart(cleaned) if self.two_voices else (cleaned, ())

    @property
    def two_voices(self) -> bool:
        """Two people sit in this kind of session."""
        return self._knowledge.prompts.journeys[self.state.started.journey].role == "supervisor"

    @property
    def _of_a_group(self) -> bool:
        return self._knowledge.prompts.journeys[self.state.started.journey].training

    def _still_open(self) -> None:
        if self.state.finished is not None:
            raise NotNowError("This session is finished.")

    def _add(self, event: e.Event) -> None:
        self._keep(event)
        self.state = apply(self.state, event)
