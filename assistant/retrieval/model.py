"""What a search gives back. The JSON shape of `Hit` and `SearchResult` is relied on from outside: add, never change."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from assistant.library.model import Audience, Kind


class Hit(BaseModel):
    """One learning point that bears on the words, and why."""

    model_config = ConfigDict(frozen=True)

    id: str
    text: str
    review: str
    title: str
    publisher: str
    published: str | None
    section: str
    audience: Audience
    kind: Kind
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


class SearchResult(BaseModel):
    """The answer to one query. `nothing_bears` is true exactly when there are no hits."""

    model_config = ConfigDict(frozen=True)

    query: str
    nothing_bears: bool
    hits: tuple[Hit, ...]
