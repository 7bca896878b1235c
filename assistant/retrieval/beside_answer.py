"""Learning set beside what somebody has just said in a conversation: one point or none, and what it is about.

Owns what is looked up in the index for that judgement, and what a conversation has heard. The judgement itself is
`bearing.py`'s; which shipped point people would choose is counted elsewhere and only looked through here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.language.tokens import Tokenizer
from assistant.library.points import Audience, LearningPoint, reading_text
from assistant.retrieval.answer import Answer
from assistant.retrieval.bearing import (
    AGREEMENT,
    LEAST_WORDS,
    MEANING,
    Bearing,
    Conversation,
    Shelf,
    clauses,
    find_bearing,
    fits,
    speaks_of_a_baby,
)
from assistant.retrieval.hits import as_hit, distinct
from assistant.retrieval.index_building import AUDIENCES, Collection, Prepared, key_of
from assistant.retrieval.no_match import CARRIED, absent
from assistant.retrieval.of_the_case import is_of_the_work, was_spoken_of
from assistant.retrieval.point_quality import polarity
from assistant.retrieval.practice_patterns import Pattern, PracticePatterns
from assistant.retrieval.protocols import ConceptReader, PassageEncoder, Subject, Vectors
from assistant.retrieval.results import Hit, SearchResult, Share, Why
from assistant.retrieval.weighted_terms import CONCEPT, point_text

ONE_IN = 500
"""A word that at most one point in so many holds is rare."""
LEARNING = frozenset({"finding", "learning-point"})
NEAR_THE_ANSWER = 0.5
"""What a cosine of an answer and a point counts, beside how near the point comes to the pattern that both are of."""
REMEMBERED = 64
"""Answers of a conversation whose meaning is kept at hand."""


class BesideAnswers:
    """Reads the answers of conversations against one collection."""

    def __init__(
        self,
        collection: Collection,
        prepared: Prepared,
        *,
        tokenizer: Tokenizer,
        concepts: ConceptReader | None,
        encoder: PassageEncoder | None,
    ) -> None:
        self._collection = collection
        self._prepared = prepared
        self._index = prepared.index
        self._tokenizer = tokenizer
        self._concepts = concepts
        self._encoder = encoder
        self._near: dict[str, NDArray[np.float64]] = {}
        self._remembered: dict[str, tuple[list[tuple[Subject, ...]], Vectors | None]] = {}

    def beside(self, answer: Answer, *, audience_first: Audience | None = None) -> SearchResult:
        """The one point that bears on what was just said in a conversation; most answers have none.

        Of two that bear alike, the one for `audience_first` comes.
        """
        nothing = SearchResult(query=answer.words, nothing_bears=True, hits=())
        said = clauses(answer.words) if len(answer.words.split()) >= LEAST_WORDS else []
        if self._concepts is None or not said:
            return nothing
        talk = Conversation()
        for words in answer.before:
            talk.hear(self._heard(words)[0])
        heard, vectors = self._heard(answer.words)
        found = find_bearing(answer, said, heard, vectors, talk, self._shelf(audience_first))
        if found is None:
            lacking = [absent(subjects, self.carried) for subjects in heard]
            named = dict.fromkeys(one[0] for one in lacking if one and one[1])
            return nothing.model_copy(update={"absent": tuple(named)[:1]})
        return SearchResult(query=answer.words, nothing_bears=False, hits=(self._hit(answer, found),))

    def quoted(self, answer: Answer, points: Iterable[tuple[LearningPoint, float]]) -> tuple[Hit, ...]:
        """Of some points of the collection, each with how surely it bears on an answer, those that may be set beside it
        at all, the surest first: what is of a bruise needs somebody to have spoken of one."""
        may_stand = _may_stand_beside(answer)
        best = sorted(points, key=lambda one: -one[1])
        return tuple(self._quotation(point, sure) for point, sure in best if may_stand(point))

    def patterns(self, called: Mapping[bytes, float], answer: Answer) -> tuple[Pattern, ...]:
        """What of that which comes back in every review an answer shows, the surest first, given how well each question
        would follow it."""
        if self._encoder is None or self._prepared.vectors is None or len(answer.words.split()) < LEAST_WORDS:
            return ()
        return self._patterns.shown(called, self._encoder.encode_both([answer.words])[1][0])

    def of_a_pattern(self, answer: Answer, name: str) -> tuple[Hit, ...]:
        """The points that are about a pattern and may be set beside an answer that shows it, the nearest first."""
        near, adapted = self._about_a_pattern(name), self._prepared.adapted
        if self._encoder is None or adapted is None:
            return ()
        may_stand = _may_stand_beside(answer)
        clauses_of_it = self._encoder.encode_both([answer.words, *clauses(answer.words)])[1]
        hits = []
        for at in np.flatnonzero(near).tolist():
            point = self._collection.point(at)
            if may_stand(point):
                score = float(near[at] + NEAR_THE_ANSWER * max(0.0, float((clauses_of_it @ adapted[at]).max())))
                hits.append(self._quotation(point, score))
        return tuple(sorted(hits, key=lambda hit: -hit.score))

    def _about_a_pattern(self, name: str) -> NDArray[np.float64]:
        """How near each point comes to a pattern; 0 for what isn't about it, or is of no use beside a case."""
        if name not in self._near:
            vectors = self._prepared.vectors
            read = self._collection.point
            near = np.zeros(len(self._collection)) if vectors is None else self._patterns.about(name, read, vectors)
            for at in np.flatnonzero(near).tolist():
                point = read(at)
                if not _is_a_gap(point) or not is_of_the_work(reading_text(point.text)):
                    near[at] = 0
            self._near[name] = near
        return self._near[name]

    @cached_property
    def _patterns(self) -> PracticePatterns:
        return PracticePatterns(self._encoder.checksum if self._encoder else "")

    def named(self, words: str) -> tuple[str, ...]:
        """The concepts whose own words are in a text, in the order they are said; a hint of one is not enough."""
        if self._concepts is None:
            return ()
        found = (one for one in self._concepts.finder.find(words) if one.weight >= 1)
        return tuple(one.concept for one in sorted(found, key=lambda one: (one.spans[0], one.concept)))

    def carried(self, concept: str) -> float:
        """How much the point that is most about a concept is about it."""
        return float(self._index.weights(CONCEPT + concept)[1].max(initial=0))

    def _about(self, point: LearningPoint) -> tuple[str, ...]:
        """The concepts that a point is about, the most first."""
        rows = np.flatnonzero(self._prepared.texts == key_of(point_text(point)))
        about = []
        for concept in self._held if len(rows) else ():
            points, carried = self._index.weights(CONCEPT + concept)
            how = float(carried[points == rows[0]].sum())
            if how >= CARRIED:
                about.append((-how, concept))
        return tuple(concept for _, concept in sorted(about))

    @cached_property
    def _held(self) -> tuple[str, ...]:
        """Every concept that some point carries."""
        return tuple(term.removeprefix(CONCEPT) for term in self._index.vocabulary.beginning_with(CONCEPT))

    def _hit(self, answer: Answer, found: Bearing) -> Hit:
        begin = answer.words.find(found.clause)
        spans = tuple((begin + start, begin + end) for start, end in found.subject.spans) if begin >= 0 else ()
        shares = [Share(by="concept", name=found.subject.concept, score=AGREEMENT * found.agreement, spans=spans)]
        if found.meaning is not None:
            shares.append(Share(by="meaning", name="", score=MEANING * found.meaning))
        point = self._collection.point(found.position)
        return self._as_hit(point, found.score).model_copy(
            update={
                "matched": distinct(answer.words[start:end] for start, end in spans),
                "concepts": (found.subject.concept,),
                "meaning": None if found.meaning is None else round(found.meaning, 4),
                "also_in": tuple(sorted(point.also_in)),
                "why": Why(shares=tuple(shares), factor=1.0),
            }
        )

    def _quotation(self, point: LearningPoint, score: float) -> Hit:
        return self._as_hit(point, score).model_copy(update={"concepts": self._about(point)})

    def _as_hit(self, point: LearningPoint, score: float) -> Hit:
        return as_hit(point, self._collection.reviews[point.review], score)

    def _shelf(self, audience_first: Audience | None) -> Shelf:
        for_reader = None if audience_first is None else self._prepared.audiences == AUDIENCES.index(audience_first)
        return Shelf(
            size=len(self._collection),
            point=self._collection.point,
            carry=lambda concept: self._index.weights(CONCEPT + concept),
            holding=self._holding,
            vectors=self._prepared.vectors,
            for_reader=for_reader,
        )

    def _holding(self, clause: str) -> Iterator[NDArray[np.int32]]:
        """The points that hold each rare word of a clause."""
        rare = max(2, len(self._collection) // ONE_IN)
        for term in dict.fromkeys(self._tokenizer.terms(clause)):
            points, _ = self._index.postings(term)
            if term not in self._tokenizer.roles and 0 < len(points) <= rare:
                yield points

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


def _may_stand_beside(answer: Answer) -> Callable[[LearningPoint], bool]:
    """Which points may: those that fit it, and are of nothing that nobody has spoken of."""
    told = "\n".join((answer.words, *answer.before))
    a_baby = speaks_of_a_baby((answer.words, *answer.before))
    return lambda point: fits(point, answer, a_baby=a_baby) and was_spoken_of(reading_text(point.text), told)


def _is_a_gap(point: LearningPoint) -> bool:
    told = polarity(point)
    return point.kind in LEARNING and (told == "gap" or (told is None and point.kind == "learning-point"))
