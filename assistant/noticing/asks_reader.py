"""What of an answer is said to us, read word by word: what it asks the program, and what tells nothing of the case.

Owns the use of what was learnt from `tools/training/asks/` (`python -m tools.train_asks`): the encoder's last layers
read an answer after its question and tell of each word whether it asks us, or is said to us and of no case ("you've
just asked me that"); and a place for what is asked, by which its kind is known. Knows nothing of what the kinds say.
Nothing is read where nothing is learnt or the encoder's weights are not installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.language.sentences import spoken_sentences
from assistant.language.spans import overlaps
from assistant.noticing.danger_model import read_together
from assistant.noticing.observations import Span
from assistant.retrieval.taught_layers import kept_as, opened, taught_encoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.retrieval.encoder import Encoder

LEARNT = "asks.learnt"
LAYERS = (3, 4, 5)
"""Of the encoder's six, those taught further."""
MOST_OF_QUESTION, MOST_OF_ANSWER = 32, 200
"""Pieces of words read together; of a longer answer each stretch is read after the question."""
MOST_STRETCHES = 8
"""Of an answer, 30 ms each: a page and a half, some nine hundred words. Of what's longer the end comes first, where
people turn to whom they write to, then what has a question mark."""
OF_THE_CASE, ASKS_FIRST, ASKS, TO_US = range(4)
"""What a word may be, in the order of every learnt row."""
PERHAPS, ASKED = 0.3, 0.6
"""From where on a word may ask, and how likely one of a stretch must."""
TO_US_AT_ALL, TO_US_SURELY = 0.45, 0.7
"""The same of what is said to us, asking or not."""
A_WORD_OR_TWO = 3
"""Words by which a stretch may begin too late in its clause."""
FEWEST_WORDS = 3
"""Of a stretch that asks, but for one with its mark: "Which moment?"."""
CLOSE = 2
"""Words between two stretches that are one."""
_WORD = re.compile(r"\w+|[^\w\s]")
_TOKEN = re.compile(r"[\w'’]+")
_STOPS = ".,;:!?…–—\n"
_HEADS = ("tag", "tag.bias", "kinds", "keys")


@dataclass(frozen=True)
class Read:
    """A stretch of the answer after its question, as it is read."""

    pieces: tuple[int, ...]
    words: tuple[Span, ...]
    """The words of the stretch, as characters of the answer."""
    at: tuple[Span, ...]
    """Where the pieces of each word stand, the mark before them counted."""


def to_read(encoder: Encoder, question: str, answer: str) -> Iterator[Read]:
    """The stretches of an answer."""
    from assistant.retrieval.encoder import CLOSES

    before = [*encoder.pieces([question])[0][:MOST_OF_QUESTION], CLOSES]
    sentences = [
        [(start + found.start(), start + found.end()) for found in _WORD.finditer(answer[start:end])]
        for start, end in spoken_sentences(answer)
    ]
    pieces = [encoder.pieces([answer[slice(*word)] for word in words]) if words else [] for words in sentences]
    for first, last in read_together([sum(map(len, one)) for one in pieces], MOST_OF_ANSWER) if sentences else ():
        held = list(chain.from_iterable(pieces[first:last]))
        at, ends = list[Span](), len(before) + 1
        for one in held:
            at.append((ends, ends + len(one)))
            ends += len(one)
        kept = sum(end <= len(before) + 1 + MOST_OF_ANSWER for _, end in at)
        words = tuple(chain.from_iterable(sentences[first:last]))[:kept]
        yield Read((*before, *chain.from_iterable(held[:kept])), words, tuple(at[:kept]))


def worth_reading(answer: str, stretches: Sequence[Read]) -> list[Read]:
    """The stretches that are read, in their order."""

    def later(place: int) -> tuple[bool, bool, int]:
        marked = any(answer[start] == "?" for start, _ in stretches[place].words)
        return place < len(stretches) - 1, not marked, place

    first = sorted(range(len(stretches)), key=later)[:MOST_STRETCHES]
    return [stretches[place] for place in sorted(first)]


@dataclass(frozen=True)
class Said:
    """A stretch of an answer that asks the program something."""

    span: Span
    likely: float
    """How likely its likeliest word asks."""
    places: tuple[NDArray[Any], ...]
    """Of what is asked, each of length one: of all its words, and of its last sentence where it has others."""


@dataclass(frozen=True)
class ToUs:
    """What of an answer is said to us."""

    asks: tuple[Said, ...] = ()
    aside: tuple[Span, ...] = ()
    """What is said to us and tells nothing of the case, nor asks."""


class TaughtReader:
    """Reads with the taught encoder."""

    def __init__(
        self, taught: Encoder, tag: NDArray[Any], tag_bias: NDArray[Any], kinds: NDArray[Any], keys: NDArray[Any]
    ) -> None:
        self._encoder = taught
        self._tag = tag
        self._tag_bias = tag_bias
        self.kinds: Mapping[bytes, NDArray[Any]] = {
            key.tobytes(): place for key, place in zip(keys, kinds, strict=True)
        }
        """A place of length one for each kind that was learnt, by sixteen bytes that stand for its key."""
        self.width: int = kinds.shape[1]

    def read(self, question: str, answer: str) -> ToUs:
        """Where two stretches of a long answer hold the same words the first counts."""
        asks, aside = list[Said](), list[Span]()
        for read in worth_reading(answer, tuple(to_read(self._encoder, question, answer))):
            done = max((span[1] for span in (*aside, *(one.span for one in asks))), default=0)
            likely, states = self._likely(read)
            ask = likely[:, ASKS_FIRST] + likely[:, ASKS]
            for first, last in runs(ask >= PERHAPS, likely[:, ASKS_FIRST] >= ASKED):
                span, sure = _whole_words(answer, read, (first, last)), float(ask[first:last].max())
                if sure >= ASKED and span[0] >= done and (last - first >= FEWEST_WORDS or _is_marked(answer, span)):
                    asks.append(Said(span, sure, tuple(self._places(answer, read, states, (first, last)))))
            to_us = 1 - likely[:, OF_THE_CASE]
            for first, last in runs(to_us >= TO_US_AT_ALL):
                span, sure = _whole_words(answer, read, (first, last)), float(to_us[first:last].max())
                if sure < TO_US_SURELY or span[0] < done or last - first < FEWEST_WORDS:
                    continue
                if not overlaps(span, *(one.span for one in asks)):
                    aside.append(span)
        return ToUs(tuple(asks), tuple(aside))

    def _places(self, answer: str, read: Read, states: NDArray[Any], run: Span) -> Iterator[NDArray[Any]]:
        """Of all that asks, and of its last sentence, which says what it asks where the others say why."""
        first, last = run
        yield placed(states[read.at[first][0] : read.at[last - 1][1]])
        begins = max(start for start, _ in spoken_sentences(answer) if start < read.words[last - 1][1])
        alone = next(place for place in range(first, last) if read.words[place][0] >= begins)
        if first < alone <= last - FEWEST_WORDS:
            yield placed(states[read.at[alone][0] : read.at[last - 1][1]])

    def place(self, words: str) -> NDArray[Any]:
        """Of some words that ask, by themselves; of length one."""
        import numpy as np

        of_all = [self._likely(read)[1][read.at[0][0] : -1] for read in to_read(self._encoder, "", words) if read.at]
        return placed(np.concatenate(of_all)) if of_all else np.zeros(self.width, dtype=np.float32)

    def _likely(self, read: Read) -> tuple[NDArray[Any], NDArray[Any]]:
        """Of each word how likely it is each thing, and the state of each piece."""
        import numpy as np

        states = self._encoder.states(read.pieces)
        speaks = states[[first for first, _ in read.at]] @ self._tag.T + self._tag_bias
        likely = np.exp(speaks - speaks.max(axis=1, keepdims=True))
        return likely / likely.sum(axis=1, keepdims=True), states


def _whole_words(answer: str, read: Read, run: Span) -> Span:
    """Where a run of words stands, from where its clause begins if that's near, and no word cut ("haven't")."""
    start, end = read.words[run[0]][0], read.words[run[1] - 1][1]
    begins = max(answer.rfind(stop, 0, start) for stop in _STOPS) + 1
    begins += len(answer[begins:start]) - len(answer[begins:start].lstrip())
    if len(answer[begins:start].split()) <= A_WORD_OR_TWO:
        start = begins
    held = _TOKEN.search(answer, end - 1)
    return start, held.end() if held and held.start() < end else end


def _is_marked(answer: str, span: Span) -> bool:
    return answer[span[0] : span[1] + 1].endswith("?") and bool(re.search(r"\w", answer[slice(*span)]))


def placed(states: NDArray[Any]) -> NDArray[Any]:
    """The place of what some pieces say."""
    import numpy as np

    mean = states.mean(axis=0)
    place: NDArray[Any] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return place


def runs(said: NDArray[Any], begins: NDArray[Any] | None = None) -> Iterator[Span]:
    """Where words that are `said` stand together, with at most `CLOSE` between them, in words; one that `begins` after
    another ends it."""
    first = last = -1
    for place in (place for place, is_said in enumerate(said) if is_said):
        anew = begins is not None and begins[place] and not begins[place - 1]
        if last < 0 or anew or place - last > CLOSE:
            if last > 0:
                yield first, last
            first = place
        last = place + 1
    if last > 0:
        yield first, last


def open_asks_reader(home: Path) -> TaughtReader | None:
    """What reads what is said to us; None where there is nothing to read with."""
    return opened(home, LEARNT, kept_names(), reader_of)


def kept_names() -> tuple[str, ...]:
    """The arrays that hold a reader."""
    return (*kept_as(LAYERS), *_HEADS)


def heads_kept(heads: Sequence[NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The heads as they are kept: the tags, their bias, the places of the kinds and their keys."""
    return dict(zip(_HEADS, heads, strict=True))


def reader_of(published: Encoder, arrays: Mapping[str, NDArray[Any]]) -> TaughtReader:
    """The reader that `arrays` hold, upon the published encoder."""
    return TaughtReader(taught_encoder(published, arrays, LAYERS), *(arrays[name] for name in _HEADS))
