"""A file of any kind, read.

Owns which reader a file needs and the faults that show before any reader is asked: not there, empty, too large, of a
kind that is not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from assistant.library.readers.kinds import ENDINGS, NAMES, Kind, kind_shown, way_out
from assistant.library.readers.office_reader import read_rich, read_slides
from assistant.library.readers.packed_reader import read_book, read_mail, read_web_archive
from assistant.library.readers.pdf_reader import read_pdf
from assistant.library.readers.pieces import Document, Progress, UnreadableError
from assistant.library.readers.text_reader import decoded, read_markdown, read_text
from assistant.library.readers.web_reader import read_page
from assistant.library.readers.word_reader import read_word
from assistant.library.readers.writer_reader import read_writer

FORMATS = frozenset(ENDINGS)
LARGEST = 100_000_000
"""Bytes; a report of a thousand pages with pictures has a third of this."""
LARGEST_TEXT = 20_000_000
LARGEST_SHEET = 2_000_000

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""What could move a terminal's cursor or turn a line around, and what has no width: no reader has ever seen it."""

_AS_TYPED = str.maketrans(
    {"\f": "\n", "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
)
"""Signs that printing makes of letters: nobody who searches for "conflict" types a ligature."""

_PACKED: frozenset[Kind] = frozenset({"word", "pdf", "writer", "slides", "book", "zip", "mail", "web-archive"})


def read_file(path: Path, progress: Progress | None = None) -> Document:
    """Read a document by what it holds; only of text the ending is believed.

    Raises UnreadableError with one sentence that says what to do.
    """
    name, ending = path.name, path.suffix.lower()
    content = _content(path)
    refused = way_out(name, ending, content)
    if refused is not None:
        raise UnreadableError(refused)
    shown = kind_shown(content)
    expected = ENDINGS.get(ending)
    if shown is None and expected is None:
        raise UnreadableError(
            f"“{name}” is not a kind of document that can be read; save it as .docx or PDF and add that."
        )
    if shown is None and expected in _PACKED:
        raise UnreadableError(f"“{name}” is damaged or not {NAMES[expected]}; nothing was kept.")
    if shown == "zip" and expected not in {"zip", None}:
        raise UnreadableError(f"“{name}” is not {NAMES[expected]}; nothing was kept.")
    if shown == "rich" and expected == "text":
        raise UnreadableError(
            f"“{name}” is really rich text (RTF); save it as .docx, or let its name end in .rtf, and add it again."
        )
    kind = expected if shown == "page" and expected == "markdown" else shown or expected
    assert kind is not None
    document = _read(kind, content, path, progress)
    document = replace(document, text=_UNPRINTABLE.sub("", document.text.translate(_AS_TYPED)), original=content)
    if not document.text.strip():
        raise UnreadableError(f"“{name}” holds no text; nothing was kept.")
    return document


def _read(kind: Kind, content: bytes, path: Path, progress: Progress | None) -> Document:  # noqa: PLR0911  # one a kind
    name = path.name
    match kind:
        case "pdf":
            return read_pdf(content, name, progress)
        case "word":
            return read_word(content, name)
        case "page":
            return read_page(decoded(content, name), name, _saved_beside(path))
        case "rich":
            return read_rich(content, name)
        case "writer":
            return read_writer(content, name)
        case "slides":
            return read_slides(content, name)
        case "book":
            return read_book(content, name)
        case "mail":
            return read_mail(content, name)
        case "web-archive":
            return read_web_archive(content, name)
        case "zip":
            raise UnreadableError(f"“{name}” is a zip file without any document that can be read.")
        case "markdown":
            return read_markdown(content, name)
        case _:
            return read_text(content, name)


def _saved_beside(page: Path) -> Callable[[str], str | None]:
    """The style sheets that a browser saved in a folder beside a page; nothing outside that folder, nothing fetched."""
    folder = page.parent.resolve()

    def sheet(address: str) -> str | None:
        if re.match(r"[a-z][a-z0-9+.-]*:|/", address, re.IGNORECASE):
            return None
        try:
            file = (folder / unquote(address.split("?")[0].split("#")[0])).resolve()
            if not file.is_relative_to(folder) or not file.is_file() or file.stat().st_size > LARGEST_SHEET:
                return None
            return file.read_text(encoding="utf-8", errors="replace")
        except (OSError, ValueError):
            return None

    return sheet


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        limit = LARGEST if ENDINGS.get(path.suffix.lower()) in _PACKED else LARGEST_TEXT
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
