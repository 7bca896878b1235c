"""Labelled sentences: those what is learnt was learnt from, and those written beside the signs of danger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

TRAINING = Path(__file__).parent / "training"
LABELLED = Path(__file__).parents[1] / "tests" / "noticing" / "labelled"


def own_sentences(name: str) -> Iterator[dict[str, str]]:
    """Rows as the scorer reads them; `+` is a real sign of the kind above it, `-` a trap."""
    kind = ""
    for line in (LABELLED / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line[:2] in {"+ ", "- "}:
            yield {"kind": kind, "label": "danger" if line[0] == "+" else "trap", "text": line[2:]}


def read_sentences(path: Path) -> list[tuple[str, str]]:
    """Each sentence with its label: a kind of danger, or `not:` and the kind it might be taken for."""
    rows = (line.split("\t", 1) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [(label, text) for label, text in rows]
