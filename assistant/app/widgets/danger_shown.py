"""What cannot wait: a doubtful sign is one yes or no in the conversation, a sure one a band above the composer.

Neither takes the keyboard from whoever is typing, and neither listens for its first second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from assistant.app.widgets.chips import Chips
from assistant.conversation.events import CardAnswer
from assistant.conversation.moves import ActNow

HOW = "Press Tab for the buttons, then ← → and Enter."
HOW_DONE = "Tab, then ← → and Enter. Or Tab, type what you did, and Enter."


class DoubtBlock(Vertical):
    """One yes or no."""

    DEFAULT_CSS = """
    DoubtBlock {
        height: auto;
        margin: 0 0 1 0;
        padding: 0 1;
        border-left: outer $warning;
        background: $surface;
    }
    DoubtBlock #doubt-heading {
        color: $warning;
        text-style: bold;
    }
    DoubtBlock Chips {
        margin-top: 1;
    }
    """

    @dataclass
    class Answered(Message):
        """Yes or no."""

        happening: bool

    def __init__(self, card: ActNow) -> None:
        super().__init__(id="doubt")
        self._card = card

    def compose(self) -> ComposeResult:
        """The whole sentence, and two buttons."""
        yield Static("One question first", id="doubt-heading")
        yield Static(Content(self._card.text), id="card-text")
        yield Chips([("yes", "Yes"), ("no", "No")], deaf=True, id="doubt-answers")
        yield Static(HOW, classes="muted")

    def on_chips_picked(self, event: Chips.Picked) -> None:
        """Hand it on."""
        event.stop()
        self.post_message(self.Answered(event.name == "yes"))


class DangerBand(Vertical):
    """What to do now, what was done, and three ways on."""

    DEFAULT_CSS = """
    DangerBand {
        height: auto;
        max-height: 70vh;
        padding: 0 1;
        border-left: outer $error;
        background: $surface;
    }
    DangerBand #act-now {
        color: $error;
        text-style: bold reverse;
        width: 100%;
        padding: 0 1;
    }
    DangerBand #card {
        height: auto;
        max-height: 45vh;
    }
    DangerBand #card-words {
        color: $muted;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "read(-1)", "Read back", show=False, tooltip="Read back on the card"),
        Binding("pagedown", "read(1)", "Read on", show=False, tooltip="Read on on the card"),
    ]

    @dataclass
    class Answered(Message):
        """How the card was met, and what was done."""

        answer: CardAnswer
        words: str

    @dataclass
    class Said(Message):
        """Words of one's own to the card, to be read as talk."""

        words: str

    def __init__(self, card: ActNow, did: str = "") -> None:
        super().__init__(id="band")
        self._card = card
        self._did = did

    def compose(self) -> ComposeResult:
        """The steps scroll where they must; the ways on are always in view."""
        yield Static(Content(self._card.first or "ACT NOW"), id="act-now")
        with VerticalScroll(id="card", can_focus=False):
            rest = self._card.text.removeprefix(self._card.first).removeprefix("\n")
            yield Static(Content(rest), id="card-text")
            yield Static(Content(f"You wrote: “{self._card.words}”"), id="card-words")
        yield Input(self._did, id="did", placeholder="Afterwards, what you did and when")
        yield Chips(
            [("done", "Done"), ("not-what-i-meant", "Not what I meant"), ("carry-on", "Carry on")],
            deaf=True,
            id="card-answers",
        )
        yield Static(HOW_DONE, classes="muted")

    @property
    def ways_on(self) -> Chips:
        """Where Tab goes first: one move, and Enter."""
        return self.query_one("#card-answers", Chips)

    @property
    def did(self) -> Input:
        """Where letters go that are typed from there."""
        return self.query_one("#did", Input)

    def action_read(self, pages: int) -> None:
        """A page back or on in the steps, where they're longer than there's room for."""
        card = self.query_one("#card")
        card.scroll_relative(y=pages * max(1, card.size.height - 1), animate=False)

    def on_chips_picked(self, event: Chips.Picked) -> None:
        """Hand it on, with what was done."""
        event.stop()
        answer: CardAnswer = event.name  # type: ignore[assignment]  # one of the three above
        self.post_message(self.Answered(answer, self.did.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter after what was done, or that it isn't so: whoever typed here moved here."""
        event.stop()
        if words := event.value.strip():
            self.post_message(self.Said(words))
