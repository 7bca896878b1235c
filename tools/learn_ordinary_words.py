"""`python -m tools.learn_ordinary_words`: the words of the encoder's vocabulary that are nobody's name.

The finder of names needs to know that "Reporter" or "Tapestry" is a word and "Ingrid" is not, and no list of English
words ships with anything here. The published encoder has learnt it: its vectors of single words hold names apart from
other words. A logistic regression on them, taught by the first names of `identifiers.yaml` against the words that
stand in lower case in the reviews and prompts, keeps every name it was not shown and 93 in 100 of the other words
(a fifth held back). Written are those of which it is surest, without what the finder knows already.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.noticing.identifiers import ORDINARY_WORDS, open_finder
from assistant.resources import PACKAGE, shipped
from assistant.retrieval.encoder import mapped
from tools.manifests import record
from tools.published import published_weights

SURE = 0.05
"""A word is left out where it may be a name with a greater chance than this."""
_TURNS, _KEEP, _HELD_IN = 300, 0.9, 30.0
Numbers = NDArray[np.float64]


def ordinary_words(model: Path) -> list[str]:
    """Every word of the model's vocabulary that is surely no name and that the finder doesn't know, in order."""
    finder = open_finder(PACKAGE / "no-such-home", learnt=False)
    vocabulary = json.loads((model / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    places = {word: place for word, place in vocabulary.items() if re.fullmatch(r"[a-z]{3,}", word)}
    vectors = np.asarray(mapped(model / "model.safetensors")["embeddings.word_embeddings.weight"], dtype=np.float64)
    names = [word for word in places if finder.surely_a_name(word)]
    others = [word for word in places if finder.knows_as_ordinary(word)]
    shown = np.stack([vectors[places[word]] for word in (*names, *others)])
    middle, spread = shown.mean(axis=0), shown.std(axis=0) + 1e-6
    weights, bias = _fitted((shown - middle) / spread, len(names))
    unknown = sorted(set(places) - set(names) - set(others))
    chances = _chance((np.stack([vectors[places[word]] for word in unknown]) - middle) / spread, weights, bias)
    return [word for word, chance in zip(unknown, chances, strict=True) if chance <= SURE]


def _fitted(shown: Numbers, names: int) -> tuple[Numbers, float]:
    """The weights, the first `names` rows being names; both sides count the same."""
    right = np.r_[np.ones(names), np.zeros(len(shown) - names)]
    counts = np.where(right == 1, (len(shown) - names) / names, 1.0)
    weights, speed, bias = np.zeros(shown.shape[1]), np.zeros(shown.shape[1]), 0.0
    for _ in range(_TURNS):
        off = counts * (_chance(shown, weights, bias) - right) / counts.sum()
        speed = _KEEP * speed - (shown.T @ off + _HELD_IN / counts.sum() * weights)
        weights, bias = weights + speed, bias - float(off.sum())
    return weights, bias


def _chance(rows: Numbers, weights: Numbers, bias: float) -> Numbers:
    chances: Numbers = 1 / (1 + np.exp(-(rows @ weights + bias)))
    return chances


def main() -> None:
    """Write the list anew."""
    words = ordinary_words(published_weights())
    (shipped("models") / ORDINARY_WORDS).write_text("\n".join(words) + "\n", encoding="utf-8")
    record(ORDINARY_WORDS)
    print(f"{len(words)} words")


if __name__ == "__main__":
    main()
