"""Danger told sideways: signs that no list of words holds, found by what the sentences mean.

Owns the use of what was learnt from `prompts/act-now-sentences.tsv`: the encoder's last layers taught further, and one
direction for each kind of danger in the space they make. Words and meaning check one another: what the words show and
the meaning does not bear out is asked about, never dropped; what only the meaning shows is asked about too, unless it
is sure. The sentences around can make either doubtful, never silence it. Without the encoder's weights it finds
nothing, and the signs of danger.py stand alone.
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
        """What the words show, made doubtful where meaning does not bear it out, and what only meaning shows.

        The sure come first, and the likelier of them.
        """
        spans = list(sentences(words))
        stretches = list(_stretches(words, spans))[:MOST_LOOKED_AT]
        if not stretches or self._learnt is None or self._likely is None:
            return by_words
        likely = self._likely([words[start:end] for start, end in stretches])
        closest = {kind: stretches[at] for kind, at in zip(KINDS, likely.argmax(axis=0), strict=True)}
        most = dict(zip(KINDS, likely.max(axis=0), strict=True))
        meant = [kind for kind in KINDS if most[kind] >= self._learnt.asked]
        borne_out = {kind for kind in meant if self._with_what_stands_around(words, closest[kind], spans, kind)}
        sure = {kind for kind in borne_out if most[kind] >= self._learnt.shown}
        by_kind = {danger.kind for danger in by_words}
        weighed = (
            *(one if one.kind in borne_out else one.model_copy(update={"confirm": True}) for one in by_words),
            *(
                Danger(kind=kind, confirm=kind not in sure, spans=(closest[kind],))
                for kind in meant
                if kind not in by_kind
            ),
        )
        return tuple(sorted(weighed, key=lambda one: (one.confirm, -most[one.kind])))

    def _with_what_stands_around(self, words: str, stretch: Span, spans: Sequence[Span], kind: DangerKind) -> bool:
        """Whether a stretch still means danger with the sentence before it and the one after."""
        assert self._likely and self._learnt
        within = [place for place, (start, end) in enumerate(spans) if start < stretch[1] and end > stretch[0]]
        start, end = spans[max(0, within[0] - 1)][0], spans[min(len(spans) - 1, within[-1] + 1)][1]
        return bool(self._likely([words[start:end]])[0, KINDS.index(kind)] >= self._learnt.asked)

    @cached_property
    def _likely(self) -> Callable[[Sequence[str]], NDArray[Any]] | None:
        """How likely each text (row) means each kind of danger (column)."""
        # The encoder's 90 MB are mapped, not read, but tokenizers and NumPy cost 0.1 s: only when an answer needs it.
        from assistant.retrieval.opening import open_encoder

        learnt, published = self._learnt, open_encoder(self._home)
        if learnt is None or published is None:
            return None
        encode = published.taught(learnt.layers).encode
        return lambda texts: probabilities(encode(texts), learnt.directions)

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


def _stretches(words: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Each sentence, and each with the one after it: danger is often told over two."""
    for place, (start, end) in enumerate(spans):
        if len(words[start:end].split()) >= LEAST_WORDS:
            yield start, end
        if place + 1 < len(spans):
            yield start, spans[place + 1][1]
