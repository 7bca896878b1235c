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
from assistant.records.as_docx import NOTICE, right_to_left, writable
from assistant.records.blocks import Block, Bullets, Heading, Paragraph, Quote, Words, plain

_PAGE = Path(__file__).with_name("page.typ")
_NOT_SHOWN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_FONTS = ["Arial", "Liberation Sans", "DejaVu Sans", "Libertinus Serif"]


def pdf(content: list[Block], made: datetime) -> bytes:
    """The file."""
    title = next((plain(block.words) for block in content if isinstance(block, Heading)), "Record")
    data = {"title": title, "notice": NOTICE, "fonts": _FONTS, "blocks": [_block(block) for block in content]}
    return _typeset(json.dumps(data, ensure_ascii=False), int(made.astimezone(UTC).timestamp()))


def _typeset(document: str, timestamp: int) -> bytes:
    import typst  # 80 MB of library, mapped only when a PDF is written

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


def _paragraph(words: Words) -> dict[str, Any]:
    return {"words": _words(words), "rtl": right_to_left(plain(words))}


def _words(words: Words) -> list[dict[str, Any]]:
    return [{"text": writable(run.text), "bold": run.bold, "italic": run.italic, "line": run.line} for run in words]
