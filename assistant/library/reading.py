"""A file of any kind, read.

Owns which reader a file needs and the faults that show before any reader is asked: not there, empty, too large, an
ending that does not fit what is inside.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from assistant.library.readers.pdf import read_pdf
from assistant.library.readers.pieces import Document, Progress, UnreadableError
from assistant.library.readers.plain import decoded, read_markdown, read_text
from assistant.library.readers.web import read_page
from assistant.library.readers.word import read_word

FORMATS = frozenset({".md", ".txt", ".html", ".htm", ".docx", ".pdf"})
LARGEST = 100_000_000
"""Bytes; a report of a thousand pages with pictures has a third of this."""
LARGEST_TEXT = 20_000_000

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
"""What could move a terminal's cursor or turn a line around; no reader of a page has ever seen it."""

_AS_TYPED = str.maketrans(
    {"\f": "\n", "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
)
"""Signs that printing makes of letters: nobody who searches for "conflict" types a ligature."""

_KINDS = {".md": "text", ".txt": "text", ".html": "page", ".htm": "page", ".docx": "word", ".pdf": "pdf"}
_SAID = {"word": ("a Word document", ".docx"), "pdf": ("a PDF", ".pdf"), "page": ("a web page", ".html")}


def read_file(path: Path, progress: Progress | None = None) -> Document:
    """Read a document by its ending, once its content has been seen to fit.

    Raises UnreadableError with one sentence that says what to do.
    """
    name, ending = path.name, path.suffix.lower()
    if ending not in FORMATS:
        raise UnreadableError(
            f"“{name}” is not a kind of document that can be read; use .md, .txt, .html, .docx or .pdf."
        )
    content = _content(path)
    seen = _seen(content)
    if seen == "old-word":
        raise UnreadableError(
            f"“{name}” is an old or password-protected Word document; save it in Word as .docx without a password."
        )
    if seen is not None and seen != _KINDS[ending] and not (seen == "page" and ending == ".md"):
        what, right = _SAID[seen]
        raise UnreadableError(f"“{name}” is really {what}; rename it to end in {right} and add it again.")
    if seen is None and _KINDS[ending] in {"word", "pdf"}:
        what, _ = _SAID[_KINDS[ending]]
        raise UnreadableError(f"“{name}” is damaged or not {what}; nothing was kept.")
    document = _read(ending, content, name, progress)
    document = replace(document, text=_UNPRINTABLE.sub("", document.text.translate(_AS_TYPED)))
    if not document.text.strip():
        raise UnreadableError(f"“{name}” holds no text; nothing was kept.")
    return document


def _read(ending: str, content: bytes, name: str, progress: Progress | None) -> Document:
    match _KINDS[ending]:
        case "pdf":
            return read_pdf(content, name, progress)
        case "word":
            return read_word(content, name)
        case "page":
            return read_page(decoded(content, name), name)
        case _:
            return read_markdown(content, name) if ending == ".md" else read_text(content, name)


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        limit = LARGEST if _KINDS[path.suffix.lower()] in {"pdf", "word"} else LARGEST_TEXT
        if size > limit:
            raise UnreadableError(f"“{path.name}” is larger than {limit // 1_000_000} MB; add it in parts.")
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableError(f"There is no file “{path}”.") from error
    except IsADirectoryError as error:
        raise UnreadableError(f"“{path}” is a folder, not a document.") from error
    except OSError as error:
        raise UnreadableError(f"“{path.name}” cannot be read ({error.strerror}).") from error
    if not content.strip():
        raise UnreadableError(f"“{path.name}” is empty; nothing was kept.")
    return content


def _seen(content: bytes) -> str | None:
    """What the first bytes show a file to be; None for text, which shows nothing."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return "word"
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return "old-word"
    if start[:256].lower().startswith((b"<!doctype html", b"<html")):
        return "page"
    return None
