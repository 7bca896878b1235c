"""What an answer means as a whole, for each kind of danger: the encoder's last layers taught further, and its heads.

Owns the arithmetic from the states of an answer's pieces to one number a kind. Each head looks along the whole answer
for what bears on it, so that "he" and "alone" are read with what stands around them. Knows nothing of levels or cards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.noticing.danger_columns import joined, names, parted
from assistant.retrieval.taught_layers import kept_as, taught_encoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.retrieval.encoder import Encoder

LAYERS = (3, 4, 5)
"""Of the encoder's six, those taught further."""
MOST_PIECES = 110
"""Pieces of words read together: six sentences or so."""
SCALE = 4.0
"""Pooled states are made this long; looking is made less sharp by as much."""
_HEADS = ("head.looks-for", "head.found", "head.whole", "head.bias")


@dataclass(frozen=True)
class Heads:
    """One row a kind, and a last one for danger of any kind."""

    looks_for: NDArray[Any]
    found: NDArray[Any]
    """What it makes of what it found."""
    whole: NDArray[Any]
    """What it makes of the whole."""
    bias: NDArray[Any]

    def speaks(self, states: NDArray[Any]) -> NDArray[Any]:
        """How much an answer, as the states of its pieces, speaks for each kind."""
        import numpy as np

        looked = self.looks_for @ states.T / np.float32(SCALE)
        looked = np.exp(looked - looked.max(axis=1, keepdims=True))
        looked /= looked.sum(axis=1, keepdims=True)
        whole = self.whole @ _long(states.mean(axis=0, keepdims=True))[0]
        spoken: NDArray[Any] = (_long(looked @ states) * self.found).sum(axis=1) + whole + self.bias
        return spoken


class DangerReader:
    """Reads with the taught encoder."""

    def __init__(self, taught: Encoder, heads: Heads) -> None:
        self._encoder = taught
        self.heads = heads

    def pieces(self, sentences: Sequence[str]) -> list[list[int]]:
        """Sentences as the pieces that `speaks` reads."""
        return self._encoder.pieces(sentences)

    def speaks_of(self, stretches: Sequence[Sequence[int]]) -> list[NDArray[Any]]:
        """For each kind and for any, how much each of some stretches of an answer speaks for it."""
        return [self.heads.speaks(states) for states in self._encoder.states_of(stretches)]


def taught_names() -> tuple[str, ...]:
    """The arrays that hold a reader: how each tensor of the taught layers differs, its grain, and the heads."""
    return (*kept_as(LAYERS), *names(*_HEADS))


def heads_kept(heads: Heads) -> dict[str, NDArray[Any]]:
    """Heads as they are kept."""
    parts = (heads.looks_for, heads.found, heads.whole, heads.bias)
    return {name: row for part, rows in zip(_HEADS, parts, strict=True) for name, row in parted(part, rows).items()}


def reader_of(published: Encoder, arrays: Mapping[str, NDArray[Any]]) -> DangerReader:
    """The reader that `arrays` hold, upon the published encoder."""
    return DangerReader(taught_encoder(published, arrays, LAYERS), Heads(*(joined(part, arrays) for part in _HEADS)))


def _long(vectors: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    lengthened: NDArray[Any] = vectors * (SCALE / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12))
    return lengthened
