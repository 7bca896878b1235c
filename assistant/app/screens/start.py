"""Before a session: a made-up name for the case, and the time there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, RadioSet, Select, Static

from assistant.app.screens.base import BaseScreen
from assistant.app.widgets.choice import Choice, Choices
from assistant.app.widgets.keys import Keys
from assistant.errors import ReflectError

if TYPE_CHECKING:
    from assistant.conversation.prompts import Journey


@dataclass(frozen=True)
class _Form:
    """What the form of a journey offers."""

    journey: Journey
    subjects: tuple[tuple[str, str], ...]
    """Id and name of each thing it can be about."""


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
        self._minutes: list[int] = []

    def compose(self) -> ComposeResult:
        """The form; the journey's own name and words come when they are read."""
        with VerticalScroll(classes="column"):
            yield Static(id="journey", classes="heading")
            yield Static(id="about", classes="muted")
            yield Static(id="subject-label", classes="label")
            yield Select[str]([], id="subject", allow_blank=True)
            yield Static("A made-up name for the case", classes="label", id="case-label")
            yield Input(placeholder="for example, Child A", id="case", max_length=60)
            yield Static("How long do you have?", classes="label")
            yield Container(id="minutes")
            with Horizontal(classes="buttons"):
                yield Button("Begin", variant="primary", id="begin", compact=True)
                yield Button("Back", id="back", compact=True)
        yield Keys()

    def on_mount(self) -> None:
        """The name comes first."""
        self.query_one("#case", Input).focus()
        self.beside(self._look, self._introduce)

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
        if self._beginning or not self.query(RadioSet):
            return
        self._beginning = True
        case = self.query_one("#case", Input).value
        minutes = self._minutes[max(0, self.query_one(RadioSet).pressed_index)]
        chosen = self.query_one("#subject", Select).value
        subject = chosen if isinstance(chosen, str) else None
        self.beside(
            lambda: self.reflect.desk().begin(self._journey, case=case, minutes=minutes, subject=subject),
            self.reflect.sit_down,
            group="begin",
        )

    def after_a_failure(self) -> None:
        """Let the user put it right."""
        self._beginning = False
        self.query_one("#case", Input).focus()

    def _look(self) -> _Form:
        desk = self.reflect.desk()
        journey = desk.prompts.journeys.get(self._journey)
        if journey is None:
            raise ReflectError("The questions of this journey are missing; install Reflect again.")

        def name(subject: str) -> str:
            is_review = journey.subject == "review"
            return desk.library.card(subject).front.title if is_review else desk.prompts.scenarios[subject].name

        return _Form(journey, tuple((subject, name(subject)) for subject in desk.subjects(journey)))

    async def _introduce(self, form: _Form) -> None:
        journey = form.journey
        self.query_one("#journey", Static).update(Content(journey.name))
        self.query_one("#about", Static).update(Content(journey.about))
        self._minutes = [depth.minutes for depth in journey.depths]
        usual = self._minutes[len(self._minutes) // 2]
        buttons = (Choice(f"{minutes} minutes", value=minutes == usual) for minutes in self._minutes)
        await self.query_one("#minutes").mount(Choices(*buttons))
        if form.subjects:
            self.add_class("-subject")
            label = "Which scenario?" if journey.subject == "scenario" else "Which review?"
            self.query_one("#subject-label", Static).update(label)
            subject = self.query_one("#subject", Select)
            subject.set_options((Content(name), key) for key, name in form.subjects)
            subject.value = form.subjects[0][0]
        if journey.role in {"trainer", "team"}:
            self.query_one("#case-label", Static).update("A name for this session")
            self.query_one("#case", Input).placeholder = (
                "for example, Tuesday group" if journey.role == "trainer" else "for example, Our team"
            )
