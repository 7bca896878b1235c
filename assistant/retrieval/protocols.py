"""What the engine asks of whoever knows the lexicon and whoever knows the encoder.

Owns only the two shapes, so that the engine ranks with words alone, with concepts, with meaning or with all three,
and never learns where they come from.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""One row a text, each of length one."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept that somebody's words carry."""

    concept: str
    weight: float
    """1 for the thing itself, less for a near or guessed concept."""
    spans: tuple[tuple[int, int], ...] = ()
    """The words that show it, as character offsets; empty when only meaning suggested it."""
    name: str = ""
    """The concept's, as a person reads it."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a clause may be about."""

    concept: str
    likely: float
    """Of one, shared by everything that the clause may be about."""
    spans: tuple[tuple[int, int], ...] = ()
    """The words that name it; empty when it is only meant."""
    everyday: bool = False
    """A person or a place that every account names."""
    name: str = ""
    """The concept's, as a person reads it."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a query was understood to mean."""

    mentions: tuple[Mention, ...] = ()
    subjects: tuple[Subject, ...] = ()
    """What it is likely to be about, the likeliest first, whatever the library holds."""
    elsewhere: float = 0.0
    """How likely it is to have nothing to do with practice."""
    near: float = 1.0
    close: float = 1.0
    """How near it comes to any sentence of the lexicon, and to any concept."""
    names_practice: bool = False
    words: int = 0
    strange: tuple[str, ...] = ()
    """Terms that the lexicon has never met."""


class NamedConcept(Protocol):
    """A concept found in a text by its words."""

    @property
    def concept(self) -> str:
        """Its id."""

    @property
    def weight(self) -> float:
        """1 where the words say it; less where they only hint at it."""

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Characters of the words that show it."""


class FindsConcepts(Protocol):
    """Finds concepts by their words alone."""

    def find(self, text: str) -> Sequence[NamedConcept]:
        """The concepts of a text."""


@dataclass(frozen=True, slots=True)
class Professional:
    """How a review would put what somebody's words carry."""

    terms: Mapping[str, float]
    """Words of it, the telling ones more."""
    direction: Vectors | None
    """Its meaning, one row of length one, where there is an encoder."""


class ConceptReader(Protocol):
    """Finds concepts of the lexicon in learning points and in queries."""

    @property
    def checksum(self) -> str:
        """Changes whenever the tags it gives could change; the saved index is built again then."""

    @property
    def finder(self) -> FindsConcepts:
        """Finds the concepts that a text's own words name."""

    def of_points(
        self, texts: Sequence[str], headings: Sequence[str], vectors: Vectors | None
    ) -> list[dict[str, float]]:
        """The weight of each concept in each learning point."""

    def of_query(
        self, text: str, vectors: Vectors | None, held: Collection[str], *, parts: Sequence[str] = ()
    ) -> Meant:
        """What a query means, and the concepts it carries; `vectors` are its meaning and that of each of its `parts`,
        a row each, where there is an encoder.

        `held` are the concepts that some point of the library carries.
        """

    def professional(self, mentions: Sequence[Mention]) -> Professional:
        """How reviews speak of some concepts, each as much as it is carried."""

    def subjects(self, texts: Sequence[str], vectors: Vectors | None) -> list[tuple[Subject, ...]]:
        """What each of some clauses is likely to be about, the likeliest first, whatever the library holds; nothing
        for a clause that may well have nothing to do with practice."""


class Encoder(Protocol):
    """Turns texts into vectors whose products say how near two texts are in meaning."""

    @property
    def checksum(self) -> str:
        """Of the weights and of what is done with them."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row for each text."""


class PassageEncoder(Encoder, Protocol):
    """The same, and beside it a space in which what somebody says lies near the passage that answers it."""

    def encode_both(self, texts: Sequence[str], also: Sequence[str] = (), /) -> tuple[Vectors, Vectors]:
        """One row for each text in the one space, and for those `also` asked for; and one for each of `texts` in the
        other."""

    def is_outside(self, vector: Vectors, adapted: Vectors) -> bool:
        """Whether what was said, given as its rows in both, has nothing to do with practice."""
