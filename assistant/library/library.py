"""The library as the other rooms see it: reviews, and their points at stable positions.

Owns the order of the points and what is read when. Shipped reviews are parsed from `corpus/reviews/`; a team's own were
parsed when they were added and stand in the user's folder, where one point is read without reading the rest. How a
document is cut, and how one is added, are for other modules.
"""

from __future__ import annotations

import bisect
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Protocol

from assistant.library.editor_notes import EditorsNote, read_notes
from assistant.library.glossary import Explanation, explanations, glossary
from assistant.library.parsing import parse
from assistant.library.points import LearningPoint, Review
from assistant.library.review_file import FrontMatter, ReviewFile, read_review_file
from assistant.library.similar_points import links
from assistant.library.storage import read_links, stored_reviews
from assistant.resources import shipped

MOST_OPENED = 32
"""Whole reviews held at once; a library may have a thousand."""


class ShelvedReview(Protocol):
    """One review on a library, of which as little is read as is asked for."""

    @property
    def id(self) -> str: ...
    @property
    def front(self) -> FrontMatter: ...
    @property
    def file(self) -> ReviewFile: ...
    @property
    def count(self) -> int: ...
    @property
    def checksum(self) -> str: ...
    @property
    def points(self) -> Sequence[LearningPoint]: ...
    def point(self, ordinal: int) -> LearningPoint: ...


class ShippedReview:
    """A review of the program's own, parsed when somebody first asks for more than its name."""

    def __init__(self, path: Path) -> None:
        self.id = path.stem
        self._path = path

    @cached_property
    def file(self) -> ReviewFile:
        return read_review_file(self._path)

    @property
    def front(self) -> FrontMatter:
        return self.file.front

    @cached_property
    def points(self) -> Sequence[LearningPoint]:
        return parse(self.file.text, review=self.id, title=self.front.title, begin=self.file.body).points

    @property
    def count(self) -> int:
        return len(self.points)

    @property
    def checksum(self) -> str:
        """Of the text and of what was made of it."""
        digest = hashlib.sha256(self.file.text.encode())
        for point in self.points:
            digest.update(point.model_dump_json().encode())
        return digest.hexdigest()

    def point(self, ordinal: int) -> LearningPoint:
        return self.points[ordinal]


class _Reviews(Mapping[str, Review]):
    """Every review by its id, each put together when it is asked for."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._opened: dict[str, Review] = {}

    def __getitem__(self, review: str) -> Review:
        if review not in self._opened:
            shelved = self._library.shelved(review)
            if len(self._opened) == MOST_OPENED:
                self._opened.clear()
            points = tuple(self._library.points_of(review))
            self._opened[review] = Review(**shelved.front.model_dump(), text=shelved.file.text, points=points)
        return self._opened[review]

    def __iter__(self) -> Iterator[str]:
        return iter(self._library.ids)

    def __len__(self) -> int:
        return len(self._library.ids)

    def __contains__(self, review: object) -> bool:
        return review in self._library.ids


@dataclass(frozen=True)
class Card:
    """What a list of reviews shows of one."""

    front: FrontMatter
    points: int
    own: bool
    """Added by the user, and theirs to remove."""


class Library:
    """Every review at hand. `len` counts points; their order never changes while the reviews stay the same."""

    def __init__(self, shelved: Sequence[ShelvedReview], home: Path, damaged: Sequence[str] = ()) -> None:
        self._shelved = {review.id: review for review in shelved}
        self._home = home
        self._glossaries: dict[str, tuple[Explanation, ...]] = {}
        self._notes: dict[str, tuple[EditorsNote, ...]] = {}
        self.reviews: Mapping[str, Review] = _Reviews(self)
        self.damaged = tuple(damaged)
        """A sentence about each review in the user's folder that could not be opened."""

    @property
    def ids(self) -> Sequence[str]:
        """The reviews' ids: the shipped ones, then the user's own."""
        return tuple(self._shelved)

    def card(self, review: str) -> Card:
        """What a review is, without reading it. KeyError when there is none."""
        shelved = self._shelved[review]
        return Card(shelved.front, shelved.count, own=not isinstance(shelved, ShippedReview))

    def shelved(self, review: str) -> ShelvedReview:
        return self._shelved[review]

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[LearningPoint]:
        for review in self._shelved:
            yield from self.points_of(review)

    def points_of(self, review: str) -> Iterator[LearningPoint]:
        """The points of one review, in the order of the document. KeyError when there is none."""
        shelved = self._shelved[review]
        return (self._linked(shelved.point(ordinal)) for ordinal in range(shelved.count))

    def point(self, position: int) -> LearningPoint:
        """The point at `position`, from 0; IndexError outside."""
        if not 0 <= position < len(self):
            raise IndexError(position)
        at = bisect.bisect_right(self._ends, position)
        shelved = list(self._shelved.values())[at]
        return self._linked(shelved.point(position - (self._ends[at - 1] if at else 0)))

    def by_id(self, point_id: str) -> LearningPoint:
        """The point called `point_id`; KeyError when there is none."""
        for point in self._shelved[point_id.split("/", 1)[0]].points:
            if point.id == point_id:
                return self._linked(point)
        raise KeyError(point_id)

    @cached_property
    def checksum(self) -> str:
        """Changes whenever the text of a review, or what the parser makes of it, does."""
        digest = hashlib.sha256()
        for review in self._shelved.values():
            digest.update(f"{review.id} {review.checksum}\n".encode())
        return digest.hexdigest()

    def explain(self, point: LearningPoint) -> tuple[Explanation, ...]:
        """The abbreviations and footnotes in a point, in the words of its own document."""
        if point.review not in self._glossaries:
            file = self._shelved[point.review].file
            self._glossaries[point.review] = glossary(file.text, file.body)
        return explanations(point.text, self._glossaries[point.review])

    def notes(self, point: LearningPoint) -> tuple[EditorsNote, ...]:
        """What an editor noted about the words of a point."""
        if point.review not in self._notes:
            self._notes[point.review] = read_notes(point.review, self._shelved[point.review].file.text, self._home)
        return tuple(note for note in self._notes[point.review] if note.concerns(point))

    def links(self) -> dict[str, tuple[str, ...]]:
        """For each point those of other reviews that teach the same, worked out afresh."""
        return links(shelved.point(at) for shelved in self._shelved.values() for at in range(shelved.count))

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(review.count for review in self._shelved.values()))

    @cached_property
    def _links_in_memory(self) -> Mapping[str, tuple[str, ...]]:
        return self.links()

    @cached_property
    def _links_read(self) -> dict[str, Mapping[str, tuple[str, ...]] | None]:
        return {}

    def _linked(self, point: LearningPoint) -> LearningPoint:
        if point.review not in self._links_read:
            self._links_read[point.review] = read_links(self.checksum, point.review, self._home)
        known = self._links_read[point.review]
        also_in = (self._links_in_memory if known is None else known).get(point.id)
        return point.model_copy(update={"also_in": also_in}) if also_in else point


def open_library(home: Path) -> Library:
    """The shipped reviews and then the user's own under `home`, each by id."""
    program: list[ShelvedReview] = [
        ShippedReview(path) for path in sorted((shipped("corpus") / "reviews").glob("*.md"))
    ]
    own, damaged = stored_reviews(home)
    taken = {review.id for review in program}
    named_alike = [review.id for review in own if review.id in taken]
    damaged += [f"Your review “{review}” has the name of a shipped one; add it again." for review in named_alike]
    return Library([*program, *(review for review in own if review.id not in taken)], home, damaged)
