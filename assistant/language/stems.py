"""The telling words of a text about a family, without their endings, and how many of them two texts share.

Owns which words are so common in such talk that two people using them says nothing, and how an ending is taken off.
Knows nothing of what is compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[a-z]{4,}")
_ENDINGS = ("ing", "ed", "es", "s", "ly")
_SHORTEST_STEM = 4
_EVERYDAY = frozenset(
    "about after again alone also always anything because been before being between child children could does doing "
    "done each else even ever every family first from getting give given going have having here home into just know "
    "last like look made make many might more most much need never next nobody only other over people really said "
    "same should since some somebody something still such take tell than that them then there these they thing think "
    "this those though time today told until very want week well went were what when where which while whose will "
    "with without work worker would year your".split()
)
"""Words so common in talk about a family that two people using them says nothing."""


@lru_cache(maxsize=2048)
def stems(text: str) -> frozenset[str]:
    """The telling words of a text, without their endings."""
    words = (word for word in _WORD.findall(text.lower()) if word not in _EVERYDAY)
    return frozenset(without_ending(word, _ENDINGS, _SHORTEST_STEM) for word in words)


def alike(one: Iterable[str], other: Iterable[str]) -> float:
    """The share of telling words that two questions have in common."""
    first, second = frozenset(one), frozenset(other)
    return len(first & second) / len(first | second) if first and second else 0.0


def without_ending(word: str, endings: Iterable[str], shortest: int) -> str:
    """A word without the first of some endings that leaves it so many letters."""
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            return word[: -len(ending)]
    return word
