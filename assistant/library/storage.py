"""A team's own reviews on disk.

Owns the layout of `HOME/library/`: one folder a review, holding its text, its points one JSON object a line, and a
manifest with the checksum of both. A folder is prepared beside its place and moved there in one step, so whatever
stops the program, a review is there whole or not at all. How a document became points is for others.

    library/REVIEW/review.md       front matter and text; spans count in it
    library/REVIEW/points.jsonl    the points that were accepted when it was added
    library/REVIEW/original        the file it was read from, where it was read from one
    library/REVIEW/manifest.json   what it is, how many points, checksums, a sketch of its words
    library/.lock                  held by the process that is changing the library
    library/.links-CHECKSUM/       which points of a library with that checksum teach the same; can be deleted
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import ReflectError
from assistant.library.folder_lock import locked
from assistant.library.points import LearningPoint
from assistant.library.review_file import FrontMatter, ReviewFile, read_review_file
from assistant.to_type import to_type

FORMAT = 1
_TEXT, _POINTS, _MANIFEST, _ORIGINAL = "review.md", "points.jsonl", "manifest.json", "original"
_MOST_IN_MEMORY = 32
_UNFINISHED = ".adding-"
_LINKS = ".links-"
_STATE = ".made-of"
_DAMAGED = "The review “{}” in your library is damaged; remove it and add it again."


class Manifest(BaseModel):
    """What is known of a kept review without reading it."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    format: int
    front: FrontMatter
    points: int
    text_sha256: str
    points_sha256: str
    sketch: tuple[int, ...]
    """A few hashes of its words, by which the same text is known again."""
    original_sha256: str | None = None
    """Of the file it was read from, where that is kept beside it."""


class KeptReview:
    """A review of the user's own."""

    def __init__(self, folder: Path) -> None:
        """Raises ReflectError when the folder does not hold a whole review of a format this program knows."""
        self.id = folder.name
        self._folder = folder
        self.manifest = _read_manifest(folder / _MANIFEST, folder.name)
        self.front = self.manifest.front
        self.count = self.manifest.points
        self.checksum = f"{self.manifest.text_sha256}{self.manifest.points_sha256}"

    @property
    def file(self) -> ReviewFile:
        return _text_of(self._folder / _TEXT, self.manifest.text_sha256)

    @property
    def points(self) -> Sequence[LearningPoint]:
        return [self.point(ordinal) for ordinal in range(self.count)]

    def point(self, ordinal: int) -> LearningPoint:
        try:
            return LearningPoint.model_validate_json(
                _lines_of(self._folder / _POINTS, self.manifest.points_sha256)[ordinal]
            )
        except (OSError, IndexError, ValidationError) as error:
            raise ReflectError(
                f"The review “{self.id}” in your library is damaged; remove it and add it again."
            ) from error

    @property
    def original(self) -> bytes:
        """The file it was read from; nothing where it was not read from one, or that is not as it was."""
        if self.manifest.original_sha256 is None:
            return b""
        try:
            content = (self._folder / _ORIGINAL).read_bytes()
        except OSError:
            return b""
        return content if hashlib.sha256(content).hexdigest() == self.manifest.original_sha256 else b""

    def faults(self) -> Iterator[str]:
        """Everything in which the folder is not what was kept."""
        try:
            text, points = (self._folder / _TEXT).read_bytes(), (self._folder / _POINTS).read_bytes()
        except OSError as error:
            yield f"a file cannot be read ({error.strerror})"
            return
        if hashlib.sha256(text).hexdigest() != self.manifest.text_sha256:
            yield "its text has been changed since it was added"
        if hashlib.sha256(points).hexdigest() != self.manifest.points_sha256:
            yield "its points have been changed since they were added"
        if self.manifest.original_sha256 is not None and not self.original:
            yield "the file it was read from is missing or has been changed"
        source = text.decode(errors="replace")
        try:
            kept = [LearningPoint.model_validate_json(line) for line in points.splitlines()]
        except ValidationError:
            yield "its points cannot be read"
            return
        if len(kept) != self.count:
            yield f"it had {self.count} points and now has {len(kept)}"
        for point in kept:
            if point.text != " ".join(source[start:end] for start, end in point.spans):
                yield f"{point.id} is not what stands in the text"


# Of a thousand reviews only the last few asked for stay in memory; the checksum tells a review from one that took its
# place.
@lru_cache(maxsize=_MOST_IN_MEMORY)
def _text_of(path: Path, checksum: str) -> ReviewFile:  # noqa: ARG001
    return read_review_file(path)


@lru_cache(maxsize=_MOST_IN_MEMORY)
def _lines_of(path: Path, checksum: str) -> Sequence[bytes]:  # noqa: ARG001
    return path.read_bytes().splitlines()


def library_folder(home: Path) -> Path:
    return home / "library"


def names_in(home: Path) -> set[str]:
    """The names of the folders in the user's library that are reviews, whole or not."""
    folder = library_folder(home)
    if not folder.is_dir():
        return set()
    return {entry.name for entry in os.scandir(folder) if entry.is_dir() and not entry.name.startswith(".")}


def stored_reviews(home: Path) -> tuple[list[KeptReview], list[str]]:
    """The user's reviews in the order of their ids, and a sentence about each that is damaged."""
    whole: list[KeptReview] = []
    damaged: list[str] = []
    for name in sorted(names_in(home)):
        try:
            whole.append(KeptReview(library_folder(home) / name))
        except ReflectError as error:
            damaged.append(str(error))
    return whole, damaged


def store_review(
    front: FrontMatter,
    text: str,
    points: Sequence[LearningPoint],
    sketch: tuple[int, ...],
    home: Path,
    original: bytes = b"",
) -> None:
    """Put a review in the user's library, whole or not at all; beside it the file it was read from.

    Raises ReflectError when the disk is full or the folder cannot be written.
    """
    folder = library_folder(home)
    text_bytes = text.encode()
    points_bytes = b"".join(point.model_dump_json(exclude_defaults=True).encode() + b"\n" for point in points)
    manifest = Manifest(
        format=FORMAT,
        front=front,
        points=len(points),
        text_sha256=hashlib.sha256(text_bytes).hexdigest(),
        points_sha256=hashlib.sha256(points_bytes).hexdigest(),
        sketch=sketch,
        original_sha256=hashlib.sha256(original).hexdigest() if original else None,
    )
    unfinished: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder))
        for name, content in (
            (_TEXT, text_bytes),
            (_POINTS, points_bytes),
            (_ORIGINAL, original),
            (_MANIFEST, manifest.model_dump_json(exclude_none=True).encode()),
        ):
            if content:
                _write(unfinished / name, content)
        unfinished.rename(folder / front.id)
        _sync(folder)
    except OSError as error:
        if unfinished is not None:
            shutil.rmtree(unfinished, ignore_errors=True)
        if error.errno in {errno.ENOTEMPTY, errno.EEXIST} and (folder / front.id).exists():
            raise ReflectError(f"“{front.id}” is in your library already; remove it first.") from error
        raise _unwritable(folder, error) from error


@contextmanager
def one_at_a_time(home: Path) -> Iterator[None]:
    """Nobody else changes the user's library meanwhile; whoever is at it now is waited for.

    Raises ReflectError when the folder cannot be written.
    """
    folder = library_folder(home)
    with ExitStack() as held:
        try:
            held.enter_context(locked(folder))
        except OSError as error:
            raise _unwritable(folder, error) from error
        yield


def _unwritable(folder: Path, error: OSError) -> ReflectError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return ReflectError("The disk is full; free some space and add it again. Nothing was kept.")
    return ReflectError(f"Your library folder {folder} cannot be written ({error.strerror}). Nothing was kept.")


def remove_review(review: str, home: Path) -> None:
    """Take a review of the user's own out of the library. Raises ReflectError when there is none."""
    folder = library_folder(home)
    if review.startswith(".") or Path(review).name != review or not (folder / review).is_dir():
        raise ReflectError(f"There is no review of your own called “{review}”; `{to_type('library list')}` shows them.")
    try:
        # Moved out of sight in one step, so that a review half deleted is never seen.
        doomed = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder))
        (folder / review).rename(doomed / review)
        shutil.rmtree(doomed, ignore_errors=True)
    except OSError as error:
        raise ReflectError(f"“{review}” could not be removed ({error.strerror}).") from error


def sweep(home: Path) -> None:
    """Remove what an add that was stopped left behind. Only while nobody else is adding."""
    for left in library_folder(home).glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)


def read_links(checksum: str, review: str, home: Path) -> Mapping[str, tuple[str, ...]] | None:
    """The links of one review's points in the library with this checksum, where they have been kept."""
    folder = _links_folder(checksum, home)
    try:
        links = json.loads((folder / f"{review}.json").read_bytes())
        return {point: tuple(others) for point, others in links.items()}
    except FileNotFoundError:
        return {} if folder.is_dir() else None
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def read_link_state(home: Path) -> dict[str, Any] | None:
    """What the links kept last were made of, where that was kept with them."""
    for folder in library_folder(home).glob(f"{_LINKS}*"):
        try:
            data = json.loads((folder / _STATE).read_bytes())
        except (OSError, ValueError):
            continue
        if isinstance(data, dict):
            return data
    return None


def store_links(
    checksum: str, links: Mapping[str, Sequence[str]], home: Path, *, state: Mapping[str, Any] | None = None
) -> None:
    """Keep the links of a library, in place of any kept before, and what they were made of. They can be made again, so
    failing is no fault."""
    by_review: dict[str, dict[str, Sequence[str]]] = {}
    for point, others in links.items():
        by_review.setdefault(point.split("/", 1)[0], {})[point] = others
    folder = library_folder(home)
    unfinished: Path | None = None
    try:
        unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder))
        for review, of_review in by_review.items():
            (unfinished / f"{review}.json").write_text(json.dumps(of_review), encoding="utf-8")
        if state is not None:
            (unfinished / _STATE).write_text(json.dumps(state), encoding="utf-8")
        for old in folder.glob(f"{_LINKS}*"):
            shutil.rmtree(old, ignore_errors=True)
        unfinished.rename(_links_folder(checksum, home))
    except OSError:
        if unfinished is not None:
            shutil.rmtree(unfinished, ignore_errors=True)


def _links_folder(checksum: str, home: Path) -> Path:
    return library_folder(home) / f"{_LINKS}{checksum[:16]}"


def _read_manifest(path: Path, review: str) -> Manifest:
    try:
        manifest = Manifest.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise ReflectError(_DAMAGED.format(review)) from error
    if manifest.format != FORMAT or manifest.front.id != review:
        raise ReflectError(f"The review “{review}” was kept by another version of this program; add it again.")
    return manifest


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Make the move itself safe from a power cut, on systems where a folder can be opened."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
