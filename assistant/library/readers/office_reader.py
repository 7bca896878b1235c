"""OpenDocument texts, presentations and rich text.

Owns the way from what the libraries of these kinds give to pieces. The libraries are extras: without one, a sentence
says what to install. Nothing of what the words say.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from assistant.library.readers.pieces import (
    Aside,
    Document,
    Piece,
    UnreadableError,
    markdown,
    table,
    with_typed_bullets,
)
from assistant.library.readers.text_reader import typed

EXTRA = "reflective-supervision[office]"
_RTF_BULLET = re.compile(r"\{\\(?:\*\\)?(?:pntext|listtext)\b[^{}]*\}")


def read_rich(content: bytes, name: str) -> Document:
    """A .rtf file."""
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError as error:
        raise _missing(name, "rich text (RTF)") from error
    source = _RTF_BULLET.sub(r"\\bullet  ", content.decode("latin-1"))
    try:
        text = str(rtf_to_text(source, errors="replace"))  # type: ignore[no-untyped-call]
    except (UnicodeError, ValueError, IndexError, KeyError) as error:
        raise UnreadableError(f"“{name}” is damaged or not rich text; save it as .docx and add that.") from error
    lines = [" ".join(line.split()) for line in text.splitlines()]
    apart = "\n".join(line if line.startswith("•") else f"\n{line}\n" for line in lines)
    return Document(typed(re.sub(r"\n{3,}", "\n\n", apart).strip() + "\n"))


def read_writer(content: bytes, name: str) -> Document:
    """A .odt file."""
    try:
        from odf.opendocument import load
    except ImportError as error:
        raise _missing(name, "an OpenDocument text") from error
    try:
        document = load(io.BytesIO(content))
        body = document.text
    except Exception as error:  # whatever a damaged file makes of it, the user can only save it again
        raise UnreadableError(f"“{name}” is damaged; open it, save it as .docx and add that.") from error
    walk = _Writer()
    walk.children(body, 0)
    title = next((str(each) for each in document.meta.childNodes if each.qname[1] == "title"), "")
    return Document(markdown(with_typed_bullets(walk.pieces)), title=title.strip() or None, asides=tuple(walk.asides))


class _Writer:
    """A walk over the elements of an OpenDocument text."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.asides: list[Aside] = []

    def children(self, element: Any, depth: int) -> None:
        for child in element.childNodes:
            if child.nodeType == child.ELEMENT_NODE:
                self._element(child, depth)

    def _element(self, element: Any, depth: int) -> None:
        match element.qname[1]:
            case "h":
                self._say(element, "heading", int(element.getAttribute("outlinelevel") or 1))
            case "p" if depth:
                self._say(element, "item", depth - 1)
            case "p":
                self._say(element, "paragraph", 0)
            case "list":
                self.children(element, depth + 1)
            case "table":
                self._table(element)
            case "tracked-changes":
                self.asides.append(Aside(_words(element), "taken out by a tracked change"))
            case _:
                self.children(element, depth)

    def _say(self, element: Any, kind: Any, level: int) -> None:
        words = _words(element)
        if words:
            self.pieces.append(Piece(kind, words, level))

    def _table(self, element: Any) -> None:
        rows = [
            [_words(cell) for cell in row.childNodes if cell.qname[1] in {"table-cell", "covered-table-cell"}]
            for row in _every(element, "table-row")
        ]
        rows = [row for row in rows if any(row)]
        if rows:
            self.pieces.append(table(rows[0], rows[1:]))


def _every(element: Any, name: str) -> Iterator[Any]:
    for child in element.childNodes:
        if child.nodeType != child.ELEMENT_NODE:
            continue
        if child.qname[1] == name:
            yield child
        else:
            yield from _every(child, name)


def _words(element: Any) -> str:
    parts: list[str] = []

    def gather(node: Any) -> None:
        for child in node.childNodes:
            if child.nodeType in {child.TEXT_NODE, child.CDATA_SECTION_NODE}:
                parts.append(str(child.data))
            elif child.qname[1] in {"s", "tab", "line-break"}:
                parts.append(" ")
            elif child.qname[1] not in {"note", "annotation"}:
                gather(child)
                parts.append(" " if child.qname[1] in {"p", "h"} else "")

    gather(element)
    return " ".join("".join(parts).split()).replace("|", "\\|")


def read_slides(content: bytes, name: str) -> Document:
    """A .pptx file: each slide's title heads what stands on it."""
    try:
        from pptx import Presentation
    except ImportError as error:
        raise _missing(name, "a presentation") from error
    try:
        shown = Presentation(io.BytesIO(content))
        slides = list(shown.slides)
    except Exception as error:  # whatever a damaged file makes of it, the user can only save it again
        raise UnreadableError(f"“{name}” is damaged; open it in PowerPoint, save it again and add that.") from error
    pieces: list[Piece] = []
    asides: list[Aside] = []
    pictures = 0
    for slide in slides:
        if slide._element.get("show") == "0":
            asides.append(Aside(" ".join(_slide_words(slide)), "a hidden slide"))
            continue
        title = slide.shapes.title
        if title is not None and title.text_frame.text.strip():
            pieces.append(Piece("heading", " ".join(title.text_frame.text.split()), 1 if not pieces else 2))
        for shape in sorted(slide.shapes, key=lambda shape: (shape.top or 0, shape.left or 0)):
            if title is None or shape.shape_id != title.shape_id:
                pictures += shape.shape_type == _PICTURE
                pieces += _shape(shape)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            notes = " ".join(slide.notes_slide.notes_text_frame.text.split())
            asides += [Aside(notes, "the speaker's notes")] if notes else []
    told = (f"{pictures} {'picture was' if pictures == 1 else 'pictures were'} not read.",) if pictures else ()
    return Document(
        markdown(with_typed_bullets(pieces)),
        title=(shown.core_properties.title or "").strip() or None,
        asides=tuple(asides),
        pages=len(slides),
        notices=told,
    )


_PICTURE = 13
"""What python-pptx calls a picture among shapes."""


def _slide_words(slide: Any) -> Iterator[str]:
    return (shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def _shape(shape: Any) -> Iterator[Piece]:
    if getattr(shape, "shapes", None) is not None:
        for inner in shape.shapes:
            yield from _shape(inner)
    elif getattr(shape, "has_table", False) and shape.has_table:
        rows = [[" ".join(cell.text.split()).replace("|", "\\|") for cell in row.cells] for row in shape.table.rows]
        yield table(rows[0], rows[1:])
    elif shape.has_text_frame:
        paragraphs = [each for each in shape.text_frame.paragraphs if each.text.strip()]
        for paragraph in paragraphs:
            kind: Any = "item" if len(paragraphs) > 1 or paragraph.level else "paragraph"
            yield Piece(kind, " ".join(paragraph.text.split()), paragraph.level if kind == "item" else 0)


def _missing(name: str, what: str) -> UnreadableError:
    return UnreadableError(f"“{name}” is {what}; install {EXTRA} to read it, or save it as .docx and add that.")
