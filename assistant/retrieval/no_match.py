"""When finding nothing is the right answer.

Owns two judgements about a query, which hang on its words and never on how large the library is: that it has nothing to
do with practice (the office, the weather, a slip of the keyboard, another language), and that it is about something
that no point of this library is about, which is worth saying by name. Knows nothing of ranking.

On 60 lines of the first sort by somebody who knew none of this 47 are silent (39 before their meaning was asked), and 6
of 419 judged queries with them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from assistant.retrieval import weights
from assistant.retrieval.protocols import Meant, Subject

STRANGE: Final = 0.5
"""Share of words that neither lexicon nor library has met, above which a query is no English of practice."""
SHORT: Final = 2
"""Words: "ok", "thanks for that"."""
UNSURE: Final = 0.35
FAR: Final = 0.24
"""From every sentence and every concept of practice."""

SURELY: Final = 0.9
HARDLY_ELSEWHERE: Final = 0.01
"""How likely a named subject must be, and how unlikely the office, for a query to be of practice whatever its meaning:
"build a combined history of significant events"."""

CARRIED: Final = 0.25
"""How much of a point must be about a concept for the library to hold something on it."""
HARDLY_CARRIED: Final = 0.1
ABSENT: Final = 0.3
"""How likely a concept must be to be what a query is about, for its absence to be named."""
SURELY_ABSENT: Final = 0.7
"""The same for nothing to be shown in its place."""


def is_outside(meant: Meant, is_known: Callable[[str], bool], *, means_nothing: bool = False) -> bool:
    """Whether a query has nothing to do with practice; `is_known` says which terms the library holds, and
    `means_nothing` that its meaning, taken by itself, has nothing to do with practice."""
    if means_nothing and meant.words > SHORT and not _surely_practice(meant):
        return True
    if meant.elsewhere >= (weights.SURELY_ELSEWHERE if meant.names_practice else weights.ELSEWHERE):
        return True
    strange = [term for term in meant.strange if not is_known(term)]
    if not meant.words or len(strange) > STRANGE * meant.words:
        return True
    likely = meant.subjects[0].likely if meant.subjects else 0.0
    if meant.names_practice or likely >= UNSURE:
        return False
    a_name_of_the_library = len(strange) < len(meant.strange)
    is_short = meant.words <= SHORT and not a_name_of_the_library
    return is_short or (meant.near < FAR and meant.close < FAR)


def _surely_practice(meant: Meant) -> bool:
    likely = meant.subjects[0].likely if meant.subjects else 0.0
    return meant.names_practice and likely >= SURELY and meant.elsewhere < HARDLY_ELSEWHERE


def absent(subjects: Sequence[Subject], carried: Callable[[str], float]) -> tuple[str, bool] | None:
    """The name of what a query is about and the library is not, and whether nothing else will do in its place.

    `carried` says how much the point that is most about a concept is about it.
    """
    if not subjects or subjects[0].likely < ABSENT or carried(subjects[0].concept) >= CARRIED:
        return None
    first, *others = subjects
    meant_too = [other for other in others if other.spans or other.likely >= ABSENT]
    in_its_place = first.everyday or any(carried(other.concept) >= CARRIED for other in meant_too)
    surely = first.likely >= SURELY_ABSENT and carried(first.concept) < HARDLY_CARRIED and not in_its_place
    return first.name or first.concept, surely
