"""What a search gives back. The JSON shape of `Hit` and `SearchResult` is relied on from outside: add, never change."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.library.points import Audience, Kind, Span
from assistant.retrieval.point_quality import Polarity


class Share(BaseModel):
    """One reason for a hit and what it added to the score."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    by: Literal["word", "not", "concept", "put", "meaning"]
    """A negation ("no", "didn't") is told apart: it orders what other words have found and is no match of its own.
    "put" is how reviews put what the words are about."""
    name: str
    """The user's own word, the concept, or empty."""
    score: float
    spans: tuple[Span, ...] = ()
    """The characters of the query that show it."""


class Why(BaseModel):
    """Why a point was found: the shares add up, and the factor weighs the kind of point and who it speaks to."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    shares: tuple[Share, ...]
    factor: float


class Hit(BaseModel):
    """One learning point that bears on the words, and why."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: str
    text: str
    review: str
    title: str
    publisher: str
    published: str | None
    section: str
    audience: Audience
    kind: Kind
    polarity: Polarity | None = None
    """Whether it tells of what was missing or of what went well, where its words say."""
    lines: tuple[int, int]
    score: float = Field(gt=0)
    matched: tuple[str, ...] = ()
    """The user's own words that brought it."""
    concepts: tuple[str, ...] = ()
    """Lexicon concepts that the words and the point share."""
    meaning: float | None = None
    """Cosine similarity of the encoder, where meaning search is on."""
    weak: bool = False
    """It may bear on the words, but little shows it."""
    also_in: tuple[str, ...] = ()
    why: Why | None = None


class SimilarCase(BaseModel):
    """A review whose case is like the one described, with the facts that make it so."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    review: str
    title: str
    publisher: str
    published: str | None
    score: float = Field(gt=0)
    facts: tuple[Hit, ...]


class OfferedSubject(BaseModel):
    """Something the words may be about, for somebody to choose."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: str
    name: str
    points: int
    """How many points of the library are about it."""


class SearchResult(BaseModel):
    """The answer to one query. `nothing_bears` is true exactly when there are no hits."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    query: str
    nothing_bears: bool
    hits: tuple[Hit, ...]
    absent: tuple[str, ...] = ()
    """The names of what the words are about and no point of the library is."""
    unread: bool = False
    """Whether points still wait to be read for their meaning: these are the hits by words and subjects."""
    subjects: tuple[OfferedSubject, ...] = ()
    """Up to five things that the words may be about and the library holds, the likeliest first."""
