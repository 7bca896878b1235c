"""Bars for people who would rather look: each with its number in words, so that nothing is said by a picture alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from assistant.app.colours import MUTED

LONGEST = 20
LEAST = 6
"""Cells of the longest bar where there is room, and where there is little."""


@dataclass(frozen=True)
class Bar:
    """One row of a picture."""

    name: str
    count: int
    says: str
    """The count in words."""


def drawn(bars: Sequence[Bar], width: int) -> Content:
    """The bars, the longest for the largest count; where a row does not fit, its name stands on a line of its own."""
    names = max((len(bar.name) for bar in bars), default=0)
    said = max((len(bar.says) for bar in bars), default=0)
    room = width - names - said - 3
    beside = room >= LEAST
    longest = min(LONGEST, room if beside else width - said - 3)
    most = max(1, *(bar.count for bar in bars)) if bars else 1

    def row(bar: Bar) -> Content:
        length = max(1, round(max(LEAST, longest) * bar.count / most)) if bar.count else 0
        name = Content(f"{bar.name:<{names}}  ") if beside else Content(f"{bar.name}\n  ")
        block = Content.styled("█" * length, "$primary")
        says = bar.says
        if not beside and length + 3 + len(says) > width:
            says = "\n  " + "\n  ".join(
                wrap(says, max(LEAST, width - 2), break_long_words=False, break_on_hyphens=False)
            )
        gap = " " if length and says == bar.says else ""
        return Content.assemble(name, block, gap, Content.styled(says, MUTED))

    return Content("\n").join(row(bar) for bar in bars)


class Bars(Static):
    """Bars that fit themselves to the width they have."""

    def __init__(self, bars: Sequence[Bar]) -> None:
        super().__init__()
        self._bars = tuple(bars)

    def on_resize(self, event: Resize) -> None:
        """Draw them again."""
        self.update(drawn(self._bars, event.size.width))
