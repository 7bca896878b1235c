"""BM25 over terms: an immutable index whose scores are exactly those of `rank_bm25.BM25Okapi`.

Owns the arithmetic and nothing else: documents are bags of weighted terms, a query is too. `BM25Okapi` scores every
document for every word of the query in Python; here each term's share of each document's score is worked out once,
when the index is built, and a query adds up the postings of its own terms. What is not in a posting is never looked
at, and never found.

Of the classes in rank-bm25 this is Okapi, with its rule for terms that more than half of the documents hold: their
negative weight is replaced by a quarter of the average weight of all terms. (BM25Plus gives documents without the
word a score, and BM25L as written there grows without bound as a word is repeated.)
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

K1 = 1.5
B = 0.75
EPSILON = 0.25


@dataclass(frozen=True, slots=True)
class Matches:
    """The documents that hold at least one term of a query."""

    positions: NDArray[np.int64]
    """In ascending order."""
    scores: NDArray[np.float64]


class Vocabulary:
    """Terms in sorted order, kept as one run of bytes so that opening a saved index reads none of it."""

    def __init__(self, text: NDArray[np.uint8], ends: NDArray[np.int64]) -> None:
        self.text = text
        self.ends = ends
        # single items of a memoryview come three times as fast as those of an array
        self._text = text.data
        self._ends = ends.data

    @classmethod
    def of(cls, terms: Iterable[str]) -> Vocabulary:
        """The vocabulary of these terms; UTF-8 sorts as code points do, so bytes can be compared."""
        encoded = sorted(term.encode() for term in terms)
        text = np.frombuffer(b"".join(encoded), dtype=np.uint8)
        return cls(text, np.cumsum([len(term) for term in encoded], dtype=np.int64))

    def __len__(self) -> int:
        return len(self._ends)

    def find(self, term: str) -> int | None:
        """Where a term stands, or None."""
        wanted = term.encode()
        at = bisect_left(range(len(self)), wanted, key=self._term)
        return at if at < len(self) and self._term(at) == wanted else None

    def beginning_with(self, start: str) -> Iterator[str]:
        """Every term that begins so, in order."""
        wanted = start.encode()
        for at in range(bisect_left(range(len(self)), wanted, key=self._term), len(self)):
            if not (term := self._term(at)).startswith(wanted):
                return
            yield term.decode()

    def _term(self, at: int) -> bytes:
        return bytes(self._text[self._ends[at - 1] if at else 0 : self._ends[at]])


@dataclass(frozen=True, slots=True)
class Index:
    """Postings: for each term the documents that hold it and what it adds to their scores."""

    vocabulary: Vocabulary
    starts: NDArray[np.int64]
    """Where each term's postings begin; one more than there are terms."""
    documents: NDArray[np.int32]
    impacts: NDArray[np.float64]
    size: int
    """How many documents there are."""

    def postings(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """The documents that hold a term, ascending, and what it adds to their scores."""
        at = self.vocabulary.find(term)
        if at is None:
            return self.documents[:0], self.impacts[:0]
        run = slice(int(self.starts[at]), int(self.starts[at + 1]))
        return self.documents[run], self.impacts[run]

    def weights(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """The documents that hold a label, ascending, and the weight each was given it with."""
        documents, impacts = self.postings(term)
        if not len(documents):
            return documents, impacts
        rarity = math.log(self.size - len(documents) + 0.5) - math.log(len(documents) + 0.5)
        # a label that more than half hold has the floor for its rarity: the heaviest then stands for one
        held = np.minimum(impacts / (rarity if rarity > 0 else float(impacts.max())), K1)
        return documents, K1 * held / (K1 + 1 - held)

    def ask(self, query: Mapping[str, float]) -> Asked:
        """A query, given as the weight of each of its terms, with the postings at hand."""
        return Asked(self.size, [(weight, *self.postings(term)) for term, weight in query.items()])


@dataclass(frozen=True, slots=True)
class Asked:
    """One query put to an index."""

    size: int
    terms: Sequence[tuple[float, NDArray[np.int32], NDArray[np.float64]]]
    """For each term of the query its weight, the documents that hold it and their impacts."""

    def score(self) -> Matches:
        """Every document that holds a term of the query, with its score; terms are added in the query's order."""
        scores = np.zeros(self.size)
        touched = np.zeros(self.size, dtype=np.bool_)
        for weight, documents, impacts in self.terms:
            scores[documents] += weight * impacts
            touched[documents] = True
        positions = np.flatnonzero(touched)
        return Matches(positions, scores[positions])

    def shares(self, positions: NDArray[np.int64]) -> NDArray[np.float64]:
        """What each term (a row) adds to each of some documents (a column); columns sum to the scores.

        NaN where the document does not hold the term, so that a share of nothing is told from no share.
        """
        shares = np.full((len(self.terms), len(positions)), np.nan)
        for row, (weight, documents, impacts) in enumerate(self.terms):
            if len(documents):
                at = np.minimum(np.searchsorted(documents, positions), len(documents) - 1)
                held = documents[at] == positions
                shares[row, held] = weight * impacts[at[held]]
        return shares


def build_index(documents: Iterable[Mapping[str, float]], *, label: str | None = None) -> Index:
    """An index of documents given as the weight of each of their terms (for plain text, how often it occurs).

    Terms that begin with `label` were given by somebody who had read the whole document: they are not part of its
    length, and a long document does not dilute them. The same documents give the same bytes: terms are numbered in
    sorted order, never in the order of a set.
    """
    numbers: dict[str, int] = {}
    flat_terms, flat_weights, held, lengths = array("i"), array("d"), array("i"), array("d")
    for terms in documents:
        flat_terms.extend([numbers.setdefault(term, len(numbers)) for term in terms])
        flat_weights.extend(terms.values())
        held.append(len(terms))
        lengths.append(math.fsum(weight for term, weight in terms.items() if not label or not term.startswith(label)))
    size = len(lengths)
    vocabulary = Vocabulary.of(numbers)
    sorted_number = np.empty(len(numbers), dtype=np.int32)
    in_order = sorted(numbers, key=str.encode)
    sorted_number[[numbers[term] for term in in_order]] = np.arange(len(numbers), dtype=np.int32)
    term_of = sorted_number[np.frombuffer(flat_terms, dtype=np.int32)]
    by_term = np.argsort(term_of, kind="stable")  # and by document within a term
    positions = np.repeat(np.arange(size, dtype=np.int32), np.frombuffer(held, dtype=np.int32))[by_term]
    weights = np.frombuffer(flat_weights, dtype=np.float64)[by_term]
    held_by = np.bincount(term_of, minlength=len(numbers)).astype(np.int64)
    starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(held_by)])
    average = math.fsum(lengths) / size if size else 0.0
    norm = K1 * (1 - B + B * np.frombuffer(lengths, dtype=np.float64) / (average or 1.0))
    norms = norm[positions]
    if label:
        is_label = np.array([term.startswith(label) for term in in_order], dtype=np.bool_)
        norms = np.where(np.repeat(is_label, held_by), K1, norms)
    impacts = np.repeat(_rarity(held_by, size), held_by) * (weights * (K1 + 1) / (weights + norms))
    return Index(vocabulary, _fixed(starts), _fixed(positions), _fixed(impacts), size)


def best(positions: NDArray[np.int64], scores: NDArray[np.float64], count: int) -> Matches:
    """The `count` best documents, best first; equal scores in the order of the documents."""
    if 0 < count < len(scores):
        worst_kept = np.partition(scores, len(scores) - count)[len(scores) - count]
        kept = scores >= worst_kept
        positions, scores = positions[kept], scores[kept]
    order = np.lexsort((positions, -scores))[: max(count, 0)]
    return Matches(positions[order], scores[order])


def _rarity(held_by: NDArray[np.int64], size: int) -> NDArray[np.float64]:
    """Okapi's weight of each term by how many documents hold it, with rank-bm25's floor."""
    rarity: NDArray[np.float64] = np.log(size - held_by + 0.5) - np.log(held_by + 0.5)
    if len(rarity):
        rarity[rarity < 0] = EPSILON * (math.fsum(rarity) / len(rarity))
    return rarity


def _fixed(array: NDArray[Any]) -> NDArray[Any]:
    array.setflags(write=False)
    return array
