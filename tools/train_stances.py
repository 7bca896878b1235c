"""Work out `models/stances.learnt` afresh from `tools/training/stances/` (the group `learn`; six minutes).

    .venv/bin/python -m tools.train_stances

The encoder's last layers and one head a kind are taught to read an answer after its question. What is printed is
measured on a writer who is left out.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from assistant.noticing.danger_reader import Heads as HeadsAsKept
from assistant.noticing.reading import Stance
from assistant.noticing.stance_reader import (
    ANSWERS,
    KINDS,
    LAYERS,
    LEARNT,
    STANCES,
    TAKEN,
    Read,
    TaughtReader,
    columns_of,
    heads_kept,
    reader_of,
    to_read,
)  # fmt: skip
from assistant.resources import shipped
from assistant.retrieval import index_file
from assistant.retrieval.encoder import CLOSES, OPENS, Encoder
from assistant.retrieval.layers import WIDTH
from assistant.retrieval.taught_layers import kept
from tools.manifests import record
from tools.published import published_encoder
from tools.teaching import Layers, learn, like_length, looked_for

Array = NDArray[Any]
FOLDER = Path(__file__).parent / "training" / "stances"
ANSWERED = FOLDER.parent / "salience"
STANCES_TOO = frozenset({"feeling", "unknown"})
"""Kinds of what is told there that are stances too."""
LEFT_OUT = "talks-b"
"""The writer of whom nothing is taught."""
SEED = 0
THREADS = 1
"""Another number would add up in another order."""
ROUNDS, BATCH = 4, 16
LAYER_RATE, HEAD_RATE = 2e-4, 4e-3
SMOOTHING = 0.05
LOOKING = 0.3
"""What looking elsewhere than where it is said counts against telling the kind."""
UNPOINTED, BURIED = 0.1, 0.0
"""Share of answers that are also read as typed in a hurry, and with another answer of the writer around them."""


@dataclass(frozen=True)
class Exchange:
    """A question, its answer, and how the answer stands to it."""

    writer: str
    asked: str
    said: str
    kinds: frozenset[str]
    """One of `KINDS`, or the stances of a dialogue, which may be several and have no kind."""
    shown_by: str

    @property
    def plain(self) -> bool:
        """It simply answers."""
        return self.kinds == {ANSWERS}

    def takes(self, stance: str) -> bool:
        """Whether it takes this stance."""
        return any(_stance(kind) == stance for kind in self.kinds)

    @property
    def columns(self) -> list[list[int]]:
        """For each of its kinds the columns that may hold it."""
        return [[KINDS.index(kind)] if kind in KINDS else columns_of(kind) for kind in sorted(self.kinds)]  # type: ignore[arg-type]


def _stance(kind: str) -> str:
    if kind not in KINDS:
        return kind
    return next((stance for stance in STANCES if KINDS.index(kind) in columns_of(stance)), ANSWERS)


def exchanges() -> list[Exchange]:
    """All there is, writer after writer."""
    found = []
    for path in sorted(FOLDER.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            kinds = frozenset(one["kind"].split("+"))
            found.append(Exchange(path.stem, one["asked"], one["said"], kinds, one["shown_by"]))
    return [*found, *_simply_answered()]


def _simply_answered() -> Iterator[Exchange]:
    """Answers written to be asked about, but for those that tell a feeling or don't know."""
    for path in sorted(ANSWERED.glob("*.jsonl")):
        for one in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if not STANCES_TOO & {part["kind"] for part in one["parts"] if part["take_up"]}:
                yield Exchange(f"telling-{path.stem}", one["asked"], one["said"], frozenset({ANSWERS}), "")


def other_forms(everything: Sequence[Exchange], chance: random.Random) -> list[Exchange]:
    """Some of them in another form: without capitals and stops, or inside a longer answer."""
    plain: dict[str, list[str]] = {}
    for one in everything:
        if one.plain:
            plain.setdefault(one.writer, []).append(one.said)
    forms = []
    for one in everything:
        said, shown_by = one.said, one.shown_by
        if chance.random() < BURIED:
            beside = chance.choice(plain[one.writer])
            said = f"{beside} {said}" if chance.random() < 0.6 or one.plain else f"{said} {beside}"
        if chance.random() < UNPOINTED:
            said, shown_by = _hurried(said), _hurried(shown_by)
        if said.strip() and said != one.said:
            forms.append(Exchange(one.writer, one.asked, said, one.kinds, shown_by))
    return forms


def _hurried(words: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[.,!?;:…]", " ", words.replace("'", ""))).strip().lower()


class Heads(nn.Module):  # type: ignore[misc]
    """As assistant/noticing/danger_reader.py has them in NumPy."""

    def __init__(self) -> None:
        super().__init__()
        self.looks_for = nn.Parameter(torch.randn(len(KINDS), WIDTH) * 0.02)
        self.found = nn.Parameter(torch.zeros(len(KINDS), WIDTH))
        self.whole = nn.Parameter(torch.zeros(len(KINDS), WIDTH))
        self.bias = nn.Parameter(torch.zeros(len(KINDS)))

    def forward(self, hidden: Tensor, here: Tensor) -> tuple[Tensor, Tensor]:
        """What speaks for each kind, and where each head looks."""
        mean, looked, found = looked_for(hidden, here, self.looks_for, training=self.training)
        return (found * self.found).sum(-1) + mean @ self.whole.T + self.bias, looked


@dataclass(frozen=True)
class Prepared:
    """An exchange in the state below the taught layers, worked out once."""

    exchange: Exchange
    states: Tensor
    of_answer: Tensor
    shown: Tensor
    """Pieces of the clauses that show its kind."""


def prepared(exchange: Exchange, below: Layers, encoder: Encoder) -> Prepared:
    """Its first stretch; hardly any has a second."""
    read = next(to_read(encoder, exchange.asked, exchange.said))
    ids = [OPENS, *read.pieces, CLOSES]
    with torch.no_grad():
        states = below(torch.from_numpy(encoder.layers.embedded(np.array([ids]))), torch.ones(1, len(ids)))[0]
    of_answer, shown = torch.zeros(len(ids)), torch.zeros(len(ids))
    of_answer[read.begins : -1] = 1
    for first, last in _shown(exchange, read):
        shown[read.begins + first : read.begins + last] = 1
    return Prepared(exchange, states, of_answer, shown)


def _shown(exchange: Exchange, read: Read) -> Iterator[tuple[int, int]]:
    start = exchange.said.find(exchange.shown_by) if exchange.shown_by else -1
    end = start + len(exchange.shown_by)
    at = 0
    for (first, last), length in zip(read.units, read.lengths, strict=True):
        both = min(end, last) - max(start, first)
        if start >= 0 and both > 0 and 2 * both >= min(last - first, end - start):
            yield at, at + length
        at += length


def teach(everything: Sequence[Exchange], encoder: Encoder) -> dict[str, Array]:
    """The arrays of a reader, but for its edges."""
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    below = Layers(encoder.weights, range(LAYERS[0])).eval()
    ready = [prepared(one, below, encoder) for one in (*everything, *other_forms(everything, chance))]
    layers, heads = Layers(encoder.weights, LAYERS), Heads()
    steps = [batch for _ in range(ROUNDS) for batch in like_length(ready, BATCH, chance)]
    learn(layers, heads.parameters(), steps, partial(_wrong, layers, heads), (LAYER_RATE, HEAD_RATE))
    taught = layers.taught()
    parts = (heads.looks_for, heads.found, heads.whole, heads.bias)
    return {**kept(taught, encoder.weights), **heads_kept(HeadsAsKept(*(part.detach().numpy() for part in parts)))}


def _wrong(layers: Layers, heads: Heads, batch: Sequence[Prepared]) -> Tensor:
    """How wrong a reader is about some exchanges."""
    longest = max(len(one.states) for one in batch)
    hidden, (here, of_answer, shown) = torch.zeros(len(batch), longest, WIDTH), torch.zeros(3, len(batch), longest)
    for row, one in enumerate(batch):
        length = len(one.states)
        hidden[row, :length], here[row, :length] = one.states, 1
        of_answer[row, :length], shown[row, :length] = one.of_answer, one.shown
    speaks, looked = heads(layers(hidden, here), of_answer)
    likely = speaks.log_softmax(-1)
    off = -SMOOTHING * likely.mean()
    for row, one in enumerate(batch):
        for columns in one.exchange.columns:
            share = 1 / len(one.exchange.columns) / len(batch)
            off = off - (1 - SMOOTHING) * share * likely[row, columns].logsumexp(0)
            if shown[row].any() and len(columns) == 1:
                off = off - LOOKING * share * (looked[row, columns[0]] * shown[row]).sum().clamp_min(1e-6).log()
    return off


@dataclass(frozen=True)
class Scored:
    """How likely an answer, taught to nobody, was found to take each stance."""

    exchange: Exchange
    likely: Mapping[Stance, float]
    kinds: Mapping[Stance, str]


def scored(reader: TaughtReader, exchange: Exchange) -> Scored:
    """One exchange as a reader weighs it."""
    seen = reader.weigh(exchange.asked, exchange.said)
    return Scored(exchange, {one.stance: one.likely for one in seen}, {one.stance: one.kind for one in seen})


def told(answers: Sequence[Scored]) -> Iterator[str]:
    """How often stances were rightly taken, a line each; no line of anybody's."""
    for stance in STANCES:
        takes = [one for one in answers if one.exchange.takes(stance)]
        taken = [one for one in answers if one.likely[stance] >= TAKEN]
        right = [one for one in taken if one.exchange.takes(stance)]
        of_kind = [one for one in right if any(kind.endswith(f"/{one.kinds[stance]}") for kind in one.exchange.kinds)]
        yield (
            f"{stance}: of {len(taken)} taken {len(right)} right, of {len(takes)} found "
            f"{len(right)}, their kind right in {len(of_kind)}"
        )
    plain = [one for one in answers if one.exchange.plain]
    misread = sum(any(likely >= TAKEN for likely in one.likely.values()) for one in plain)
    yield f"plain answers misread: {misread} of {len(plain)}"


def main() -> None:
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(THREADS)
    encoder, everything = published_encoder(), exchanges()
    arrays = teach([one for one in everything if one.writer != LEFT_OUT], encoder)
    reader = reader_of(encoder, arrays)
    measured = list(told([scored(reader, one) for one in everything if one.writer == LEFT_OUT]))
    print(*measured, sep="\n")
    index_file.write(shipped("models") / LEARNT, arrays, {"encoder": encoder.checksum})
    record(LEARNT, seed=SEED, measured=measured)


if __name__ == "__main__":
    main()
