"""A document on its way into the library: read, shown, and only then kept.

Owns the steps between a file and a kept review, and what can be done with kept ones: remove, check, export. Shows
nothing and asks nothing; the command line and the screens do.
"""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from assistant.errors import ReflectError
from assistant.library.describing import describe
from assistant.library.keeping import (
    keep_links,
    keep_review,
    kept_reviews,
    library_folder,
    names_in,
    one_at_a_time,
    remove_review,
    sweep,
)
from assistant.library.learning import is_about_learning
from assistant.library.model import Kind, LearningPoint
from assistant.library.parsing import LeftOut, parse, slugged
from assistant.library.readers.pieces import Aside, Progress, UnreadableError
from assistant.library.reading import FORMATS, read_file
from assistant.library.review_file import FrontMatter, join_review, split_review
from assistant.library.shelf import Library, open_library
from assistant.library.sketch import same_text, sketch

EXPORT_FORMAT = 1


class NoLearningError(ReflectError):
    """A document that is about something else; `read` is how it begins, for the user to see."""

    def __init__(self, name: str, read: str) -> None:
        self.read = read
        super().__init__(f"No learning found in “{name}”; nothing was kept.")


@dataclass(frozen=True)
class Preview:
    """What a document was found to hold, before anything is kept."""

    front: FrontMatter
    text: str
    """As it would be kept: front matter and Markdown. Spans count in it."""
    points: tuple[LearningPoint, ...]
    sections: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    """Of the text, with its lines."""
    asides: tuple[Aside, ...] = ()
    """What was never part of the text: running heads, navigation."""
    pages: int | None = None

    @property
    def points_by_kind(self) -> Mapping[Kind, int]:
        """How many points of each kind, most first."""
        return dict(Counter(point.kind for point in self.points).most_common())


def read_document(
    path: Path,
    *,
    title: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    licence: str | None = None,
    progress: Progress | None = None,
) -> Preview:
    """Read a file and cut it into points; what is given here stands instead of what the document says of itself.

    Raises ReflectError when the file cannot be read or is not about learning.
    """
    document = read_file(path, progress)
    if not is_about_learning(document.text):
        raise NoLearningError(path.name, " ".join(document.text.split())[:200])
    told = describe(
        document.text, named=document.title, file_stem=path.stem, edges=[aside.text for aside in document.asides]
    )
    front = FrontMatter(
        id=slugged(title or told.title) or slugged(path.stem) or "review",
        title=title or told.title,
        subject=told.subject,
        publisher=publisher or told.publisher,
        published=published or told.published,
        licence=licence or told.licence,
        source=path.name,
    )
    preview = _cut(front, document.text)
    if not preview.points:
        raise NoLearningError(path.name, " ".join(document.text.split())[:200])
    return Preview(
        preview.front, preview.text, preview.points, preview.sections, preview.left_out, document.asides, document.pages
    )


def documents_in(path: Path) -> list[Path]:
    """The files to add for a path: itself, or everything in a folder that can be read, in the order of names."""
    if not path.is_dir():
        return [path]
    found = [Path(base) / name for base, _, names in os.walk(path) for name in names]
    return sorted(file for file in found if file.suffix.lower() in FORMATS and not file.name.startswith((".", "~$")))


@contextmanager
def adding(home: Path) -> Iterator[Shelf]:
    """The user's library, open for adding; links between reviews are worked out once, at the end."""
    if library_folder(home).is_dir():
        with one_at_a_time(home):
            sweep(home)
    shelf = Shelf(home)
    try:
        yield shelf
    finally:
        if shelf.kept:
            _relink(home)


def keep(preview: Preview, home: Path) -> str:
    """Put one previewed document in the user's library and give the id it got.

    Raises ReflectError when the same text is there already, or the disk does not take it.
    """
    with adding(home) as shelf:
        return shelf.keep(preview)


def kept_preview(library: Library, review: str) -> Preview:
    """A review of the user's own as it was when it was kept, to keep again after it was taken out."""
    shelved = library.shelved(review)
    return Preview(shelved.front, shelved.file.text, tuple(library.points_of(review)), (), ())


def remove(review: str, home: Path) -> None:
    """Take a review of the user's own out of the library."""
    with one_at_a_time(home):
        remove_review(review, home)
    _relink(home)


def check(home: Path) -> list[str]:
    """Everything in the user's library that is not as it was kept, one sentence each."""
    whole, damaged = kept_reviews(home)
    return [*damaged, *(f"{review.id}: {fault}" for review in whole for fault in review.faults())]


def export(home: Path, file: Path) -> int:
    """Write the user's own reviews to one JSON Lines file that another machine can add; gives how many."""
    whole, _ = kept_reviews(home)
    if not whole:
        raise ReflectError("There is no review of your own to export; add one with `reflect library add FILE`.")
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as out:
            for review in whole:
                head = {"reflect_library": EXPORT_FORMAT, "text": review.file.text, "points": review.count}
                out.write(json.dumps(head, ensure_ascii=False) + "\n")
                for point in review.points:
                    out.write(point.model_dump_json(exclude_defaults=True) + "\n")
        unfinished.replace(file)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise ReflectError(f"“{file}” could not be written ({error.strerror}).") from error
    return len(whole)


def read_export(path: Path) -> Iterator[Preview]:
    """The reviews in a file that `export` wrote, each with the points that were accepted on the other machine.

    Raises ReflectError when a line is not what `export` writes, or a point is not what stands in its text.
    """
    broken = f"“{path.name}” is not a library export, or it has been changed since; export it again."
    try:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                head = json.loads(line)
                if head["reflect_library"] != EXPORT_FORMAT:
                    raise UnreadableError(f"“{path.name}” was exported by another version of this program.")
                points = tuple(LearningPoint.model_validate_json(next(lines)) for _ in range(head["points"]))
                yield _checked(Path(path.name), head["text"], points)
    except (ValueError, KeyError, TypeError, StopIteration, RuntimeError, ValidationError) as error:
        raise UnreadableError(broken) from error


def _checked(name: Path, text: str, points: tuple[LearningPoint, ...]) -> Preview:
    file = split_review(text, name)
    for point in points:
        if point.text != " ".join(text[start:end] for start, end in point.spans) or point.review != file.front.id:
            raise ValueError(point.id)
    found = parse(text, review=file.front.id, title=file.front.title, begin=file.body)
    return Preview(file.front, text, points, found.sections, found.left_out)


class Shelf:
    """What is in the library already, by which the same text and the same name are known again."""

    def __init__(self, home: Path) -> None:
        self.kept: list[str] = []
        """The ids given out, in order."""
        self._home = home
        self._names: set[str] = set()
        self._holding: dict[int, list[str]] = defaultdict(list)
        self._sketches: dict[str, tuple[int, ...]] = {}
        self._seen = names_in(home)
        library = open_library(home)
        own, _ = kept_reviews(home)
        known = {review.id: review.manifest.sketch for review in own}
        for review in library.ids:
            self._remember(review, known.get(review) or sketch(_body(library.shelved(review).file.text)))

    def same_as(self, preview: Preview) -> str | None:
        """The id of a review in the library with the same text, whatever its format."""
        return self._same_as(sketch(_body(preview.text)))

    def keep(self, preview: Preview) -> str:
        """Put a document in the library, whole or not at all, and give the id it got."""
        sketched = sketch(_body(preview.text))
        with one_at_a_time(self._home):
            self._notice_others()
            same = self._same_as(sketched)
            if same is not None:
                raise ReflectError(f"“{preview.front.source}” is in your library already, as “{same}”.")
            named = self._renamed(preview)
            keep_review(named.front, named.text, named.points, sketched, self._home)
        self._seen.add(named.front.id)
        self._remember(named.front.id, sketched)
        self.kept.append(named.front.id)
        return named.front.id

    def _notice_others(self) -> None:
        """What another process has added since."""
        if new := names_in(self._home) - self._seen:
            self._seen |= new
            for review in kept_reviews(self._home)[0]:
                if review.id in new:
                    self._remember(review.id, review.manifest.sketch)

    def _same_as(self, sketched: tuple[int, ...]) -> str | None:
        shared = Counter(review for run in sketched for review in self._holding.get(run, ()))
        near = (review for review, _ in shared.most_common(3))
        return next((review for review in near if same_text(sketched, self._sketches[review])), None)

    def _remember(self, review: str, sketched: tuple[int, ...]) -> None:
        self._names.add(review)
        self._sketches[review] = sketched
        for run in sketched:
            self._holding[run].append(review)

    def _renamed(self, preview: Preview) -> Preview:
        """The preview under an id that is free."""
        wanted, free, number = preview.front.id, preview.front.id, 2
        while free in self._names or (library_folder(self._home) / free).exists():
            free, number = f"{wanted}-{number}", number + 1
        return preview if free == wanted else _under(preview, free)


def _under(preview: Preview, name: str) -> Preview:
    """The same review under another id, its points moved by as much as its front matter grew."""
    front = preview.front.model_copy(update={"id": name})
    body = _body(preview.text)
    text = join_review(front, body)
    shift = len(text) - len(preview.text)
    points = tuple(
        point.model_copy(
            update={
                "id": f"{name}/{point.id.split('/', 1)[1]}",
                "review": name,
                "under": f"{name}/{point.under.split('/', 1)[1]}" if point.under else None,
                "spans": tuple((start + shift, end + shift) for start, end in point.spans),
            }
        )
        for point in preview.points
    )
    return Preview(front, text, points, preview.sections, preview.left_out, preview.asides, preview.pages)


def _cut(front: FrontMatter, body: str) -> Preview:
    text = join_review(front, body)
    found = parse(text, review=front.id, title=front.title, begin=len(text) - len(body))
    return Preview(front, text, found.points, found.sections, found.left_out)


def _body(text: str) -> str:
    return text[split_review(text, Path("review.md")).body :]


def _relink(home: Path) -> None:
    library: Library = open_library(home)
    links = library.links()
    with one_at_a_time(home):
        keep_links(library.checksum, links, home)
