"""Learn `prompts/act-now.learnt` afresh from `prompts/act-now-sentences.tsv` (a quarter of an hour on two cores).

    .venv/bin/python -m pip install jax optax     # the group `learn` of pyproject.toml
    .venv/bin/python -m tests.conversation.learn_danger

Run after changing the sentences. The encoder's last layers and one direction for each kind of danger are taught
together (cross-entropy, Adam). JAX does it because it differentiates the thirty lines of arithmetic as they stand and
PyTorch would be ten times its size; nothing at run time needs either. Directions alone, on the published layers, found
57 of a hundred real signs when they asked about one ordinary sentence in a hundred; with the layers taught too, 98.
"""

from __future__ import annotations

import hashlib
import json
import math
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray
from tokenizers import Tokenizer

from assistant.conversation.sideways import KINDS, LAYERS, LEARNT, SENTENCES, SHARPNESS
from assistant.resources import shipped
from assistant.retrieval import persist
from assistant.retrieval.encoder import WEIGHTS, find_model, layer_tensors, mapped
from assistant.retrieval.lexicon import open_lexicon
from tests.conversation.own_sentences import own_sentences, read_sentences

Array = NDArray[Any]
Tree = dict[str, Any]

OWN = ("own-act-now.txt", "own-act-now-second.txt", "own-act-now-third.txt")
LONGEST = 64
"""Tokens; a sentence of practice has twenty."""
BATCH = 64
ROUNDS = 4
LAYER_RATE, HEAD_RATE = 2e-4, 3e-3
DROPPED = 0.1
"""Share of a vector's values left out at each step, so that no direction hangs on a few."""
SEED = 0
KEPT_BACK = 0.25
"""Share of the texts on which the two edges are set, by a model taught on the others."""
ASKED_OF_ORDINARY = 0.015
"""Share of ordinary sentences of practice that are asked about."""
RIGHT_WHEN_SHOWN = 0.95
"""Of what is shown at once on meaning alone, the share that is real, where half of what is looked at are traps."""
CLOSE_TO_DANGER = frozenset(
    """
    accident alcohol animals bruising carer-intoxicated child-seen children-as-victims coercive-control contextual
    crying cruelty cse delay-calling-help disclosure domestic-abuse drugs eating-disorder emotional-abuse exploitation
    fii gangs harmful-practices head-trauma hidden-child home-conditions hospital hsb infants injuries-explanation
    intimidation intrafamilial killing medical-exam medication-storage missing neglect no-access online
    out-of-area-placement out-of-hours parent-mh parent-substance-child peer-abuse physical-abuse police-protection
    post-natal-depression punishment self-harm sexual-abuse strangulation substance sudi suicide
    suicide-prevention-plan supervision-of-child trauma unsafe-sleep was-not-brought weapons
    """.split()
)
"""Concepts whose sentences often tell of danger: they say nothing of what is ordinary."""


def everything_learnt_from() -> list[tuple[str, str]]:
    """The sentences of the file, those the signs of danger.py were written beside, and ordinary ones of practice."""
    own = [
        (row["kind"] if row["label"] == "danger" else f"not:{row['kind']}", row["text"])
        for name in OWN
        for row in own_sentences(name)
    ]
    with tempfile.TemporaryDirectory() as folder:
        ordinary = [
            ("ordinary", sentence)
            for concept in open_lexicon(Path(folder))
            if concept.id not in CLOSE_TO_DANGER
            for sentence in concept.sentences
        ]
    return [*read_sentences(shipped("prompts") / SENTENCES), *own, *ordinary]


def dense(weights: Tree, name: str, values: Any) -> Any:
    return values @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def normed(weights: Tree, name: str, values: Any) -> Any:
    values = values - values.mean(-1, keepdims=True)
    values = values / jnp.sqrt((values * values).mean(-1, keepdims=True) + 1e-12)
    return values * weights[f"{name}.weight"] + weights[f"{name}.bias"]


def layer(weights: Tree, hidden: Any, here: Any, number: int) -> Any:
    """One layer of the encoder, as assistant/retrieval/encoder.py has it in NumPy."""
    name = f"encoder.layer.{number}"
    texts, length, width = hidden.shape

    def heads(part: str) -> Any:
        values = dense(weights, f"{name}.attention.self.{part}", hidden)
        return values.reshape(texts, length, 12, width // 12).transpose(0, 2, 1, 3)

    scores = heads("query") @ heads("key").transpose(0, 1, 3, 2) / math.sqrt(width // 12)
    shares = jax.nn.softmax(scores + (here[:, None, None, :] - 1) * 1e9, -1)
    attended = (shares @ heads("value")).transpose(0, 2, 1, 3).reshape(hidden.shape)
    hidden = normed(
        weights,
        f"{name}.attention.output.LayerNorm",
        hidden + dense(weights, f"{name}.attention.output.dense", attended),
    )
    wide = jax.nn.gelu(dense(weights, f"{name}.intermediate.dense", hidden), approximate=False)
    return normed(weights, f"{name}.output.LayerNorm", hidden + dense(weights, f"{name}.output.dense", wide))


def vectors(weights: Tree, hidden: Any, here: Any) -> Any:
    """From the state below the taught layers to vectors of length one."""
    for number in LAYERS:
        hidden = layer(weights, hidden, here, number)
    mean = (hidden * here[:, :, None]).sum(1) / here.sum(1, keepdims=True)
    return mean / jnp.linalg.norm(mean, axis=1, keepdims=True)


def logits(taught: Tree, hidden: Any, here: Any, kept: Any = 1.0) -> Any:
    """For each text (row) and kind of danger (column)."""
    found = vectors(taught["layers"], hidden.astype(jnp.float32), here) * kept * SHARPNESS
    return found @ taught["head"]["directions"].T + taught["head"]["intercepts"]


def loss(taught: Tree, hidden: Any, here: Any, so: Any, kept: Any) -> Any:
    each = optax.sigmoid_binary_cross_entropy(logits(taught, hidden, here, kept), so).sum(1).mean()
    return each + 1e-3 * (taught["head"]["directions"] ** 2).sum()


class Texts:
    """Texts as the state below the taught layers, worked out once: those layers stay as published."""

    def __init__(self, texts: list[str], weights: Mapping[str, Array], tokenizer: Tokenizer) -> None:
        tokens = [encoding.ids[:LONGEST] for encoding in tokenizer.encode_batch(texts)]
        self.lengths = np.array([len(ids) for ids in tokens])
        self.here = (np.arange(LONGEST) < self.lengths[:, None]).astype(np.float32)
        self.hidden = np.zeros((len(texts), LONGEST, 384), np.float16)

        def below(ids: Any, here: Any) -> Any:
            hidden = (
                jnp.asarray(weights["embeddings.word_embeddings.weight"])[ids]
                + weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
                + weights["embeddings.token_type_embeddings.weight"][0]
            )
            hidden = normed(dict(weights), "embeddings.LayerNorm", hidden)
            for number in range(LAYERS[0]):
                hidden = layer(dict(weights), hidden, here, number)
            return hidden

        run = jax.jit(below)
        for rows, length in self.batches(np.arange(len(texts))):
            ids = np.zeros((len(rows), length), np.int32)
            for at, row in enumerate(rows):
                ids[at, : self.lengths[row]] = tokens[row]
            self.hidden[rows, :length] = np.asarray(run(ids, self.here[rows, :length]))

    def batches(self, rows: Array) -> Iterator[tuple[Array, int]]:
        """Rows of like length together, always as many, so that each length is compiled once; some come twice."""
        ordered = rows[np.argsort(self.lengths[rows], kind="stable")]
        for start in range(0, len(ordered), BATCH):
            batch = ordered[start : start + BATCH]
            length = min(LONGEST, -(-int(self.lengths[batch].max()) // 16) * 16)
            yield np.resize(batch, BATCH), length


def teach(texts: Texts, so: Array, rows: Array, start: Tree) -> Tree:
    """Layers and directions taught on some of the texts."""
    steps = ROUNDS * math.ceil(len(rows) / BATCH)

    def rate(most: float) -> Any:
        return optax.warmup_cosine_decay_schedule(0.0, most, steps // 10, steps)

    optimizer = optax.multi_transform(
        {
            "layers": optax.chain(optax.clip_by_global_norm(1.0), optax.adam(rate(LAYER_RATE))),
            "head": optax.adam(rate(HEAD_RATE)),
        },
        {"layers": "layers", "head": "head"},
    )
    head = {"directions": jnp.zeros((len(KINDS), 384)), "intercepts": jnp.full(len(KINDS), -3.0)}
    taught: Tree = {"layers": start, "head": head}
    memory = optimizer.init(taught)

    def step(taught: Tree, memory: Any, batch: Any) -> Any:
        change, memory = optimizer.update(jax.grad(loss)(taught, *batch), memory, taught)
        return optax.apply_updates(taught, change), memory

    run = jax.jit(step)
    random = np.random.default_rng(SEED)
    for _ in range(ROUNDS):
        shuffled = random.permutation(rows)
        groups = [shuffled[at : at + 8 * BATCH] for at in range(0, len(shuffled), 8 * BATCH)]
        batches = [batch for group in groups for batch in texts.batches(group)]
        for at in random.permutation(len(batches)):
            chosen, length = batches[at]
            kept = (random.random((BATCH, 384)) >= DROPPED).astype(np.float32) / (1 - DROPPED)
            batch = (texts.hidden[chosen, :length], texts.here[chosen, :length], so[chosen], kept)
            taught, memory = run(taught, memory, batch)
    return taught


def likely(taught: Tree, texts: Texts, rows: Array) -> Array:
    """The probability of each kind (column) for some of the texts (rows)."""
    found = np.zeros((len(texts.lengths), len(KINDS)))
    ask = jax.jit(lambda hidden, here: jax.nn.sigmoid(logits(taught, hidden, here)))
    for batch, length in texts.batches(rows):
        found[batch] = np.asarray(ask(texts.hidden[batch, :length], texts.here[batch, :length]))
    return found[rows]


def edges(most: Array, labels: Array) -> tuple[float, float]:
    """The probabilities from which a kind is asked about and shown, by the surest kind of texts that were kept back."""
    real, ordinary = np.isin(labels, KINDS), labels == "ordinary"
    asked = float(np.quantile(most[ordinary], 1 - ASKED_OF_ORDINARY))
    by_surest = np.argsort(-most[~ordinary], kind="stable")
    right = np.cumsum(real[~ordinary][by_surest]) / np.arange(1, len(by_surest) + 1)
    enough = np.flatnonzero(right >= RIGHT_WHEN_SHOWN)
    return asked, max(asked, float(most[~ordinary][by_surest][enough[-1]]))


def main() -> None:
    folder = find_model()
    if folder is None:
        raise SystemExit("The encoder's weights are not installed.")
    rows = everything_learnt_from()
    labels = np.array([label for label, _ in rows])
    so = (labels[:, None] == np.array(KINDS)).astype(np.float32)
    weights = {name: np.array(values) for name, values in mapped(folder / WEIGHTS).items()}
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    texts = Texts([text for _, text in rows], weights, tokenizer)
    start: Tree = {name: jnp.asarray(weights[name]) for name in layer_tensors(LAYERS)}
    everyone = np.arange(len(rows))
    kept = np.random.default_rng(SEED).random(len(rows)) < KEPT_BACK
    labels, most = labels[kept], likely(teach(texts, so, everyone[~kept], start), texts, everyone[kept]).max(axis=1)
    asked, shown = edges(most, labels)
    taught = teach(texts, so, everyone, start)
    head = taught["head"]
    arrays = {name: np.asarray(values, dtype=np.float16) for name, values in taught["layers"].items()}
    arrays |= {
        "directions": np.hstack([head["directions"], np.asarray(head["intercepts"])[:, None]]).astype(np.float32),
        "edges": np.array([asked, shown], dtype=np.float32),
    }
    path = shipped("prompts") / LEARNT
    made_from = {"sentences": hashlib.sha256((shipped("prompts") / SENTENCES).read_bytes()).hexdigest()}
    persist.write(path, arrays, made_from)
    path.chmod(0o644)
    real, ordinary = np.isin(labels, KINDS), labels == "ordinary"
    print(json.dumps({
        "texts": len(rows), "asked from": float(asked), "shown from": float(shown),
        "real asked": float((most[real] >= asked).mean()), "real shown": float((most[real] >= shown).mean()),
        "traps asked": float((most[~real & ~ordinary] >= asked).mean()),
        "traps shown": float((most[~real & ~ordinary] >= shown).mean()),
        "ordinary asked": float((most[ordinary] >= asked).mean()),
    }, indent=1))  # fmt: skip


if __name__ == "__main__":
    main()
