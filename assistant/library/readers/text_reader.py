"""Text files and Markdown.

Owns the decoding, and what typed text needs before it is Markdown: bullets typed as signs, headings glued to the
paragraph below them. Markdown is passed on as it is.
"""

from __future__ import annotations

import re

from assistant.library.bullets import BULLETS, WEAK_BULLET, weak_bullets
from assistant.library.readers.pieces import Document, UnreadableError
from assistant.library.sections import looks_like_heading, section_of

_BULLET = re.compile(rf"^([ \t]*)[{BULLETS}](?:[ \t]+)", re.MULTILINE)
_DOUBTFUL = re.compile(r"(?:[–—−»›·~§¤]|o)[ \t]+\S")
_ESCAPED = re.compile(r"^(?P<before>[ \t]*)(?:\\(?P<sign>[-*+])|(?P<number>\d{1,3})\\\.)[ \t]+", re.MULTILINE)
_MARKED_UP = re.compile(r"^[ \t]*(?:#{1,6}[ \t]|\|.+\||\S.*\n(?:={3,}|-{3,})[ \t]*$)", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_LETTERED = re.compile(r"^[ \t]*\(?(?:[a-h]|i{1,3}|iv|v|vi)\)[ \t]+(?=\S)", re.MULTILINE)
_CHARSET = re.compile(
    rb"(?:<\?xml\b[^>]{0,200}?\bencoding|<meta\b[^>]{0,500}?\bcharset)\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE
)
_FEWEST_WIDE = 16
_MAC_APOSTROPHE = re.compile(rb"[a-z](?:\xd5)[a-z]|\xd2[A-Za-z][^\xd2\xd3]{1,400}\xd3|\s\xd0\s")
_WINDOWS_APOSTROPHE = re.compile(rb"[\x91-\x97]")
_SPOILED = re.compile("â€[™˜œ\x9d“”¦¢\u02dc\u2122\u0153]|Â[\xa0£©®·«»]|Ã[\xa0-\xbf©¨]")
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
    if wide := _without_its_mark(content):
        return _decoded_as(content, wide, name)
    if b"\x00" in content[:4096] or len(_CONTROL.findall(content[:4096].decode("latin-1"))) > 4:
        raise UnreadableError(f"“{name}” is not a text document; nothing was kept.")
    try:
        return _put_right(content.decode("utf-8"))
    except UnicodeDecodeError:
        named = _charset_named(content)
        return _decoded_as(content, named or ("mac_roman" if _is_mac_roman(content) else "cp1252"), name)


def _without_its_mark(content: bytes) -> str | None:
    """UTF-16 that lost its first two bytes: every other byte of English is zero."""
    start = content[:4096]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(start) > _FEWEST_WIDE and start[first::2].count(0) > 0.8 * len(start) / 2:
            return encoding
    return None


def _is_mac_roman(content: bytes) -> bool:
    """Whether an old Mac wrote it: its apostrophe is what Windows takes for an accented letter."""
    return len(_MAC_APOSTROPHE.findall(content)) > len(_WINDOWS_APOSTROPHE.findall(content))


def _put_right(text: str) -> str:
    """Text whose signs somebody decoded wrongly before ("â€™"), as it was written."""

    def written(match: re.Match[str]) -> str:
        try:
            return match[0].encode("cp1252").decode("utf-8")
        except UnicodeError:
            return match[0]

    return _SPOILED.sub(written, text)


def _charset_named(content: bytes) -> str | None:
    """What a page's `<meta charset>` or XML declaration says it is written in."""
    found = _CHARSET.search(content[:4096])
    charset = found[1].decode("ascii").lower().removeprefix("x-") if found else "utf-8"
    if charset.startswith("utf"):
        return None  # said in vain: it has been tried, or the words that say it could not have been read
    return "cp1252" if charset in _LATIN else charset


def read_text(content: bytes, name: str) -> Document:
    """A text file as somebody typed it."""
    return Document(typed(_normal_ends(decoded(content, name))))


def read_markdown(content: bytes, name: str) -> Document:
    """A Markdown file, without any front matter of its own; what that says of the document is kept."""
    text = _normal_ends(decoded(content, name))
    front = re.match(r"---\n(?P<said>.*?)\n(?:---|\.\.\.)\n", text, re.DOTALL)
    text = text[front.end() :] if front else text
    text = _ESCAPED.sub(lambda mark: f"{mark['before']}{mark['sign'] or mark['number'] + '.'} ", text)
    # What nobody marked up was typed: its headings and bullets are found as in a text file.
    text = _bullets_marked(text) if _MARKED_UP.search(text) else typed(text)
    told = _told(front["said"]) if front else {}
    date = re.match(r"(?:19|20)\d\d(?:-\d\d){0,2}", told.get("date", ""))
    return Document(text, title=told.get("title"), publisher=told.get("publisher"), published=date[0] if date else None)


def _told(front: str) -> dict[str, str]:
    """What a file's front matter says of it, in single lines; anything else in it is of no use here."""
    said = re.findall(
        r"^(title|publisher|date|published|author)[ \t]*:[ \t]*(.+?)[ \t]*$", front, re.MULTILINE | re.IGNORECASE
    )
    told = {key.lower(): value.strip("\"'") for key, value in said}
    return {**told, "date": told.get("date", told.get("published", ""))}


def typed(text: str) -> str:
    return _headings_apart(_LETTERED.sub("   - ", _bullets_marked(text)))


def _bullets_marked(text: str) -> str:
    """Typed bullets as Markdown writes them: sure signs, and doubtful ones where several lines begin with one."""
    lines = _BULLET.sub(r"\1- ", text).split("\n")
    bare = [line.lstrip() for line in lines]
    doubtful = [line if _DOUBTFUL.match(line) else "" for line in bare]
    weak = weak_bullets(doubtful)
    return "\n".join(
        line[: len(line) - len(bare[at])] + "- " + WEAK_BULLET.sub("", bare[at], count=1) if at in weak else line
        for at, line in enumerate(lines)
    )


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
