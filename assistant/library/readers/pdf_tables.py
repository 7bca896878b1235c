"""Cells and boxes of a PDF's page, from the rules that are drawn on it.

Owns which rules make a grid, which cells of it are one, and which columns stand under heads that nobody drew rules
around. What the cells say is for others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.library.readers.pdf_columns import Line
from assistant.library.readers.pdf_content import Box, PageContent, Rule, Segment
from assistant.library.sections import heads_a_plan, heads_columns, heads_rows

_NEAR = 3.0
"""Points between rules that are one, or that meet."""
_FEWEST_BESIDE = 2
_TOLD_MORE = 1.2
"""Times the cells that rules show, from which tags are believed: a striped row is no table."""
_LABEL = 8
"""Words in the longest cell of a row that heads a table."""


@dataclass(frozen=True)
class Cell:
    """One cell, over as many rows and columns as no rule parts."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


@dataclass(frozen=True)
class Grid:
    """Cells that rules part."""

    box: Box
    rows: int
    columns: int
    cells: tuple[Cell, ...]


def _drawn_grids(page: PageContent) -> list[Grid]:
    """The grids of rules on a page, of two cells at least."""
    rules = [*page.rules, *(edge for box in page.boxes for edge in _edges(box))]
    found = []
    for group in _meeting(_merged(rules)):
        xs = _places(rule.at for rule in group if rule.upright)
        ys = _places(rule.at for rule in group if not rule.upright)
        if len(xs) < 2 or len(ys) < 2 or len(xs) + len(ys) < 5 or len(xs) * len(ys) > 4_000:
            continue
        grid = _grid(xs, ys, group)
        if len(grid.cells) > 1:
            found.append(grid)
    return found


def grids(page: PageContent) -> list[Grid]:
    """The tables of a page, as its rules show them or, where those show less, as its tags tell."""
    drawn = _drawn_grids(page)
    for table in _tagged_grids(page):
        touched = [grid for grid in drawn if _touch(table.box, grid.box)]
        if _TOLD_MORE * sum(len(grid.cells) for grid in touched) < len(table.cells):
            drawn = [*(grid for grid in drawn if grid not in touched), table]
    return drawn


def _tagged_grids(page: PageContent) -> list[Grid]:
    """The tables that the page's tags tell of, each cell as large as its words."""
    by_table: dict[int, dict[tuple[int, int], list[Segment]]] = {}
    for segment in page.segments:
        if (place := page.cells.get(segment.tag)) is not None:
            by_table.setdefault(place[0], {}).setdefault(place[1:], []).append(segment)
    found = []
    for said in by_table.values():
        boxes = {place: _around(segments) for place, segments in said.items()}
        columns = _columns_of(boxes)
        rows = sorted({row for row, _ in boxes})
        cells = tuple(Cell(rows.index(row), columns[row, at], 1, 1, box) for (row, at), box in sorted(boxes.items()))
        whole = _hull(list(boxes.values()))
        width = 1 + max(columns.values())
        if len(rows) > 1 and width > 1 and _each_by_itself(cells):
            found.append(Grid(whole, len(rows), width, cells))
    return found


def _columns_of(boxes: Mapping[tuple[int, int], Box]) -> dict[tuple[int, int], int]:
    """In which column each cell stands: those of the row with most cells are the columns, others stand under one."""
    sizes = Counter(row for row, _ in boxes)
    fullest = max(sizes, key=lambda row: (sizes[row], -row))
    lefts = sorted(box[0] for (row, _), box in boxes.items() if row == fullest)
    found = {}
    for (row, at), box in boxes.items():
        nearest = min(range(len(lefts)), key=lambda column: abs(lefts[column] - box[0]))
        found[row, at] = at if sizes[row] == len(lefts) else nearest
    return found


def _each_by_itself(cells: Sequence[Cell]) -> bool:
    return len({(cell.row, cell.column) for cell in cells}) == len(cells)


def _around(segments: Sequence[Segment]) -> Box:
    box = _hull([(segment.left, segment.top, segment.right, segment.bottom) for segment in segments])
    return box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1


def _hull(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _touch(one: Box, other: Box) -> bool:
    return min(one[2], other[2]) > max(one[0], other[0]) and min(one[3], other[3]) > max(one[1], other[1])


def _edges(box: Box) -> list[Rule]:
    left, top, right, bottom = box
    return [
        Rule(True, left, top, bottom),
        Rule(True, right, top, bottom),
        Rule(False, top, left, right),
        Rule(False, bottom, left, right),
    ]


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Rules that continue each other as one: each cell may draw its own border."""
    merged: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (rule.upright, round(rule.at / _NEAR), rule.begin)):
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.upright == rule.upright
            and abs(last.at - rule.at) <= _NEAR
            and rule.begin <= last.end + _NEAR
        ):
            merged[-1] = Rule(rule.upright, last.at, last.begin, max(last.end, rule.end))
        else:
            merged.append(rule)
    return merged


def _meeting(rules: Sequence[Rule]) -> list[list[Rule]]:
    """The rules in groups that meet each other."""
    group = list(range(len(rules)))

    def root(at: int) -> int:
        while group[at] != at:
            at = group[at]
        return at

    for at, rule in enumerate(rules):
        for other in range(at):
            if _meet(rule, rules[other]):
                group[root(other)] = root(at)
    found: dict[int, list[Rule]] = {}
    for at, rule in enumerate(rules):
        found.setdefault(root(at), []).append(rule)
    return list(found.values())


def _meet(one: Rule, other: Rule) -> bool:
    if one.upright == other.upright:
        return False
    return other.begin - _NEAR <= one.at <= other.end + _NEAR and one.begin - _NEAR <= other.at <= one.end + _NEAR


def _places(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > 2 * _NEAR:
            found.append(value)
    return found


def _grid(xs: Sequence[float], ys: Sequence[float], rules: Sequence[Rule]) -> Grid:
    rows, columns = len(ys) - 1, len(xs) - 1
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []

    def parted(upright: bool, at: float, begin: float, end: float) -> bool:
        middle = (begin + end) / 2
        return any(
            rule.upright == upright and abs(rule.at - at) <= 2 * _NEAR and rule.begin <= middle <= rule.end
            for rule in rules
        )

    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            last_column, last_row = column, row
            while last_column + 1 < columns and not parted(True, xs[last_column + 1], ys[row], ys[row + 1]):
                last_column += 1
            while last_row + 1 < rows and not parted(False, ys[last_row + 1], xs[column], xs[column + 1]):
                last_row += 1
            taken |= {(r, c) for r in range(row, last_row + 1) for c in range(column, last_column + 1)}
            box = (xs[column], ys[row], xs[last_column + 1], ys[last_row + 1])
            cells.append(Cell(row, column, last_row - row + 1, last_column - column + 1, box))
    return Grid((xs[0], ys[0], xs[-1], ys[-1]), rows, columns, tuple(cells))


def grid_by_heads(lines: Sequence[Line]) -> Grid | None:
    """Cells without rules: columns under heads that say what stands in them, rows where several of them begin."""
    for at, first in enumerate(lines):
        heads = sorted(
            (line for line in lines if abs(line.bottom - first.bottom) < 0.5 * first.height), key=lambda line: line.left
        )
        names = [line.text for line in heads]
        if first is not heads[0] or len(heads) < _FEWEST_BESIDE or not _head(names):
            continue
        lefts = [line.left for line in heads]
        body: list[Line] = []
        for line in sorted((*lines[:at], *lines[at + 1 :]), key=lambda line: line.top):
            if line.top <= first.bottom or line in heads:
                continue
            column = _column(lefts, line)
            if column is None or line.size > 1.08 * first.size:
                break
            body.append(line)
        tops = _row_tops(body, lefts)
        if len(tops) > 1:
            return _headless(heads, body, lefts, tops)
    return None


def _head(names: Sequence[str]) -> bool:
    if any(len(name.split()) > _LABEL for name in names):
        return False
    return len(names) > 2 and (heads_columns(names) or heads_a_plan(names) or heads_rows(names[0]))


def _column(lefts: Sequence[float], line: Line) -> int | None:
    """In which column a line stands, if it keeps to one."""
    column = max((at for at, left in enumerate(lefts) if line.left >= left - _NEAR), default=None)
    if column is None or (column + 1 < len(lefts) and line.right > lefts[column + 1]):
        return None
    return column


def _row_tops(body: Sequence[Line], lefts: Sequence[float]) -> list[float]:
    tops: list[float] = []
    for line in body:
        beside = {_column(lefts, other) for other in body if abs(other.bottom - line.bottom) < 0.5 * line.height}
        if len(beside) >= _FEWEST_BESIDE and (not tops or line.top - tops[-1] > 0.5 * line.height):
            tops.append(min(other.top for other in body if abs(other.bottom - line.bottom) < 0.5 * line.height))
    return tops


def _headless(heads: Sequence[Line], body: Sequence[Line], lefts: Sequence[float], tops: Sequence[float]) -> Grid:
    right = max(line.right for line in [*heads, *body]) + 1
    bottom = max(line.bottom for line in body) + 1
    xs = [left - 1 for left in lefts] + [right]
    ys = [min(line.top for line in heads) - 1, *(top - 1 for top in tops), bottom]
    cells = tuple(
        Cell(row, column, 1, 1, (x0, y0, x1, y1))
        for row, (y0, y1) in enumerate(pairwise(ys))
        for column, (x0, x1) in enumerate(pairwise(xs))
    )
    return Grid((xs[0], ys[0], right, bottom), len(ys) - 1, len(xs) - 1, cells)
