"""Which questions of the themes an answer calls for: those written to come after something like it.

Owns the likeness of what was just said to the examples under `after`. Meaning decides, in a space where the examples of
one question were drawn together (`models/calling.learnt`, tools/train_calling.py); without the encoder's weights it is
the telling words they share. Knows nothing of any session.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from assistant.conversation.prompts import Question
from assistant.language.sentences import spoken_sentences
from assistant.language.stems import stems
from assistant.noticing.meaning import Meaning
from assistant.noticing.observations import Span
from assistant.resources import shipped

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.retrieval.protocols import Vectors

LEARNT = "calling.learnt"
SPACE = ("said", "said.bias", "asked", "asked.bias")
"""Where what is said and what is asked are drawn together."""
ARRAYS = (*SPACE, "questions", "keys", "trust")
OF_ITS_EXAMPLES = 1.5
"""What the mean of its examples counts beside its own words."""
LEAST = 0.15
"""A question that fits less than this is not called for."""
_MOST = 12
"""Questions called for by one answer."""
BY_WORDS = 0.6
"""How far shared words are trusted beside shared meaning."""
_SHARED = 2
"""Telling words that an answer must share with an example where there is no meaning to go by."""


@dataclass(frozen=True)
class Called:
    """How well a question fits something just said, from 0 to 1, and what that was."""

    span: Span
    fit: float


class Calling:
    """Every question that has examples, ready to be called for. `questions` are by their id."""

    def __init__(self, questions: Mapping[str, Question], meaning: Meaning | None) -> None:
        self._questions = {name: question for name, question in questions.items() if question.after}
        self._meaning = meaning
        self.called = lru_cache(maxsize=256)(self._called)
        """The questions that an answer calls for."""

    def _called(self, answer: str) -> Mapping[str, Called]:
        pieces = self._meaning.of(answer) if self._meaning else None
        if pieces is None or self._vectors is None:
            return dict(self._by_words(answer))
        likeness = said(pieces.vectors, self._learnt) @ self._vectors.T
        fits = trusted(likeness, self._learnt["trust"])
        best = fits.max(axis=0)
        names = list(self._questions)
        places = [int(place) for place in best.argsort()[::-1][:_MOST] if best[place] >= LEAST]
        return {
            names[place]: Called(pieces.spans[int(fits[:, place].argmax())], float(best[place])) for place in places
        }

    @cached_property
    def _learnt(self) -> dict[str, NDArray[Any]]:
        from assistant.retrieval import index_file

        if self._meaning is None:
            return {}
        return index_file.peek(shipped("models") / LEARNT, *ARRAYS, made_from={"encoder": str(self._meaning.checksum)})

    @cached_property
    def _vectors(self) -> Vectors | None:
        """One row a question: kept where it stands as it was when they were learnt, else worked out (50 ms each)."""
        import numpy as np

        if not self._learnt:
            return None
        kept = {key.tobytes(): row for key, row in zip(self._learnt["keys"], self._learnt["questions"], strict=True)}
        rows = []
        for question in self._questions.values():
            row = kept.get(key_of(question))
            if row is None:
                vectors = self._meaning.encode([question.text, *question.after]) if self._meaning else None
                if vectors is None:
                    return None
                row = vector_of(vectors, self._learnt)
            rows.append(row.astype(np.float32))
        return np.array(rows)

    def _by_words(self, answer: str) -> Iterator[tuple[str, Called]]:
        best: dict[str, Called] = {}
        for start, end in spoken_sentences(answer):
            words = stems(answer[start:end])
            for place in sorted({place for word in words for place in self._used_by.get(word, ())}):
                name, examples = self._stems[place]
                example = max(examples, key=lambda one: self._weight(one & words))
                if len(words & example) >= _SHARED:
                    whole = math.sqrt(self._weight(words) * self._weight(example))
                    fit = BY_WORDS * min(1.0, self._weight(words & example) / whole) if whole else 0.0
                    if fit >= LEAST and (name not in best or best[name].fit < fit):
                        best[name] = Called((start, end), fit)
        yield from sorted(best.items(), key=lambda pair: -pair[1].fit)[:_MOST]

    def _weight(self, words: frozenset[str]) -> float:
        unheard = math.log(len(self._questions))
        return sum(self._telling.get(word, unheard) for word in words)

    @cached_property
    def _stems(self) -> Sequence[tuple[str, tuple[frozenset[str], ...]]]:
        return [(name, tuple(map(stems, question.after))) for name, question in self._questions.items()]

    @cached_property
    def _used_by(self) -> Mapping[str, list[int]]:
        """For each word the places of the questions with an example that has it."""
        used: dict[str, list[int]] = defaultdict(list)
        for place, (_, examples) in enumerate(self._stems):
            for word in frozenset().union(*examples):
                used[word].append(place)
        return used

    @cached_property
    def _telling(self) -> Mapping[str, float]:
        """What each word of the examples weighs: the fewer questions have it, the more."""
        return {word: math.log(len(self._questions) / len(places)) for word, places in self._used_by.items()}


def key_of(question: Question) -> bytes:
    """Sixteen bytes that any change to a question's words or examples changes."""
    return hashlib.sha256("\n".join((question.text, *question.after)).encode()).digest()[:16]


def said(vectors: Vectors, space: Mapping[str, NDArray[Any]]) -> Vectors:
    """What is said, as it is compared: rows of length one."""
    return _drawn(vectors, space, "said")


def vector_of(vectors: Vectors, space: Mapping[str, NDArray[Any]]) -> Vectors:
    """A question as it is compared, from the vectors of its words and its examples."""
    examples = said(vectors[1:], space).mean(axis=0)
    vector: Vectors = OF_ITS_EXAMPLES * examples + _drawn(vectors[:1], space, "asked")[0]
    return vector


def trusted(likeness: NDArray[Any], trust: NDArray[Any]) -> NDArray[Any]:
    """How well each question fits each piece: by its likeness, and by how far that stands out from the others'."""
    import numpy as np

    outstanding = likeness - np.sort(likeness, axis=1)[:, -_MOST:].mean(axis=1, keepdims=True)
    fits: NDArray[Any] = 1 / (1 + np.exp(-(trust[0] * likeness + trust[1] * outstanding + trust[2])))
    return fits


def _drawn(vectors: Vectors, space: Mapping[str, NDArray[Any]], side: str) -> Vectors:
    import numpy as np

    drawn = vectors @ space[side].T.astype(np.float32) + space[f"{side}.bias"].astype(np.float32)
    length: Vectors = drawn / np.maximum(np.linalg.norm(drawn, axis=1, keepdims=True), 1e-12)
    return length
