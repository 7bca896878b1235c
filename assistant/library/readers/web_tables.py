"""Tables of a web page.

Owns whether a table holds data or only puts things side by side, which row heads it, and under which column each cell
stands. What the cells say is for `web_reader`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.library.sections import column_of, heads_columns

_LABEL = 8
"""Words in the longest cell of a row that heads a table."""
_MOST_SPANNED = 100


def only_arranges(table: Any, rows: Sequence[Sequence[Any]]) -> bool:
    """Whether a table is no table of data: it puts boxes with headings, lists or tables of their own side by side."""
    if (
        table.get("role") == "presentation"
        or max(map(len, rows)) < 2
        or _puts_beside(rows)
        or table.xpath(".//h1|.//h2|.//h3|.//h4")
    ):
        return True
    if not table.xpath(".//table|.//ul|.//ol"):
        return False
    labels = _labels(rows[0])
    return not is_headed(rows) or not all(labels) or all(column_of(label).subject for label in labels)


def _puts_beside(rows: Sequence[Sequence[Any]]) -> bool:
    """Whether a table is one row that puts a column of links beside the text."""
    return len(rows) == 1 and any(cell.xpath(".//a[@href]") and not words_outside_links(cell) for cell in rows[0])


def is_headed(rows: Sequence[Sequence[Any]]) -> bool:
    """Whether the first row says what stands in the columns."""
    if all(cell.tag == "th" for cell in rows[0]):
        return True
    labels = _labels(rows[0])
    short = len(rows) > 1 and all(len(label.split()) <= _LABEL for label in labels)
    return short and (max(map(len, rows)) > 2 or heads_columns(labels))


def spans_all(row: Sequence[Any], rows: Sequence[Sequence[Any]]) -> bool:
    """Whether a row is one cell over all columns of a table of several."""
    width = max(sum(_span(cell, "colspan") for cell in each) for each in rows)
    return len(row) == 1 and width > 1 and _span(row[0], "colspan") >= width


def _labels(row: Sequence[Any]) -> list[str]:
    return [" ".join(cell.text_content().split()) for cell in row]


def taken_out(row: Sequence[Any]) -> list[Any]:
    """The tables that stand inside a row's cells, which hold them no longer then."""
    found: list[Any] = []
    for holder in row:
        while (inner := holder.find(".//table")) is not None:
            inner.drop_tree()
            found.append(inner)
    return found


def placed_in_columns(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """The cells of each row under the columns they stand in; one over several rows heads each of them.

    Only a first cell is said again in the rows it reaches: what it names holds for all of them.
    """
    reaching: dict[int, tuple[int, Any]] = {}
    placed: list[list[Any]] = []
    for cells in rows:
        row: list[Any] = []
        waiting = list(cells)
        while waiting or any(column >= len(row) for column in reaching):
            column = len(row)
            if column in reaching:
                left, held = reaching.pop(column)
                row.append(held if column == 0 else None)
                if left > 1:
                    reaching[column] = (left - 1, held)
                if not waiting and not any(at > column for at in reaching):
                    break
                continue
            if not waiting:
                row.append(None)
                continue
            held = waiting.pop(0)
            for at in range(_span(held, "colspan")):
                row.append(held if at == 0 else None)
                if (down := _span(held, "rowspan")) > 1:
                    reaching[column + at] = (down - 1, held)
        placed.append(row)
    return placed


def _span(element: Any, name: str) -> int:
    said = element.get(name) or "1"
    return min(max(int(said), 1), _MOST_SPANNED) if said.isdigit() else 1


def words_outside_links(element: Any) -> int:
    return sum(
        len(text.split())
        for text in element.xpath(
            ".//text()[not(ancestor::a) and not(ancestor::script) and not(ancestor::style) and not(ancestor::nav)"
            " and not(ancestor::footer) and not(ancestor::button)]"
        )
    )
