"""A document as PDF that screen readers can walk through: tagged, to PDF/UA-1, checked by the typesetter as it writes.

Typst, because it alone of those tried makes tagged PDF from a plain wheel: fpdf2 and ReportLab do not tag, and
WeasyPrint needs Pango from the system. It is given its words as data and a page of our own, so it reads no file and
opens no network.

PDF/UA lets no character in that no font of this machine can show. Such a one, most often an emoji, is put in words:
a record with "[ambulance]" in it is better than none.
"""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.errors import ReflectError
from assistant.export.document_blocks import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Picture,
    Quote,
    Table,
    Words,
    plain,
    with_what_follows,
)
from assistant.export.docx_writer import NOTICE, right_to_left, shares, writable

_PAGE = Path(__file__).with_name("page.typ")
_NOT_SHOWN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_FONTS = ["Arial", "Liberation Sans", "DejaVu Sans", "Libertinus Serif"]


def pdf(content: list[Block], made: datetime, notice: str = NOTICE) -> bytes:
    """The file."""
    title = next((plain(block.words) for block in content if isinstance(block, Heading)), "Record")
    blocks = [_block(block) | {"sticky": stays} for block, stays in with_what_follows(content)]
    data = {"title": title, "notice": notice, "fonts": _FONTS, "blocks": blocks}
    return _typeset(json.dumps(data, ensure_ascii=False), int(made.astimezone(UTC).timestamp()))


def _typeset(document: str, timestamp: int) -> bytes:
    try:
        import typst  # 77 MB of library, installed for those who want it and mapped only when a PDF is written
    except ImportError as error:
        raise ReflectError(
            "PDF needs one more package, typst, which is not here. Word and the web page hold the same document."
        ) from error

    in_words: dict[int, str] = {}
    while True:
        try:
            written = typst.compile(
                _PAGE.read_bytes(),
                format="pdf",
                sys_inputs={"document": document.translate(in_words)},
                pdf_standards=["ua-1"],
                timestamp=timestamp,
            )
            return bytes(written)
        except typst.TypstError as error:
            unshown = set("".join(_NOT_SHOWN.findall(_ESCAPED.sub(_unescaped, str(error.diagnostic)))))
            more = {ord(letter): _in_words(letter) for letter in unshown - set(map(chr, in_words)) if letter > "~"}
            if not more:
                raise ReflectError(
                    "The PDF could not be made; nothing is lost, and --format docx writes the same document."
                ) from error
            in_words |= more


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def _in_words(letter: str) -> str:
    if unicodedata.category(letter)[0] in "CM":
        return ""  # joins or colours what stands before it
    return f"[{unicodedata.name(letter, f'U+{ord(letter):04X}').lower()}]"


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(level=1, words=words):
            return {"kind": "title", "words": _words(words)}
        case Heading(level=level, words=words):
            return {"kind": "heading", "level": level - 1, "words": _words(words)}
        case Paragraph(words=words):
            return {"kind": "paragraph", **_paragraph(words)}
        case Quote(paragraphs=paragraphs):
            return {"kind": "quote", "paragraphs": [_paragraph(words) for words in paragraphs]}
        case Bullets(items=items):
            return {"kind": "bullets", "items": [_words(words) for words in items]}
        case Picture(svg=svg, width=width, in_words=in_words):
            return {"kind": "picture", "svg": svg, "width": width, "in_words": in_words.splitlines()}
        case Table(headings=headings, rows=rows):
            return {
                "kind": "table",
                "shares": shares(headings, rows),
                "headings": [_words(words) for words in headings],
                "cells": [_words(words) for row in rows for words in row],
            }


def _paragraph(words: Words) -> dict[str, Any]:
    return {"words": _words(words), "rtl": right_to_left(plain(words))}


def _words(words: Words) -> list[dict[str, Any]]:
    return [{"text": writable(run.text), "bold": run.bold, "italic": run.italic, "line": run.line} for run in words]


def png(svg: str) -> bytes | None:
    """A drawing as a bitmap, for files that hold no SVG; nothing where there is no typesetter."""
    try:
        import typst
    except ImportError:
        return None
    page = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
    return bytes(typst.compile(page, format="png", ppi=150.0, sys_inputs={"svg": svg}))
