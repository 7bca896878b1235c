"""From the words of a PDF's page to its lines and columns, in the order they are read.

Owns which words make a line, which lines a column, which signs are bullets, and what only repeats at the edges of the
pages.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol, TypeVar

from assistant.library.bullets import BULLETS, WEAK_BULLET, weak_bullets
from assistant.library.readers.pdf_content import PageContent, Segment
from assistant.library.readers.pieces import SUPERSCRIPTS, Aside

BULLET = re.compile(rf"(?:[{BULLETS}·–-]|o(?=\s))\s*\Z|[{BULLETS}]\s*")
_NUMBER = re.compile(r"(?:\(?\d{1,3}(?:\.\d{1,2}){0,2}[.)]?|[a-z][.)])\s*\Z")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\W{0,2}\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W{0,2}\Z", re.IGNORECASE)
_NAME_AND_NUMBER = re.compile(
    r"[^.?!]{3,80}?\W*\b(?:page\s*)?(?P<number>\d{1,3})(?:\s*(?:of|/)\s*\d{1,3})?\W*", re.IGNORECASE
)
_SHORT_FOOT = 10
"""Words in the longest running foot that is known by its page's number alone."""
MARGIN = 0.09
"""Share of the page's height at its top and bottom where running heads and feet stand."""
_GUTTER = 8.0
"""Points of white between two columns, at least."""
_ROWS = 3
"""Heads in a column beside the text, at least, that make rows of it."""
_HEAD_STEP = 1.8
"""Times their height from line to line of one such head."""
_HEADED_FROM = 2.5
"""Lines by which the text may begin below the head beside it."""
_BESIDE = 3
"""Lines on each side that make two columns of what would else be a table's row."""
_A_LINE = 14.0
"""Points from line to line, by which the height of a box is counted in lines."""
_FEWEST_NUMBERED = 5
"""Lines of a page whose numbers in the margin are known as such."""
_ONE_LINE = 0.5
"""Share of the lower one's height that two parts of one line have in common."""


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
    start: int = 0
    """Its place in the order of the file."""
    tag: int = 0
    role: str = ""
    """What the file's tags say it is part of: a heading, an item, a paragraph."""
    depth: int = 0

    @property
    def height(self) -> float:
        return self.bottom - self.top


class Placed(Protocol):
    """Anything that stands on a page."""

    @property
    def left(self) -> float: ...
    @property
    def right(self) -> float: ...
    @property
    def top(self) -> float: ...
    @property
    def bottom(self) -> float: ...


Thing = TypeVar("Thing", bound=Placed)


def lines_of(page: PageContent) -> list[Line]:
    """The lines of a page in the order of the file, each of all that stands at its height without a gap."""
    segments = [segment for segment in page.segments if segment not in _line_numbers(page.segments)]
    followed: dict[int, int] = {}
    taken: set[int] = set()
    for at in sorted(range(len(segments)), key=lambda at: (segments[at].left, segments[at].start)):
        near = [
            (segments[other].left - segments[at].right, other)
            for other in range(len(segments))
            if other != at and other not in taken and _on_one_line(segments[at], segments[other], page)
        ]
        if near:
            followed[at] = min(near)[1]
            taken.add(followed[at])
    lines = []
    for at in range(len(segments)):
        if at in taken:
            continue
        line = _line(segments[at], page)
        after = followed.get(at)
        while after is not None:
            line = _side_by_side(line, _line(segments[after], page))
            after = followed.get(after)
        lines.append(line)
    return lines


def bullets_marked(pages: Sequence[tuple[PageContent, Sequence[Line]]]) -> list[list[Line]]:
    """The lines with one sign for every bullet, whether it was drawn, or a sign that is one only because it repeats."""
    every = [line for _, lines in pages for line in lines]
    weak = weak_bullets([line.text for line in every], [round(line.left / 3) for line in every])
    drawn = {id(line): edge for page, lines in pages for line, edge in _beside_shapes(page, lines)}
    marked: list[list[Line]] = []
    at = 0
    for _, lines in pages:
        row = []
        for line in lines:
            if at in weak:
                row.append(replace(line, text="• " + WEAK_BULLET.sub("", line.text, count=1)))
            elif id(line) in drawn and not BULLET.match(line.text):
                row.append(replace(line, text="• " + line.text, left=drawn[id(line)]))
            else:
                row.append(line)
            at += 1
        marked.append(row)
    return marked


def _beside_shapes(page: PageContent, lines: Sequence[Line]) -> Iterable[tuple[Line, float]]:
    """The lines that a small drawn shape stands before, as before others, and where it begins."""
    edges = Counter(round(shape[0] / 2) for shape in page.bullets)
    for shape in page.bullets:
        if edges[round(shape[0] / 2)] < 2:
            continue
        middle = (shape[1] + shape[3]) / 2
        yield from (
            (line, shape[0])
            for line in lines
            if line.top - 1 <= middle <= line.bottom + 1 and 0 <= line.left - shape[2] <= 3 * line.size
        )


def _line_numbers(segments: Sequence[Segment]) -> set[Segment]:
    """The numbers that count a page's lines in its margin: they rise by one, one beside nearly every line."""
    numbers = [segment for segment in segments if segment.text.isdigit()]
    words = [segment for segment in segments if re.search(r"[A-Za-z]{2}", segment.text)]
    edge = min((segment.left for segment in words), default=0.0)
    column = sorted((segment for segment in numbers if segment.right < edge), key=lambda segment: segment.top)
    steps = [int(after.text) - int(before.text) for before, after in pairwise(column)]
    if len(column) < _FEWEST_NUMBERED or any(step != 1 for step in steps) or len(column) < 0.5 * len(words):
        return set()
    return set(column)


def _line(segment: Segment, page: PageContent) -> Line:
    role, depth = page.roles.get(segment.tag, ("", 0))
    return Line(
        segment.text,
        segment.left,
        segment.right,
        segment.top,
        segment.bottom,
        segment.size,
        segment.bold,
        page.number,
        segment.start,
        segment.tag,
        role,
        depth,
    )


def _on_one_line(line: Segment, after: Segment, page: PageContent) -> bool:
    overlap = min(line.bottom, after.bottom) - max(line.top, after.top)
    if page.cells.get(line.tag) != page.cells.get(after.tag):
        return False
    if after.left < line.left or overlap < _ONE_LINE * min(line.bottom - line.top, after.bottom - after.top):
        return False
    gap = after.left - line.right
    if gap > 2 and any(
        rule.upright
        and line.right - 1 <= rule.at <= after.left + 1
        and rule.begin <= line.bottom
        and rule.end >= line.top
        for rule in page.rules
    ):
        return False
    size = max(line.size, after.size)
    if BULLET.fullmatch(line.text) or _NUMBER.fullmatch(line.text) or WEAK_BULLET.fullmatch(line.text):
        return -2 <= gap < 6 * size  # a bullet or a number and its text, however wide the tab
    return -0.5 * size <= gap < (1.2 if line.start < after.start else 0.9) * size


def _side_by_side(line: Line, after: Line) -> Line:
    marker = BULLET.fullmatch(line.text) is not None or WEAK_BULLET.fullmatch(line.text) is not None
    mostly = after if marker or len(after.text) > len(line.text) else line
    text, more = line.text, after.text
    if more.isdigit() and after.size < 0.8 * line.size:
        more = more.translate(SUPERSCRIPTS)
    glued = after.left - line.right < 0.12 * mostly.size and not marker
    return replace(
        line,
        text=text + more if glued else f"{text} {more}",
        right=max(line.right, after.right),
        top=min(line.top, after.top),
        bottom=max(line.bottom, after.bottom),
        size=mostly.size,
        bold=after.bold if marker else line.bold and after.bold,
        tag=mostly.tag,
        role=mostly.role,
        depth=mostly.depth,
    )


def without_running_heads(
    pages: Sequence[Sequence[Line]], heights: Sequence[float]
) -> tuple[list[list[Line]], list[Aside]]:
    """The lines without what repeats at the pages' edges, and what that is."""

    def marginal(line: Line) -> bool:
        height = heights[line.page]
        return line.bottom < height * MARGIN or line.top > height * (1 - MARGIN)

    def shape(line: Line) -> str:
        return re.sub(r"\d+", "#", line.text.lower())

    seen = Counter(key for lines in pages for key in {shape(line) for line in lines if marginal(line)})
    often = max(2, min(5, len(pages) // 2))
    rising = _rising(pages)
    bodies: list[list[Line]] = []
    aside: dict[str, Aside] = {}
    for lines in pages:
        body = []
        for line in lines:
            numbered = marginal(line) and (_PAGE_NUMBER.fullmatch(line.text) or _names_and_numbers(line))
            if (marginal(line) and seen[shape(line)] >= often) or numbered or line in rising:
                aside.setdefault(shape(line), Aside(line.text, "repeated at the edge of the pages"))
            else:
                body.append(line)
        bodies.append(body)
    return bodies, list(aside.values())


def _names_and_numbers(line: Line) -> bool:
    """Whether a line at the page's edge is a few words and then the number of its page."""
    said = _NAME_AND_NUMBER.fullmatch(line.text)
    return said is not None and int(said["number"]) == line.page + 1 and len(line.text.split()) <= _SHORT_FOOT


def _rising(pages: Sequence[Sequence[Line]]) -> set[Line]:
    """Page numbers wherever they stand: by themselves in one place, and rising by one from page to page."""
    places: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for lines in pages:
        for line in lines:
            if number := re.search(r"\d{1,4}", line.text) if _PAGE_NUMBER.fullmatch(line.text) else None:
                places[round(line.top / 12), int(number[0]) - line.page].append(line)
    return {
        line
        for found in places.values()
        if len({each.page for each in found}) >= max(3, len(pages) // 2)
        for line in found
    }


def in_reading_order(lines: Sequence[Thing]) -> list[Thing]:
    """Columns one after the other; what runs across them, in its place between."""
    lines = in_rows(lines)
    gutter = _gutter(lines)
    if gutter is None:
        return _side_by_side_apart(lines)
    ordered: list[Thing] = []
    left: list[Thing] = []
    right: list[Thing] = []
    for line in lines:
        if line.right <= gutter:
            left.append(line)
        elif line.left >= gutter:
            right.append(line)
        else:
            ordered += [*_side_by_side_in_order(left, right), line]
            left, right = [], []
    return [*ordered, *_side_by_side_in_order(left, right)]


def _side_by_side_in_order(left: Sequence[Thing], right: Sequence[Thing]) -> list[Thing]:
    """Two columns one after the other, unless the left one only heads what stands beside it."""
    return _headed_rows(left, right) or [*in_reading_order(left), *in_reading_order(right)]


def _headed_rows(left: Sequence[Thing], right: Sequence[Thing]) -> list[Thing]:
    """Row by row what a left column of heads stands beside; nothing where it is a column of its own."""
    if not left or not right or not _only_heads(left, right):
        return []
    high = max(line.bottom - line.top for line in left)
    heads = [[left[0]]]
    for line in left[1:]:
        if line.top - heads[-1][-1].top > _HEAD_STEP * high:
            heads.append([line])
        else:
            heads[-1].append(line)
    begins = [head[0].top - 0.5 * high for head in heads]
    if len(heads) < _ROWS or right[0].top < begins[0]:
        return []
    ordered: list[Thing] = []
    for head, begin, end in zip(heads, begins, [*begins[1:], float("inf")], strict=True):
        beside = [line for line in right if begin <= line.top < end]
        if not beside or beside[0].top - head[0].top > _HEADED_FROM * high:
            return []
        ordered += [*head, *beside]
    return ordered


def _only_heads(left: Sequence[Placed], right: Sequence[Placed]) -> bool:
    """Whether every line of a column is set as a heading beside plain text."""
    lines = [line for line in right if isinstance(line, Line)]
    if len(lines) < len(right) or any(line.bold for line in lines):
        return False
    size = sorted(line.size for line in lines)[len(lines) // 2]
    return all(isinstance(line, Line) and (line.bold or line.size > 1.08 * size) for line in left)


def in_rows(lines: Sequence[Thing]) -> list[Thing]:
    """From the top down, and what stands at one height from left to right, however little one stands higher."""
    rows: list[list[Thing]] = []
    for line in sorted(lines, key=lambda line: (line.top, line.left)):
        first = rows[-1][0] if rows else None
        overlap = min(first.bottom, line.bottom) - max(first.top, line.top) if first is not None else -1.0
        if first is not None and overlap > 0.5 * max(first.bottom - first.top, line.bottom - line.top):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.left)]


def _side_by_side_apart(lines: Sequence[Thing]) -> list[Thing]:
    """Lines from the top down, but a few that stand beside others are read after them, not between."""
    ordered: list[Thing] = []
    waiting: list[Thing] = []
    last: Thing | None = None
    for line in lines:
        if last is not None and _beside(last, line):
            waiting.append(line)
            continue
        if waiting and _beside(waiting[-1], line) and last is not None and line.left < last.right:
            ordered.append(line)
            last = line
            continue
        if waiting and last is not None and line.left >= last.right:
            waiting.append(line)
            continue
        ordered += waiting
        waiting = []
        ordered.append(line)
        last = line
    return [*ordered, *waiting]


def _beside(line: Placed, other: Placed) -> bool:
    overlap = min(line.bottom, other.bottom) - max(line.top, other.top)
    return overlap > 0.3 * min(line.bottom - line.top, other.bottom - other.top) and (
        other.left >= line.right or line.left >= other.right
    )


def _gutter(lines: Sequence[Placed]) -> float | None:
    """Where white runs down between two columns, if it does."""
    if sum(map(_lines_high, lines)) < 2 * _BESIDE or _in_aligned_rows(lines):
        return None
    best: tuple[int, float] | None = None
    for right_edge in sorted({line.right for line in lines}):
        to_left = [line for line in lines if line.right <= right_edge]
        to_right = [line for line in lines if line.left >= right_edge + _GUTTER]
        if min(sum(map(_lines_high, side)) for side in (to_left, to_right)) < _BESIDE:
            continue
        beside = _lines_beside(to_left, to_right)
        across = len(lines) - len(to_left) - len(to_right)
        if beside >= _BESIDE and across <= beside and (best is None or beside - across > best[0]):
            best = (beside - across, (right_edge + min(line.left for line in to_right)) / 2)
    return best[1] if best else None


def _lines_beside(left: Sequence[Placed], right: Sequence[Placed]) -> int:
    """How many lines of one side have the other side next to them, which two halves of one list have not."""
    top = max(min(line.top for line in left), min(line.top for line in right))
    bottom = min(max(line.bottom for line in left), max(line.bottom for line in right))
    return min(
        sum(_lines_high(line) for line in side if top - 2 <= line.top and line.bottom <= bottom + 2)
        or max(_lines_between(line, top, bottom) for line in side)
        for side in (left, right)
    )


def _lines_high(thing: Placed) -> int:
    """How many lines a thing counts as: a box or a table as many as would stand in it."""
    return max(1, int((thing.bottom - thing.top) / _A_LINE))


def _lines_between(thing: Placed, top: float, bottom: float) -> int:
    """How many lines of a box that reaches further stand between two heights."""
    high = _lines_high(thing)
    return int((min(thing.bottom, bottom) - max(thing.top, top)) / _A_LINE) if high > _BESIDE else 0


def _in_aligned_rows(things: Sequence[Placed]) -> bool:
    """Whether boxes stand in a grid, each row beginning at one height: they are read row by row."""
    tops = Counter(round(thing.top / 6) for thing in things)
    return all(_lines_high(thing) >= _BESIDE for thing in things) and all(count > 1 for count in tops.values())
