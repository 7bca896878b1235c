"""What the rules may look things up in: prompts, the library, the search, and what can be noticed.

Brings them together for one session. Everything here answers the same words in the same way every time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from assistant.conversation.observed import Danger, Noticing, ObservationKind
from assistant.conversation.prompts import Probe, Prompts
from assistant.library.model import LearningPoint, Review
from assistant.retrieval.model import SearchResult


@dataclass(frozen=True)
class CloserLook:
    """What may be asked when something was noticed, and the theme it calls for."""

    probes: tuple[Probe, ...]
    theme: str | None = None


@dataclass(frozen=True)
class Knowledge:
    """All that a session draws on beside the words of the people in it."""

    prompts: Prompts
    search: Callable[[str], SearchResult]
    """The learning that bears on some words."""
    notice: Callable[[str, frozenset[str]], Noticing]
    """What an account shows and leaves out, given the background that earlier answers established."""
    card: Callable[[Danger, str], str]
    """The text of an act-now card for a danger and the words that showed it."""
    review: Callable[[str], Review | None]
    """A review by its id."""
    points: Callable[[str], tuple[LearningPoint, ...]]
    """The learning points of a review, in the order of the document."""
    concepts: Mapping[str, str] = field(default_factory=dict)
    """The name of each concept of the lexicon by its id."""
    closer: Mapping[ObservationKind, CloserLook] = field(default_factory=dict)
    """What to ask about each kind of observation, the most telling first."""
