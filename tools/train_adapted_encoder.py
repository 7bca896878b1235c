"""Work out `models/adapted.learnt` afresh from `tools/training/said-and-written/` (the group `learn`; half an hour).

    .venv/bin/python -m tools.train_adapted_encoder

The encoder's last layers are taught further, so that what somebody says or types lies nearest to the passage that
answers it, and not to other passages on the same subject. What is printed is
measured on a writer who is left out.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from assistant.resources import shipped
from assistant.retrieval import index_file
from assistant.retrieval.adapted_encoder import LAYERS, LEARNT
from assistant.retrieval.encoder import CLOSES, OPENS, Encoder
from assistant.retrieval.layers import WIDTH
from assistant.retrieval.taught_layers import kept
from tools.manifests import record
from tools.published import published_encoder
from tools.teaching import Layers, warmed
from tools.train_reranker import Below, Padded
from tools.written_lines import written_lines

Array = NDArray[Any]
FOLDER = Path(__file__).parent / "training" / "said-and-written"
LEFT_OUT = frozenset({"3"})
"""Writers of whom nothing is taught."""
SEED = 0
ROUNDS = 3
TOGETHER = 32
"""Entries read together: each of their passages is one that the others' words don't ask for."""
RATE, SHARP_RATE = 1.5e-4, 1e-3
WARMING = 0.06
DROPPED = 0.1
BACK = 0.3
"""What finding the words for a passage counts beside finding the passage for the words."""
MOST_PIECES = 100
DEPTHS = (1, 3, 10)
SHORT = (0, 2)
"""Of what is said for an entry, what is typed or asked by itself, as lines on the office are."""
PLAIN = 0.5
"""How plain that line is kept: the strength of ridge."""
LOST = 0.005
"""Of what the writer who is left out says, the share that may be taken for small talk."""


@dataclass(frozen=True)
class Entry:
    """A passage, another on the same subject that isn't asked for, and how people say what they look for."""

    writer: str
    written: str
    near: str
    said: tuple[str, ...]


def entries() -> Iterator[Entry]:
    """All there are."""
    for writer, one in written_lines(FOLDER):
        yield Entry(writer, one["point"], one["near"], tuple(one["says"]))


class Adapted(nn.Module):  # type: ignore[misc]  # PyTorch is not installed where types are checked
    """As assistant/retrieval/adapted_encoder.py has it in NumPy."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.layers = Layers(encoder.weights, LAYERS)
        self.sharp = nn.Parameter(torch.tensor(math.log(20.0)))

    def forward(self, texts: Padded) -> Tensor:
        """One row of length one a text."""
        states = self.layers(texts.states, texts.here)
        mean = (states * texts.here[:, :, None]).sum(1) / texts.here.sum(1, keepdim=True)
        dropped = functional.dropout(functional.normalize(mean, dim=1), DROPPED, self.training)
        return functional.normalize(dropped, dim=1)


class Reading:
    """Texts as the taught layers read them."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder, self._below = encoder, Below(encoder)

    def __call__(self, texts: Sequence[str]) -> Padded:
        placed = (self._encoder.placed(text)[0][:MOST_PIECES] for text in texts)
        return self._below.padded([(OPENS, *pieces, CLOSES) for pieces in placed])


def batches(taught: Sequence[Entry], chance: random.Random) -> Iterator[list[tuple[Entry, str]]]:
    """Everything said once, no entry twice in a batch."""
    waiting = [(entry, said) for entry in taught for said in entry.said]
    chance.shuffle(waiting)
    while waiting:
        batch: dict[str, tuple[Entry, str]] = {}
        later = []
        for entry, said in waiting:
            if len(batch) == TOGETHER or entry.written in batch:
                later.append((entry, said))
            else:
                batch[entry.written] = (entry, said)
        if len(batch) < TOGETHER // 2:
            return
        yield list(batch.values())
        waiting = later


def teach(adapted: Adapted, taught: Sequence[Entry], reading: Reading) -> None:
    """Teach it some entries."""
    chance = random.Random(SEED)
    steps = [batch for _ in range(ROUNDS) for batch in batches(taught, chance)]
    optimizer = torch.optim.AdamW(
        [{"params": adapted.layers.parameters(), "lr": RATE}, {"params": [adapted.sharp], "lr": SHARP_RATE}],
        weight_decay=0.02,
    )
    rates = warmed(optimizer, len(steps), WARMING)
    adapted.train()
    for number, batch in enumerate(steps):
        asked = adapted(reading([said for _, said in batch]))
        written = adapted(reading([one.written for one, _ in batch] + [one.near for one, _ in batch]))
        near = asked @ written.T * adapted.sharp.exp()
        right = torch.arange(len(batch))
        off = functional.cross_entropy(near, right) + BACK * functional.cross_entropy(near[:, : len(batch)].T, right)
        optimizer.zero_grad()
        off.backward()
        nn.utils.clip_grad_norm_(adapted.parameters(), 1.0)
        optimizer.step()
        rates.step()
        if number % 50 == 0:
            print(f"{number} of {len(steps)}: {off.item():.2f}", flush=True)
    adapted.eval()


def placed(adapted: Adapted, texts: Sequence[str], reading: Reading) -> Array:
    """One row a text."""
    rows = np.empty((len(texts), WIDTH), dtype=np.float32)
    order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
    with torch.no_grad():
        for at in range(0, len(order), TOGETHER):
            some = order[at : at + TOGETHER]
            rows[some] = adapted(reading([texts[row] for row in some])).numpy()
    return rows


def told(adapted: Adapted, held: Sequence[Entry], everything: Sequence[Entry], reading: Reading) -> Iterator[str]:
    """Among the passages of all writers, how often the one that is wanted comes first, and among the first few."""
    pool = list(dict.fromkeys([*(one.written for one in everything), *(one.near for one in everything)]))
    row = {text: number for number, text in enumerate(pool)}
    wanted = np.array([row[one.written] for one in held])
    passages = placed(adapted, pool, reading)
    for number in range(len(held[0].said)):
        near = placed(adapted, [one.said[number] for one in held], reading) @ passages.T
        before = (near > near[np.arange(len(held)), wanted][:, None]).sum(axis=1)
        yield f"said {number + 1}: " + ", ".join(f"among {most} {np.mean(before < most):.1%}" for most in DEPTHS)


def outside(encoder: Encoder, adapted: Adapted, everything: Sequence[Entry], reading: Reading) -> dict[str, Array]:
    """How what has nothing to do with practice is told: a logistic regression on the rows of both spaces."""

    def rows(texts: Sequence[str]) -> Array:
        return np.concatenate([encoder.encode(texts), placed(adapted, texts, reading)], axis=1)

    said = [entry.said[number] for entry in everything if entry.writer not in LEFT_OUT for number in SHORT]
    held = rows([said for entry in everything if entry.writer in LEFT_OUT for said in entry.said])
    other = (FOLDER / "off-topic.txt").read_text(encoding="utf-8").splitlines()
    values = torch.from_numpy(np.concatenate([rows(said), rows(other)])).double()
    is_outside = torch.cat([torch.zeros(len(said)), torch.ones(len(other))]).double()
    line = torch.zeros(values.shape[1] + 1, dtype=torch.double, requires_grad=True)
    optimizer = torch.optim.LBFGS([line], max_iter=500, line_search_fn="strong_wolfe")

    def off() -> Tensor:
        optimizer.zero_grad()
        loss = functional.binary_cross_entropy_with_logits(values @ line[:-1] + line[-1], is_outside, reduction="sum")
        loss = loss + PLAIN * (line[:-1] ** 2).sum()
        loss.backward()
        return loss

    optimizer.step(off)
    weights = line.detach().numpy()[:-1].astype(np.float32)
    return {"outside": weights, "outside.edge": np.quantile(held @ weights, 1 - LOST).astype(np.float32)}


def main() -> None:
    torch.set_num_threads(1)  # sums in another order are other sums
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(SEED)
    encoder = published_encoder()
    everything = list(entries())
    held = [one for one in everything if one.writer in LEFT_OUT]
    adapted, reading = Adapted(encoder), Reading(encoder)
    adapted.eval()
    print(*told(adapted, held, everything, reading), sep="\n", flush=True)
    teach(adapted, [one for one in everything if one.writer not in LEFT_OUT], reading)
    measured = list(told(adapted, held, everything, reading))
    print(*measured, sep="\n")
    arrays = outside(encoder, adapted, everything, reading)
    tensors = adapted.layers.taught()
    path = shipped("models") / LEARNT
    index_file.write(path, kept(tensors, encoder.weights) | arrays, {"encoder": encoder.checksum})
    path.chmod(0o644)
    record(LEARNT, seed=SEED, measured=measured)


if __name__ == "__main__":
    main()
