"""A row of things to pick from: by mouse, or with the arrow keys and Enter. No letter picks one.

It is one stop for the keyboard, whatever it holds. Chips that appear while somebody may be typing are deaf for a
moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from assistant.app import timing


class Chip(Static):
    """One thing to pick."""

    def __init__(self, place: int, label: str) -> None:
        super().__init__(Content(f" {label} "))
        self._place = place

    def on_click(self, event: events.Click) -> None:
        """The same as moving here and pressing Enter."""
        event.stop()
        if isinstance(self.parent, Chips):
            self.parent.pick(self._place)


class Chips(Horizontal, can_focus=True):
    """The row."""

    DEFAULT_CSS = """
    Chips {
        height: auto;
        width: auto;
        max-width: 100%;
    }
    Chips Chip {
        width: auto;
        margin-right: 1;
        background: $panel;
        color: $foreground;
    }
    Chips:focus Chip.-at {
        text-style: bold reverse;
    }
    Chips.-deaf Chip {
        color: $muted;
    }
    Chips.-down {
        layout: vertical;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,down", "move(1)", "Next", show=False, tooltip="To the next thing to pick"),
        Binding("left,up", "move(-1)", "Previous", show=False, tooltip="To the previous one"),
        Binding("enter", "pick", "Pick", tooltip="Choose the highlighted one"),
    ]

    @dataclass
    class Picked(Message):
        """Somebody picked one."""

        chips: Chips
        name: str

        @property
        def control(self) -> Chips:
            """The row, for selectors."""
            return self.chips

    def __init__(
        self,
        offered: Sequence[tuple[str, str]],
        *,
        deaf: bool = False,
        down: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's name for it
    ) -> None:
        super().__init__(id=id, classes=" ".join(["-deaf"] * deaf + ["-down"] * down))
        self.offered = tuple(offered)
        self._at = 0

    def compose(self) -> ComposeResult:
        """The chips, in order."""
        for place, (_, label) in enumerate(self.offered):
            yield Chip(place, label)

    def on_mount(self) -> None:
        """Begin to listen, at once or after a moment."""
        self._mark()
        if self.has_class("-deaf"):
            self.set_timer(timing.DEAF_S, self.listen)

    def listen(self) -> None:
        """From now on it can be picked from."""
        self.remove_class("-deaf")

    def allow_focus(self) -> bool:
        """Nothing goes to a row that does not listen yet."""
        return not self.has_class("-deaf")

    def pick(self, place: int) -> None:
        """Pick one."""
        if not self.has_class("-deaf"):
            self._at = place
            self._mark()
            self.post_message(self.Picked(self, self.offered[place][0]))

    def action_move(self, by: int) -> None:
        """Mark another, round and round."""
        self._at = (self._at + by) % len(self.offered)
        self._mark()

    def action_pick(self) -> None:
        """Pick the marked one."""
        self.pick(self._at)

    def _mark(self) -> None:
        for place, chip in enumerate(self.query(Chip)):
            chip.set_class(place == self._at, "-at")
