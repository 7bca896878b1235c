"""One page of a PDF in the order it is read: boxes, tables and columns, each for itself.

Owns what stands in a box or a cell, and which quotations are only set beside the text. Where a paragraph ends is for
`pdf_paragraphs`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.library.readers.pdf_columns import MARGIN, Line, in_reading_order, in_rows
from assistant.library.readers.pdf_content import Box, PageContent
from assistant.library.readers.pdf_paragraphs import pieces_of
from assistant.library.readers.pdf_tables import Cell, Grid, grid_by_heads, grids
from assistant.library.readers.pieces import Aside, Piece, cell, table
from assistant.library.sections import heads_columns

_QUOTED = re.compile(r"[“‘\"]")
_LABEL = 8
"""Words in the longest cell of a row that heads a table."""
_LARGER = 1.15
"""Times the text's size, from which letters are set apart from it."""
_SMALLER = 0.92
"""Times the text's size, up to which letters at the foot of a page are no part of it."""
_PULLED = 45
"""Words in the longest quotation that is set in a box beside the text it comes from."""


@dataclass(frozen=True)
class _Region:
    """A part of a page that is read for itself."""

    left: float
    top: float
    right: float
    bottom: float
    grid: Grid | None = None

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)

    def holds(self, thing: Line | _Region) -> bool:
        x, y = (thing.left + thing.right) / 2, (thing.top + thing.bottom) / 2
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def _set_beside(lines: Sequence[Line], body: float) -> list[_Region]:
    """Where larger letters stand beside the text without a box round them, as a quotation from it does."""
    larger = sorted((line for line in lines if line.size > _LARGER * body), key=lambda line: (line.left, line.top))
    groups: list[list[Line]] = []
    for line in larger:
        last = groups[-1][-1] if groups else None
        if last is not None and abs(last.left - line.left) < line.size and 0 < line.top - last.top < 2 * line.size:
            groups[-1].append(line)
        else:
            groups.append([line])
    found = []
    for group in groups:
        region = _Region(
            min(line.left for line in group),
            group[0].top,
            max(line.right for line in group),
            group[-1].bottom,
        )
        others = [line for line in lines if line not in group]
        quoted = _QUOTED.match(group[0].text) is not None
        beside = [line for line in others if line.top < region.bottom and line.bottom > region.top]
        if quoted and len(group) > 1 and beside and not any(map(region.holds, others)):
            found.append(region)
    return found


class Layout:
    """One page's pieces, its boxes and tables each read for itself."""

    def __init__(self, page: PageContent, body: float, sizes: Sequence[float]) -> None:
        self.asides: list[Aside] = []
        self._body = body
        self._sizes = sizes
        self._height = page.height
        whole = page.width * page.height
        regions = [_Region(*grid.box, grid) for grid in grids(page)]
        regions += [_Region(*box) for box in dict.fromkeys(page.boxes)]
        self._regions = [region for region in regions if region.area < 0.9 * whole or region.grid]

    def pieces(self, lines: Sequence[Line]) -> list[Piece]:
        foot = self._foot(lines)
        body = [line for line in lines if line not in foot]
        found = self._area(body, [*self._regions, *_set_beside(body, self._body)])
        return [*found, *pieces_of(foot, self._body, self._sizes)]

    def _foot(self, lines: Sequence[Line]) -> list[Line]:
        """What stands in smaller letters at the foot of the page, below all columns: it comes after the last."""
        low = [line for line in lines if line.top > self._height * (1 - MARGIN) and line.size < _SMALLER * self._body]
        top = min((line.top for line in low), default=self._height)
        above = max((line.bottom for line in lines if line not in low), default=0.0)
        return low if low and above < top - _SMALLER * self._body else []

    def _area(self, lines: list[Line], regions: Sequence[_Region]) -> list[Piece]:
        """The pieces of some lines: those in boxes together, the others around them. One round all is only a frame."""
        outer = sorted(
            (region for region in regions if region.grid is not None or not all(map(region.holds, lines))),
            key=lambda region: (-region.area, region.grid is None),
        )
        inside: dict[_Region, list[Line]] = {}
        for line in lines:
            home = next((region for region in outer if region.holds(line)), None)
            if home is not None:
                inside.setdefault(home, []).append(line)
        boxes = {region: held for region, held in inside.items() if len(held) > 1}
        boxed = {id(line) for held in boxes.values() for line in held}
        loose = [line for line in lines if id(line) not in boxed]
        inner = {
            region: [each for each in regions if each is not region and each.area < region.area] for region in boxes
        }
        if not boxes and (table_of := grid_by_heads(in_rows(loose))) is not None:
            region = _Region(*table_of.box, table_of)
            boxes, inner = {region: [line for line in loose if region.holds(line)]}, {region: []}
            loose = [line for line in loose if not region.holds(line)]
        things: list[Line | _Region] = [*loose, *boxes]
        found: list[Piece] = []
        run: list[Line] = []
        for thing in in_reading_order(things):
            if isinstance(thing, Line):
                run.append(thing)
                continue
            found += pieces_of(run, self._body, self._sizes)
            run = []
            found += self._boxed(thing, boxes[thing], inner[thing], loose)
        return [*found, *pieces_of(run, self._body, self._sizes)]

    def _boxed(
        self, region: _Region, held: list[Line], inner: Sequence[_Region], around: Sequence[Line]
    ) -> list[Piece]:
        if region.grid is not None:
            return self._cells(region.grid, held, inner)
        pieces = self._area(held, inner)
        words = " ".join(piece.text for piece in pieces)
        beside = any(line.top < region.bottom and line.bottom > region.top for line in around)
        if _QUOTED.match(words) and len(words.split()) <= _PULLED and beside and len(pieces) < 3:
            self.asides.append(Aside(words, "a quotation set in a box beside the text"))
            return []
        return pieces

    def _cells(self, grid: Grid, held: list[Line], inner: Sequence[_Region]) -> list[Piece]:
        within: dict[Cell, list[Line]] = {}
        for line in held:
            x, y = (line.left + line.right) / 2, (line.top + line.bottom) / 2
            home = next((each for each in grid.cells if _in(each.box, x, y)), None)
            if home is not None:
                within.setdefault(home, []).append(line)
        said = {each: self._area(lines, inner) for each, lines in within.items()}
        placed = {id(line) for lines in within.values() for line in lines}
        left = pieces_of([line for line in held if id(line) not in placed], self._body, self._sizes)
        tables = _as_tables(said, grid.columns)
        if tables is not None:
            return [*tables, *left]
        return [piece for each in grid.cells if each in said for piece in said[each]] + left


def _in(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _as_tables(said: dict[Cell, list[Piece]], width: int) -> list[Piece] | None:
    """The cells as a table of data, which cells over all of its columns part and whose head holds for every part; none
    where they only put boxes side by side."""
    across = sorted((each for each in said if each.columns == width > 1), key=lambda each: each.row)
    rest = {each: pieces for each, pieces in said.items() if each not in across}
    whole = _as_table(rest) if rest else None
    if whole is None or not across:
        return None if whole is None else [whole]
    head, rule, *rows = whole.text.split("\n")
    places = sorted({each.row for each in rest})[-len(rows) :] if rows else []  # without the row that heads them
    found: list[Piece] = []
    for at, each in enumerate(across):
        below = across[at + 1].row if at + 1 < len(across) else max([each.row, *places]) + 1
        found += said[each]
        part = [row for row, place in zip(rows, places, strict=True) if each.row < place < below]
        found += [Piece("table", "\n".join([head, rule, *part]))] if part else []
    above = [row for row, place in zip(rows, places, strict=True) if place < across[0].row]
    return [Piece("table", "\n".join([head, rule, *above])), *found] if above else found


def _as_table(said: dict[Cell, list[Piece]]) -> Piece | None:
    """The cells as a table of data, unless they only put boxes side by side."""
    rows = sorted({each.row for each in said})
    columns = sorted({each.column for each in said})
    if len(rows) < 2 or len(columns) < 2 or any(piece.kind == "table" for held in said.values() for piece in held):
        return None
    by_place: dict[tuple[int, int], str] = {}
    for each, pieces in said.items():
        for row in range(each.row, each.row + each.rows):
            if row == each.row or each.column == columns[0]:
                by_place[row, each.column] = cell(pieces)
    lines = [[by_place.get((row, column), "") for column in columns] for row in rows]
    first = [re.sub(r"<[^>]+>", " ", text).strip() for text in lines[0]]
    short = all(text and len(text.split()) <= _LABEL for text in first)
    if short and (len(columns) > 2 or heads_columns(first)):
        return table([" ".join(text.split()) for text in first], lines[1:])
    heads = [piece for held in said.values() for piece in held if piece.kind == "heading"]
    long = [row for row in lines if len(row[0].split()) > _LABEL and any(row[1:])]
    if long or len(heads) > len(rows) or any(len(held) > 1 and held[0].kind == "heading" for held in said.values()):
        return None
    return table([""] * len(columns), lines)


def boxes_by_number(pieces: Sequence[Piece]) -> list[Piece]:
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
