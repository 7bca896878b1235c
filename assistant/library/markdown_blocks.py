"""A document as a run of blocks: paragraphs, list items, headings and footnotes, each with its place in the source.

Owns the reading of Markdown (with markdown-it-py) and of the tables in it. What a block means, and whether a short
paragraph is really a heading, is for others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from assistant.library.bullets import BULLETS
from assistant.library.html_blocks import html_blocks
from assistant.library.points import Span
from assistant.library.sections import heads_a_plan, heads_columns, heads_rows

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

BlockKind = Literal["heading", "row", "column", "paragraph", "item", "cell", "footnote"]
"""A cell is the plain text of a table's cell, which is never a heading; a column is what heads the cell after it, a row
what all cells after it are about."""
IN_TEXT, IN_TABLE, IN_CELL = 7, 8, 9
"""How deep a heading is when nothing in the source says: bare lines come below Markdown's six levels."""

_MARKER = re.compile(r"[ \t]*(?:>[ \t]*)*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?")
_QUOTED = re.compile(r"(?:>[ \t]*)+")
_GLYPH = re.compile(rf"[{BULLETS}·–][ \t]*")
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]+(?P<text>.*?)(?:[ \t]+#+)?[ \t]*\Z")
_NOTE = re.compile(r"(?:[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]*[ \t]*|\[\^[^\]]+\]:[ \t]*)(?=\S)")
_CELL = re.compile(r"(?:\\.|[^|\\])+")
_HTML = re.compile(r"<(?:p|ul|ol|li|br|div|h[1-6])\b", re.IGNORECASE)
_UNFINISHED = re.compile(
    r"(?:\b(?:and|or|of|the|a|an|to|in|for|with|by|from|which|that|as|their|its|these|those)|[,–-])\Z"
)
_LABEL_WORDS = 8
_NUMBERED = re.compile(r"\W*\d{1,2}[.):]?\s+[A-Z]")
_RUNNING = frozenset({"item", "paragraph", "cell"})


@dataclass(frozen=True)
class Block:
    """One piece of a document."""

    kind: BlockKind
    level: int
    """Of a heading, how deep it is; of an item, how many items it stands inside; of a paragraph, what it would be as a
    heading."""
    spans: tuple[Span, ...]
    numbered: bool = False
    """An item of a numbered list that has no other item."""
    in_table: bool = False
    of_a_plan: bool = False
    """A column of a table of who does what by when."""

    def text(self, source: str) -> str:
        return " ".join(source[start:end] for start, end in self.spans)


def blocks(source: str, begin: int = 0) -> list[Block]:
    """The blocks of `source` from `begin` on, in order, with what a table or a footnote broke apart joined again."""
    return _joined(source, list(_Reader(source, begin).read()))


def _markdown() -> MarkdownIt:
    # markdown-it-py takes 40 ms to import; a library of kept points never needs it.
    from markdown_it import MarkdownIt

    # Indented text in a bulletin is a quotation or a slip, never program code.
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").disable(["code", "fence"])
    parser.core.ruler.enableOnly(["normalize", "block"])  # what stands inside a block is read from the source itself
    return parser


class _Reader:
    def __init__(self, source: str, begin: int) -> None:
        self.source = source
        self.line_starts = [begin]
        self.line_starts += [match.end() for match in re.compile(r"\n").finditer(source, begin)]
        self.tokens = _markdown().parse(source[begin:])
        self.indents: list[int] = []

    def read(self) -> Iterator[Block]:
        position = 0
        while position < len(self.tokens):
            token = self.tokens[position]
            if token.type == "table_open":
                end = _closing(self.tokens, position)
                yield from (replace(block, in_table=True) for block in self._table(self.tokens[position:end]))
                position = end
                continue
            if token.type in {"bullet_list_open", "ordered_list_open"} and token.level == 0:
                self.indents = []
            if token.map is not None:
                yield from self._block(position, token)
            position += 1

    def _block(self, position: int, token: Token) -> Iterator[Block]:
        assert token.map is not None
        if token.type == "heading_open":
            yield self._heading(token)
        elif token.type == "paragraph_open":
            before = self.tokens[position - 1] if position else None
            if before is not None and before.type == "list_item_open":
                yield self._item(position, token)
            else:
                yield from self._paragraph(token)
        elif token.type == "html_block":
            start, end = self._trimmed(*token.map)
            yield from self._html(start, end, IN_TEXT)

    def _heading(self, token: Token) -> Block:
        start, end = self._trimmed(token.map[0], token.map[0] + 1)  # type: ignore[index]  # headings have a map
        match = _HEADING.match(self.source[start:end])
        if match is not None:
            start, end = start + match.start("text"), start + match.end("text")
        return Block("heading", int(token.tag[1:]), ((start, end),))

    def _paragraph(self, token: Token) -> Iterator[Block]:
        start, end = self._trimmed(*token.map)  # type: ignore[misc]  # paragraphs have a map
        quoted = _QUOTED.match(self.source, start, end)
        start = quoted.end() if quoted else start
        start += _glyph_width(self.source[start:end])
        note = _NOTE.match(self.source, start, end)
        if note is not None:
            yield Block("footnote", IN_TEXT, ((note.end(), end),))
        elif end > start:
            yield Block("paragraph", IN_TEXT, ((start, end),))

    def _item(self, position: int, token: Token) -> Block:
        first = self.line_starts[token.map[0]]  # type: ignore[index]  # paragraphs have a map
        start, end = self._trimmed(*token.map)  # type: ignore[misc]
        # One space before a bullet is not nesting to Markdown, but the people who typed it meant it as such.
        indent = start - first
        while self.indents and self.indents[-1] >= indent:
            self.indents.pop()
        depth = len(self.indents)
        self.indents.append(indent)
        marker = _MARKER.match(self.source, start, end)
        if marker is not None:
            start = marker.end()
        start += _glyph_width(self.source[start:end])
        return Block("item", depth, ((start, max(start, end)),), numbered=self._is_lone_number(position))

    def _is_lone_number(self, position: int) -> bool:
        opening = self.tokens[position - 2]
        if opening.type != "ordered_list_open":
            return False
        items = 0
        for token in self.tokens[position - 2 : _closing(self.tokens, position - 2)]:
            items += token.type == "list_item_open" and token.level == opening.level + 1
        return items == 1

    def _table(self, tokens: Sequence[Token]) -> Iterator[Block]:
        rows = [self._cells(token.map[0]) for token in tokens if token.type == "tr_open" and token.map is not None]
        if not rows:
            return
        header, *body = rows
        names = [self.source[slice(*cell)] for cell in header]
        if max(map(len, rows)) == 2 and all(map(self._is_labelled, rows)) and not heads_columns(names):
            for row in rows:
                yield from self._labelled(row)
        else:
            for row in body:
                if self._heads_anew(names, row):
                    header = row
                else:
                    yield from self._columns(header, row)

    def _heads_anew(self, names: Sequence[str], row: Sequence[Span]) -> bool:
        """Whether a row of a table whose heads are numbered numbers on: it heads what stands under it."""
        cells = [self.source[slice(*cell)] for cell in row]
        return all(_NUMBERED.match(cell) and len(cell.split()) <= _LABEL_WORDS for cell in (*names, *cells))

    def _is_labelled(self, row: Sequence[Span]) -> bool:
        return _words(self.source, row[0]) <= _LABEL_WORDS or not any(_words(self.source, cell) for cell in row[1:])

    def _labelled(self, row: Sequence[Span]) -> Iterator[Block]:
        """A row of two cells: what it is about, and what is said; or one cell right across."""
        label, *values = [cell for cell in row if _words(self.source, cell)] or [(0, 0)]
        if values or 0 < _words(self.source, label) <= _LABEL_WORDS:
            yield Block("heading", IN_TABLE, (label,))
        else:
            values = [label]
        for value in values:
            yield from self._cell(value)

    def _columns(self, header: Sequence[Span], row: Sequence[Span]) -> Iterator[Block]:
        names = [self.source[slice(*name)] for name in header]
        planned = heads_a_plan(names)
        columns = list(zip(header, row, strict=False))
        if heads_rows(names[0]) and 0 < _words(self.source, row[0]) <= _LABEL_WORDS:
            yield Block("row", IN_CELL, (row[0],))
            del columns[0]
        for name, cell in columns:
            if _words(self.source, cell):
                yield Block("column", IN_CELL, (name,), of_a_plan=planned)
                yield from self._cell(cell)

    def _cell(self, cell: Span) -> Iterator[Block]:
        start, end = cell
        if _HTML.search(self.source, start, end):
            yield from self._html(start, end, IN_CELL)
        elif end > start:
            yield Block("cell", IN_CELL, (cell,))

    def _cells(self, line: int) -> list[Span]:
        start, end = self._trimmed(line, line + 1)
        found = [
            _strip(self.source, start + cell.start(), start + cell.end())
            for cell in _CELL.finditer(self.source[start:end])
        ]
        return found

    def _html(self, start: int, end: int, level: int) -> Iterator[Block]:
        for piece in html_blocks(self.source[start:end]):
            spans = tuple((start + first, start + last) for first, last in piece.spans)
            if piece.kind == "item":
                yield Block("item", piece.level, spans)
            elif piece.kind == "heading":
                yield Block("heading", min(piece.level + level - 1, IN_CELL), spans)
            else:
                yield Block("paragraph", level, spans)

    def _trimmed(self, first: int, after: int) -> Span:
        """The text of some lines, without the white space around it."""
        start = self.line_starts[first]
        end = self.line_starts[after] if after < len(self.line_starts) else len(self.source)
        return _strip(self.source, start, end)


def _joined(source: str, found: list[Block]) -> list[Block]:
    """Blocks with those halves of a sentence put together that a table's end or a footnote parted.

    Two bullets side by side are never put together: in many lists each ends in "and".
    """
    whole: list[Block] = []
    for block in found:
        before = _parted_from(block, whole)
        if before is not None and block.text(source)[:1].islower() and _UNFINISHED.search(whole[before].text(source)):
            whole[before] = replace(whole[before], spans=whole[before].spans + block.spans)
        else:
            whole.append(block)
    return whole


def _parted_from(block: Block, before: Sequence[Block]) -> int | None:
    """The position of the running text that a footnote or a table's end stands between, if one does."""
    at = len(before) - 1
    while at >= 0 and before[at].kind == "footnote":
        at -= 1
    if at < 0 or block.kind not in _RUNNING or before[at].kind not in _RUNNING or len(before[at].spans) > 1:
        return None
    return at if at < len(before) - 1 or before[at].in_table != block.in_table else None


def _closing(tokens: Sequence[Token], position: int) -> int:
    """The position after the token that closes the one at `position`."""
    opening = tokens[position]
    for end in range(position + 1, len(tokens)):
        if tokens[end].level == opening.level and tokens[end].nesting == -1:
            return end + 1
    return len(tokens)


def _strip(source: str, start: int, end: int) -> Span:
    while start < end and source[start].isspace():
        start += 1
    while end > start and source[end - 1].isspace():
        end -= 1
    return start, end


def _glyph_width(text: str) -> int:
    match = _GLYPH.match(text)
    return match.end() if match else 0


def _words(source: str, span: Span) -> int:
    return len(re.findall(r"\w+", source[slice(*span)]))
