"""How an answer stands to its question, read with it: the encoder's last layers taught further, and its heads.

Owns the use of what was learnt from `tools/training/stances/` (`python -m tools.train_stances`): how likely an answer,
read after its question, is of each kind of stance; where in it that is said; and from where on a stance is taken.
"That's his brother" corrects one question and answers another, which no sentence shows by itself. Where nothing is
learnt, or the encoder's weights are not installed, the phrases of `prompts/reading.yaml` stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.language.sentences import spoken_sentences
from assistant.language.spans import holding
from assistant.noticing.clause_vectors import cut
from assistant.noticing.danger_model import read_together
from assistant.noticing.danger_reader import Heads
from assistant.noticing.observations import Span
from assistant.noticing.reading import Stance, Stand
from assistant.retrieval.taught_layers import kept_as, opened, taught_encoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.retrieval.encoder import Encoder

LEARNT = "stances.learnt"
LAYERS = (3, 4, 5)
"""Of the encoder's six, those taught further."""
MOST_OF_QUESTION, MOST_OF_ANSWER = 48, 140
"""Pieces of words read together; of a longer answer each stretch is read after the question."""
MOST_STRETCHES = 8
"""The first of an answer, 30 ms each: only of odd signs do `clause_vectors.MOST_PIECES` sentences fill more."""
ANSWERS = "answers"
KINDS = (
    ANSWERS,
    "asks/how-have-i-done",
    "asks/leading",
    "asks/other",
    "asks/should-i",
    "asks/what-do-you-mean",
    "asks/what-is-missing",
    "asks/what-next",
    "asks/who-decides",
    "asks/who-reads-this",
    "corrects/left-out",
    "corrects/misread",
    "corrects/not-said",
    "corrects/too-soon",
    "corrects/wrong-fact",
    "corrects/wrong-person",
    "already",
    "beside",
    "elsewhere",
    "feeling",
    "refuses",
    "unsure",
)
"""In the order of every learnt row."""
_ONES_OWN = "how-have-i-done"
_OF_ONESELF = re.compile(r"\b(?:i|we|me|us|my|our)\b", re.IGNORECASE)
"""Without it nobody has asked how they themselves have done."""
STANCES: tuple[Stance, ...] = (
    "asks-us",
    "corrects-us",
    "already-answered",
    "elsewhere",
    "refuses",
    "feeling",
    "unsure",
    "beside-the-point",
)
"""In the order in which they are met."""
TAKEN = 0.6
"""From where on a stance is taken that no phrase shows. Of two writers nobody learnt from, two objections in three are
heard so, and one plain answer in twenty is misread."""
FEWEST_WORDS = 4
"""Fewer words than these ("July", "The uncle.") answer, unless they ask or a phrase shows otherwise."""
SURE_OF_KIND = 0.7
"""From where on it is said what a correction puts right, and not only that something was wrong."""
UNLIKELY, ASKED_UNLIKELY = 0.03, 0.05
"""Below this a stance is not taken, also where a phrase shows it: it is then wrong in one of six, above it in one of
nine."""
_LONG_NAMES: Mapping[str, Stance] = {
    "asks": "asks-us",
    "corrects": "corrects-us",
    "already": "already-answered",
    "beside": "beside-the-point",
}
_ASKS = re.compile(
    r"\?|\b(?:what|whats|who|whos|whose|which|how|why|where|when|whether|if)\b|\b(?:should|shall|can|could|may|must|do|does|did|is|isnt|are"
    r"|am|was|have|has|had|will|would|wouldnt)(?:n['’]t)?\s+(?:i|we|you|u|it|this|that|they|he|she|there|my)\b"
    r"|\btell me\b|\bwonder",
    re.IGNORECASE,
)
"""Without any of these nothing is asked of us, but that a question wasn't understood ("not with you")."""
_QUOTED = re.compile(r"[“\"‘”]|(?<!\w)'|'(?!\w)")
_OPENLY_ASKED = re.compile(
    r"(?:\A|,\s*|\b(?:so|and|but|or)\s+)(?:(?:sorry|ok|okay|right|um|er|well)\W+)*"
    r"(?:(?P<should>(?:should|shall|ought|must)\s+i\b|(?:do|am|can|could|may)\s+i\s+(?:need|have|meant|supposed|allowed|just|still)\b"
    r"|(?:what|who|how|when|where)\s+(?:should|shall|do|can)\s+i\b)"
    r"|(?P<done>(?:was|is)\s+(?:that|this|it)\s+(?:wrong|right|ok|okay|bad|enough|normal|my\s+fault)\b|did\s+i\s+do\b|am\s+i\s+(?:wrong|being)\b)"
    r"|(?P<reads>(?:do|does|will|can|could)\s+\w+(?:\s+\w+)?\s+(?:get\s+to\s+)?(?:see|read)\s+this\b|who\s+(?:sees|reads|gets)\s+(?:this|it)\b)"
    r"|(?P<other>[^.?!]*\b(?:do|d)\s+(?:you|u)\s+(?:think|reckon)\b))"
    r"[^.?!]*\?+\W*(?:x+|lol|thanks|sorry)?\W*\Z",
    re.IGNORECASE,
)
"""A last sentence that asks what to do, or whether it was right, with nobody else there to be asked."""
_ASKED_OF_SOMEBODY = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|say(?:s|ing)?|said|thought|thinking|wonder\w*|like)\b", re.IGNORECASE
)
"""It was asked of somebody else, or of oneself."""
_REPORTED = re.compile(
    r"\b(?:he|she|they|mum|dad|nan|[A-Z][a-z]+)\s+(?:\w+\s+){0,5}?(?:ask(?:s|ed)|said|says|goes)(?:\s+(?:me|us|him|her|them|mum|dad))?\W+"
    r"(?=(?:should|shall|do|does|can|could|may|will|what|who|how|when|where|why|is|am|are)\b)"
)
"""What follows was asked by somebody of the case: "she asked me should I leave him"."""
_ASKED = {"should": "should-i", "done": "how-have-i-done", "reads": "who-reads-this", "other": "other"}
_HEADS = ("looks-for", "found", "whole", "bias")


def columns_of(stance: Stance) -> list[int]:
    """Where the kinds of a stance stand."""
    return [at for at, kind in enumerate(KINDS) if stance in {kind, _LONG_NAMES.get(kind.partition("/")[0])}]


@dataclass(frozen=True)
class Read:
    """An answer in stretches short enough to be read at once after its question."""

    pieces: tuple[int, ...]
    """Of words: those of the question, a mark, and those of the answer."""
    begins: int
    """Where in what is read those of the answer begin."""
    units: tuple[Span, ...]
    """Of the answer: its clauses, or sentences without any."""
    lengths: tuple[int, ...]
    """Pieces of each."""


def to_read(encoder: Encoder, question: str, answer: str) -> Iterator[Read]:
    """The stretches of an answer."""
    from assistant.retrieval.encoder import CLOSES

    asked = encoder.pieces([question])[0][:MOST_OF_QUESTION]
    if not (units := _units(answer)):
        return
    ends = [*(start for start, _ in units[1:]), len(answer)]
    pieces = encoder.pieces([answer[start:end] for (start, _), end in zip(units, ends, strict=True)])
    pieces = [one[:MOST_OF_ANSWER] for one in pieces]
    for first, last in read_together([len(one) for one in pieces], MOST_OF_ANSWER):
        of_answer = tuple(chain.from_iterable(pieces[first:last]))
        lengths = tuple(map(len, pieces[first:last]))
        yield Read((*asked, CLOSES, *of_answer), len(asked) + 2, units[first:last], lengths)


def _units(answer: str) -> tuple[Span, ...]:
    """The clauses of an answer, and its sentences that are not cut into clauses, in order."""
    spans, sentences = cut(answer)
    whole, clauses = spans[:sentences], spans[sentences:]
    uncut = (one for one in whole if not any(one[0] <= start < one[1] for start, _ in clauses))
    return tuple(sorted((*uncut, *clauses)))


@dataclass(frozen=True)
class Seen:
    """How likely an answer takes a stance, of which kind, and the stretch that shows it."""

    stance: Stance
    likely: float
    kind: str
    span: Span


class TaughtReader:
    """Reads with the taught encoder."""

    def __init__(self, taught: Encoder, heads: Heads) -> None:
        self._encoder = taught
        self._heads = heads

    def weigh(self, question: str, answer: str) -> tuple[Seen, ...]:
        """For each stance how likely the answer takes it; of an answer in stretches the loudest counts.

        Nothing where it has no words.
        """
        read = islice(to_read(self._encoder, question, answer), MOST_STRETCHES)
        stretches = [self._weighed(one) for one in read if any(one.lengths)]
        return tuple(max(of_one, key=lambda seen: seen.likely) for of_one in zip(*stretches, strict=True))

    def _weighed(self, read: Read) -> list[Seen]:
        import numpy as np

        states = self._encoder.states(read.pieces)[read.begins : -1]
        speaks = self._heads.speaks(states)
        likely = np.exp(speaks - speaks.max())
        likely /= likely.sum()
        seen = []
        for stance in STANCES:
            columns = columns_of(stance)
            column = columns[int(likely[columns].argmax())]
            looked = self._heads.looks_for[column] @ states.T
            sure = stance != "corrects-us" or likely[column] >= SURE_OF_KIND
            kind = KINDS[column].partition("/")[2] if sure else ""
            seen.append(Seen(stance, float(likely[columns].sum()), kind, _where(looked, read)))
        return seen


def _where(looked: NDArray[Any], read: Read) -> Span:
    """The clause that is looked at most."""
    import numpy as np

    from assistant.noticing.danger_reader import SCALE

    looked = np.exp((looked - looked.max()) / np.float32(SCALE))
    ends = np.cumsum(read.lengths)
    held = [float(looked[end - length : end].sum()) for end, length in zip(ends, read.lengths, strict=True)]
    return read.units[int(np.argmax(held))]


def _openly_asked(answer: str) -> Stand | None:
    """The question that an answer ends with, where it can only be for us."""
    start, end = next(reversed(tuple(spoken_sentences(answer))), (0, 0))
    asked = _OPENLY_ASKED.search(answer[start:end])
    if (
        asked is None
        or _QUOTED.search(answer[max(0, start - 1) : end])
        or _ASKED_OF_SOMEBODY.search(answer[start : start + asked.start()])
    ):
        return None
    return Stand(stance="asks-us", kind=_ASKED[asked.lastgroup or "other"], span=(start + asked.start(), end))


class StanceReader:
    """Reads stances. What was learnt is opened at the first answer."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def stands_of(self, question: str, answer: str, by_phrases: Sequence[Stand]) -> tuple[Stand, ...]:
        """Every way in which an answer stands to its question, what must be met first standing first.

        Phrases know more exactly where it is said, and are believed where it isn't unlikely.
        """
        if not question or self._taught is None:
            return tuple(by_phrases)
        taken = tuple(self._taken(self._taught, question, answer, by_phrases))
        asked = _openly_asked(answer)
        return (asked, *taken) if asked and all(stand.stance != "asks-us" for stand in taken) else taken

    def _taken(self, taught: TaughtReader, question: str, answer: str, by_phrases: Sequence[Stand]) -> Iterator[Stand]:
        for one in taught.weigh(question, answer):
            said = next((stand for stand in by_phrases if stand.stance == one.stance), None)
            if one.stance == "asks-us" and one.kind != "what-do-you-mean" and not _ASKS.search(answer):
                continue
            at_least = ASKED_UNLIKELY if one.stance == "asks-us" else UNLIKELY
            if one.likely < (at_least if said else TAKEN):
                continue
            if one.stance == "asks-us" and said is None and _was_asked_by_somebody(answer, one.span):
                continue
            if said is None and "?" not in answer and len(answer.split()) < FEWEST_WORDS:
                continue
            span = said.span if said else one.span
            kind = "other" if one.kind == _ONES_OWN and not _OF_ONESELF.search(answer) else one.kind
            if said is not None:
                yield said.model_copy(update={"kind": kind})
            else:
                wish = span if one.stance == "elsewhere" else None
                yield Stand(stance=one.stance, kind=kind, span=span, wish=wish)

    @cached_property
    def _taught(self) -> TaughtReader | None:
        return opened(self._home, LEARNT, kept_names(), reader_of)


def _was_asked_by_somebody(answer: str, span: Span) -> bool:
    """All that its sentence asks stands after somebody's asking."""
    start, end = holding(spoken_sentences(answer), span[0], span)
    reported, asks = _REPORTED.search(answer, start, end), _ASKS.search(answer, start, end)
    return reported is not None and (asks is None or asks.start() >= reported.end())


def kept_names() -> tuple[str, ...]:
    """The arrays that hold a reader: how each tensor of the taught layers differs, its grain, and the heads."""
    return (*kept_as(LAYERS), *_HEADS)


def heads_kept(heads: Heads) -> dict[str, NDArray[Any]]:
    """Heads as they are kept."""
    return dict(zip(_HEADS, (heads.looks_for, heads.found, heads.whole, heads.bias), strict=True))


def reader_of(published: Encoder, arrays: Mapping[str, NDArray[Any]]) -> TaughtReader:
    """The reader that `arrays` hold, upon the published encoder."""
    return TaughtReader(taught_encoder(published, arrays, LAYERS), Heads(*(arrays[name] for name in _HEADS)))
