"""Settings: how the app looks, and the guided tour again."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, RadioSet, Static

from assistant.app.screens.base import BaseScreen
from assistant.app.themes import THEMES
from assistant.app.widgets.choice import Choice, Choices
from assistant.app.widgets.keys import Keys


class SettingsScreen(BaseScreen[None]):
    """The few things there are to choose."""

    HELP = "Choose how the app looks. The choice is kept for next time."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "tour", "Guided tour"),
        Binding("escape", "app.go_home", "Home"),
    ]

    def compose(self) -> ComposeResult:
        """Colours, the tour, and where everything is."""
        with VerticalScroll(classes="column"):
            yield Static("Settings", classes="heading")
            yield Static("Colours", classes="label")
            yield Choices(
                *(Choice(theme.name.capitalize(), value=theme.name == self.app.theme) for theme in THEMES),
                id="colours",
            )
            with Horizontal(classes="buttons"):
                yield Button("Guided tour", id="tour", compact=True)
            yield Static(id="meaning", classes="muted")
            yield Static(Content(f"Everything is kept in {self.reflect.home}"), classes="muted")
        yield Keys()

    def on_mount(self) -> None:
        """The colours come first."""
        self.query_one("#colours").focus()
        self.beside(_meaning, lambda sentence: self.query_one("#meaning", Static).update(Content(sentence)))

    def on_radio_set_changed(self, event: RadioSet.Changed) -> None:
        """Show it at once, and keep it."""
        self.reflect.choose_theme(THEMES[event.index].name)

    def on_button_pressed(self) -> None:
        """Take the tour again."""
        self.action_tour()

    def action_tour(self) -> None:
        """Take the tour again."""
        self.reflect.visit("tour")


def _meaning() -> str:
    from assistant.retrieval.opening import why_no_meaning  # NumPy costs 0.1 s

    return why_no_meaning() or "Search also finds what a review says in other words than yours."
