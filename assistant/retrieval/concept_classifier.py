"""Which concept somebody most likely means, of all that the lexicon knows.

Learnt beforehand from the lexicon's sentences and patterns (learning takes minutes; `models/concepts.learnt` keeps it)
in two ways that err differently: a logistic regression over the words and the encoder's vectors together, and the
sentences themselves, of which the nearest three of each concept count. Owns that learning and its scores; knows
nothing of learning points, of ranking or of files.

nDCG@10 with the query read by the discriminant of concept_vectors.py .63 (mean of four judged sets), by the regression
.66, by both of this module .68; by ridge regression .57, by kernel ridge .65, by sentences alone, however weighed, .64.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval import weights
from assistant.retrieval.concept_vectors import MeaningModel, Scores
from assistant.retrieval.protocols import Vectors

# Of the regression. Words and vectors are features of length one each; these say how far each may be trusted.
_WORDS, _MEANING = 6.0, 8.0
_SHRINKAGE = 1e-4
_STEPS, _STEP = 60, 0.05
_UNLIKELY = 1e-9

_GRAIN = 127.0
"""Sentences are kept as whole numbers, a quarter of the room; the cosine moves in its third decimal."""


@dataclass(frozen=True)
class Chooser:
    """The regression: what speaks for each concept."""

    rows: Mapping[str, int]
    rarity: NDArray[np.float32]
    """Of each word among texts."""
    words: NDArray[np.float32]
    """A row a word, a column a concept."""
    centre: NDArray[np.float32]
    meaning: NDArray[np.float32]
    """A row a direction of the encoder, a column a concept."""

    def scores(self, texts: Sequence[Sequence[str]], vectors: Vectors | None) -> Scores:
        """The logarithm of how likely each text, given as its terms, is about each concept."""
        speaks = features(texts, self.rows, self.rarity) @ self.words
        if vectors is not None:
            speaks = speaks + (vectors - self.centre) @ self.meaning
        likely = np.exp(speaks.astype(np.float64) - speaks.max(axis=1, keepdims=True))
        scores: Scores = np.log(likely / likely.sum(axis=1, keepdims=True) + _UNLIKELY)
        return scores


@dataclass(frozen=True)
class Sentences:
    """Every concept's sentences as directions in the space of the discriminant, concept after concept."""

    directions: NDArray[np.float32]
    starts: NDArray[np.int64]

    def scores(self, model: MeaningModel, vectors: Vectors) -> Scores:
        """How near each text is to the nearest sentences of each concept."""
        near = model.unit(vectors).astype(np.float32) @ self.directions.T
        counts = np.diff(self.starts, append=near.shape[1])
        scores = np.zeros((len(near), len(self.starts)))
        for weight in weights.NEAREST:
            best = np.maximum.reduceat(near, self.starts, axis=1)
            scores += weight * best
            # a concept with a single sentence has it counted thrice
            is_best = near == np.repeat(best, counts, axis=1)
            near = np.where(is_best & np.repeat(counts > len(weights.NEAREST), counts), -1, near)
        return scores


def kept(directions: NDArray[np.float64]) -> NDArray[np.int8]:
    """Directions as they are kept; `unkept` is the way back."""
    rounded: NDArray[np.int8] = np.rint(directions * _GRAIN * 2).clip(-127, 127).astype(np.int8)
    return rounded


def unkept(directions: NDArray[np.int8]) -> NDArray[np.float32]:
    """What `kept` gave, as directions."""
    return directions.astype(np.float32) / np.float32(_GRAIN * 2)


def features(
    texts: Sequence[Sequence[str]], rows: Mapping[str, int], rarity: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Each text as its known words, rare ones more, of length one."""
    table = np.zeros((len(texts), len(rows)), dtype=np.float32)
    for at, terms in enumerate(texts):
        held = sorted({rows[term] for term in terms if term in rows})
        table[at, held] = rarity[held] / (np.linalg.norm(rarity[held]) or 1)
    return table


def learn_chooser(vectors: Sequence[Vectors], texts: Sequence[Sequence[Sequence[str]]]) -> Chooser:
    """Learn from the vectors and the terms of each concept's texts; concepts count alike, however many they have."""
    flat = [terms for concept in texts for terms in concept]
    held_by = Counter(term for terms in flat for term in set(terms))
    rows = {term: row for row, term in enumerate(sorted(held_by))}
    rarity = np.log(len(flat) / np.array([held_by[term] for term in rows])).astype(np.float32)
    stacked = np.concatenate(list(vectors))
    centre = stacked.mean(axis=0, dtype=np.float64).astype(np.float32)
    owner = np.repeat(np.arange(len(vectors)), [len(one) for one in vectors])
    held = _Held.of(flat, rows, rarity)
    words, meaning = _descend(held, (_MEANING * (stacked - centre)).astype(np.float32), owner)
    return Chooser(rows, rarity, _WORDS * words, centre, _MEANING * meaning)


@dataclass(frozen=True)
class _Held:
    """The words of all texts: of the six thousand that there are a text holds a dozen, so only those are kept."""

    texts: NDArray[np.int64]
    words: NDArray[np.int64]
    values: NDArray[np.float32]
    by_word: NDArray[np.int64]
    """The same in the order of the words."""
    size: int
    vocabulary: int

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]], rows: Mapping[str, int], rarity: NDArray[np.float32]) -> _Held:
        held = [(at, row) for at, terms in enumerate(texts) for row in sorted({rows[term] for term in terms})]
        of_text, words = (np.array(column, dtype=np.int64) for column in zip(*held, strict=True))
        length = np.sqrt(np.bincount(of_text, rarity[words] ** 2, minlength=len(texts)))
        values = (_WORDS * rarity[words] / np.where(length > 0, length, 1)[of_text]).astype(np.float32)
        return cls(of_text, words, values, np.argsort(words, kind="stable"), len(texts), len(rows))

    def speak(self, weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """What the words of each text add for each concept."""
        return _summed(self.values[:, None] * weights[self.words], self.texts, self.size)

    def slope(self, wrong: NDArray[np.float32]) -> NDArray[np.float32]:
        """What each word did to what each text has wrong."""
        order = self.by_word
        return _summed(self.values[order, None] * wrong[self.texts[order]], self.words[order], self.vocabulary)


def _summed(values: NDArray[np.float32], places: NDArray[np.int64], size: int) -> NDArray[np.float32]:
    """Rows summed by the ascending places they belong to."""
    total = np.zeros((size, values.shape[1]), dtype=np.float32)
    starts = np.flatnonzero(np.diff(places, prepend=-1))
    total[places[starts]] = np.add.reduceat(values, starts, axis=0)
    return total


def _descend(
    held: _Held, table: NDArray[np.float32], owner: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Softmax regression on words and meaning by Adam over all texts at once; nothing random."""
    concepts = int(owner.max()) + 1
    share = (1 / (concepts * np.bincount(owner)[owner])).astype(np.float32)
    weights = np.zeros((held.vocabulary + table.shape[1], concepts), dtype=np.float32)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    everyone = np.arange(len(owner))
    for step in range(1, _STEPS + 1):
        wrong = held.speak(weights[: held.vocabulary]) + table @ weights[held.vocabulary :]
        wrong = np.exp(wrong - wrong.max(axis=1, keepdims=True))
        wrong /= wrong.sum(axis=1, keepdims=True)
        wrong[everyone, owner] -= 1
        wrong *= share[:, None]
        slope = np.concatenate([held.slope(wrong), table.T @ wrong]) + _SHRINKAGE * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope * slope
        weights -= _STEP * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights[: held.vocabulary], weights[held.vocabulary :]
