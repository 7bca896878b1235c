"""Before a session: a made-up name for the case, and the time there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Footer, Input, RadioButton, RadioSet, Static

from assistant.app.screens.base import BaseScreen

if TYPE_CHECKING:
    from assistant.conversation.prompts import Journey


MINUTES = (15, 30, 60)


class StartScreen(BaseScreen[None]):
    """The few things a session needs to begin."""

    HELP = "Give the case a made-up name, choose how long you have, and begin."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "begin", "Begin"),
        Binding("escape", "app.pop_screen", "Back"),
    ]

    def __init__(self, journey: str) -> None:
        super().__init__()
        self._journey = journey
        self._beginning = False

    def compose(self) -> ComposeResult:
        """The form; the journey's own name and words come when they are read."""
        with VerticalScroll(classes="column"):
            yield Static(id="journey", classes="heading")
            yield Static(id="about", classes="muted")
            yield Static("A made-up name for the case", classes="label")
            yield Input(placeholder="Child A", id="case", max_length=60)
            yield Static("How long do you have?", classes="label")
            yield RadioSet(*(RadioButton(f"{minutes} minutes", value=minutes == 30) for minutes in MINUTES))
            with Horizontal(classes="buttons"):
                yield Button("Begin", variant="primary", id="begin", compact=True)
                yield Button("Back", id="back", compact=True)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """The name comes first."""
        self.query_one("#case", Input).focus()
        self.beside(lambda: self.reflect.desk().prompts.journeys.get(self._journey), self._introduce)

    def on_input_submitted(self) -> None:
        """Enter in the name begins."""
        self.action_begin()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Begin, or go back."""
        if event.button.id == "begin":
            self.action_begin()
        else:
            self.app.pop_screen()

    def action_begin(self) -> None:
        """Start the session."""
        if self._beginning:
            return
        self._beginning = True
        case = self.query_one("#case", Input).value
        minutes = MINUTES[max(0, self.query_one(RadioSet).pressed_index)]
        self.beside(
            lambda: self.reflect.desk().begin(self._journey, case=case, minutes=minutes),
            self.reflect.sit_down,
            group="begin",
        )

    def after_a_failure(self) -> None:
        """Let the user put it right."""
        self._beginning = False
        self.query_one("#case", Input).focus()

    def _introduce(self, journey: Journey | None) -> None:
        if journey is not None:
            self.query_one("#journey", Static).update(Content(journey.name))
            self.query_one("#about", Static).update(Content(journey.about))
