"""From somebody's words to the learning that bears on them, in order, and why.

Owns a search from end to end: how a query is read in passages, the best across a long one, the same learning of
several reviews as one hit, and reviews whose case is alike. The score of one passage is `passage_ranking.py`'s, what
bears on an answer in a conversation `beside_answer.py`'s. Knows nothing of how words become terms, of files or of
screens.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.language.tokens import Tokenizer, read_spellings
from assistant.library.points import Audience, LearningPoint
from assistant.retrieval import weights
from assistant.retrieval.beside_answer import BesideAnswers
from assistant.retrieval.clause_reading import parts_of
from assistant.retrieval.diversity import interleave, passages, repeats, words_of
from assistant.retrieval.filter_choices import EVERYTHING, Filters
from assistant.retrieval.filter_mask import mask_of
from assistant.retrieval.hits import found_hit
from assistant.retrieval.index_building import AUDIENCES, KINDS, Collection, Prepared, Progress, prepare
from assistant.retrieval.no_match import CARRIED, absent
from assistant.retrieval.passage_ranking import Candidate, PassageRanking
from assistant.retrieval.protocols import ConceptReader, Mention, PassageEncoder
from assistant.retrieval.results import Hit, OfferedSubject, SearchResult, SimilarCase
from assistant.retrieval.weighted_terms import CONCEPT, Reading, read_query

DEPTH = 40
"""Candidates looked at closely for each passage beyond those asked for, as some will be of the same learning."""
OFFERED = 5
"""Subjects to choose from; the best of five would lift a library nobody tuned for by half."""
FACTS = 3
"""Facts that show why a case is alike."""


def open_retriever(
    library: Collection,
    home: Path,
    *,
    concepts: ConceptReader | None = None,
    encoder: PassageEncoder | None = None,
    progress: Progress | None = None,
    at_once: bool = False,
) -> Retriever:
    """A retriever over the library; its index is opened from `home`, or built and kept there.

    With `at_once` it does not wait for many new points to be read for their meaning.
    """
    tokenizer = Tokenizer(read_spellings(home))
    prepared, notice = prepare(
        library,
        home / "index" / "library",
        tokenizer=tokenizer,
        concepts=concepts,
        encoder=encoder,
        progress=progress,
        at_once=at_once,
    )
    return Retriever(library, prepared, tokenizer=tokenizer, concepts=concepts, encoder=encoder, notice=notice)


class Retriever:
    """Answers queries over one collection; holds nothing that changes its answers."""

    def __init__(
        self,
        collection: Collection,
        prepared: Prepared,
        *,
        tokenizer: Tokenizer,
        concepts: ConceptReader | None = None,
        encoder: PassageEncoder | None = None,
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
        self._passages = PassageRanking(prepared, knows_practice=bool(concepts))
        self.talk = BesideAnswers(collection, prepared, tokenizer=tokenizer, concepts=concepts, encoder=encoder)
        """The same collection beside what is said in a conversation."""
        by_kind = np.array([weights.KINDS[kind] for kind in KINDS])
        # by words alone, scores are BM25's: only who knows practice can say what is worth less
        self._factor: NDArray[np.float64] = by_kind[prepared.kinds] * (prepared.worth if concepts else 1.0)

    @property
    def is_unread(self) -> bool:
        """Whether points wait to be read for their meaning, which would find more."""
        return self._encoder is not None and self._prepared.vectors is None and len(self._collection) > 0

    def search(
        self,
        query: str,
        *,
        limit: int = 5,
        filters: Filters = EVERYTHING,
        audience_first: Audience | None = None,
        about: str | None = None,
    ) -> SearchResult:
        """The learning that bears on the words, best first, at most `limit` (at least one).

        `audience_first` puts points for those readers higher; it hides nothing. `about` is the one of the offered
        subjects that somebody has chosen.
        """
        limit = max(limit, 1)
        readings = self._read(query, about)
        read = [reading.meant for reading in readings if reading.meant]
        lacking = [] if about else [absent(meant.subjects, self.talk.carried) for meant in read]
        named = tuple(dict.fromkeys(one[0] for one in lacking if one))
        if named and all(one and one[1] for one in lacking):
            return SearchResult(query=query, nothing_bears=True, hits=(), absent=named, unread=self.is_unread)
        factors, mask = self._factors(audience_first), mask_of(filters, self._collection, self._prepared)
        rankings = [self._passages.rank(reading, factors, mask, DEPTH + limit) for reading in readings] or [[]]
        chosen = self._across(rankings, DEPTH + limit) if len(rankings) > 1 else rankings[0]
        hits = tuple(self._hit(query, *kept) for kept in self._without_repeats(chosen, limit))
        subjects = self._offered(mention for meant in read for mention in meant.mentions) if hits else ()
        return SearchResult(
            query=query, nothing_bears=not hits, hits=hits, absent=named, subjects=subjects, unread=self.is_unread
        )

    def _offered(self, mentions: Iterable[Mention]) -> tuple[OfferedSubject, ...]:
        """The likeliest subjects of a query that the library holds something on."""
        likely: dict[str, Mention] = {}
        for mention in mentions:
            if mention.concept not in likely or likely[mention.concept].weight < mention.weight:
                likely[mention.concept] = mention
        offered: list[OfferedSubject] = []
        for mention in sorted(likely.values(), key=lambda mention: (-mention.weight, mention.concept)):
            points = int((self._index.weights(CONCEPT + mention.concept)[1] >= CARRIED).sum())
            if points and len(offered) < OFFERED:
                offered.append(OfferedSubject(id=mention.concept, name=mention.name or mention.concept, points=points))
        return tuple(offered)

    def similar_cases(self, description: str, *, limit: int = 5) -> tuple[SimilarCase, ...]:
        """Reviews whose case facts are like those described, the most alike first."""
        facts = mask_of(Filters(kinds=frozenset({"case-fact"})), self._collection, self._prepared)
        # the factor of kinds orders kinds; here there is one
        alike_by_kind = np.ones(len(self._collection))
        rankings = [self._passages.rank(reading, alike_by_kind, facts, DEPTH) for reading in self._read(description)]
        by_review: dict[str, dict[int, Candidate]] = {}
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
                    facts=tuple(self._hit(description, candidate) for candidate in alike),
                )
            )
        return tuple(sorted(cases, key=lambda case: (-case.score, case.review))[: max(limit, 1)])

    def _read(self, query: str, about: str | None = None) -> list[Reading]:
        """The passages of a query as the index is asked for them."""
        if not any(letter.isalnum() for letter in query):
            return []  # the encoder has a vector for silence too
        whole = passages(query)
        parts = parts_of(query) if self._concepts and len(whole) == 1 else []  # a long text is in parts already
        vectors, adapted = self._encoder.encode_both(whole, parts) if self._encoder else (None, None)
        readings = []
        begin = 0
        for number, part in enumerate(whole):
            begin = query.index(part, begin)
            own = None if vectors is None else vectors[number : number + 1 + len(parts)]
            meant = self._concepts.of_query(part, own, self._held, parts=parts) if self._concepts else None
            reading = read_query(
                part,
                offset=begin,
                vector=None if adapted is None else adapted[number],
                tokenizer=self._tokenizer,
                meant=meant,
                concepts=self._concepts,
                is_known=self._passages.is_known,
                about=about,
            )
            if self._encoder and vectors is not None and adapted is not None:
                outside = self._encoder.is_outside(vectors[number], adapted[number])
                reading = replace(reading, means_nothing=outside)
            readings.append(reading)
            begin += len(part)
        return readings

    def _across(self, rankings: Sequence[Sequence[Candidate]], count: int) -> list[Candidate]:
        """The best of several passages; a point that several of them find is taken where it is found best."""
        found: dict[int, Candidate] = {}
        for candidate in (candidate for ranking in rankings for candidate in ranking):
            if candidate.position not in found or found[candidate.position].score < candidate.score:
                found[candidate.position] = candidate
        order = interleave(
            [[(candidate.position, candidate.score) for candidate in ranking] for ranking in rankings],
            subjects=lambda position: self._subject(found[position]),
            count=count,
        )
        return [found[position] for position in order]

    def _subject(self, candidate: Candidate) -> str:
        """What a candidate is most about: the concept that did most to find it, else the section it stands in."""
        shares = zip(candidate.reading.terms, candidate.shares.tolist(), strict=True)
        concepts = [(share, term) for term, share in shares if term.startswith(CONCEPT) and not math.isnan(share)]
        return max(concepts)[1] if concepts else self._point(candidate).section

    def _without_repeats(self, candidates: Sequence[Candidate], limit: int) -> list[tuple[Candidate, set[str]]]:
        """The first few that do not say again what one before them says, each with the points that say it again."""
        kept: list[tuple[Candidate, set[str]]] = []
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
        counts = np.bincount(
            self._prepared.reviews[mask_of(filters, self._collection, self._prepared)].ravel(), minlength=len(names)
        )
        return {name: int(count) for name, count in zip(names, counts, strict=True) if count}

    def _point(self, candidate: Candidate) -> LearningPoint:
        return self._collection.point(candidate.position)

    def _hit(self, query: str, candidate: Candidate, also_in: Iterable[str] = ()) -> Hit:
        point = self._point(candidate)
        return found_hit(query, candidate, point, self._collection.reviews[point.review], also_in)
