"""A second reading of a document, by which a quotation is proven against the file it came from.

Owns the comparison: the letters of a point must stand together in the original, read another way than the text that the
point was cut from. A PDF is read in the order in which its program drew the words, other files as the bare words in
them. Where a column, a page or a table's row ends, a sentence may go on in the next; nowhere else.
"""

from __future__ import annotations

import io
import re
import zipfile
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from assistant.library.points import reading_text
from assistant.library.readers.kinds import kind_shown
from assistant.library.readers.pdf_content import PageContent, Segment
from assistant.library.readers.pdf_page import read_page

_NOT_A_LETTER = re.compile(r"[\W_⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_DIGITS = re.compile(r"\d+")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "µ": "μ"})
_ENTITY = re.compile(r"<[^>]*>")
_MOST_PARTS = 12
"""Lines of a table's cell that are drawn row by row."""
_MOST_PLACES = 40
"""Places in which a sentence's first words are looked for."""
_BEGINS = 10
"""Letters by which a place is looked for."""
_TOGETHER = 6.0
"""Points by which the edges of two lines of one column may differ without touching."""


def letters_of(text: str) -> str:
    """What is compared: letters and digits, whatever stands between them."""
    return _NOT_A_LETTER.sub("", text.translate(_LIGATURES)).casefold()


@dataclass(frozen=True)
class PlainWitness:
    """The bare words of a file."""

    text: str

    def holds(self, quotation: str) -> bool:
        letters = letters_of(reading_text(quotation))
        return letters in self._letters or _DIGITS.sub("", letters) in self._without_digits

    @cached_property
    def _letters(self) -> str:
        return letters_of(self.text)

    @cached_property
    def _without_digits(self) -> str:
        """A note's number stands in the words of some files and not in those of others."""
        return _DIGITS.sub("", self._letters)


class DrawnWitness:
    """The words of a PDF as they were drawn, and where."""

    def __init__(self, pages: Iterable[PageContent]) -> None:
        drawn: list[tuple[int, Segment]] = []
        for page in pages:
            drawn += ((page.number, segment) for segment in sorted(page.segments, key=lambda segment: segment.start))
            drawn += ((page.number, _as_segment(words)) for words, _ in page.fields)
        said = [(number, segment, _DIGITS.sub("", letters_of(segment.text))) for number, segment in drawn]
        self._parts = [part for part in said if part[2]]
        self._starts: list[int] = []
        self._text = ""
        pieces: list[str] = []
        at = 0
        for _, _, letters in self._parts:
            self._starts.append(at)
            pieces.append(letters)
            at += len(letters)
        self._text = "".join(pieces)
        self._begun: dict[str, list[int]] = {}
        for number, (_, _, letters) in enumerate(self._parts):
            self._begun.setdefault(letters[:1], []).append(number)

    def holds(self, quotation: str) -> bool:
        letters = _DIGITS.sub("", letters_of(reading_text(quotation)))
        if letters in self._text:
            return True
        at = self._text.find(letters[:_BEGINS])
        for _ in range(_MOST_PLACES):
            if at < 0:
                return False
            if self._goes_on(letters, at):
                return True
            at = self._text.find(letters[:_BEGINS], at + 1)
        return False

    def _goes_on(self, letters: str, at: int) -> bool:
        """Whether the letters begin at a place and go on wherever a line may go on."""
        part = bisect_left(self._starts, at + 1) - 1
        within = at - self._starts[part]
        rest = self._parts[part][2][within:]
        if letters.startswith(rest):
            return self._continued(letters[len(rest) :], part, _MOST_PARTS)
        return rest.startswith(letters)

    def _continued(self, letters: str, part: int, left: int) -> bool:
        if not letters:
            return True
        if left == 0:
            return False
        for after in self._followers(part):
            words = self._parts[after][2]
            if words.startswith(letters):
                return True
            # Lines drawn one after the other cost no step: only leaps are counted.
            steps = left if after == part + 1 else left - 1
            if letters.startswith(words) and self._continued(letters[len(words) :], after, steps):
                return True
        return False

    def _followers(self, part: int) -> Iterable[int]:
        """The parts that a line may go on in: the one drawn next, the next below it, the heads of columns and pages."""
        page, segment, _ = self._parts[part]
        if part + 1 < len(self._parts) and self._follows(page, segment, *self._parts[part + 1][:2]):
            yield part + 1
        below: tuple[float, int] | None = None
        elsewhere: list[int] = []
        for at, (number, other, _) in enumerate(self._parts):
            if at == part or number < page or number > page + 1:
                continue
            if number == page + 1 or (other.left > segment.right and other.top < segment.top):
                elsewhere.append(at)
            elif (
                other.top > segment.top + 1 and _one_column(segment, other) and (below is None or other.top < below[0])
            ):
                below = (other.top, at)
        if below is not None:
            yield below[1]
        if below is None or self._ends_a_column(segment, self._parts[below[1]][1]):
            yield from elsewhere

    @staticmethod
    def _ends_a_column(segment: Segment, below: Segment) -> bool:
        """Whether what stands below a line is no more of its text: it is far off, or in smaller letters."""
        return below.top - segment.bottom > 0.9 * segment.size or below.size < 0.92 * segment.size

    @staticmethod
    def _follows(page: int, segment: Segment, number: int, other: Segment) -> bool:
        """Whether what is drawn next may go on from a line: not when it stands beside it, apart."""
        if number != page:
            return True
        overlap = min(segment.bottom, other.bottom) - max(segment.top, other.top)
        beside = overlap > 0.5 * min(segment.bottom - segment.top, other.bottom - other.top)
        return not beside or other.left - segment.right < 2 * max(segment.size, other.size)


Witness = PlainWitness | DrawnWitness


def _one_column(one: Segment, other: Segment) -> bool:
    return min(one.right, other.right) - max(one.left, other.left) > -_TOGETHER


def _as_segment(words: str) -> Segment:
    return Segment(words, 0, 0, 0, 0, 11, bold=False, start=0)


def witness_of(content: bytes, name: str) -> Witness | None:
    """Another reading of a file; None for a kind of file that holds its words in no plain way."""
    if content.lstrip()[:5] == b"%PDF-":
        return _drawn(content)
    if content.startswith(b"PK\x03\x04"):
        return PlainWitness(" ".join(_words_in(content)))
    if kind_shown(content) in {"rich", "mail", "web-archive"}:
        return None
    from assistant.library.readers.text_reader import decoded

    text = decoded(content, name)
    if re.search(r"<(?:html|body|p|div|h1|table)\b", text[:20_000], re.IGNORECASE):
        import lxml.html

        root = lxml.html.document_fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
        return PlainWitness(" ".join(root.itertext()))
    return PlainWitness(text.replace("\\", ""))


def _drawn(content: bytes) -> DrawnWitness:
    import pypdfium2

    file = pypdfium2.PdfDocument(content)
    try:
        return DrawnWitness([read_page(file[number], number) for number in range(len(file))])
    finally:
        file.close()


def _words_in(content: bytes) -> Iterable[str]:
    """The words of every part of a file of the office kind, or of an e-book, tags left out."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            if entry.filename.endswith((".xml", ".html", ".xhtml", ".htm")) and "docProps" not in entry.filename:
                yield _plain(archive.read(entry).decode("utf-8", "replace"))


def _plain(marked_up: str) -> str:
    import html

    drawn = re.sub(r'<v:textpath\b[^>]*\bstring="([^"]*)"[^>]*>', r" \1 ", marked_up)
    drawn = re.sub(r"<w:(instrText|delText)\b[^>]*>.*?</w:\1>", "", drawn, flags=re.DOTALL)
    return html.unescape(_ENTITY.sub("", drawn))
