"""What goes wrong again and again in work with families: whether an answer shows it, and which points are about it.

People don't talk as reviews are written, so no answer lies near the point that bears on it. But a few things come back
in every review, and each of them calls for the same questions: which are called for, and where the answer lies, tells
which of them it shows. Points of any library are about one where they lie near the way reviews write of it and have
one of its words. Owns the use of what was learnt from `tools/training/practice-patterns/` (`python -m
tools.train_patterns`). Knows nothing of sessions, nor whether a point may be set beside an answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assistant.resources import shipped
from assistant.retrieval import index_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from assistant.library.points import LearningPoint
    from assistant.retrieval.protocols import Vectors

LEARNT = "patterns.learnt"
PARTS = ("names", "words", "counted", "typical", "keys", "head", "bias", "least", "written", "of")
"""A line a pattern: its name, the words of which a point must have one, the points that people chose for it, the most
telling first, and how a review would put it; of each question its key; how each question and each direction of an
answer's place speak for each pattern, and how surely it must be shown; and how reviews write of them, each with the row
of its pattern."""
NEAR = 0.64
"""Cosine of a point and the nearest sentence of a pattern from which on it's about that. From .58 on most were of
something beside it, as of fathers who live elsewhere for a man nobody knows."""
SHOWN = 0.09
"""How likely a pattern must be to be looked at, unless its own number says otherwise. Of writers left out, of what is
likeliest in twenty answers 59 in a hundred were chosen for."""


class Pattern(NamedTuple):
    """One of them, and how surely an answer shows it."""

    name: str
    sure: float
    counted: tuple[str, ...]
    """The points of the shipped reviews that people chose for it, by their ids, the most telling first."""
    written: str
    """As a review would put it."""


@dataclass(frozen=True)
class PracticePatterns:
    """What was learnt; nothing where it's of another encoder."""

    encoder: str
    """Its checksum."""

    def shown(self, called: Mapping[bytes, float], place: Vectors) -> tuple[Pattern, ...]:
        """Those that an answer shows, the surest first: `called` says how well each question would
        follow it, by its key, and `place` where it lies in the taught space."""
        if not self._arrays:
            return ()
        fits = np.array([called.get(key.tobytes(), 0.0) for key in self._arrays["keys"]])
        said = np.concatenate([fits, place])
        sure = 1 / (1 + np.exp(-(self._arrays["head"].astype(np.float64) @ said + self._arrays["bias"])))
        rows = [row for row in np.argsort(-sure, kind="stable") if sure[row] >= self._arrays["least"][row]]
        return tuple(
            Pattern(self.names[row], float(sure[row]), self._counted[row], self._lines("typical")[row]) for row in rows
        )

    def about(self, name: str, point: Callable[[int], LearningPoint], vectors: Vectors) -> NDArray[np.float64]:
        """For each of some points how near it comes to a pattern; 0 where it isn't about that. Only those that lie near
        are read, each by its place."""
        row = self.names.index(name)
        near: NDArray[np.float64] = (vectors @ self._written[self._arrays["of"] == row].T).max(axis=1).astype(float)
        near[near < NEAR] = 0
        for at in np.flatnonzero(near).tolist():
            if not self._words[row].search(point(at).text):
                near[at] = 0
        return near

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every pattern."""
        return self._lines("names")

    def _lines(self, name: str) -> tuple[str, ...]:
        return tuple(self._arrays[name].tobytes().decode().split("\n")) if self._arrays else ()

    @cached_property
    def _words(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(rf"\b(?:{words})", re.IGNORECASE) for words in self._lines("words"))

    @cached_property
    def _counted(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(line.split()) for line in self._lines("counted"))

    @cached_property
    def _written(self) -> Vectors:
        written: Vectors = self._arrays["written"].astype(np.float32)
        return written

    @cached_property
    def _arrays(self) -> index_file.Arrays:
        return index_file.peek(shipped("models") / LEARNT, *PARTS, made_from={"encoder": self.encoder})
