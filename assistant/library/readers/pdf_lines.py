"""From the characters of a PDF's page to its lines, in the order they are read.

Owns which words make a line, which lines a column, and what only repeats at the edges of the pages.
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
from assistant.library.readers.pieces import SUPERSCRIPTS, Aside

BULLET = re.compile(rf"(?:[{BULLETS}·–-]|o(?=\s))\s*\Z|[{BULLETS}]\s*")
_NUMBER = re.compile(r"(?:\(?\d{1,3}(?:\.\d{1,2}){0,2}[.)]?|[a-z][.)])\s*\Z")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\Z", re.IGNORECASE)
_MARGIN = 0.09
"""Share of the page's height at its top and bottom where running heads and feet stand."""
_GUTTER = 8.0
"""Points of white between two columns, at least."""
_BESIDE = 3
"""Lines on each side that make two columns of what would else be a table's row."""


@dataclass(frozen=True)
class Line:
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


def lines_of(page: Any, number: int) -> list[Line]:
    """The lines of a page as PDFium strings them together, those of one height side by side put in one."""
    lines: list[Line] = []
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

    def lines(self) -> Iterator[Line]:
        raw, text = self._raw, self._text
        characters = [chr(raw.FPDFText_GetUnicode(text, index)) for index in range(text.count_chars())]
        start = 0
        for index, character in enumerate([*characters, "\n"]):
            if character in "\r\n":
                yield from self._line(characters, start, index)
                start = index + 1
        text.close()

    def _line(self, characters: Sequence[str], start: int, end: int) -> Iterator[Line]:
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
            if after[0] - before[2] > 3 * size and not BULLET.match(words) and not _NUMBER.match(words.split()[0]):
                parting = next((at for at in range(start + 1, end) if self._left(at) >= after[0] - 1), end)
                yield from self._line(characters, start, parting)
                yield from self._line(characters, parting, end)
                return
        words = "".join(self._written(characters[at], at, size) for at in range(start, end))
        yield Line(
            " ".join(words.split()),
            min(box[0] for box in boxes),
            max(box[2] for box in boxes),
            self._height - max(box[3] for box in boxes),
            self._height - min(box[1] for box in boxes),
            size,
            self._is_bold(start if not BULLET.match(words) else min(start + 2, end - 1)),
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


def _on_one_line(line: Line, after: Line) -> bool:
    overlap = min(line.bottom, after.bottom) - max(line.top, after.top)
    if overlap < 0.5 * min(line.height, after.height):
        return False
    gap = after.left - line.right
    if BULLET.fullmatch(line.text) or _NUMBER.fullmatch(line.text):
        return gap < 6 * max(line.size, after.size)  # a bullet or a number and its text, however wide the tab
    return -2 <= gap < 1.2 * max(line.size, after.size)


def _side_by_side(line: Line, after: Line) -> Line:
    marker = BULLET.fullmatch(line.text) is not None
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


def without_running_heads(
    pages: Sequence[Sequence[Line]], heights: Sequence[float]
) -> tuple[list[list[Line]], list[Aside]]:
    def marginal(line: Line) -> bool:
        height = heights[line.page]
        return line.bottom < height * _MARGIN or line.top > height * (1 - _MARGIN)

    def shape(line: Line) -> str:
        return re.sub(r"\d+", "#", line.text.lower())

    seen = Counter(key for lines in pages for key in {shape(line) for line in lines if marginal(line)})
    often = max(2, min(5, len(pages) // 2))
    bodies: list[list[Line]] = []
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


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """Columns one after the other; what runs across them, in its place between."""
    lines = sorted(lines, key=lambda line: (line.top, line.left))
    gutter = _gutter(lines)
    if gutter is None:
        return lines
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        if line.right <= gutter:
            left.append(line)
        elif line.left >= gutter:
            right.append(line)
        else:
            ordered += [*in_reading_order(left), *in_reading_order(right), line]
            left, right = [], []
    return [*ordered, *in_reading_order(left), *in_reading_order(right)]


def _gutter(lines: Sequence[Line]) -> float | None:
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


def _lines_beside(left: Sequence[Line], right: Sequence[Line]) -> int:
    """How many lines of one side have the other side next to them, which two halves of one list have not."""
    top = max(min(line.top for line in left), min(line.top for line in right))
    bottom = min(max(line.bottom for line in left), max(line.bottom for line in right))
    return min(sum(top - 2 <= line.top and line.bottom <= bottom + 2 for line in side) for side in (left, right))
