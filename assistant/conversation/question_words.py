"""How much some words share with the examples of each kind of question, word for word and run for run of two or three.

What few examples have counts for more. Says what the encoder is deaf to, how a question is turned ("should I have",
"am I allowed"), and all there is where nothing is read for its meaning. Knows nothing of what the kinds are.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

LONGEST_RUN = 3
_WORD = re.compile(r"[a-z0-9']+")


class QuestionWords:
    """The words of some examples, and the key of each one's kind."""

    def __init__(self, keys: Sequence[str], examples: Sequence[str]) -> None:
        import numpy as np

        runs = [_runs(words) for words in examples]
        count = Counter(run for of_one in runs for run in of_one)
        self._worth = {run: math.log(len(runs) / times) for run, times in count.items() if times > 1}
        having: dict[str, list[tuple[int, float]]] = {}
        for row, of_one in enumerate(runs):
            for run, worth in self._weighed(of_one):
                having.setdefault(run, []).append((row, worth))
        self._rows = np.array([row for of_run in having.values() for row, _ in of_run], dtype=np.int32)
        self._theirs = np.array([worth for of_run in having.values() for _, worth in of_run])
        ends = accumulate(map(len, having.values()))
        self._of_run = {run: slice(end - len(rows), end) for (run, rows), end in zip(having.items(), ends, strict=True)}
        """Where in both the rows are that have a run, and what it's worth there."""
        number = {key: at for at, key in enumerate(dict.fromkeys(keys))}
        self._keys = tuple(number)
        self._key_of_row = np.array([number[key] for key in keys], dtype=np.int32)

    def like(self, words: str) -> Mapping[str, float]:
        """By key, from 0 to 1, how much of them the example has that shares most."""
        import numpy as np

        shared = np.zeros(len(self._key_of_row))
        for run, worth in self._weighed(_runs(words)):
            here = self._of_run[run]
            shared[self._rows[here]] += worth * self._theirs[here]
        most = np.zeros(len(self._keys))
        np.maximum.at(most, self._key_of_row, shared)
        return {key: value for key, value in zip(self._keys, most.tolist(), strict=True) if value}

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
