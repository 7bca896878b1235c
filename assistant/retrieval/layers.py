"""The arithmetic of the published encoder's layers: twelve heads, 384 wide.

Owns how texts are read together: one after another in one row of pieces, without padding, so that a product serves
them all while each text looks at itself alone. On the processors where it was tried a text's states are to the bit what
they'd be alone, whatever stands beside it. Knows nothing of words, of files or what the states are for.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.protocols import Vectors

WIDTH = 384
LAYERS = 6
_HEADS = 12
_HEAD_WIDTH = WIDTH // _HEADS
_EPSILON = 1e-12
FEWEST_ROWS = 8
"""Products of fewer are worked out in another order: short texts are read with as many more as are lacking."""

_GELU_ROOM = 1 << 15
"""Numbers worked out together, which stay in the processor's own memory: with all at once this took a fifth of the
whole."""
_SLOPE = np.float32(0.3275911 * math.sqrt(0.5))
_SERIES = tuple(np.float32(c / 2) for c in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592))
"""What `1 - erf` is worked out from, halved."""


class LookedAt(NamedTuple):
    """What one layer's heads see in some pieces: one row a piece for each head."""

    keys: Vectors
    values: Vectors


_Beside = tuple[slice, LookedAt]
"""What some of the pieces look at besides themselves."""


def together(seen: Sequence[LookedAt]) -> LookedAt:
    """What is seen of some texts as if they were one."""
    return LookedAt(*(np.concatenate(part, axis=1) for part in zip(*seen, strict=True)))


def layer_tensors(layers: Sequence[int]) -> tuple[str, ...]:
    """The published names of every tensor of some of the six layers, counted from 0."""
    parts = (
        "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
        "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm",
    )  # fmt: skip
    return tuple(
        f"encoder.layer.{layer}.{part}.{kind}" for layer in layers for part in parts for kind in ("weight", "bias")
    )


class Layers:
    """The layers that some tensors make, by their published names."""

    def __init__(self, weights: Mapping[str, Vectors]) -> None:
        self.weights = weights

    def embedded(self, ids: NDArray[np.int64]) -> Vectors:
        """The state of pieces before the first layer reads them."""
        weights = self.weights
        return self._normed(
            weights["embeddings.word_embeddings.weight"][ids]
            + weights["embeddings.position_embeddings.weight"][: ids.shape[-1]]
            + weights["embeddings.token_type_embeddings.weight"][0],
            "embeddings.LayerNorm",
        )

    def looked_at(self, layer: int, states: Vectors) -> LookedAt:
        """What other texts see in one, given its states as this layer would read them."""
        name = f"encoder.layer.{layer}.attention.self"
        keys, values = (
            self._dense(f"{name}.{part}", states.T).reshape(_HEADS, _HEAD_WIDTH, -1).swapaxes(1, 2)
            for part in ("key", "value")
        )
        return LookedAt(np.ascontiguousarray(keys), np.ascontiguousarray(values))

    def through(
        self,
        layers: Sequence[int],
        texts: Sequence[Vectors],
        beside: Sequence[Sequence[LookedAt]] = (),
        of: Sequence[int] = (),
    ) -> list[Vectors]:
        """The states of each of some texts after several layers.

        Each looks at itself, and in each layer at what stands `beside` it: the first of those, or that one which it's
        `of`.
        """
        if not texts or not layers:
            return list(texts)
        group = of or [0] * len(texts)
        # those of a length together
        order = sorted(range(len(texts)), key=lambda place: (group[place], len(texts[place]), place))
        lengths = [len(texts[place]) for place in order]
        hidden = np.concatenate([texts[place] for place in order])
        ends = np.cumsum(lengths).tolist()
        last = {group[place]: end for place, end in zip(order, ends, strict=True)}
        stretches = [slice(start, end) for start, end in pairwise((0, *last.values()))]
        if short := max(0, FEWEST_ROWS - len(hidden)):
            hidden, lengths = np.vstack([hidden, hidden[:1].repeat(short, axis=0)]), [*lengths, short]
        for number, layer in enumerate(layers):
            seen = [(stretch, beside[one][number]) for one, stretch in zip(last, stretches, strict=True) if beside]
            hidden = self._layer(layer, hidden, lengths, seen)
        read: list[Vectors] = [hidden] * len(texts)
        for place, length, end in zip(order, lengths, ends, strict=False):
            read[place] = hidden[end - length : end]
        return read

    def _layer(self, layer: int, hidden: Vectors, lengths: Sequence[int], beside: Sequence[_Beside]) -> Vectors:
        name = f"encoder.layer.{layer}"
        attended = self._attention(hidden, lengths, beside, f"{name}.attention.self")
        hidden = _added(hidden, self._dense(f"{name}.attention.output.dense", attended))
        hidden = self._normed(hidden, f"{name}.attention.output.LayerNorm")
        wide = _gelu(self._dense(f"{name}.intermediate.dense", hidden.T))
        hidden = _added(hidden, self._dense(f"{name}.output.dense", wide))
        return self._normed(hidden, f"{name}.output.LayerNorm")

    def _attention(self, hidden: Vectors, lengths: Sequence[int], beside: Sequence[_Beside], name: str) -> Vectors:
        """What each piece draws from those it looks at, one column a piece."""
        query, key, value = (
            self._dense(f"{name}.{part}", hidden.T).reshape(_HEADS, _HEAD_WIDTH, -1)
            for part in ("query", "key", "value")
        )
        query *= np.float32(1 / math.sqrt(_HEAD_WIDTH))
        runs = list(_runs(lengths))
        own: list[Vectors] = [_parted(query, run).swapaxes(2, 3) @ _parted(key, run) for run in runs]
        most = np.concatenate([scores.max(axis=-1).reshape(_HEADS, -1) for scores in own], axis=1)
        attended, weight = np.zeros_like(query), np.zeros_like(most)
        for stretch, seen in beside:
            others = query[..., stretch].swapaxes(1, 2) @ seen.keys.swapaxes(1, 2)
            np.maximum(most[:, stretch], others.max(axis=-1), out=most[:, stretch])
            others -= most[:, stretch, None]
            np.exp(others, out=others)
            weight[:, stretch] = others.sum(axis=-1)
            attended[..., stretch] = seen.values.swapaxes(1, 2) @ others.swapaxes(1, 2)
        for run, scores in zip(runs, own, strict=True):
            stretch = slice(run.start, run.start + run.many * run.length)
            shares = np.exp(scores - most[:, stretch].reshape(scores.shape[:-1])[..., None])
            weight[:, stretch] += shares.sum(axis=-1).reshape(_HEADS, -1)
            drawn = _parted(value, run) @ shares.swapaxes(2, 3)
            attended[..., stretch] += drawn.swapaxes(1, 2).reshape(_HEADS, _HEAD_WIDTH, -1)
        attended /= weight[:, None]
        return attended.reshape(WIDTH, -1)

    def _dense(self, name: str, columns: Vectors) -> Vectors:
        """One column a piece: a product with the weights on this side takes a third less, for forty pieces."""
        given: Vectors = self.weights[f"{name}.weight"] @ columns
        given += self.weights[f"{name}.bias"][:, None]
        return given

    def _normed(self, values: Vectors, name: str) -> Vectors:
        """`values` are made so in place."""
        values -= values.mean(axis=-1, keepdims=True)
        squares: Vectors = np.einsum("...i,...i->...", values, values)[..., None]
        values /= np.sqrt(squares / np.float32(WIDTH) + np.float32(_EPSILON))
        values *= self.weights[f"{name}.weight"]
        values += self.weights[f"{name}.bias"]
        return values


class _Run(NamedTuple):
    """Texts of one length that stand together."""

    start: int
    many: int
    length: int


def _runs(lengths: Sequence[int]) -> Iterator[_Run]:
    start = 0
    for length, some in groupby(lengths):
        many = len(list(some))
        yield _Run(start, many, length)
        start += many * length


def _parted(part: Vectors, run: _Run) -> Vectors:
    """The columns of a run, a text each, for each head."""
    columns = part[..., run.start : run.start + run.many * run.length]
    return columns.reshape(_HEADS, _HEAD_WIDTH, run.many, run.length).swapaxes(1, 2)


def _added(hidden: Vectors, columns: Vectors) -> Vectors:
    added = np.ascontiguousarray(columns.T)
    added += hidden
    return added


def _gelu(values: Vectors) -> Vectors:
    """`x/2 (1 + erf(x/√2))`, which is the greater of x and 0, less `|x|/2 (1 - erf(|x|/√2))`. NumPy has no erf:
    Abramowitz and Stegun 7.1.26, within 1.5e-7. `values` are made so in place, a few at a time and with nothing
    set apart anew, so that what is worked out between stays in the processor's own memory."""
    flat = values.reshape(-1)
    room = np.empty((3, min(_GELU_ROOM, len(flat))), dtype=np.float32)
    for first in range(0, len(flat), _GELU_ROOM):
        some = flat[first : first + _GELU_ROOM]
        size, t, series = room[:, : len(some)]
        np.abs(some, out=size)
        np.multiply(size, _SLOPE, out=t)
        t += np.float32(1)
        np.reciprocal(t, out=t)
        np.multiply(t, _SERIES[0], out=series)
        for coefficient in _SERIES[1:]:
            series += coefficient
            series *= t
        np.multiply(size, size, out=t)
        t *= np.float32(-0.5)
        np.exp(t, out=t)
        series *= t
        series *= size
        np.maximum(some, np.float32(0), out=some)
        some -= series
    return values
