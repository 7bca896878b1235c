"""Words on their way into the session, and what comes back: the next question, a card, the end.

Whatever the user does is done by the engine in a thread and comes back as moves. Words sent before the next question
was on screen belong to the answer before it: nobody answers what they have not seen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on

from assistant.app.screens.presenter import PresenterScreen
from assistant.app.screens.screen import MOMENT_S
from assistant.app.screens.session_drafts import Happened, KeepingScreen
from assistant.app.screens.summary import SummaryScreen
from assistant.app.slides import slides
from assistant.app.widgets.agenda_panel import AgendaPanel
from assistant.app.widgets.composer import Composer
from assistant.app.widgets.danger_shown import DangerBand, DoubtBlock
from assistant.conversation import events as e
from assistant.conversation import moves as m
from assistant.conversation.long_answers import LONG, MET_WITH, MOST_READ
from assistant.conversation.page_turns import of_the_page
from assistant.conversation.voices import with_names
from assistant.conversation.wording import chosen
from assistant.errors import ReflectError
from assistant.store.where_kept import where_kept

if TYPE_CHECKING:
    from textual.worker import Worker

    from assistant.conversation.session import Session
    from assistant.workspace.workspace import Workspace


class AnsweringScreen(KeepingScreen):
    """A session with its engine at work."""

    def __init__(
        self, workspace: Workspace, session: Session, *, enter_sends: bool = True, trial: bool = False
    ) -> None:
        super().__init__(workspace, session, enter_sends=enter_sends)
        self._amending: int | None = None
        """The turn whose answer is being changed."""
        self._presenting = False
        self._of_the_page = False
        """What is on its way answers the last page: each Enter there is an answer of its own."""
        self._trial = trial
        """Nothing of it is kept, and what is said of the record says so."""
        self._library: Worker[object] | None = None
        self._read_ahead = ""
        """What stood in the composer at the last pause, while it still does."""

    @property
    def ready(self) -> bool:
        """A question is on screen and the program waits for words."""
        state = self.session.state
        return not self._at_work and self._deciding is None and state.card is None and state.current is not None

    def action_present(self) -> None:
        """One thing at a time, for a room to read; it comes back by itself after each answer until it is stopped."""
        shown = slides(self.session.state, self._workspace.prompts)
        if not shown or self._at_work:
            return

        def looked_at(answering: bool | None) -> None:
            self._presenting = bool(answering)
            self._box.focus()

        self.app.push_screen(PresenterScreen(shown, self._workspace.now, self.session.minutes_left), looked_at)

    @on(Composer.Paused)
    def read_what_may_be_sent(self) -> None:
        """Somebody thinks, or reads over what they wrote: sent as it stands it's then answered at once."""
        words = self._box.text
        is_answer = words.strip() and not words.startswith("/") and len(words) <= MOST_READ
        if not self.ready or self._change is not None or not is_answer:
            return
        self._read_ahead = words
        self.beside(
            lambda: self._alone(lambda: self.session.read_draft(words, lambda: self._read_ahead == words)),
            nothing,
            group="ahead",
        )

    @on(Composer.Changed, "#answer")
    def read_no_more_of_it(self) -> None:
        """Other words stand there now."""
        if self._box.text != self._read_ahead:
            self._read_ahead = ""

    async def _send(self, words: str) -> None:
        self.app.clear_notifications()  # what was said of an earlier try is over
        turn = self.session.state.current
        if self._amending is None and turn is not None:
            words = chosen(turn.asked, words)
        self._going = words
        self._of_the_page = self._amending is None and turn is not None and of_the_page(turn.asked.question)
        if self._amending is None:
            await self._stream.show(self.session.state, pending=words[:MOST_READ])  # to draw 600,000 letters takes 2 s
        if len(words) > LONG:
            self._stream.doing(MET_WITH)
        self._hint()
        self._consider(words, finish=False)

    @on(DoubtBlock.Answered)
    async def confirm(self, event: DoubtBlock.Answered) -> None:
        """Yes or no to a doubtful sign."""
        await self.query(DoubtBlock).remove()
        self._box.focus()
        self._do(lambda: self.session.confirm(happening=event.happening))

    @on(DangerBand.Answered)
    def meet_the_card(self, event: DangerBand.Answered) -> None:
        """The card was met; what was done about it is looked through for names like any answer."""
        self._box.focus()

        async def keep(decided: str) -> None:
            await self.query(DangerBand).remove()
            self._do(lambda: self.session.answer_card(event.answer, decided))

        self._decide(event.words, keep, self._box.focus)

    @on(DangerBand.Said)
    def say_to_the_card(self, event: DangerBand.Said) -> None:
        """Words of one's own to the card: what was done, or that it isn't so."""
        self._box.focus()

        async def keep(decided: str) -> None:
            await self.query(DangerBand).remove()
            self._do(lambda: self.session.say_to_card(decided))

        self._decide(event.words, keep, self._box.focus)

    def _do(self, doing: Callable[[], Happened]) -> None:
        if self._at_work:
            return
        self._at_work = True
        self.beside(lambda: self._alone(doing), self._go_on, group="engine")
        self.set_timer(MOMENT_S, self._say_what_is_waited_for)

    def _say_what_is_waited_for(self) -> None:
        if self._at_work and self._deciding is None:
            ready = self._library is None or self._library.is_finished
            self._stream.doing("Looking at what reviews say …" if ready else "Getting the library ready …")

    def _finish(self, agreed: bool | None) -> None:
        if agreed:
            self._keep_note(self._side.note.words, self._finish_with_the_last_words)

    def _finish_with_the_last_words(self) -> None:
        self._going = self._box.take() if self._unsent() else ""
        self._consider(self._going, finish=True)

    def _consider(self, words: str, *, finish: bool) -> None:
        """Send the answer, once nobody can be recognised in it who should not be."""
        if self._at_work:
            return
        self._at_work = True
        self.set_timer(MOMENT_S, self._say_what_is_waited_for)
        self._decide(words, lambda decided: self._answer(decided, finish=finish), self.after_a_failure)

    def _answer(self, words: str, *, finish: bool) -> None:
        amending = self._amending

        def answer() -> Happened:
            happened: Happened = ()
            if amending is not None:
                happened = self.session.amend(amending, words)
            elif words or not finish:
                happened = self.session.answer(words)
            if finish and self.session.state.card is None:  # a sign of danger in the last words still comes first
                self.session.finish()
            return happened

        self._at_work = False
        self._do(answer)

    async def _go_on(self, happened: Happened) -> None:
        """Show what happened, and whatever waits now."""
        self._at_work = False
        state = self.session.state
        before = next(
            (event.question for event in reversed(happened) if isinstance(event, e.Offered | e.CardShown)), ""
        )
        if self._amending is not None and self._change is not None:
            self._change = None  # the turn is drawn anew, with an answer in its place
            self._box.focus()
        self._going, self._amending = "", None
        self._stream.doing("")
        self._hint()
        await self._stream.show(state)
        self.query_one(AgendaPanel).show(self.session.agenda().themes)
        self._show_side()
        self._tell_the_time()
        await self._offer_ways()
        self.refresh_bindings()
        if state.finished is not None:
            self.beside(self._save_record, self._sum_up, group="engine")
            return
        for move in m.moves(happened, state):
            if isinstance(move, m.ActNow):
                await self._show_card(move)
            elif isinstance(move, m.Ask) and self._presenting:
                self.action_present()
        self._hold()
        self.call_after_refresh(self._once_it_is_shown)
        await self._say_on(before)

    def _once_it_is_shown(self) -> None:
        """What the question doesn't wait for."""
        self.beside(self._drafts.save, nothing, group="draft")
        if self.ready:
            self.beside(lambda: self._alone(self.session.read_ahead), nothing, group="ahead")

    async def _say_on(self, question: str) -> None:
        """What was sent while the answer before was on its way is added to that answer; on the page it's the next."""
        if not self._waiting:
            return
        current = self.session.state.current
        if self._of_the_page and self.ready and current is not None and of_the_page(current.asked.question):
            await self._send(self._waiting.pop(0))
            return
        more, self._waiting = "\n".join(self._waiting), []
        turns = self.session.state.turns
        place = next((place for place, turn in enumerate(turns) if turn.asked.question == question), None)
        if self._of_the_page or place is None or turns[place].answer is None or not self.ready:
            self._box.give_back(more)
            self._hint("This hasn't been sent yet.", wanted=True)
            return
        self._amending = place
        self._going = f"{with_names(turns[place].answer or '', turns[place].voices)}\n{more}"
        self._consider(self._going, finish=False)

    async def _show_card(self, card: m.ActNow) -> None:
        """In the conversation, or over the composer; the keyboard stays where it is."""
        if card.confirm:
            await self.query(DoubtBlock).remove()
            await self._stream.mount(DoubtBlock(card), before="#doing")
            self._stream.scroll_end(animate=False)
        else:
            await self.query(DangerBand).remove()
            await self.query_one("#conversation").mount(DangerBand(card), before=self._box)
        self.app.bell()

    def _save_record(self) -> str:
        self._drafts.clear()
        try:
            self._workspace.save_record(self.session)  # a trial's too, for its last page; it goes with its folder
        except ReflectError as error:
            return str(error)
        if self._trial:
            return "This was only for practice. Nothing in it is kept."
        return f"{where_kept().record} F5 saves a copy to share."

    def _sum_up(self, saved: str) -> None:
        def switch() -> None:
            page = SummaryScreen(self._workspace, self.session.state, saved, self._unsent())
            self._waiting = []
            self.app.switch_screen(page)

        self._box.call_later(switch)  # once every key that is on its way to the composer has come there

    async def after_a_failure(self) -> None:
        """The words are in the user's hands again, as they were, with what was typed since."""
        self._at_work = False
        self._amending = None
        words = "\n".join(part for part in (self._going, *self._waiting) if part)
        self._going, self._waiting = "", []
        self._stream.doing("")
        await self._stream.show(self.session.state)
        self._box.give_back(words)
        (self._change or self._box).focus()


def nothing(_: object) -> None:
    """Nothing follows."""
