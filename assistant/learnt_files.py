"""The files of `models/`: which there are, and that each is the one its manifest names.

A file that travels with the program has a manifest beside it, which names it by its sum and says what it was made from.
One that isn't the file its manifest names is left alone. Owns the list, the sums and that comparison. Knows nothing of
what a file holds or of who reads it.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from assistant.resources import shipped

NAMES = (
    "act-now.learnt", "adapted.learnt", "asks.learnt", "bears.learnt", "closing.learnt", "concepts.learnt",
    "finder.learnt", "lines.learnt", "ordinary-words.txt", "patterns.learnt", "reranker.learnt", "salience.learnt",
    "stances.learnt",
)  # fmt: skip
ARRAYS = b"REFLECT-INDEX\n"
"""How a file of arrays begins; the sum of its header follows, and that holds the sum of each array."""
SUM = hashlib.sha256().digest_size


def sum_of(path: Path) -> str:
    """The sum of the header of a file of arrays, which holds theirs; of any other file that of the whole. Raises
    OSError when it cannot be read."""
    with path.open("rb") as file:
        begins = file.read(len(ARRAYS) + SUM)
        if begins.startswith(ARRAYS):
            return begins[len(ARRAYS) :].hex()
        return hashlib.sha256(begins + file.read()).hexdigest()


def manifest_of(path: Path) -> Path:
    """Where the manifest of a file that travels with the program stands."""
    return path.with_suffix(".json")


def named(path: Path) -> bool:
    """Whether a file is the one its manifest names; one made on this machine has none."""
    try:
        manifest: Any = json.loads(manifest_of(path).read_bytes())
        return bool(manifest["sum"] == sum_of(path))
    except FileNotFoundError:
        return not manifest_of(path).exists()
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return False


def text_of(name: str) -> str | None:
    """What stands in a file of words; None where it isn't there or isn't the one its manifest names."""
    path = shipped("models") / name
    try:
        return path.read_text(encoding="utf-8") if named(path) else None
    except (OSError, ValueError):
        return None
