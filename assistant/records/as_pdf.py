"""A document as PDF that screen readers can walk through: tagged, to PDF/UA-1, checked by the typesetter as it writes.

Typst, because it alone of those tried makes tagged PDF from a plain wheel: fpdf2 and ReportLab do not tag, and
WeasyPrint needs Pango from the system. It is given its words as data and a page of our own, so it reads no file and
opens no network.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.records.as_docx import NOTICE, right_to_left, writable
from assistant.records.blocks import Block, Bullets, Heading, Paragraph, Quote, Words, plain

_PAGE = Path(__file__).with_name("page.typ")
_FONTS = ["Arial", "Liberation Sans", "DejaVu Sans", "Libertinus Serif"]


def pdf(content: list[Block], made: datetime) -> bytes:
    """The file."""
    import typst  # 80 MB of library, mapped only when a PDF is written

    title = next((plain(block.words) for block in content if isinstance(block, Heading)), "Record")
    data = {"title": title, "notice": NOTICE, "fonts": _FONTS, "blocks": [_block(block) for block in content]}
    written = typst.compile(
        _PAGE.read_bytes(),
        format="pdf",
        sys_inputs={"document": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(made.astimezone(UTC).timestamp()),
    )
    return bytes(written)


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


def _paragraph(words: Words) -> dict[str, Any]:
    return {"words": _words(words), "rtl": right_to_left(plain(words))}


def _words(words: Words) -> list[dict[str, Any]]:
    return [{"text": writable(run.text), "bold": run.bold, "italic": run.italic, "line": run.line} for run in words]
