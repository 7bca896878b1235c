"""One question before something that changes what is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from assistant.app import keys, timing
from assistant.app.screens.dialogue import DialogueScreen
from assistant.app.widgets.footer import Keys
from assistant.app.widgets.key_button import KeyButton


class ConfirmScreen(DialogueScreen[bool]):
    """Yes or no, in the words of what would be done; no letter answers it, and for a second nothing does."""

    HELP = "Choose with the arrow keys and Enter. Esc leaves everything as it is."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(keys.CLOSE, "no", "Leave it", tooltip="Leave everything as it is"),
        Binding("left,up", "app.focus_previous", "Choose", show=False),
        Binding("right,down", "app.focus_next", "Choose", show=False),
    ]

    def __init__(self, question: str, *, yes: str, no: str, meanwhile: Callable[[str], object] | None = None) -> None:
        super().__init__()
        self._question = question
        self._yes = yes
        self._no = no
        self._meanwhile = meanwhile
        """Where letters go that somebody types on while this is asked."""

    def compose(self) -> ComposeResult:
        """The question and two buttons."""
        with Vertical(id="confirm"):
            yield Static(Content(self._question))
            with Horizontal(classes="buttons"):
                yield KeyButton(self._no, "Esc", "no", primary=True, disabled=True, id="no")
                yield Button(Content(self._yes), id="yes", compact=True, disabled=True)
        yield Keys()

    def on_mount(self) -> None:
        """What was typed ahead is for something else."""
        self.set_timer(timing.DEAF_S, self.listen)

    def listen(self) -> None:
        """Enter alone does no harm."""
        for button in self.query(Button):
            button.disabled = False
        self.query_one("#no").focus()

    def take_letter(self, letter: str) -> bool:
        """No letter answers; none is lost either, where there is a place for it."""
        if self._meanwhile is not None:
            self._meanwhile(letter)
        return self._meanwhile is not None

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The button says it."""
        self.dismiss(event.button.id == "yes")

    def action_no(self) -> None:
        """Leave it."""
        self.dismiss(False)
