"""After a session: one page of what came out of it, to put right, to keep, to copy and to print.

Everything on it can be changed where it stands, and is kept when its box is left. What was said in full lies folded
under it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Collapsible, Input, Static

from assistant.app import content, timing
from assistant.app.charts import course
from assistant.app.commands import Command
from assistant.app.outcome import (
    BEFORE_ACTIONS,
    STILL_TYPING,
    Part,
    Words,
    after_actions,
    asked_on_the_page,
    typed_words,
    words_under,
)
from assistant.app.panel_models import short, theme_name
from assistant.app.screens.chart import PictureScreen
from assistant.app.screens.exporting import save_a_copy
from assistant.app.screens.form import fill_in
from assistant.app.screens.names_first import names_first
from assistant.app.screens.printing import print_it
from assistant.app.screens.screen import RECORD_COPIED, BaseScreen
from assistant.app.widgets.action_row import ActionRow
from assistant.app.widgets.chips import Chips
from assistant.app.widgets.footer import Keys
from assistant.app.widgets.page_box import LineBox, PageBox
from assistant.conversation.voices import with_names
from assistant.conversation.wording import STAGES
from assistant.errors import ReflectError
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


PUT_BACK = 24
"""Letters of an action that was taken off, which say enough of it."""


class WordsField(Vertical):
    """An answer under its heading, to put right."""

    def __init__(self, part: Part, words: Words) -> None:
        super().__init__(classes="-apart" if part.apart else "")
        self.part = part
        self.words = words
        """As it was kept last."""
        self._box = PageBox()
        self._box.placeholder = part.empty

    def compose(self) -> ComposeResult:
        """The question, where there was one, and the box."""
        if self.words.asked:
            yield Static(Content(self.words.asked), classes="muted")
        yield self._box

    def on_mount(self) -> None:
        """As it was said."""
        self._box.put(self.words.words)

    def go_on(self, typed: str) -> None:
        """Whoever was typing types on here, from now on with the keyboard."""
        self._box.insert(typed)
        self.screen.set_focus(self._box)

    def show(self, words: Words) -> None:
        """As it was kept; where the words say something else, they're put back into the box."""
        self.words = words
        if self.now != words and not self._box.has_focus:
            self._box.put(words.words)

    @property
    def now(self) -> Words:
        """As the box has it."""
        return Words(self.words.question, self.words.asked, self._box.text.strip())


@dataclass(frozen=True)
class _Followed:
    """What of the session goes on after it."""

    actions: tuple[Action, ...]
    escalations: tuple[Escalation, ...]


class SummaryScreen(BaseScreen[None]):
    """The page, and what was said in order."""

    HELP = (
        "This is what came out of the session. Tab goes from box to box, and whatever you change is kept. Clear the "
        "words of an action to take it off; it can be put back. Save a copy if others need one."
    )
    COMMANDS_HERE = BESIDE_KEYS
    BINDINGS: ClassVar[list[BindingType]] = [
        # where there is no room for all of them in the footer, the first are shown
        Binding("f5,ctrl+s", "save", "Save a copy", tooltip="Save the record in a form that others can open"),
        Binding("f2,ctrl+y", "copy", "Copy", tooltip="Copy the whole record"),
        Binding("escape", "close", "Close", tooltip="Go back; everything is kept"),
    ]

    def __init__(self, workspace: Workspace, state: State, saved: str, unsent: str = "") -> None:
        super().__init__()
        self._workspace = workspace
        """Whose session this is: of a trial, even when the first screen has forgotten it."""
        self._state = state
        self._saved = saved
        self._unsent = unsent
        """What was still being typed when the session ended."""
        self._typing_on = bool(saved)
        self._of_a_case = state.started.role in OF_A_CASE and state.finished is not None
        self._escalations: dict[str, Escalation] = {}
        self._taken_off: dict[str, Action] = {}
        """What can be put back, as long as the page is open."""
        self._writing = Lock()  # a box that is left and the page that is closed may both have something to keep

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
                await plan.mount(Static("Clear the words of one to take it off.", classes="muted"))
            await plan.mount_all(ActionRow(action) for action in followed.actions)
            await plan.mount(self._another(), Vertical(id="taken-off"))
        if not self._of_a_case:
            return
        self._escalations = {one.id: one for one in followed.escalations}
        disputes = self.query_one("#disputes")
        await disputes.remove_children()
        for one in followed.escalations:
            await disputes.mount(Static(Content(one.disputed)), Chips([(one.id, "open this disagreement")]))

    def _another(self) -> ActionRow:
        """An empty row, for an action nobody thought of before."""
        started, place = self._state.started, f"{self._state.started.session}/page-"
        taken = {row.action.id for row in self.query(ActionRow)} | set(self._taken_off)
        return ActionRow(
            Action(
                id=next(name for number in count(1) if (name := f"{place}{number:02}") not in taken),
                case=started.case,
                session=started.session,
                agreed=started.at.date(),
                text="",
                outcome=next((one.words.words for one in self.query(WordsField) if one.part.keeps == "outcome"), ""),
            )
        )

    # Keeping what is changed

    def on_descendant_blur(self) -> None:
        """To another box; not to another window, from which somebody comes back."""
        if self.app.app_focus and self.is_current:
            self._keep(lambda: None)

    def on_answer_box_sent(self) -> None:
        """F5 in a box."""
        self.action_save()

    def enter_in(self, box: Widget | None) -> bool:
        """From a box of one line to the next box."""
        if on := isinstance(box, Input | LineBox):
            self.focus_next()
        return on

    def _changed_fields(self) -> list[WordsField]:
        return [field for field in self.query(WordsField) if field.now != field.words]

    def _changed_rows(self) -> list[ActionRow]:
        today = self._state.started.at.date()
        return [row for row in self.query(ActionRow) if row.now(today) != row.action]

    def _keep(self, then: Callable[[], object]) -> None:
        """Keep what was changed, once nobody can be recognised in it who should not be; then go on."""
        fields, rows = self._changed_fields(), self._changed_rows()
        wordless = [row for row in rows if not row.says_something]
        rows = [row for row in rows if row.says_something]
        if not fields and not rows:
            if wordless:
                self.query_one("#kept", Static).update("Not kept yet: say what will be done.")
            then()
            return
        today = self._state.started.at.date()
        words = [(field, field.now) for field in fields]
        actions = [(row, row.action, row.now(today)) for row in rows]

        def keep(decided: tuple[str, ...]) -> None:
            said = iter(decided)
            with self._writing:
                self._write_words([(field, replace(now, words=next(said))) for field, now in words])
                self._write_actions([(row, now.model_copy(update={"text": next(said)})) for row, _, now in actions])

        async def kept(_: None) -> None:
            self._say_kept()
            for field, _now in words:
                self._look_again(field)
            await self._set_out([(row, before) for row, before, _now in actions])
            then()

        written = [*(now.words for _, now in words), *(now.text for *_, now in actions)]
        names_first(self, self._state.started.case, written, keep, kept)

    def _say_kept(self, besides: str = "") -> None:
        self.query_one("#kept", Static).update(f"Kept {self._workspace.now():%H:%M}. {besides}".strip())

    def _look_again(self, field: WordsField) -> None:
        """What was said of the page itself stands there still when its box is cleared, so it's shown again."""
        standing = words_under(field.part, self._state)
        there = next((one for one in standing if one.question == field.words.question), None)
        if not field.words.words and there is not None and there.words:
            field.show(there)
            self._say_kept("What was said of this still stands. Write what should stand instead.")

    async def _set_out(self, changed: list[tuple[ActionRow, Action]]) -> None:
        """What was taken off can be put back, a day is shown as it was understood, and there's a row for another."""
        for row, before in changed:
            if row.action.text:
                row.show_as_kept()
            elif before.text:
                self._taken_off[before.id] = before
                inside = self.focused is not None and row in self.focused.ancestors
                await row.remove()
                if inside:
                    self.query(ActionRow).first().go_to()
        if self.query(ActionRow) and self.query(ActionRow).last().action.text:
            await self.query_one("#plan").mount(self._another(), before="#taken-off")
        offered = [(name, f"put back “{short(one.text, PUT_BACK)}”") for name, one in self._taken_off.items()]
        place = self.query_one("#taken-off")
        await place.remove_children()
        if offered:
            await place.mount(Chips(offered, down=True))

    @on(ActionRow.Cleared)
    def take_off(self) -> None:
        """The cross beside an action."""
        self._keep(lambda: None)

    @on(Chips.Picked, "#taken-off Chips")
    async def put_back(self, event: Chips.Picked) -> None:
        """As it was."""
        row = ActionRow(self._taken_off.pop(event.name), taken_off=True)
        await self.query_one("#plan").mount(row, before=self.query(ActionRow).last())
        row.go_to()
        self._keep(lambda: None)

    def _write_words(self, words: list[tuple[WordsField, Words]]) -> None:
        workspace, started = self._workspace, self._state.started
        for field, now in words:
            if now != field.words:  # else it was kept meanwhile
                asked = asked_on_the_page(field.part, self._state, now)
                if now.words or asked is None:
                    self._state = workspace.put_right(started.session, now.question, now.words, asked)
                field.words = now
                if field.part.keeps == "outcome":
                    self._keep_with_each_step(now.words)

    def _keep_with_each_step(self, outcome: str) -> None:
        """What will be different stands with every step, as each is followed up by itself."""
        for row in self.query(ActionRow):
            if row.action.text:
                row.action = row.action.model_copy(update={"outcome": outcome})
                self._workspace.follow_ups.save_action(row.action)

    def _write_actions(self, actions: list[tuple[ActionRow, Action]]) -> None:
        follow_ups = self._workspace.follow_ups
        different = next((one.words.words for one in self.query(WordsField) if one.part.keeps == "outcome"), "")
        for row, written in actions:
            # as it stands now, and not as it stood when the row was made or taken off
            action = written.model_copy(update={"outcome": different}) if different else written
            if action == row.action:
                continue
            row.action = action
            if action.text:
                follow_ups.save_action(action)
            else:
                follow_ups.take_out(action)

    def on_unmount(self) -> None:
        """Left by another way: what was changed is kept."""
        try:
            self._write_words([(field, field.now) for field in self._changed_fields()])
            today = self._state.started.at.date()
            self._write_actions([(row, row.now(today)) for row in self._changed_rows() if row.says_something])
        except ReflectError as error:
            self.say(str(error), severity="warning")

    # What can be done with it

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
