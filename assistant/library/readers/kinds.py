"""What kind of file a file is, by what it holds.

Owns the first bytes and the names inside archives by which kinds are known, and what is said of the kinds that cannot
be read. An ending is only believed of text, which shows nothing of itself.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from assistant.library.readers.pieces import UnreadableError

Kind = Literal[
    "pdf", "word", "page", "markdown", "text", "rich", "writer", "slides", "book", "mail", "web-archive", "zip"
]

EXTRA = "reflective-supervision[office]"
ENDINGS: dict[str, Kind] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".docx": "word",
    ".docm": "word",
    ".dotx": "word",
    ".pdf": "pdf",
    ".rtf": "rich",
    ".odt": "writer",
    ".pptx": "slides",
    ".epub": "book",
    ".eml": "mail",
    ".mht": "web-archive",
    ".mhtml": "web-archive",
    ".zip": "zip",
}
"""The endings that are looked for in a folder."""
NAMES: dict[Kind, str] = {
    "pdf": "a PDF",
    "word": "a Word document",
    "page": "a web page",
    "markdown": "a text document",
    "text": "a text document",
    "rich": "rich text",
    "writer": "an OpenDocument text",
    "slides": "a presentation",
    "book": "an e-book",
    "mail": "an email",
    "web-archive": "a saved web page",
    "zip": "a zip file",
}
_WAYS_OUT = {
    ".doc": "is an old Word document; open it in Word, save it as .docx and add that.",
    ".dot": "is an old Word document; open it in Word, save it as .docx and add that.",
    ".wps": "is an old Works document; open it in Word, save it as .docx and add that.",
    ".msg": "is a message as Outlook keeps it; open it in Outlook, save it as text or as .eml and add that.",
    ".pages": "is a Pages document; open it in Pages, export it as Word or PDF and add that.",
    ".ppt": "is an old presentation; open it in PowerPoint, save it as .pptx and add that.",
    ".pub": "is a Publisher document; open it in Publisher, export it as PDF and add that.",
    ".xls": "is a spreadsheet; save the sheet with the learning as .html or PDF and add that.",
    ".xlsx": "is a spreadsheet; save the sheet with the learning as .html or PDF and add that.",
    ".ods": "is a spreadsheet; save the sheet with the learning as .html or PDF and add that.",
    ".gdoc": "is only a link to Google Docs; open it there, download it as Word or PDF and add that.",
    ".gslides": "is only a link to Google Slides; open it there, download it as PDF and add that.",
    ".url": "is only a link; open it, save the page or the document and add that.",
    ".webloc": "is only a link; open it, save the page or the document and add that.",
    ".lnk": "is only a shortcut; add the document that it leads to.",
    ".icloud": "has not been downloaded from iCloud yet; open it once and add it again.",
    ".png": "is a picture; save it as PDF and add that, and its words are read where Tesseract is installed.",
    ".jpg": "is a picture; save it as PDF and add that, and its words are read where Tesseract is installed.",
    ".jpeg": "is a picture; save it as PDF and add that, and its words are read where Tesseract is installed.",
    ".tif": "is a picture; save it as PDF and add that, and its words are read where Tesseract is installed.",
    ".tiff": "is a picture; save it as PDF and add that, and its words are read where Tesseract is installed.",
}
_MAIL = re.compile(rb"(?:^[A-Za-z][A-Za-z0-9-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.MULTILINE)
_MIME = re.compile(rb"^MIME-Version:\s*1", re.MULTILINE | re.IGNORECASE)


def way_out(name: str, ending: str, content: bytes) -> str | None:
    """What to do with a file of a kind that is not read; None for one that is."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if "__substg1.0_".encode("utf-16-le") in content:
            return f"“{name}” {_WAYS_OUT['.msg']}"
        if ending in {".ppt", ".xls", ".pub", ".msg"}:
            return f"“{name}” {_WAYS_OUT[ending]}"
        return f"“{name}” is an old or password-protected Word document; save it in Word as .docx without a password."
    if content.startswith(b"PK\x03\x04") and b"Index/Document.iwa" in content:
        return f"“{name}” {_WAYS_OUT['.pages']}"
    if ending in _WAYS_OUT and kind_shown(content) in {None, "zip"}:
        return f"“{name}” {_WAYS_OUT[ending]}"
    return None


def missing(name: str, what: str) -> UnreadableError:
    """What to say of a kind whose library is not installed."""
    return UnreadableError(f"“{name}” is {what}; install {EXTRA} to read it, or save it as .docx and add that.")


def kind_shown(content: bytes) -> Kind | None:
    """What a file's content shows it to be; None for text, which shows nothing, and for a damaged archive."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start.startswith(b"{\\rtf"):
        return "rich"
    if start.startswith(b"PK\x03\x04"):
        return _kind_packed(content)
    wide = re.sub(rb"\x00", b"", start[:512]).lstrip(b"\xff\xfe \r\n").lower()
    if wide.startswith((b"<!doctype html", b"<html")) or (wide.startswith(b"<?xml") and b"<html" in wide):
        return "page"
    if _MIME.search(content[:8192]) and _MAIL.match(content[:8192].replace(b"\r\n", b"\n")):
        archived = b"multipart/related" in content[:8192] and b"text/html" in content[:8192]
        return "web-archive" if archived and b"\nTo:" not in content[:8192] else "mail"
    return None


def _kind_packed(content: bytes) -> Kind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            held = set(archive.namelist())
            told = archive.read("mimetype").strip() if "mimetype" in held else b""
    except (zipfile.BadZipFile, OSError, RuntimeError):
        return None
    if told.startswith(b"application/vnd.oasis.opendocument.text"):
        return "writer"
    if told == b"application/epub+zip" or "META-INF/container.xml" in held:
        return "book"
    if any(name.startswith("word/") for name in held) and "[Content_Types].xml" in held:
        return "word"
    return "slides" if "ppt/presentation.xml" in held else "zip"
