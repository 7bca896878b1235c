"""What one page of a PDF is found to hold: its words, its rules, its boxes and its pictures.

Owns the shape of what is read, for those who make lines, columns and tables of it. Asks PDFium nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from assistant.library.readers.pdf_tags import CellPlace

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, from the top left of the page."""


@dataclass(frozen=True)
class Segment:
    """Words that stand together on one line and follow each other in the file."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    """In points on the page, whatever the font's own size."""
    bold: bool
    start: int
    """Its place in the order of the file."""
    tag: int = 0
    """The tagged element it belongs to; 0 for none."""


@dataclass(frozen=True)
class Rule:
    """A straight line: a border of a cell or of a box."""

    upright: bool
    at: float
    begin: float
    end: float


@dataclass
class PageContent:
    """One page, as far as it can be seen."""

    number: int
    width: float
    height: float
    segments: list[Segment] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    bullets: list[Box] = field(default_factory=list)
    """Small drawn shapes."""
    hidden: Counter[str] = field(default_factory=Counter)
    """Letters left out, by the reason."""
    hidden_words: list[tuple[str, str]] = field(default_factory=list)
    pictures: float = 0.0
    """Share of the page that its largest picture covers."""
    is_scan: bool = False
    """A picture of a page with the words laid under it."""
    fields: list[tuple[str, Box]] = field(default_factory=list)
    """What was typed in the form's fields."""
    comments: int = 0
    roles: dict[int, tuple[str, int]] = field(default_factory=dict)
    """Of a tagged element: its role, and how deep its list is."""
    cells: dict[int, CellPlace] = field(default_factory=dict)
    """Of a tagged element in a table: its cell."""
