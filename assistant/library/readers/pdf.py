"""PDF files.

Owns what a PDF does not say: which words make a line, which lines a column, where a paragraph ends, what is a heading,
and what only repeats on every page. pypdfium2 gives runs of characters with their place and size, one page at a time; a
page is closed before the next is opened, so a thousand pages take the memory of their text.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from assistant.library.bullets import BULLETS
from assistant.library.readers.pieces import SUPERSCRIPTS, Aside, Document, Piece, Progress, UnreadableError, markdown

_BULLET = re.compile(rf"(?:[{BULLETS}·–-]|o(?=\s))\s*\Z|[{BULLETS}]\s*")
_NUMBER = re.compile(r"(?:\(?\d{1,3}(?:\.\d{1,2}){0,2}[.)]?|[a-z][.)])\s*\Z")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\Z", re.IGNORECASE)
_NOTE = re.compile(r"(?P<number>[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s?(?=[A-Z‘“\"'])")
_FROM_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_BROKEN = "\u00ad"
"""Stands where a line ended in a hyphen, until the whole text has told whether the word is written with one."""
_HYPHEN_ENDS = re.compile(r"(?:[-\u00ad\u2010\ufffe\u0002])\Z")
_COMPOUND = re.compile(
    r"(?:multi|inter|intra|non|self|co|re|pre|post|anti|ante|well|high|low|long|short|decision|evidence|child|parent|risk"
    r"|cross|front|follow|so|step|trauma|single|out|in|on|face|year|part|full)\Z",
    re.IGNORECASE,
)
_MARGIN = 0.09
"""Share of the page's height at its top and bottom where running heads and feet stand."""
_GUTTER = 8.0
"""Points of white between two columns, at least."""
_BESIDE = 3
"""Lines on each side that make two columns of what would else be a table's row."""


@dataclass(frozen=True)
class _Line:
    """Words on one line, as far as they belong together."""

    text: str
    left: float
    right: float
    top: float
    """From the top of the page."""
    bottom: float
    size: float
    bold: bool
    page: int

    @property
    def height(self) -> float:
        return self.bottom - self.top


def read_pdf(content: bytes, name: str, progress: Progress | None = None) -> Document:
    """The text of a PDF in reading order."""
    # pypdfium2 takes 60 ms to import, and only adding a PDF needs it.
    import pypdfium2

    try:
        file = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableError(
                f"“{name}” is protected with a password; save a copy without one and add that."
            ) from error
        raise UnreadableError(f"“{name}” is damaged or not a PDF; nothing was kept.") from error
    try:
        pages: list[list[_Line]] = []
        heights: list[float] = []
        total = len(file)
        for number in range(total):
            page = file[number]
            heights.append(page.get_height())
            pages.append(_lines_of(page, number))
            page.close()
            if progress is not None:
                progress(number + 1, total)
        title = (file.get_metadata_dict().get("Title") or "").strip()
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(f"“{name}” is damaged after page {len(pages)}; nothing was kept.") from error
    finally:
        file.close()
    if sum(len(line.text) for lines in pages for line in lines) < 20:
        raise UnreadableError(
            f"“{name}” is a scan, pictures without any text; run it through text recognition (OCR) and add it again."
        )
    bodies, asides = _without_running_heads(pages, heights)
    body_size = _body_size(bodies)
    sizes = _heading_sizes(bodies, body_size)
    pieces = [piece for lines in bodies for piece in _boxes_by_number(list(_pieces(lines, body_size, sizes)))]
    text = _hyphens_settled(markdown(_across_pages(pieces)))
    return Document(text, title=title or None, asides=tuple(asides), pages=total)


# From characters to lines


def _lines_of(page: Any, number: int) -> list[_Line]:
    """The lines of a page as PDFium strings them together, those of one height side by side put in one."""
    lines: list[_Line] = []
    for line in _Characters(page, number).lines():
        if lines and _on_one_line(lines[-1], line):
            lines[-1] = _side_by_side(lines[-1], line)
        else:
            lines.append(line)
    return lines


class _Characters:
    """The characters of a page, each with its place where that is asked for."""

    def __init__(self, page: Any, number: int) -> None:
        from pypdfium2 import raw

        self._raw = raw
        self._text = page.get_textpage()
        self._page = number
        self._height = page.get_height()

    def lines(self) -> Iterator[_Line]:
        raw, text = self._raw, self._text
        characters = [chr(raw.FPDFText_GetUnicode(text, index)) for index in range(text.count_chars())]
        start = 0
        for index, character in enumerate([*characters, "\n"]):
            if character in "\r\n":
                yield from self._line(characters, start, index)
                start = index + 1
        text.close()

    def _line(self, characters: Sequence[str], start: int, end: int) -> Iterator[_Line]:
        """A line, or the two lines of two columns that PDFium took for one."""
        while start < end and characters[start].isspace():
            start += 1
        if start == end:
            return
        boxes = [self._text.get_rect(at) for at in self._rects(start, end)]
        if not boxes:
            return
        size = self._size(start)
        for before, after in pairwise(boxes):
            words = "".join(characters[start:end])
            if after[0] - before[2] > 3 * size and not _BULLET.match(words) and not _NUMBER.match(words.split()[0]):
                parting = next((at for at in range(start + 1, end) if self._left(at) >= after[0] - 1), end)
                yield from self._line(characters, start, parting)
                yield from self._line(characters, parting, end)
                return
        words = "".join(self._written(characters[at], at, size) for at in range(start, end))
        yield _Line(
            " ".join(words.split()),
            min(box[0] for box in boxes),
            max(box[2] for box in boxes),
            self._height - max(box[3] for box in boxes),
            self._height - min(box[1] for box in boxes),
            size,
            self._is_bold(start if not _BULLET.match(words) else min(start + 2, end - 1)),
            self._page,
        )

    def _rects(self, start: int, end: int) -> range:
        return range(self._text.count_rects(start, end - start))

    def _size(self, index: int) -> float:
        return float(self._raw.FPDFText_GetFontSize(self._text, index)) or 1.0

    def _left(self, index: int) -> float:
        return float(self._text.get_charbox(index)[0])

    def _written(self, character: str, index: int, size: float) -> str:
        """A digit much smaller than its line is the sign of a footnote."""
        if character.isdigit() and self._size(index) < 0.8 * size:
            return character.translate(SUPERSCRIPTS)
        return character

    def _is_bold(self, index: int) -> bool:
        if self._raw.FPDFText_GetFontWeight(self._text, index) >= 600:
            return True
        name = ctypes.create_string_buffer(128)
        flags = ctypes.c_int()
        self._raw.FPDFText_GetFontInfo(self._text, index, name, 128, ctypes.byref(flags))
        return b"bold" in name.value.lower() or b"black" in name.value.lower()


def _on_one_line(line: _Line, after: _Line) -> bool:
    overlap = min(line.bottom, after.bottom) - max(line.top, after.top)
    if overlap < 0.5 * min(line.height, after.height):
        return False
    gap = after.left - line.right
    if _BULLET.fullmatch(line.text) or _NUMBER.fullmatch(line.text):
        return gap < 6 * max(line.size, after.size)  # a bullet or a number and its text, however wide the tab
    return -2 <= gap < 1.2 * max(line.size, after.size)


def _side_by_side(line: _Line, after: _Line) -> _Line:
    marker = _BULLET.fullmatch(line.text) is not None
    mostly = after if marker or len(after.text) > len(line.text) else line
    return replace(
        line,
        text=f"{line.text} {after.text}",
        right=max(line.right, after.right),
        top=min(line.top, after.top),
        bottom=max(line.bottom, after.bottom),
        size=mostly.size,
        bold=after.bold if marker else line.bold and after.bold,
    )


# What repeats on every page


def _without_running_heads(
    pages: Sequence[Sequence[_Line]], heights: Sequence[float]
) -> tuple[list[list[_Line]], list[Aside]]:
    def marginal(line: _Line) -> bool:
        height = heights[line.page]
        return line.bottom < height * _MARGIN or line.top > height * (1 - _MARGIN)

    def shape(line: _Line) -> str:
        return re.sub(r"\d+", "#", line.text.lower())

    seen = Counter(key for lines in pages for key in {shape(line) for line in lines if marginal(line)})
    often = max(2, min(5, len(pages) // 2))
    bodies: list[list[_Line]] = []
    aside: dict[str, Aside] = {}
    for lines in pages:
        body = []
        for line in lines:
            if marginal(line) and (seen[shape(line)] >= often or _PAGE_NUMBER.fullmatch(line.text)):
                aside.setdefault(shape(line), Aside(line.text, "repeated at the edge of the pages"))
            else:
                body.append(line)
        bodies.append(body)
    return bodies, list(aside.values())


# From lines to reading order


def _in_reading_order(lines: Sequence[_Line]) -> list[_Line]:
    """Columns one after the other; what runs across them, in its place between."""
    lines = sorted(lines, key=lambda line: (line.top, line.left))
    gutter = _gutter(lines)
    if gutter is None:
        return lines
    ordered: list[_Line] = []
    left: list[_Line] = []
    right: list[_Line] = []
    for line in lines:
        if line.right <= gutter:
            left.append(line)
        elif line.left >= gutter:
            right.append(line)
        else:
            ordered += [*_in_reading_order(left), *_in_reading_order(right), line]
            left, right = [], []
    return [*ordered, *_in_reading_order(left), *_in_reading_order(right)]


def _gutter(lines: Sequence[_Line]) -> float | None:
    """Where white runs down between two columns, if it does."""
    if len(lines) < 2 * _BESIDE:
        return None
    best: tuple[int, float] | None = None
    for right_edge in sorted({line.right for line in lines}):
        to_left = [line for line in lines if line.right <= right_edge]
        to_right = [line for line in lines if line.left >= right_edge + _GUTTER]
        if len(to_left) < _BESIDE or len(to_right) < _BESIDE:
            continue
        beside = _lines_beside(to_left, to_right)
        across = len(lines) - len(to_left) - len(to_right)
        if beside >= _BESIDE and across <= beside and (best is None or beside - across > best[0]):
            best = (beside - across, (right_edge + min(line.left for line in to_right)) / 2)
    return best[1] if best else None


def _lines_beside(left: Sequence[_Line], right: Sequence[_Line]) -> int:
    """How many lines of one side have the other side next to them, which two halves of one list have not."""
    top = max(min(line.top for line in left), min(line.top for line in right))
    bottom = min(max(line.bottom for line in left), max(line.bottom for line in right))
    return min(sum(top - 2 <= line.top and line.bottom <= bottom + 2 for line in side) for side in (left, right))


# From lines to paragraphs


def _body_size(pages: Sequence[Sequence[_Line]]) -> float:
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 11.0


def _heading_sizes(pages: Sequence[Sequence[_Line]], body: float) -> list[float]:
    """The sizes larger than the text's, largest first."""
    return sorted({round(line.size, 1) for lines in pages for line in lines if line.size > body * 1.08}, reverse=True)


def _pieces(lines: Sequence[_Line], body: float, sizes: Sequence[float]) -> Iterator[Piece]:
    ordered = _in_reading_order(lines)
    if not ordered:
        return
    leading = _leading(ordered)
    margin = min(line.left for line in ordered)
    indents: list[float] = []
    gathered: list[_Line] = []
    for line in ordered:
        if gathered and _begins_anew(gathered, line, leading, body):
            yield _piece(gathered, body, sizes, indents, margin)
            gathered = []
        gathered.append(line)
    yield _piece(gathered, body, sizes, indents, margin)


def _boxes_by_number(pieces: Sequence[Piece]) -> list[Piece]:
    """A page of numbered boxes in the order of their numbers, however the boxes are arranged."""
    boxes: list[list[Piece]] = [[]]
    numbers: list[int] = []
    for piece in pieces:
        number = re.match(r"(\d{1,2})[.):]?\s", piece.text) if piece.kind == "heading" else None
        if number:
            numbers.append(int(number[1]))
            boxes.append([])
        boxes[-1].append(piece)
    if len(numbers) < 3 or sorted(numbers) != list(range(min(numbers), min(numbers) + len(numbers))):
        return list(pieces)
    _, *numbered = boxes
    in_order = [box for _, box in sorted(zip(numbers, numbered, strict=True), key=lambda pair: pair[0])]
    return [piece for box in [boxes[0], *in_order] for piece in box]


def _leading(lines: Sequence[_Line]) -> float:
    steps = [after.top - line.top for line, after in pairwise(lines) if 0 < after.top - line.top < 40]
    return sorted(steps)[len(steps) // 4] if steps else 14.0  # the tighter steps are within paragraphs


def _begins_anew(gathered: Sequence[_Line], line: _Line, leading: float, body: float) -> bool:
    """Whether a line begins another paragraph than the lines before it."""
    last, first = gathered[-1], gathered[0]
    if _BULLET.match(line.text) and not _BULLET.fullmatch(first.text):
        return True
    if _ends_list(gathered, line):
        return True
    if abs(line.size - last.size) > 0.08 * body or _is_heading(line, body) != _is_heading(last, body):
        return not (line.bold != last.bold and _continues(last, line) and abs(line.size - last.size) < 0.5)
    if line.top < last.top or line.left > last.right:  # the next column
        return not _continues(last, line)
    if line.top - last.top > 1.3 * max(leading, 1.1 * line.size):
        return True
    return bool(re.match(r"\(?\d{1,3}(?:\.\d{1,2}){0,2}[.)]\s", line.text)) and not _continues(last, line)


def _ends_list(gathered: Sequence[_Line], line: _Line) -> bool:
    """Whether a line under a bullet stands at the bullet's own edge and begins a sentence: it is no longer its text."""
    first = gathered[0]
    if not _BULLET.match(first.text) or line.left > first.left + 3 or not line.text[:1].isupper():
        return False
    return len(gathered) == 1 or gathered[1].left > first.left + 3


def _continues(last: _Line, line: _Line) -> bool:
    """Whether a sentence runs on from one line to the next."""
    ended = re.search(r"[.:;?!][\"'”’)]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*\Z", last.text)
    return not ended and (line.text[:1].islower() or bool(_HYPHEN_ENDS.search(last.text)))


def _is_heading(line: _Line, body: float) -> bool:
    return not _BULLET.match(line.text) and (
        line.size > body * 1.08 or (line.bold and len(line.text.split()) <= 14 and line.size >= body * 0.95)
    )


def _piece(lines: Sequence[_Line], body: float, sizes: Sequence[float], indents: list[float], margin: float) -> Piece:
    words = _joined([line.text for line in lines])
    first = lines[0]
    bullet = _BULLET.match(words)
    if bullet and words[bullet.end() :].strip():
        while indents and indents[-1] > first.left - 3:
            indents.pop()
        depth = len(indents)
        indents.append(first.left)
        return Piece("item", words[bullet.end() :], depth)
    if first.left <= margin + 3:
        indents.clear()
    note = _NOTE.match(words) if first.size < body * 0.92 else None
    if note:
        return Piece("note", words[note.end() :], int(note["number"].translate(_FROM_SUPERSCRIPTS)))
    if all(_is_heading(line, body) for line in lines) and _reads_as_heading(words):
        larger = [size for size in sizes if size >= round(first.size, 1)]
        indents.clear()
        level = len(larger) if first.size > body * 1.08 else len(sizes) + 1
        return Piece("heading", words, max(1, min(level, 6)))
    return Piece("paragraph", words)


def _reads_as_heading(words: str) -> bool:
    return len(words.split()) <= 30 and not words.endswith(".") and re.search(r"[A-Za-z]{3}", words) is not None


def _joined(texts: Sequence[str]) -> str:
    """Lines as one text; a hyphen at a line's end is kept as a sign to settle later."""
    whole = texts[0]
    for text in texts[1:]:
        if _HYPHEN_ENDS.search(whole) and text[:1].islower() and whole[-2:-1].isalpha():
            whole = whole[:-1] + _BROKEN + text
        else:
            whole += " " + text
    return re.sub(r"[\ufffe\u0002]", _BROKEN, whole)


def _across_pages(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Paragraphs that a page's end cut in two are one again; footnotes go after what they interrupt."""
    waiting: list[Piece] = []
    held: Piece | None = None
    for piece in pieces:
        if piece.kind == "note":
            waiting.append(piece)
            continue
        if held is not None and held.kind in {"paragraph", "item"} and piece.kind == "paragraph":
            ended = re.search(r"[.:;?!][\"'”’)]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*\Z", held.text)
            if not ended and piece.text[:1].islower():
                held = replace(held, text=_joined([held.text, piece.text]))
                continue
        if held is not None:
            yield held
        yield from waiting
        waiting = []
        held = piece
    if held is not None:
        yield held
    yield from waiting


def _hyphens_settled(text: str) -> str:
    """Each word broken at a line's end as the rest of the document writes it."""
    words = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower()))

    def settled(match: re.Match[str]) -> str:
        before, after = match["before"], match["after"]
        whole, parted = f"{before}{after}".lower(), f"{before}-{after}".lower()
        doubtful = words[whole] == words[parted]
        keep = _COMPOUND.match(before) is not None if doubtful else words[parted] > words[whole]
        return f"{before}-{after}" if keep else before + after

    text = re.sub(rf"(?P<before>[^\W\d_]+){_BROKEN}(?P<after>[^\W\d_]+)", settled, text)
    return text.replace(_BROKEN, "-")
