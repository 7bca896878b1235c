"""One question before something that cannot be undone."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from assistant.app.screens.base import DialogueScreen
from assistant.app.widgets.keys import Keys


class ConfirmScreen(DialogueScreen[bool]):
    """Yes or no, in the words of what would be done."""

    HELP = "What is asked here cannot be undone afterwards. Esc leaves everything as it is."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", "Yes"),
        Binding("n,escape", "no", "No"),
    ]

    def __init__(self, question: str, *, yes: str, no: str) -> None:
        super().__init__()
        self._question = question
        self._yes = yes
        self._no = no

    def compose(self) -> ComposeResult:
        """The question and two buttons with their keys; the harmless one has the focus."""
        with Vertical(id="confirm"):
            yield Static(Content(self._question))
            with Horizontal(classes="buttons"):
                yield Button(Content(f"{self._no} N"), id="no", compact=True, variant="primary")
                yield Button(Content(f"{self._yes} Y"), id="yes", compact=True)
        yield Keys()

    def on_mount(self) -> None:
        """Enter alone does no harm."""
        self.query_one("#no").focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The button says it."""
        self.dismiss(event.button.id == "yes")

    def action_yes(self) -> None:
        """Do it."""
        self.dismiss(True)

    def action_no(self) -> None:
        """Leave it."""
        self.dismiss(False)
