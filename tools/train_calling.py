"""Learn `models/calling.learnt` afresh from the questions of the themes and their examples (five minutes).

    .venv/bin/python -m pip install torch     # in the group `learn` of pyproject.toml
    .venv/bin/python -m tools.train_calling
    .venv/bin/python -m tools.train_calling --keep-space

Run after changing many questions or examples under `prompts/themes/`. With --keep-space the
space stays and each question finds its place in it (a minute). Without either everything still works: a question that
changed is worked out on each machine when a session begins, 50 ms each.

Two maps of the encoder's space are learnt together, one for what is said and one for what is asked: an example comes
near to the other examples of its question and to the question's own words, and away from all others.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn.functional import cross_entropy, normalize

from assistant.conversation.calling import LEARNT, SPACE, key_of, said, vector_of
from assistant.conversation.prompts import Question, load_prompts
from assistant.conversation.question_bank import QuestionBank
from assistant.resources import shipped
from assistant.retrieval import index_file
from assistant.retrieval.encoder import WIDTH, Encoder, find_model

Array = NDArray[Any]
Drawn = Callable[[Mapping[str, Array], Array], Array]
"""A row for each question, from a space and which examples count."""
SEED = 1
ROUNDS = 15
SHARPNESS = 12.0
_BATCH = 512
_LEFT_OUT = 2
"""Examples of each question that the measures are taken on."""
TRUST = np.array([9.0, 6.0, -11.5], dtype=np.float32)
"""How likeness becomes a fit; set on answers judged by hand."""


class Space(nn.Module):  # type: ignore[misc]  # PyTorch is not installed where types are checked
    """The two maps, at first the encoder's own space."""

    def __init__(self) -> None:
        super().__init__()
        self.said, self.asked = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        for side in (self.said, self.asked):
            nn.init.eye_(side.weight)
            nn.init.zeros_(side.bias)

    def arrays(self) -> dict[str, Array]:
        """As they are kept."""
        kept = {"said": self.said.weight, "said.bias": self.said.bias}
        kept |= {"asked": self.asked.weight, "asked.bias": self.asked.bias}
        return {name: value.detach().numpy().astype(np.float32) for name, value in kept.items()}


def learn(examples: Array, of: Array, asked: Array) -> dict[str, Array]:
    """The space in which `examples`, each of the question `of`, find their questions."""
    torch.manual_seed(SEED)
    space, drop = Space(), nn.Dropout(0.2)
    rows, which, words = torch.tensor(examples), torch.tensor(of), torch.tensor(asked)
    optimiser = torch.optim.AdamW(space.parameters(), lr=5e-4, weight_decay=0.05)
    for _ in range(ROUNDS):
        for batch in torch.randperm(len(rows)).split(_BATCH):
            spoken = normalize(space.said(drop(rows[batch])), dim=1)
            likeness = spoken @ normalize(space.said(rows), dim=1).T * SHARPNESS
            itself = batch[:, None] == torch.arange(len(rows))[None]
            likely = likeness.masked_fill(itself, -50).log_softmax(1)
            same = (which[batch][:, None] == which[None]) & ~itself
            others = -torch.logsumexp(likely.masked_fill(~same, -50), 1).mean()
            named = cross_entropy(spoken @ normalize(space.asked(drop(words)), dim=1).T * SHARPNESS, which[batch])
            optimiser.zero_grad()
            (others + named).backward()
            optimiser.step()
    return space.arrays()


def measures(space: Mapping[str, Array], held: Array, of: Array, vectors: Array) -> dict[str, float]:
    """How often a question's own example finds it, among the first so many."""
    likeness = said(held, space) @ vectors.T
    rank = (likeness > likeness[np.arange(len(held)), of][:, None]).sum(axis=1)
    return {f"among {most}": round(float((rank < most).mean()), 3) for most in (1, 5, 20)}


def main() -> None:
    folder = find_model()
    if folder is None:
        raise SystemExit("The encoder's weights are not installed.")
    encoder = Encoder(folder)
    with tempfile.TemporaryDirectory() as home:
        bank = QuestionBank(load_prompts(Path(home)).themes)
    questions: list[Question] = [one.question for one in bank.questions if one.question.after]
    asked = encoder.encode([question.text for question in questions])
    examples = encoder.encode([example for question in questions for example in question.after])
    of = np.repeat(np.arange(len(questions)), [len(question.after) for question in questions])

    def drawn(space: Mapping[str, Array], kept: Array) -> Array:
        return np.array(
            [
                vector_of(np.vstack([asked[place : place + 1], examples[(of == place) & kept]]), space)
                for place in range(len(questions))
            ]
        )

    path = shipped("models") / LEARNT
    if "--keep-space" in sys.argv[1:]:
        space = index_file.peek(path, *SPACE, made_from={"encoder": encoder.checksum})
    else:
        space = learnt_and_measured(examples, of, asked, drawn)
    everything = drawn(space, np.ones(len(of), dtype=bool))
    kept: dict[str, Array] = {name: values.astype(np.float16) for name, values in space.items()}
    kept |= {"questions": everything.astype(np.float16), "trust": TRUST}
    kept["keys"] = np.array([np.frombuffer(key_of(question), dtype=np.uint8) for question in questions])
    index_file.write(path, kept, {"encoder": encoder.checksum})
    path.chmod(0o644)


def learnt_and_measured(examples: Array, of: Array, asked: Array, drawn: Drawn) -> dict[str, Array]:
    """The space learnt from every example, once it has been measured on some that were left out."""
    left_out = np.zeros(len(of), dtype=bool)
    chance = np.random.default_rng(SEED)
    for place in range(len(asked)):
        left_out[chance.choice(np.flatnonzero(of == place), _LEFT_OUT, replace=False)] = True
    space = learn(examples[~left_out], of[~left_out], asked)
    print(measures(space, examples[left_out], of[left_out], drawn(space, ~left_out)))
    return learn(examples, of, asked)


if __name__ == "__main__":
    main()
