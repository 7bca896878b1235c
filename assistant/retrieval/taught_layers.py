"""Layers of the encoder that were taught further for one task, as they are kept.

Owns how they are written down and read, a small whole number for each difference from the published tensors and the
grain by which a row's numbers are multiplied, and how whatever reads with them is opened. Knows nothing of what any
was taught for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.resources import shipped

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.retrieval.encoder import Encoder

_GRAINS = 127
Reader = TypeVar("Reader")


def kept(taught: Mapping[str, NDArray[Any]], published: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Taught tensors as they are kept."""
    import numpy as np

    arrays: dict[str, NDArray[Any]] = {}
    for name, values in taught.items():
        difference = values - published[name]
        grain = np.maximum(np.abs(difference).max(axis=-1, keepdims=True), 1e-12) / _GRAINS
        arrays[name] = np.rint(difference / grain).astype(np.int8)
        arrays[f"{name}.grain"] = grain.astype(np.float32)
    return arrays


def kept_as(layers: Sequence[int]) -> tuple[str, ...]:
    """The arrays that hold some layers."""
    from assistant.retrieval.layers import layer_tensors

    tensors = layer_tensors(layers)
    return (*tensors, *(f"{name}.grain" for name in tensors))


def taught_encoder(published: Encoder, arrays: Mapping[str, NDArray[Any]], layers: Sequence[int]) -> Encoder:
    """The published encoder with the differences that `arrays` keep of some of its layers."""
    from assistant.retrieval.layers import layer_tensors

    return published.taught(
        {name: published.weights[name] + arrays[name] * arrays[f"{name}.grain"] for name in layer_tensors(layers)}
    )


def opened(
    home: Path,
    learnt: str,
    names: Sequence[str],
    reader_of: Callable[[Encoder, Mapping[str, NDArray[Any]]], Reader],
) -> Reader | None:
    """What the arrays of a shipped file make of the encoder; None where either isn't there, or the one isn't from the
    other."""
    from assistant.retrieval import index_file
    from assistant.retrieval.open_search import open_encoder

    encoder = open_encoder(home)
    if encoder is None:
        return None
    arrays = index_file.peek(shipped("models") / learnt, *names, made_from={"encoder": encoder.checksum})
    return reader_of(encoder, arrays) if arrays else None
