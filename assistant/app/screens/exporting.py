"""In which form a record leaves the program, and its leaving."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Input, RadioSet, Static
from textual.worker import get_current_worker

from assistant.app.screens.base import BaseScreen, DialogueScreen
from assistant.app.widgets.choice import Choice, Choices
from assistant.app.widgets.keys import Keys
from assistant.errors import ReflectError
from assistant.records.handover import FORMATS, Format

NAMES: dict[Format, str] = {
    "docx": "Word",
    "pdf": "PDF",
    "html": "Web page",
    "md": "Plain text (Markdown)",
    "json": "For another program (JSON)",
    "ics": "Calendar of its actions",
}
Wanted = tuple[Format, Path]


class StoppedError(ReflectError):
    """The user did not want to wait."""


def save_a_copy(screen: BaseScreen[None], session: str) -> None:
    """Ask in which form and where, and write one session there; `screen` says what became of it."""
    desk = screen.reflect.desk()

    def save(wanted: Wanted | None) -> None:
        if wanted is not None:
            form, folder = wanted
            screen.beside(
                lambda: desk.export(session, form, folder, before_writing=_stop_if_unwanted),
                screen.say,
                group="save",
                waiting="Making the copy",
            )

    screen.app.push_screen(ExportingScreen(Path.home()), save)


def _stop_if_unwanted() -> None:
    """In a thread whose work somebody has stopped: go no further."""
    if get_current_worker().is_cancelled:
        raise StoppedError("Stopped. Nothing was written.")


class ExportingScreen(DialogueScreen[Wanted]):
    """The form, and the folder it goes to."""

    HELP = "Choose a form and a folder. The file is not encrypted: keep it where case records are kept."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "save", "Save"),
        Binding("escape", "back", "Back"),
    ]

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def compose(self) -> ComposeResult:
        """The forms and the folder."""
        with VerticalScroll(id="exporting", can_focus=False):
            yield Static("Save a copy for others", classes="heading")
            yield Static("It is about a child and will not be encrypted. Keep it where case records are kept.")
            with Choices(id="form"):
                for position, form in enumerate(FORMATS):
                    yield Choice(NAMES[form], value=position == 0)
            yield Static("Folder", classes="label")
            yield Input(str(self._folder), id="folder")
            with Horizontal(classes="buttons"):
                yield Button("Save F5", variant="primary", id="save", compact=True)
                yield Button("Back", id="back", compact=True)
        yield Keys()

    def on_input_submitted(self) -> None:
        """Enter in the folder saves."""
        self.action_save()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Each button is a key for the mouse."""
        if event.button.id == "save":
            self.action_save()
        else:
            self.action_back()

    def action_save(self) -> None:
        """In the form that is chosen."""
        form = FORMATS[max(0, self.query_one(RadioSet).pressed_index)]
        self.dismiss((form, Path(self.query_one("#folder", Input).value).expanduser()))

    def action_back(self) -> None:
        """Nothing is written."""
        self.dismiss(None)
