"""What single words and runs of two and three say for each kind of danger.

Owns the cutting of talk into such runs and the sum of what was learnt of each. Needs no encoder: where there is none,
these sums and the signs of danger_finder.py are all that is known. Knows nothing of levels or cards.
"""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.noticing.danger_columns import joined, names, parted

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST_RUN = 3
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
LEAST_SAID = 30.0
"""What about eight words weigh. Of fewer, each counts no more than it would among eight: "mum says he's fine" is a
grave thing after a grave thing and nothing by itself."""
_EDGES = ("<", ">")
"""Where a sentence begins and ends: "he's fine" said alone is not "he's fine" in passing."""


def runs(sentences: Sequence[str]) -> Iterator[int]:
    """Each word of the sentences and each run of two or three, as a number that stands for it."""
    for sentence in sentences:
        words = [word.lower().replace("’", "'") for word in _WORD.findall(sentence)]
        bounded = [_EDGES[0], *words, _EDGES[1]]
        for length in range(1, LONGEST_RUN + 1):
            within = words if length == 1 else bounded
            for first in range(len(within) - length + 1):
                yield zlib.crc32(" ".join(within[first : first + length]).encode("utf-8", "replace"))


def word_names() -> tuple[str, ...]:
    """The arrays that hold what was learnt of runs."""
    return ("runs.known", "runs.rarity", *names("runs.weights", "runs.bias"))


@dataclass(frozen=True)
class WordWeights:
    """What was learnt of each run."""

    known: NDArray[Any]
    """The numbers of the runs, in order."""
    rarity: NDArray[Any]
    """Of each run among answers."""
    weights: NDArray[Any]
    """A row a run, a column a kind; the last column is danger of any kind."""
    bias: NDArray[Any]
    """Of each column."""

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> WordWeights:
        """As they are kept."""
        import numpy as np

        weights = np.ascontiguousarray(joined("runs.weights", arrays).T)
        return cls(arrays["runs.known"], arrays["runs.rarity"], weights, joined("runs.bias", arrays))

    def kept(self) -> dict[str, NDArray[Any]]:
        """The arrays that `of` reads."""
        columns = {**parted("runs.weights", self.weights.T), **parted("runs.bias", self.bias)}
        return {"runs.known": self.known, "runs.rarity": self.rarity, **columns}

    def speaks(self, sentences: Sequence[str]) -> NDArray[Any]:
        """For each kind and for any, how much the runs of some sentences, read together, speak for it."""
        import numpy as np

        rows, shares = self.shares(sentences)
        spoken: NDArray[Any] = shares @ self.weights[rows].astype(np.float32) + self.bias
        return spoken

    def shares(self, sentences: Sequence[str]) -> tuple[NDArray[Any], NDArray[Any]]:
        """The known runs among some sentences, and how much each counts: rare ones more, together one at the most."""
        import numpy as np

        counts = Counter(runs(sentences))
        numbers = np.array(sorted(counts), dtype=np.uint32)
        rows = np.searchsorted(self.known, numbers)
        held = self.known[np.minimum(rows, len(self.known) - 1)] == numbers
        often = np.array([1 + math.log(counts[number]) for number in numbers[held].tolist()], dtype=np.float32)
        shares = often * self.rarity[rows[held]].astype(np.float32)
        return rows[held], shares / max(float(np.linalg.norm(shares)), LEAST_SAID)
