"""The act-now card: the whole screen, calm and unmistakable, until somebody has answered it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Static

from assistant.app.screens.base import BaseScreen
from assistant.app.widgets.keys import Keys
from assistant.conversation.events import CardAnswer
from assistant.conversation.moves import ActNow


@dataclass(frozen=True)
class Happening:
    """The yes or no to a doubtful sign."""

    happening: bool


@dataclass(frozen=True)
class Answer:
    """What the user said to the card."""

    answer: CardAnswer
    words: str


Met = Happening | Answer


MORE = "there is more: ↓"


class ActNowScreen(BaseScreen[Met]):
    """One card."""

    ANSWERED_FIRST = True
    HELP = (
        "Something you wrote may mean that a child is in danger now. "
        "Do what the card says first; the session waits and nothing is lost."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "happening(True)", "Yes"),
        Binding("n", "happening(False)", "No"),
        Binding("d", "answer('done')", "Done"),
        Binding("m", "answer('not-what-i-meant')", "Not what I meant"),
        Binding("c", "answer('carry-on')", "Carry on"),
    ]

    def __init__(self, card: ActNow, did: str = "") -> None:
        super().__init__()
        self._card = card
        self._did = did

    def compose(self) -> ComposeResult:
        """The card, and the answers it takes."""
        card = self._card
        with VerticalScroll(id="card"):
            yield Static("ONE QUESTION FIRST" if card.confirm else "ACT NOW", id="act-now")
            yield Static(Content(card.text), id="card-text")
            if not card.confirm:
                yield Static(Content(f"You wrote: “{card.words}”"), id="card-words")
                yield Static("Afterwards, say here what you did (for the record):", classes="muted")
                yield Input(self._did, id="did", placeholder="for example: rang the duty team at 10.40")
        with Horizontal(id="answers"):
            if card.confirm:
                yield Button("Yes", id="yes", compact=True)
                yield Button("No", id="no", compact=True)
            else:
                yield Button("Done", id="done", compact=True)
                yield Button("Not what I meant", id="not-what-i-meant", compact=True)
                yield Button("Carry on", id="carry-on", compact=True)
        yield Keys()

    def on_mount(self) -> None:
        """The card can be read with the arrow keys; no button is under the next key pressed."""
        card = self.query_one("#card")
        card.focus()
        for what in ("scroll_y", "show_vertical_scrollbar"):
            self.watch(card, what, self._say_what_is_below)

    def _say_what_is_below(self) -> None:
        """What must not be done comes after what must: nobody should think the card ends where the screen does."""
        card = self.query_one("#card")
        card.border_subtitle = MORE if card.show_vertical_scrollbar and not card.is_vertical_scroll_end else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """A yes or no for a doubtful sign, the three answers for a card."""
        if action == "happening":
            return self._card.confirm
        if action == "answer":
            return not self._card.confirm
        return True

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Each button is a key for the mouse."""
        pressed = event.button.id
        match pressed:
            case "yes" | "no":
                self.action_happening(pressed == "yes")
            case "done" | "not-what-i-meant" | "carry-on":
                self.action_answer(pressed)

    def on_input_submitted(self) -> None:
        """Enter after saying what was done."""
        self.action_answer("done")

    def action_happening(self, happening: bool) -> None:
        """The yes or no."""
        self.dismiss(Happening(happening))

    def action_answer(self, answer: CardAnswer) -> None:
        """One of the three answers, with what was done."""
        self.dismiss(Answer(answer, self.query_one("#did", Input).value))
