"""Learn `prompts/act-now.learnt` afresh from `prompts/act-now-sentences.tsv` (about two minutes).

    .venv/bin/python -m tests.conversation.learn_danger

Run after changing the sentences. For each kind of danger a logistic regression is fitted to the encoder's vectors of
all sentences (Newton's method, L2 penalty); its threshold is set on folds kept back, so that few sentences that show no
danger are asked about.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.conversation.sideways import KINDS, LEARNT, SENTENCES, SHARPNESS, probabilities
from assistant.resources import shipped
from assistant.retrieval import persist
from assistant.retrieval.lexicon import open_lexicon
from assistant.retrieval.opening import open_encoder

Array = NDArray[np.float64]

PENALTY = 3.0
FOLDS = 4
ASKED_OF_ORDINARY = 0.005
"""Share of ordinary sentences of practice that each kind may ask about; eight kinds make that about one in 25."""
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
REAL_BELOW_THE_FLOOR = 0.1
"""Share of real signs so unlike the others that meaning does not bear out the words, and a yes or no is asked."""
ROUNDS = 30


def read_sentences(path: Path) -> list[tuple[str, str]]:
    """Each sentence with its label: a kind of danger, or `not:` and the kind it might be taken for."""
    rows = (line.split("\t", 1) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [(label, text) for label, text in rows]


def logistic(vectors: Array, so: Array) -> Array:
    """Weights and, last, the intercept of a logistic regression with an L2 penalty."""
    x = np.hstack([vectors * SHARPNESS, np.ones((len(vectors), 1))])
    penalty = np.eye(x.shape[1]) * PENALTY
    penalty[-1, -1] = 1e-6
    weights = np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (likely - so) + penalty @ weights
        curve = (x * (likely * (1 - likely))[:, None]).T @ x + penalty
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def learn(labels: list[str], vectors: Array) -> dict[str, NDArray[np.float32]]:
    """Weights (a row a kind), thresholds from which to ask, and floors below which words alone do not show."""
    named = np.array(labels)
    fold = np.random.default_rng(0).integers(0, FOLDS, len(labels))
    ordinary = named == "ordinary"
    weights, thresholds, floors = [], [], []
    for kind in KINDS:
        so = (named == kind).astype(float)
        kept_back: Array = np.zeros(len(labels))
        for number in range(FOLDS):
            rest = fold != number
            fitted = logistic(vectors[rest], so[rest])[None, :]
            kept_back[~rest] = probabilities(vectors[~rest], fitted)[:, 0]
        weights.append(logistic(vectors, so))
        thresholds.append(max(0.02, float(np.quantile(kept_back[ordinary], 1 - ASKED_OF_ORDINARY))))
        floors.append(float(np.quantile(kept_back[named == kind], REAL_BELOW_THE_FLOOR)))
    learnt = {"weights": weights, "thresholds": thresholds, "floors": floors}
    return {name: np.array(values, dtype=np.float32) for name, values in learnt.items()}


def main() -> None:
    path = shipped("prompts") / SENTENCES
    sentences = read_sentences(path)
    with tempfile.TemporaryDirectory() as folder:
        encoder = open_encoder(Path(folder))
        if encoder is None:
            raise SystemExit("The encoder's weights are not installed.")
        ordinary = [
            sentence
            for concept in open_lexicon(Path(folder))
            if concept.id not in CLOSE_TO_DANGER
            for sentence in concept.sentences
        ]
        texts = [text for _, text in sentences] + ordinary
        vectors: Any = np.vstack([encoder.encode(texts[at : at + 64]) for at in range(0, len(texts), 64)])
    labels = [label for label, _ in sentences] + ["ordinary"] * len(ordinary)
    made_from = {"sentences": hashlib.sha256(path.read_bytes()).hexdigest()}
    persist.write(shipped("prompts") / LEARNT, learn(labels, vectors.astype(np.float64)), made_from)


if __name__ == "__main__":
    main()
