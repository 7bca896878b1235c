"""From somebody's words to the learning that bears on them, in order, and why.

Owns ranking: one score that is a sum of shares (words and concepts of one BM25 index, and meaning), weighed by the
kind of point and who it speaks to; what bears at all and what only weakly; the same learning of several reviews as
one hit; the best across a long answer; reviews whose case is alike. Knows nothing of how words become terms, of files
or of screens.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from assistant.language.tokens import NOT, Tokenizer, read_spellings
from assistant.library.points import Audience, LearningPoint
from assistant.retrieval import weights
from assistant.retrieval.answer import Answer
from assistant.retrieval.bearing import (
    AGREEMENT,
    LEAST_WORDS,
    MEANING,
    Conversation,
    Shelf,
    clauses,
    find_bearing,
    fits,
    speaks_of_a_baby,
)
from assistant.retrieval.bm25 import Asked, best
from assistant.retrieval.clause_reading import parts_of
from assistant.retrieval.diversity import interleave, passages, repeats, words_of
from assistant.retrieval.filters import EVERYTHING, Filters
from assistant.retrieval.index_building import AUDIENCES, KINDS, Collection, Prepared, Progress, prepare
from assistant.retrieval.point_quality import polarity
from assistant.retrieval.protocols import ConceptReader, Mention, PassageEncoder, Subject, Vectors
from assistant.retrieval.results import Hit, OfferedSubject, SearchResult, Share, SimilarCase, Why
from assistant.retrieval.silence import CARRIED, absent, is_outside
from assistant.retrieval.weighted_terms import CONCEPT, Reading, read_query

DEPTH = 40
"""Candidates looked at closely for each passage beyond those asked for, as some will be of the same learning."""
ONE_IN = 500
"""A word that at most one point in so many holds is rare."""
REMEMBERED = 64
"""Answers of a conversation whose meaning is kept at hand."""
OFFERED = 5
"""Subjects to choose from; the best of five would lift a library nobody tuned for by half."""
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
    put: float
    """What being put as reviews put it added."""
    is_weak: bool


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
        self._remembered: dict[str, tuple[list[tuple[Subject, ...]], Vectors | None]] = {}
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
        lacking = [] if about else [absent(meant.subjects, self._carried) for meant in read]
        named = tuple(dict.fromkeys(one[0] for one in lacking if one))
        if named and all(one and one[1] for one in lacking):
            return SearchResult(query=query, nothing_bears=True, hits=(), absent=named, unread=self.is_unread)
        factors, mask = self._factors(audience_first), self._mask(filters)
        rankings = [self._rank(reading, factors, mask, DEPTH + limit) for reading in readings] or [[]]
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

    def beside(self, answer: Answer, *, audience_first: Audience | None = None) -> SearchResult:
        """The one point that bears on what was just said in a conversation; most answers have none.

        Of two that bear alike, the one for `audience_first` comes.
        """
        nothing = SearchResult(query=answer.words, nothing_bears=True, hits=())
        if self._concepts is None or len(answer.words.split()) < LEAST_WORDS:
            return nothing
        said = clauses(answer.words)
        if not said:
            return nothing
        talk = Conversation()
        for words in answer.before:
            talk.hear(self._heard(words)[0])
        heard, vectors = self._heard(answer.words)
        shelf = Shelf(
            size=len(self._collection),
            point=self._collection.point,
            carry=lambda concept: self._index.weights(CONCEPT + concept),
            holding=self._holding,
            vectors=self._prepared.vectors,
            for_reader=None if audience_first is None else self._prepared.audiences == AUDIENCES.index(audience_first),
        )
        found = find_bearing(answer, said, heard, vectors, talk, shelf)
        if found is None:
            lacking = [absent(subjects, self._carried) for subjects in heard]
            named = dict.fromkeys(one[0] for one in lacking if one and one[1])
            return nothing.model_copy(update={"absent": tuple(named)[:1]})
        begin = answer.words.find(found.clause)
        spans = tuple((begin + start, begin + end) for start, end in found.subject.spans) if begin >= 0 else ()
        shares = [Share(by="concept", name=found.subject.concept, score=AGREEMENT * found.agreement, spans=spans)]
        if found.meaning is not None:
            shares.append(Share(by="meaning", name="", score=MEANING * found.meaning))
        point = self._collection.point(found.position)
        hit = self._as_hit(point, found.score).model_copy(
            update={
                "matched": _distinct(answer.words[start:end] for start, end in spans),
                "concepts": (found.subject.concept,),
                "meaning": None if found.meaning is None else round(found.meaning, 4),
                "also_in": tuple(sorted(point.also_in)),
                "why": Why(shares=tuple(shares), factor=1.0),
            }
        )
        return SearchResult(query=answer.words, nothing_bears=False, hits=(hit,))

    def quoted(self, answer: Answer, points: Iterable[tuple[LearningPoint, float]]) -> tuple[Hit, ...]:
        """Of some points of the collection, each with how surely it bears on an answer, those that may be set beside it
        at all, the surest first."""
        a_baby = speaks_of_a_baby((answer.words, *answer.before))
        best = sorted(points, key=lambda one: -one[1])
        return tuple(self._as_hit(point, sure) for point, sure in best if fits(point, answer, a_baby=a_baby))

    def _holding(self, clause: str) -> Iterator[NDArray[np.int32]]:
        """The points that hold each rare word of a clause."""
        rare = max(2, len(self._collection) // ONE_IN)
        for term in dict.fromkeys(self._tokenizer.terms(clause)):
            points, _ = self._index.postings(term)
            if term not in self._tokenizer.roles and 0 < len(points) <= rare:
                yield points

    def named(self, words: str) -> tuple[str, ...]:
        """The concepts whose own words are in a text, in the order they are said; a hint of one is not enough."""
        if self._concepts is None:
            return ()
        found = (one for one in self._concepts.finder.find(words) if one.weight >= 1)
        return tuple(one.concept for one in sorted(found, key=lambda one: (one.spans[0], one.concept)))

    def _heard(self, words: str) -> tuple[list[tuple[Subject, ...]], Vectors | None]:
        """What each clause of an answer is about; kept, because a conversation goes back to what it has heard."""
        if words not in self._remembered:
            said = clauses(words)
            vectors = self._encoder.encode(said) if self._encoder and said else None
            heard = self._concepts.subjects(said, vectors) if self._concepts else []
            if len(self._remembered) >= REMEMBERED:
                self._remembered.pop(next(iter(self._remembered)))
            self._remembered[words] = (heard, vectors)
        return self._remembered[words]

    def similar_cases(self, description: str, *, limit: int = 5) -> tuple[SimilarCase, ...]:
        """Reviews whose case facts are like those described, the most alike first."""
        facts = self._mask(Filters(kinds=frozenset({"case-fact"})))
        # the factor of kinds orders kinds; here there is one
        alike_by_kind = np.ones(len(self._collection))
        rankings = [self._rank(reading, alike_by_kind, facts, DEPTH) for reading in self._read(description)]
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

    def _read(self, query: str, about: str | None = None) -> list[Reading]:
        """The passages of a query as the index is asked for them."""
        if not any(letter.isalnum() for letter in query):
            return []  # the encoder has a vector for silence too
        whole = passages(query)
        parts = parts_of(query) if self._concepts and len(whole) == 1 else []  # a long text is in parts already
        vectors, adapted = self._encoder.encode_both([*whole, *parts]) if self._encoder else (None, None)
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
                is_known=self._is_known,
                about=about,
            )
            if self._encoder and vectors is not None and adapted is not None:
                outside = self._encoder.is_outside(vectors[number], adapted[number])
                reading = replace(reading, means_nothing=outside)
            readings.append(reading)
            begin += len(part)
        return readings

    def _is_outside(self, reading: Reading) -> bool:
        if reading.meant is None:
            return reading.means_nothing
        return is_outside(reading.meant, self._is_known, means_nothing=reading.means_nothing)

    def _is_known(self, term: str) -> bool:
        return self._index.vocabulary.find(term) is not None

    def _carried(self, concept: str) -> float:
        """How much the point that is most about a concept is about it."""
        return float(self._index.weights(CONCEPT + concept)[1].max(initial=0))

    def _rank(
        self, reading: Reading, factors: NDArray[np.float64], mask: NDArray[np.bool_] | None, depth: int
    ) -> list[_Candidate]:
        """The candidates for one passage that bear on it, best first."""
        if not reading.is_chosen and self._is_outside(reading):
            return []
        asked = self._index.ask(reading.terms)
        matches = asked.score()
        positions, scores = matches.positions, matches.scores
        near, put = self._meaning(reading)
        if near is not None:
            touched = near >= weights.MEANING_FLOOR
            touched[positions] = True
            everything = weights.MEANING * np.maximum(near, 0).astype(np.float64)
            everything[positions] += scores
            positions = np.flatnonzero(touched)
            scores = everything[positions]
        if put is not None:
            scores = scores + put[positions]
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
                put=0.0 if put is None else float(put[position]),
                is_weak=not is_fair[column],
            )
            for column, (position, score) in enumerate(zip(top.positions.tolist(), top.scores.tolist(), strict=True))
        ]

    def _meaning(self, reading: Reading) -> tuple[NDArray[np.float32] | None, NDArray[np.float64] | None]:
        """How near each point is to the passage, and what it shares with how reviews would put it."""
        asked, prepared = reading.professional, self._prepared
        near = None if reading.vector is None or prepared.adapted is None else prepared.adapted @ reading.vector
        if asked is None:
            return near, None
        words = self._index.ask(asked.terms).score()
        put = np.zeros(self._index.size)
        put[words.positions] = weights.PROFESSIONAL_WORDS * words.scores
        if prepared.vectors is not None and asked.direction is not None:
            put += weights.PROFESSIONAL_MEANING * np.maximum(prepared.vectors @ asked.direction, 0)
        return near, put

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
        shares = _shares(query, candidate)
        return self._as_hit(self._point(candidate), candidate.score).model_copy(
            update={
                "matched": _distinct(share.name for share in shares if share.by == "word"),
                "concepts": _distinct(share.name for share in shares if share.by == "concept"),
                "meaning": None if candidate.meaning is None else round(candidate.meaning, 4),
                "weak": candidate.is_weak,
                "also_in": tuple(sorted(also_in)),
                "why": Why(shares=shares, factor=candidate.factor),
            }
        )

    def _as_hit(self, point: LearningPoint, score: float) -> Hit:
        """A point as it is found, without the reasons."""
        review = self._collection.reviews[point.review]
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
            polarity=polarity(point),
            lines=point.lines,
            # a word that half of a very small library holds is worth nothing or less to BM25, but it was found
            score=max(round(score, 4), 0.0001),
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
    if candidate.put:
        concepts.append(Share(by="put", name="", score=candidate.put))
    meaning = candidate.meaning
    if meaning is not None and meaning > 0:
        return (*words, *concepts, Share(by="meaning", name="", score=weights.MEANING * meaning))
    return (*words, *concepts)


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple({name.casefold(): name for name in reversed(list(names))}.values())[::-1]
