"""What a tagged PDF says of its words: which are a heading, an item or a cell, and of which table.

Owns the walk over PDFium's structure tree. Where anything stands on the page is for others.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import Any

_WITHIN = frozenset("Span Link LBody Lbl Reference Em Strong Document Sect Part NonStruct Private".split())
"""Roles that say nothing of where a paragraph, an item or a heading begins."""
_CELLS = frozenset({"TD", "TH"})
_MOST = 20_000
CellPlace = tuple[int, int, int]
"""Of a tagged cell: which table, which row of it, and which cell of the row."""


@dataclass
class Tags:
    """The tagged elements of one page."""

    of_mark: dict[int, int] = field(default_factory=dict)
    """The element that a mark in the page's content belongs to."""
    roles: dict[int, tuple[str, int]] = field(default_factory=dict)
    """Of an element: its role, and how deep its list is."""
    cells: dict[int, CellPlace] = field(default_factory=dict)
    """Of an element in a table: its cell."""


@dataclass(frozen=True)
class _Place:
    depth: int = 0
    block: int = 0
    table: int = 0
    cell: CellPlace | None = None


def tags_of(raw: Any, page: Any) -> Tags:
    """What the page's tags say; nothing where it has none."""
    tags = Tags()
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return tags
    rows: dict[int, int] = {}
    columns: dict[tuple[int, int], int] = {}
    stack = [
        (raw.FPDF_StructTree_GetChildAtIndex(tree, at), _Place())
        for at in reversed(range(max(0, raw.FPDF_StructTree_CountChildren(tree))))
    ]
    count = 0
    while stack and count < _MOST:
        element, place = stack.pop()
        if not element:
            continue
        count += 1
        place = _entered(tags, _name_of(raw, element), place, count, rows, columns)
        for at in range(max(0, raw.FPDF_StructElement_GetMarkedContentIdCount(element))):
            mark = raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, at)
            if mark >= 0:  # below 0 it is another element, and the mark of all that has none
                tags.of_mark[mark] = place.block
        stack += [
            (raw.FPDF_StructElement_GetChildAtIndex(element, at), place)
            for at in reversed(range(max(0, raw.FPDF_StructElement_CountChildren(element))))
        ]
    raw.FPDF_StructTree_Close(tree)
    return tags


def _entered(
    tags: Tags,
    role: str,
    place: _Place,
    count: int,
    rows: dict[int, int],
    columns: dict[tuple[int, int], int],
) -> _Place:
    """Where the walk is once it has gone into an element, which is written down unless it says nothing."""
    depth = place.depth + (role == "L")
    block = place.block if role in _WITHIN else count
    table, cell = (count, None) if role == "Table" else (place.table, place.cell)
    if role == "TR":
        rows[table] = rows.get(table, -1) + 1
    elif role in _CELLS and table:
        row = rows.get(table, 0)
        columns[table, row] = columns.get((table, row), -1) + 1
        cell = (table, row, columns[table, row])
    if role not in _WITHIN:
        tags.roles[block] = (role, depth)
    if cell is not None:
        tags.cells[block] = cell
    return _Place(depth, block, table, cell)


def _name_of(raw: Any, element: Any) -> str:
    length = raw.FPDF_StructElement_GetType(element, None, 0)
    buffer = ctypes.create_string_buffer(max(2, length))
    raw.FPDF_StructElement_GetType(element, buffer, length)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\x00")
