"""Where the examples of each kind of question are in the space of the published encoder, and how near some words come.

Seen from the middle of all, so that what they have in common, that they ask, counts for nothing. Near the examples
themselves, and near each kind's middle in a space in which examples of one kind differ as much one way as another.
Knows nothing of what the kinds are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.retrieval.protocols import Vectors

NEAREST = 3
"""Examples of a kind that speak for it."""
OF_THE_NEAREST = 0.7
"""What the nearest of them says, against the mean of all three."""
OF_THEIR_OWN = 0.8
"""How much of the way examples of a kind differ is taken from the examples; for the rest it's the same every way."""


class QuestionPlaces:
    """The places of some examples, a row each, and the key of each one's kind."""

    def __init__(self, keys: Sequence[str], places: Vectors) -> None:
        import numpy as np

        rows: dict[str, list[int]] = {}
        for row, key in enumerate(keys):
            rows.setdefault(key, []).append(row)
        self._rows: Mapping[str, Sequence[int]] = rows
        self._middle = places.mean(axis=0)
        self._places = _of_length_one(places - self._middle)
        middles = np.array([self._places[of_one].mean(axis=0) for of_one in rows.values()])
        which = {key: place for place, key in enumerate(rows)}
        apart = self._places - middles[[which[key] for key in keys]]
        self._evened = _evening(apart)
        self._middles = _of_length_one(middles @ self._evened)

    def near(self, place: Vectors) -> tuple[Mapping[str, float], Mapping[str, float]]:
        """How near a place comes to the examples of each kind, and to its middle; both from -1 to 1."""
        import numpy as np

        seen = _of_length_one(place - self._middle)
        each = self._places @ seen
        examples = {}
        for key, rows in self._rows.items():
            nearest = np.sort(each[rows])[::-1][:NEAREST]
            examples[key] = float(OF_THE_NEAREST * nearest[0] + (1 - OF_THE_NEAREST) * nearest.mean())
        middles = self._middles @ _of_length_one(seen @ self._evened)
        return examples, dict(zip(self._rows, map(float, middles), strict=True))


def _of_length_one(places: Vectors) -> Vectors:
    import numpy as np

    length_one: Vectors = places / np.maximum(np.linalg.norm(places, axis=-1, keepdims=True), 1e-9)
    return length_one


def _evening(apart: Vectors) -> Vectors:
    """What makes the differences of examples from their kind's middle the same every way."""
    import numpy as np

    spread = apart.T @ apart / len(apart)
    alike_every_way = np.eye(len(spread)) * np.trace(spread) / len(spread)
    wide, ways = np.linalg.eigh(OF_THEIR_OWN * spread + (1 - OF_THEIR_OWN) * alike_every_way)
    evening: Vectors = (ways / np.sqrt(np.maximum(wide, 1e-9))).astype(np.float32)
    return evening
