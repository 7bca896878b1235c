"""What is what in an answer about decisions, steps and the last page, read word by word.

Owns the use of what was learnt from `tools/training/closing-turns/` (`python -m tools.train_closing`): the encoder's
last layers read the answer after its question and the lines of the page, and tell of each word what it belongs to (a
job, who does it, when, what is to come off, a gripe) and of which line it speaks. Knows nothing of what becomes of any
of it. Nothing is read where nothing is learnt or the encoder's weights are not installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from assistant.language.dates import dates
from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.language.spans import holding
from assistant.language.stems import stems
from assistant.noticing.danger_model import read_together
from assistant.noticing.edits_in_words import edits_in_words
from assistant.noticing.line_edits import over
from assistant.noticing.lines_named import lines_named
from assistant.noticing.observations import Span
from assistant.noticing.planned_steps import missing_in
from assistant.noticing.reading import Part, PartKind
from assistant.retrieval.taught_layers import kept_as, opened, taught_encoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.retrieval.encoder import Encoder

LEARNT = "closing.learnt"
LAYERS = (3, 4, 5)
"""Of the encoder's six, those taught further."""
MOST_OF_QUESTION, MOST_OF_LINE, MOST_LINES, MOST_IN_ALL = 20, 14, 10, 250
"""Pieces of words read together; a longer answer is read in stretches, each after the question and the page."""
NARROW = 64
"""Numbers in which a word is held against the lines of the page."""
KINDS: tuple[PartKind, ...] = get_args(PartKind)
TAGS: tuple[tuple[PartKind, bool], ...] = (
    (KINDS[0], True),
    *((kind, begins) for kind in KINDS[1:] for begins in (True, False)),
)
"""What a word may be: the first of some part, or one that goes on with it. In the order of every learnt row."""
OF_LINES: frozenset[PartKind] = frozenset({"who", "when", "drop", "words", "order", "done", "split", "join", "keep"})
"""Kinds that may speak of a line of the page."""
SURE_OF_LINE = 0.5
SHARES = 0.2
"""Of a line's telling words, the share that a sentence says which names it."""
MORE, ALONE = 0.34, 0.3
"""The same where what is said changes the line's words or takes it away, and where nothing else speaks for a line."""
HINTS = 4
"""What speaks for a line besides meaning: its number is the last named, in this sentence or before it; and the share of
its telling words that the clause says, and the sentence."""
_WORD = re.compile(r"\w+|[^\w\s]")
SIGNS = 11
"""What is seen of a word that its pieces don't hold, in the order of `_signs`."""
_DAY = date(2026, 3, 2)
"""Any day: only where days are named counts."""
_WHEN = stems(
    "tomorrow monday tuesday wednesday thursday friday saturday sunday morning afternoon evening night tonight "
    "january february march april june july august september october november december nobody named"
)
"""Words that name no job."""
_RANGE = late(r"\b(?P<first>[1-9])\s*(?:to|-|–|through)\s*(?P<last>[1-9])\b", re.IGNORECASE)
_SPEAKER = frozenset({"i", "me", "my", "mine", "myself", "ill", "im", "id"})
_HEADS = ("signs", "tag", "tag.bias", "follows", "asks", "answers", "of-none", "hints", "line.bias")
_CLAUSE_ENDS = re.compile(r"[,;:–—-]\s|\s(?:and|but|so|cos|because)\s")


@dataclass(frozen=True)
class Read:
    """A stretch of the answer with what stands before it, as it is read."""

    pieces: tuple[int, ...]
    lines: tuple[Span, ...]
    """Where each line of the page stands among the pieces, the mark before them counted."""
    words: tuple[Span, ...]
    """The words of the stretch, as characters of the answer."""
    at: tuple[int, ...]
    """Where the first piece of each word stands."""
    signs: tuple[tuple[float, ...], ...]
    """What is seen of each word; see `_signs`."""
    hints: tuple[tuple[tuple[float, ...], ...], ...]
    """For each word and line what speaks for it; see `HINTS`."""


def to_read(encoder: Encoder, question: str, page: Sequence[str], answer: str) -> Iterator[Read]:
    """The stretches of an answer."""
    from assistant.retrieval.encoder import CLOSES

    before = [*encoder.pieces([question])[0][:MOST_OF_QUESTION], CLOSES]
    lines: list[Span] = []
    for line in encoder.pieces(list(page[:MOST_LINES])) if page else ():
        lines.append((len(before) + 1, len(before) + 1 + len(line[:MOST_OF_LINE])))
        before += line[:MOST_OF_LINE]
    before.append(CLOSES)
    sentences = [
        [(start + found.start(), start + found.end()) for found in _WORD.finditer(answer[start:end])]
        for start, end in spoken_sentences(answer)
    ]
    pieces = [encoder.pieces([answer[slice(*word)] for word in words]) if words else [] for words in sentences]
    lengths = [sum(map(len, one)) for one in pieces]
    most = MOST_IN_ALL - len(before)
    telling = [stems(line) for line in page[:MOST_LINES]]
    numbers = list(lines_named(answer, len(telling)))
    for first, last in read_together(lengths, most) if sentences else ():
        words = tuple(chain.from_iterable(sentences[first:last]))
        held = list(chain.from_iterable(pieces[first:last]))
        ends = list(_ends(held, len(before) + 1))
        kept = sum(end <= len(before) + 1 + most for end in ends)
        if not kept:
            continue
        read = [*before, *chain.from_iterable(held[:kept])]  # of a sentence of odd signs there are too many to read
        hints = tuple(_hints(answer, start, telling, numbers) for start, _ in words[:kept])
        at, signs = tuple([len(before) + 1, *ends][:kept]), _signs(answer, words[:kept], telling, numbers)
        yield Read(tuple(read), tuple(lines), words[:kept], at, signs, hints)


def _signs(
    answer: str,
    words: Sequence[Span],
    telling: Sequence[frozenset[str]],
    numbers: Sequence[tuple[Span, tuple[int, ...]]],
) -> tuple[tuple[float, ...], ...]:
    """Of each word whether it has a capital, is all capitals, a number, names a line or is of a day, is whoever types,
    or a word of the page, begins a sentence or a clause, and whether there is a page."""
    days = [(named.start, named.end) for named in dates(answer, _DAY)]
    on_page = frozenset().union(*telling)
    begins = {start for start, _ in _sentences(answer)}
    clauses = {start for sentence in _sentences(answer) for start, _ in _clauses(answer, sentence)}
    found = []
    for start, end in words:
        word = answer[start:end]
        signs = (
            word[:1].isupper() and start not in begins,
            len(word) > 1 and word.isupper(),
            word.isdigit(),
            any(first <= start < last for (first, last), _ in numbers),
            any(first <= start < last for first, last in days),
            word.lower() in _SPEAKER,
            not on_page.isdisjoint(stems(word)),
            start in begins,
            start in clauses,
            bool(telling),
            True,
        )
        found.append(tuple(map(float, signs)))
    return tuple(found)


def _hints(
    answer: str, at: int, telling: Sequence[frozenset[str]], numbers: Sequence[tuple[Span, tuple[int, ...]]]
) -> tuple[tuple[float, ...], ...]:
    """For each line what speaks for it at one word."""
    if not telling:
        return ()
    sentence = holding(_sentences(answer), at, (0, len(answer)))
    clause = holding(_clauses(answer, sentence), at, sentence)
    named = next(((span, held) for span, held in reversed(numbers) if span[0] <= at), None)
    here = named is not None and named[0][0] >= sentence[0]
    said, whole = stems(answer[slice(*clause)]), stems(answer[slice(*sentence)])
    return tuple(
        (
            float(here and named is not None and place in named[1]),
            float(not here and named is not None and place in named[1]),
            len(words & said) / max(len(words), 1),
            len(words & whole) / max(len(words), 1),
        )
        for place, words in enumerate(telling)
    )


@lru_cache(maxsize=64)
def _sentences(answer: str) -> tuple[Span, ...]:
    return tuple(spoken_sentences(answer))


@lru_cache(maxsize=512)
def _clauses(answer: str, sentence: Span) -> tuple[Span, ...]:
    found, at = list[Span](), sentence[0]
    for cut in _CLAUSE_ENDS.finditer(answer, *sentence):
        found.append((at, cut.end()))
        at = cut.end()
    return (*found, (at, sentence[1]))


def _ends(pieces: Sequence[Sequence[int]], begins: int) -> Iterator[int]:
    for one in pieces:
        begins += len(one)
        yield begins


@dataclass(frozen=True)
class Heads:
    """What is asked of the state of each word, and of each word with each line."""

    signs: NDArray[Any]
    """What each sign adds to the state of a word below the taught layers."""
    tag: NDArray[Any]
    tag_bias: NDArray[Any]
    follows: NDArray[Any]
    """What speaks for each tag after each."""
    asks: NDArray[Any]
    answers: NDArray[Any]
    of_none: NDArray[Any]
    """What stands for no line at all, in as few numbers."""
    hints: NDArray[Any]
    """What each hint counts."""
    line_bias: NDArray[Any]


class TaughtReader:
    """Reads with the taught encoder."""

    def __init__(self, taught: Encoder, heads: Heads) -> None:
        self._encoder = taught
        self._heads = heads

    def read(self, question: str, page: Sequence[str], answer: str) -> tuple[Part, ...]:
        """Every part of an answer, in order; where two stretches hold the same words the first counts."""
        parts: list[Part] = []
        for read in to_read(self._encoder, question, page, answer):
            done = parts[-1].span[1] if parts else 0
            parts += [part for part in self._parts(read) if part.span[0] >= done]
        placing = _Placing(parts, page, answer)
        return tuple(map(placing.placed, parts))

    def _parts(self, read: Read) -> Iterator[Part]:
        import numpy as np

        heads = self._heads
        states = self._states(read)
        words = states[list(read.at)]
        tags = [TAGS[tag] for tag in likeliest(words @ heads.tag.T + heads.tag_bias, heads.follows)]
        lines = [states[first:last].mean(0) for first, last in read.lines]
        held = np.stack([heads.of_none, *(heads.answers @ line for line in lines)])
        speaks = words @ heads.asks.T @ held.T / np.float32(NARROW**0.5) + heads.line_bias
        if read.lines:
            speaks[:, 1:] += np.array(read.hints, dtype=np.float32) @ heads.hints
        for first, last in _runs(tags):
            kind, span = tags[first][0], (read.words[first][0], read.words[last - 1][1])
            meant = kind in OF_LINES and bool(read.lines)
            lines_meant = _lines(kind, speaks[first:last].mean(0), read.hints[first:last]) if meant else ()
            yield Part(kind=kind, span=span, lines=lines_meant)

    def _states(self, read: Read) -> NDArray[Any]:
        import numpy as np

        from assistant.retrieval.encoder import CLOSES, OPENS

        (hidden,) = self._encoder.below(LAYERS[0], [(OPENS, *read.pieces, CLOSES)])
        hidden = hidden.copy()
        hidden[list(read.at)] += np.array(read.signs, dtype=np.float32) @ self._heads.signs
        states: NDArray[Any] = self._encoder.layers.through(LAYERS, [hidden])[0]
        return states


def likeliest(speaks: NDArray[Any], follows: NDArray[Any]) -> list[int]:
    """The likeliest tags of some words together (Viterbi): what speaks for each, and for each after the one before."""

    best, came = speaks[0], []
    for one in speaks[1:]:
        whole = best[:, None] + follows
        came.append(whole.argmax(0))
        best = whole.max(0) + one
    tags = [int(best.argmax())]
    for back in reversed(came):
        tags.append(int(back[tags[-1]]))
    return tags[::-1]


def _runs(tags: Sequence[tuple[PartKind, bool]]) -> Iterator[Span]:
    """Where each part begins and ends, in words."""
    first = 0
    for last in range(1, len(tags) + 1):
        if last == len(tags) or tags[last][1] or tags[last][0] != tags[first][0]:
            if tags[first][0] != KINDS[0]:
                yield first, last
            first = last


def _lines(kind: PartKind, speaks: NDArray[Any], hints: Sequence[Sequence[Sequence[float]]]) -> tuple[int, ...]:
    """The lines that are meant: those whose number is named in the sentence, or that share words with it.

    Meaning only says whether any line is meant, and which of those: a line that nothing names is never changed.
    """
    import numpy as np

    likely = 1 / (1 + np.exp(-speaks))
    best = int(likely.argmax())
    if not best:
        return ()
    shown = [[max(at_word[line][hint] for at_word in hints) for hint in range(HINTS)] for line in range(len(hints[0]))]
    if named := tuple(line for line, (number, *_) in enumerate(shown) if number):
        return named
    if shares := [
        line
        for line, one in enumerate(shown)
        if max(one[2], one[3]) >= (SHARES if kind in {"who", "when", "keep"} else MORE)
    ]:
        likeliest_of_them = max(shares, key=lambda line: (likely[line + 1], -line))
        return tuple(line for line in shares if likely[line + 1] > SURE_OF_LINE) or (likeliest_of_them,)
    before = tuple(line for line, one in enumerate(shown) if one[1] and likely[line + 1] > SURE_OF_LINE)
    return before


class _Placing:
    """What places the parts of one answer: every line from "2 to 5"; and whose or when it is, where its sentence names
    no job, is of the line whose number was said, or of the one line that the sentence shares words with: "the check,
    that's me"."""

    def __init__(self, parts: Sequence[Part], page: Sequence[str], answer: str) -> None:
        self._answer = answer
        self._jobs = tuple(part.span[0] for part in parts if part.kind == "step")
        self._done = tuple(part.span[1] for part in parts if part.kind == "step")
        self._telling = [stems(line) - _WHEN for line in page[:MOST_LINES]]
        self._numbers = tuple(lines_named(answer, len(self._telling)))

    def placed(self, part: Part) -> Part:
        """The part with the lines it is of. A day that follows a job at once is that job's, and none to look again."""
        if part.kind == "review" and any(not self._answer[end : part.span[0]].strip(" ,") for end in self._done):
            return part.model_copy(update={"kind": "when"})
        start, end = holding(_sentences(self._answer), part.span[0], part.span)
        numbered = [held for (at, _), held in self._numbers if start <= at < part.span[0]]
        if not numbered and missing_in(self._answer[start:end]):
            return part.model_copy(update={"lines": ()})
        if found := _RANGE.search(self._answer, start, end):
            first, last = int(found["first"]) - 1, int(found["last"]) - 1
            if {first, last} <= set(part.lines):
                return part.model_copy(update={"lines": tuple(sorted({*part.lines, *range(first, last)}))})
        if part.kind not in {"who", "when"} or part.lines or any(start <= job < end for job in self._jobs):
            return part
        if numbered:
            return part.model_copy(update={"lines": numbered[-1]})
        said = stems(self._answer[start:end]) - _WHEN
        shares = [
            line for line, words in enumerate(self._telling) if len(said & words) >= ALONE * max(len(words), 1) > 0
        ]
        return part.model_copy(update={"lines": tuple(shares)}) if len(shares) == 1 else part


class ClosingReader:
    """Reads such answers. What was learnt is opened at the first."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def read(self, question: str, page: Sequence[str], answer: str) -> tuple[Part, ...] | None:
        """The parts of an answer; None where there is nothing to read it with."""
        if self._taught is None:
            return None
        read = self._taught.read(question, page, answer)
        return over(read, answer, len(page), tuple(edits_in_words(answer, page)))

    @cached_property
    def _taught(self) -> TaughtReader | None:
        return opened(self._home, LEARNT, kept_names(), reader_of)


def kept_names() -> tuple[str, ...]:
    """The arrays that hold a reader."""
    return (*kept_as(LAYERS), *_HEADS)


def heads_kept(heads: Sequence[NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Heads as they are kept, in the order of `Heads`."""
    return dict(zip(_HEADS, heads, strict=True))


def reader_of(published: Encoder, arrays: Mapping[str, NDArray[Any]]) -> TaughtReader:
    """The reader that `arrays` hold, upon the published encoder."""
    return TaughtReader(taught_encoder(published, arrays, LAYERS), Heads(*(arrays[name] for name in _HEADS)))
