"""A session: one conversation that scrolls, a composer that is never shut, and a panel beside them.

Owns what the user can do here, by key, by mouse and by command. What is typed meanwhile stays in the composer, and what
is sent meanwhile waits its turn.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from assistant.app import keys
from assistant.app.commands import Command, named
from assistant.app.screens.changing import ChangingScreen
from assistant.app.screens.choose_theme import ThemesScreen
from assistant.app.screens.confirm import ConfirmScreen
from assistant.app.screens.learning_point import ReadingScreen
from assistant.app.screens.sending import nothing
from assistant.app.screens.session_tools import following
from assistant.app.session_commands import COMMANDS, TAKES_WORDS, WAITS
from assistant.app.sizes import DRAWER, VAST
from assistant.app.widgets.agenda_panel import AgendaPanel
from assistant.app.widgets.answer_box import AnswerBox
from assistant.app.widgets.chips import Chips
from assistant.app.widgets.composer import Composer
from assistant.app.widgets.danger_shown import DangerBand
from assistant.app.widgets.footer import Keys
from assistant.app.widgets.learning import LearningCard
from assistant.app.widgets.quoted import QuotedPanel
from assistant.app.widgets.slash_commands import SlashCommands
from assistant.app.widgets.stream import Stream
from assistant.app.widgets.ways import WaysRow
from assistant.conversation.wording import bare_command

CLOCK_S = 20.0
"""How often the minutes left are worked out again."""
FIRST_THE_NAMES = "First, could somebody be recognised from that? Press Tab to go up there."
ASKING = "DoubtBlock, NamesBlock, TurnView .offers"
"""What waits to be picked from or filled in, beside the band over the composer, which comes first."""


class SessionScreen(ChangingScreen):
    """A conversation."""

    AUTO_FOCUS = "#answer"
    HELP = (
        "Type your answer and press Enter; Ctrl+J begins a new line, and so do Alt+Enter and Shift+Enter where the "
        "terminal tells them from Enter. One word alone, such as skip, why or back, is a command; with anything else "
        "it's your answer. Where reviews learned something about it, that comes under it. Page Up reads back. "
        "↑ in an empty box takes up your last answer, to change it; so does a click on any answer. Tab moves to what "
        "can be picked; use the arrow keys and Enter. Esc closes the nearest thing; leaving keeps everything.\n\n"
        + "\n".join(f"/{command.name}  {command.says}" for command in COMMANDS)
    )
    COMMANDS_HERE = COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            keys.OTHER_PART,
            "panel",
            "Panel",
            key_display="F6",
            tooltip="Show or hide the plan, the people and your note",
        ),
        Binding("tab", "onward", "Onward", show=False, tooltip="To what can be picked"),
        Binding(keys.CLOSE, "close", "Close", tooltip="Close the nearest thing"),
        Binding(keys.CLOSE, "leave", "Leave", tooltip="Go to the first screen; everything is kept"),
    ]

    def compose(self) -> ComposeResult:
        """The conversation over the composer, and the panel beside them; it's settled first whether there's room."""
        self._fit()
        yield Static(id="bar")
        with Horizontal(id="room"):
            with Vertical(id="conversation"):
                yield Stream(self._workspace.prompts, self._workspace.knowledge.concept_names)
                yield SlashCommands()
                yield self._box
                yield Static(id="hint")
                yield WaysRow()
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
            lambda: self._workspace.make_ready_to_listen(self.session), nothing, group="library"
        )

    def on_resize(self) -> None:
        """There may be more room now, or less."""
        self._fit()
        if self.is_mounted:
            self._tell_the_time()

    def _fit(self) -> None:
        """Where there is no room for the panel it is a drawer; where there is plenty it has two columns."""
        self.set_class(self.app.size.width < DRAWER, "-drawers")
        self.set_class(self.app.size.width >= VAST, "-vast")

    # Commands

    @on(Composer.Changed, "#answer")
    def offer_commands(self) -> None:
        """A stroke lists what can be done."""
        self.query_one(SlashCommands).show(self._box.text, self._commands_now())

    @on(Composer.Chose)
    def mark_a_command(self, event: Composer.Chose) -> None:
        """↑ and ↓ go through the list."""
        self.query_one(SlashCommands).move(event.by)

    @on(SlashCommands.Picked)
    def do_the_command(self, event: SlashCommands.Picked) -> None:
        """A click in the list."""
        self._box.focus()
        self._command(f"/{event.command}", self._box.text)

    def _commands_now(self) -> list[Command]:
        turn = self.session.state.current
        out = set() if turn is not None and turn.asked.facilitator else {"notes"}
        out |= set() if self.session.two_voices else {"who"}
        return [command for command in COMMANDS if command.name not in out]

    # What the user does

    @on(Composer.Sent, "#answer")
    async def send(self, event: AnswerBox.Sent) -> None:
        """Send what is written: an answer, a change to one, a command, or the number of a choice."""
        words = self._box.left_of(event.words).strip()
        if command := bare_command(words):
            self._command(f"/{command}", event.words)
        elif words.startswith("/"):
            marked = self.query_one(SlashCommands).marked
            self._command(f"/{marked}" if marked else words, event.words)
        elif not event.words.strip():
            self._hint("Write a few words, or /skip this question.", wanted=True)
        elif self.session.state.card is not None:
            self._hint("There's something above to answer first. Tab goes there. Your words stay here.", wanted=True)
        elif self._deciding is not None:
            self._hint(FIRST_THE_NAMES, wanted=True)
        elif self._at_work:
            if self._going:  # said on, before the next question was there: it belongs to the same answer
                self._waiting += [said] if (said := self._box.take(event.words)) else []
                self._hint(
                    "Kept. It's read next." if self._of_the_page else "Kept, and added to what you've just said."
                )
            else:
                self._hint("The next question is on its way. Your words stay here.", wanted=True)
        elif said := self._box.take(event.words):  # nothing where Enter was pressed twice
            await self._send(said)

    @on(LearningCard.Marked)
    def keep_the_mark(self, event: LearningCard.Marked) -> None:
        """Useful, or not relevant."""
        self.beside(lambda: self._alone(lambda: self.session.mark(event.hit, event.mark)), nothing, group=event.hit)

    @on(LearningCard.Opened)
    def read_on(self, event: LearningCard.Opened) -> None:
        """The point in its review."""
        self.app.push_screen(ReadingScreen(self._workspace, event.hit.id))

    @on(QuotedPanel.Opened)
    def read_again(self, event: QuotedPanel.Opened) -> None:
        """The same, from the panel."""
        self.app.push_screen(ReadingScreen(self._workspace, event.hit))

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
        elif name in {"skip", "why", "notes", "page"}:
            self.call_later(self.run_action, name)

    def take_letter(self, letter: str) -> bool:
        """Letters typed anywhere but in a box are meant for the composer; none of them picks or answers anything."""
        band = next(iter(self.query(DangerBand)), None)
        if band is not None and self.focused is not None and band in self.focused.ancestors:
            self.set_focus(band.did)  # whoever came to the card by a key and types says what they did
            return False
        if self._box.focusable:
            self.set_focus(self._box)
            return False
        self._box.put(f"{self._box.text}{letter}")  # it is not on screen yet
        return True

    def action_skip(self) -> None:
        """Pass over the question."""
        self._do(self.session.skip)

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
            self.call_after_refresh(self._side.begin)

    def action_onward(self) -> None:
        """To what waits to be answered, once it listens, from wherever; inside it, or without any, to the next part."""
        asking = next(iter([*self.query(DangerBand), *self.query(ASKING)]), None)
        here = self.focused
        inside = here is not None and asking in here.ancestors_with_self
        may_wait = isinstance(asking, Chips) and here is not self._box
        if asking is None or inside or may_wait:
            self.app.action_focus_next()
        elif not asking.query("Chips.-deaf"):
            parts = [asking.ways_on] if isinstance(asking, DangerBand) else asking.walk_children(Widget, with_self=True)
            self.set_focus(next((part for part in parts if part.focusable), self._box))

    def action_agenda(self) -> None:
        """The plan of the session."""
        self.add_class("-open")
        self.call_after_refresh(self._side.begin)

    async def action_read(self, pages: int) -> None:
        """A page back or on in the conversation, while typing."""
        stream = self._stream
        if pages < 0 and stream.scroll_y <= 0:
            await stream.read_back()
        stream.scroll_relative(y=pages * max(1, stream.size.height - 2), animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape closes the nearest thing; with nothing open it asks whether to leave, and the footer says which."""
        if action in {"close", "leave"} and self.is_mounted:
            return (self._nearest() is not None) == (action == "close")
        return super().check_action(action, parameters)

    async def action_close(self) -> None:
        """The nearest thing."""
        if (close := self._nearest()) is not None:
            await following(close())
            self.refresh_bindings()

    def _nearest(self) -> Callable[[], object] | None:
        """What closes the nearest thing: a change begun, a command begun, the drawer, another part."""
        if self._change is not None and not self._at_work:
            return self._give_the_change_up
        if self.query("SlashCommands.-there"):
            return self._drop_the_command
        if self.has_class("-open") and self.has_class("-drawers"):
            return self._shut_the_drawer
        return None if self.focused is self._box else self._box.focus

    def _drop_the_command(self) -> None:
        self._box.take()
        self._hint()

    def _shut_the_drawer(self) -> None:
        self.remove_class("-open")
        self._box.focus()

    def action_finish(self) -> None:
        """End the session, once the user has said yes to it."""
        if not self.is_active:
            return
        if self._at_work:
            self._hint("Your last words are still being read. Finish once that's done.", wanted=True)
            return
        if self.session.state.card is not None:
            self._hint("There's something above to answer first. Tab goes there.", wanted=True)
            return
        self.call_later(self._leave_the_change)  # one that was not sent is not made by ending
        unsent = " What you have just written is sent first." if self._unsent() else ""
        question = f"Finish this session?{unsent} You can still put right what comes of it."
        self.app.push_screen(
            ConfirmScreen(question, yes="Finish", no="Keep going", meanwhile=self._box.type_on), self._finish
        )

    def action_page(self) -> None:
        """To the page itself, where what was read back is put right by hand; words begun are asked about first."""
        if self._unsent() or not self.ready:
            self.action_finish()
        else:
            self._finish(agreed=True)

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
        self.app.push_screen(ConfirmScreen(question, yes="Leave", no="Stay", meanwhile=self._box.type_on), decided)

    def _change_agenda(self, change: Callable[[], None]) -> None:
        """The question on the table and what is typed under it stay as they are."""
        show = self.query_one(AgendaPanel).show
        self.beside(lambda: self._alone(change), lambda _: show(self.session.agenda().themes), group="agenda")

    def _command(self, typed: str, sent: str) -> None:
        """Do it; `sent` is what goes from the composer for it."""
        first, _, words = typed.partition(" ")
        if words.strip() and (begun := named(first, COMMANDS)) is not None and begun.name in TAKES_WORDS:
            self._box.take(sent)
            self._hint()
            self.add_action(words.strip())
            return
        command = named(typed, COMMANDS)
        if command is None:
            if typed == "/" or self.query_one(SlashCommands).has_class("-there"):
                self._hint("Choose with ↓ and Enter, or type on.", wanted=True)
                return
            names = " ".join(f"/{command.name}" for command in self._commands_now())
            self._hint(f"You can type {names}", wanted=True)
            return
        if self._at_work and command.name in WAITS:
            first = FIRST_THE_NAMES if self._deciding else "The next question is on its way. Your words stay here."
            self._hint(first, wanted=True)
            return
        self._box.take(sent)
        self._hint()
        self.call_later(self.run_action, command.action)
