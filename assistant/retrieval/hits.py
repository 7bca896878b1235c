"""A point of a library as it is shown when it was found: where it stands, and what brought it.

Owns the reasons of a hit and their order. Knows nothing of how points are chosen.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Literal

from assistant.language.tokens import NOT
from assistant.library.points import LearningPoint, Review
from assistant.retrieval.passage_ranking import Candidate
from assistant.retrieval.point_quality import polarity
from assistant.retrieval.results import Hit, Share, Why
from assistant.retrieval.weighted_terms import CONCEPT


def as_hit(point: LearningPoint, review: Review, score: float) -> Hit:
    """A point of `review` as it is found, without the reasons."""
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


def found_hit(query: str, candidate: Candidate, point: LearningPoint, review: Review, also_in: Iterable[str]) -> Hit:
    """The same of a candidate for a query, with the reasons and the points that say it again."""
    shares = _shares(query, candidate)
    return as_hit(point, review, candidate.score).model_copy(
        update={
            "matched": distinct(share.name for share in shares if share.by == "word"),
            "concepts": distinct(share.name for share in shares if share.by == "concept"),
            "meaning": None if candidate.meaning is None else round(candidate.meaning, 4),
            "weak": candidate.is_weak,
            "also_in": tuple(sorted(also_in)),
            "why": Why(shares=shares, factor=candidate.factor),
        }
    )


def _shares(query: str, candidate: Candidate) -> tuple[Share, ...]:
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
    if candidate.near:
        return (*words, *concepts, Share(by="meaning", name="", score=candidate.near))
    return (*words, *concepts)


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Each once, however it is cased, in the order they first come."""
    return tuple({name.casefold(): name for name in reversed(list(names))}.values())[::-1]
