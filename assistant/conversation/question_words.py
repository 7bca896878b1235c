"""How much some words share with the examples of each kind of question, word for word and run for run of two or three.

What few examples have counts for more. Says what the encoder is deaf to, how a question is turned ("should I have",
"am I allowed"), and all there is where nothing is read for its meaning. Knows nothing of what the kinds are.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

LONGEST_RUN = 3
_WORD = re.compile(r"[a-z0-9']+")


class QuestionWords:
    """The words of some examples, and the key of each one's kind."""

    def __init__(self, keys: Sequence[str], examples: Sequence[str]) -> None:
        self._keys = keys
        runs = [_runs(words) for words in examples]
        count = Counter(run for of_one in runs for run in of_one)
        self._worth = {run: math.log(len(runs) / times) for run, times in count.items() if times > 1}
        self._having: dict[str, list[tuple[int, float]]] = {}
        for row, of_one in enumerate(runs):
            for run, worth in self._weighed(of_one):
                self._having.setdefault(run, []).append((row, worth))

    def like(self, words: str) -> Mapping[str, float]:
        """By key, from 0 to 1, how much of them the example has that shares most."""
        shared: dict[int, float] = {}
        for run, worth in self._weighed(_runs(words)):
            for row, theirs in self._having.get(run, ()):
                shared[row] = shared.get(row, 0.0) + worth * theirs
        most: dict[str, float] = {}
        for row, value in shared.items():
            most[self._keys[row]] = max(most.get(self._keys[row], 0.0), value)
        return most

    def _weighed(self, runs: Iterable[str]) -> tuple[tuple[str, float], ...]:
        known = [(run, self._worth[run]) for run in runs if run in self._worth]
        length = math.sqrt(sum(worth * worth for _, worth in known)) or 1.0
        return tuple((run, worth / length) for run, worth in known)


def _runs(words: str) -> frozenset[str]:
    """Its words, and what stands side by side, where it begins and ends among it."""
    said = _WORD.findall(words.casefold().replace("’", "'"))
    bounded = ["<", *said, ">"]
    beside = (
        " ".join(bounded[at : at + length])
        for length in range(2, LONGEST_RUN + 1)
        for at in range(len(bounded) - length + 1)
    )
    return frozenset((*said, *beside))
