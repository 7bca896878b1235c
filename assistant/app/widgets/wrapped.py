"""A box to tick or choose whose words go on under themselves: Textual's own cuts off what does not fit in its line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Size

if TYPE_CHECKING:
    from textual.widgets._toggle_button import ToggleButton as Toggle
else:
    Toggle = object  # what is no widget leaves the styles of the one it is mixed into as they are

BESIDE = 5
"""Cells of the box itself, and of a space on either side of the words."""


class Wrapped(Toggle):
    """As many lines as it takes."""

    def render(self) -> Content:
        """The box, and the words beside it."""
        style = self.get_visual_style("toggle--label")
        lines = self._lines(self.content_size.width)
        first, *further = (line.rstrip().pad(1, 1).stylize_before(style) for line in lines)
        under = " " * (BESIDE - 2)
        return Content("\n").join(
            [Content.assemble(self._button, first), *(Content.assemble(under, line) for line in further)]
        )

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's
        """One row for each line."""
        return len(self._lines(width))

    def _lines(self, width: int) -> Sequence[Content]:
        return self._label.wrap(max(1, width - BESIDE)) or [self._label]
