"""An answer in a conversation, as the search for learning that bears on it needs it.

Owns the shape alone, so that the conversation need not load what judges it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """What was just said, and in what conversation."""

    words: str
    before: tuple[str, ...] = ()
    """What was said earlier, oldest first: what the conversation is about."""
    shown: frozenset[str] = frozenset()
    """Ids of points that it has seen; none is shown again."""
    subjects_shown: tuple[str, ...] = ()
    """Concepts that brought those points, each as often as it did."""
    passed_over: frozenset[str] = frozenset()
    """Ids of reviews none of whose points is looked for."""
