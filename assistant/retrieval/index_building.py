"""From a collection of learning points to everything a search needs, built once and kept.

Owns what is worked out before the first query (terms, concepts, vectors, the facets that filters ask for), when a
saved copy may be used, and what the user is told when it may not. Reading many points for their meaning takes minutes:
it is done where somebody waits for it knowingly, in batches that are kept as they are done, and whoever only searches
is answered from the words meanwhile. Knows nothing of queries.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol, get_args

import numpy as np
from numpy.typing import NDArray

from assistant.language.tokens import Tokenizer
from assistant.library.points import Audience, Kind, LearningPoint, Review, reading_text
from assistant.retrieval import index_file, weights
from assistant.retrieval.bm25 import Index, Vocabulary, build_index
from assistant.retrieval.code_checksum import CONCEPTS, INDEX, WEIGHTS, code_checksum
from assistant.retrieval.informative_headings import informative_headings_of
from assistant.retrieval.point_quality import is_furniture, polarity
from assistant.retrieval.protocols import ConceptReader, PassageEncoder, Vectors
from assistant.retrieval.shipped_vectors import learnt_points
from assistant.retrieval.weighted_terms import CONCEPT, point_terms, point_text

KINDS: tuple[Kind, ...] = get_args(Kind)
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
BATCH = 256
"""Points read between two reports of progress."""

AT_ONCE = 250
"""Points that may be read for their meaning before a search answers: some five seconds."""
AT_A_TIME = 128
"""Points read for their meaning between two reports of progress: two or three seconds."""
KEPT_EVERY = 8 * AT_A_TIME
"""Points after which what has been read is kept, so that a machine that is switched off loses half a minute's work."""
UNREAD = (
    "Searching by words and subjects for now: {lacking} of the library's {size} points have not been read for their "
    "meaning yet."
)

_INSTRUCTS = re.compile(r"\b(?:must|should|ensure|need to)\b", re.IGNORECASE)

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is. What it raises stops the work; what was read
for its meaning until then is kept."""


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


class Read(NamedTuple):
    """A text's meaning."""

    vector: Vectors
    """In the space of concepts."""
    adapted: Vectors
    """Where it lies among what people say."""


READ = ("vectors", "adapted", "texts")
"""The arrays that hold it, with the hash of each text."""


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
    worth: NDArray[np.float32]
    """By which a point's score is multiplied: less for furniture, a little more for a gap."""
    vectors: Vectors | None
    """In the space of concepts."""
    adapted: Vectors | None
    """Where each point lies among what people say."""
    texts: NDArray[np.uint64]
    """A hash of what was encoded, so that the vectors of points that stay are kept when a review is added."""


def prepare(
    collection: Collection,
    path: Path,
    *,
    tokenizer: Tokenizer,
    concepts: ConceptReader | None,
    encoder: PassageEncoder | None,
    progress: Progress | None,
    at_once: bool = False,
) -> tuple[Prepared, str | None]:
    """Open the index saved at `path`, or build and save it; with what the user should be told, if anything.

    With `at_once`, many points that are new are not read for their meaning: the index is then of words and subjects,
    has no vectors, and is not kept.
    """
    made_from = {
        "library": collection.checksum,
        "spellings": tokenizer.checksum,
        "lexicon": concepts.checksum if concepts else "none",
        "encoder": encoder.checksum if encoder else "none",
        "program": code_checksum((*INDEX, *CONCEPTS, *WEIGHTS)),
    }
    notice = None
    try:
        return _from_arrays(index_file.read(path, made_from), len(collection)), None
    except index_file.NoIndexError:
        pass
    except index_file.UnusableIndexError as reason:
        notice = f"The search index was built again, because {reason}."
    known: dict[int, Read] = {}
    if encoder:
        known = known_vectors(path, encoder)
        lacking = {key: text for key, text in _texts(collection) if key not in known}
        if at_once and len(lacking) > AT_ONCE:
            words = build(collection, tokenizer=tokenizer, concepts=concepts)
            return words, UNREAD.format(lacking=len(lacking), size=len(collection))
        _read_meaning(lacking, known, encoder, _beside(path), progress)
    prepared = build(
        collection, tokenizer=tokenizer, concepts=concepts, encoder=encoder, known=known, progress=progress
    )
    try:
        index_file.write(path, _to_arrays(prepared), made_from)
        _beside(path).unlink(missing_ok=True)
    except OSError as error:
        notice = f"The search index could not be saved ({error.strerror}); searching works, but starts more slowly."
    else:  # from the file, which every process shares, and not from this one's own memory
        with contextlib.suppress(index_file.UnusableIndexError):
            prepared = _from_arrays(index_file.read(path, made_from), len(collection))
    return prepared, notice


def _beside(path: Path) -> Path:
    """Where vectors are kept until the index that needs them is whole."""
    return path.with_name(f"{path.name}-vectors")


def keep_vectors(keys: Sequence[int], known: Mapping[int, Read], encoder: PassageEncoder, path: Path) -> None:
    """Keep vectors of texts, by their hash, for the index that will be built at `path`."""
    _keep(keys, known, encoder, _beside(path))


def known_vectors(path: Path, encoder: PassageEncoder) -> dict[int, Read]:
    """The vectors of texts that have been read before, by the hash of the text."""
    made_from = {"encoder": encoder.checksum}
    known = shipped_vectors(encoder.checksum)
    for place in (path, _beside(path)):
        known |= _by_text(index_file.peek(place, *READ, made_from=made_from))
    return known


def shipped_vectors(encoder: str) -> dict[int, Read]:
    """The vectors that came with the program, by the hash of the text."""
    return _by_text(learnt_points(encoder, *READ))


def _by_text(arrays: index_file.Arrays) -> dict[int, Read]:
    if not arrays:
        return {}
    rows = zip(arrays["vectors"], arrays["adapted"], strict=True)
    return dict(zip(arrays["texts"].tolist(), itertools.starmap(Read, rows), strict=True))


def read_meaning(encoder: PassageEncoder, texts: Mapping[int, str]) -> dict[int, Read]:
    """Texts read for their meaning, by their hash."""
    rows = zip(*encoder.encode_both(list(texts.values())), strict=True)
    return dict(zip(texts, itertools.starmap(Read, rows), strict=True))


def _texts(collection: Collection) -> Iterator[tuple[int, str]]:
    for row in range(len(collection)):
        text = point_text(collection.point(row))
        yield key_of(text), text


def key_of(text: str) -> int:
    """By what the vector of a text is kept."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")


def _read_meaning(
    lacking: Mapping[int, str],
    known: dict[int, Read],
    encoder: PassageEncoder,
    path: Path,
    progress: Progress | None,
) -> None:
    """Read texts for their meaning, into `known`; what is done is kept at `path` as it goes."""
    keys, done = list(lacking), 0
    try:
        while done < len(keys):
            batch = keys[done : done + AT_A_TIME]
            known |= read_meaning(encoder, {key: lacking[key] for key in batch})
            done += len(batch)
            if done % KEPT_EVERY == 0 and done < len(keys):
                _keep(keys[:done], known, encoder, path)
            if progress is not None:
                progress("Reading the library for its meaning", done, len(keys))
    except BaseException:  # somebody stopped it
        if done:
            _keep(keys[:done], known, encoder, path)
        raise


def _keep(keys: Sequence[int], known: Mapping[int, Read], encoder: PassageEncoder, path: Path) -> None:
    made_from = {"encoder": encoder.checksum}
    whole = _by_text(index_file.peek(path, *READ, made_from=made_from))
    whole |= {key: known[key] for key in keys}
    arrays: index_file.Arrays = {
        "texts": np.array(list(whole), dtype=np.uint64),
        "vectors": np.stack([read.vector for read in whole.values()]),
        "adapted": np.stack([read.adapted for read in whole.values()]),
    }
    # Only work saved: where the folder cannot be written, saving the index itself says so.
    with contextlib.suppress(OSError):
        index_file.write(path, arrays, made_from)


class _Columns:
    """What filters and factors ask of each point, filled row by row."""

    def __init__(self, collection: Collection) -> None:
        size = len(collection)
        self._review_numbers = {name: number for number, name in enumerate(sorted(collection.reviews))}
        self.kinds = np.empty(size, dtype=np.uint8)
        self.audiences = np.empty(size, dtype=np.uint8)
        self.reviews = np.empty(size, dtype=np.int32)
        self.worth = np.empty(size, dtype=np.float32)
        self.texts = np.empty(size, dtype=np.uint64)

    def fill(self, row: int, point: LearningPoint, text: str) -> None:
        """Put in one point; `text` is what of it is searched."""
        self.kinds[row] = KINDS.index(point.kind)
        self.audiences[row] = AUDIENCES.index(point.audience)
        self.reviews[row] = self._review_numbers[point.review]
        self.worth[row] = worth_of(point)
        self.texts[row] = key_of(text)


class _Meanings:
    """The meaning of each point, batch after batch; what is known already is not read again."""

    def __init__(self, encoder: PassageEncoder, known: Mapping[int, Read]) -> None:
        self._encoder = encoder
        self._known = dict(known)
        self.vectors: list[Vectors] = []
        self.adapted: list[Vectors] = []

    def read(self, keys: Sequence[int], texts: Sequence[str]) -> Vectors:
        """The vectors of the next batch, given with their hashes."""
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if new:
            self._known.update(read_meaning(self._encoder, new))
        self.vectors.append(np.stack([self._known[key].vector for key in keys]))
        self.adapted.append(np.stack([self._known[key].adapted for key in keys]))
        return self.vectors[-1]


def build(
    collection: Collection,
    *,
    tokenizer: Tokenizer,
    concepts: ConceptReader | None = None,
    encoder: PassageEncoder | None = None,
    known: Mapping[int, Read] | None = None,
    progress: Progress | None = None,
) -> Prepared:
    """Work everything out; `known` may hold the vectors of some texts by their hash."""
    size = len(collection)
    columns = _Columns(collection)
    meanings = _Meanings(encoder, known or {}) if encoder is not None else None

    def documents() -> Iterator[dict[str, float]]:
        for start in range(0, size, BATCH):
            rows = range(start, min(start + BATCH, size))
            points = [collection.point(row) for row in rows]
            said = [point_text(point) for point in points]
            for row, point, text in zip(rows, points, said, strict=True):
                columns.fill(row, point, text)
            vectors = meanings.read(columns.texts[start : rows.stop].tolist(), said) if meanings else None
            tags: Sequence[Mapping[str, float]] = [{} for _ in rows]
            if concepts is not None:
                headings = [informative_headings_of(point.path) for point in points]
                tags = concepts.of_points(said, headings, vectors)
            for point, tag in zip(points, tags, strict=True):
                yield point_terms(point, tokenizer, tag)
            if progress is not None:
                progress("Reading the library", rows.stop, size)

    index = build_index(documents(), label=CONCEPT)
    return Prepared(
        index,
        columns.kinds,
        columns.audiences,
        columns.reviews,
        columns.worth,
        np.concatenate(meanings.vectors) if meanings and meanings.vectors else None,
        np.concatenate(meanings.adapted) if meanings and meanings.adapted else None,
        columns.texts,
    )


def worth_of(point: LearningPoint) -> float:
    """What a point's words say of its worth, whatever is asked."""
    text = reading_text(point.text)
    # what says what must be done is learning, whatever stands around it
    furniture = weights.FURNITURE if is_furniture(text) and not _INSTRUCTS.search(text) else 1.0
    return furniture * (weights.GAP if polarity(point) == "gap" else 1.0)


def _to_arrays(prepared: Prepared) -> index_file.Arrays:
    index = prepared.index
    arrays: index_file.Arrays = {
        "vocabulary": index.vocabulary.text,
        "vocabulary_ends": index.vocabulary.ends,
        "starts": index.starts,
        "documents": index.documents,
        "impacts": index.impacts,
        "kinds": prepared.kinds,
        "audiences": prepared.audiences,
        "reviews": prepared.reviews,
        "worth": prepared.worth,
        "texts": prepared.texts,
    }
    if prepared.vectors is None or prepared.adapted is None:
        return arrays
    return arrays | {"vectors": prepared.vectors, "adapted": prepared.adapted}


def _from_arrays(arrays: index_file.Arrays, size: int) -> Prepared:
    vocabulary = Vocabulary(arrays["vocabulary"], arrays["vocabulary_ends"])
    index = Index(vocabulary, arrays["starts"], arrays["documents"], arrays["impacts"], size)
    return Prepared(
        index,
        arrays["kinds"],
        arrays["audiences"],
        arrays["reviews"],
        arrays["worth"],
        arrays.get("vectors"),
        arrays.get("adapted"),
        arrays["texts"],
    )
