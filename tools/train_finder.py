"""Work out `models/finder.learnt` afresh from `tools/training/next-questions/` (the group `learn`; 15 minutes).

    .venv/bin/python -m tools.train_finder [--places]

The encoder's last layers are taught to draw an answer, with what was said before it, near the questions of the bank
that were chosen to come next, nearer to what the chooser would have asked in their own words than to what was meant for
other answers, and each example of a question near that question. With --places the layers stay and each
question that changed finds its place (a minute); without either it's worked out on each machine when a session begins,
50 ms each. What is printed is measured on writers who are left out.
"""

from __future__ import annotations

import math
import random
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from assistant.conversation.prompts import load_prompts
from assistant.conversation.question_bank import QuestionBank
from assistant.conversation.question_finder import (
    LEARNT,
    LOOKS_SHARP,
    answer_as_read,
    before_as_read,
    kept_names,
    key_of,
    mixed,
    plain,
)
from assistant.conversation.reranker import BEFORE, LAYERS, Exchange, Placed
from assistant.conversation.reranker import LEARNT as RERANKER
from assistant.conversation.reranker import kept_names as of_reranker
from assistant.conversation.themes import Question
from assistant.noticing.danger_reader import SCALE
from assistant.resources import shipped
from assistant.retrieval import index_file
from assistant.retrieval.encoder import Encoder
from assistant.retrieval.layers import WIDTH
from assistant.retrieval.taught_layers import kept, taught_encoder
from tools.manifests import measured_before, record
from tools.published import published_encoder
from tools.teaching import Layers, warmed
from tools.train_reranker import Below, Padded, of_its_own, written_down

Array = NDArray[Any]
LEFT_OUT = frozenset({"talks-h", "talks-z", "talks-1", "talks-2"})
"""Writers of whom nothing is taught; what is shipped has learnt from all, after the measures were taken."""
PLACES = "--places"
SEED = 0
ROUNDS = 4
LAYER_RATE, HEAD_RATE, PLACE_RATE = 2e-4, 1e-3, 2e-3
WARMING = 0.06
TOGETHER, EXAMPLES_TOGETHER = 12, 48
OF_EXAMPLES = 0.5
"""What finding the question of an example counts beside finding what was chosen."""
OF_OWN_WORDS, SMOOTHED = 0.4, 0.1
"""The same of finding what the chooser would have asked in their own words, of which several would do for an answer."""
A_ROUND = 3
"""Of the examples each round has one in so many."""
LATER = 0.25
"""How much less each further choice counts than the one before it: they were written down best first."""
DROPPED, DROPPED_OF_PLACES = 0.1, 0.3
LOOKS = 4
_NAME = re.compile(r"(?<=[a-z,’'] )(?!I\b)[A-Z][a-z]+(?:'s|’s)?(?: [A-Z][a-z]+)*")
_GIVEN_BACK = re.compile(r"[“\"][^”\"]*[”\"]")


@dataclass(frozen=True)
class Choice:
    """An answer, and the places in the bank of the questions chosen to come next, best first."""

    writer: str
    exchange: Exchange
    chosen: tuple[int, ...]
    own_words: str = ""
    """What the chooser would have asked, without names and words given back, which would tell it from others."""


def choices(questions: Sequence[Question]) -> Iterator[Choice]:
    """All there are."""
    place = {question.text: number for number, question in enumerate(questions)}
    for one, exchange in written_down():
        chosen = tuple(place[text] for text in one.get("chosen", ()) if text in place)
        if chosen:
            yield Choice(one["writer"], exchange, chosen, _plain(one.get("ideal", "")) or "that")


def _plain(words: str) -> str:
    return _NAME.sub("the child", _GIVEN_BACK.sub("that", words))


class Finder(nn.Module):  # type: ignore[misc]  # PyTorch is not installed where types are checked
    """As assistant/conversation/question_finder.py has it in NumPy."""

    def __init__(self, encoder: Encoder, questions: Sequence[Question]) -> None:
        super().__init__()
        rated = index_file.peek(shipped("models") / RERANKER, *of_reranker(), made_from={"encoder": encoder.checksum})
        self.layers = Layers(taught_encoder(encoder, rated, LAYERS).weights, LAYERS)
        self.part = nn.Parameter(torch.from_numpy(np.array(rated["part"])).clone())
        self.looks_for = nn.Parameter(torch.randn(LOOKS, WIDTH) * 0.02)
        self.said, self.asked = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        for side in (self.said, self.asked):
            nn.init.eye_(side.weight)
            nn.init.zeros_(side.bias)
        self.mix = nn.Parameter(torch.tensor([1.0, 0.3, 0.7]))
        self.own = nn.Parameter(torch.zeros(len(questions), WIDTH))
        self.liked = nn.Parameter(torch.zeros(len(questions)))
        self.sharp = nn.Parameter(torch.tensor(math.log(14.0)))
        vectors = [mixed(encoder.encode([*plain(question), *question.after])) for question in questions]
        self.register_buffer("of_questions", torch.from_numpy(np.array(vectors)))

    def places(self) -> Tensor:
        """One row a question."""
        dropped = functional.dropout((self.of_questions * self.mix[None, :, None]).sum(1), DROPPED, self.training)
        placed = functional.normalize(self.asked(dropped), dim=1)
        return functional.normalize(placed + functional.dropout(self.own, DROPPED_OF_PLACES, self.training), dim=1)

    def fits(self, looks: Tensor) -> Tensor:
        """How well each question fits each answer."""
        return self._against(looks, self.places()) - math.log(LOOKS + 1) + self.liked

    def fits_words(self, looks: Tensor, vectors: Tensor) -> Tensor:
        """How well questions of no bank fit each answer."""
        weighed = functional.dropout(vectors * (self.mix[0] + self.mix[1]), DROPPED, self.training)
        return self._against(looks, functional.normalize(self.asked(weighed), dim=1))

    def _against(self, looks: Tensor, places: Tensor) -> Tensor:
        return torch.logsumexp(torch.einsum("bkd,qd->bkq", looks, places) * self.sharp.exp(), 1)

    def forward(self, before: Padded, each_before: Tensor, answers: Padded, belongs: Tensor) -> Tensor:
        """What each answer calls for, as places in the questions' space."""
        earlier, now = before.states + self.part[BEFORE], answers.states + self.part[belongs]
        here = torch.cat((before.here, answers.here), 1)[:, None, None, :].bool()
        for layer in LAYERS:
            name = f"encoder.layer.{layer}"
            seen = zip(self.layers.keys(earlier, name), self.layers.keys(now, name), strict=True)
            keys, values = (torch.cat(both, 2) for both in seen)
            now = self.layers.beside(now, keys, values, here, name)
            if layer != LAYERS[-1]:
                earlier = self.layers.one(earlier, earlier, each_before, name)
        looked = torch.einsum("btd,kd->bkt", now, self.looks_for) * (LOOKS_SHARP / SCALE)
        looked = looked.masked_fill(answers.here[:, None] == 0, -1e9).softmax(-1)
        mean = (now * answers.here[:, :, None]).sum(1, keepdim=True) / answers.here.sum(1)[:, None, None]
        pooled = functional.dropout(torch.cat([looked @ now, mean], 1), DROPPED, self.training)
        return functional.normalize(self.said(pooled), dim=-1)


def read(finder: Finder, below: Below, encoder: Encoder, exchanges: Sequence[Exchange]) -> Tensor:
    """What each answer calls for."""
    befores = [before_as_read(encoder, one) for one in exchanges]
    answers: list[Placed] = [answer_as_read(encoder, one) for one in exchanges]
    padded, before = below.padded([one.pieces for one in answers]), below.strung(befores)
    belongs = torch.zeros(padded.here.shape, dtype=torch.long)
    for row, text in enumerate(answers):
        belongs[row, : len(text.belongs)] = torch.tensor(text.belongs)
    looks: Tensor = finder(before, of_its_own(befores, before.here), padded, belongs)
    return looks


def teach(finder: Finder, encoder: Encoder, taught: Sequence[Choice], questions: Sequence[Question]) -> None:
    """Teach a finder some choices, and the examples of the questions."""
    torch.manual_seed(SEED)
    chance, below = random.Random(SEED), Below(encoder)
    others = [p for name, p in finder.named_parameters() if name != "own" and not name.startswith("layers.")]
    optimizer = torch.optim.AdamW(
        [
            {"params": finder.layers.parameters(), "lr": LAYER_RATE},
            {"params": others, "lr": HEAD_RATE},
            {"params": [finder.own], "lr": PLACE_RATE},
        ],
        weight_decay=0.02,
    )
    examples = [Choice("", Exchange("", one), (number,)) for number, q in enumerate(questions) for one in q.after]
    own_words = torch.from_numpy(np.array(encoder.encode([one.own_words for one in taught])))
    place = {id(one): number for number, one in enumerate(taught)}
    steps: list[Sequence[Choice]] = []
    for _ in range(ROUNDS):
        some = _batches(chance.sample(examples, len(examples) // A_ROUND), EXAMPLES_TOGETHER)
        batches = [*_batches(chance.sample(taught, len(taught)), TOGETHER), *some]
        chance.shuffle(batches)
        steps += batches
    rates = warmed(optimizer, len(steps), WARMING)
    finder.train()
    for number, batch in enumerate(steps):
        looks = read(finder, below, encoder, [one.exchange for one in batch])
        off = -(_wanted(batch, len(questions)) * finder.fits(looks).log_softmax(1)).sum(1).mean()
        if batch[0].writer:
            mine = torch.tensor([place[id(one)] for one in batch])
            among = finder.fits_words(looks, own_words)
            off = off + OF_OWN_WORDS * functional.cross_entropy(among, mine, label_smoothing=SMOOTHED)
        else:
            off = OF_EXAMPLES * off
        optimizer.zero_grad()
        off.backward()
        nn.utils.clip_grad_norm_(finder.parameters(), 1.0)
        optimizer.step()
        rates.step()
        if number % 100 == 0:
            print(f"{number} of {len(steps)}", flush=True)
    finder.eval()


def _batches(some: Sequence[Choice], together: int) -> list[Sequence[Choice]]:
    return [some[at : at + together] for at in range(0, len(some), together)]


def _wanted(batch: Sequence[Choice], questions: int) -> Tensor:
    wanted = torch.zeros(len(batch), questions)
    for row, one in enumerate(batch):
        for number, place in enumerate(one.chosen):
            wanted[row, place] = 1 / (1 + LATER * number)
    return wanted / wanted.sum(1, keepdim=True)


def likely(finder: Finder, encoder: Encoder, some: Sequence[Choice]) -> Array:
    """For each answer the log probability of each question."""
    below = Below(encoder)
    with torch.no_grad():
        looks = [read(finder, below, encoder, [one.exchange for one in batch]) for batch in _batches(some, TOGETHER)]
        rows: Array = torch.cat([finder.fits(one) for one in looks]).log_softmax(1).numpy()
    return rows


def told(scores: Array, some: Sequence[Choice]) -> Iterator[str]:
    """How often what is found first was chosen, and how much of what was chosen is found."""
    order = np.argsort(-scores, axis=1)
    for most in (1, 3, 10, 24):
        hits = [set(row[:most]) & set(one.chosen) for row, one in zip(order, some, strict=True)]
        share = np.mean([len(hit) / len(one.chosen) for hit, one in zip(hits, some, strict=True)])
        best = np.mean([one.chosen[0] in hit for hit, one in zip(hits, some, strict=True)])
        yield f"among {most}: some {np.mean([bool(hit) for hit in hits]):.1%}, the best {best:.1%}, of all {share:.1%}"


def trust(scores: Array, some: Sequence[Choice]) -> Array:
    """How a log probability becomes a likelihood of being chosen: a logistic regression in one variable."""
    values = torch.from_numpy(scores).float()
    chosen = torch.stack([(_wanted([one], scores.shape[1])[0] > 0).float() for one in some])
    line = torch.tensor([1.0, 0.0], requires_grad=True)
    optimizer = torch.optim.LBFGS([line], max_iter=50)

    def off() -> Tensor:
        optimizer.zero_grad()
        loss = functional.binary_cross_entropy_with_logits(line[0] * values + line[1], chosen)
        loss.backward()
        return loss

    optimizer.step(off)
    found: Array = line.detach().numpy().astype(np.float32)
    return found


def arrays_of(finder: Finder, encoder: Encoder, questions: Sequence[Question], trusted: Array) -> dict[str, Array]:
    """A finder as it is kept."""
    tensors = finder.layers.taught()
    with torch.no_grad():
        arrays = kept(tensors, encoder.weights) | {
            "part": finder.part.numpy(),
            "looks-for": finder.looks_for.numpy(),
            "said": finder.said.weight.numpy().astype(np.float16),
            "said.bias": finder.said.bias.numpy(),
            "asked": finder.asked.weight.numpy().astype(np.float16),
            "asked.bias": finder.asked.bias.numpy(),
            "mix": finder.mix.numpy(),
            "sharp": finder.sharp.exp().numpy(),
            "trust": trusted,
            "questions": finder.places().numpy().astype(np.float16),
            "liked": finder.liked.numpy(),
        }
    return arrays | {"keys": np.array([np.frombuffer(key_of(question), dtype=np.uint8) for question in questions])}


def main() -> None:
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(SEED)
    encoder = published_encoder()
    with tempfile.TemporaryDirectory() as home:
        questions = [one.question for one in QuestionBank(load_prompts(Path(home)).themes).questions]
    path = shipped("models") / LEARNT
    made_from = {"encoder": encoder.checksum}
    if PLACES in sys.argv:
        measured = measured_before(LEARNT)
        arrays = dict(index_file.peek(path, *kept_names(), made_from=made_from))
        arrays |= placed_anew(encoder, arrays, questions)
    else:
        everything = list(choices(questions))
        held = [one for one in everything if one.writer in LEFT_OUT]
        finder = Finder(encoder, questions)
        teach(finder, encoder, [one for one in everything if one.writer not in LEFT_OUT], questions)
        scores = likely(finder, encoder, held)
        measured = list(told(scores, held))
        print(*measured, sep="\n")
        arrays = arrays_of(finder, encoder, questions, trust(scores, held))
    index_file.write(path, arrays, made_from)
    path.chmod(0o644)
    record(LEARNT, seed=SEED, measured=measured)


def placed_anew(encoder: Encoder, arrays: dict[str, Array], questions: Sequence[Question]) -> dict[str, Array]:
    """The questions' places, those that changed worked out."""
    from assistant.conversation.question_finder import TaughtFinder

    rows, liked = TaughtFinder(encoder, arrays, questions).places
    keys = np.array([np.frombuffer(key_of(question), dtype=np.uint8) for question in questions])
    return {"questions": rows.astype(np.float16), "liked": liked, "keys": keys}


if __name__ == "__main__":
    main()
