"""What somebody may mean without naming it: how near a text is to each concept of the lexicon.

Learns each concept from its sentences and patterns, in closed form and in NumPy, twice: from the encoder's vectors
(Fisher's linear discriminant: distances are measured in the space where sentences of one concept lie close together)
and from the words themselves (rare words of a concept weigh more). The two see different things and their sum is
better than either. Without the encoder the words alone still serve. Owns learning and scoring; knows nothing of
learning points, of ranking or of files.

On sentences kept back from learning, the right one of 222 concepts comes within the first ten: nearest sentence 23
times of a hundred, nearest mean 41, ridge or logistic regression 42, the discriminant with patterns as sentences 56,
its sum with words 59; training the encoder's own last layers, 58.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.lexicon import Concept, patterns_of
from assistant.retrieval.protocols import Vectors

_SHRINKAGE = 0.4
"""Of the scatter within concepts towards a sphere: 384 directions are many for some seven thousand short texts."""

Scores = NDArray[np.float64]
"""One row a text, one column a concept."""


def sentences_of(concept: Concept) -> tuple[str, ...]:
    """The name and the sentences of a concept, each once."""
    return tuple(dict.fromkeys((concept.name, *concept.sentences)))


def texts_of(concept: Concept) -> tuple[str, ...]:
    """What the concept is learnt from: its name and its sentences, and then its patterns read as phrases."""
    phrases = (
        " ".join(place[0] for place in pattern.places)
        for pattern in patterns_of(concept)
        if not pattern.weak and not pattern.excluded
    )
    return tuple(dict.fromkeys((*sentences_of(concept), *phrases)))


_SPOKEN = re.compile(r"\b(?:I|we|my|our|us|me|I['’]\w+|we['’]\w+|\w+n['’]t)\b")
_TELLING = 14
"""Words of a concept that order what carries it; a query asks for those of three concepts."""


def as_reviews_say(concept: Concept) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A concept's name and the sentences of it that a review might have written, and its professional phrases."""
    written = (said for said in concept.sentences if said[:1].isupper() and said.endswith("."))
    phrases = (" ".join(place.split("|")[0] for place in one.lstrip("?~").split()) for one in concept.professional)
    return (concept.name, *(said for said in written if not _SPOKEN.search(said))), tuple(phrases)


def telling_words(terms: Sequence[tuple[Sequence[Sequence[str]], Sequence[Sequence[str]]]]) -> list[dict[str, float]]:
    """For each concept, given as the terms of what `as_reviews_say`, the words that tell it from others, of length one.

    A phrase counts twice what a sentence does: it was written to be the very words.
    """
    uses: list[Counter[str]] = []
    for (name, *sentences), phrases in terms:
        used: Counter[str] = Counter(term for phrase in (name, *phrases) for term in (*phrase, *phrase))
        used.update(term for sentence in sentences for term in set(sentence))
        uses.append(used)
    held_by = Counter(term for used in uses for term in used)
    telling = []
    for used in uses:
        worth = {term: np.log1p(count / 2) * np.log(len(uses) / held_by[term]) for term, count in used.items()}
        best = sorted(worth, key=lambda term: (-worth[term], term))[:_TELLING]
        length = float(np.sqrt(sum(worth[term] ** 2 for term in best))) or 1.0
        telling.append({term: round(float(worth[term]) / length, 4) for term in best})
    return telling


def learn_professional(sentences: Vectors, phrases: Vectors | None) -> Vectors:
    """The direction in which a review speaks of a concept, from the vectors of what `as_reviews_say`."""
    direction = sentences.mean(axis=0)
    if phrases is not None:
        direction = direction + phrases.mean(axis=0)
    unit: Vectors = (direction / np.linalg.norm(direction)).astype(np.float32)
    return unit


@dataclass(frozen=True)
class MeaningModel:
    """Concepts as directions in the encoder's space."""

    centre: NDArray[np.float64]
    whitening: NDArray[np.float64]
    """Into the space where the scatter within concepts is the same in all directions."""
    directions: NDArray[np.float64]
    """Of length one, a row a concept."""

    def scores(self, vectors: Vectors) -> Scores:
        """The cosine of each text and each concept, in that space."""
        scores: Scores = self.unit(vectors) @ self.directions.T
        return scores

    def unit(self, vectors: Vectors) -> NDArray[np.float64]:
        """Texts as directions of length one in that space."""
        return _unit((vectors.astype(np.float64) - self.centre) @ self.whitening)


def learn_meaning(vectors: Sequence[Vectors]) -> MeaningModel:
    """Learn from the vectors of each concept's texts."""
    means = np.stack([rows.mean(axis=0, dtype=np.float64) for rows in vectors])
    apart = np.concatenate([rows - mean for rows, mean in zip(vectors, means, strict=True)])
    scatter = apart.T @ apart / len(apart)
    width = len(scatter)
    scatter = (1 - _SHRINKAGE) * scatter + _SHRINKAGE * np.trace(scatter) / width * np.eye(width)
    spread, axes = np.linalg.eigh(scatter)
    whitening = axes / np.sqrt(spread)
    centre = means.mean(axis=0)
    return MeaningModel(centre, whitening, _unit((means - centre) @ whitening))


@dataclass(frozen=True)
class WordModel:
    """Concepts as weighted words."""

    rows: Mapping[str, int]
    rarity: NDArray[np.float64]
    """Of each word among concepts."""
    weights: NDArray[np.float64]
    """A row a word, a column a concept; columns of length one."""

    def scores(self, texts: Sequence[Sequence[str]]) -> Scores:
        """The cosine of each text, given as its terms, and each concept."""
        scores = np.zeros((len(texts), self.weights.shape[1]))
        for at, terms in enumerate(texts):
            rows = sorted({self.rows[term] for term in terms if term in self.rows})
            if rows:
                rarity = self.rarity[rows]
                scores[at] = rarity @ self.weights[rows] / (np.linalg.norm(rarity) or 1)
        return scores


def learn_words(texts: Sequence[Sequence[Sequence[str]]]) -> WordModel:
    """Learn from the terms of each of each concept's texts."""
    counts = [Counter(term for terms in concept for term in set(terms)) for concept in texts]
    vocabulary = sorted(set().union(*counts))
    rows = {term: row for row, term in enumerate(vocabulary)}
    weights = np.zeros((len(vocabulary), len(counts)))
    for column, held in enumerate(counts):
        for term, count in held.items():
            weights[rows[term], column] = np.log1p(count)
    rarity = np.log(len(counts) / np.maximum((weights > 0).sum(axis=1), 1))
    weights *= rarity[:, None]
    weights /= np.maximum(np.linalg.norm(weights, axis=0, keepdims=True), 1e-12)
    return WordModel(rows, rarity, weights)


def checksum_of(texts: Sequence[str]) -> str:
    """Of what a concept is learnt from."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    unit: NDArray[np.float64] = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    return unit
