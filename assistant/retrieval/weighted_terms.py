"""How a learning point and a query become weighted terms of one index.

Owns what becomes a term, and which weight each is given: text, headings, concepts, plain words of role, negation.
Knows the shape of the signals, nothing of postings or of how hits are chosen.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from assistant.language.tokens import NOT, Tokenizer
from assistant.library.points import LearningPoint, Span, reading_text
from assistant.retrieval import weights
from assistant.retrieval.informative_headings import informative_headings_of
from assistant.retrieval.protocols import ConceptReader, Meant, Mention, Professional, Vectors

CONCEPT = "concept:"


def point_text(point: LearningPoint) -> str:
    """What of a point is searched: its words and the questions asked about it."""
    return reading_text(" ".join((point.text, *(q for q in point.questions if q not in point.text))))


def point_terms(point: LearningPoint, tokenizer: Tokenizer, concepts: Mapping[str, float]) -> dict[str, float]:
    """A point as a document of the index."""
    terms: dict[str, float] = dict(Counter(tokenizer.terms(point_text(point))))
    for term in tokenizer.terms(informative_headings_of(point.path)):
        terms[term] = terms.get(term, 0) + weights.HEADING_WORD
    return terms | {CONCEPT + concept: weight for concept, weight in concepts.items() if weight > 0}


@dataclass(frozen=True, slots=True)
class Reading:
    """One passage of a query as the index is asked for it."""

    text: str
    terms: Mapping[str, float]
    spans: Mapping[str, tuple[Span, ...]]
    """Where in the whole query each term stands."""
    vector: Vectors | None
    """Where it lies among what is written, one row, where there is an encoder."""
    meant: Meant | None
    """None where there is no lexicon."""
    professional: Professional | None = None
    """How reviews would put it."""
    is_chosen: bool = False
    """Whether somebody has said what they mean."""
    means_nothing: bool = False
    """Whether its meaning has nothing to do with practice."""


def read_query(
    text: str,
    *,
    offset: int,
    vector: Vectors | None,
    tokenizer: Tokenizer,
    meant: Meant | None,
    concepts: ConceptReader | None,
    is_known: Callable[[str], bool],
    about: str | None = None,
) -> Reading:
    """Read one passage that begins at `offset` of the query; `is_known` says which terms the index holds.

    `about` is the one concept that somebody has said they mean.
    """
    spans: dict[str, list[Span]] = {}
    for term, start, end in tokenizer.tokens(text):
        spans.setdefault(term, []).append((start + offset, end + offset))
    has_subject = any(is_known(term) and term not in tokenizer.roles and term != NOT for term in spans)
    terms = {
        term: _weight(term, tokenizer.roles if has_subject else frozenset()) * (1 + math.log(len(where)))
        for term, where in spans.items()
    }
    mentions = list(_mentions(meant, about))
    for mention in mentions:
        terms[CONCEPT + mention.concept] = weights.CONCEPT * mention.weight
        spans[CONCEPT + mention.concept] = [(start + offset, end + offset) for start, end in mention.spans]
    where = {term: tuple(places) for term, places in spans.items()}
    most = sorted(mentions, key=lambda mention: -mention.weight)[: weights.SPOKEN_OF]
    professional = concepts.professional(most) if concepts and most else None
    return Reading(text, terms, where, vector, meant, professional, about is not None)


def _mentions(meant: Meant | None, about: str | None) -> Iterator[Mention]:
    """What a passage carries; of that, all weight on what somebody has chosen."""
    found = meant.mentions if meant else ()
    if about is None:
        yield from found
    else:
        yield Mention(about, 1.0, next((mention.spans for mention in found if mention.concept == about), ()))


def _weight(term: str, lesser: frozenset[str]) -> float:
    if term == NOT:
        return weights.NEGATION
    return weights.ROLE if term in lesser else 1.0
