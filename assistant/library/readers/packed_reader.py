"""Files that hold others: e-books, emails, web pages saved in one file, zip files.

Owns finding the document in them. What is not the document is named: other files, and attachments that are documents
are read for themselves. Nothing of what the words say.
"""

from __future__ import annotations

import email
import email.policy
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote

from assistant.library.readers.kinds import ENDINGS
from assistant.library.readers.pieces import Document, Piece, UnreadableError, markdown
from assistant.library.readers.text_reader import decoded, read_text
from assistant.library.readers.web_reader import page_pieces, read_page
from assistant.library.readers.xml_parts import parsed

_MOST_UNPACKED = 200_000_000
_MOST_FILES = 1_000
_MOSTLY = 0.3
"""Share of an email's words that its plain part has, if it is the same email."""


def read_book(content: bytes, name: str) -> Document:
    """An e-book: its chapters one after the other."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_bomb(archive, name)
            package = _package(archive)
            root = parsed(archive.read(package))
            folder = posixpath.dirname(package)
            items = {item.get("id"): item for item in root.iter("{*}item")}
            spine = [items[ref.get("idref")] for ref in root.iter("{*}itemref") if ref.get("idref") in items]
            pieces: list[Piece] = []
            for item in spine:
                path = posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
                if item.get("properties") != "nav" and path in archive.namelist():
                    pieces += page_pieces(decoded(archive.read(path), name))
            title = next((" ".join((each.text or "").split()) for each in root.iter("{*}title")), "")
            publisher = next((" ".join((each.text or "").split()) for each in root.iter("{*}publisher")), "")
            pictures = sum(str(item.get("media-type")).startswith("image/") for item in items.values())
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise UnreadableError(f"“{name}” is damaged or not an e-book; nothing was kept.") from error
    told = (f"{pictures} {'picture was' if pictures == 1 else 'pictures were'} not read.",) if pictures else ()
    return Document(markdown(pieces), title=title or None, publisher=publisher or None, notices=told)


def _package(archive: zipfile.ZipFile) -> str:
    container = parsed(archive.read("META-INF/container.xml"))
    return str(next(container.iter("{*}rootfile")).get("full-path"))


def read_mail(content: bytes, name: str) -> Document:
    """An email: what it says; the documents attached to it are added as files of their own."""
    message = _message(content)
    body = _body_of(message)
    if body is None:
        return Document("")
    said = body.get_content()
    heads = [f"{key}: {message[key]}" for key in ("From", "Sent", "Date", "Subject") if message[key]]
    if body.get_content_type() == "text/html":
        inner = read_page(said, name)
        text = inner.text
    else:
        text = read_text(said.encode(), name).text
    heads = [head.replace("Date:", "Sent:", 1) for head in heads]
    held = [part.get_filename() or "a file" for part in message.iter_attachments()]
    told = (f"{len(held)} attached: {', '.join(held)}.",) if held else ()
    return Document("\n".join(heads) + "\n\n" + text, title=str(message["Subject"] or "").strip() or None, notices=told)


def _body_of(message: EmailMessage) -> Any:
    """What an email says: its plain words, unless those only say that the rest needs another program."""
    plain, marked_up = message.get_body(("plain",)), message.get_body(("html",))
    if plain is None or marked_up is None:
        return plain or marked_up
    words = re.sub(r"<style\b.*?</style>|<[^>]*>", " ", marked_up.get_content(), flags=re.DOTALL).split()
    return plain if _MOSTLY * len(words) <= len(plain.get_content().split()) else marked_up


def read_web_archive(content: bytes, name: str) -> Document:
    """A page that a browser saved in one file, its style sheets with it."""
    parts = list(_message(content).walk())
    page = next((part for part in parts if part.get_content_type() == "text/html"), None)
    if page is None:
        raise UnreadableError(f"“{name}” holds no page to read; nothing was kept.")
    sheets: dict[str, str] = {}
    for part in parts:
        if part.get_content_type() == "text/css":
            said = _said(part).decode("utf-8", "replace")
            sheets[str(part["Content-Location"])] = said
            sheets[f"cid:{str(part['Content-ID']).strip('<>')}"] = said
    return read_page(decoded(_said(page), name), name, sheets.get)


def _said(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def files_in(content: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """The documents in a zip file or attached to an email, with their names; other files are passed over.

    Raises UnreadableError when it would unpack to more than any set of reviews.
    """
    if content.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                _refuse_bomb(archive, name)
                for entry in archive.infolist()[:_MOST_FILES]:
                    if _is_document(entry.filename):
                        yield posixpath.basename(entry.filename), archive.read(entry)
        except (zipfile.BadZipFile, RuntimeError) as error:
            raise UnreadableError(f"“{name}” is damaged or protected; unpack it and add what it holds.") from error
        return
    for part in _message(content).iter_attachments():
        given = part.get_filename()
        payload = part.get_payload(decode=True)
        if given and _is_document(given) and isinstance(payload, bytes):
            yield posixpath.basename(given.replace("\\", "/")), payload


def passed_over(content: bytes) -> list[str]:
    """The names of the files in a zip file that are not read; none where it cannot be opened, which adding it says."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [entry.filename for entry in archive.infolist()[:_MOST_FILES] if not _is_document(entry.filename)]
    except zipfile.BadZipFile:
        return []
    bare = [posixpath.basename(name) for name in names if "__MACOSX" not in name and not name.endswith("/")]
    return [name for name in bare if not name.startswith((".", "~$"))]


def _is_document(path: str) -> bool:
    name = posixpath.basename(path)
    ending = posixpath.splitext(name)[1].lower()
    return not path.endswith("/") and "__MACOSX" not in path and not name.startswith((".", "~$")) and ending in ENDINGS


def _refuse_bomb(archive: zipfile.ZipFile, name: str) -> None:
    if sum(entry.file_size for entry in archive.infolist()) > _MOST_UNPACKED:
        raise UnreadableError(f"“{name}” would unpack to more than 200 MB; it was not opened.")


def _message(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message
