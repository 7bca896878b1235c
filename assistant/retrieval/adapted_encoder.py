"""What somebody says, and what a review writes, in one space: the encoder's last layers taught further.

People don't talk as reviews are written. Owns the use of what was learnt from `tools/training/said-and-written/`
(`python -m tools.train_adapted_encoder`): passages as reviews and inspectors write them, each with three ways in which
people of different jobs would say what they look for, and with a passage on the same subject that doesn't help. Beside
it stands the published encoder, in whose space concepts are known; the lower layers of both are worked out once. Knows
nothing of concepts, of ranking or of files.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from assistant.learnt_files import sum_of
from assistant.resources import shipped
from assistant.retrieval import index_file
from assistant.retrieval.encoder import Encoder, EncoderError
from assistant.retrieval.taught_layers import kept_as, taught_encoder

if TYPE_CHECKING:
    from assistant.retrieval.protocols import Vectors

LEARNT = "adapted.learnt"
LAYERS = (4, 5)
"""Of the encoder's six, those taught further."""
OUTSIDE = ("outside", "outside.edge")
"""How much each direction of both spaces speaks for small talk and the office, and from where on it is believed."""


DAMAGED = f"What search has learnt of everyday words ({LEARNT}) is missing or damaged: install Reflect again."


class AdaptedEncoder:
    """The published encoder, and beside it the one that was taught."""

    def __init__(self, published: Encoder) -> None:
        """Raises EncoderError where what was learnt is not there."""
        self._published = published
        try:
            self.checksum = f"{published.checksum}-{sum_of(shipped('models') / LEARNT)[:16]}"
        except OSError as error:
            raise EncoderError(DAMAGED) from error

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of length one a text, in the published space."""
        return self._published.encode(texts)

    def encode_both(self, texts: Sequence[str], also: Sequence[str] = ()) -> tuple[Vectors, Vectors]:
        """The same, with those `also` asked for after them; and one row for each of `texts` in the space where what is
        said lies near what answers it."""
        return self._published.encode_beside(self._adapted, texts, also)

    def is_outside(self, vector: Vectors, adapted: Vectors) -> bool:
        """Whether what was said, given as its rows in both, has nothing to do with practice."""
        weights, edge = (self._arrays[name] for name in OUTSIDE)
        return bool(weights @ np.concatenate([vector, adapted]) > edge)

    @cached_property
    def _adapted(self) -> Encoder:
        return taught_encoder(self._published, self._arrays, LAYERS)

    @cached_property
    def _arrays(self) -> index_file.Arrays:
        made_from = {"encoder": self._published.checksum}
        arrays = index_file.peek(shipped("models") / LEARNT, *kept_as(LAYERS), *OUTSIDE, made_from=made_from)
        if not arrays:
            raise EncoderError(DAMAGED)
        return arrays
