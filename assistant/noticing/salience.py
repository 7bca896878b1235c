"""What kind of thing each stretch of an answer is, and how much it wants taking up.

Owns the use of what was learnt from `tools/training/salience/` (`models/salience.learnt`): from the meaning of each
sentence and clause, its kind and how likely an experienced supervisor is to take it up. Knows nothing of what is asked
about it. Without the encoder's weights nothing is read, and the phrases of reading.yaml stand alone.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, get_args

from assistant.language.spans import holding, overlaps
from assistant.noticing.clause_vectors import JOINS, Meaning, Pieces
from assistant.noticing.observations import Span
from assistant.noticing.reading import Telling, TellingKind
from assistant.resources import shipped

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEARNT = "salience.learnt"
PLAIN: tuple[str, ...] = ("figure", "plain")
"""Kinds that are never taken up."""
KINDS: tuple[TellingKind, ...] = tuple(kind for kind in get_args(TellingKind) if kind != "anything")
COLUMNS: tuple[str, ...] = (*KINDS, *PLAIN)
"""Every kind that was learnt, in the order of the arrays."""
ARRAYS = ("kinds", "kinds.bias", "taken-up", "taken-up.bias")
_LEAST = 0.06
"""A piece less likely to be taken up than this, by itself, is let pass; half of the pieces are."""
_NONE = 0.15
"""What speaks for nothing to be taken up: so one in seventeen answers of people at work has it."""
_SURE = 0.5
"""Likelihood from which a piece is taken to be of its likeliest kind, which is then right for one in two and near it
for most others; below, for one in three, and the kind is left open."""
_LIKELIEST = 3
"""Kinds, the right one among them for two in three, whose questions are tried."""
SHORT = 100
"""Characters of a sentence that is given back whole."""
_ME = re.compile(r"\b(?:i|i'?m|i'?ve|i'?d|me|my|myself)\b", re.IGNORECASE)
_THEM = re.compile(r"\b(?:he|she|they|him|her|them|his|their)\b", re.IGNORECASE)
_JOINS = re.compile(JOINS, re.IGNORECASE)
_QUOTED = re.compile(r"[“\"‘]|(?<!\w)'|'(?!\w)")
_NEGATED = re.compile(r"n[o']t\b|\b(?:no|never|nobody|nothing|none)\b", re.IGNORECASE)


class TellingReader:
    """Reads what is telling in answers."""

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning

    def read(self, answer: str) -> tuple[Telling, ...]:
        """What is worth taking up, the most telling first, no stretch twice."""
        pieces = self._meaning.of(answer)
        if pieces is None or not self._learnt:
            return ()
        kinds, taken_up = speaks(features(answer, pieces), self._learnt)
        best = sorted(range(len(pieces.spans)), key=lambda place: -taken_up[place])
        whole = _of_its_sentences(pieces, taken_up)
        found: list[Telling] = []
        for place in best:
            start, end = _as_given_back(answer, pieces, place, taken_up)
            column = int(kinds[place].argmax())
            taken = overlaps((start, end), *(one.span for one in found))
            if taken_up[place] >= _LEAST and column < len(KINDS) and not taken:
                kind: TellingKind = KINDS[column] if kinds[place][column] >= _SURE else "anything"
                likeliest = tuple(KINDS[at] for at in kinds[place][: len(KINDS)].argsort()[::-1][:_LIKELIEST])
                strength = round(float(taken_up[place]) / whole, 3)
                found.append(Telling(span=(start, end), kind=kind, likeliest=likeliest, strength=strength))
        return tuple(found)

    @cached_property
    def _learnt(self) -> dict[str, NDArray[Any]]:
        from assistant.retrieval import index_file

        return index_file.peek(shipped("models") / LEARNT, *ARRAYS, made_from={"encoder": str(self._meaning.checksum)})


def _of_its_sentences(pieces: Pieces, taken_up: NDArray[Any]) -> float:
    """What all of an answer's sentences speak for together: something is taken up of nearly every answer."""
    of_each = [0.0] * pieces.sentences
    for (start, _), likely in zip(pieces.spans, taken_up, strict=True):
        within = next((n for n, span in enumerate(pieces.spans[: pieces.sentences]) if span[0] <= start < span[1]), 0)
        of_each[within] = max(of_each[within], float(likely))
    return sum(of_each) + _NONE


def _as_given_back(answer: str, pieces: Pieces, place: int, taken_up: NDArray[Any]) -> Span:
    """A clause with the rest of its sentence where that is short, so that it is given back as it was meant; and of a
    sentence too long to give back, the clause in it that wants taking up most."""
    start, end = pieces.spans[place]
    whole = holding(pieces.spans[: pieces.sentences], start, (start, end))
    if whole[1] - whole[0] <= SHORT:
        return whole
    clauses = pieces.spans[pieces.sentences :] if (start, end) == whole else ()
    within = [
        (taken_up[at], span)
        for at, span in enumerate(clauses, start=pieces.sentences)
        if start <= span[0] < end and not _cut_by_length(answer, span)
    ]
    return max(within)[1] if within else (start, end)


def _cut_by_length(answer: str, span: Span) -> bool:
    """It begins or ends where talk without a full stop was only too long to stay in one."""
    before, last, after = answer[: span[0]].rstrip()[-1:], answer[span[1] - 1], answer[span[1] :].lstrip()[:1]
    begins = span[0] == 0 or not before.isalnum() or _JOINS.match(answer, span[0]) is not None
    return not begins or (last.isalnum() and after.isalnum() and _JOINS.match(answer[span[1] :].lstrip()) is None)


def features(answer: str, pieces: Pieces) -> NDArray[Any]:
    """One row a piece: its meaning, and what its words show that a mean of meanings loses."""
    import numpy as np

    whole = pieces.vectors[: pieces.sentences].mean(axis=0)
    rows = []
    for place, (start, end) in enumerate(pieces.spans):
        words = answer[start:end]
        many = len(words.split())
        rows.append(
            (
                place < pieces.sentences,
                start / max(1, len(answer)),
                min(many, 30) / 30,
                many <= 4,
                "?" in words,
                _QUOTED.search(words) is not None,
                _ME.search(words) is not None,
                _THEM.search(words) is not None,
                any(sign.isdigit() for sign in words),
                _NEGATED.search(words) is not None,
                float(pieces.vectors[place] @ whole),
            )
        )
    shown = np.asarray(rows, dtype=np.float32)
    return np.hstack([pieces.vectors, shown])


def speaks(rows: NDArray[Any], learnt: dict[str, NDArray[Any]]) -> tuple[NDArray[Any], NDArray[Any]]:
    """For each row the likelihood of each kind, and of being taken up."""
    import numpy as np

    spoken = rows @ learnt["kinds"].T.astype(np.float32) + learnt["kinds.bias"]
    spoken = np.exp(spoken - spoken.max(axis=1, keepdims=True))
    kinds = spoken / spoken.sum(axis=1, keepdims=True)
    with_kinds = np.hstack([rows, kinds])
    taken_up = 1 / (1 + np.exp(-(with_kinds @ learnt["taken-up"].astype(np.float32) + learnt["taken-up.bias"])))
    return kinds, taken_up
