"""Which concepts of practice a text carries.

Owns putting together what words name (lexicon_patterns.py) and what they may mean (concept_vectors.py) into weights:
for a learning point, once, when the index is built; for a query, each time. A point is about a concept when its words
name it and its whole meaning lies near. A query takes on the concepts it names and those it most likely means, and a
little of their neighbours. What is as near to an entry that has nothing to do with practice carries none at all.
Knows nothing of files or of how the weights are used.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.language.tokens import Tokenizer
from assistant.retrieval import weights
from assistant.retrieval.concept_classifier import Chooser, Sentences
from assistant.retrieval.concept_vectors import MeaningModel, Scores, WordModel
from assistant.retrieval.lexicon import Concept
from assistant.retrieval.lexicon_patterns import Found, PatternFinder
from assistant.retrieval.protocols import Meant, Mention, Professional, Subject, Vectors


@dataclass(frozen=True)
class _Choice:
    """What some texts, a row each, were found to mean."""

    chosen: Scores
    elsewhere: Scores
    near: Scores
    """To the nearest sentence of practice."""
    close: Scores
    """To the nearest concept of practice."""


@dataclass(frozen=True)
class ConceptReader:
    """Reads concepts in points and queries; a `protocols.ConceptReader`."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    outside: NDArray[np.bool_]
    """Which concepts have nothing to do with practice."""
    everyday: NDArray[np.bool_]
    """Which concepts are a person or a place that every account names."""
    neighbours: NDArray[np.float64]
    """Of each concept (a row), the others with weights that sum to one."""
    finder: PatternFinder
    words: WordModel
    meaning: MeaningModel | None
    """None without an encoder: words alone then say what a text may mean."""
    chooser: Chooser | None
    """None where nothing was learnt beforehand: closeness alone then chooses."""
    sentences: Sentences | None
    telling: Sequence[Mapping[str, float]]
    """Of each concept, the words in which reviews speak of it."""
    directions: NDArray[np.float32] | None
    """Of each concept, a row each, the meaning of how reviews speak of it; None without an encoder."""
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

    def of_query(
        self, text: str, vectors: Vectors | None, held: Collection[str], *, parts: Sequence[str] = ()
    ) -> Meant:
        """What a query means, and the concepts it carries, the likeliest first; `vectors` has a row for the query and
        one for each of its `parts`.

        A concept that is not among `held` finds no point, so of two that may be meant the other is taken.
        """
        found = {match.concept: match for match in self.finder.find(text)}
        choice = self._choose([text, *parts], None if vectors is None else np.atleast_2d(vectors))
        chosen, elsewhere = choice.chosen[0], float(choice.elsewhere[0])
        terms = self.tokenizer.terms(text)
        known = self.chooser.rows if self.chooser else self.words.rows
        names_practice = self._names_practice(found)
        meant = Meant(
            subjects=self._subjects(chosen, found),
            elsewhere=elsewhere,
            near=float(choice.near[0]),
            close=float(choice.close[0]),
            names_practice=names_practice,
            words=len(terms),
            strange=tuple(term for term in terms if term not in known),
        )
        if elsewhere >= (weights.SURELY_ELSEWHERE if names_practice else weights.ELSEWHERE):
            return meant
        unheld = np.array([concept not in held for concept in self.ids]) & ~self.outside
        likely = _likely(choice.chosen - weights.UNHELD * unheld)
        carried = np.where(self.outside, 0, self._heard(likely) + self._named(found))
        carried = np.where(self.outside, 0, carried + weights.NEIGHBOURS * carried @ self.neighbours)
        order = np.lexsort((np.arange(len(carried)), -carried))
        mentions = tuple(
            Mention(
                self.ids[at],
                float(carried[at]),
                found[self.ids[at]].spans if self.ids[at] in found else (),
                self.names[at],
            )
            for at in order
            if carried[at] >= weights.LEAST_MENTION
        )
        return replace(meant, mentions=mentions)

    def professional(self, mentions: Sequence[Mention]) -> Professional:
        """How reviews speak of some concepts, each as much as it is carried."""
        terms: dict[str, float] = {}
        direction = np.zeros(0 if self.directions is None else self.directions.shape[1], dtype=np.float32)
        for mention in mentions:
            row = self.ids.index(mention.concept)
            for term, worth in self.telling[row].items():
                terms[term] = terms.get(term, 0.0) + mention.weight * worth
            if self.directions is not None:
                direction += np.float32(mention.weight) * self.directions[row]
        length = float(np.linalg.norm(direction))
        return Professional(terms, direction / np.float32(length) if length else None)

    def subjects(self, texts: Sequence[str], vectors: Vectors | None) -> list[tuple[Subject, ...]]:
        """What each of some clauses is likely to be about, the likeliest first, whatever the library holds."""
        if not texts:
            return []
        choice = self._choose(texts, vectors)
        heard: list[tuple[Subject, ...]] = []
        for text, chosen, elsewhere in zip(texts, choice.chosen, choice.elsewhere, strict=True):
            if elsewhere >= weights.ELSEWHERE:
                heard.append(())
            else:
                heard.append(self._subjects(chosen, {match.concept: match for match in self.finder.find(text)}))
        return heard

    def _heard(self, likely: Scores) -> NDArray[np.float64]:
        """What a query, the first row, and its parts, the others, are likely to mean together."""
        whole: NDArray[np.float64] = likely[0]
        if len(likely) == 1:
            return whole
        loudest = np.where(self.outside, 0, likely[1:]).max(axis=0)
        heard: NDArray[np.float64] = (1 - weights.PARTS) * whole + weights.PARTS * loudest / (loudest.sum() or 1.0)
        return heard

    def _subjects(self, chosen: Scores, found: Mapping[str, Found]) -> tuple[Subject, ...]:
        likely = np.where(self.outside, 0, _likely(chosen))
        at = np.flatnonzero(likely >= weights.LEAST_SUBJECT).tolist()
        return tuple(
            Subject(
                self.ids[one],
                float(likely[one]),
                found[self.ids[one]].spans if self.ids[one] in found else (),
                bool(self.everyday[one]),
                self.names[one],
            )
            for one in sorted(at, key=lambda one: (-likely[one], one))
        )

    def _choose(self, texts: Sequence[str], vectors: Vectors | None) -> _Choice:
        """How surely each text means each concept, and how likely it is that it means none of practice."""
        closeness = self._closeness(texts, vectors, words=1.0)
        close = closeness[:, ~self.outside].max(axis=1, initial=0)
        if self.chooser is None:
            least = np.maximum(closeness[:, self.outside].max(axis=1, initial=0) + weights.MARGIN, weights.LEAST_CLOSE)
            return _Choice(closeness, np.where(close < least, weights.ELSEWHERE, 0.0), close, close)
        terms = [self.tokenizer.terms(text) for text in texts]
        likelihoods = self.chooser.scores(terms, vectors)
        if self.meaning is None or self.sentences is None or vectors is None:
            nearness = self.words.scores(terms)
        else:
            nearness = self.sentences.scores(self.meaning, vectors)
        elsewhere = np.exp(likelihoods[:, self.outside]).sum(axis=1)
        return _Choice(
            chosen=weights.LIKELIHOOD * likelihoods + weights.NEARNESS * nearness,
            elsewhere=np.maximum(elsewhere, np.where(close < weights.LEAST_CLOSE, weights.ELSEWHERE, 0.0)),
            near=nearness[:, ~self.outside].max(axis=1, initial=0),
            close=close,
        )

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


def _likely(chosen: Scores) -> Scores:
    """Closeness as shares of one, row by row."""
    likely = np.exp((chosen - chosen.max(axis=-1, keepdims=True)) / weights.SHARPNESS)
    shares: Scores = likely / likely.sum(axis=-1, keepdims=True)
    return shares


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
