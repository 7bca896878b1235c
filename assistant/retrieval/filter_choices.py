"""Which learning points somebody wants to see at all.

Owns the choices; what they let through is `filter_mask.py`'s.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.library.points import Audience, Kind


@dataclass(frozen=True, slots=True)
class Filters:
    """Every choice that is made must hold; within one choice any of its values will do."""

    reviews: frozenset[str] = frozenset()
    publishers: frozenset[str] = frozenset()
    audiences: frozenset[Audience] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    concepts: frozenset[str] = frozenset()
    """What a theme comes down to: a point must carry at least one of these concepts."""
    years: tuple[int, int] | None = None
    """First and last year of publication; reviews that print no date are left out."""


EVERYTHING = Filters()
