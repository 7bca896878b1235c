"""Which theme to put on the agenda."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.app import keys
from assistant.app.screens.dialogue import DialogueScreen
from assistant.app.widgets.footer import Keys


class ThemesScreen(DialogueScreen[str]):
    """Every theme by name; the chosen one is met next."""

    HELP = "Choose a theme with the arrows and Enter. It comes up after the question you're on."
    BINDINGS: ClassVar[list[BindingType]] = [Binding(keys.CLOSE, "back", "Back")]

    def __init__(self, themes: Mapping[str, str]) -> None:
        super().__init__()
        self._themes = themes

    def compose(self) -> ComposeResult:
        """The names."""
        with Vertical(id="themes"):
            yield Static("Which theme should come next?", classes="heading")
            named = sorted(self._themes.items(), key=lambda theme: theme[1].casefold())
            yield OptionList(*(Option(Content(name), id=theme) for theme, name in named))
        yield Keys()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """That one."""
        self.dismiss(event.option_id)

    def action_back(self) -> None:
        """None of them."""
        self.dismiss(None)
