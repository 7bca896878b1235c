"""From a collection of learning points to everything a search needs, built once and kept.

Owns what is worked out before the first query (terms, concepts, vectors, the facets that filters ask for), when a
saved copy may be used, and what the user is told when it may not. Knows nothing of queries.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, get_args

import numpy as np
from numpy.typing import NDArray

from assistant.library.model import Audience, Kind, LearningPoint, Review
from assistant.retrieval import persist
from assistant.retrieval.headings import telling
from assistant.retrieval.index import Index, Vocabulary, build_index
from assistant.retrieval.learnt import learnt
from assistant.retrieval.reading import CONCEPT, point_terms, point_text
from assistant.retrieval.signals import ConceptReader, Encoder, Vectors
from assistant.retrieval.tokens import Tokenizer

KINDS: tuple[Kind, ...] = get_args(Kind)
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
BATCH = 256
"""Points read between two reports of progress."""

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


class Collection(Protocol):
    """What a library has that can be searched; any ordered collection of learning points will do."""

    @property
    def checksum(self) -> str:
        """Changes whenever a point or their order does."""

    @property
    def reviews(self) -> Mapping[str, Review]:
        """The reviews by id."""

    def __len__(self) -> int: ...

    def point(self, position: int, /) -> LearningPoint:
        """The point at a position."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything worked out from a collection beforehand; row by row the points in their order."""

    index: Index
    kinds: NDArray[np.uint8]
    """Places in KINDS."""
    audiences: NDArray[np.uint8]
    """Places in AUDIENCES."""
    reviews: NDArray[np.int32]
    """Places in the sorted ids of the reviews."""
    vectors: Vectors | None
    texts: NDArray[np.uint64]
    """A hash of what was encoded, so that the vectors of points that stay are kept when a review is added."""


def prepare(
    collection: Collection,
    path: Path,
    *,
    tokenizer: Tokenizer,
    concepts: ConceptReader | None,
    encoder: Encoder | None,
    progress: Progress | None,
) -> tuple[Prepared, str | None]:
    """Open the index saved at `path`, or build and save it; with what the user should be told, if anything."""
    made_from = {
        "library": collection.checksum,
        "spellings": tokenizer.checksum,
        "lexicon": concepts.checksum if concepts else "none",
        "encoder": encoder.checksum if encoder else "none",
        "program": _code_checksum(),
    }
    notice = None
    try:
        return _from_arrays(persist.read(path, made_from), len(collection)), None
    except persist.NoIndexError:
        pass
    except persist.UnusableIndexError as reason:
        notice = f"The search index was built again, because {reason}."
    known = {}
    if encoder:
        known = persist.peek(path, "vectors", "texts", made_from={"encoder": made_from["encoder"]})
        known = known or learnt(encoder.checksum, "vectors", "texts")
    prepared = build(
        collection, tokenizer=tokenizer, concepts=concepts, encoder=encoder, known=known, progress=progress
    )
    try:
        persist.write(path, _to_arrays(prepared), made_from)
    except OSError as error:
        notice = f"The search index could not be saved ({error.strerror}); searching works, but starts more slowly."
    return prepared, notice


def build(
    collection: Collection,
    *,
    tokenizer: Tokenizer,
    concepts: ConceptReader | None = None,
    encoder: Encoder | None = None,
    known: Mapping[str, NDArray[np.generic]] | None = None,
    progress: Progress | None = None,
) -> Prepared:
    """Work everything out; `known` may hold the `vectors` of some `texts` from before."""
    size = len(collection)
    review_numbers = {name: number for number, name in enumerate(sorted(collection.reviews))}
    kinds = np.empty(size, dtype=np.uint8)
    audiences = np.empty(size, dtype=np.uint8)
    reviews = np.empty(size, dtype=np.int32)
    texts = np.empty(size, dtype=np.uint64)
    vectors: list[Vectors] = []
    remembered = dict(zip(known["texts"].tolist(), known["vectors"], strict=True)) if known else {}

    def documents() -> Iterator[dict[str, float]]:
        for start in range(0, size, BATCH):
            rows = range(start, min(start + BATCH, size))
            points = [collection.point(row) for row in rows]
            said = [point_text(point) for point in points]
            for row, point, text in zip(rows, points, said, strict=True):
                kinds[row] = KINDS.index(point.kind)
                audiences[row] = AUDIENCES.index(point.audience)
                reviews[row] = review_numbers[point.review]
                texts[row] = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")
            if encoder is not None:
                hashes = texts[start : rows.stop].tolist()
                new = [(key, text) for key, text in zip(hashes, said, strict=True) if key not in remembered]
                if new:
                    encoded = encoder.encode([text for _, text in new])
                    remembered.update(zip((key for key, _ in new), encoded, strict=True))
                vectors.append(np.stack([remembered[key] for key in hashes]))
            tags: list[dict[str, float]] = [{} for _ in rows]
            if concepts is not None:
                headings = [telling(point.path) for point in points]
                tags = concepts.of_points(said, headings, vectors[-1] if encoder else None)
            for point, tag in zip(points, tags, strict=True):
                yield point_terms(point, tokenizer, tag)
            if progress is not None:
                progress("Reading the library", rows.stop, size)

    index = build_index(documents(), label=CONCEPT)
    return Prepared(index, kinds, audiences, reviews, np.concatenate(vectors) if vectors else None, texts)


def _to_arrays(prepared: Prepared) -> persist.Arrays:
    index = prepared.index
    arrays: persist.Arrays = {
        "vocabulary": index.vocabulary.text,
        "vocabulary_ends": index.vocabulary.ends,
        "starts": index.starts,
        "documents": index.documents,
        "impacts": index.impacts,
        "kinds": prepared.kinds,
        "audiences": prepared.audiences,
        "reviews": prepared.reviews,
        "texts": prepared.texts,
    }
    return arrays if prepared.vectors is None else arrays | {"vectors": prepared.vectors}


def _from_arrays(arrays: persist.Arrays, size: int) -> Prepared:
    vocabulary = Vocabulary(arrays["vocabulary"], arrays["vocabulary_ends"])
    index = Index(vocabulary, arrays["starts"], arrays["documents"], arrays["impacts"], size)
    return Prepared(
        index, arrays["kinds"], arrays["audiences"], arrays["reviews"], arrays.get("vectors"), arrays["texts"]
    )


def _code_checksum() -> str:
    digest = hashlib.sha256()
    for module in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()
