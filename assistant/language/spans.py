"""Stretches of a text, as the places where they begin and end.

Owns which of them holds a place and whether two share any. Knows nothing of what stands there.
"""

from __future__ import annotations

from collections.abc import Iterable

Span = tuple[int, int]
"""Where a stretch begins, and where what comes after it does."""


def holding(spans: Iterable[Span], at: int, otherwise: Span) -> Span:
    """The first of some stretches that holds the character at a place."""
    return next((one for one in spans if one[0] <= at < one[1]), otherwise)


def overlaps(span: Span, *others: Span) -> bool:
    """It shares some characters with any of the others."""
    return any(first < span[1] and span[0] < last for first, last in others)
