"""Something takes longer than a moment: what it is, and Escape to stop it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, ProgressBar, Static


class WaitingScreen(ModalScreen[None]):
    """Dismissed by Escape, or taken away when the work is done."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stop", "Stop")]

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self._sentence = sentence

    def compose(self) -> ComposeResult:
        """The sentence, and a bar that moves because nobody knows how long it takes."""
        with Vertical(id="waiting-box"):
            yield Static(Content(f"{self._sentence} … Esc stops it."))
            yield ProgressBar(show_percentage=False, show_eta=False)
        yield Footer(show_command_palette=False)

    def action_stop(self) -> None:
        """Enough."""
        self.dismiss(None)
