"""Work out `models/asks.learnt` afresh from `tools/training/asks/` and the examples of `prompts/asked-us.yaml`.

It needs the group `learn`, and half an hour:

    .venv/bin/python -m tools.train_asks

The encoder's last layers and two heads are taught to tell of each word of an answer whether it asks us, or is said to
us and of no case; and what kind of question it is. What is printed is measured on writers who are left out.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from assistant.conversation.asked_us import QuestionsToUs
from assistant.conversation.prompts import load_prompts
from assistant.conversation.question_kinds import QuestionKinds, key_of
from assistant.conversation.typing_table import Typing
from assistant.language.spans import overlaps
from assistant.noticing.asks_reader import (
    ASKS,
    ASKS_FIRST,
    LAYERS,
    LEARNT,
    OF_THE_CASE,
    TO_US,
    TaughtReader,
    heads_kept,
    reader_of,
    to_read,
)
from assistant.noticing.observations import Span
from assistant.noticing.stance_reader import ANSWERS
from assistant.resources import PACKAGE, shipped
from assistant.retrieval import index_file
from assistant.retrieval.encoder import CLOSES, OPENS, Encoder
from assistant.retrieval.layers import WIDTH
from assistant.retrieval.taught_layers import kept
from tools.manifests import record
from tools.published import published_encoder
from tools.teaching import Layers, learn, like_length
from tools.written_lines import written_lines

Array = NDArray[Any]
TRAINING = Path(__file__).parent / "training"
LEFT_OUT = frozenset({"11", "16"})
"""Of whom nothing is taught: one who wrote questions, and those who played the newest sessions."""
SEED = 0
THREADS = 1
"""Another number would add up in another order."""
ROUNDS, BATCH = 8, 16
LAYER_RATE, HEAD_RATE = 2e-4, 3e-3
DROPPED = 0.1
STEEP = 20.0
"""How much nearness to a kind's place speaks for it."""
SMOOTHING = 0.05
KINDS_OF_WORDS = 4
OF_EXAMPLES, OF_PLAIN, INSIDE_OTHERS = 0.5, 0.2, 0.12
"""In each round, the share of the kinds' examples that are read by themselves, of plain answers, and of examples that
are read inside such an answer."""
BEST, ALSO = 0.75, 0.25
"""What is to be said for the best of several kinds, and for the others together."""
RUNS_ON, HURRIED = 0.6, 0.25
"""Of those, how many are in one breath with what's around them, and how many are typed without capitals."""
_JOINS = (", ", " and ", " so ", " ", ", anyway ", " but ")
_STOP = re.compile(r"[.!?]\s+")


@dataclass(frozen=True)
class Answer:
    """What was asked and said, and what of it is said to us."""

    writer: str
    asked: str
    said: str
    asks: tuple[tuple[Span, Mapping[str, float]], ...] = ()
    """Where it asks, and how much is to be said for each kind by key; nothing where nobody said which."""
    to_us: tuple[Span, ...] | None = ()
    """None where nobody marked it."""


@dataclass(frozen=True)
class Prepared:
    """An answer in the state below the taught layers, worked out once."""

    states: Tensor
    tags: Tensor
    """Of each piece what its word is; -1 for all but the first of each word."""
    marked: bool
    """It's known what is said to us besides."""
    asks: tuple[tuple[int, int, Tensor], ...] = field(default=())
    """Pieces that ask, and how much is to be said for each kind."""


def answers(typing: Typing) -> Iterator[Answer]:
    """Everything written down, as it's mostly typed."""
    for writer, line in written_lines(TRAINING / "asks"):
        asks = []
        for one in line["asks"]:
            start = line["said"].index(one["words"])
            asks.append(((start, start + len(one["words"])), _worth(one["kinds"])))
        marked = line["to_us"]
        to_us = None if marked is None else tuple(_found(line["said"], marked))
        yield _as_typed(typing, Answer(writer, line["asked"], line["said"], tuple(asks), to_us))


def _found(said: str, marked: Sequence[str]) -> Iterator[Span]:
    for words in marked:
        start = said.index(words)
        yield start, start + len(words)


def _worth(kinds: Sequence[str] | None) -> dict[str, float]:
    if kinds is None:
        return {}
    best, *others = kinds or ["other"]
    return {best: BEST if others else 1.0, **{other: ALSO / len(others) for other in others}}


def _as_typed(typing: Typing, one: Answer) -> Answer:
    written = typing.written(one.said)
    places = [written.typed_at(place) for place in range(len(written.words) + 1)]

    def moved(span: Span) -> Span:
        first = next(place for place, typed in enumerate(places) if typed >= span[0])
        last = next((place for place, typed in enumerate(places) if typed >= span[1]), len(written.words))
        return first, last

    asks = tuple((moved(span), worth) for span, worth in one.asks)
    to_us = None if one.to_us is None else tuple(map(moved, one.to_us))
    return Answer(one.writer, one.asked, written.words, asks, to_us)


def plain_answers(typing: Typing) -> list[Answer]:
    """Answers that simply answer."""
    paths = (path for path in sorted((TRAINING / "stances").glob("*.jsonl")) if not path.stem.startswith("asks-"))
    lines = ((path.stem, json.loads(line)) for path in paths for line in path.read_text("utf-8").splitlines())
    return [
        Answer(writer, line["asked"], typing.written(line["said"]).words)
        for writer, line in lines
        if line["kind"] == ANSWERS
    ]


def examples(bank: QuestionsToUs, typing: Typing) -> list[Answer]:
    """Every example of the bank by itself, and what nobody need answer."""
    of_kinds = (
        Answer("bank", "", words, (((0, len(words)), {kind.key: 1.0}),))
        for kind in bank.kinds
        for words in (typing.written(example).words for example in kind.examples)
    )
    return [*of_kinds, *(Answer("bank", "", typing.written(words).words) for words in bank.not_for_us)]


def inside(example: Answer, other: Answer, chance: random.Random) -> Answer:
    """An example in the middle of an answer, or at an end of it, with or without its mark and capitals."""
    words, around = example.said, other.said
    stops = [found.end() for found in _STOP.finditer(around)] or [around.find(" ", len(around) // 2) + 1]
    at = chance.choice([*stops, len(around)])
    before, after = around[:at].rstrip(), around[at:]
    if chance.random() < RUNS_ON:
        words = words.rstrip("?.! ")
        words = words if words.startswith("I ") else words[:1].lower() + words[1:]
        before = before and before.rstrip(".!? ") + chance.choice(_JOINS)
        after = after and chance.choice(_JOINS) + after[:1].lower() + after[1:]
    else:
        before, after = before and f"{before} ", after and f" {after}"
    if chance.random() < HURRIED:
        before, words, after = (part.lower().replace("'", "").replace("’", "") for part in (before, words, after))
    span = (len(before), len(before) + len(words))
    return Answer("bank", other.asked, before + words + after, tuple((span, worth) for _, worth in example.asks))


def prepared(answer: Answer, keys: Mapping[str, int], below: Layers, encoder: Encoder) -> Prepared:
    """Its first stretch; hardly any has a second."""
    read = next(to_read(encoder, answer.asked, answer.said))
    ids = [OPENS, *read.pieces, CLOSES]
    with torch.no_grad():
        states = below(torch.from_numpy(encoder.layers.embedded(np.array([ids]))), torch.ones(1, len(ids)))[0]
    tags, asks = torch.full((len(ids),), -1), []
    for (first, _), word in zip(read.at, read.words, strict=True):
        aside = overlaps(word, *(answer.to_us or ()))
        tags[first] = TO_US if aside else OF_THE_CASE
    for span, worth in answer.asks:
        at = [place for place, word in zip(read.at, read.words, strict=True) if overlaps(word, span)]
        for place, (first, _) in enumerate(at):
            tags[first] = ASKS if place else ASKS_FIRST
        wanted = torch.zeros(len(keys))
        for key, much in worth.items():
            if key in keys:
                wanted[keys[key]] = much
        if at and wanted.sum() > 0:
            asks.append((at[0][0], at[-1][1], wanted / wanted.sum()))
    return Prepared(states, tags, answer.to_us is not None, tuple(asks))


class Heads(nn.Module):  # type: ignore[misc]
    """As assistant/noticing/asks_reader.py has them in NumPy."""

    def __init__(self, kinds: Array) -> None:
        super().__init__()
        self.tag = nn.Linear(WIDTH, KINDS_OF_WORDS)
        self.kinds = nn.Parameter(torch.from_numpy(kinds))


def teach(bank: QuestionsToUs, encoder: Encoder, typing: Typing) -> dict[str, Array]:
    """The arrays of a reader."""
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    keys = {kind.key: place for place, kind in enumerate(bank.kinds)}
    below = Layers(encoder.weights, range(LAYERS[0])).eval()
    ready = partial(prepared, keys=keys, below=below, encoder=encoder)
    written = [ready(one) for one in answers(typing) if one.writer not in LEFT_OUT]
    of_bank, plain = examples(bank, typing), plain_answers(typing)
    alone, talk = list(map(ready, of_bank)), list(map(ready, plain))
    steps = []
    for _ in range(ROUNDS):
        few = int(len(of_bank) * INSIDE_OTHERS)
        among = [ready(inside(chance.choice(of_bank), chance.choice(plain), chance)) for _ in range(few)]
        some = chance.sample(alone, int(len(alone) * OF_EXAMPLES)) + chance.sample(talk, int(len(talk) * OF_PLAIN))
        steps += like_length([*written, *some, *among], BATCH, chance)
    layers, heads = Layers(encoder.weights, LAYERS), Heads(_middles(of_bank, keys, encoder))
    learn(layers, heads.parameters(), steps, partial(_wrong, layers, heads), (LAYER_RATE, HEAD_RATE))
    taught = layers.taught()
    places = functional.normalize(heads.kinds, dim=1).detach().numpy()
    of_heads = (heads.tag.weight.detach().numpy(), heads.tag.bias.detach().numpy(), places)
    named = np.frombuffer(b"".join(map(key_of, keys)), dtype=np.uint8).reshape(-1, 16)
    return {**kept(taught, encoder.weights), **heads_kept((*of_heads, named))}


def _middles(of_bank: Sequence[Answer], keys: Mapping[str, int], encoder: Encoder) -> Array:
    """Where the examples of each kind are before anything is taught."""
    places = encoder.encode([one.said for one in of_bank])
    middles = np.zeros((len(keys), WIDTH), dtype=np.float32)
    for one, place in zip(of_bank, places, strict=True):
        for _, worth in one.asks:
            for key in worth:
                middles[keys[key]] += place
    middles -= middles.mean(axis=0)
    of_length_one: Array = middles / np.maximum(np.linalg.norm(middles, axis=1, keepdims=True), 1e-9)
    return of_length_one


def _wrong(layers: Layers, heads: Heads, batch: Sequence[Prepared]) -> Tensor:
    """How wrong a reader is about some answers."""
    longest = max(len(one.states) for one in batch)
    hidden, here = torch.zeros(len(batch), longest, WIDTH), torch.zeros(len(batch), longest)
    tags = torch.full((len(batch), longest), -1)
    for row, one in enumerate(batch):
        length = len(one.states)
        hidden[row, :length], here[row, :length], tags[row, :length] = one.states, 1, one.tags
    states = layers(hidden, here)
    likely = heads.tag(functional.dropout(states, DROPPED, layers.training)).log_softmax(-1)
    # where nobody marked what is only said to us, it's as well as anything else that doesn't ask
    neither = torch.logsumexp(likely[..., [OF_THE_CASE, TO_US]], -1)
    unmarked = torch.tensor([not one.marked for one in batch])[:, None] & (tags == OF_THE_CASE)
    each = torch.where(unmarked, neither, likely.gather(-1, tags.clamp_min(0)[..., None])[..., 0])
    off = -each[tags >= 0].mean()
    of_kinds = [
        (states[row, first:last].mean(0), wanted) for row, one in enumerate(batch) for first, last, wanted in one.asks
    ]
    if not of_kinds:
        return off
    places = functional.normalize(functional.dropout(torch.stack([place for place, _ in of_kinds]), DROPPED), dim=1)
    wanted = torch.stack([one for _, one in of_kinds])
    wanted = (1 - SMOOTHING) * wanted + SMOOTHING / wanted.shape[1]
    speaks = STEEP * places @ functional.normalize(heads.kinds, dim=1).T
    return off - (wanted * speaks.log_softmax(-1)).sum(-1).mean()


def told(reader: TaughtReader, bank: QuestionsToUs, left_out: Sequence[Answer]) -> Iterator[str]:
    """How often questions were heard and their kind told; no line of anybody's."""
    kinds = QuestionKinds(bank, reader)
    asked = heard = known = right = sure = surely_right = 0
    plain = [bool(reader.read(one.asked, one.said).asks) for one in left_out if not one.asks]
    for one in left_out:
        read = reader.read(one.asked, one.said)
        for span, worth in one.asks:
            met = [said for said in read.asks if overlaps(said.span, span)]
            asked, heard, known = asked + 1, heard + bool(met), known + ("other" not in worth)
            if met and "other" not in worth:
                likely, much = kinds.surest(met[0].places).likely[0]
                right, sure = right + (likely.key in worth), sure + (much >= 0.5)
                surely_right += much >= 0.5 and likely.key in worth
    yield f"of {asked} questions {heard} are heard"
    yield f"of {known} that have a kind it is told in {right}; of {sure} told surely in {surely_right}"
    yield f"of {len(plain)} answers that ask nothing {sum(plain)} are taken to ask"


def main() -> None:
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(THREADS)
    encoder, bank = published_encoder(), load_prompts(PACKAGE / "no-such-home").asked_us
    typing = Typing(bank.typing)
    arrays = teach(bank, encoder, typing)
    index_file.write(shipped("models") / LEARNT, arrays, {"encoder": encoder.checksum})
    reader = reader_of(encoder, arrays)
    measured = list(told(reader, bank, [one for one in answers(typing) if one.writer in LEFT_OUT]))
    print(*measured, sep="\n")
    record(LEARNT, seed=SEED, measured=measured)


if __name__ == "__main__":
    main()
