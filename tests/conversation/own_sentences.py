"""Sentences written beside the signs of danger: real signs and traps, by kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent / "labelled"


def own_sentences(name: str) -> Iterator[dict[str, str]]:
    """Rows as the scorer reads them; `+` is a real sign of the kind above it, `-` a trap."""
    kind = ""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line[:2] in {"+ ", "- "}:
            yield {"kind": kind, "label": "danger" if line[0] == "+" else "trap", "text": line[2:]}
