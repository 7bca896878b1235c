"""How a learning point and a query become weighted terms of one index.

Owns the weights: what text, headings, concepts, plain words of role and negation count for. Knows the shape of the
signals, nothing of postings or of how hits are chosen.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.library.model import Kind, LearningPoint, Span, reading_text
from assistant.retrieval.headings import telling
from assistant.retrieval.signals import ConceptReader, Vectors
from assistant.retrieval.tokens import NOT, Tokenizer

HEADING = 1.0
"""A word of a telling heading; a word of the text counts 1."""
NEGATION = 0.3
"""\"Not\" is in half of all learning: it orders what other words have found."""
ROLE = 0.5
"""\"Dad\" or "baby" in a sentence that has another subject."""
CONCEPT = "concept:"
CONCEPT_WEIGHT = 30.0
"""Of a query's concepts, which share a weight of about one, beside 1 for each of its words."""

KIND_FACTOR: Mapping[Kind, float] = {
    "learning-point": 1.0,
    "finding": 1.0,
    "question": 0.75,
    "strength": 0.85,
    "theme": 0.8,
    "resource": 0.6,
    "case-fact": 0.4,
}
"""Learning stands above what merely happened and above where to read more."""


def point_text(point: LearningPoint) -> str:
    """What of a point is searched: its words and the questions asked about it."""
    return reading_text(" ".join((point.text, *(q for q in point.questions if q not in point.text))))


def point_terms(point: LearningPoint, tokenizer: Tokenizer, concepts: Mapping[str, float]) -> dict[str, float]:
    """A point as a document of the index."""
    terms: dict[str, float] = dict(Counter(tokenizer.terms(point_text(point))))
    for term in tokenizer.terms(telling(point.path)):
        terms[term] = terms.get(term, 0) + HEADING
    return terms | {CONCEPT + concept: weight for concept, weight in concepts.items() if weight > 0}


@dataclass(frozen=True, slots=True)
class Reading:
    """One passage of a query as the index is asked for it."""

    text: str
    terms: Mapping[str, float]
    spans: Mapping[str, tuple[Span, ...]]
    """Where in the whole query each term stands."""
    vector: Vectors | None
    """Its meaning, one row, where there is an encoder."""


def read_query(
    text: str,
    *,
    offset: int,
    vector: Vectors | None,
    tokenizer: Tokenizer,
    concepts: ConceptReader | None,
    is_known: Callable[[str], bool],
) -> Reading:
    """Read one passage that begins at `offset` of the query; `is_known` says which terms the index holds."""
    spans: dict[str, list[Span]] = {}
    for term, start, end in tokenizer.tokens(text):
        spans.setdefault(term, []).append((start + offset, end + offset))
    has_subject = any(is_known(term) and term not in tokenizer.roles and term != NOT for term in spans)
    terms = {
        term: _weight(term, tokenizer.roles if has_subject else frozenset()) * (1 + math.log(len(where)))
        for term, where in spans.items()
    }
    for mention in concepts.of_query(text, vector) if concepts else ():
        terms[CONCEPT + mention.concept] = CONCEPT_WEIGHT * mention.weight
        spans[CONCEPT + mention.concept] = [(start + offset, end + offset) for start, end in mention.spans]
    return Reading(text, terms, {term: tuple(where) for term, where in spans.items()}, vector)


def _weight(term: str, lesser: frozenset[str]) -> float:
    if term == NOT:
        return NEGATION
    return ROLE if term in lesser else 1.0
