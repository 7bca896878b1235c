"""What an answer asks the program, and what kind of question each is: by what was learnt of them, or their examples.

What asks, and where it lies, is read by `noticing/asks_reader.py`; a kind is as likely as its own place is near, which
was learnt (`python -m tools.train_asks`), or for a kind that somebody added lies in the middle of its `examples`. Where
the encoder's weights aren't installed the words shared with the examples, and the phrases under `hears`, decide. Knows
nothing of what is said to it.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from assistant.conversation.asked_us import AskedUs, QuestionsToUs
from assistant.conversation.question_words import QuestionWords
from assistant.conversation.typing_table import Typing
from assistant.language.clauses import Account, Text, typed_as
from assistant.language.phrases import Phrases
from assistant.noticing.asks_reader import TaughtReader
from assistant.noticing.observations import Span

if TYPE_CHECKING:
    from assistant.retrieval.protocols import Vectors

MOST_KEPT = 16
"""Answers of which it's kept what was heard in them; they are a worker's words."""
STEEP = 20.0
"""How much nearness to a kind's place speaks for it; as it was taught."""
BY_PHRASE = 0.8
"""How likely a kind is taken to be whose phrase is heard, where nothing is read for its meaning."""
PLAINLY = 0.68
"""There, so like a kind that it's surely that."""


@dataclass(frozen=True)
class Kinds:
    """How likely each kind is of some words, from 0 to 1."""

    likely: tuple[tuple[AskedUs, float], ...]
    """The likeliest first."""
    general: AskedUs | None = None
    """What the likeliest is a more exact kind of (`else_as`)."""
    in_general: float = 0.0
    """How likely it's that or one of those like it."""


@dataclass(frozen=True)
class Asked:
    """A stretch of an answer that asks us."""

    span: Span
    likely: float
    """How likely it asks at all."""
    kinds: Kinds


@dataclass(frozen=True)
class Heard:
    """What of an answer is said to us."""

    asks: tuple[Asked, ...]
    aside: tuple[Span, ...]
    """What tells nothing of the case, and doesn't ask."""


class QuestionKinds:
    """Finds what an answer asks, and tells the kinds apart."""

    def __init__(self, bank: QuestionsToUs, reader: TaughtReader | None) -> None:
        self._bank = bank
        self._reader = reader
        self.typing = Typing(bank.typing)
        """Puts words as the examples are put."""
        self.heard = lru_cache(maxsize=MOST_KEPT)(self._heard_in)
        """What of an answer, after a question, is said to us; None where there is nothing to read it with."""
        self.by_words = lru_cache(maxsize=MOST_KEPT)(self._by_words)
        """The kinds some words may be, by what they share with the examples and the phrases heard in them."""

    def _heard_in(self, question: str, answer: str) -> Heard | None:
        if self._reader is None:
            return None
        written = self.typing.written(answer)
        read = self._reader.read(question, written.words)

        def typed(span: Span) -> Span:
            return written.typed_at(span[0]), written.typed_at(span[1])

        asks = (Asked(typed(one.span), one.likely, self.surest(one.places)) for one in read.asks)
        aside = map(typed, read.aside)
        return Heard(
            tuple(one for one in asks if one.span[0] < one.span[1]), tuple(span for span in aside if span[0] < span[1])
        )

    def surest(self, places: tuple[Vectors, ...]) -> Kinds:
        """The kinds that what is asked may be, by whichever of its places is surest."""
        return max(map(self.of_place, places), key=lambda kinds: kinds.likely[0][1])

    def of_place(self, place: Vectors) -> Kinds:
        """The kinds that what lies there may be."""
        near = self._places @ place * STEEP
        speaks = {kind.key: float(one) for kind, one in zip(self._bank.kinds, near, strict=True)}
        most = max(speaks.values())
        surely = {key: math.exp(value - most) for key, value in speaks.items()}
        every = sum(surely.values())
        likely = sorted(((kind, surely[kind.key] / every) for kind in self._bank.kinds), key=lambda one: -one[1])
        general = self._generals[likely[0][0].key]
        alike = (much for kind, much in likely if general is not None and self._generals[kind.key] is general)
        return Kinds(tuple(likely), general, sum(alike))

    @cached_property
    def _generals(self) -> Mapping[str, AskedUs | None]:
        own = {kind.else_as for kind in self._bank.kinds}
        return {
            kind.key: self._bank.kind(kind.else_as) if kind.else_as else kind if kind.key in own else None
            for kind in self._bank.kinds
        }

    @cached_property
    def _places(self) -> Vectors:
        """One row a kind of the bank as it stands."""
        import numpy as np

        assert self._reader is not None
        return np.stack([self._place(kind) for kind in self._bank.kinds])

    def _place(self, kind: AskedUs) -> Vectors:
        import numpy as np

        assert self._reader is not None
        if (learnt := self._reader.kinds.get(key_of(kind.key))) is not None:
            return learnt
        of_examples = [self._reader.place(self.typing.written(words).words) for words in kind.examples]
        middle = np.sum(of_examples, axis=0) if of_examples else np.zeros(self._reader.width, dtype=np.float32)
        place: Vectors = middle / max(float(np.linalg.norm(middle)), 1e-9)
        return place

    def _by_words(self, words: str) -> Kinds:
        words = self.typing.written(words).words
        shared = self._words.like(words)
        alike = {**shared, **{key: max(BY_PHRASE, shared.get(key, 0.0)) for key in self._heard(words)}}
        likely = sorted(((kind, alike.get(kind.key, 0.0)) for kind in self._bank.kinds), key=lambda one: -one[1])
        if likely[0][1] < max(PLAINLY, alike.get("", 0.0)):
            likely = [(kind, 0.0) for kind, _ in likely]
        return Kinds(tuple(likely))

    def _heard(self, words: str) -> frozenset[str]:
        account = Account(Text(words, typed_as({})), self._phrases)
        return frozenset(kind.key for kind in self._bank.kinds if kind.hears and account.said(kind.key))

    @cached_property
    def _phrases(self) -> Phrases:
        return Phrases({kind.key: kind.hears for kind in self._bank.kinds if kind.hears})

    @cached_property
    def _words(self) -> QuestionWords:
        examples = examples_of(self._bank, self.typing)
        return QuestionWords([key for key, _ in examples], [words for _, words in examples])


def examples_of(bank: QuestionsToUs, typing: Typing) -> tuple[tuple[str, str], ...]:
    """Every example, as it's mostly written, with the key of its kind; those that aren't for us have none."""
    of_kinds = ((kind.key, words) for kind in bank.kinds for words in kind.examples)
    every = (*of_kinds, *(("", words) for words in bank.not_for_us))
    return tuple((key, typing.written(words).words) for key, words in every)


def key_of(words: str) -> bytes:
    """Sixteen bytes that stand for a kind's key."""
    return hashlib.sha256(words.encode()).digest()[:16]
