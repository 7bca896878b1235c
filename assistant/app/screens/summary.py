"""After a session: one page of what came out of it, to put right, to keep, to copy and to print.

Owns how the page is laid out and what can be done with it; `page_kept.py` keeps what is changed. What was said in full
lies folded under it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Collapsible, Static

from assistant.app import content, keys, timing
from assistant.app.charts import course
from assistant.app.commands import Command
from assistant.app.outcome import (
    BEFORE_ACTIONS,
    STILL_TYPING,
    Part,
    Words,
    after_actions,
    typed_words,
    words_under,
)
from assistant.app.panel_models import theme_name
from assistant.app.screens.chart import PictureScreen
from assistant.app.screens.exporting import save_a_copy
from assistant.app.screens.form import fill_in
from assistant.app.screens.page_kept import KeptPage
from assistant.app.screens.printing import print_it
from assistant.app.screens.screen import RECORD_COPIED
from assistant.app.widgets.action_row import ActionRow
from assistant.app.widgets.chips import Chips
from assistant.app.widgets.footer import Keys
from assistant.app.widgets.words_field import WordsField
from assistant.conversation.voices import with_names
from assistant.conversation.wording import STAGES
from assistant.export.handover import OF_A_CASE
from assistant.followup.actions import Action
from assistant.followup.escalations import Escalation

if TYPE_CHECKING:
    from assistant.conversation.prompts import Prompts
    from assistant.conversation.state import State
    from assistant.workspace.workspace import Workspace


BESIDE_KEYS = (
    Command("", "Print", "Open the record in the browser, to print it", "print"),
    Command("", "Timeline", "What you talked about when, and who was mentioned, as bars", "course"),
)
"""What is wanted too seldom for a key."""


@dataclass(frozen=True)
class _Followed:
    """What of the session goes on after it."""

    actions: tuple[Action, ...]
    escalations: tuple[Escalation, ...]


class SummaryScreen(KeptPage):
    """The page, and what was said in order."""

    HELP = (
        "This is what came out of the session. Tab goes from box to box, and whatever you change is kept. Clear the "
        "words of an action to take it off; it can be put back. Save a copy if others need one."
    )
    COMMANDS_HERE = BESIDE_KEYS
    BINDINGS: ClassVar[list[BindingType]] = [
        # where there is no room for all of them in the footer, the first are shown
        Binding(keys.STEP, "save", "Save a copy", tooltip="Save the record in a form that others can open"),
        Binding(keys.COPY, "copy", "Copy", tooltip="Copy the whole record"),
        Binding(keys.CLOSE, "close", "Close", tooltip="Go back; everything is kept"),
    ]

    def __init__(self, workspace: Workspace, state: State, saved: str, unsent: str = "") -> None:
        super().__init__(workspace, state)
        self._saved = saved
        self._unsent = unsent
        """What was still being typed when the session ended."""
        self._typing_on = bool(saved)
        self._of_a_case = state.started.role in OF_A_CASE and state.finished is not None
        self._escalations: dict[str, Escalation] = {}

    def compose(self) -> ComposeResult:
        """Where the record is first; then what came of it, then everything that was said."""
        state = self._state
        with VerticalScroll(classes="page", id="summary"):
            standing = "finished" if state.finished else "not finished yet"
            yield Static(Content(f"{state.started.case}: the session is {standing}"), classes="heading")
            if self._saved:
                yield Static(Content(self._saved), id="saved")
            yield Chips([(one.action, one.title) for one in BESIDE_KEYS], id="about-record")
            with Vertical(id="page"):
                if self._of_a_case:
                    yield from self._fields(BEFORE_ACTIONS)
                yield Vertical(id="plan")
                if self._of_a_case:
                    yield from self._fields(after_actions(state))
                    yield from _learning(state)
            with Collapsible(title="Everything that was said", collapsed=self._of_a_case, id="transcript"):
                yield Static(Content(_counted(state)), classes="muted said")
                for block in _said(state, self._workspace.prompts):
                    yield Static(block, classes="said")
        yield Static(id="kept", classes="muted")
        yield Keys()

    def _fields(self, parts: tuple[Part, ...]) -> Iterator[Widget]:
        for part in parts:
            yield Static(Content(part.heading), classes="part")
            if part.keeps == "escalation":
                yield Vertical(id="disputes")
            for words in words_under(part, self._state):
                yield WordsField(part, words)

    async def on_mount(self) -> None:
        """The arrow keys read on; what is followed up is read from the records."""
        self.set_focus(self.query_one("#summary"))  # at once: later it would take the keyboard from who types on
        self.set_timer(timing.TYPES_ON_S, self._nobody_types_on)
        await self._take_up()
        self.beside(self._followed, self._show_followed, group="followed")

    def take_letter(self, letter: str) -> bool:
        """Somebody was in the middle of a word when the page came."""
        if self._typing_on:
            self._unsent += letter
            self.call_later(self._take_up)
        return self._typing_on

    def _nobody_types_on(self) -> None:
        self._typing_on = False

    async def _take_up(self) -> None:
        """The last answer at the head of the page, with what was typed since, to keep or to strike."""
        turns = self._state.turns
        turn = next((turn for turn in reversed(turns) if turn.answer is not None), turns[-1] if turns else None)
        if turn is None or not self._unsent:
            return
        if begins := not self.query(".-going-on"):
            begun = WordsField(STILL_TYPING, Words(turn.asked.question, turn.asked.text, typed_words(turn)))
            begun.add_class("-going-on")
            heading = Static(STILL_TYPING.heading, classes="part")
            await self.query_one("#page").mount_all([heading, begun], before=0)
        typed, self._unsent = self._unsent, ""  # what was typed while it was mounted too
        self.query_one(".-going-on", WordsField).go_on(f"\n{typed}" if begins else typed)

    def _followed(self) -> _Followed:
        follow_ups, started = self._workspace.follow_ups, self._state.started
        return _Followed(
            tuple(one for one in follow_ups.actions(case=started.case) if one.session == started.session),
            tuple(one for one in follow_ups.escalations(case=started.case) if one.session == started.session),
        )

    async def _show_followed(self, followed: _Followed) -> None:
        plan = self.query_one("#plan")
        if self._of_a_case or followed.actions:
            await plan.remove_children()
            await plan.mount(Static("Actions: what, who, by when", classes="part"))
            if followed.actions:
                await plan.mount(Static("To take one off, clear its words.", classes="muted"))
            await plan.mount_all(ActionRow(action) for action in followed.actions)
            await plan.mount(self._another(), Vertical(id="taken-off"))
        if not self._of_a_case:
            return
        self._escalations = {one.id: one for one in followed.escalations}
        disputes = self.query_one("#disputes")
        await disputes.remove_children()
        for one in followed.escalations:
            await disputes.mount(Static(Content(one.disputed)), Chips([(one.id, "open this disagreement")]))

    # What can be done with it

    def told_here(self, sentence: str, severity: str) -> bool:
        """In the line at the foot, where it stays until something else is kept."""
        line = self.query_one("#kept", Static)
        line.update(Content(sentence))
        line.set_class(severity != "information", "-wanted")
        return True

    def on_answer_box_sent(self) -> None:
        """F5 in a box."""
        self.action_save()

    @on(Chips.Picked, "#about-record")
    def do(self, event: Chips.Picked) -> None:
        """What has a name and no key."""
        self.call_later(self.run_action, event.name)

    @on(Chips.Picked, "#disputes Chips")
    def open_the_disagreement(self, event: Chips.Picked) -> None:
        """Everything about it, to fill in."""

        def filled(_: bool | None) -> None:
            self.beside(self._followed, self._show_followed, group="followed")

        fill_in(self, self._escalations[event.name], filled)

    def action_copy(self) -> None:
        """Copy the whole record, as it would be saved."""
        workspace, session = self._workspace, self._state.started.session

        def copy() -> None:
            self.beside(
                lambda: workspace.documents.text(session), lambda text: self.copy(text, RECORD_COPIED), group="document"
            )

        self._keep(copy)

    def action_save(self) -> None:
        """Write the record in a form that others can open."""
        self._keep(lambda: save_a_copy(self, self._state.started.session))

    def action_print(self) -> None:
        """Open the record where it can be printed."""
        self._keep(lambda: print_it(self, self._state.started.session))

    def action_course(self) -> None:
        """What was talked about when, and who was named."""
        self.app.push_screen(PictureScreen(lambda: course(self._state, self._workspace.prompts)))

    def action_close(self) -> None:
        """Back to where this was opened from."""
        self._keep(self.app.pop_screen)


def _counted(state: State) -> str:
    answered = len(state.answers)
    passed = sum(turn.skipped for turn in state.turns)
    points = len({hit.id for turn in state.turns if turn.offered for hit in turn.offered.hits})
    over = f", {passed} skipped" if passed else ""
    return f"{_number(answered, 'question')} answered{over}, {_number(points, 'learning point')} shown alongside."


def _number(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _learning(state: State) -> Iterator[Widget]:
    if useful := state.useful_learning:
        yield Static("Learning you found useful", classes="part")
        for hit in useful:
            yield Static(Content(content.cited(hit)), classes="useful")


def _said(state: State, prompts: Prompts) -> Iterator[Content]:
    part = ""
    for turn in state.turns:
        if turn.answer is None:
            continue
        if turn.asked.theme != part:
            part = turn.asked.theme
            yield Content.styled(theme_name(part, prompts) or STAGES.get(turn.asked.stage, part), "bold $primary")
        words = with_names(turn.answer, turn.voices)
        yield Content.assemble(Content.styled(turn.asked.text, "bold"), "\n", Content(words))
