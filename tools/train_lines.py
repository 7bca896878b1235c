"""Learn `models/lines.learnt` afresh from `tools/training/lines/` (two minutes).

    .venv/bin/python -m pip install scikit-learn     # in the group `learn` of pyproject.toml
    .venv/bin/python -m tools.train_lines            # with --quick, without measuring

What is printed is measured on each tenth of the documents in turn with what the others taught, of lines that the rules
read before they were made from them. The meaning of each word by itself is the encoder's, and is folded into the word's
weights.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from assistant.library.line_reader import (
    CLASSES,
    LEARNT,
    NOTHING,
    SPREAD,
    ZERO,
    judged,
    meaning_words,
    signs,
)
from assistant.resources import shipped
from tools.document_lines import Row, fingerprint, rows
from tools.manifests import record
from tools.published import published_encoder

Array = NDArray[Any]
LOOSENESS = 1.0
"""Of the regression."""
OF_WORDS = 3.0
"""How much what words mean weighs beside the words themselves, of a line and of its heading."""
SEEN = 2
"""Times a word, a pair or a sign is seen in the lines before it has a weight of its own."""
_EMPTY = frozenset(
    """the a an of to and in is was were are be been it that this for on with as at by from or not no had has have he
    she they his her their them him i we you your our who which""".split()
)
"""Words whose meaning by itself says nothing of a line."""
_TENTHS = 10


class Words:
    """What words mean by themselves, around the mean of all."""

    def __init__(self, texts: Sequence[str]) -> None:
        common = (shipped("models") / "ordinary-words.txt").read_text(encoding="utf-8").split()
        seen = {word for text in texts for word in meaning_words(text)}
        self.words = sorted({*seen, *(word for word in common if meaning_words(word) == [word])} - _EMPTY)
        vectors = np.array(published_encoder().encode(self.words))
        self.vectors = vectors - vectors.mean(axis=0)
        self._at = {word: at for at, word in enumerate(self.words)}

    def of(self, text: str) -> Array:
        known = [self._at[word] for word in meaning_words(text) if word in self._at]
        if not known:
            return np.zeros(self.vectors.shape[1])
        return cast("Array", self.vectors[known].sum(axis=0) * OF_WORDS / len(known) ** SPREAD)


class Taught(NamedTuple):
    names: list[str]
    weights: Array
    bias: Array
    of_words: Array
    of_headings: Array


def learn(lines: Sequence[Row], meant: Array) -> Taught:
    """The regression, taken apart into what signs and what meanings weigh for each class."""
    seen: Counter[str] = Counter(key for row in lines for key, _ in signs(row.line))
    vectorizer = DictVectorizer(dtype=np.float32, sparse=False)
    shown = vectorizer.fit_transform(
        [{key: weight for key, weight in signs(row.line) if seen[key] >= SEEN} for row in lines]
    )
    fitted = LogisticRegression(C=LOOSENESS, max_iter=400).fit(np.hstack([shown, meant]), [row.is_a for row in lines])
    order = [list(fitted.classes_).index(each) for each in CLASSES]
    weights, width, half = fitted.coef_[order], shown.shape[1], meant.shape[1] // 2
    return Taught(
        list(vectorizer.get_feature_names_out()),
        weights[:, :width].T,
        fitted.intercept_[order],
        weights[:, width : width + half],
        weights[:, width + half :],
    )


def written(taught: Taught, words: Words) -> str:
    """The weights as they are kept: one line a sign, one sign a weight."""
    table = {"always": taught.bias} | dict(zip(taught.names, taught.weights, strict=True))
    of_words = words.vectors @ taught.of_words.T * OF_WORDS
    of_headings = words.vectors @ taught.of_headings.T * OF_WORDS
    meant = {f"~{word}": row for word, row in zip(words.words, of_words, strict=True)}
    meant |= {f"~~{word}": row for word, row in zip(words.words, of_headings, strict=True)}
    steps = [max(float(np.abs(list(each.values())).max()) / 46, 1e-6) for each in (table, meant)]
    out = ["\t".join([fingerprint(), *(f"{step:.6f}" for step in steps)])]
    for kept, step in zip((table, meant), steps, strict=True):
        for key, row in sorted(kept.items()):
            whole = np.rint(row / step).astype(int)
            if whole.any():
                out.append(f"{key}\t{''.join(chr(ZERO + each) for each in whole)}")
    return "\n".join(out) + "\n"


def measured(lines: Sequence[Row], meant: Array) -> dict[str, float]:
    """How often a line's kind is right, how many that teach nothing are kept, and how much learning is left out."""
    fresh = [at for at, row in enumerate(lines) if row.line.rule is not None]
    totals: Counter[str] = Counter()
    for _, held in GroupKFold(_TENTHS).split(fresh, groups=[lines[at].document for at in fresh]):
        left_out = {fresh[at] for at in held}
        others = [at for at in range(len(lines)) if at not in left_out]
        taught = learn([lines[at] for at in others], meant[others])
        column = {name: at for at, name in enumerate(taught.names)}
        half = meant.shape[1] // 2
        for at in sorted(left_out):
            row = lines[at]
            total = taught.bias + taught.of_words @ meant[at, :half] + taught.of_headings @ meant[at, half:]
            total = total + sum(
                (weight * taught.weights[column[key]] for key, weight in signs(row.line) if key in column),
                start=np.zeros(len(CLASSES)),
            )
            found = judged(row.line, [float(each) for each in total], 0.0)
            totals["learning"] += row.is_a != NOTHING
            totals["nothing"] += row.is_a == NOTHING
            totals["learning left out"] += row.is_a != NOTHING and found is None
            totals["nothing kept"] += row.is_a == NOTHING and found is not None
            totals["kind right"] += row.is_a != NOTHING and row.is_a == found
            totals["kind right by rules"] += row.is_a == row.line.rule
    kept = totals["learning"] - totals["learning left out"]
    return {
        "lines": totals["learning"] + totals["nothing"],
        "kinds right": totals["kind right"] / kept,
        "kinds right by rules": totals["kind right by rules"] / totals["learning"],
        "learning left out": totals["learning left out"] / totals["learning"],
        "nothing among kept": totals["nothing kept"] / (totals["nothing kept"] + kept),
        "nothing among kept by rules": totals["nothing"] / (totals["learning"] + totals["nothing"]),
    }


def main(*, measure: bool = True) -> None:
    lines = list(rows())
    words = Words([text for row in lines for text in (row.line.text, *row.line.headings)])
    meant = np.array([np.hstack([words.of(row.line.text), words.of(row.line.headings[-1])]) for row in lines])
    figures = {name: round(value, 3) for name, value in measured(lines, meant).items()} if measure else None
    print(figures)
    path = shipped("models") / LEARNT
    path.write_text(written(learn(lines, meant), words), encoding="utf-8")
    path.chmod(0o644)
    record(LEARNT, measured=figures)


if __name__ == "__main__":
    main(measure="--quick" not in sys.argv)
