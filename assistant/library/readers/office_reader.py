"""Presentations and rich text.

Owns the way from what the libraries of these kinds give to pieces. The libraries are extras: without one, a sentence
says what to install. Nothing of what the words say.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from assistant.library.readers.kinds import missing
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

_ROW_BEGINS, _ROW_ENDS, _CELL_ENDS = "\ue0f1", "\ue0f2", "\ue0f3"
"""Stand for the marks of a table until its text is plain."""
_RTF_TABLE = (
    (re.compile(r"\\trowd\b"), rf"\\u{ord(_ROW_BEGINS)}? \\trowd"),
    (re.compile(r"\\cell(?![a-z])"), rf"\\u{ord(_CELL_ENDS)}?\\cell"),
    (re.compile(r"\\row(?![a-z])"), rf"\\u{ord(_ROW_ENDS)}?\\row"),
)
_RTF_ROWS = re.compile(rf"(?:{_ROW_BEGINS}[^{_ROW_ENDS}]*{_ROW_ENDS}[\s|]*)+")
_RTF_BULLET = re.compile(r"\{\\(?:\*\\)?(?:pntext|listtext)\b[^{}]*\}")


def read_rich(content: bytes, name: str) -> Document:
    """A .rtf file."""
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError as error:
        raise missing(name, "rich text (RTF)") from error
    source = _RTF_BULLET.sub(r"\\bullet  ", content.decode("latin-1"))
    for mark, stand_in in _RTF_TABLE:
        source = mark.sub(stand_in, source)
    try:
        text = str(rtf_to_text(source, errors="replace"))  # type: ignore[no-untyped-call]
    except (UnicodeError, ValueError, IndexError, KeyError) as error:
        raise UnreadableError(f"“{name}” is damaged or not rich text; save it as .docx and add that.") from error
    parts: list[str] = []
    at = 0
    for rows in _RTF_ROWS.finditer(text):
        parts += [_rtf_lines(text[at : rows.start()]), _rtf_table(rows[0])]
        at = rows.end()
    return Document("\n\n".join(part for part in [*parts, _rtf_lines(text[at:])] if part) + "\n")


def _rtf_lines(text: str) -> str:
    lines = [" ".join(line.split()) for line in text.splitlines()]
    apart = "\n".join(line if line.startswith("•") else f"\n{line}\n" for line in lines)
    return typed(re.sub(r"\n{3,}", "\n\n", apart).strip())


def _rtf_table(text: str) -> str:
    rows = [
        [" ".join(cell.replace("|", " ").replace(_ROW_BEGINS, " ").split()) for cell in row.split(_CELL_ENDS)[:-1]]
        for row in text.split(_ROW_ENDS)
    ]
    rows = [row for row in rows if any(row)]
    return table(rows[0], rows[1:]).text if rows else ""


def read_slides(content: bytes, name: str) -> Document:
    """A .pptx file: each slide's title heads what stands on it."""
    try:
        from pptx import Presentation
    except ImportError as error:
        raise missing(name, "a presentation") from error
    try:
        shown = Presentation(io.BytesIO(content))
        slides = list(shown.slides)
    except Exception as error:  # whatever a damaged file makes of it, the user can only save it again
        raise UnreadableError(f"“{name}” is damaged; open it in PowerPoint, save it again and add that.") from error
    pieces: list[Piece] = []
    asides: list[Aside] = []
    passed: Counter[str] = Counter()
    for slide in slides:
        if slide._element.get("show") == "0":
            asides.append(Aside(" ".join(_slide_words(slide)), "a hidden slide"))
            continue
        title = slide.shapes.title
        if title is not None and title.text_frame.text.strip():
            pieces.append(Piece("heading", " ".join(title.text_frame.text.split()), 1 if not pieces else 2))
        for shape in sorted(slide.shapes, key=lambda shape: (shape.top or 0, shape.left or 0)):
            if title is None or shape.shape_id != title.shape_id:
                passed.update(_wordless(shape))
                pieces += _shape(shape, lists=not _is_subtitle(shape))
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            notes = " ".join(slide.notes_slide.notes_text_frame.text.split())
            asides += [Aside(notes, "the speaker's notes")] if notes else []
    told = tuple(
        f"{passed[what]} {what} was not read." if passed[what] == 1 else f"{passed[what]} {what}s were not read."
        for what in sorted(passed)
    )
    return Document(
        markdown(with_typed_bullets(pieces)),
        title=(shown.core_properties.title or "").strip() or None,
        asides=tuple(asides),
        pages=len(slides),
        notices=told,
    )


_SUBTITLE = 4
"""What python-pptx calls the place under a title slide's title."""
_PICTURE = 13
"""What python-pptx calls a picture among shapes."""


def _wordless(shape: Any) -> Iterator[str]:
    """What a shape is that may hold words and none that are read."""
    if getattr(shape, "shapes", None) is not None:
        for inner in shape.shapes:
            yield from _wordless(inner)
    elif shape.shape_type == _PICTURE:
        yield "picture"
    elif not shape.has_text_frame and not getattr(shape, "has_table", False) and "graphicFrame" in shape._element.tag:
        yield "chart" if getattr(shape, "has_chart", False) else "diagram"


def _slide_words(slide: Any) -> Iterator[str]:
    return (shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def _is_subtitle(shape: Any) -> bool:
    """Whether a shape says on the first slide whose the slides are, and of when."""
    return bool(shape.is_placeholder) and shape.placeholder_format.type == _SUBTITLE


def _shape(shape: Any, *, lists: bool = True) -> Iterator[Piece]:
    if getattr(shape, "shapes", None) is not None:
        for inner in shape.shapes:
            yield from _shape(inner)
    elif getattr(shape, "has_table", False) and shape.has_table:
        rows = [[" ".join(cell.text.split()).replace("|", "\\|") for cell in row.cells] for row in shape.table.rows]
        yield table(rows[0], rows[1:])
    elif shape.has_text_frame:
        paragraphs = [each for each in shape.text_frame.paragraphs if each.text.strip()]
        for paragraph in paragraphs:
            kind: Any = "item" if lists and (len(paragraphs) > 1 or paragraph.level) else "paragraph"
            yield Piece(kind, " ".join(paragraph.text.split()), paragraph.level if kind == "item" else 0)
