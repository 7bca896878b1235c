"""What an answer means, piece by piece: its sentences, and the clauses of the long ones, as vectors.

Owns how an answer is cut for its meaning to be compared, and that each answer is encoded once however many rules ask.
Knows nothing of what the pieces are compared with. Where the encoder's weights are not installed there is no meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.language.sentences import spoken_sentences
from assistant.noticing.observations import Span

if TYPE_CHECKING:
    from assistant.retrieval.encoder import Encoder
    from assistant.retrieval.protocols import Vectors

LONG = 12
"""Words from which a sentence is cut into its clauses as well."""
FEWEST_WORDS = 4
"""A clause of fewer words goes with the next."""
MOST_PIECES = 24
"""Of one answer; sentences come first, so that what is left out of a very long answer are its clauses."""
JOINS = r"(?:and|but|so|because|cos|then|which|although|though)\s"
"""A pattern of how a clause begins that is joined to the one before."""
_CLAUSE_END = re.compile(rf"\s*[,;:–—…(]+\s*|\s+-+\s+|\s+(?={JOINS})")


@dataclass(frozen=True)
class Pieces:
    """An answer in pieces, with one vector a piece."""

    spans: tuple[Span, ...]
    sentences: int
    """How many of them, the first, are whole sentences."""
    vectors: Vectors


class Meaning:
    """Gives the meaning of answers. The encoder is opened at the first one."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.of = lru_cache(maxsize=64)(self._of)
        """The pieces of an answer; None without the encoder, and for an answer without words."""

    def encode(self, texts: Sequence[str]) -> Vectors | None:
        """One row a text; None without the encoder."""
        return self.encoder.encode(texts) if self.encoder and texts else None

    def _of(self, answer: str) -> Pieces | None:
        spans, sentences = cut(answer)
        vectors = self.encode([answer[start:end] for start, end in spans])
        return Pieces(spans, sentences, vectors) if vectors is not None else None

    @cached_property
    def checksum(self) -> str | None:
        """Of the encoder, where there is one."""
        return self.encoder.checksum if self.encoder else None

    @cached_property
    def encoder(self) -> Encoder | None:
        """The encoder, where its weights are installed."""
        from assistant.retrieval.open_search import open_encoder  # NumPy and tokenizers: 0.1 s

        return open_encoder(self._home)


def cut(answer: str) -> tuple[tuple[Span, ...], int]:
    """The sentences of an answer, then the clauses of its long ones; and how many are sentences."""
    sentences = tuple(spoken_sentences(answer))[:MOST_PIECES]
    clauses = (
        clause
        for start, end in sentences
        if len(answer[start:end].split()) >= LONG
        for clause in _clauses(answer, start, end)
        if clause != (start, end)
    )
    return (*sentences, *clauses)[:MOST_PIECES], len(sentences)


def _clauses(answer: str, start: int, end: int) -> Iterator[Span]:
    """Clauses that follow one another; what is too short to say something goes with the next."""
    begins = start
    for found in _CLAUSE_END.finditer(answer, start, end):
        enough = len(answer[begins : found.start()].split()) >= FEWEST_WORDS
        if enough and len(answer[found.end() : end].split()) >= FEWEST_WORDS:
            yield begins, found.start()
            begins = found.end()
    yield begins, end
