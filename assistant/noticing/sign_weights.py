"""How far each sign of danger has been right, and what turns it: past, denied, supposed, at what age.

Owns the sum of what was learnt of the traits of an answer (`danger.Look`): each sign by how surely it is said, and each
vocabulary around it. A sign that nothing was learnt of counts as one of its kind. Needs no encoder.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.noticing.danger_columns import joined, names, parted

if TYPE_CHECKING:
    from numpy.typing import NDArray


def numbers_of(traits: Collection[str]) -> list[int]:
    """A number that stands for each trait, in order."""
    return sorted(zlib.crc32(trait.encode()) for trait in traits)


@dataclass(frozen=True)
class SignWeights:
    """What was learnt of each trait."""

    known: NDArray[Any]
    """The numbers of the traits, in order."""
    weights: NDArray[Any]
    """A row a column of danger_columns.py, a place a trait."""
    bias: NDArray[Any]

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> SignWeights:
        """As they are kept."""
        return cls(arrays["signs.known"], joined("signs.weights", arrays), joined("signs.bias", arrays))

    def kept(self) -> dict[str, NDArray[Any]]:
        """The arrays that `of` reads."""
        return {
            "signs.known": self.known,
            **parted("signs.weights", self.weights),
            **parted("signs.bias", self.bias),
        }

    def speaks(self, traits: Collection[str]) -> NDArray[Any]:
        """How much an answer with these traits speaks for each kind and for any."""
        import numpy as np

        spoken: NDArray[Any] = self.weights[:, np.isin(self.known, numbers_of(traits))].sum(axis=1) + self.bias
        return spoken


def sign_names() -> tuple[str, ...]:
    """The arrays that hold what was learnt of traits."""
    return ("signs.known", *names("signs.weights", "signs.bias"))
