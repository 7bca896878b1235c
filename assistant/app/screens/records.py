"""Records: what was said and decided before, by case, to read, go on with, save again or put in the bin."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from assistant.app import keys
from assistant.app.charts import Picture, over_time
from assistant.app.colours import MUTED
from assistant.app.screens.chart import PictureScreen
from assistant.app.screens.confirm import ConfirmScreen
from assistant.app.screens.exporting import save_a_copy
from assistant.app.screens.screen import RECORD_COPIED, BaseScreen
from assistant.app.screens.summary import SummaryScreen
from assistant.app.session_list import Row, rows
from assistant.app.widgets.footer import Keys
from assistant.conversation.state import State, replay
from assistant.workspace.deletion import BIN_DAYS

BIN = "bin"
"""The line of the list that turns to the bin."""
THEMES = "themes"
"""The line of the list that shows what the sessions have covered."""
CASE = "case:"
FEW_LETTERS = 3
"""With fewer, only the names of cases are looked through: they would stand in every answer."""


class RecordsScreen(BaseScreen[None]):
    """Every session kept, the case talked about last first; behind it, what lies in the bin."""

    HELP = (
        "Type to find a case, or something said. Enter opens a finished record or continues an unfinished "
        f"one. Delete asks first, and moves the record to the bin, where it can be put back for {BIN_DAYS} days."
    )
    FINDS_IN = "#find"
    BINDINGS: ClassVar[list[BindingType]] = [
        # where there is no room for all of them in the footer, the first are shown
        Binding(keys.STEP, "save", "Save a copy", tooltip="Save the record in a form that others can open"),
        Binding(keys.COPY, "copy", "Copy", tooltip="Copy the whole record"),
        Binding(keys.PUT_AWAY, "delete", "Delete", key_display="Del", tooltip="Move the record to the bin"),
        Binding(keys.FIND, "find", "Find", priority=True, tooltip="To the box: find a case, or something said"),
        Binding("down", "down", "To the list", show=False),
        Binding(keys.CLOSE, "leave", "Back"),
    ]

    def __init__(self, at: str | None = None) -> None:
        super().__init__()
        self._at = at
        """The record to open at once."""
        self._rows: list[Row] = []
        self._binned: list[Row] = []
        self._saying: set[str] = set()
        """The sessions in whose answers the words looked for stand."""
        self._in_bin = False

    def compose(self) -> ComposeResult:
        """A box to find with, and the list."""
        with Vertical(classes="page", id="records"):
            yield Static("Records", classes="heading", id="records-heading")
            yield Input(placeholder="Find a case, or something said", id="find")
            yield Static("Looking …", id="kept", classes="muted")
            yield OptionList(id="sessions")
        yield Keys()

    def on_mount(self) -> None:
        """The list takes the first key."""
        self.query_one("#sessions").focus()
        if self._at is not None:
            self._read(self._at)

    def on_screen_resume(self) -> None:
        """Look again each time."""
        self._look()

    @on(Input.Changed, "#find")
    def find(self, event: Input.Changed) -> None:
        """The cases that have these letters in their names, and then the sessions that have them in their answers."""
        words, workspace = event.value.strip(), self.reflect.workspace()
        self._saying = set()
        self._show()
        if len(words) >= FEW_LETTERS:
            self.beside(lambda: workspace.store.saying(words), self._said, group="find")

    def _said(self, sessions: set[str]) -> None:
        self._saying = sessions
        self._show()

    @on(OptionList.OptionSelected, "#sessions")
    def open_chosen(self, event: OptionList.OptionSelected) -> None:
        """Read a record, go on with it, put it back, see its case, or look into the bin."""
        row = self._highlighted()
        if event.option_id == BIN:
            self._turn_to(in_bin=True)
        elif event.option_id == THEMES:
            self._show_themes()
        elif (event.option_id or "").startswith(CASE):
            self.reflect.open_case((event.option_id or "").removeprefix(CASE))
        elif row is not None and self._in_bin:
            self._put_back(row)
        elif row is not None and not row.finished and row.mine:
            self._go_on(row.session)
        elif row is not None:
            self._read(row.session)

    def _read(self, session: str) -> None:
        workspace = self.reflect.workspace()

        def show(state: State) -> None:
            self.app.push_screen(SummaryScreen(workspace, state, ""))

        self.beside(lambda: replay(workspace.store.events(session)), show, group="open", waiting="Opening the record")

    def _go_on(self, session: str) -> None:
        self.a_session_opens()
        self.beside(
            lambda: self.reflect.workspace().take_up(session),
            self.reflect.open_session_screen,
            group="open",
            waiting="Opening the session",
        )

    def _put_back(self, row: Row) -> None:
        def done(_: None) -> None:
            self.say(f"“{row.case}” is among your records again, with its actions.")
            self._look()

        self.beside(lambda: self.reflect.workspace().deletion.put_back(row.session), done, group="bin")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Each key is there only while it would do something."""
        match action:
            case "save" | "copy":
                return self._highlighted() is not None and not self._in_bin
            case "delete":
                row = self._highlighted()
                return row is not None and row.mine
            case "down":
                return self.focused is not None and self.focused.id == "find"
        return True

    @on(Input.Submitted, "#find")
    def go_to_what_was_found(self) -> None:
        """Enter opens the first, as the arrow keys lead to any other."""
        if self._highlighted() is not None:
            self.action_down()
            self.query_one("#sessions", OptionList).action_select()

    def action_down(self) -> None:
        """From the box into the list under it."""
        self.query_one("#sessions").focus()

    @on(OptionList.OptionHighlighted, "#sessions")
    def offer_what_can_be_done(self) -> None:
        """The line of the bin is no record."""
        self.refresh_bindings()

    def action_copy(self) -> None:
        """Copy the highlighted record."""
        row, workspace = self._highlighted(), self.reflect.workspace()
        if row is not None:
            self.beside(
                lambda: workspace.documents.text(row.session),
                lambda text: self.copy(text, RECORD_COPIED),
                group="document",
            )

    def action_find(self) -> None:
        """To the box."""
        self.query_one("#find").focus()

    def _show_themes(self) -> None:
        """The themes of all my sessions."""
        workspace = self.reflect.workspace()

        def look() -> tuple[Picture, ...]:
            counts, unread = workspace.counts()
            return over_time(counts, unread, workspace.prompts)

        self.app.push_screen(PictureScreen(look))

    def action_save(self) -> None:
        """Write the highlighted session in a form that others can open."""
        if (row := self._highlighted()) is not None:
            save_a_copy(self, row.session)

    def action_delete(self) -> None:
        """Ask by name; then it lies in the bin, or, from there, is gone."""
        row, workspace = self._highlighted(), self.reflect.workspace()
        if row is None:
            return

        def decided(*, agreed: bool) -> None:
            if agreed and self._in_bin:
                self.beside(
                    lambda: str(workspace.deletion.forget_session(row.session)),
                    told,
                    group="bin",
                    slowly="Deleting it for good",
                )
            elif agreed:
                told_of = f"“{row.case}” is in the bin, at the end of this list, for {BIN_DAYS} days."
                self.beside(lambda: workspace.deletion.put_in_bin(row.session), lambda _: told(told_of), group="bin")

        def told(sentence: str) -> None:
            self.say(sentence)
            self._look()

        kind = (
            "for good, with its actions? You can't get it back."
            if self._in_bin
            else (f"to the bin, with its actions? It can be put back for {BIN_DAYS} days.")
        )
        question = f"{'Delete' if self._in_bin else 'Move'} “{row.case}” ({row.about}) {kind}"
        yes, no = ("Delete for good", "Leave it") if self._in_bin else ("Move to the bin", "Keep it")
        self.app.push_screen(ConfirmScreen(question, yes=yes, no=no), lambda agreed: decided(agreed=bool(agreed)))

    def action_leave(self) -> None:
        """Out of the bin, then back to the first screen."""
        if self._in_bin:
            self._turn_to(in_bin=False)
        else:
            self.reflect.go_home()

    def _turn_to(self, *, in_bin: bool) -> None:
        self._in_bin = in_bin
        self.query_one("#find", Input).value = ""
        self._show()
        self.refresh_bindings()

    def _look(self) -> None:
        workspace = self.reflect.workspace()
        self.beside(lambda: (rows(workspace), rows(workspace, binned=True)), self._list)

    def _list(self, found: tuple[list[Row], list[Row]]) -> None:
        self._rows, self._binned = found
        self._in_bin = self._in_bin and bool(self._binned)
        self._show()

    def _show(self) -> None:
        wanted = self.query_one("#find", Input).value.strip().casefold()
        self.query_one("#records-heading", Static).update("The bin" if self._in_bin else "Records")
        there = self._binned if self._in_bin else self._rows
        found = [row for row in there if wanted in row.case.casefold() or row.session in self._saying]
        sessions = self.query_one("#sessions", OptionList)
        before = sessions.highlighted_option
        sessions.set_options(_by_case(found, in_bin=self._in_bin))
        if not self._in_bin and not wanted:
            if self._rows:
                sessions.add_option(Option(Content.styled("What your sessions have covered", MUTED), id=THEMES))
            if self._binned:
                sessions.add_option(Option(Content.styled(f"Bin ({len(self._binned)})", MUTED), id=BIN))
        ids = [option.id for option in sessions.options]
        first = next((ids.index(row.session) for row in _in_order(found)), 0 if ids else None)
        sessions.highlighted = ids.index(before.id) if before and before.id and before.id in ids else first
        self.query_one("#kept", Static).update(Content(self._counted(len(found), anything=bool(there))))
        self.refresh_bindings()

    def _highlighted(self) -> Row | None:
        option = self.query_one("#sessions", OptionList).highlighted_option if self.is_mounted else None
        there = self._binned if self._in_bin else self._rows
        return next((row for row in there if option is not None and row.session == option.id), None)

    def _counted(self, found: int, *, anything: bool) -> str:
        if self._in_bin:
            return "Enter puts a record back. After thirty days here it is deleted for good."
        if not anything:
            return "Nothing here yet. A session appears here as soon as you start it."
        if not found:
            return "Nothing found. No case has that in its name, and it isn't in any answers."
        return "1 record" if found == 1 else f"{found} records"


def _in_order(rows: list[Row]) -> list[Row]:
    """The sessions of one case together; the case with the newest session comes first."""
    order = {row.case: place for place, row in reversed(list(enumerate(rows)))}
    return sorted(rows, key=lambda row: order[row.case])


def _by_case(rows: list[Row], *, in_bin: bool) -> Iterator[Option]:
    """Each case, which opens its page, and under it its sessions."""
    for case, sessions in groupby(_in_order(rows), key=lambda row: row.case):
        named = Content.styled(case, "bold")
        yield Option(
            named if in_bin else Content.assemble(named, Content.styled("  all about this case", MUTED)),
            id=f"{CASE}{case}",
            disabled=in_bin,
        )
        for row in sessions:
            yield Option(Content.assemble("  ", row.about), id=row.session)
