"""Text files and Markdown.

Owns the decoding, and what typed text needs before it is Markdown: bullets typed as signs, headings glued to the
paragraph below them. Markdown is passed on as it is.
"""

from __future__ import annotations

import re

from assistant.library.bullets import BULLETS
from assistant.library.readers.pieces import Document, UnreadableError
from assistant.library.sections import looks_like_heading, section_of

_BULLET = re.compile(rf"^([ \t]*)[{BULLETS}](?:[ \t]+)", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_LETTERED = re.compile(r"^[ \t]*\(?(?:[a-h]|i{1,3}|iv|v|vi)\)[ \t]+(?=\S)", re.MULTILINE)
_CHARSET = re.compile(
    rb"(?:<\?xml\b[^>]{0,200}?\bencoding|<meta\b[^>]{0,500}?\bcharset)\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE
)
_LATIN = frozenset({"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"})
"""Names that every browser takes for Windows-1252, because the pages that bear them are."""
_LONG_LINE = 60
"""A line under a heading that is longer than this is a paragraph."""


def decoded(content: bytes, name: str) -> str:
    """The text of a file: UTF-8 or UTF-16 where it is that, else what it says it is, else Windows-1252.

    Word still writes Windows-1252. A page that is UTF-8 and says otherwise has been saved again since it was written.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _decoded_as(content, encoding, name)
    if b"\x00" in content[:4096] or len(_CONTROL.findall(content[:4096].decode("latin-1"))) > 4:
        raise UnreadableError(f"“{name}” is not a text document; nothing was kept.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded_as(content, _charset_named(content) or "cp1252", name)


def _charset_named(content: bytes) -> str | None:
    """What a page's `<meta charset>` or XML declaration says it is written in."""
    found = _CHARSET.search(content[:4096])
    charset = found[1].decode("ascii").lower().removeprefix("x-") if found else "utf-8"
    if charset.startswith("utf"):
        return None  # said in vain: it has been tried, or the words that say it could not have been read
    return "cp1252" if charset in _LATIN else charset


def read_text(content: bytes, name: str) -> Document:
    """A text file as somebody typed it."""
    text = _normal_ends(decoded(content, name))
    return Document(_headings_apart(_LETTERED.sub("   - ", _BULLET.sub(r"\1- ", text))))


def read_markdown(content: bytes, name: str) -> Document:
    """A Markdown file, without any front matter of its own."""
    text = _normal_ends(decoded(content, name))
    front = re.match(r"---\n.*?\n---\n", text, re.DOTALL)
    return Document(text[front.end() :] if front else text)


def _decoded_as(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError) as error:
        raise UnreadableError(
            f"“{name}” holds bytes that are no text; open it, save it as UTF-8 and add it again."
        ) from error


def _normal_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _short_lines_apart(text: str) -> str:
    return re.sub(r"(?:^|(?<=\n\n))(?:[A-Z][^\n.;,]{0,58}(?:\n|\Z)){2,}(?=\n|\Z)", _apart, text)


def _apart(lines: re.Match[str]) -> str:
    return "\n\n".join(lines[0].rstrip("\n").split("\n")) + "\n"


def _headings_apart(text: str) -> str:
    """A blank line between a heading and a paragraph right under it, and between short lines such as a title page's."""
    lines = _short_lines_apart(text).split("\n")
    apart: list[str] = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        heads = len(line) < _LONG_LINE and after.strip() and looks_like_heading(line)
        section = section_of(line) if heads else None
        if section is not None and not section.subject and apart and apart[-1].endswith((".", "?", "!")):
            apart.append("")
        begins = not apart or not apart[-1].strip()
        apart.append(line)
        if section is not None and begins:
            sure = len(after) > _LONG_LINE or line.isupper() or section.kind is not None or section.standing
            apart += [""] if sure else []
    return "\n".join(apart)
