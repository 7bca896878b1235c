"""Small made-up collections to search."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.language.tokens import Tokenizer, read_spellings
from assistant.library.points import Audience, Kind, LearningPoint, Review
from assistant.retrieval.index_building import build
from assistant.retrieval.protocols import ConceptReader, NamedConcept, PassageEncoder
from assistant.retrieval.ranking import Retriever

TOKENIZER = Tokenizer(read_spellings(Path("no-such-folder")))


def point(
    id_: str,
    text: str,
    *,
    kind: Kind = "finding",
    audience: Audience = "everyone",
    section: str = "Key findings",
    also_in: tuple[str, ...] = (),
) -> LearningPoint:
    """A learning point of the review that its id begins with."""
    return LearningPoint(
        id=id_,
        review=id_.split("/")[0],
        text=text,
        section=section,
        path=(section,),
        kind=kind,
        audience=audience,
        spans=((0, len(text)),),
        lines=(1, 1),
        also_in=also_in,
    )


class Library:
    """Points in an order, with the reviews they are of."""

    def __init__(self, points: Sequence[LearningPoint], *, published: Mapping[str, str] | None = None) -> None:
        self.points = list(points)
        self.reviews = {
            name: Review(
                id=name,
                title=f"Learning from {name}",
                subject=name,
                publisher=f"Board of {name}",
                published=(published or {}).get(name),
                source=f"{name}.md",
                text="",
            )
            for name in sorted({point.review for point in points})
        }

    @property
    def checksum(self) -> str:
        """Of every point in order."""
        return hashlib.sha256("".join(point.model_dump_json() for point in self.points).encode()).hexdigest()

    def __len__(self) -> int:
        return len(self.points)

    def point(self, position: int, /) -> LearningPoint:
        """The point at a position."""
        return self.points[position]


def retriever_of(
    library: Library, *, concepts: ConceptReader | None = None, encoder: PassageEncoder | None = None
) -> Retriever:
    """A retriever that keeps nothing on disk."""
    prepared = build(library, tokenizer=TOKENIZER, concepts=concepts, encoder=encoder)
    return Retriever(library, prepared, tokenizer=TOKENIZER, concepts=concepts, encoder=encoder)


class FindsNothing:
    """Stands for a finder of concepts that knows no words."""

    def find(self, text: str) -> Sequence[NamedConcept]:
        return ()
