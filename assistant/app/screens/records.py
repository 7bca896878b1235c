"""Records: what was said and decided before, to read, save again or delete."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from assistant.app.kept import Row, rows
from assistant.app.pictures import Picture, over_time
from assistant.app.screens.base import RECORD_COPIED, BaseScreen
from assistant.app.screens.exporting import save_a_copy
from assistant.app.screens.picture import PictureScreen
from assistant.app.screens.summary import SummaryScreen
from assistant.app.themes import MUTED
from assistant.app.widgets.keys import Keys
from assistant.conversation.state import State, replay

UNDO_S = 15.0
"""How long a deleted record can be brought back; until then it is only hidden."""


class RecordsScreen(BaseScreen[None]):
    """Every session kept, newest first."""

    HELP = (
        "Type to find a case. Enter opens a record. Delete asks nothing and can be undone for a quarter of a minute; "
        "after that, or when you leave, the record is gone for good."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        # where there is no room for all of them in the footer, the first are shown
        Binding("f7", "undo", "Undo", tooltip="Bring back what was just deleted"),
        Binding("f5", "save", "Save a copy", tooltip="Save the record in a form that others can open"),
        Binding("f2,c", "copy", "Copy", tooltip="Copy the whole record"),
        Binding("f8,delete", "delete", "Delete", key_display="F8"),
        Binding("f4", "themes", "Themes", tooltip="What your sessions talked about, and what they never did, as bars"),
        Binding("escape", "leave", "Home"),
    ]

    def __init__(self, at: str | None = None) -> None:
        super().__init__()
        self._at = at
        """The record to open at once."""
        self._rows: list[Row] = []
        self._deleted: Row | None = None

    def compose(self) -> ComposeResult:
        """A box to find with, and the list."""
        with Vertical(id="records"):
            yield Static("Records", classes="heading")
            yield Input(placeholder="Find a case", id="find")
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
        self.beside(lambda: rows(self.reflect.desk()), self._list)

    @on(Input.Changed, "#find")
    def find(self) -> None:
        """Only the cases that have these letters in them."""
        self._show()

    @on(OptionList.OptionSelected, "#sessions")
    def open_chosen(self, event: OptionList.OptionSelected) -> None:
        """Read a record."""
        self._read(event.option_id or "")

    def _read(self, session: str) -> None:
        desk = self.reflect.desk()

        def show(state: State) -> None:
            self.app.push_screen(SummaryScreen(state, desk.prompts, ""))

        self.beside(lambda: replay(desk.store.events(session)), show, group="open", waiting="Opening the record")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Undo is there only while it would do something."""
        return self._deleted is not None if action == "undo" else True

    def action_copy(self) -> None:
        """Copy the highlighted record."""
        session, desk = self._highlighted(), self.reflect.desk()
        if session is not None:
            self.beside(lambda: desk.document(session), lambda text: self.copy(text, RECORD_COPIED), group="document")

    def action_themes(self) -> None:
        """The themes of all my sessions."""
        desk = self.reflect.desk()

        def look() -> tuple[Picture, ...]:
            counts, unread = desk.counts()
            return over_time(counts, unread, desk.prompts)

        self.app.push_screen(PictureScreen(look))

    def action_save(self) -> None:
        """Write the highlighted session in a form that others can open."""
        session = self._highlighted()
        if session is not None:
            save_a_copy(self, session)

    def action_delete(self) -> None:
        """Hide it now; delete it when it can no longer be undone."""
        session = self._highlighted()
        if session is None:
            return
        self._delete_for_good(_nothing)
        self._deleted = next(row for row in self._rows if row.session == session)
        self._rows.remove(self._deleted)
        self._show()
        self.refresh_bindings()
        self.say("Deleted. F7 brings it back.")
        self.set_timer(UNDO_S, lambda: self._delete_for_good(_nothing))

    def action_undo(self) -> None:
        """Bring it back."""
        self.app.clear_notifications()  # the one that offered this
        self._deleted = None
        self.refresh_bindings()
        self.beside(lambda: rows(self.reflect.desk()), self._list)

    def action_leave(self) -> None:
        """Back to the first screen; nothing can be undone from there."""
        self.app.clear_notifications()
        if self._deleted is None:
            self.reflect.go_home()
        else:
            self._delete_for_good(self.reflect.go_home)

    def on_unmount(self) -> None:
        """The app is being left with a record still hidden: it was meant to go."""
        if self._deleted is not None:
            self.reflect.desk().forget_session(self._deleted.session)

    def _delete_for_good(self, then: Callable[[], None]) -> None:
        if self._deleted is None:
            return
        session, self._deleted = self._deleted.session, None
        self.refresh_bindings()
        desk = self.reflect.desk()
        self.beside(
            lambda: desk.forget_session(session), lambda _: then(), group=session, slowly="Deleting the record for good"
        )

    def _list(self, rows: list[Row]) -> None:
        hidden = self._deleted.session if self._deleted else None
        self._rows = [row for row in rows if row.session != hidden]
        self._show()

    def _show(self) -> None:
        wanted = self.query_one("#find", Input).value.casefold()
        rows = [row for row in self._rows if wanted in row.case.casefold()]
        sessions = self.query_one("#sessions", OptionList)
        highlighted = sessions.highlighted
        sessions.set_options(Option(_row(row), id=row.session) for row in rows)
        sessions.highlighted = min(highlighted or 0, len(rows) - 1) if rows else None
        self.query_one("#kept", Static).update(Content(_counted(len(rows), anything=bool(self._rows))))

    def _highlighted(self) -> str | None:
        option = self.query_one("#sessions", OptionList).highlighted_option
        return option.id if option is not None else None


def _nothing() -> None:
    """Nothing follows."""


def _counted(rows: int, *, anything: bool) -> str:
    if not anything:
        return "Nothing is kept yet. A session appears here as soon as it is begun."
    if not rows:
        return "No case has these letters in its name."
    return "1 record" if rows == 1 else f"{rows} records"


def _row(row: Row) -> Content:
    return Content.assemble(Content.styled(row.case, "bold"), "\n", Content.styled(row.about, MUTED))
