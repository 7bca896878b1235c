"""Work out `models/reranker.learnt` afresh from `tools/training/next-questions/` (the group `learn`; half an hour).

    .venv/bin/python -m tools.train_reranker

The encoder's last layers are taught to read a question that might come next upon the answer it would follow. What is
printed is measured on two writers of answers who are left out: how the question ranked first was rated.
"""

from __future__ import annotations

import json
import lzma
import math
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from assistant.conversation.reranker import (
    CANDIDATE,
    LAYERS,
    LEARNT,
    Candidate,
    Fit,
    Placed,
    answer_as_read,
    candidate_as_read,
)
from assistant.noticing.danger_reader import SCALE, kept
from assistant.resources import shipped
from assistant.retrieval import index_file
from assistant.retrieval.encoder import WIDTH, Encoder, find_model, layer_tensors
from tools.teach_danger_reader import Layers

Array = NDArray[Any]
FOLDER = Path(__file__).parent / "training" / "next-questions"
LEFT_OUT = frozenset({"telling-a", "stances-5"})
"""Writers of whom nothing is taught."""
SEED = 0
ROUNDS, TOGETHER = 3, 3
LAYER_RATE, HEAD_RATE = 2e-4, 4e-3
WARMING = 0.08
DROPPED_OF_POOLED = 0.15
LOOKS = 4
GOOD, HARMLESS_FROM = 2, 1
HARMLESS = 0.5
"""What not jarring counts beside being good, where ranking is taught."""
RANKING, SHARPNESS = 0.5, 1.5
"""What ranking the good ones first counts beside telling what each is, and how sharply they are ranked."""


@dataclass(frozen=True)
class Rated:
    """A question that might have come next, and how it was rated."""

    candidate: Candidate
    rated: int
    best: bool


@dataclass(frozen=True)
class Context:
    """An answer to a question, and what might have been asked next."""

    writer: str
    asked: str
    said: str
    candidates: tuple[Rated, ...]


def contexts() -> Iterator[Context]:
    """All there are, in the order they were written down."""
    for path in sorted(FOLDER.glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for one in map(json.loads, lines):
                candidates = (
                    Rated(Candidate(text, tuple(span) if span else None), rated, best)
                    for text, span, rated, best in one["candidates"]
                )
                yield Context(one["writer"], one["asked"], one["said"], tuple(candidates))


class Reader(nn.Module):  # type: ignore[misc]
    """As assistant/conversation/reranker.py has it in NumPy."""

    def __init__(self, weights: Mapping[str, Array]) -> None:
        super().__init__()
        self.layers = Layers(weights, LAYERS)
        self.part = nn.Parameter(torch.zeros(CANDIDATE + 1, WIDTH))
        self.looks_for = nn.Parameter(torch.randn(LOOKS, WIDTH) * 0.02)
        self.speaks = nn.Parameter(torch.zeros(2, LOOKS + 1, WIDTH))
        self.bias = nn.Parameter(torch.tensor([0.2, -1.0]))

    def forward(self, answers: Padded, belongs: Tensor, which: Tensor, candidates: Padded) -> Tensor:
        """What speaks for each candidate: that it is harmless, and that it is good."""
        answer, asked = answers.states + self.part[belongs], candidates.states + self.part[CANDIDATE]
        for layer in LAYERS:
            both = torch.cat([answer[which], asked], 1)
            here = torch.cat([answers.here[which], candidates.here], 1)
            asked = self._layer(asked, both, here, layer)
            if layer != LAYERS[-1]:
                answer = self._layer(answer, answer, answers.here, layer)
        here = candidates.here
        mean = (asked * here[:, :, None]).sum(1, keepdim=True) / here.sum(1)[:, None, None]
        looked = torch.einsum("btd,kd->bkt", asked, self.looks_for) / SCALE
        looked = looked.masked_fill(here[:, None, :] == 0, -1e9).softmax(-1)
        pooled = functional.normalize(torch.cat([looked @ asked, mean], 1), dim=-1) * SCALE
        pooled = functional.dropout(pooled, DROPPED_OF_POOLED, self.training)
        return torch.einsum("bkd,okd->bo", pooled, self.speaks) + self.bias

    def _layer(self, hidden: Tensor, seen: Tensor, here: Tensor, layer: int) -> Tensor:
        return self.layers.one(hidden, seen, here[:, None, None, :].bool(), f"encoder.layer.{layer}")


@dataclass(frozen=True)
class Padded:
    """Texts of different lengths together, and where there is a piece."""

    states: Tensor
    here: Tensor


class Below:
    """The states below the taught layers, worked out once for each text."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._layers = Layers(encoder.weights, range(LAYERS[0])).eval()
        self._known: dict[tuple[int, ...], Tensor] = {}

    def padded(self, texts: Sequence[tuple[int, ...]]) -> Padded:
        """Some texts as the taught layers read them."""
        states = torch.zeros(len(texts), max(map(len, texts)), WIDTH)
        here = torch.zeros(states.shape[:2])
        for row, pieces in enumerate(texts):
            states[row, : len(pieces)], here[row, : len(pieces)] = self._of(pieces).float(), 1
        return Padded(states, here)

    def _of(self, pieces: tuple[int, ...]) -> Tensor:
        if pieces not in self._known:
            embedded = torch.from_numpy(self._encoder.embedded(np.array([pieces])))
            with torch.no_grad():
                self._known[pieces] = self._layers(embedded, torch.ones(1, len(pieces)))[0].half()
        return self._known[pieces]


def read(reader: Reader, below: Below, encoder: Encoder, some: Iterable[Context]) -> Tensor:
    """What a reader says of every candidate of some contexts, one after another."""
    answers: list[Placed] = []
    places: dict[tuple[int, Any], int] = {}
    which: list[int] = []
    asked: list[tuple[int, ...]] = []
    for number, context in enumerate(some):
        for one in context.candidates:
            key = (number, one.candidate.span)
            if key not in places:
                places[key] = len(answers)
                answers.append(answer_as_read(encoder, context.asked, context.said, one.candidate.span))
            which.append(places[key])
            asked.append(candidate_as_read(encoder, one.candidate))
    padded = below.padded([one.pieces for one in answers])
    belongs = torch.zeros(padded.here.shape, dtype=torch.long)
    for row, placed in enumerate(answers):
        belongs[row, : len(placed.belongs)] = torch.tensor(placed.belongs)
    spoken: Tensor = reader(padded, belongs, torch.tensor(which), below.padded(asked))
    return spoken


def wrong(spoken: Tensor, context: Context) -> Tensor:
    """How wrong a reader is about one context."""
    rated = torch.tensor([one.rated for one in context.candidates])
    off = functional.binary_cross_entropy_with_logits(spoken[:, 0], (rated >= HARMLESS_FROM).float())
    off = off + functional.binary_cross_entropy_with_logits(spoken[:, 1], (rated >= GOOD).float())
    wanted = (rated >= GOOD).float() + torch.tensor([float(one.best) for one in context.candidates])
    if wanted.sum() > 0:
        value = HARMLESS * spoken[:, 0] + spoken[:, 1]
        off = off - RANKING * (wanted / wanted.sum() * (value * SHARPNESS).log_softmax(0)).sum()
    return off


def teach(everything: Sequence[Context], encoder: Encoder) -> Reader:
    """A reader of some contexts."""
    torch.manual_seed(SEED)
    chance, below, reader = random.Random(SEED), Below(encoder), Reader(encoder.weights)
    others = [reader.part, reader.looks_for, reader.speaks, reader.bias]
    optimizer = torch.optim.AdamW(
        [{"params": reader.layers.parameters(), "lr": LAYER_RATE}, {"params": others, "lr": HEAD_RATE}],
        weight_decay=0.01,
    )
    steps = [batch for _ in range(ROUNDS) for batch in _batches(everything, chance)]
    rates = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(1.0, (step + 1) / (WARMING * len(steps))) * 0.5 * (1 + math.cos(math.pi * step / len(steps))),
    )
    for batch in steps:
        spoken = read(reader, below, encoder, batch)
        each = spoken.split([len(context.candidates) for context in batch])
        off = torch.stack([wrong(one, context) for one, context in zip(each, batch, strict=True)]).mean()
        optimizer.zero_grad()
        off.backward()
        nn.utils.clip_grad_norm_(reader.layers.parameters(), 1.0)
        optimizer.step()
        rates.step()
    reader.eval()
    return reader


def _batches(everything: Sequence[Context], chance: random.Random) -> list[Sequence[Context]]:
    order = list(everything)
    chance.shuffle(order)
    return [order[at : at + TOGETHER] for at in range(0, len(order), TOGETHER)]


def told(reader: Reader, encoder: Encoder, some: Sequence[Context]) -> Iterator[str]:
    """How the question ranked first was rated, and how any was."""
    below, first, every = Below(encoder), [], []
    for context in some:
        with torch.no_grad():
            spoken = read(reader, below, encoder, [context])
        rated = [one.rated for one in context.candidates]
        values = [Fit(*one).value for one in spoken.tolist()]
        first.append(rated[values.index(max(values))])
        every.extend(rated)
    for name, ratings in (("ranked first", first), ("any", every)):
        good, harmless, jarring = (ratings.count(rating) / len(ratings) for rating in (2, 1, 0))
        yield f"{name}: good {good:.1%}, harmless {harmless:.1%}, jarring {jarring:.1%} of {len(ratings)}"


def arrays_of(reader: Reader, encoder: Encoder) -> dict[str, Array]:
    """A reader as it is kept."""
    tensors = {name: reader.layers.tensors[name.replace(".", "/")].detach().numpy() for name in layer_tensors(LAYERS)}
    parts = {"part": reader.part, "looks-for": reader.looks_for, "speaks": reader.speaks, "bias": reader.bias}
    return {**kept(tensors, encoder.weights), **{name: part.detach().numpy() for name, part in parts.items()}}


def main() -> None:
    folder = find_model()
    if folder is None:
        raise SystemExit("The encoder's weights are not installed.")
    torch.use_deterministic_algorithms(True)
    encoder, everything = Encoder(folder), list(contexts())
    reader = teach([one for one in everything if one.writer not in LEFT_OUT], encoder)
    index_file.write(shipped("models") / LEARNT, arrays_of(reader, encoder), {"encoder": encoder.checksum})
    print(*told(reader, encoder, [one for one in everything if one.writer in LEFT_OUT]), sep="\n")


if __name__ == "__main__":
    main()
