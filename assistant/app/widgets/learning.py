"""The learning beside an answer, as cards: exact text, where it stands, and why it came."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assistant.app import words
from assistant.retrieval.model import Hit

BEFORE_AN_ANSWER = "After you answer, what published reviews learned about it stands here."
NOTHING = "Nothing in the library bears on this."


class LearningCard(Vertical):
    """One learning point."""

    DEFAULT_CSS = """
    LearningCard {
        height: auto;
        padding: 0 1;
        margin-bottom: 1;
        border-left: thick $secondary;
    }
    """

    def __init__(self, hit: Hit) -> None:
        super().__init__()
        self.hit = hit

    def compose(self) -> ComposeResult:
        """The text, the place, the reason."""
        yield Static(words.exact_text(self.hit))
        yield Static(words.place(self.hit), classes="muted")
        why = words.why_it_came(self.hit)
        if why.plain:
            yield Static(why, classes="muted")


class LearningPanel(VerticalScroll):
    """The cards for the last answer, or a sentence when there are none."""

    BORDER_TITLE = "From published reviews"

    def compose(self) -> ComposeResult:
        """Nothing yet."""
        yield Static(BEFORE_AN_ANSWER, classes="muted")

    async def show(self, hits: tuple[Hit, ...]) -> None:
        """Replace the cards."""
        async with self.batch():
            await self.remove_children()
            if hits:
                await self.mount_all(LearningCard(hit) for hit in hits)
            else:
                await self.mount(Static(Content(NOTHING)))
        self.scroll_home(animate=False)
