"""Danger told sideways: signs that no list of words holds, found by what the sentences mean.

Owns the use of what was learnt from `prompts/act-now-sentences.tsv`: one direction for each kind of danger in the
encoder's space (logistic regression). What it finds is always doubtful and asks one yes or no, because meaning alone
mistakes a tale, a plan or an old worry for the thing itself. Without the encoder's weights it finds nothing, and the
signs of danger.py stand alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from assistant.conversation.observed import Danger, DangerKind, Span
from assistant.library.sentences import sentences
from assistant.resources import shipped

if TYPE_CHECKING:
    from numpy.typing import NDArray

SENTENCES = "act-now-sentences.tsv"
LEARNT = "act-now.learnt"
KINDS: tuple[DangerKind, ...] = get_args(DangerKind)
SHARPNESS = 10.0
"""Vectors are of length one; this makes the learnt weights about that size too."""
MOST_LOOKED_AT = 60
"""Stretches of one answer that are encoded, at about 10 ms each; the signs of danger.py read all of it."""
LEAST_WORDS = 3


@dataclass(frozen=True)
class Learnt:
    """What each kind of danger looks like."""

    weights: NDArray[Any]
    """One row a kind, in the order of KINDS; the last column is the intercept."""
    thresholds: NDArray[Any]
    """The probability from which a kind is asked about."""
    floors: NDArray[Any]
    """The probability below which words that look like a kind are asked about rather than shown."""


class Sideways:
    """Finds danger by meaning. The encoder and what was learnt are opened at the first answer."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def weigh(self, words: str, by_words: tuple[Danger, ...]) -> tuple[Danger, ...]:
        """What the words show, and after it each other kind that some stretch of them means, to be asked about.

        Asking only about the likeliest would ask less and miss more: recall .94 in place of .97 on the reporting half.
        What the words seem to show and nothing in their meaning bears out is asked about too, never dropped.
        """
        stretches = list(_stretches(words))[:MOST_LOOKED_AT]
        if not stretches or self._encode is None or self._learnt is None:
            return by_words
        likely = probabilities(self._encode([words[start:end] for start, end in stretches]), self._learnt.weights)
        most = dict(zip(KINDS, likely.max(axis=0), strict=True))
        floors = dict(zip(KINDS, self._learnt.floors, strict=True))
        weighed = [
            danger if most[danger.kind] >= floors[danger.kind] else danger.model_copy(update={"confirm": True})
            for danger in by_words
        ]
        shown = {danger.kind for danger in by_words}
        for column, kind in enumerate(KINDS):
            if kind not in shown and most[kind] >= self._learnt.thresholds[column]:
                stretch = stretches[int(likely[:, column].argmax())]
                weighed.append(Danger(kind=kind, confirm=True, spans=(stretch,)))
        return tuple(weighed)

    @cached_property
    def _encode(self) -> Callable[[Sequence[str]], NDArray[Any]] | None:
        # The encoder's 90 MB are mapped, not read, but tokenizers and NumPy cost 0.1 s: only when an answer needs it.
        from assistant.retrieval.opening import open_encoder

        encoder = open_encoder(self._home)
        return encoder.encode if encoder else None

    @cached_property
    def _learnt(self) -> Learnt | None:
        from assistant.retrieval import persist

        arrays = persist.peek(shipped("prompts") / LEARNT, "weights", "thresholds", "floors", made_from={})
        return Learnt(**arrays) if arrays else None


def probabilities(vectors: NDArray[Any], weights: NDArray[Any]) -> NDArray[Any]:
    """How likely each text (row) means each kind of danger (column)."""
    import numpy as np

    likely: NDArray[Any] = 1.0 / (1.0 + np.exp(-(vectors * SHARPNESS @ weights[:, :-1].T + weights[:, -1])))
    return likely


def _stretches(words: str) -> Iterator[Span]:
    """Each sentence, and each with the one after it: danger is often told over two."""
    spans = list(sentences(words))
    for place, (start, end) in enumerate(spans):
        if len(words[start:end].split()) >= LEAST_WORDS:
            yield start, end
        if place + 1 < len(spans):
            yield start, spans[place + 1][1]
