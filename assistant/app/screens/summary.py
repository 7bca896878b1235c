"""After a session: what was thought and decided, to read, to copy and to save for others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assistant.app.pictures import course
from assistant.app.screens.base import RECORD_COPIED, BaseScreen
from assistant.app.screens.exporting import save_a_copy
from assistant.app.screens.picture import PictureScreen
from assistant.app.standing import theme_name
from assistant.app.widgets.keys import Keys
from assistant.app.widgets.question import STAGES

if TYPE_CHECKING:
    from assistant.conversation.prompts import Prompts
    from assistant.conversation.state import State


class SummaryScreen(BaseScreen[None]):
    """What was said, in order."""

    HELP = (
        "Read what was said, and save a copy if others need one. The record itself is kept on this computer, encrypted."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        # where there is no room for all of them in the footer, the first are shown
        Binding("f5", "save", "Save a copy", tooltip="Save the record in a form that others can open"),
        Binding("f2,c", "copy", "Copy", tooltip="Copy the whole record"),
        Binding("f4", "course", "Its course", tooltip="What was talked about when, and who was named, as bars"),
        Binding("escape,enter", "close", "Close", key_display="Esc"),
    ]

    def __init__(self, state: State, prompts: Prompts, saved: str) -> None:
        super().__init__()
        self._state = state
        self._prompts = prompts
        self._saved = saved

    def compose(self) -> ComposeResult:
        """Where the record is first; then everything that was said."""
        state = self._state
        with VerticalScroll(id="summary"):
            standing = "finished" if state.finished else "not finished yet"
            yield Static(Content(f"{state.started.case}: the session is {standing}"), classes="heading")
            if self._saved:
                yield Static(Content(self._saved), id="saved")
            yield Static(Content(_counted(state)), classes="muted", id="counted")
            for block in _said(state, self._prompts):
                yield Static(block, classes="said")
        yield Keys()

    def on_mount(self) -> None:
        """The arrow keys read on."""
        self.query_one("#summary").focus()

    def action_copy(self) -> None:
        """Copy the whole record, as it would be saved."""
        desk, session = self.reflect.desk(), self._state.started.session
        self.beside(lambda: desk.document(session), lambda text: self.copy(text, RECORD_COPIED), group="document")

    def action_save(self) -> None:
        """Write the record in a form that others can open."""
        save_a_copy(self, self._state.started.session)

    def action_course(self) -> None:
        """What was talked about when, and who was named."""
        self.app.push_screen(PictureScreen(lambda: course(self._state, self._prompts)))

    def action_close(self) -> None:
        """Back to where this was opened from."""
        self.app.pop_screen()


def _counted(state: State) -> str:
    answered = len(state.answers)
    passed = sum(turn.skipped for turn in state.turns)
    points = len({hit.id for turn in state.turns if turn.offered for hit in turn.offered.hits})
    over = f", {passed} passed over" if passed else ""
    return f"{_number(answered, 'question')} answered{over}, {_number(points, 'learning point')} set beside your words."


def _number(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _said(state: State, prompts: Prompts) -> Iterator[Content]:
    part = ""
    for turn in state.turns:
        if turn.answer is None:
            continue
        if turn.asked.theme != part:
            part = turn.asked.theme
            yield Content.styled(theme_name(part, prompts) or STAGES.get(turn.asked.stage, part), "bold $primary")
        yield Content.assemble(Content.styled(turn.asked.text, "bold"), "\n", Content(turn.answer))
