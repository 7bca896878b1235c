"""A session: one conversation that scrolls, a composer that is never shut, and a panel beside them.

Knows the engine only through what it does (moves) and where it stands (its state). Whatever the user does is done by
the engine in a thread and comes back as moves; what is typed meanwhile stays in the composer, and what is sent
meanwhile waits its turn. Nobody answers what they have not seen: words sent before the next question was on screen
belong to the answer before it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static, TextArea

from assistant.app.commands import named
from assistant.app.drafts import Drafts
from assistant.app.screens.choose_theme import ThemesScreen
from assistant.app.screens.confirm import ConfirmScreen
from assistant.app.screens.learning_point import ReadingScreen
from assistant.app.screens.presenter import PresenterScreen
from assistant.app.screens.screen import MOMENT_S
from assistant.app.screens.sitting import SittingScreen
from assistant.app.screens.summary import SummaryScreen
from assistant.app.session_commands import COMMANDS, TAKES_WORDS
from assistant.app.sizes import DRAWER
from assistant.app.slides import slides
from assistant.app.widgets.agenda import AgendaPanel
from assistant.app.widgets.answer_box import AnswerBox
from assistant.app.widgets.chips import Chips
from assistant.app.widgets.composer import Composer
from assistant.app.widgets.danger import DangerBand, DoubtBlock
from assistant.app.widgets.keys import Keys
from assistant.app.widgets.learning import LearningCard
from assistant.app.widgets.names import NamesBlock
from assistant.app.widgets.note import NotePanel
from assistant.app.widgets.points import PointsPanel
from assistant.app.widgets.stream import Stream
from assistant.conversation import events as e
from assistant.conversation import moves as m
from assistant.conversation.voices import with_names
from assistant.conversation.wording import chosen
from assistant.errors import ReflectError
from assistant.store.where_kept import where_kept

if TYPE_CHECKING:
    from textual.worker import Worker

    from assistant.conversation.session import Session
    from assistant.conversation.state import Turn
    from assistant.workspace import Workspace

CLOCK_S = 20.0
"""How often the minutes left are worked out again."""
NOTE = "private-note"
UNSENT = "unsent"
"""Where the words not sent yet stand among the drafts, and the note's own."""
Happened = tuple[e.Event, ...]


class SessionScreen(SittingScreen):
    """A conversation."""

    AUTO_FOCUS = "#answer"
    HELP = (
        "Type your answer and press Enter; Shift+Enter, Alt+Enter or Ctrl+J begins a new line. What reviews learned "
        "about your words comes under them. Page Up reads back. ↑ in an empty box takes up your last answer, to change "
        "it. Tab goes to what can be picked: arrow keys and Enter. Esc closes the nearest thing; leaving keeps "
        "everything.\n\n" + "\n".join(f"/{command.name}  {command.says}" for command in COMMANDS)
    )
    COMMANDS_HERE = COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f6,ctrl+b",
            "panel",
            "Panel",
            key_display="F6",
            tooltip="Show or hide the plan, the people and your note",
        ),
        Binding("escape", "close", "Close", tooltip="Close the nearest thing, or ask whether to leave"),
    ]

    def __init__(
        self, workspace: Workspace, session: Session, *, enter_sends: bool = True, trial: bool = False
    ) -> None:
        super().__init__(workspace, session, enter_sends=enter_sends)
        self._drafts = Drafts(lambda: workspace.store, session.state.started.session)
        self._going = ""
        """Words on their way into the record."""
        self._waiting: list[str] = []
        """Words sent while others were on their way."""
        self._amending: int | None = None
        """The turn whose answer is being changed."""
        self._held: str | None = None
        """What was being written when an earlier answer was taken up into the composer."""
        self._presenting = False
        self._trial = trial
        """Nothing of it is kept, and what is said of the record says so."""
        self._library: Worker[object] | None = None

    def compose(self) -> ComposeResult:
        """The conversation over the composer, and the panel beside them."""
        yield Static(id="bar")
        with Horizontal(id="room"):
            with Vertical(id="conversation"):
                yield Stream(self._workspace.prompts, self._workspace.concept_names)
                yield self._box
                yield Static(id="hint")
            yield self._side
        yield Keys()

    def on_mount(self) -> None:
        """Begin, or take up again what was left."""
        self._side.note.put(self.session.state.note)
        self.add_class(f"-text-{self.reflect.settings.text_width}")
        self.set_interval(CLOCK_S, self._tell_the_time)
        self._tell_the_time()
        self._hint()
        self._do(self._begin)
        # the library and all that reads answers take two seconds the first time; nobody should wait for them
        self._library = self.beside(
            lambda: self._workspace.make_ready_to_listen(self.session), _nothing, group="library"
        )

    def on_resize(self) -> None:
        """Where there is no room for the panel it is a drawer."""
        self.set_class(self.app.size.width < DRAWER, "-drawers")

    @property
    def ready(self) -> bool:
        """A question is on screen and the program waits for words."""
        state = self.session.state
        return not self._at_work and self._deciding is None and state.card is None and state.current is not None

    # What the user does

    @on(Composer.Sent, "#answer")
    async def send(self, event: AnswerBox.Sent) -> None:
        """Send what is written: an answer, a change to one, a command, or the number of a choice."""
        words = event.words.strip()
        if words.startswith("/"):
            self._command(words)
        elif not words:
            self._hint("Write a few words, or /skip this question.", wanted=True)
        elif self.session.state.card is not None:
            self._hint("There's something above to answer first. Tab goes there. Your words stay here.", wanted=True)
        elif self._deciding is not None:
            self._hint("First, could somebody be recognised from that? Press Tab to go up there.", wanted=True)
        elif self._at_work:
            if self._going:  # said on, before the next question was there: it belongs to the same answer
                self._waiting.append(self._box.take())
                self._hint("Kept, and added to what you've just said.")
            else:
                self._hint("The next question comes first. Your words stay here.", wanted=True)
        else:
            await self._send(self._box.take())

    async def _send(self, words: str) -> None:
        self.app.clear_notifications()  # what was said of an earlier try is over
        turn = self.session.state.current
        if self._amending is None and turn is not None:
            words = chosen(turn.asked, words)
        self._going = words
        if self._amending is None:
            await self._stream.show(self.session.state, pending=words)
        self._hint()
        self._consider(words, finish=False)

    @on(Composer.Rested)
    def keep_the_draft(self) -> None:
        """What was typed so far is worth keeping."""
        self._hold()
        self.beside(self._drafts.save, lambda _: self._saved(), group="draft")

    @on(Composer.Recalled)
    def recall(self) -> None:
        """Take up the last answer, to change it."""
        self.action_back()

    @on(NotePanel.Rested)
    def keep_the_notes_draft(self) -> None:
        """Nobody is asked about names in the middle of a thought; what was typed is safe meanwhile."""
        self.keep_the_draft()

    @on(NotePanel.Written)
    def keep_the_note(self, event: NotePanel.Written) -> None:
        """The private note, as it now stands."""
        self._keep_note(event.words, self._side.note.kept)

    @on(LearningCard.Marked)
    def keep_the_mark(self, event: LearningCard.Marked) -> None:
        """Useful, or not relevant."""
        self.beside(lambda: self._alone(lambda: self.session.mark(event.hit, event.mark)), _nothing, group=event.hit)

    @on(LearningCard.Opened)
    def read_on(self, event: LearningCard.Opened) -> None:
        """The point in its review."""
        self.app.push_screen(ReadingScreen(self._workspace, event.hit.id))

    @on(AgendaPanel.PutNext)
    def put_next(self, event: AgendaPanel.PutNext) -> None:
        """Meet this theme after the question on the table."""
        self._change_agenda(lambda: self.session.put_next(event.theme))

    @on(AgendaPanel.Parked)
    def park(self, event: AgendaPanel.Parked) -> None:
        """Leave this theme for later."""
        self._change_agenda(lambda: self.session.park(event.theme))

    @on(AgendaPanel.Wanted)
    def action_theme(self) -> None:
        """Ask which theme to add."""

        def chosen(theme: str | None) -> None:
            if theme is not None:
                self._change_agenda(lambda: self.session.put_next(theme))

        self.app.push_screen(ThemesScreen(self.session.themes()), chosen)

    @on(Chips.Picked)
    async def pick(self, event: Chips.Picked) -> None:
        """Something under the question was picked."""
        name = event.name
        self._box.focus()
        if name.startswith("choice:") and self.ready:
            await self._send(name.removeprefix("choice:"))
        elif name in {"skip", "why", "notes"}:
            self.call_later(self.run_action, name)

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

    @on(NamesBlock.Decided)
    async def names_decided(self, event: NamesBlock.Decided) -> None:
        """What stands for the names, or the words back."""
        await self.query(NamesBlock).remove()
        deciding, self._deciding = self._deciding, None
        self._box.focus()
        if deciding is not None:
            deciding(event.chosen)

    def on_key(self, event: events.Key) -> None:
        """Letters typed anywhere but in a box are meant for the composer; none of them picks or answers anything."""
        if event.is_printable and event.character and not isinstance(self.focused, Input | TextArea):
            event.stop()
            self._box.focus()
            self._box.insert(event.character)

    def action_skip(self) -> None:
        """Pass over the question."""
        self._do(self.session.skip)

    def action_back(self) -> None:
        """Take up the last answer, and at the next press the one before; what was being typed comes back afterwards."""
        if not self.ready:
            self._hint("One moment: what you have just said comes first.", wanted=True)
            return
        turns = self.session.state.turns
        until = len(turns) if self._amending is None else self._amending
        place = next((place for place in reversed(range(until)) if turns[place].answer is not None), None)
        if place is None:
            first = self._amending is not None
            self._hint("There's no earlier answer." if first else "You haven't answered anything yet.", wanted=True)
            return
        self._take_up(place)

    @on(PointsPanel.Chosen)
    def change_a_point(self, event: PointsPanel.Chosen) -> None:
        """Where we are with a point of the review is taken up, to change it."""
        if not self.ready:
            self._hint("One moment: what you have just said comes first.", wanted=True)
        elif self.session.state.turns[event.turn].answer is not None:
            self._take_up(event.turn)

    def _take_up(self, place: int) -> None:
        """Put an answer into the composer, to change it."""
        turns = self.session.state.turns
        if self._held is None:
            self._held = self._box.text
        self._amending = place
        self._box.put(with_names(turns[place].answer or "", turns[place].voices))
        self._box.focus()
        self._hint(
            f"Changing your answer to “{_short(turns[place])}”. Enter keeps the change, Esc leaves it.", wanted=True
        )

    def action_why(self) -> None:
        """Say why this question is asked."""
        if (view := self._stream.newest) is not None and view.turn_to("why"):
            self._stream.scroll_end(animate=False)

    def action_notes(self) -> None:
        """Show the notes for whoever leads the group; nobody sees them unasked."""
        view = self._stream.newest
        if view is not None and view.turn.asked.facilitator and view.turn_to("notes"):
            self._stream.scroll_end(animate=False)

    def action_panel(self) -> None:
        """To the panel, and back to the composer."""
        inside = self.focused is not None and self._side in self.focused.ancestors
        if inside or (self.has_class("-open") and self.has_class("-drawers")):
            self.remove_class("-open")
            self._box.focus()
        else:
            self.add_class("-open")
            self.call_after_refresh(self.query_one("#agenda").focus)

    def action_agenda(self) -> None:
        """The plan of the session."""
        self.add_class("-open")
        self.call_after_refresh(self.query_one("#agenda").focus)

    def action_note(self) -> None:
        """The private note."""
        self.add_class("-open")
        self.call_after_refresh(self.query_one("#note-box").focus)

    async def action_read(self, pages: int) -> None:
        """A page back or on in the conversation, while typing."""
        stream = self._stream
        if pages < 0 and stream.scroll_y <= 0:
            await stream.read_back()
        stream.scroll_relative(y=pages * max(1, stream.size.height - 2), animate=False)

    def action_close(self) -> None:
        """The nearest thing: a change begun, the drawer, another part; with nothing open it asks whether to leave."""
        if self._held is not None and not self._at_work:
            self._amending, held, self._held = None, self._held, None
            self._box.put(held or "")
            self._hint()
        elif self.has_class("-open") and self.has_class("-drawers"):
            self.remove_class("-open")
            self._box.focus()
        elif self.focused is not self._box:
            self._box.focus()
        else:
            self.action_leave()

    def action_present(self) -> None:
        """One thing at a time, for a room to read; it comes back by itself after each answer until it is stopped."""
        shown = slides(self.session.state, self._workspace.prompts)
        if not shown or self._at_work:
            return

        def looked_at(answering: bool | None) -> None:
            self._presenting = bool(answering)
            self._box.focus()

        self.app.push_screen(PresenterScreen(shown, self._workspace.now, self.session.minutes_left), looked_at)

    def action_finish(self) -> None:
        """End the session, once the user has said yes to it."""
        if self._at_work or not self.is_active:
            return
        if self.session.state.card is not None:
            self._hint("One thing first, above: Tab goes there.", wanted=True)
            return
        if self._held is not None:
            self.action_close()  # a change that was not sent is not made by ending
        unsent = " What you have just written is sent first." if self._unsent() else ""
        question = f"Finish this session?{unsent} You can't add to it afterwards."
        self.app.push_screen(ConfirmScreen(question, yes="Finish", no="Keep going"), self._finish)

    def action_leave(self) -> None:
        """Go to the first screen, once asked; the session waits there."""

        def decided(leave: bool | None) -> None:
            if leave:
                self._hold()
                self.beside(self._drafts.save, lambda _: self.reflect.go_home(), group="draft")

        question = (
            "Leave the practice session? Nothing in it is kept."
            if self._trial
            else "Leave this session for now? Everything is kept, and you can carry on from the first screen."
        )
        self.app.push_screen(ConfirmScreen(question, yes="Leave", no="Stay"), decided)

    def on_unmount(self) -> None:
        """However the screen goes, what was typed is kept first; it is one small write."""
        if self.session.state.finished is None:
            with suppress(ReflectError):  # locked: it was kept before that
                self.keep_now()

    def keep_now(self) -> None:
        """Lay down what was typed, at once."""
        self._hold()
        self._drafts.save()

    # What the engine does

    def _begin(self) -> Happened:
        self._drafts.load()
        if (note := self._drafts.of(NOTE)) is not None:
            self.app.call_from_thread(self._side.note.put, note)
        state = self.session.state
        if not state.turns:
            return self.session.go_on()
        waiting = state.current.asked.question if state.current else ""
        if unsent := self._drafts.of(UNSENT) or self._drafts.of(waiting):
            self.app.call_from_thread(self._box.give_back, unsent)
        return self.session.resume()

    def _do(self, doing: Callable[[], Happened]) -> None:
        if self._at_work:
            return
        self._at_work = True
        self.beside(lambda: self._alone(doing), self._go_on, group="engine")
        self.set_timer(MOMENT_S, self._say_what_is_waited_for)

    def _say_what_is_waited_for(self) -> None:
        if self._at_work:
            ready = self._library is None or self._library.is_finished
            self._stream.doing("Looking at what reviews say …" if ready else "Getting the library ready …")

    def _change_agenda(self, change: Callable[[], None]) -> None:
        """The question on the table and what is typed under it stay as they are."""
        show = self.query_one(AgendaPanel).show
        self.beside(lambda: self._alone(change), lambda _: show(self.session.agenda().themes), group="agenda")

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

    def _keep_note(self, words: str, then: Callable[[], object]) -> None:
        """Keep the note under the same rule, then go on."""
        if words.strip() == self.session.state.note or self.session.state.finished is not None:
            then()
            return

        def keep(decided: str) -> None:
            if decided != words:
                self._side.note.put(decided)
            self._drafts.forget(NOTE)
            self.beside(lambda: self._alone(lambda: self.session.write_note(decided)), lambda _: then(), group="note")

        self._decide(words, keep, self.action_note, group="note")

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
        if self._amending is not None and self._going:
            self._box.give_back(self._held or "")
            self._held = None
        self._going, self._amending = "", None
        self._stream.doing("")
        self._hint()
        await self._stream.show(state)
        self.query_one(AgendaPanel).show(self.session.agenda().themes)
        self._show_side()
        self._tell_the_time()
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
        self.beside(self._drafts.save, _nothing, group="draft")
        self._say_on(before)

    def _say_on(self, question: str) -> None:
        """What was sent while the answer before was on its way is added to that answer."""
        if not self._waiting:
            return
        more, self._waiting = "\n".join(self._waiting), []
        turns = self.session.state.turns
        place = next((place for place, turn in enumerate(turns) if turn.asked.question == question), None)
        if place is None or turns[place].answer is None or not self.ready:
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
        if self._trial:
            return "This was only for practice. Nothing in it is kept."
        try:
            self._workspace.save_record(self.session)
        except ReflectError as error:
            return str(error)
        return f"{where_kept().record} F5 saves a copy to share."

    def _sum_up(self, saved: str) -> None:
        self.app.switch_screen(SummaryScreen(self.session.state, self._workspace.prompts, saved))

    async def after_a_failure(self) -> None:
        """The words are in the user's hands again, as they were, with what was typed since."""
        self._at_work = False
        words = "\n".join(part for part in (self._going, *self._waiting) if part)
        self._going, self._waiting = "", []
        self._stream.doing("")
        await self._stream.show(self.session.state)
        self._box.give_back(words)
        self._box.focus()

    def _command(self, typed: str) -> None:
        first, _, words = typed.partition(" ")
        if words.strip() and (begun := named(first, COMMANDS)) is not None and begun.name in TAKES_WORDS:
            self._box.take()
            self._hint()
            self.add_action(words.strip())
            return
        command = named(typed, COMMANDS)
        if command is None:
            names = " ".join(f"/{command.name}" for command in COMMANDS)
            self._hint(f"There is: {names}", wanted=True)
            return
        self._box.take()
        self._hint()
        self.call_later(self.run_action, command.action)

    def _unsent(self) -> str:
        """Words the engine has not had: on their way, waiting, or still in the box."""
        box = self._box.text if self._held is None else self._held
        words = "\n".join(part for part in (self._going, *self._waiting, box) if part)
        return words if words.strip() else ""

    def _hold(self) -> None:
        note = self._side.note.words
        unsent = {NOTE: "" if note.strip() == self.session.state.note else note, UNSENT: self._unsent()}
        for where, words in unsent.items():
            if words:
                self._drafts.hold(where, words)
            else:
                self._drafts.forget(where)

    def _saved(self) -> None:
        if self._unsent() and not self.query_one("#hint").has_class("-wanted"):
            self._hint(f"kept {self._workspace.now():%H:%M} · {self._usual_hint}")


def _short(turn: Turn) -> str:
    words = turn.asked.text.split()
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")


def _nothing(_: object) -> None:
    """Nothing follows."""
