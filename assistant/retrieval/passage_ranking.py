"""One passage of a query to the points that bear on it, best first, each with what brought it.

Owns the one score that is a sum of shares (words and concepts of one BM25 index, and meaning), and how little of it
shows nothing. Knows nothing of a query of several passages, of repeats or of what is shown of a point.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.language.tokens import NOT
from assistant.retrieval import weights
from assistant.retrieval.bm25 import Asked, Matches, best
from assistant.retrieval.index_building import Prepared
from assistant.retrieval.no_match import is_outside
from assistant.retrieval.weighted_terms import CONCEPT, Reading


@dataclass(frozen=True, slots=True)
class Candidate:
    """A point that bears on a passage, with what brought it."""

    position: int
    score: float
    factor: float
    reading: Reading
    shares: NDArray[np.float64]
    """What each term of the reading added, NaN where the point does not hold it."""
    meaning: float | None
    near: float
    """What its meaning added."""
    put: float
    """What being put as reviews put it added."""
    is_weak: bool


class _Near(NamedTuple):
    """What meaning says of every point; None where nothing can be said of it."""

    near: NDArray[np.float32] | None
    """How near each is to the passage."""
    put: NDArray[np.float64] | None
    """What it shares with how reviews would put it."""


class PassageRanking:
    """Ranks the points of one index."""

    def __init__(self, prepared: Prepared, *, knows_practice: bool) -> None:
        """`knows_practice`: there is a lexicon, so a subject that is only in common with the words counts."""
        self._prepared = prepared
        self._index = prepared.index
        self._knows_practice = knows_practice

    def rank(
        self, reading: Reading, factors: NDArray[np.float64], mask: NDArray[np.bool_] | None, depth: int
    ) -> list[Candidate]:
        """The candidates for one passage that bear on it, best first; each score is multiplied by its factor."""
        if not reading.is_chosen and self._is_outside(reading):
            return []
        asked = self._index.ask(reading.terms)
        near, put = self._meaning(reading)
        matches = self._scored(asked, near, put)
        positions, scores = matches.positions, matches.scores * factors[matches.positions]
        if mask is not None:
            kept = mask[positions]
            positions, scores = positions[kept], scores[kept]
        top = best(positions, scores, depth)
        shares = asked.shares(top.positions)
        is_fair = self._fair(reading, asked, ~np.isnan(shares), None if near is None else near[top.positions])
        if is_fair is None:
            return []
        return [
            Candidate(
                position=position,
                score=score,
                factor=float(factors[position]),
                reading=reading,
                shares=shares[:, column],
                meaning=None if near is None else float(near[position]),
                near=0.0 if near is None else self._meaning_adds * max(float(near[position]), 0.0),
                put=0.0 if put is None else float(put[position]),
                is_weak=not is_fair[column],
            )
            for column, (position, score) in enumerate(zip(top.positions.tolist(), top.scores.tolist(), strict=True))
        ]

    @property
    def _meaning_adds(self) -> float:
        """What a cosine of one adds."""
        grown: float = max(1.0, self._index.size / weights.MEANING_ALIKE_UP_TO) ** weights.MEANING_GROWS
        return weights.MEANING * min(weights.MOST_MEANING, grown)

    def is_known(self, term: str) -> bool:
        """Whether any point holds a term."""
        return self._index.vocabulary.find(term) is not None

    def _is_outside(self, reading: Reading) -> bool:
        if reading.meant is None:
            return reading.means_nothing
        return is_outside(reading.meant, self.is_known, means_nothing=reading.means_nothing)

    def _meaning(self, reading: Reading) -> _Near:
        asked, prepared = reading.professional, self._prepared
        near = None if reading.vector is None or prepared.adapted is None else prepared.adapted @ reading.vector
        if asked is None:
            return _Near(near, None)
        words = self._index.ask(asked.terms).score()
        put = np.zeros(self._index.size)
        put[words.positions] = weights.PROFESSIONAL_WORDS * words.scores
        if prepared.vectors is not None and asked.direction is not None:
            put += weights.PROFESSIONAL_MEANING * np.maximum(prepared.vectors @ asked.direction, 0)
        return _Near(near, put)

    def _scored(self, asked: Asked, near: NDArray[np.float32] | None, put: NDArray[np.float64] | None) -> Matches:
        """Every point that holds a term or lies near, with the sum of its shares."""
        matches = asked.score()
        positions, scores = matches.positions, matches.scores
        if near is not None:
            touched = near >= weights.MEANING_FLOOR
            touched[positions] = True
            everything = self._meaning_adds * np.maximum(near, 0).astype(np.float64)
            everything[positions] += scores
            positions = np.flatnonzero(touched)
            scores = everything[positions]
        return Matches(positions, scores if put is None else scores + put[positions])

    def _fair(
        self, reading: Reading, asked: Asked, held: NDArray[np.bool_], near: NDArray[np.float32] | None
    ) -> NDArray[np.bool_] | None:
        """Which candidates bear more than weakly, given which terms each holds; None where nothing shows that any bears
        at all."""
        is_concept = np.array([term.startswith(CONCEPT) for term in reading.terms], dtype=np.bool_)
        has_concept = held[is_concept].any(axis=0)
        evidence = _evidence(reading, asked, held)
        meaning = np.zeros(held.shape[1]) if near is None else near
        # one word in common with a long sentence on parking shows nothing; beside a better hit it may
        least = weights.FAIR_EVIDENCE if self._knows_practice and not is_concept.any() else weights.LEAST_EVIDENCE
        if not (has_concept | (evidence >= least) | (meaning >= weights.MEANING_FLOOR)).any():
            return None
        says = np.array([bool(reading.spans[term]) for term in reading.terms], dtype=np.bool_)
        asked_for = np.array(list(reading.terms.values()))
        shared = np.where(is_concept, asked_for, 0) @ held
        shows_concept = held[is_concept & says].any(axis=0) | (shared >= weights.CONCEPT_FAIR * weights.CONCEPT)
        is_fair: NDArray[np.bool_] = (
            shows_concept | (evidence >= weights.FAIR_EVIDENCE) | (meaning >= weights.MEANING_FAIR)
        )
        return is_fair


def _evidence(reading: Reading, asked: Asked, held: NDArray[np.bool_]) -> NDArray[np.float64]:
    """For each candidate, the share of what the passage's words are worth that it holds; concepts not counted."""
    worth = np.array(
        [
            0.0 if term == NOT or term.startswith(CONCEPT) else weight * math.log1p(asked.size / (len(there) or 0.5))
            for term, (weight, there, _) in zip(reading.terms, asked.terms, strict=True)
        ]
    )
    evidence: NDArray[np.float64] = worth @ held / (worth.sum() or 1.0)
    return evidence
