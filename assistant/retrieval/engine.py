"""From somebody's words to the learning that bears on them, in order, and why.

Owns ranking: one score that is a sum of shares (words and concepts of one BM25 index, and meaning), weighed by the
kind of point and who it speaks to; what bears at all and what only weakly; the same learning of several reviews as
one hit; the best across a long answer; reviews whose case is alike. Knows nothing of how words become terms, of files
or of screens.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from assistant.library.model import Audience, LearningPoint
from assistant.retrieval import weights
from assistant.retrieval.building import AUDIENCES, KINDS, Collection, Prepared, Progress, prepare
from assistant.retrieval.diversity import interleave, passages, repeats, words_of
from assistant.retrieval.filters import EVERYTHING, Filters
from assistant.retrieval.index import Asked, best
from assistant.retrieval.model import Hit, SearchResult, Share, SimilarCase, Why
from assistant.retrieval.reading import CONCEPT, Reading, read_query
from assistant.retrieval.signals import ConceptReader, Encoder
from assistant.retrieval.tokens import NOT, Tokenizer, read_spellings

DEPTH = 40
"""Candidates looked at closely for each passage beyond those asked for, as some will be of the same learning."""
FACTS = 3
"""Facts that show why a case is alike."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A point that bears on a passage, with what brought it."""

    position: int
    score: float
    factor: float
    reading: Reading
    shares: NDArray[np.float64]
    """What each term of the reading added, NaN where the point does not hold it."""
    meaning: float | None
    is_weak: bool


def open_retriever(
    library: Collection,
    home: Path,
    *,
    concepts: ConceptReader | None = None,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> Retriever:
    """A retriever over the library; its index is opened from `home`, or built and kept there."""
    tokenizer = Tokenizer(read_spellings(home))
    prepared, notice = prepare(
        library, home / "index" / "library", tokenizer=tokenizer, concepts=concepts, encoder=encoder, progress=progress
    )
    return Retriever(library, prepared, tokenizer=tokenizer, concepts=concepts, encoder=encoder, notice=notice)


class Retriever:
    """Answers queries over one collection; holds nothing that changes."""

    def __init__(
        self,
        collection: Collection,
        prepared: Prepared,
        *,
        tokenizer: Tokenizer,
        concepts: ConceptReader | None = None,
        encoder: Encoder | None = None,
        notice: str | None = None,
    ) -> None:
        self.notice = notice
        """What the user should be told about the index, in one sentence."""
        self._collection = collection
        self._prepared = prepared
        self._index = prepared.index
        self._tokenizer = tokenizer
        self._concepts = concepts
        self._encoder = encoder
        self._held = frozenset(term.removeprefix(CONCEPT) for term in self._index.vocabulary.beginning_with(CONCEPT))
        self._factor = np.array([weights.KINDS[kind] for kind in KINDS])[prepared.kinds]

    def search(
        self, query: str, *, limit: int = 5, filters: Filters = EVERYTHING, audience_first: Audience | None = None
    ) -> SearchResult:
        """The learning that bears on the words, best first, at most `limit` (at least one).

        `audience_first` puts points for those readers higher; it hides nothing.
        """
        limit = max(limit, 1)
        rankings = self._rankings(query, self._factors(audience_first), self._mask(filters), depth=DEPTH + limit)
        chosen = self._across(rankings, DEPTH + limit) if len(rankings) > 1 else rankings[0]
        hits = tuple(self._hit(query, *kept) for kept in self._without_repeats(chosen, limit))
        return SearchResult(query=query, nothing_bears=not hits, hits=hits)

    def similar_cases(self, description: str, *, limit: int = 5) -> tuple[SimilarCase, ...]:
        """Reviews whose case facts are like those described, the most alike first."""
        facts = self._mask(Filters(kinds=frozenset({"case-fact"})))
        # the factor of kinds orders kinds; here there is one
        rankings = self._rankings(description, np.ones(len(self._collection)), facts, depth=DEPTH)
        by_review: dict[str, dict[int, _Candidate]] = {}
        for candidate in (candidate for ranking in rankings for candidate in ranking):
            found = by_review.setdefault(self._point(candidate).review, {})
            if candidate.position not in found or found[candidate.position].score < candidate.score:
                found[candidate.position] = candidate
        cases = []
        for name, found in by_review.items():
            alike = sorted(found.values(), key=lambda c: (-c.score, c.position))[:FACTS]
            review = self._collection.reviews[name]
            cases.append(
                SimilarCase(
                    review=name,
                    title=review.title,
                    publisher=review.publisher,
                    published=review.published,
                    score=round(sum(candidate.score for candidate in alike), 4),
                    facts=tuple(self._hit(description, candidate, set()) for candidate in alike),
                )
            )
        return tuple(sorted(cases, key=lambda case: (-case.score, case.review))[: max(limit, 1)])

    def _rankings(
        self, query: str, factors: NDArray[np.float64], mask: NDArray[np.bool_] | None, *, depth: int
    ) -> list[list[_Candidate]]:
        if not any(letter.isalnum() for letter in query):
            return [[]]  # the encoder has a vector for silence too
        parts = passages(query)
        vectors = self._encoder.encode(parts) if self._encoder and self._prepared.vectors is not None else None
        rankings = []
        begin = 0
        for number, part in enumerate(parts):
            begin = query.index(part, begin)
            reading = read_query(
                part,
                offset=begin,
                vector=None if vectors is None else vectors[number],
                tokenizer=self._tokenizer,
                concepts=self._concepts,
                is_known=lambda term: self._index.vocabulary.find(term) is not None,
                held=self._held,
            )
            rankings.append(self._rank(reading, factors, mask, depth))
            begin += len(part)
        return rankings

    def _rank(
        self, reading: Reading, factors: NDArray[np.float64], mask: NDArray[np.bool_] | None, depth: int
    ) -> list[_Candidate]:
        """The candidates for one passage that bear on it, best first."""
        asked = self._index.ask(reading.terms)
        matches = asked.score()
        positions, scores = matches.positions, matches.scores
        near: NDArray[np.float32] | None = None
        if reading.vector is not None and self._prepared.vectors is not None:
            near = self._prepared.vectors @ reading.vector
            everything = np.zeros(self._index.size)
            everything[positions] = scores
            everything += weights.MEANING * np.maximum(near, 0)
            touched = near >= weights.MEANING_FLOOR
            touched[positions] = True
            positions = np.flatnonzero(touched)
            scores = everything[positions]
        scores = scores * factors[positions]
        if mask is not None:
            kept = mask[positions]
            positions, scores = positions[kept], scores[kept]
        top = best(positions, scores, depth)
        shares = asked.shares(top.positions)
        held = ~np.isnan(shares)
        is_concept = np.array([term.startswith(CONCEPT) for term in reading.terms], dtype=np.bool_)
        has_concept = held[is_concept].any(axis=0)
        evidence = self._evidence(reading, asked, held)
        meaning = np.zeros(len(top.positions)) if near is None else near[top.positions]
        # one word in common with a long sentence on parking shows nothing; beside a better hit it may
        least = weights.FAIR_EVIDENCE if self._concepts and not is_concept.any() else weights.LEAST_EVIDENCE
        if not (has_concept | (evidence >= least) | (meaning >= weights.MEANING_FLOOR)).any():
            return []
        says = np.array([bool(reading.spans[term]) for term in reading.terms], dtype=np.bool_)
        asked_for = np.array(list(reading.terms.values()))
        shared = np.where(is_concept, asked_for, 0) @ held
        shows_concept = held[is_concept & says].any(axis=0) | (shared >= weights.CONCEPT_FAIR * weights.CONCEPT)
        is_fair = shows_concept | (evidence >= weights.FAIR_EVIDENCE) | (meaning >= weights.MEANING_FAIR)
        return [
            _Candidate(
                position=position,
                score=score,
                factor=float(factors[position]),
                reading=reading,
                shares=shares[:, column],
                meaning=None if near is None else float(near[position]),
                is_weak=not is_fair[column],
            )
            for column, (position, score) in enumerate(zip(top.positions.tolist(), top.scores.tolist(), strict=True))
        ]

    def _evidence(self, reading: Reading, asked: Asked, held: NDArray[np.bool_]) -> NDArray[np.float64]:
        """For each candidate, the share of what the passage's words are worth that it holds; concepts not counted."""
        worth = np.array(
            [
                0.0
                if term == NOT or term.startswith(CONCEPT)
                else weight * math.log1p(asked.size / (len(there) or 0.5))
                for term, (weight, there, _) in zip(reading.terms, asked.terms, strict=True)
            ]
        )
        evidence: NDArray[np.float64] = worth @ held / (worth.sum() or 1.0)
        return evidence

    def _across(self, rankings: Sequence[Sequence[_Candidate]], count: int) -> list[_Candidate]:
        """The best of several passages; a point that several of them find is taken where it is found best."""
        found: dict[int, _Candidate] = {}
        for candidate in (candidate for ranking in rankings for candidate in ranking):
            if candidate.position not in found or found[candidate.position].score < candidate.score:
                found[candidate.position] = candidate
        order = interleave(
            [[(candidate.position, candidate.score) for candidate in ranking] for ranking in rankings],
            subjects=lambda position: self._subject(found[position]),
            count=count,
        )
        return [found[position] for position in order]

    def _subject(self, candidate: _Candidate) -> str:
        """What a candidate is most about: the concept that did most to find it, else the section it stands in."""
        shares = zip(candidate.reading.terms, candidate.shares.tolist(), strict=True)
        concepts = [(share, term) for term, share in shares if term.startswith(CONCEPT) and not math.isnan(share)]
        return max(concepts)[1] if concepts else self._point(candidate).section

    def _without_repeats(self, candidates: Sequence[_Candidate], limit: int) -> list[tuple[_Candidate, set[str]]]:
        """The first few that do not say again what one before them says, each with the points that say it again."""
        kept: list[tuple[_Candidate, set[str]]] = []
        said: list[tuple[LearningPoint, frozenset[str]]] = []
        for candidate in candidates:
            point = self._point(candidate)
            words = words_of(point)
            again = next((at for at, before in enumerate(said) if repeats(point, words, *before)), None)
            if again is None and len(kept) == limit:
                break
            if again is None:
                kept.append((candidate, set(point.also_in)))
                said.append((point, words))
            elif point.review != said[again][0].review:
                kept[again][1].add(point.id)
        return kept

    def _factors(self, audience: Audience | None) -> NDArray[np.float64]:
        if audience is None:
            return self._factor
        speaks_to = self._prepared.audiences == AUDIENCES.index(audience)
        factors: NDArray[np.float64] = np.where(speaks_to, weights.AUDIENCE, 1.0) * self._factor
        return factors

    def count_by_review(self, filters: Filters) -> dict[str, int]:
        """How many points of each review `filters` lets through; reviews with none are left out."""
        names = sorted(self._collection.reviews)
        counts = np.bincount(self._prepared.reviews[self._mask(filters)].ravel(), minlength=len(names))
        return {name: int(count) for name, count in zip(names, counts, strict=True) if count}

    def _mask(self, filters: Filters) -> NDArray[np.bool_] | None:
        if filters == EVERYTHING:
            return None
        prepared = self._prepared
        mask = np.ones(len(self._collection), dtype=np.bool_)
        reviews = [self._collection.reviews[name] for name in sorted(self._collection.reviews)]
        if filters.reviews:
            mask &= np.array([review.id in filters.reviews for review in reviews])[prepared.reviews]
        if filters.publishers:
            mask &= np.array([review.publisher in filters.publishers for review in reviews])[prepared.reviews]
        if filters.years is not None:
            first, last = filters.years
            years = [int(review.published[:4]) if review.published else None for review in reviews]
            mask &= np.array([year is not None and first <= year <= last for year in years])[prepared.reviews]
        if filters.audiences:
            mask &= np.array([audience in filters.audiences for audience in AUDIENCES])[prepared.audiences]
        if filters.kinds:
            mask &= np.array([kind in filters.kinds for kind in KINDS])[prepared.kinds]
        if filters.concepts:
            carries = np.zeros(len(mask), dtype=np.bool_)
            for concept in filters.concepts:
                carries[self._index.postings(CONCEPT + concept)[0]] = True
            mask &= carries
        return mask

    def _point(self, candidate: _Candidate) -> LearningPoint:
        return self._collection.point(candidate.position)

    def _hit(self, query: str, candidate: _Candidate, also_in: set[str]) -> Hit:
        point = self._point(candidate)
        review = self._collection.reviews[point.review]
        shares = _shares(query, candidate)
        return Hit(
            id=point.id,
            text=point.text,
            review=point.review,
            title=review.title,
            publisher=review.publisher,
            published=review.published,
            section=point.section,
            audience=point.audience,
            kind=point.kind,
            lines=point.lines,
            # a word that half of a very small library holds is worth nothing or less to BM25, but it was found
            score=max(round(candidate.score, 4), 0.0001),
            matched=_distinct(share.name for share in shares if share.by == "word"),
            concepts=_distinct(share.name for share in shares if share.by == "concept"),
            meaning=None if candidate.meaning is None else round(candidate.meaning, 4),
            weak=candidate.is_weak,
            also_in=tuple(sorted(also_in)),
            why=Why(shares=shares, factor=candidate.factor),
        )


def _shares(query: str, candidate: _Candidate) -> tuple[Share, ...]:
    """The reasons for one candidate: words in the order they were said, then concepts, then meaning."""
    words, concepts = [], []
    for term, share in zip(candidate.reading.terms, candidate.shares.tolist(), strict=True):
        if math.isnan(share):
            continue
        spans = candidate.reading.spans[term]
        if term.startswith(CONCEPT):
            concepts.append(Share(by="concept", name=term.removeprefix(CONCEPT), score=share, spans=spans))
        else:
            start, end = spans[0]
            by: Literal["word", "not"] = "not" if term == NOT else "word"
            words.append(Share(by=by, name=query[start:end], score=share, spans=spans))
    concepts.sort(key=lambda share: (-share.score, share.name))
    meaning = candidate.meaning
    if meaning is not None and meaning > 0:
        return (*words, *concepts, Share(by="meaning", name="", score=weights.MEANING * meaning))
    return (*words, *concepts)


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple({name.casefold(): name for name in reversed(list(names))}.values())[::-1]
