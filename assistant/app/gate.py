"""The one gate before the terminal: nothing that any widget draws can act on it, wherever the words came from.

A case name in a team's database, a file's name, a letter that was added: an escape sequence in any of them could
otherwise rewrite what is on somebody's screen. Textual takes five control characters out, and not the one that begins
a sequence.
"""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from assistant.language.plain_text import harmless


class Gate(LineFilter):
    """Takes out control characters and overrides of direction; none has a width, so nothing moves."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's signature
        """The segments of one line without them."""
        if all(harmless(segment.text) == segment.text for segment in segments):
            return segments
        return [segment if segment.control else Segment(harmless(segment.text), segment.style) for segment in segments]


GATE = Gate()
