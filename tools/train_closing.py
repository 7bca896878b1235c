"""Work out `models/closing.learnt` afresh from `tools/training/closing-turns/` (the group `learn`; twenty minutes).

    .venv/bin/python -m tools.train_closing

The encoder's last layers and a few heads are taught to tell of each word of such an answer what it belongs to, and of
which line of the page it speaks. What is printed is measured on a writer who is left out.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from assistant.noticing.closing_reader import (
    KINDS,
    LAYERS,
    LEARNT,
    NARROW,
    OF_LINES,
    SIGNS,
    TAGS,
    Read,
    TaughtReader,
    heads_kept,
    reader_of,
    to_read,
)
from assistant.noticing.reading import Part, PartKind
from assistant.resources import shipped
from assistant.retrieval import index_file
from assistant.retrieval.encoder import CLOSES, OPENS, Encoder
from assistant.retrieval.layers import WIDTH
from assistant.retrieval.taught_layers import kept
from tools.manifests import record
from tools.published import published_encoder
from tools.teaching import Layers, learn, like_length
from tools.written_lines import written_lines

Array = NDArray[Any]
FOLDER = Path(__file__).parent / "training" / "closing-turns"
LEFT_OUT = "16"
"""Of whom nothing is taught: those who played the newest sessions."""
SEED = 0
THREADS = 1
"""Another number would add up in another order."""
ROUNDS, BATCH = 8, 12
LAYER_RATE, HEAD_RATE = 2e-4, 3e-3
DROPPED = 0.15
POINTING = 1.0
"""What a wrong line counts against a wrong tag."""
NEVER = -1e4
"""What speaks for going on with what hasn't begun."""
_NAME = re.compile(r"\b[A-Z][a-z]{2,}\b")
_NO_NAMES = frozenset("The And Mum Dad Nan Mrs Miss Both All School Police Health Social Housing Year Team".split())
_ASIDE = frozenset({"gripe", "feeling", "remark", "reason"})


@dataclass(frozen=True)
class Turn:
    """What was asked, the page, what was said, and what of it is what."""

    writer: str
    asked: str
    page: tuple[str, ...]
    said: str
    parts: tuple[Part, ...]


def turns() -> list[Turn]:
    """All there is, writer after writer."""
    return [turn_of(writer, line) for writer, line in written_lines(FOLDER)]


def renamed(lines: Sequence[tuple[str, dict[str, Any]]], chance: random.Random) -> list[Turn]:
    """All there is with other names for whoever does something, so that no name says what somebody does."""
    named = [_names_in(line) for _, line in lines]
    everybody = sorted({name for names in named for name in names})
    found = []
    for (writer, line), names in zip(lines, named, strict=True):
        words = json.dumps(line, ensure_ascii=False)
        for name in names:
            words = re.sub(rf"\b{re.escape(name)}\b", chance.choice(everybody), words)
        found.append(turn_of(writer, json.loads(words)))
    return found


def _names_in(line: Mapping[str, Any]) -> list[str]:
    who = [one["who"] for one in line["steps"] if one["who"]]
    who += [one["words"] for one in line["changes"] if one["op"] == "who"]
    return sorted({name for words in who for name in _NAME.findall(words)} - _NO_NAMES)


def turn_of(writer: str, line: Mapping[str, Any]) -> Turn:
    """One line as it was written. What is marked within something else stands over it."""
    said, page = line["said"], tuple(line["page"])
    parts: list[Part] = []
    for other in line["other"]:
        kind: PartKind = "aside" if other["as"] in _ASIDE else other["as"]
        parts += _marked(said, kind, other["words"])
    for kind in ("decision", "review", "told"):
        parts += _marked(said, kind, line[kind])
    for step in line["steps"]:
        parts += _marked(said, "step", step["words"])
    changes = [(_kind(one["op"]), one["words"], one["line"], "") for one in line["changes"]]
    steps = [(role, step[role], None, step["words"]) for step in line["steps"] for role in ("who", "when")]
    for kind in (*(kind for kind in KINDS if kind not in {"who", "when"}), "who", "when"):
        for of_kind, words, number, near in (*changes, *steps):
            if of_kind == kind:
                lines = (number - 1,) if number and 0 < number <= len(page) else ()
                parts += _marked(said, kind, words, lines, near)
    return Turn(writer, line["asked"], page, said, _together(parts))


def _kind(op: str) -> PartKind:
    return op  # type: ignore[return-value]


def _marked(
    said: str, kind: PartKind, words: str | None, lines: tuple[int, ...] = (), near: str = ""
) -> Iterator[Part]:
    """Where the words stand, as near as may be to those they belong to."""
    if not words:
        return
    at, found = said.find(words), list[int]()
    while at >= 0:
        found.append(at)
        at = said.find(words, at + 1)
    whole = [one for one in found if not _cuts_a_word(said, one, one + len(words))] or found
    beside = max(said.find(near), 0) if near else 0
    if whole:
        start = min(whole, key=lambda one: abs(one - beside)) if near else whole[0]
        yield Part(kind=kind, span=(start, start + len(words)), lines=lines)


def _cuts_a_word(said: str, start: int, end: int) -> bool:
    return (start > 0 and said[start - 1].isalnum() and said[start].isalnum()) or (
        end < len(said) and said[end - 1].isalnum() and said[end].isalnum()
    )


def _together(parts: Sequence[Part]) -> tuple[Part, ...]:
    """One part for the same words of several lines."""
    now: dict[tuple[PartKind, tuple[int, int]], Part] = {}
    for part in parts:
        key = part.kind, part.span
        lines = (*(now[key].lines if key in now else ()), *part.lines)
        now[key] = Part(kind=part.kind, span=part.span, lines=lines)
    return tuple(now.values())


class Heads(nn.Module):  # type: ignore[misc]
    """As assistant/noticing/closing_reader.py has them in NumPy."""

    def __init__(self) -> None:
        super().__init__()
        self.signs = nn.Parameter(torch.zeros(SIGNS, WIDTH))
        self.tag = nn.Parameter(torch.zeros(len(TAGS), WIDTH))
        self.tag_bias = nn.Parameter(torch.zeros(len(TAGS)))
        self.follows = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.asks = nn.Parameter(torch.randn(NARROW, WIDTH) * 0.05)
        self.answers = nn.Parameter(torch.randn(NARROW, WIDTH) * 0.05)
        self.of_none = nn.Parameter(torch.zeros(NARROW))
        self.hints = nn.Parameter(torch.tensor([2.0, 1.0, 2.0, 1.0]))
        self.line_bias = nn.Parameter(torch.full((1,), -1.0))

    def as_kept(self) -> dict[str, Array]:
        """Every head as it is written down."""
        told = self.signs, self.tag, self.tag_bias, self.allowed()
        parts = (*told, self.asks, self.answers, self.of_none, self.hints, self.line_bias)
        return heads_kept([part.detach().numpy() for part in parts])

    def allowed(self) -> Tensor:
        """What speaks for each tag after each, where none goes on with another."""
        return self.follows + _not_allowed()


@dataclass(frozen=True)
class Prepared:
    """A stretch in the state below the taught layers, worked out once, and what it should be read as."""

    states: Tensor
    read: Read
    tags: Tensor
    points: Tensor
    """For each word whether it speaks of no line, and of each."""
    pointed: Tensor
    """Of which words that counts."""


def prepared(turn: Turn, below: Layers, encoder: Encoder) -> Iterator[Prepared]:
    """The stretches of a turn."""
    for read in to_read(encoder, turn.asked, turn.page, turn.said):
        ids = [OPENS, *read.pieces, CLOSES]
        with torch.no_grad():
            states = below(torch.from_numpy(encoder.layers.embedded(np.array([ids]))), torch.ones(1, len(ids)))[0]
        tags = torch.zeros(len(read.words), dtype=torch.long)
        points, pointed = torch.zeros(len(read.words), 1 + len(read.lines)), torch.zeros(len(read.words))
        for part in turn.parts:
            held = [at for at, (start, end) in enumerate(read.words) if start < part.span[1] and end > part.span[0]]
            if not held:
                continue
            goes_on = TAGS.index((part.kind, False))
            after = held[-1] + 1
            if after < len(tags) and not TAGS[tags[after]][1]:
                tags[after] -= 1  # what was cut in two begins again
            tags[held], pointed[held], points[held] = goes_on, 0, 0
            tags[held[0]] = goes_on - 1
            if part.kind in OF_LINES and turn.page:
                pointed[held] = 1
                for line in [one + 1 for one in part.lines if one < len(read.lines)] or [0]:
                    points[held, line] = 1
        yield Prepared(states, read, tags, points, pointed)


def teach(left_out: str, encoder: Encoder, rounds: int = ROUNDS) -> dict[str, Array]:
    """The arrays of a reader that has learnt from everybody but one writer."""
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    below = Layers(encoder.weights, range(LAYERS[0])).eval()
    lines = [one for one in written_lines(FOLDER) if one[0] != left_out]
    written = [turn_of(writer, line) for writer, line in lines], renamed(lines, chance)
    ready = [[one for turn in form for one in prepared(turn, below, encoder)] for form in written]
    layers, heads = Layers(encoder.weights, LAYERS), Heads()
    steps = [batch for number in range(rounds) for batch in like_length(ready[number % len(ready)], BATCH, chance)]
    learn(layers, heads.parameters(), steps, partial(_wrong, layers, heads), (LAYER_RATE, HEAD_RATE))
    return {**kept(layers.taught(), encoder.weights), **heads.as_kept()}


def _wrong(layers: Layers, heads: Heads, batch: Sequence[Prepared]) -> Tensor:
    """How wrong a reader is about some stretches."""
    longest = max(len(one.states) for one in batch)
    hidden, here = torch.zeros(len(batch), longest, WIDTH), torch.zeros(len(batch), longest)
    for row, one in enumerate(batch):
        hidden[row, : len(one.states)], here[row, : len(one.states)] = one.states, 1
        seen = torch.zeros(longest, WIDTH)
        seen[list(one.read.at)] = torch.tensor(one.read.signs) @ heads.signs
        hidden[row] = hidden[row] + seen
    hidden = functional.dropout(layers(hidden, here), DROPPED)
    off = torch.stack([_unlikely(heads, hidden[row, list(one.read.at)], one.tags) for row, one in enumerate(batch)])
    off = off.sum() / sum(len(one.tags) for one in batch)
    pointing, counted = torch.zeros(()), 0.0
    for row, one in enumerate(batch):
        if not one.pointed.any():
            continue
        lines = [hidden[row, first:last].mean(0) for first, last in one.read.lines]
        held = torch.stack([heads.of_none, *(heads.answers @ line for line in lines)])
        mine = hidden[row, list(one.read.at)][one.pointed > 0]
        speaks = mine @ heads.asks.T @ held.T / NARROW**0.5 + heads.line_bias
        hints = torch.tensor(one.read.hints)[one.pointed > 0] @ heads.hints
        speaks = torch.cat([speaks[:, :1], speaks[:, 1:] + hints], 1)
        pointing = pointing + functional.binary_cross_entropy_with_logits(
            speaks, one.points[one.pointed > 0], reduction="sum"
        )
        counted += speaks.numel()
    return off + POINTING * pointing / max(counted, 1)


def _unlikely(heads: Heads, words: Tensor, tags: Tensor) -> Tensor:
    """How unlikely the tags of some words are together (a chain of conditional random fields)."""
    speaks, follows = words @ heads.tag.T + heads.tag_bias, heads.allowed()
    meant = speaks[range(len(tags)), tags].sum() + follows[tags[:-1], tags[1:]].sum()
    whole = speaks[0]
    for one in speaks[1:]:
        whole = (whole[:, None] + follows).logsumexp(0) + one
    return whole.logsumexp(0) - meant


def _not_allowed() -> Tensor:
    never = torch.zeros(len(TAGS), len(TAGS))
    for before, (kind, _) in enumerate(TAGS):
        for after, (other, begins) in enumerate(TAGS):
            if not begins and kind != other:
                never[before, after] = NEVER
    return never


def told(reader: TaughtReader, everything: Sequence[Turn]) -> Iterator[str]:
    """How often parts were rightly found, a line each; no line of anybody's."""
    found, meant, right, lines = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for turn in everything:
        read = reader.read(turn.asked, turn.page, turn.said)
        meant.update(part.kind for part in turn.parts)
        found.update(part.kind for part in read)
        for part in turn.parts:
            same = next((one for one in read if one.kind == part.kind and _alike(one.span, part.span)), None)
            if same:
                right[part.kind] += 1
                lines[part.kind] += set(same.lines) == set(part.lines)
    for kind in KINDS[1:]:
        of_line = f", line right in {lines[kind]}" if kind in OF_LINES else ""
        yield f"{kind}: of {found[kind]} found and {meant[kind]} meant {right[kind]} right{of_line}"


def _alike(one: tuple[int, int], other: tuple[int, int]) -> bool:
    both = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * both > max(one[1] - one[0], other[1] - other[0])


def main() -> None:
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(THREADS)
    encoder = published_encoder()
    arrays = teach(LEFT_OUT, encoder)
    measured = list(told(reader_of(encoder, arrays), [one for one in turns() if one.writer == LEFT_OUT]))
    print(*measured, sep="\n")
    index_file.write(shipped("models") / LEARNT, arrays, {"encoder": encoder.checksum})
    record(LEARNT, seed=SEED, measured=measured)


if __name__ == "__main__":
    main()
