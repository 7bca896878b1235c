"""How well each of several questions would follow an answer, and which learning bears on it: the encoder's last layers,
taught further to read one upon the other.

Owns the use of what was learnt from `tools/training/next-questions/` (`python -m tools.train_reranker`): talks in which
people who know supervision rated what might be asked next as good, harmless or jarring, and learning as bearing on what
was said or not. The answer is read once, and what was said before it once in a session; each question then looks at
both, so that thirty questions cost little more than one. Knows nothing of sessions, and not why a question is there to
be asked. Where nothing is learnt, or the encoder's weights are not installed, it is silent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.language.spans import overlaps
from assistant.noticing.danger_reader import SCALE
from assistant.noticing.observations import Span
from assistant.retrieval.taught_layers import kept_as, opened, taught_encoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.retrieval.encoder import Encoder
    from assistant.retrieval.layers import LookedAt

LEARNT = "reranker.learnt"
LAYERS = (4, 5)
"""Of the encoder's six, those taught further."""
MOST_OF_ASKED, MOST_OF_ANSWER, MOST_OF_CANDIDATE, MOST_OF_LEARNING = 28, 90, 40, 48
"""Pieces of words read; of a longer answer those about the words a question is on."""
MOST_BEFORE = 6
"""Earlier answers that are looked at: the first of all, which tells what the talk is about, and the last."""
MOST_OF_ASKED_BEFORE, MOST_OF_THE_FIRST, MOST_OF_ONE_BEFORE = 10, 80, 32
"""Pieces of each."""
MOST_CHARACTERS = 600
"""Enough to hold so many pieces, and few enough for the tokenizer to read all."""
ASKED, ANSWER, MEANT, CANDIDATE, BEFORE, LEARNING = range(6)
"""What a piece belongs to: the question answered, the answer, the words of it that a question is on, that question,
what was said before, learning."""
MANY = 8
"""Candidates from which half are read on another processor."""
PARTS = ("part", "looks-for", "speaks", "bias")
GIVEN_BACK = re.compile(r"“[^”]*”")
"""The words that a question gives back."""


class Exchange(NamedTuple):
    """A question, its answer, and what was asked and answered before them, oldest first."""

    asked: str
    answer: str
    before: tuple[tuple[str, str], ...] = ()


class Candidate(NamedTuple):
    """A question that might come next, and the words of the answer it is on."""

    text: str
    span: Span | None


class Fit(NamedTuple):
    """What speaks for a question, as log odds."""

    harmless: float
    """That it doesn't jar."""
    good: float
    """That somebody who knows supervision would be glad to have asked it."""

    @property
    def value(self) -> float:
        """What questions are ranked by."""
        return HARMLESS * self.harmless + self.good


HARMLESS = 2.0
"""What not jarring counts beside being good. In the talks of a writer not learnt from, of 140 first questions 31 in a
hundred were good and 20 jarred; counting half, as was taught, 31 and 29; without what was said before, 15 and 31."""


@dataclass(frozen=True)
class Placed:
    """An answer after its question, as pieces, and what each belongs to."""

    pieces: tuple[int, ...]
    belongs: tuple[int, ...]


def before_as_read(encoder: Encoder, exchange: Exchange) -> tuple[tuple[int, ...], ...]:
    """What was said earlier, each answer after its question."""
    from assistant.retrieval.encoder import CLOSES, OPENS

    said = exchange.before
    if len(said) > MOST_BEFORE:
        said = (said[0], *said[1 - MOST_BEFORE :])
    return tuple(
        (
            OPENS,
            *encoder.placed(asked)[0][-MOST_OF_ASKED_BEFORE:],
            CLOSES,
            *encoder.placed(answer[:MOST_CHARACTERS])[0][: MOST_OF_ONE_BEFORE if place else MOST_OF_THE_FIRST],
            CLOSES,
        )
        for place, (asked, answer) in enumerate(said)
    )


def learning_as_read(encoder: Encoder, text: str) -> tuple[int, ...]:
    """A learning point."""
    from assistant.retrieval.encoder import CLOSES, OPENS

    return (OPENS, *encoder.placed(text[:MOST_CHARACTERS])[0][:MOST_OF_LEARNING], CLOSES)


def answer_as_read(encoder: Encoder, exchange: Exchange, span: Span | None) -> Placed:
    """The answer with the words marked that a question is on."""
    from assistant.retrieval.encoder import CLOSES, OPENS

    asked, answer, _ = exchange
    before = encoder.placed(asked)[0][-MOST_OF_ASKED:]
    start, end = span or (0, 0)
    first = max(0, min((start + end) // 2 - MOST_CHARACTERS // 2, len(answer) - MOST_CHARACTERS))
    pieces, places = encoder.placed(answer[first : first + MOST_CHARACTERS])
    start, end = start - first, end - first
    belongs = [MEANT if overlaps((start, end), place) else ANSWER for place in places]
    if len(pieces) > MOST_OF_ANSWER:
        meant = [at for at, part in enumerate(belongs) if part == MEANT] or [0, 0]
        middle = (meant[0] + meant[-1] + 1) // 2
        first = max(0, min(len(pieces) - MOST_OF_ANSWER, middle - MOST_OF_ANSWER // 2))
        pieces, belongs = pieces[first : first + MOST_OF_ANSWER], belongs[first : first + MOST_OF_ANSWER]
    whole = (OPENS, *before, CLOSES, *pieces, CLOSES)
    return Placed(whole, (*[ASKED] * (len(before) + 2), *belongs, ANSWER))


def candidate_as_read(encoder: Encoder, candidate: Candidate) -> tuple[int, ...]:
    """A question without the words it gives back: those are marked in the answer."""
    from assistant.retrieval.encoder import CLOSES, OPENS

    text = GIVEN_BACK.sub("“…”", candidate.text) if candidate.span else candidate.text
    return (OPENS, *encoder.placed(text)[0][:MOST_OF_CANDIDATE], CLOSES)


class Reranker:
    """Reads candidates and learning. What was learnt is opened at the first answer."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._read = lru_cache(maxsize=8)(self._read_anew)

    def read(self, exchange: Exchange, candidates: Sequence[Candidate]) -> tuple[Fit, ...] | None:
        """How well each candidate follows the answer; None where that can't be said. The rules ask more than once."""
        return self._read(exchange, tuple(candidates))

    def make_ready(self, exchange: Exchange) -> None:
        """Read what was said before an answer that is still to come."""
        if self._taught:
            self._taught.make_ready(exchange)

    def bears(self, exchange: Exchange, learning: Sequence[str]) -> tuple[float, ...] | None:
        """How surely each piece of learning bears on the answer, as log odds; None where that can't be said."""
        return self._taught.bears(exchange, learning) if self._taught and learning else None

    def _read_anew(self, exchange: Exchange, candidates: tuple[Candidate, ...]) -> tuple[Fit, ...] | None:
        return self._taught.read(exchange, candidates) if self._taught and candidates else None

    @cached_property
    def _taught(self) -> TaughtReranker | None:
        return opened(self._home, LEARNT, kept_names(), TaughtReranker)


class TaughtReranker:
    """The taught layers and what they are read out by."""

    def __init__(self, published: Encoder, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._encoder = taught_encoder(published, arrays, LAYERS)
        self._arrays = arrays
        self._looked_at: dict[tuple[int, ...], tuple[LookedAt, ...]] = {}

    def make_ready(self, exchange: Exchange) -> None:
        """See what was said before, which all that follow look at."""
        self._before(exchange)

    def read(self, exchange: Exchange, candidates: Sequence[Candidate]) -> tuple[Fit, ...]:
        """How well each candidate follows the answer."""
        from assistant.retrieval.encoder import side_by_side

        spans = list(dict.fromkeys(one.span for one in candidates))
        seen = self._seen(exchange, spans)
        order = sorted(range(len(candidates)), key=lambda place: spans.index(candidates[place].span))
        texts = self._below([candidate_as_read(self._encoder, candidates[place]) for place in order])
        of = [spans.index(candidates[place].span) for place in order]
        half = len(order) // 2 if len(order) >= MANY else len(order)
        parts = [part for part in (slice(half), slice(half, None)) if order[part]]
        spoken = side_by_side(lambda part: self._read_upon(seen, texts[part], CANDIDATE, of[part]), parts, least=2)
        fits = {place: Fit(*one[:2]) for place, one in zip(order, chain.from_iterable(spoken), strict=True)}
        return tuple(fits[place] for place in range(len(candidates)))

    def bears(self, exchange: Exchange, learning: Sequence[str]) -> tuple[float, ...]:
        """How surely each piece of learning bears on the answer, as log odds."""
        texts = self._below([learning_as_read(self._encoder, text) for text in learning])
        spoken = self._read_upon(self._seen(exchange, [None]), texts, LEARNING, [0] * len(texts))
        return tuple(one[2] for one in spoken)

    def _below(self, texts: Sequence[tuple[int, ...]]) -> list[NDArray[Any]]:
        """The states below the taught layers, which nobody may change."""
        return self._encoder.below(LAYERS[0], texts)

    def _before(self, exchange: Exchange) -> list[tuple[LookedAt, ...]]:
        """What the taught layers see of each earlier answer: worked out once, since all that follow look at it."""
        texts = before_as_read(self._encoder, exchange)
        known = self._looked_at  # 0.4 MB each, so only those of the last exchange
        new = [pieces for pieces in dict.fromkeys(texts) if pieces not in known]
        known = known | dict(zip(new, self._seen_before(new), strict=True)) if new else known
        self._looked_at = {pieces: known[pieces] for pieces in texts}
        return [self._looked_at[pieces] for pieces in texts]

    def _seen_before(self, texts: Sequence[tuple[int, ...]]) -> list[tuple[LookedAt, ...]]:
        return self._through([states + self._arrays["part"][BEFORE] for states in self._below(texts)])

    def _seen(self, exchange: Exchange, spans: Sequence[Span | None]) -> list[tuple[LookedAt, ...]]:
        """What each taught layer sees of the answer and of those before it, once for each words a question is on."""
        from assistant.retrieval.layers import together

        before = self._before(exchange)
        placed = [answer_as_read(self._encoder, exchange, span) for span in spans]
        below = self._below([one.pieces for one in placed])
        answers = [states + self._arrays["part"][list(one.belongs)] for states, one in zip(below, placed, strict=True)]
        return [
            tuple(together(of_one) for of_one in zip(*before, answer, strict=True)) for answer in self._through(answers)
        ]

    def _through(self, texts: Sequence[NDArray[Any]]) -> list[tuple[LookedAt, ...]]:
        """What each taught layer sees of each of some texts that look at nothing but themselves."""
        layers = self._encoder.layers
        seen = [[layers.looked_at(LAYERS[0], hidden) for hidden in texts]]
        for layer, above in pairwise(LAYERS):
            texts = layers.through((layer,), texts)
            seen.append([layers.looked_at(above, hidden) for hidden in texts])
        return list(zip(*seen, strict=True))

    def _read_upon(
        self,
        seen: Sequence[tuple[LookedAt, ...]],
        texts: Sequence[NDArray[Any]],
        part: int,
        of: Sequence[int],
    ) -> list[list[float]]:
        """What is said of each text, given as its states below the taught layers, read upon that which it's `of`."""
        begun = [states + self._arrays["part"][part] for states in texts]
        return [self._speaks(states).tolist() for states in self._encoder.layers.through(LAYERS, begun, seen, of)]

    def _speaks(self, states: NDArray[Any]) -> NDArray[Any]:
        import numpy as np

        looked = self._arrays["looks-for"] @ states.T / np.float32(SCALE)
        looked = np.exp(looked - looked.max(axis=1, keepdims=True))
        looked /= looked.sum(axis=1, keepdims=True)
        pooled = np.vstack([looked @ states, states.mean(axis=0, keepdims=True)])
        pooled *= SCALE / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-12)
        spoken: NDArray[Any] = np.einsum("kd,okd->o", pooled, self._arrays["speaks"]) + self._arrays["bias"]
        return spoken


def kept_names() -> tuple[str, ...]:
    """The arrays that hold what was learnt."""
    return (*kept_as(LAYERS), *PARTS)
