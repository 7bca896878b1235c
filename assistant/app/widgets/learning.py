"""The learning beside an answer, as cards: exact text, where it stands, and why it came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Static

from assistant.app import words
from assistant.conversation.events import Mark
from assistant.retrieval.model import Hit

BEFORE_AN_ANSWER = "After you answer, what published reviews learned about it stands here."
NOTHING = "Nothing in the library bears on this."
MARKS: dict[Mark, str] = {"useful": "✓ Marked useful.", "not-this": "– Marked as not this."}


class LearningCard(Vertical, can_focus=True):
    """One learning point; a key or a button marks it or opens it where it was published."""

    DEFAULT_CSS = """
    LearningCard {
        height: auto;
        padding: 0 1;
        margin-bottom: 1;
        border-left: thick $secondary;
    }
    LearningCard:focus {
        border-left: thick $accent;
        background: $panel;
    }
    LearningCard .card-buttons {
        height: 1;
    }
    LearningCard.-not-this .card-text {
        color: $muted;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "mark('useful')", "Useful", tooltip="Mark this learning as useful"),
        Binding("n", "mark('not-this')", "Not this", tooltip="Mark that this learning does not fit"),
        Binding("c", "copy", "Copy", show=False, tooltip="Copy its exact words and where they stand"),
        Binding("o,enter", "open", "Open", tooltip="Read it in its review", key_display="O"),
    ]

    @dataclass
    class Marked(Message):
        """The user marked a learning point."""

        hit: str
        mark: Mark

    @dataclass
    class CopyWanted(Message):
        """The user wants the words of the point on the clipboard."""

        hit: Hit

    @dataclass
    class Opened(Message):
        """The user wants to read the point in its review."""

        hit: Hit

    def __init__(self, hit: Hit, mark: Mark | None, names: Mapping[str, str]) -> None:
        super().__init__()
        self.hit = hit
        self._names = names
        self._mark = mark

    def compose(self) -> ComposeResult:
        """The text, the place, the reason, and what can be done."""
        if self.hit.weak:
            yield Static("This may bear on your words:", classes="muted")
        yield Static(words.exact_text(self.hit), classes="card-text")
        yield Static(words.place(self.hit), classes="muted")
        why = words.why_it_came(self.hit, self._names)
        if why.plain:
            yield Static(why, classes="muted")
        yield Static(classes="card-mark")
        with Horizontal(classes="card-buttons"):
            yield Button("Useful", name="useful", compact=True)
            yield Button("Not this", name="not-this", compact=True)
            yield Button("Open", name="open", compact=True)

    def on_mount(self) -> None:
        """Show the mark it has; the keys serve whoever goes through the cards one by one."""
        for button in self.query(Button):
            button.can_focus = False
        self._show_mark()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Each button is a key for the mouse."""
        event.stop()
        match event.button.name:
            case "useful" | "not-this" as mark:
                self.action_mark(mark)
            case "open":
                self.action_open()

    def action_mark(self, mark: Mark) -> None:
        """Mark it."""
        self._mark = mark
        self._show_mark()
        self.post_message(self.Marked(self.hit.id, mark))

    def action_copy(self) -> None:
        """Copy its exact words and where they stand."""
        self.post_message(self.CopyWanted(self.hit))

    def action_open(self) -> None:
        """Read it in its review."""
        self.post_message(self.Opened(self.hit))

    def _show_mark(self) -> None:
        shown = self.query_one(".card-mark", Static)
        shown.display = self._mark is not None
        if self._mark is not None:
            shown.update(MARKS[self._mark])
        self.set_class(self._mark == "not-this", "-not-this")


class LearningPanel(VerticalScroll):
    """The cards for the last answer, or a sentence when there are none."""

    BORDER_TITLE = "From published reviews"

    def compose(self) -> ComposeResult:
        """Nothing yet."""
        yield Static(BEFORE_AN_ANSWER, classes="muted")

    async def show(self, hits: tuple[Hit, ...], marks: Mapping[str, Mark], names: Mapping[str, str]) -> None:
        """Replace the cards; `names` are what people call the concepts."""
        async with self.batch():
            await self.remove_children()
            if hits:
                await self.mount_all(LearningCard(hit, marks.get(hit.id), names) for hit in hits)
            else:
                await self.mount(Static(Content(NOTHING)))
        self.scroll_home(animate=False)
