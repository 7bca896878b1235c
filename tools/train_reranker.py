"""Work out `models/reranker.learnt` afresh from `tools/training/next-questions/` (the group `learn`; half an hour).

    .venv/bin/python -m tools.train_reranker [--further]

The encoder's last layers are taught to read a question that might come next, or learning, upon the answer it would
follow and what was said before: single exchanges first, then whole talks, then both. `--further` teaches what is kept
one round more: what the finder finds now, and as much of the rest lest it be forgotten. What is printed is measured on
writers who are left out: how the question ranked first was rated, and how much of the learning that seems to bear does.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from assistant.conversation.reranker import (
    ANSWER,
    BEFORE,
    CANDIDATE,
    LAYERS,
    LEARNING,
    LEARNT,
    PARTS,
    Candidate,
    Exchange,
    Fit,
    Placed,
    answer_as_read,
    before_as_read,
    candidate_as_read,
    kept_names,
    learning_as_read,
)
from assistant.noticing.danger_reader import SCALE
from assistant.resources import shipped
from assistant.retrieval import index_file
from assistant.retrieval.encoder import Encoder
from assistant.retrieval.layers import WIDTH
from assistant.retrieval.taught_layers import kept, taught_encoder
from tools.manifests import record
from tools.published import published_encoder
from tools.teaching import Layers, learn
from tools.written_lines import written_lines

Array = NDArray[Any]
FOLDER = Path(__file__).parent / "training" / "next-questions"
LEFT_OUT = frozenset({"telling-a", "stances-5", "talks-b", "talks-x"})
"""Writers of whom nothing is taught."""
FURTHER = "--further"
SEED = 0
OF_EXCHANGES, OF_TALKS, OF_ALL, TOGETHER = 3, 2, 1, 3
"""Rounds. Talks alone, last, forgot the exchanges: of those left out 34 of a hundred first questions jarred, not 22."""
LAYER_RATE, HEAD_RATE = 2e-4, 4e-3
DROPPED_OF_POOLED = 0.15
LOOKS = 4
GOOD, HARMLESS_FROM = 2, 1
HARMLESS = 0.5
"""What not jarring counts beside being good, where ranking is taught."""
RANKING, SHARPNESS = 0.5, 1.5
"""What ranking the good ones first counts beside telling what each is, and how sharply they are ranked."""
BEARING = 0.5
"""What telling whether learning bears counts beside telling what questions are."""
IDLE = 2
"""Learning that doesn't bear, of each context that is taught: there is twenty times as much of it as of what does."""
MOST_TAUGHT = 12
"""Questions of each context that are taught, the last written down: those are what the finder finds now."""


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
    exchange: Exchange
    candidates: tuple[Rated, ...]
    learning: tuple[tuple[str, bool], ...]
    """Learning points, and whether each bears on the answer."""

    @property
    def of_a_talk(self) -> bool:
        """It stands in a whole talk, and not by itself."""
        return self.writer.startswith("talks-")

    @property
    def is_found(self) -> bool:
        """Its questions are those that the finder found, and no closer looks."""
        return self.of_a_talk and not any(one.candidate.span for one in self.candidates)


def written_down() -> Iterator[tuple[dict[str, Any], Exchange]]:
    """What was written down, in its order, each with its answer and what was said before it."""
    talks: dict[str, tuple[tuple[str, str], ...]] = {}
    for _, one in written_lines(FOLDER):
        before = talks.get(one.get("talk", ""), ())
        if "talk" in one:
            talks[one["talk"]] = (*before, (one["asked"], one["said"]))
        yield one, Exchange(one["asked"], one["said"], before)


def contexts() -> Iterator[Context]:
    """All in which questions were rated."""
    for one, exchange in written_down():
        candidates = tuple(
            Rated(Candidate(text, tuple(span) if span else None), rated, best)
            for text, span, rated, best in one["candidates"]
        )
        learning = tuple((text, bears) for text, bears in one.get("learning", ()))
        if candidates:
            yield Context(one["writer"], exchange, candidates, learning)


class Reader(nn.Module):  # type: ignore[misc]
    """As assistant/conversation/reranker.py has it in NumPy."""

    def __init__(self, weights: Mapping[str, Array]) -> None:
        super().__init__()
        self.layers = Layers(weights, LAYERS)
        self.part = nn.Parameter(torch.zeros(LEARNING + 1, WIDTH))
        self.looks_for = nn.Parameter(torch.randn(LOOKS, WIDTH) * 0.02)
        self.speaks = nn.Parameter(torch.zeros(3, LOOKS + 1, WIDTH))
        self.bias = nn.Parameter(torch.tensor([0.2, -1.0, -2.0]))

    @property
    def parts(self) -> dict[str, nn.Parameter]:
        """What is kept beside the layers."""
        return dict(zip(PARTS, (self.part, self.looks_for, self.speaks, self.bias), strict=True))

    def forward(self, read: Batch) -> Tensor:
        """What speaks for each text: that it is harmless, that it is good, and for learning that it bears."""
        before = read.before.states + self.part[BEFORE]
        answer = read.answers.states + self.part[read.belongs]
        asked = read.texts.states + self.part[read.parts][:, None]
        heres = (read.before.here[read.talk_of], read.answers.here[read.answer_of], read.texts.here)
        here = torch.cat(heres, 1)[:, None, None, :].bool()
        for layer in LAYERS:
            name = f"encoder.layer.{layer}"
            earlier, now, own = (self.layers.keys(states, name) for states in (before, answer, asked))
            of_each = [
                (e.index_select(0, read.talk_of), n.index_select(0, read.answer_of), o)
                for e, n, o in zip(earlier, now, own, strict=True)
            ]
            keys, values = (torch.cat(one, 2) for one in of_each)
            asked = self.layers.beside(asked, keys, values, here, name)
            if layer != LAYERS[-1]:
                answer = self.layers.one(answer, answer, read.answers.here[:, None, None, :].bool(), name)
                # an answer sees its own words alone, so that it is read once for all that follow
                before = self.layers.one(before, before, read.each_before, name)
        here = read.texts.here
        mean = (asked * here[:, :, None]).sum(1, keepdim=True) / here.sum(1)[:, None, None]
        looked = torch.einsum("btd,kd->bkt", asked, self.looks_for) / SCALE
        looked = looked.masked_fill(here[:, None, :] == 0, -1e9).softmax(-1)
        pooled = functional.normalize(torch.cat([looked @ asked, mean], 1), dim=-1) * SCALE
        pooled = functional.dropout(pooled, DROPPED_OF_POOLED, self.training)
        return torch.einsum("bkd,okd->bo", pooled, self.speaks) + self.bias


@dataclass(frozen=True)
class Padded:
    """Texts of different lengths together, and where there is a piece."""

    states: Tensor
    here: Tensor


@dataclass(frozen=True)
class Batch:
    """Some texts to be read, each upon an answer and what was said before it."""

    before: Padded
    """One row a context: its earlier answers one behind the other."""
    each_before: Tensor
    """Which piece of them sees which: those of its own answer."""
    answers: Padded
    belongs: Tensor
    texts: Padded
    parts: Tensor
    answer_of: Tensor
    talk_of: Tensor


class Below:
    """The states below the taught layers, worked out once for each text."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._layers = Layers(encoder.weights, range(LAYERS[0])).eval()
        self._known: dict[tuple[int, ...], Tensor] = {}

    def padded(self, texts: Sequence[tuple[int, ...]]) -> Padded:
        """Some texts as the taught layers read them."""
        return self.strung([(pieces,) for pieces in texts])

    def strung(self, talks: Sequence[tuple[tuple[int, ...], ...]]) -> Padded:
        """The same of several texts a row, one behind the other."""
        longest = max(1, *(sum(map(len, texts)) for texts in talks))
        states = torch.zeros(len(talks), longest, WIDTH)
        here = torch.zeros(states.shape[:2])
        for row, texts in enumerate(talks):
            at = 0
            for pieces in texts:
                states[row, at : at + len(pieces)] = self._of(pieces).float()
                at += len(pieces)
            here[row, :at] = 1
        return Padded(states, here)

    def _of(self, pieces: tuple[int, ...]) -> Tensor:
        if pieces not in self._known:
            embedded = torch.from_numpy(self._encoder.layers.embedded(np.array([pieces])))
            with torch.no_grad():
                self._known[pieces] = self._layers(embedded, torch.ones(1, len(pieces)))[0].half()
        return self._known[pieces]


def read(reader: Reader, below: Below, encoder: Encoder, some: Sequence[Context]) -> Tensor:
    """What a reader says of every candidate of some contexts and then of their learning, context by context."""
    answers: list[Placed] = []
    answer_of: list[int] = []
    talk_of: list[int] = []
    parts: list[int] = []
    texts: list[tuple[int, ...]] = []
    for number, context in enumerate(some):
        places: dict[Any, int] = {}
        wanted = [(candidate_as_read(encoder, one.candidate), one.candidate.span) for one in context.candidates]
        wanted += [(learning_as_read(encoder, text), None) for text, _ in context.learning]
        for pieces, span in wanted:
            if span not in places:
                places[span] = len(answers)
                answers.append(answer_as_read(encoder, context.exchange, span))
            answer_of.append(places[span])
            texts.append(pieces)
        talk_of += [number] * len(wanted)
        parts += [CANDIDATE] * len(context.candidates) + [LEARNING] * len(context.learning)
    befores = [before_as_read(encoder, context.exchange) for context in some]
    padded = below.padded([one.pieces for one in answers])
    belongs = torch.zeros(padded.here.shape, dtype=torch.long)
    for row, placed in enumerate(answers):
        belongs[row, : len(placed.belongs)] = torch.tensor(placed.belongs)
    before = below.strung(befores)
    batch = Batch(
        before,
        of_its_own(befores, before.here),
        padded,
        belongs,
        below.padded(texts),
        *map(torch.tensor, (parts, answer_of, talk_of)),
    )
    spoken: Tensor = reader(batch)
    return spoken


def of_its_own(befores: Sequence[tuple[tuple[int, ...], ...]], here: Tensor) -> Tensor:
    """Which piece sees which of those in its row; padding sees itself, since something must be seen."""
    number = torch.full(here.shape, -1)
    for row, texts in enumerate(befores):
        at = 0
        for place, pieces in enumerate(texts):
            number[row, at : at + len(pieces)] = place
            at += len(pieces)
    return (number[:, None, :] == number[:, :, None])[:, None]


def wrong(spoken: Tensor, context: Context) -> Tensor:
    """How wrong a reader is about one context."""
    of_questions, of_learning = spoken[: len(context.candidates)], spoken[len(context.candidates) :, 2]
    rated = torch.tensor([one.rated for one in context.candidates])
    off = functional.binary_cross_entropy_with_logits(of_questions[:, 0], (rated >= HARMLESS_FROM).float())
    off = off + functional.binary_cross_entropy_with_logits(of_questions[:, 1], (rated >= GOOD).float())
    wanted = (rated >= GOOD).float() + torch.tensor([float(one.best) for one in context.candidates])
    if wanted.sum() > 0:
        value = HARMLESS * of_questions[:, 0] + of_questions[:, 1]
        off = off - RANKING * (wanted / wanted.sum() * (value * SHARPNESS).log_softmax(0)).sum()
    if context.learning:
        bears = torch.tensor([float(bears) for _, bears in context.learning])
        off = off + BEARING * functional.binary_cross_entropy_with_logits(of_learning, bears)
    return off


def teach(
    reader: Reader, everything: Sequence[Context], encoder: Encoder, rounds: int, *, gentler: float = 1.0
) -> None:
    """Teach a reader some contexts."""
    torch.manual_seed(SEED)
    chance, below = random.Random(SEED), Below(encoder)
    reader.train()
    others = [reader.part, reader.looks_for, reader.speaks, reader.bias]
    steps = [batch for _ in range(rounds) for batch in _batches(everything, chance)]

    def off(batch: Sequence[Context]) -> Tensor:
        spoken = read(reader, below, encoder, batch)
        each = spoken.split([len(context.candidates) + len(context.learning) for context in batch])
        return torch.stack([wrong(one, context) for one, context in zip(each, batch, strict=True)]).mean()

    learn(reader.layers, others, steps, off, (LAYER_RATE * gentler, HEAD_RATE * gentler))
    reader.eval()


def as_kept(encoder: Encoder) -> Reader:
    """The reader that is kept, to be taught further."""
    kept_before = index_file.peek(shipped("models") / LEARNT, *kept_names(), made_from={"encoder": encoder.checksum})
    reader = Reader(taught_encoder(encoder, kept_before, LAYERS).weights)
    with torch.no_grad():
        for name, part in reader.parts.items():
            part.copy_(torch.from_numpy(np.array(kept_before[name])))
    return reader


def _thinned(context: Context) -> Context:
    """With less of the learning that doesn't bear, and of the questions of earlier rounds."""
    idle = [one for one in context.learning if not one[1]]
    learning = (*(one for one in context.learning if one[1]), *idle[:IDLE])
    return replace(context, candidates=context.candidates[-MOST_TAUGHT:], learning=learning)


def _batches(everything: Sequence[Context], chance: random.Random) -> list[Sequence[Context]]:
    order = list(everything)
    chance.shuffle(order)
    return [order[at : at + TOGETHER] for at in range(0, len(order), TOGETHER)]


def told(reader: Reader, encoder: Encoder, some: Sequence[Context]) -> Iterator[str]:
    """How the question ranked first was rated, and how any was; how well bearing is told."""
    below, first, every = Below(encoder), [], []
    bearing: list[tuple[float, bool]] = []
    for context in some:
        with torch.no_grad():
            spoken = read(reader, below, encoder, [context]).tolist()
        rated = [one.rated for one in context.candidates]
        values = [Fit(*one[:2]).value for one in spoken[: len(rated)]]
        first.append(rated[values.index(max(values))])
        every.extend(rated)
        if context.learning:
            of_learning = [one[2] for one in spoken[len(rated) :]]
            best = max(range(len(of_learning)), key=of_learning.__getitem__)
            bearing.append((of_learning[best], context.learning[best][1]))
    for name, ratings in (("ranked first", first), ("any", every)):
        good, harmless, jarring = (ratings.count(rating) / len(ratings) for rating in (2, 1, 0))
        yield f"{name}: good {good:.1%}, harmless {harmless:.1%}, jarring {jarring:.1%} of {len(ratings)}"
    for most in (0.02, 0.05, 0.1, 0.2):
        shown = sorted(bearing, reverse=True)[: round(most * len(bearing))]
        if shown:
            right = sum(bears for _, bears in shown) / len(shown)
            yield f"learning shown after {most:.0%} of answers: {right:.0%} bears (from {shown[-1][0]:.2f})"


def arrays_of(reader: Reader, encoder: Encoder) -> dict[str, Array]:
    """A reader as it is kept."""
    tensors = reader.layers.taught()
    return {**kept(tensors, encoder.weights), **{name: part.detach().numpy() for name, part in reader.parts.items()}}


def main() -> None:
    torch.use_deterministic_algorithms(True)
    encoder, everything = published_encoder(), list(contexts())
    taught = [_thinned(one) for one in everything if one.writer not in LEFT_OUT]
    if FURTHER in sys.argv:
        reader = as_kept(encoder)
        found = [one for one in taught if one.is_found]
        rest = [one for one in taught if not one.is_found]
        taught = [*found, *random.Random(SEED).sample(rest, len(found))]
    else:
        reader = Reader(encoder.weights)
        teach(reader, [one for one in taught if not one.of_a_talk], encoder, OF_EXCHANGES)
        with torch.no_grad():
            reader.part[BEFORE], reader.part[LEARNING] = reader.part[ANSWER], reader.part[CANDIDATE]
        teach(reader, [one for one in taught if one.of_a_talk], encoder, OF_TALKS)
    teach(reader, taught, encoder, OF_ALL, gentler=0.5)
    index_file.write(shipped("models") / LEARNT, arrays_of(reader, encoder), {"encoder": encoder.checksum})
    measured = list(told(reader, encoder, [one for one in everything if one.writer in LEFT_OUT]))
    print(*measured, sep="\n")
    record(LEARNT, seed=SEED, measured=measured)


if __name__ == "__main__":
    main()
