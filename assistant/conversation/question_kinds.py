"""What kind of question some words put to the program: by the examples of `prompts/asked-us.yaml` and its phrases.

Words are as much like a kind as they are like its nearest examples, in the space of the published encoder. Which kind
it is that tells with the middles of the kinds (`question_places.py`) and the words they share (`question_words.py`). A
phrase that is heard, or what was learnt of the whole answer, makes it likelier. Where the encoder's weights aren't
installed phrases and shared words decide. The places of the shipped examples are worked out beforehand
(`python -m tools.place_asked_us`); one that somebody added is worked out at its first use. Knows nothing of answers.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from assistant.conversation.asked_us import AskedUs, QuestionsToUs
from assistant.conversation.question_places import QuestionPlaces
from assistant.conversation.question_words import QuestionWords
from assistant.conversation.typing_table import Typing
from assistant.language.clauses import Account, Text, typed_as
from assistant.language.phrases import Phrases
from assistant.noticing.clause_vectors import Meaning
from assistant.resources import shipped

if TYPE_CHECKING:
    from assistant.retrieval.protocols import Vectors

LEARNT = "asked-us.learnt"
HEARD, LEARNT_SO = 0.12, 0.08
"""What a phrase that's heard, and what was learnt of the whole answer, add."""
BY_PHRASE = 0.8
"""How likely a kind is taken to be whose phrase is heard, where nothing is read for its meaning."""
PLAINLY = 0.68
"""There, so like a kind that it's surely that."""
IN_WORDS = 0.4
"""How much the words shared with the nearest example count, beside nearness in meaning."""
STEEP = 8.0
"""How fast one kind is surer than another, as it's more like the words."""
GRAINS = 400
"""Steps in which a place is kept, from 0 to 1; none of its numbers comes near a third."""

MOST_KEPT = 256
"""Words of which it's kept what they mean."""


@dataclass(frozen=True)
class Kinds:
    """How like the kinds some words are, from 0 to a little over 1."""

    likely: tuple[tuple[AskedUs, float], ...]
    """The likeliest first."""
    not_for_us: float
    """How like the questions that nobody need answer."""
    sure: float
    """How surely it's the likeliest, from 0 to 1, with those that nobody need answer for one more kind."""
    general: AskedUs | None = None
    """What the likeliest is a more exact kind of (`else_as`)."""
    sure_in_general: float = 0.0
    """How surely it's that or one of those like it."""


class QuestionKinds:
    """Tells the kinds apart."""

    def __init__(self, bank: QuestionsToUs, meaning: Meaning | None) -> None:
        self._bank = bank
        self._meaning = meaning
        self.typing = Typing(bank.typing)
        """Puts words as the examples are put."""
        self.of = lru_cache(maxsize=256)(self._of)
        """The kinds that some words may be; the second is what was learnt to be asked by the answer they stand in."""
        self._read: dict[str, Vectors] = {}

    def read_together(self, words: Sequence[str]) -> None:
        """Read for their meaning what `of` is asked next: a hundred together take a sixth of what they take alone."""
        written = dict.fromkeys(self.typing.written(one).words for one in words)
        new = [one for one in written if one not in self._read]
        if not new or self._places is None or self._meaning is None:
            return
        if (places := self._meaning.encode(new)) is None:
            return
        if len(self._read) + len(new) > MOST_KEPT:
            self._read.clear()
        self._read.update(zip(new, places, strict=True))

    def _of(self, words: str, learnt: str = "") -> Kinds:
        words = self.typing.written(words).words
        heard = self._heard(words)
        near = self._near(words)
        if near is None:
            return self._by_words(words, heard)
        examples, middles = near
        shared = self._words.like(words)
        likely = {
            kind.key: examples.get(kind.key, 0.0) + HEARD * (kind.key in heard) + LEARNT_SO * self._is(kind, learnt)
            for kind in self._bank.kinds
        }
        together = {
            key: value + middles.get(key, 0.0) + IN_WORDS * shared.get(key, 0.0)
            for key, value in (*likely.items(), ("", examples.get("", 0.0)))
        }
        first = max(together[kind.key] for kind in self._bank.kinds)
        in_order = sorted(self._bank.kinds, key=lambda kind: -together[kind.key])
        surely = {key: math.exp(STEEP * (value - first)) for key, value in together.items()}
        every = sum(surely.values())
        general = self._general(in_order[0])
        alike = [kind.key for kind in self._bank.kinds if general is not None and self._general(kind) is general]
        return Kinds(
            tuple((kind, likely[kind.key]) for kind in in_order),
            examples.get("", 0.0),
            1 / every,
            general,
            sum(surely[key] for key in alike) / every,
        )

    def _general(self, kind: AskedUs) -> AskedUs | None:
        own = any(one.else_as == kind.key for one in self._bank.kinds)
        return kind if own else self._bank.kind(kind.else_as) if kind.else_as else None

    def _by_words(self, words: str, heard: frozenset[str]) -> Kinds:
        shared = self._words.like(words)
        alike = {**shared, **{key: max(BY_PHRASE, shared.get(key, 0.0)) for key in heard}}
        likely = sorted(((kind, alike.get(kind.key, 0.0)) for kind in self._bank.kinds), key=lambda one: -one[1])
        return Kinds(tuple(likely), alike.get("", 0.0), float(likely[0][1] >= PLAINLY))

    def _is(self, kind: AskedUs, learnt: str) -> bool:
        return learnt not in {"", "other"} and learnt in {kind.key, kind.of}

    def _heard(self, words: str) -> frozenset[str]:
        account = Account(Text(words, typed_as({})), self._phrases)
        return frozenset(kind.key for kind in self._bank.kinds if kind.hears and account.said(kind.key))

    def _near(self, words: str) -> tuple[Mapping[str, float], Mapping[str, float]] | None:
        """By key, and under no name for the questions that aren't for us."""
        self.read_together([words])
        if self._places is None or words not in self._read:
            return None
        return self._places.near(self._read[words])

    @cached_property
    def _phrases(self) -> Phrases:
        return Phrases({kind.key: kind.hears for kind in self._bank.kinds if kind.hears})

    @cached_property
    def _examples(self) -> tuple[tuple[str, str], ...]:
        return examples_of(self._bank)

    @cached_property
    def _words(self) -> QuestionWords:
        return QuestionWords([key for key, _ in self._examples], [words for _, words in self._examples])

    @cached_property
    def _places(self) -> QuestionPlaces | None:
        checksum = self._meaning.checksum if self._meaning else None
        if self._meaning is None or checksum is None:
            return None
        places = places_of([words for _, words in self._examples], self._meaning.encode, checksum)
        return None if places is None else QuestionPlaces([key for key, _ in self._examples], places)


def examples_of(bank: QuestionsToUs) -> tuple[tuple[str, str], ...]:
    """Every example, as it's mostly written, with the key of its kind; those that aren't for us have none."""
    typing = Typing(bank.typing)
    of_kinds = ((kind.key, words) for kind in bank.kinds for words in kind.examples)
    every = (*of_kinds, *(("", words) for words in bank.not_for_us))
    return tuple((key, typing.written(words).words) for key, words in every)


def key_of(words: str) -> bytes:
    """Sixteen bytes that any change to an example changes."""
    return hashlib.sha256(words.encode()).digest()[:16]


def places_of(
    examples: Sequence[str], encode: Callable[[Sequence[str]], Vectors | None], checksum: str
) -> Vectors | None:
    """One row each: the shipped places, and those worked out now of examples that have none there."""
    import numpy as np

    from assistant.retrieval import index_file

    arrays = index_file.peek(shipped("models") / LEARNT, "keys", "places", made_from={"encoder": checksum}) or {}
    rows = zip(arrays.get("keys", ()), arrays.get("places", ()), strict=True)
    kept = {key.tobytes(): row.astype(np.float32) / GRAINS for key, row in rows}
    unknown = list(dict.fromkeys(words for words in examples if key_of(words) not in kept))
    if unknown:
        now = encode(unknown)
        if now is None:
            return None
        kept |= {key_of(words): row for words, row in zip(unknown, now, strict=True)}
    return np.array([kept[key_of(words)] for words in examples], dtype=np.float32)


def grained(places: Vectors) -> Vectors:
    """Places as they are kept: a byte each."""
    import numpy as np

    kept: Vectors = np.clip(np.rint(places * GRAINS), -127, 127).astype(np.int8)
    return kept
