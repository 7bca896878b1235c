"""Links between the reviews of a library as it grows.

Owns when they are worked out afresh and when only those of a new review are: an add costs as its document does, not as
the library. How alike two points are is for `similar_points`, the files for `storage`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.library.library import Library, open_library
from assistant.library.similar_points import (
    MOST_LINKS,
    Part,
    holders_of,
    near_points,
    nearest_first,
    parts_of,
)
from assistant.library.storage import one_at_a_time, read_link_state, store_links

_GROWN = 1.5
"""Times the points from which stems are weighed anew. A library that has grown less weighs them as before; so each
point is gone over a few times in all, however many reviews are added one by one."""
_REMEMBERED = 2 * MOST_LINKS
"""Near points remembered of each, so that some are left when a review is taken out."""


@dataclass(frozen=True)
class _State:
    """What was worked out of a library, and from what."""

    reviews: Mapping[str, str]
    """The checksum of each."""
    parts: Mapping[str, Sequence[Part]]
    near: Mapping[str, Mapping[str, float]]
    holders: Mapping[str, int]
    weighed: int
    """How many parts there were when the stems were weighed."""


def relink(home: Path) -> None:
    """Bring the links up to the library as it is now."""
    library = open_library(home)
    before = _from_data(read_link_state(home))
    reviews = {review: library.shelved(review).checksum for review in library.ids}
    known = (
        {review for review, checksum in before.reviews.items() if reviews.get(review) == checksum} if before else set()
    )
    parts = {
        review: before.parts[review] if before and review in known else _parts(library, review)
        for review in library.ids
    }
    total = sum(map(len, parts.values()))
    state = (
        _added(parts, reviews, before, known)
        if before and known and total <= _GROWN * before.weighed
        else _afresh(parts, reviews)
    )
    links = {point: nearest_first(near) for point, near in state.near.items()}
    with one_at_a_time(home):
        store_links(library.checksum, links, home, state=_as_data(state))


def _parts(library: Library, review: str) -> Sequence[Part]:
    shelved = library.shelved(review)
    return parts_of(shelved.point(at) for at in range(shelved.count))


def _afresh(parts: Mapping[str, Sequence[Part]], reviews: Mapping[str, str]) -> _State:
    every = [part for of_review in parts.values() for part in of_review]
    holders = holders_of(every)
    return _State(reviews, parts, _remembered(near_points(every, holders)), holders, len(every))


def _added(parts: Mapping[str, Sequence[Part]], reviews: Mapping[str, str], before: _State, known: set[str]) -> _State:
    """What is known of the reviews that are as they were, with what the new ones have in common with any."""
    near = {
        point: {other: cosine for other, cosine in others.items() if _review(other) in known}
        for point, others in before.near.items()
        if _review(point) in known
    }
    new = reviews.keys() - known
    every = [part for of_review in parts.values() for part in of_review]
    for point, others in near_points(every, before.holders, before.weighed, of=new).items() if new else ():
        near[point] = others
        for other, cosine in others.items():
            near.setdefault(other, {})[point] = cosine
    return _State(reviews, parts, _remembered(near), before.holders, before.weighed)


def _remembered(near: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    return {
        point: dict(sorted(others.items(), key=lambda other: (-other[1], other[0]))[:_REMEMBERED])
        for point, others in near.items()
        if others
    }


def _review(point: str) -> str:
    return point.split("/", 1)[0]


def _as_data(state: _State) -> dict[str, Any]:
    parts = {
        review: [[name, sorted(stems), sorted(practices)] for name, _, stems, practices in of_review]
        for review, of_review in state.parts.items()
    }
    return {
        "reviews": dict(state.reviews),
        "parts": parts,
        "near": state.near,
        "holders": dict(state.holders),
        "weighed": state.weighed,
    }


def _from_data(data: dict[str, Any] | None) -> _State | None:
    """The state as it was stored; None where none was, or it is not what this program stores."""
    if data is None:
        return None
    try:
        return _State(
            data["reviews"],
            {
                review: [(name, review, frozenset(stems), frozenset(practices)) for name, stems, practices in parts]
                for review, parts in data["parts"].items()
            },
            data["near"],
            data["holders"],
            data["weighed"],
        )
    except (KeyError, TypeError, ValueError):
        return None
