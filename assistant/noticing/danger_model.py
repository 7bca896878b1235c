"""Danger, told outright or not, weighed over the whole answer: what its words, its meaning and its signs say together.

Owns the use of what was learnt from `tools/training/`: runs of words (word_weights.py), the taught encoder
(danger_reader.py), the signs of danger_finder.py and what turns them (sign_weights.py), and how far each of them is
trusted (danger_decision.py). Without the encoder's weights, words and signs have edges of their own; without anything
learnt the signs stand alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.language.apostrophes import with_apostrophes
from assistant.language.sentences import spoken_sentences
from assistant.noticing.danger_columns import ANY, KINDS
from assistant.noticing.danger_decision import Edges, Look, Sighting, Spoken, Trust
from assistant.noticing.danger_reader import MOST_PIECES, DangerReader, reader_of, taught_names
from assistant.noticing.observations import Danger, DangerKind, Span
from assistant.noticing.sign_weights import SignWeights, sign_names
from assistant.noticing.word_weights import WordWeights, word_names
from assistant.resources import shipped

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEARNT = "act-now.learnt"
MOST_WORDS = 80
"""Words of sentences that are heard together."""
BEST_PAIR = 0.5
"""What the two sentences together that speak loudest add to the whole, which drowns them when it is long."""


@dataclass(frozen=True)
class Evidence:
    """What an answer says, before anything is made of it."""

    spans: Sequence[Span]
    """Its sentences."""
    spoken: Spoken
    alone: NDArray[Any]
    """What the words of each sentence (row) say by themselves."""


class DangerModel:
    """Weighs danger. The encoder and what was learnt are opened at the first answer."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def weigh(self, words: str, look: Look) -> tuple[Danger, ...]:
        """The dangers of an answer, most urgent first, all at the level of the answer; `look` is what its rules find.

        A sign that nothing else bears out may be left alone: by words, one ordinary answer in eight holds one.
        """
        if self._words is None or not words.strip():
            return tuple(Danger(kind=sign.kind, level=sign.level, spans=sign.spans) for sign in look.signs)
        evidence = heard_in(words, look, self._words, self._signs)
        if self._reader:
            if not look.signs and self._hears.danger(evidence.spoken) < self._least_heard:
                return ()
            evidence = with_meaning(evidence, words, self._reader)
        raised = self._trust.raised(evidence.spoken, look)
        if raised is None:
            return ()
        return tuple(
            Danger(
                kind=kind,
                level=raised.level,
                spans=_telling(evidence, kind, look.signs),
                borne_out=raised.borne_out,
            )
            for kind in raised.kinds
        )

    @cached_property
    def _learnt(self) -> dict[str, NDArray[Any]]:
        from assistant.retrieval import index_file
        from assistant.retrieval.encoder import CHECKSUM

        parts = (*word_names(), *sign_names(), "trust.words", "trust.both", "least-heard", *taught_names())
        return index_file.peek(shipped("models") / LEARNT, *parts, made_from={"encoder": CHECKSUM})

    @cached_property
    def _words(self) -> WordWeights | None:
        return WordWeights.of(self._learnt) if self._learnt else None

    @cached_property
    def _signs(self) -> SignWeights:
        return SignWeights.of(self._learnt)

    @cached_property
    def _trust(self) -> Trust:
        return trust_of(self._learnt["trust.both" if self._reader else "trust.words"])

    @cached_property
    def _hears(self) -> Trust:
        return trust_of(self._learnt["trust.words"])

    @cached_property
    def _least_heard(self) -> float:
        """Where words and signs say less than this the meaning is not read: it has made a danger of none such."""
        return float(self._learnt["least-heard"][0])

    @cached_property
    def _reader(self) -> DangerReader | None:
        # The encoder's 90 MB are mapped, not read, but tokenizers and NumPy cost 0.1 s: only when an answer needs it.
        from assistant.retrieval.open_search import open_encoder

        published = open_encoder(self._home) if self._learnt else None
        return reader_of(published, self._learnt) if published else None


MOST_STRETCHES = 60
"""Read for their meaning, 10 ms each: ten pages."""


def heard_in(words: str, look: Look, weights: WordWeights, signs: SignWeights) -> Evidence:
    """What the words and signs of an answer say: all of it is read, a few sentences at a time."""
    import numpy as np

    spans = list(spoken_sentences(words, at_turns=True))
    said = as_read(words, spans)
    stretches = read_together([len(one.split()) for one in said], MOST_WORDS)
    spoken = np.max([spoken_of(weights, said[first:last]) for first, last in stretches], axis=0)
    alone = np.array([weights.speaks([one]) for one in said])
    return Evidence(spans, Spoken(np.zeros_like(spoken), spoken, signs.speaks(look.traits)), alone)


def with_meaning(evidence: Evidence, words: str, reader: DangerReader) -> Evidence:
    """With what the answer means as well."""
    loud = evidence.alone.max(axis=1).tolist()
    meaning = meant_by(as_read(words, evidence.spans), reader, loud)
    return replace(evidence, spoken=evidence.spoken._replace(meaning=meaning))


def as_read(words: str, spans: Sequence[Span]) -> list[str]:
    """The sentences of an answer as what is learnt reads them: apostrophes left out are put in."""
    typed = "'" in words or "’" in words
    return [with_apostrophes(words[start:end], typed=typed) for start, end in spans]


def meant_by(said: Sequence[str], reader: DangerReader, loud: Sequence[float] = ()) -> NDArray[Any]:
    """What some sentences mean: the loudest of those read together.

    Of what is longer than any answer, those are read whose words speak loudest (`loud`, one number a sentence).
    """
    import numpy as np

    pieces = reader.pieces(said)
    stretches = list(read_together([len(one) for one in pieces], MOST_PIECES))
    if len(stretches) > MOST_STRETCHES:
        stretches.sort(key=lambda stretch: -max(loud[slice(*stretch)], default=0.0))
    each_once = dict.fromkeys(tuple(chain.from_iterable(pieces[slice(*one)])) for one in stretches[:MOST_STRETCHES])
    loudest: NDArray[Any] = np.max(reader.speaks_of(list(each_once)), axis=0)
    return loudest


def spoken_of(weights: WordWeights, said: Sequence[str]) -> NDArray[Any]:
    """What the words of some sentences say: of all together, and of the loudest two that follow one another."""
    import numpy as np

    pairs = [weights.speaks(said[first : first + 2]) for first in range(max(1, len(said) - 1))]
    mixed: NDArray[Any] = (weights.speaks(said) + BEST_PAIR * np.max(pairs, axis=0)) / (1 + BEST_PAIR)
    return mixed


def read_together(lengths: Sequence[int], most: int) -> Iterator[tuple[int, int]]:
    """Where each stretch of sentences begins and ends; each but the first begins with the last sentence before it."""
    first = total = 0
    for place, length in enumerate(lengths):
        if place > first and total + length > most:
            yield first, place
            first = place - 1 if lengths[place - 1] + length <= most else place
            total = sum(lengths[first:place])
        total += length
    yield first, len(lengths)


def trust_of(row: NDArray[Any]) -> Trust:
    """As it is kept: the factors for any kind (six), those for which kind (three), the edges (thirteen)."""
    return Trust(row[:6], row[6:9], Edges(*row[9:].tolist()))


def _telling(evidence: Evidence, kind: DangerKind, signs: Sequence[Sighting]) -> tuple[Span, ...]:
    """The sentences that tell it: those its sign stands in, or the one whose words speak loudest for it."""
    column = KINDS.index(kind)
    held = [span for sign in signs if sign.kind == kind for span in sign.spans]
    telling = [
        place
        for place, (start, end) in enumerate(evidence.spans)
        if any(first < end and last > start for first, last in held)
    ] or [int((evidence.alone[:, column] + evidence.alone[:, ANY]).argmax())]
    return tuple(evidence.spans[place] for place in telling)
