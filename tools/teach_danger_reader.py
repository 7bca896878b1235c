"""Teach the encoder's last layers, and one head a kind, what danger looks like in a whole answer.

The lower layers stay as published and are worked out once. Beside each answer as typed stands, for many, another form
of it: joined to ordinary answers of the same writer, which buries the danger, or typed without capitals and stops.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from assistant.language.sentences import spoken_sentences
from assistant.noticing.danger_columns import ANY, KINDS
from assistant.noticing.danger_model import as_read, read_together
from assistant.noticing.danger_reader import LAYERS, MOST_PIECES, heads_kept, reader_of
from assistant.noticing.danger_reader import Heads as HeadsAsKept
from assistant.retrieval.encoder import CLOSES, OPENS, Encoder
from assistant.retrieval.layers import WIDTH
from assistant.retrieval.taught_layers import kept, taught_encoder
from tools.danger_answers import WRITERS, Answer, answers
from tools.published import published_encoder
from tools.teaching import Layers, learn, looked_for

Array = NDArray[Any]

SEED = 0
FORMS_SEED = 7
ROUNDS = 3
FURTHER_ROUNDS, FURTHER, AGAIN = 2, 0.4, 4
"""When a reader learns one more writer: rounds, the share of the rates it is taught at, and the others read again."""
BATCH_PIECES = 1500
LAYER_RATE, HEAD_RATE = 1.5e-4, 4e-3
BURIED_OF_DANGER, BURIED_OF_ORDINARY, UNPOINTED = 0.5, 0.12, 0.1
MANNERS = ("plain", "denied", "past", "resolved", "supposed", "safe", "other", "quoted", "figurative", "learned",
           "handled", "danger")  # fmt: skip
BESIDE = 0.3
"""What telling the manner, and the sure from the doubtful, count against telling the danger; neither is kept."""


def other_forms(everything: Sequence[Answer]) -> dict[int, str]:
    """Another form of some of the answers, by their place."""
    chance = random.Random(FORMS_SEED)
    ordinary: dict[int, list[str]] = {}
    for answer in everything:
        if answer.kind is None:
            ordinary.setdefault(answer.writer, []).append(answer.words)
    forms: dict[int, str] = {}
    for place, answer in enumerate(everything):
        if chance.random() < (BURIED_OF_DANGER if answer.kind else BURIED_OF_ORDINARY):
            of_writer = ordinary[answer.writer]
            beside = [of_writer[chance.randrange(len(of_writer))] for _ in range(chance.choice((1, 1, 2)))]
            where = chance.random()
            if where < 0.45:
                parts = [*beside, answer.words]
            elif where < 0.6:
                parts = [beside[0], answer.words, *beside[1:]]
            else:
                parts = [answer.words, *beside]
            forms[place] = " ".join(parts)
            if chance.random() < 0.25:
                forms[place] = _squeezed(re.sub(r"[.,!?;]", " ", forms[place]).lower())
        elif chance.random() < UNPOINTED:
            forms[place] = answer.words.lower()
            if chance.random() < 0.6:
                forms[place] = _squeezed(re.sub(r"[.,!?;]", " ", forms[place]))
    return forms


def _squeezed(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


class Heads(nn.Module):  # type: ignore[misc]
    """As assistant/noticing/danger_reader.py has them in NumPy; with them, what is taught beside and not kept."""

    def __init__(self, there: HeadsAsKept | None = None) -> None:
        super().__init__()
        if there is None:
            nothing = torch.zeros(ANY + 1, WIDTH)
            parts = torch.randn(ANY + 1, WIDTH) * 0.02, nothing, nothing.clone(), torch.full((ANY + 1,), -2.5)
        else:
            parts = tuple(map(torch.tensor, (there.looks_for, there.found, there.whole, there.bias)))
        self.looks_for, self.found, self.whole, self.bias = map(nn.Parameter, parts)
        self.manner = nn.Linear(WIDTH, len(MANNERS))
        self.level = nn.Linear(WIDTH, 1)
        for part in (*self.manner.parameters(), *self.level.parameters()):
            nn.init.zeros_(part)

    def forward(self, hidden: Tensor, here: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        mean, _, found = looked_for(hidden, here, self.looks_for, training=self.training)
        speaks = (found * self.found).sum(-1) + mean @ self.whole.T + self.bias
        return speaks, self.manner(mean), self.level(mean)[:, 0]


class Read:
    """Texts as stretches of pieces in the state below the taught layers, worked out once."""

    def __init__(self, texts: Sequence[str], encoder: Encoder) -> None:
        below = Layers(encoder.weights, range(LAYERS[0])).eval()
        self.states: list[list[Array]] = []
        with torch.no_grad():
            for text in texts:
                pieces = encoder.pieces(as_read(text, list(spoken_sentences(text, at_turns=True))))
                stretches = read_together([len(one) for one in pieces], MOST_PIECES)
                self.states.append([_below(below, encoder, [*chain.from_iterable(pieces[a:b])]) for a, b in stretches])
        self.longest = [max(map(len, stretches)) for stretches in self.states]

    def batch(self, places: Sequence[int]) -> tuple[Tensor, Tensor, list[int]]:
        """States, where there is a piece and not padding, and which of the places each row is of."""
        rows = [state for place in places for state in self.states[place]]
        of = [at for at, place in enumerate(places) for _ in self.states[place]]
        hidden = torch.zeros(len(rows), max(map(len, rows)), WIDTH)
        here = torch.zeros(hidden.shape[:2])
        for row, state in enumerate(rows):
            hidden[row, : len(state)] = torch.from_numpy(state.astype(np.float32))
            here[row, : len(state)] = 1
        return hidden, here, of

    def batches(self, places: Sequence[int], chance: random.Random) -> Iterator[list[int]]:
        """Places of like length together, in any order."""
        length = {place: self.longest[place] + chance.random() * 8 for place in places}
        batches: list[list[int]] = [[]]
        rows = 0
        for place in sorted(places, key=lambda place: length[place]):
            more = len(self.states[place])
            if batches[-1] and self.longest[place] * (rows + more) > BATCH_PIECES:
                batches.append([])
                rows = 0
            batches[-1].append(place)
            rows += more
        chance.shuffle(batches)
        yield from batches


def _below(layers: Layers, encoder: Encoder, pieces: Sequence[int]) -> Array:
    ids = [OPENS, *pieces, CLOSES]
    hidden = torch.from_numpy(encoder.layers.embedded(np.array([ids])))
    return np.asarray(layers(hidden, torch.ones(1, len(ids)))[0], dtype=np.float16)


def wrong(speaks: tuple[Tensor, Tensor, Tensor], of: Sequence[int], told: Sequence[Answer]) -> Tensor:
    """How wrong a reader is about some answers; of an answer read in stretches, the loudest counts."""
    each, manners, levels = speaks
    if len(of) > len(told):
        rows = [[row for row, at in enumerate(of) if at == place] for place in range(len(told))]
        loudest = [max(group, key=lambda row: float(each[row, ANY].detach())) for group in rows]
        each, manners, levels = torch.stack([each[group].amax(0) for group in rows]), manners[loudest], levels[loudest]
    so = torch.tensor(
        [[float(answer.kind == kind) for kind in KINDS] + [float(answer.kind is not None)] for answer in told]
    )
    manner = torch.tensor([MANNERS.index(answer.manner or "danger") for answer in told])
    off = functional.binary_cross_entropy_with_logits(each, so, reduction="none").mean(0).sum()
    off = off + BESIDE * functional.cross_entropy(manners, manner)
    danger = [place for place, answer in enumerate(told) if answer.kind]
    if danger:
        sure = torch.tensor([float(told[place].level == "sure") for place in danger])
        off = off + BESIDE * functional.binary_cross_entropy_with_logits(levels[danger], sure)
    return off


def teach(writers: Sequence[int]) -> dict[str, Array]:
    """The arrays of a reader that knows these writers, as danger_reader.py keeps them."""
    encoder = _ready()
    layers, heads = Layers(encoder.weights, LAYERS), Heads()
    return _taught(encoder, answers(*writers), layers, heads, ROUNDS)


def teach_further(there: Mapping[str, Array], newest: int) -> dict[str, Array]:
    """The same of a reader that is there, once it knows one more writer; so that it forgets nothing, it reads others
    again, as many of them as `AGAIN` times the new."""
    encoder = _ready()
    chance = random.Random(SEED)
    new, others = answers(newest), answers(*(writer for writer in WRITERS if writer != newest))
    layers = Layers(taught_encoder(encoder, there, LAYERS).weights, LAYERS)
    heads = Heads(reader_of(encoder, there).heads)
    everything = [*new, *chance.sample(others, AGAIN * len(new))]
    return _taught(encoder, everything, layers, heads, FURTHER_ROUNDS, FURTHER)


def _ready() -> Encoder:
    torch.set_num_threads(1)  # sums in another order are other sums
    torch.manual_seed(SEED)
    torch.use_deterministic_algorithms(True)
    return published_encoder()


def _taught(
    encoder: Encoder, everything: Sequence[Answer], layers: Layers, heads: Heads, rounds: int, gently: float = 1.0
) -> dict[str, Array]:
    """What becomes of some layers and heads that read answers for some rounds."""
    forms = other_forms(everything)
    form_at = {place: len(everything) + at for at, place in enumerate(forms)}
    told = [*everything, *(everything[place] for place in forms)]
    read = Read([answer.words for answer in everything] + list(forms.values()), encoder)
    chance = random.Random(SEED)
    batches = [
        batch
        for _ in range(rounds)
        for batch in read.batches(
            [form_at[at] if at in forms and chance.random() < 0.5 else at for at in range(len(everything))], chance
        )
    ]

    def off(batch: Sequence[int]) -> Tensor:
        hidden, here, of = read.batch(batch)
        return wrong(heads(layers(hidden, here), here), of, [told[place] for place in batch])

    learn(layers, heads.parameters(), batches, off, (LAYER_RATE * gently, HEAD_RATE * gently))
    taught = layers.taught()
    parts = (heads.looks_for, heads.found, heads.whole, heads.bias)
    return {**kept(taught, encoder.weights), **heads_kept(HeadsAsKept(*(part.detach().numpy() for part in parts)))}
