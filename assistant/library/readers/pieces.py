"""What every reader delivers: a document as a run of pieces, and how they are written as Markdown.

Owns the one spelling of a document that the parser reads, so that the same text is cut the same way whether it came
as a Word file, a PDF or a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from assistant.errors import ReflectError

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
Progress = Callable[[int, int], None]
"""Called with the pages done and the pages there are."""

_OPENS_MARKDOWN = re.compile(r"(?=[#>=+|<-](?:\s|[a-zA-Z/!]|$)|-{3,}|={3,}|~{3,}|`{3,})")
_DEEPEST = 6


class UnreadableError(ReflectError):
    """A file that cannot be read as a document; the sentence says what to do about it."""


@dataclass(frozen=True)
class Piece:
    """One piece of a document, its words as a reader sees them."""

    kind: Literal["heading", "paragraph", "item", "note", "table"]
    text: str
    level: int = 0
    """Of a heading, from 1; of an item, how many items it stands inside; of a note, its number. A table is Markdown
    already."""


@dataclass(frozen=True)
class Aside:
    """Something a reader saw and did not deliver."""

    text: str
    reason: str


@dataclass(frozen=True)
class Document:
    """A file, read."""

    text: str
    """Its words as Markdown."""
    title: str | None = None
    """As the file names itself."""
    asides: tuple[Aside, ...] = ()
    pages: int | None = None


def markdown(pieces: Iterable[Piece]) -> str:
    """The pieces as Markdown."""
    lines: list[str] = []
    before = ""
    for piece in pieces:
        text = piece.text if piece.kind == "table" else " ".join(piece.text.split())
        if not text:
            continue
        if lines and not (piece.kind == before == "item"):
            lines.append("")
        match piece.kind:
            case "heading":
                lines.append("#" * min(piece.level, _DEEPEST) + " " + text)
            case "item":
                lines.append("  " * piece.level + "- " + _plain_start(text))
            case "note":
                lines.append(f"{str(piece.level).translate(SUPERSCRIPTS)} {text}")
            case "table":
                lines.append(text)
            case _:
                lines.append(_plain_start(text))
        before = piece.kind
    return "\n".join(lines) + "\n"


def _plain_start(text: str) -> str:
    """A paragraph whose first sign Markdown would take for its own gets a backslash before it."""
    return _OPENS_MARKDOWN.sub(r"\\", text, count=1) if _OPENS_MARKDOWN.match(text) else text
