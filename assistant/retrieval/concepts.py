"""Which concepts of practice a text carries.

Owns putting together what words name (patterns.py) and what they may mean (meaning.py) into weights: for a learning
point, once, when the index is built; for a query, each time. A point is about a concept when its words name it and
its whole meaning lies near. A query takes on the concepts it names and those it most likely means, and a little of
their neighbours. What is as near to an entry that has nothing to do with practice carries none at all.
Knows nothing of files or of how the weights are used.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval import weights
from assistant.retrieval.choosing import Chooser, Sentences
from assistant.retrieval.lexicon import Concept
from assistant.retrieval.meaning import MeaningModel, Scores, WordModel
from assistant.retrieval.patterns import Found, PatternFinder
from assistant.retrieval.signals import Mention, Vectors
from assistant.retrieval.tokens import Tokenizer


@dataclass(frozen=True)
class ConceptReader:
    """Reads concepts in points and queries; a `signals.ConceptReader`."""

    ids: tuple[str, ...]
    outside: NDArray[np.bool_]
    """Which concepts have nothing to do with practice."""
    neighbours: NDArray[np.float64]
    """Of each concept (a row), the others with weights that sum to one."""
    finder: PatternFinder
    words: WordModel
    meaning: MeaningModel | None
    """None without an encoder: words alone then say what a text may mean."""
    chooser: Chooser | None
    """None where nothing was learnt beforehand: closeness alone then chooses."""
    sentences: Sentences | None
    tokenizer: Tokenizer
    """One that ignores no word."""
    checksum: str

    def of_points(
        self, texts: Sequence[str], headings: Sequence[str], vectors: Vectors | None
    ) -> list[dict[str, float]]:
        """The weight of each concept in each learning point."""
        column = {concept: at for at, concept in enumerate(self.ids)}
        named = np.zeros((len(texts), len(self.ids)))
        for row, (text, heading) in enumerate(zip(texts, headings, strict=True)):
            for found in self.finder.find(heading):
                named[row, column[found.concept]] = weights.HEADING_CONCEPT * found.weight
            for found in self.finder.find(text):
                named[row, column[found.concept]] = found.weight
        close = self._closeness(texts, vectors, words=0.5)
        central = weights.LEAST_CENTRAL + weights.CENTRALITY * (close - weights.CENTRAL)
        named *= np.clip(central, weights.LEAST_CENTRAL, weights.MOST_CENTRAL)
        surely = (close - weights.SUGGESTED_FROM) / (weights.SUGGESTED_TO - weights.SUGGESTED_FROM)
        suggested = weights.SUGGESTED * np.clip(surely, 0, 1)
        carried = np.where(self.outside, 0, np.maximum(named, suggested))
        # a point about everything is less about each thing
        carried /= np.sqrt(0.5 + carried.sum(axis=1, keepdims=True))
        return [{self.ids[at]: float(row[at]) for at in np.flatnonzero(row)} for row in carried]

    def of_query(self, text: str, vector: Vectors | None, held: Collection[str]) -> tuple[Mention, ...]:
        """The concepts that a query carries, the likeliest first; `vector` is its one row of meaning.

        A concept that is not among `held` finds no point, so of two that may be meant the other is taken.
        """
        vectors = None if vector is None else vector.reshape(1, -1)
        found = {match.concept: match for match in self.finder.find(text)}
        chosen, elsewhere = self._choose(text, vectors)
        if elsewhere >= (weights.SURELY_ELSEWHERE if self._names_practice(found) else weights.ELSEWHERE):
            return ()
        unheld = np.array([concept not in held for concept in self.ids]) & ~self.outside
        chosen = chosen - weights.UNHELD * unheld
        likely = np.exp((chosen - chosen.max()) / weights.SHARPNESS)
        likely /= likely.sum()
        carried = np.where(self.outside, 0, likely + self._named(found))
        carried = np.where(self.outside, 0, carried + weights.NEIGHBOURS * carried @ self.neighbours)
        order = np.lexsort((np.arange(len(carried)), -carried))
        return tuple(
            Mention(self.ids[at], float(carried[at]), found[self.ids[at]].spans if self.ids[at] in found else ())
            for at in order
            if carried[at] >= weights.LEAST_MENTION
        )

    def _choose(self, text: str, vectors: Vectors | None) -> tuple[Scores, float]:
        """How surely each concept is meant, and how likely it is that none of practice is."""
        close = self._closeness([text], vectors, words=1.0)[0]
        nearest = close[~self.outside].max(initial=0)
        if self.chooser is None:
            least = max(close[self.outside].max(initial=0) + weights.MARGIN, weights.LEAST_CLOSE)
            return close, weights.ELSEWHERE if nearest < least else 0.0
        terms = [self.tokenizer.terms(text)]
        likelihoods = self.chooser.scores(terms, vectors)
        if self.meaning is None or self.sentences is None or vectors is None:
            near = self.words.scores(terms)
        else:
            near = self.sentences.scores(self.meaning, vectors)
        chosen: Scores = (weights.LIKELIHOOD * likelihoods + weights.NEARNESS * near)[0]
        elsewhere = float(np.exp(likelihoods[0, self.outside]).sum())
        return chosen, max(elsewhere, weights.ELSEWHERE if nearest < weights.LEAST_CLOSE else 0.0)

    def _names_practice(self, found: Mapping[str, Found]) -> bool:
        outside = {concept for concept, is_outside in zip(self.ids, self.outside, strict=True) if is_outside}
        return bool(found) and outside.isdisjoint(found)

    def _named(self, found: Mapping[str, Found]) -> NDArray[np.float64]:
        named = np.array([found[concept].weight if concept in found else 0.0 for concept in self.ids])
        share = weights.NAMED if self.meaning else weights.NAMED_BY_WORDS_ALONE
        shared: NDArray[np.float64] = share * named / max(1.0, float(named.sum()))
        return shared

    def _closeness(self, texts: Sequence[str], vectors: Vectors | None, *, words: float) -> Scores:
        by_words = self.words.scores([self.tokenizer.terms(text) for text in texts])
        by_meaning = by_words if self.meaning is None or vectors is None else self.meaning.scores(vectors)
        close: Scores = by_meaning + words * by_words
        return close


def neighbours_of(concepts: Sequence[Concept]) -> NDArray[np.float64]:
    """The broader and near concepts of each concept (a row), with weights that sum to one."""
    column = {concept.id: at for at, concept in enumerate(concepts)}
    near = np.zeros((len(concepts), len(concepts)))
    for row, concept in enumerate(concepts):
        for other in concept.near:
            near[row, column[other]] = weights.NEAR
        for other in concept.broader:
            near[row, column[other]] = 1
    shared: NDArray[np.float64] = near / np.maximum(near.sum(axis=1, keepdims=True), 1)
    return shared
