"""The kinds of danger as the columns of everything learnt, and their names in the file that keeps it.

Owns the one order in which figures of the kinds stand beside one another in memory. In the file each stands under the
name of its kind and is found by it: kept as one table, a table was once read in another order than it was taught in,
and every kind spoke for its neighbour. Knows nothing of what the figures mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_args

from assistant.noticing.observations import DangerKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

KINDS: tuple[DangerKind, ...] = get_args(DangerKind)
"""In the order of every learnt row."""
ANY = len(KINDS)
"""The column of danger of any kind, after those of the kinds."""
COLUMNS: tuple[str, ...] = (*KINDS, "any")


def names(*parts: str) -> tuple[str, ...]:
    """The names under which some parts are kept."""
    return tuple(f"{part}.{column}" for part in parts for column in COLUMNS)


def parted(part: str, rows: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """A row a column, each under its name."""
    return {name: rows[place : place + 1] for place, name in enumerate(names(part))}


def joined(part: str, arrays: Mapping[str, NDArray[Any]]) -> NDArray[Any]:
    """The rows that `parted` took apart."""
    import numpy as np

    return np.concatenate([arrays[name] for name in names(part)])
