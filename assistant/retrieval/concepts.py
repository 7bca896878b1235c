"""Which concepts of practice a text carries.

Owns putting together what words name (patterns.py) and what they may mean (meaning.py) into weights: for a learning
point, once, when the index is built; for a query, each time. A point is about a concept when its words name it and
its whole meaning lies near. A query takes on the concepts it names and those it most likely means, and a little of
their neighbours. What is as near to an entry that has nothing to do with practice carries none at all.
Knows nothing of files or of how the weights are used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.choosing import LIKELIHOOD, NEARNESS, Chooser, Sentences
from assistant.retrieval.lexicon import Concept
from assistant.retrieval.meaning import MeaningModel, Scores, WordModel
from assistant.retrieval.patterns import Found, PatternFinder
from assistant.retrieval.signals import Mention, Vectors
from assistant.retrieval.tokens import Tokenizer

# Weights for points. Varied one at a time on the judged queries and their paraphrases; all lie on broad flat tops.
HEADING = 0.5
"""A concept named only by a heading above the point."""
CENTRAL = 0.1
"""How near a point's meaning is to a concept that it names in passing."""
CENTRALITY = 3.0
LEAST_CENTRAL, MOST_CENTRAL = 0.3, 1.3
SUGGESTED_FROM, SUGGESTED_TO, SUGGESTED = 0.35, 0.65, 0.3
"""Meaning alone suggests a concept from the first closeness on, fully from the second, with this weight at most."""

# Weights for queries.
SHARPNESS = 0.05
"""Differences of closeness this small hardly choose between two concepts."""
NAMED = 0.3
"""Shared by the concepts that the words name, beside 1 shared by what they may mean."""
NAMED_BY_WORDS_ALONE = 0.6
"""The same without an encoder: what words may mean is then less sure."""
NEIGHBOURS = 0.6
NEAR = 0.5
"""A near concept, beside 1 for a broader one."""
LEAST_MENTION = 0.02
ELSEWHERE, SURELY_ELSEWHERE = 0.1, 0.9
"""How likely the office or the weather must be for a query to carry nothing: from the first on if no word of it names
practice (none of 236 judged queries lies there), from the second in any case."""
LEAST_CLOSE = 0.16
"""Gibberish comes nearly as near as this to something; judged queries lie at .19 and above."""
MARGIN = 0.1
"""Where nothing was learnt beforehand: how much nearer to practice than to the office a query must be."""


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
                named[row, column[found.concept]] = HEADING * found.weight
            for found in self.finder.find(text):
                named[row, column[found.concept]] = found.weight
        close = self._closeness(texts, vectors, words=0.5)
        named *= np.clip(LEAST_CENTRAL + CENTRALITY * (close - CENTRAL), LEAST_CENTRAL, MOST_CENTRAL)
        suggested = SUGGESTED * np.clip((close - SUGGESTED_FROM) / (SUGGESTED_TO - SUGGESTED_FROM), 0, 1)
        weights = np.where(self.outside, 0, np.maximum(named, suggested))
        # a point about everything is less about each thing
        weights /= np.sqrt(0.5 + weights.sum(axis=1, keepdims=True))
        return [{self.ids[at]: float(row[at]) for at in np.flatnonzero(row)} for row in weights]

    def of_query(self, text: str, vector: Vectors | None) -> tuple[Mention, ...]:
        """The concepts that a query carries, the likeliest first; `vector` is its one row of meaning."""
        vectors = None if vector is None else vector.reshape(1, -1)
        found = {match.concept: match for match in self.finder.find(text)}
        chosen, elsewhere = self._choose(text, vectors)
        if elsewhere >= (SURELY_ELSEWHERE if self._names_practice(found) else ELSEWHERE):
            return ()
        likely = np.exp((chosen - chosen.max()) / SHARPNESS)
        likely /= likely.sum()
        weights = np.where(self.outside, 0, likely + self._named(found))
        weights = np.where(self.outside, 0, weights + NEIGHBOURS * weights @ self.neighbours)
        order = np.lexsort((np.arange(len(weights)), -weights))
        return tuple(
            Mention(self.ids[at], float(weights[at]), found[self.ids[at]].spans if self.ids[at] in found else ())
            for at in order
            if weights[at] >= LEAST_MENTION
        )

    def _choose(self, text: str, vectors: Vectors | None) -> tuple[Scores, float]:
        """How surely each concept is meant, and how likely it is that none of practice is."""
        close = self._closeness([text], vectors, words=1.0)[0]
        nearest = close[~self.outside].max(initial=0)
        if self.chooser is None:
            is_elsewhere = nearest < close[self.outside].max(initial=0) + MARGIN or nearest < LEAST_CLOSE
            return close, ELSEWHERE if is_elsewhere else 0.0
        terms = [self.tokenizer.terms(text)]
        likelihoods = self.chooser.scores(terms, vectors)
        if self.meaning is None or self.sentences is None or vectors is None:
            near = self.words.scores(terms)
        else:
            near = self.sentences.scores(self.meaning, vectors)
        chosen: Scores = (LIKELIHOOD * likelihoods + NEARNESS * near)[0]
        elsewhere = float(np.exp(likelihoods[0, self.outside]).sum())
        return chosen, max(elsewhere, ELSEWHERE if nearest < LEAST_CLOSE else 0.0)

    def _names_practice(self, found: Mapping[str, Found]) -> bool:
        outside = {concept for concept, is_outside in zip(self.ids, self.outside, strict=True) if is_outside}
        return bool(found) and outside.isdisjoint(found)

    def _named(self, found: Mapping[str, Found]) -> NDArray[np.float64]:
        weights = np.array([found[concept].weight if concept in found else 0.0 for concept in self.ids])
        share = NAMED if self.meaning else NAMED_BY_WORDS_ALONE
        shared: NDArray[np.float64] = share * weights / max(1.0, float(weights.sum()))
        return shared

    def _closeness(self, texts: Sequence[str], vectors: Vectors | None, *, words: float) -> Scores:
        by_words = self.words.scores([self.tokenizer.terms(text) for text in texts])
        by_meaning = by_words if self.meaning is None or vectors is None else self.meaning.scores(vectors)
        close: Scores = by_meaning + words * by_words
        return close


def neighbours_of(concepts: Sequence[Concept]) -> NDArray[np.float64]:
    """The broader and near concepts of each concept (a row), with weights that sum to one."""
    column = {concept.id: at for at, concept in enumerate(concepts)}
    weights = np.zeros((len(concepts), len(concepts)))
    for row, concept in enumerate(concepts):
        for other in concept.near:
            weights[row, column[other]] = NEAR
        for other in concept.broader:
            weights[row, column[other]] = 1
    shared: NDArray[np.float64] = weights / np.maximum(weights.sum(axis=1, keepdims=True), 1)
    return shared
