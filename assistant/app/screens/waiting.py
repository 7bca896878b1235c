"""Something takes longer than a moment: what it is, and Escape to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import ProgressBar, Static

from assistant.app import keys
from assistant.app.screens.dialogue import DialogueScreen
from assistant.app.widgets.footer import Keys


class WaitingScreen(DialogueScreen[None]):
    """Dismissed by Escape, or taken away when the work is done."""

    HELP = "Reflect is working on it. You can wait, or stop it and do something else."
    BINDINGS: ClassVar[list[BindingType]] = [Binding(keys.CLOSE, "stop", "Stop")]

    def __init__(self, sentence: str, meanwhile: Callable[[str], object]) -> None:
        super().__init__()
        self._sentence = sentence
        self._meanwhile = meanwhile
        """Where letters go that somebody types on."""
        self._over = False

    def compose(self) -> ComposeResult:
        """The sentence, and a bar that moves because nobody knows how long it takes."""
        with Vertical(id="waiting-box"):
            yield Static(Content(f"{self._sentence} … Esc stops it."))
            yield ProgressBar(show_percentage=False, show_eta=False)
        yield Keys()

    def end(self) -> None:
        """The work is done; where Help lies over this, it goes when Help does."""
        self._over = True
        if self.is_active:
            self.dismiss(None)

    def on_screen_resume(self) -> None:
        """Nothing is waited for any more."""
        if self._over and self.is_active:  # what followed the work may stand here by now, and would go instead
            self.dismiss(None)

    def take_letter(self, letter: str) -> bool:
        """None of them is lost."""
        self._meanwhile(letter)
        return True

    def action_stop(self) -> None:
        """Enough."""
        self.dismiss(None)
