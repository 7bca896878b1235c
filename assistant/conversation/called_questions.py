"""Which questions of the themes an answer calls for.

By its meaning, where the encoder's weights are installed, those that people would choose after it
(`question_finder.py`); else those with an example under `after` that shares telling words with it. Knows nothing of
any session.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from assistant.conversation.reranker import Exchange
from assistant.conversation.themes import Question
from assistant.language.sentences import spoken_sentences
from assistant.language.stems import stems
from assistant.noticing.clause_vectors import Meaning
from assistant.noticing.observations import Span

if TYPE_CHECKING:
    from assistant.conversation.question_finder import TaughtFinder

LEAST = 0.15
"""A question that fits less than this is not called for."""
_MOST = 12
"""Questions called for by the words of one answer."""
_MOST_FOUND = 48
"""The same by its meaning: many of them were asked already, or don't fit the case."""
BY_WORDS = 0.6
"""How far shared words are trusted beside shared meaning."""
_SHARED = 2
"""Telling words that an answer must share with an example where there is no meaning to go by."""


@dataclass(frozen=True)
class Called:
    """How well a question fits something just said, from 0 to 1, and what that was."""

    span: Span | None
    """Nothing where the whole answer, and what was said before it, speaks for the question."""
    fit: float


class Calling:
    """Every question, ready to be called for. `questions` are by their id."""

    def __init__(self, questions: Mapping[str, Question], meaning: Meaning | None) -> None:
        self._questions = questions
        self._meaning = meaning
        self.called = lru_cache(maxsize=256)(self._called)
        """The questions that an answer calls for."""

    def make_ready(self, exchange: Exchange) -> None:
        """Read what was said before an answer that is still to come."""
        if self._finder is not None:
            self._finder.make_ready(exchange)

    def _called(self, exchange: Exchange) -> Mapping[str, Called]:
        if self._finder is None or not exchange.answer.strip():
            return dict(self._by_words(exchange.answer))
        # For every question that was chosen several others would have done as well, hence the root.
        likely = zip(self._questions, self._finder.found(exchange), strict=True)
        found = [(name, Called(None, math.sqrt(one))) for name, one in likely if one >= LEAST**2]
        return dict(sorted(found, key=lambda pair: -pair[1].fit)[:_MOST_FOUND])

    @cached_property
    def _finder(self) -> TaughtFinder | None:
        from assistant.conversation.question_finder import open_finder

        encoder = self._meaning.encoder if self._meaning else None
        return open_finder(encoder, tuple(self._questions.values())) if encoder else None

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
        unheard = math.log(len(self._stems))
        return sum(self._telling.get(word, unheard) for word in words)

    @cached_property
    def _stems(self) -> Sequence[tuple[str, tuple[frozenset[str], ...]]]:
        return [(name, tuple(map(stems, q.after))) for name, q in self._questions.items() if q.after]

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
        return {word: math.log(len(self._stems) / len(places)) for word, places in self._used_by.items()}
