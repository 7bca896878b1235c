"""What the engine asks of whoever knows the lexicon and whoever knows the encoder.

Owns only the two shapes, so that the engine ranks with words alone, with concepts, with meaning or with all three,
and never learns where they come from.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""One row a text, each of length one."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept that somebody's words carry."""

    concept: str
    weight: float
    """1 for the thing itself, less for a near or guessed concept."""
    spans: tuple[tuple[int, int], ...] = ()
    """The words that show it, as character offsets; empty when only meaning suggested it."""


class ConceptReader(Protocol):
    """Finds concepts of the lexicon in learning points and in queries."""

    @property
    def checksum(self) -> str:
        """Changes whenever the tags it gives could change; the saved index is built again then."""

    def of_points(
        self, texts: Sequence[str], headings: Sequence[str], vectors: Vectors | None
    ) -> list[dict[str, float]]:
        """The weight of each concept in each learning point."""

    def of_query(self, text: str, vector: Vectors | None, held: Collection[str]) -> Sequence[Mention]:
        """The concepts that a query carries; `vector` is its one row of meaning, where there is an encoder.

        `held` are the concepts that some point of the library carries.
        """


class Encoder(Protocol):
    """Turns texts into vectors whose products say how near two texts are in meaning."""

    @property
    def checksum(self) -> str:
        """Of the weights and of what is done with them."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row for each text."""
