"""What can be done with the question on the table, in one row above the footer.

The footer has the keys of the part in hand; this has what has no key, for the mouse and for Tab.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from assistant.app.widgets.chips import Chips

BETWEEN = " · "
"""What stands between the parts of the quiet line."""
AROUND_A_CHIP = 3
"""Cells that one takes beside its words."""


class WaysRow(Horizontal):
    """Some things to pick, and beside them a quiet line."""

    DEFAULT_CSS = """
    WaysRow {
        height: 1;
        padding: 0 2;
    }
    WaysRow > Static {
        color: $muted;
        width: 1fr;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    def __init__(self) -> None:
        super().__init__(id="ways")
        self._offered: tuple[tuple[str, str], ...] = ()
        self._says = ""

    def compose(self) -> ComposeResult:
        """Nothing to pick yet."""
        yield Static(id="usual")

    def say(self, sentence: str) -> None:
        """The quiet line; of its parts as many as there is room for."""
        self._says = sentence
        self._show()

    def on_resize(self) -> None:
        """There may be room for more, or for less."""
        self._show()

    def _show(self) -> None:
        taken = sum(len(label) + AROUND_A_CHIP for _, label in self._offered)
        first, *parts = self._says.split(BETWEEN)
        for part in parts:
            longer = f"{first}{BETWEEN}{part}"
            if len(longer) > self.size.width - taken:
                break
            first = longer
        self.query_one("#usual", Static).update(Content(first))

    async def offer(self, offered: Sequence[tuple[str, str]]) -> None:
        """What can be picked now; the row is drawn anew only where that has changed."""
        if tuple(offered) == self._offered:
            return
        self._offered = tuple(offered)
        await self.query(Chips).remove()
        if offered:
            await self.mount(Chips(offered, id="ways-on"), before=0)
        self._show()
