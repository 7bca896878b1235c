"""Danger told sideways: signs that no list of words holds, found by what the sentences mean.

Owns the use of what was learnt from `prompts/act-now-sentences.tsv`: the encoder's last layers taught further, and one
direction for each kind of danger in the space they make. Words and meaning check one another: what the words show and
the meaning does not bear out is asked about, never dropped; what only the meaning shows is asked about too, unless it
is sure. Without the encoder's weights it finds nothing, and the signs of danger.py stand alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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
LAYERS = (2, 3, 4, 5)
"""Of the encoder's six, those taught further. The last two alone found 50 real signs where these find 62."""


@dataclass(frozen=True)
class Learnt:
    """What each kind of danger looks like."""

    layers: Mapping[str, NDArray[Any]]
    """The taught tensors of the encoder, by their published names."""
    directions: NDArray[Any]
    """One row a kind, in the order of KINDS; the last column is the intercept."""
    asked: float
    """The probability from which a kind is asked about."""
    shown: float
    """The probability from which it is shown at once, whatever the words."""


class Sideways:
    """Finds danger by meaning. The encoder and what was learnt are opened at the first answer."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def weigh(self, words: str, by_words: tuple[Danger, ...]) -> tuple[Danger, ...]:
        """What the words show, made doubtful where the meaning does not bear it out, and after it what meaning adds."""
        stretches = list(_stretches(words))[:MOST_LOOKED_AT]
        if not stretches or self._encode is None or self._learnt is None:
            return by_words
        likely = probabilities(self._encode([words[start:end] for start, end in stretches]), self._learnt.directions)
        most = dict(zip(KINDS, likely.max(axis=0), strict=True))
        weighed = [
            danger if most[danger.kind] >= self._learnt.asked else danger.model_copy(update={"confirm": True})
            for danger in by_words
        ]
        shown = {danger.kind for danger in by_words}
        for column, kind in enumerate(KINDS):
            if kind not in shown and most[kind] >= self._learnt.asked:
                stretch = stretches[int(likely[:, column].argmax())]
                weighed.append(Danger(kind=kind, confirm=bool(most[kind] < self._learnt.shown), spans=(stretch,)))
        return tuple(weighed)

    @cached_property
    def _encode(self) -> Callable[[Sequence[str]], NDArray[Any]] | None:
        # The encoder's 90 MB are mapped, not read, but tokenizers and NumPy cost 0.1 s: only when an answer needs it.
        from assistant.retrieval.opening import open_encoder

        encoder = open_encoder(self._home)
        return encoder.taught(self._learnt.layers).encode if encoder and self._learnt else None

    @cached_property
    def _learnt(self) -> Learnt | None:
        from assistant.retrieval import persist
        from assistant.retrieval.encoder import layer_tensors

        names = layer_tensors(LAYERS)
        arrays = persist.peek(shipped("prompts") / LEARNT, "directions", "edges", *names, made_from={})
        if not arrays:
            return None
        asked, shown = arrays["edges"].tolist()
        return Learnt({name: arrays[name] for name in names}, arrays["directions"], asked, shown)


def probabilities(vectors: NDArray[Any], directions: NDArray[Any]) -> NDArray[Any]:
    """How likely each text (row) means each kind of danger (column)."""
    import numpy as np

    likely: NDArray[Any] = 1.0 / (1.0 + np.exp(-(vectors * SHARPNESS @ directions[:, :-1].T + directions[:, -1])))
    return likely


def _stretches(words: str) -> Iterator[Span]:
    """Each sentence, and each with the one after it: danger is often told over two."""
    spans = list(sentences(words))
    for place, (start, end) in enumerate(spans):
        if len(words[start:end].split()) >= LEAST_WORDS:
            yield start, end
        if place + 1 < len(spans):
            yield start, spans[place + 1][1]
