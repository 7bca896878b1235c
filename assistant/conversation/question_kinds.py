"""What kind of question some words put to the program: by the examples of `prompts/asked-us.yaml` and its phrases.

Words are as much like a kind as they are like its nearest examples, in the space of the published encoder; a phrase
that is heard, or what was learnt of the whole answer, makes it likelier. Where the encoder's weights aren't installed
phrases decide. The places of the shipped examples are worked out beforehand (`python -m tools.place_asked_us`); one
that somebody added is worked out at its first use. Knows nothing of answers.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from assistant.conversation.asked_us import AskedUs, QuestionsToUs
from assistant.language.clauses import Account, Text, typed_as
from assistant.language.phrases import Phrases
from assistant.noticing.meaning import Meaning
from assistant.resources import shipped

if TYPE_CHECKING:
    from assistant.retrieval.protocols import Vectors

LEARNT = "asked-us.learnt"
NEAREST = 3
"""Examples of a kind that speak for it."""
OF_THE_NEAREST = 0.7
"""What the nearest of them says, against the mean of all three."""
HEARD, LEARNT_SO = 0.12, 0.08
"""What a phrase that's heard, and what was learnt of the whole answer, add."""
BY_PHRASE = 0.8
"""How likely a kind is taken to be whose phrase is heard, where nothing is read for its meaning."""
GRAINS = 400
"""Steps in which a place is kept, from 0 to 1; none of its numbers comes near a third."""
_WORD = re.compile(r"[a-z0-9’']+")


@dataclass(frozen=True)
class Kinds:
    """How like the kinds some words are, from 0 to a little over 1."""

    likely: tuple[tuple[AskedUs, float], ...]
    """The likeliest first."""
    not_for_us: float
    """How like the questions that nobody need answer."""


class QuestionKinds:
    """Tells the kinds apart."""

    def __init__(self, bank: QuestionsToUs, meaning: Meaning | None) -> None:
        self._bank = bank
        self._meaning = meaning
        self.of = lru_cache(maxsize=256)(self._of)
        """The kinds that some words may be; the second is what was learnt to be asked by the answer they stand in."""

    def _of(self, words: str, learnt: str = "") -> Kinds:
        heard = self._heard(words)
        alike = self._alike(words)
        adds = HEARD
        if alike is None:
            alike, adds = self._alike_in_words(words), 0.0
            alike |= {key: max(BY_PHRASE, alike.get(key, 0.0)) for key in heard}
        likely = [
            (kind, alike.get(kind.key, 0.0) + adds * (kind.key in heard) + LEARNT_SO * self._is(kind, learnt))
            for kind in self._bank.kinds
        ]
        return Kinds(tuple(sorted(likely, key=lambda one: -one[1])), alike.get("", 0.0))

    def _is(self, kind: AskedUs, learnt: str) -> bool:
        return learnt not in {"", "other"} and learnt in {kind.key, kind.of}

    def _alike_in_words(self, words: str) -> dict[str, float]:
        """The share of words that the nearest example has too."""
        said = frozenset(_WORD.findall(words.casefold()))
        alike: dict[str, float] = {}
        for key, example in examples_of(self._bank):
            theirs = frozenset(_WORD.findall(example.casefold()))
            alike[key] = max(alike.get(key, 0.0), len(said & theirs) / max(1, len(said | theirs)))
        return alike

    def _heard(self, words: str) -> frozenset[str]:
        account = Account(Text(words, typed_as({})), self._phrases)
        return frozenset(kind.key for kind in self._bank.kinds if kind.hears and account.said(kind.key))

    def _alike(self, words: str) -> Mapping[str, float] | None:
        """By key, and under no name for the questions that aren't for us."""
        if self._places is None or self._meaning is None or (place := self._meaning.encode([words])) is None:
            return None
        import numpy as np

        middle, places = self._places
        each = places @ _away_from(middle, place)[0]
        alike = {}
        for key, rows in self._rows.items():
            nearest = np.sort(each[rows])[::-1][:NEAREST]
            alike[key] = float(OF_THE_NEAREST * nearest[0] + (1 - OF_THE_NEAREST) * nearest.mean())
        return alike

    @cached_property
    def _phrases(self) -> Phrases:
        return Phrases({kind.key: kind.hears for kind in self._bank.kinds if kind.hears})

    @cached_property
    def _rows(self) -> Mapping[str, Sequence[int]]:
        rows: dict[str, list[int]] = {}
        for row, (key, _) in enumerate(examples_of(self._bank)):
            rows.setdefault(key, []).append(row)
        return rows

    @cached_property
    def _places(self) -> tuple[Vectors, Vectors] | None:
        """Where all questions are, and each example seen from there, a row each; None without the encoder."""
        checksum = self._meaning.checksum if self._meaning else None
        if self._meaning is None or checksum is None:
            return None
        places = places_of([words for _, words in examples_of(self._bank)], self._meaning.encode, checksum)
        if places is None:
            return None
        middle = places.mean(axis=0)
        return middle, _away_from(middle, places)


def _away_from(middle: Vectors, places: Vectors) -> Vectors:
    """What tells each place apart from what they have in common: that they ask. Of length one."""
    import numpy as np

    away = places - middle
    apart: Vectors = away / np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-9)
    return apart


def examples_of(bank: QuestionsToUs) -> tuple[tuple[str, str], ...]:
    """Every example with the key of its kind; those that aren't for us have none."""
    of_kinds = ((kind.key, words) for kind in bank.kinds for words in kind.examples)
    return (*of_kinds, *(("", words) for words in bank.not_for_us))


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
