"""Reads a folder of training data: one file a writer or a round, named by its number, a JSON object a line.

Owns the order, which is that in which they were written down. Knows nothing of what stands in them, and needs nothing
that has to be installed.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def written_lines(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every line, with the number of its file."""
    for path in sorted(folder.glob("*.jsonl.xz"), key=lambda path: int(_number(path))):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield _number(path), json.loads(line)


def _number(path: Path) -> str:
    return path.name.partition(".")[0]
