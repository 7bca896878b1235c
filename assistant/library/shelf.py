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

from assistant.library.model import LearningPoint, Review
from assistant.library.parsing import parse
from assistant.library.review_file import ReviewFile, read_review_file
from assistant.resources import shipped


class ShippedReview:
    """A review of the program's own, parsed when somebody first asks for more than its name."""

    def __init__(self, path: Path) -> None:
        self.id = path.stem
        self._path = path

    @cached_property
    def file(self) -> ReviewFile:
        return read_review_file(self._path)

    @cached_property
    def points(self) -> Sequence[LearningPoint]:
        return parse(self.file.text, review=self.id, title=self.file.front.title, begin=self.file.body).points

    @cached_property
    def review(self) -> Review:
        return Review(**self.file.front.model_dump(), text=self.file.text, points=tuple(self.points))

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


@dataclass(frozen=True)
class _Reviews(Mapping[str, Review]):
    shelved: Mapping[str, ShippedReview]

    def __getitem__(self, review: str) -> Review:
        return self.shelved[review].review

    def __iter__(self) -> Iterator[str]:
        return iter(self.shelved)

    def __len__(self) -> int:
        return len(self.shelved)


class Library:
    """Every review at hand. `len` counts points; their order never changes while the reviews stay the same."""

    def __init__(self, shelved: Sequence[ShippedReview]) -> None:
        self._shelved = {review.id: review for review in shelved}
        self._order = list(shelved)
        self.reviews: Mapping[str, Review] = _Reviews(self._shelved)

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(review.count for review in self._order))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[LearningPoint]:
        for review in self._order:
            for ordinal in range(review.count):
                yield review.point(ordinal)

    def point(self, position: int) -> LearningPoint:
        """The point at `position`, from 0; IndexError outside."""
        if not 0 <= position < len(self):
            raise IndexError(position)
        at = bisect.bisect_right(self._ends, position)
        return self._order[at].point(position - (self._ends[at - 1] if at else 0))

    def by_id(self, point_id: str) -> LearningPoint:
        """The point called `point_id`; KeyError when there is none."""
        for point in self.reviews[point_id.split("/", 1)[0]].points:
            if point.id == point_id:
                return point
        raise KeyError(point_id)

    @cached_property
    def checksum(self) -> str:
        """Changes whenever the text of a review, or what the parser makes of it, does."""
        digest = hashlib.sha256()
        for review in self._order:
            digest.update(f"{review.id} {review.checksum}\n".encode())
        return digest.hexdigest()


def open_library(home: Path) -> Library:  # noqa: ARG001
    """The shipped reviews and then the user's own under `home`, each by id."""
    return Library([ShippedReview(path) for path in sorted((shipped("corpus") / "reviews").glob("*.md"))])
