"""The lines of documents that `tools/training/lines/` holds, each with what it is.

Owns how they are written down: a row a line, of its document, what the rules said it is when they first read it
(nothing where they were made from it), what it is, the headings above it, its words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple, cast

from assistant.library.line_reader import Line, place
from assistant.library.points import Kind

LEARNT_FROM = Path(__file__).parent / "training" / "lines"
BETWEEN = " ¦ "


class Row(NamedTuple):
    document: str
    line: Line
    is_a: str


def fingerprint() -> str:
    """Of all that was learnt from, so that a test can tell when it has changed since."""
    written = b"".join(path.read_bytes() for path in sorted(LEARNT_FROM.glob("*.tsv")))
    return hashlib.sha256(written).hexdigest()[:16]


def rows() -> Iterator[Row]:
    for path in sorted(LEARNT_FROM.glob("*.tsv")):
        for document, group in groupby(
            (row.split("\t") for row in path.read_text(encoding="utf-8").splitlines()), key=itemgetter(0)
        ):
            of_it = list(group)
            for at, (_, rule, is_a, headings, text) in enumerate(of_it):
                known = cast("Kind | None", rule or None)
                line = Line(text, headings.split(BETWEEN), known, **place(at, len(of_it)))
                yield Row(f"{path.stem}/{document}", line, is_a)
