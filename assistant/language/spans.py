"""Stretches of a text, as the places where they begin and end.

Owns which of them holds a place, whether two share any, and how much. Knows nothing of what stands there.
"""

from __future__ import annotations

from collections.abc import Iterable

Span = tuple[int, int]
"""Where a stretch begins, and where what comes after it does."""
NEARLY_ALL = 0.7
"""Of its characters."""


def holding(spans: Iterable[Span], at: int, otherwise: Span) -> Span:
    """The first of some stretches that holds the character at a place."""
    return next((one for one in spans if one[0] <= at < one[1]), otherwise)


def overlaps(span: Span, *others: Span) -> bool:
    """It shares some characters with any of the others."""
    return any(first < span[1] and span[0] < last for first, last in others)


def nearly_all_within(span: Span, others: Iterable[Span]) -> bool:
    """Nearly all of its characters stand in some of the others, which share none with one another."""
    held = sum(max(0, min(last, span[1]) - max(first, span[0])) for first, last in others)
    return held >= NEARLY_ALL * (span[1] - span[0])
