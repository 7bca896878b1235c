"""What every reader delivers: a document as a run of pieces, and how they are written as Markdown.

Owns the one spelling of a document that the parser reads, so that the same text is cut the same way whether it came
as a Word file, a PDF or a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.errors import ReflectError
from assistant.library.bullets import WEAK_BULLET, weak_bullets

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
    notices: tuple[str, ...] = ()
    """What the file holds and nobody read, one sentence each, with numbers."""
    doubtful: tuple[str, ...] = ()
    """Paragraphs read from a picture, as they stand in the text."""
    publisher: str | None = None
    """As the file's own front matter or properties name it."""
    published: str | None = None
    holds: Callable[[str], bool] | None = None
    """Whether words stand together in the file by another reading of it, where the reader has made one."""
    original: bytes = b""


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


def with_typed_bullets(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with those paragraphs as items that somebody typed a bullet before."""
    weak = weak_bullets([piece.text if piece.kind == "paragraph" else "" for piece in pieces])
    return [
        replace(piece, kind="item", text=WEAK_BULLET.sub("", piece.text, count=1)) if at in weak else piece
        for at, piece in enumerate(pieces)
    ]


def cell(pieces: Iterable[Piece]) -> str:
    """Pieces as one cell of a table: words, or HTML where there are several paragraphs or a list."""
    found = [(piece, piece.text.replace("**", "").replace("|", "\\|")) for piece in pieces]
    if len(found) == 1 and found[0][0].kind != "item":
        return found[0][1]
    return "".join(
        f"{'<ul>' * (piece.level + 1)}<li>{text}</li>{'</ul>' * (piece.level + 1)}"
        if piece.kind == "item"
        else f"<p>{text}</p>"
        for piece, text in found
    )


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Piece:
    """A table as Markdown; its rows may be shorter than its head."""
    width = len(header)
    return Piece("table", "\n".join(_row(row, width) for row in (header, ["--"] * width, *rows)))


def _row(cells: Sequence[str], width: int) -> str:
    return "| " + " | ".join([*cells, *[""] * (width - len(cells))]) + " |"


def _plain_start(text: str) -> str:
    """A paragraph whose first sign Markdown would take for its own gets a backslash before it."""
    return _OPENS_MARKDOWN.sub(r"\\", text, count=1) if _OPENS_MARKDOWN.match(text) else text
