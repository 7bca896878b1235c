"""The points of a team review beside the conversation: where each stands, and what will be done about the gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.app.colours import MUTED
from assistant.conversation.point_list import PointLine, PointStanding

_CHIPS: dict[PointStanding, tuple[str, str]] = {
    "now": (" now ", "bold reverse"),
    "to come": (" · ", MUTED),
    "skipped": (" skipped ", MUTED),
    "in place": (" ✓ in place ", "$success"),
    "gap": (" ! ", "bold $warning"),
    "not ours": (" – not ours ", MUTED),
}


class PointsPanel(OptionList):
    """One line a point, cut where the panel ends, with a second for the plan."""

    DEFAULT_CSS = """
    PointsPanel {
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Change", tooltip="Change where we are with this point"),
    ]

    @dataclass
    class Chosen(Message):
        """The answer about a point is to be changed."""

        turn: int

    def __init__(self) -> None:
        super().__init__(id="points")
        self._points: tuple[PointLine, ...] = ()

    def show(self, points: Sequence[PointLine]) -> None:
        """As they stand now; the one on the table is highlighted."""
        self._points = tuple(points)
        self.set_options(Option(_line(point), id=str(point.number), disabled=point.turn is None) for point in points)
        now = next((place for place, point in enumerate(points) if point.standing == "now"), None)
        self.highlighted = now if now is not None and points[now].turn is not None else None
        if now is not None:
            self.call_after_refresh(self.scroll_to_highlight)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Hand it on."""
        event.stop()
        if (turn := self._points[event.option_index].turn) is not None:
            self.post_message(self.Chosen(turn))


def standing(points: Sequence[PointLine]) -> str:
    """Where we are in the list: "point 6 of 19", and how many gaps there are."""
    now = next((point.number for point in points if point.standing == "now"), None)
    gaps = sum(point.standing == "gap" for point in points)
    named = f", {gaps} gap{'' if gaps == 1 else 's'}" if gaps else ""
    return f"point {now} of {len(points)}{named}" if now else f"{len(points)} points{named}"


def _line(point: PointLine) -> Content:
    chip, style = _CHIPS[point.standing]
    said = f" ! {point.said} " if point.standing == "gap" else chip
    plan = Content.styled(f"\n   → {point.plan}", MUTED) if point.plan else Content()
    return Content.assemble(f"{point.number:>2} ", Content.styled(said, style), " ", " ".join(point.text.split()), plan)
