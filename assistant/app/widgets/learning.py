"""The learning beside an answer, as cards: exact text, where it stands, and why it came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from assistant.app import content
from assistant.app.widgets.chips import Chips
from assistant.conversation.events import Mark
from assistant.retrieval.results import Hit

BEFORE_AN_ANSWER = "Learning from reviews appears here after you answer."
NOTHING = "Nothing close in the reviews."
MARKS: dict[Mark, str] = {"useful": "✓ Marked useful.", "not-this": "– Marked as not relevant."}


class LearningCard(Vertical):
    """One learning point: its words, one quiet line of where they stand, and what can be done with it."""

    DEFAULT_CSS = """
    LearningCard {
        height: auto;
        padding: 0 1;
        margin-bottom: 1;
        border-left: outer $secondary;
    }
    LearningCard:focus-within {
        border-left: outer $accent;
    }
    LearningCard.-not-this .card-text {
        color: $muted;
    }
    """

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
        """The text, the place, and what can be done."""
        if self.hit.weak:
            yield Static("Possibly relevant:", classes="muted")
        yield Static(content.exact_text(self.hit), classes="card-text")
        yield Static(content.place(self.hit), classes="muted card-place")
        yield Static(classes="card-mark")
        yield Chips([("useful", "useful"), ("not-this", "not relevant"), ("open", "open"), ("copy", "copy")])

    def on_mount(self) -> None:
        """Show the mark it has."""
        why = content.why_it_came(self.hit, self._names)
        if why.plain:
            self.query_one(".card-text", Static).tooltip = why
        self._show_mark()

    def on_chips_picked(self, event: Chips.Picked) -> None:
        """What is done with it."""
        event.stop()
        match event.name:
            case "useful" | "not-this" as mark:
                self.action_mark(mark)
            case "copy":
                self.post_message(self.CopyWanted(self.hit))
            case _:
                self.post_message(self.Opened(self.hit))

    def action_mark(self, mark: Mark) -> None:
        """Mark it."""
        self._mark = mark
        self._show_mark()
        self.post_message(self.Marked(self.hit.id, mark))

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

    async def show(
        self, hits: tuple[Hit, ...], marks: Mapping[str, Mark], names: Mapping[str, str], because: str = ""
    ) -> None:
        """Replace the cards; `names` are what people call the concepts, `because` says why there are none."""
        async with self.batch():
            await self.remove_children()
            if hits:
                await self.mount_all(LearningCard(hit, marks.get(hit.id), names) for hit in hits)
            else:
                await self.mount(Static(Content(content.sentence(because) if because else NOTHING)))
        self.scroll_home(animate=False)
