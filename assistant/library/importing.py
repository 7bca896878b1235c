"""A document on its way into the library: read, shown, and only then kept.

Owns the steps between a file and a kept review, and what can be done with kept ones: remove, check, export. Shows
nothing and asks nothing; the command line and the screens do.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from assistant.errors import ReflectError
from assistant.library.domain_check import is_about_learning, is_blank_form
from assistant.library.fingerprint import same_text, sketch
from assistant.library.library import Library, open_library
from assistant.library.linking import relink
from assistant.library.metadata import describe
from assistant.library.parsing import LeftOut, parse, slugged
from assistant.library.points import Kind, LearningPoint, reading_text
from assistant.library.read_file import FORMATS, read_file
from assistant.library.readers.kinds import way_out
from assistant.library.readers.packed_reader import files_in, passed_over
from assistant.library.readers.pieces import Aside, Document, Progress, UnreadableError
from assistant.library.readers.witness import letters_of, witness_of
from assistant.library.review_file import FrontMatter, join_review, split_review
from assistant.library.storage import (
    KeptReview,
    library_folder,
    names_in,
    one_at_a_time,
    remove_review,
    store_review,
    stored_reviews,
    sweep,
)
from assistant.to_type import to_type

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
    notices: tuple[str, ...] = ()
    """What the file holds and was not read, or not as it stands, one sentence each."""
    original: bytes = b""
    """The file itself, by which every point can be proven again."""

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
    if is_blank_form(document.text):
        raise UnreadableError(f"“{path.name}” is a form that nobody has filled in; nothing was kept.")
    edges = [aside.text for aside in document.asides]
    if not is_about_learning("\n".join([document.text, *edges])):
        raise NoLearningError(path.name, " ".join(document.text.split())[:200])
    told = describe(document.text, named=document.title, file_stem=path.stem, edges=edges)
    front = FrontMatter(
        id=slugged(title or told.title) or slugged(path.stem) or "review",
        title=title or told.title,
        subject=told.subject,
        publisher=publisher or document.publisher or told.publisher,
        published=published or document.published or told.published,
        licence=licence or told.licence,
        source=path.name,
    )
    preview = _proven(_cut(front, document.text), document, path.name)
    if not preview.points:
        raise NoLearningError(path.name, " ".join(document.text.split())[:200])
    return preview


def _proven(cut: Preview, document: Document, name: str) -> Preview:
    """A preview without the points that another reading of the file does not hold, and with what was not read."""
    witness = witness_of(document.original, name) if document.holds is None else None
    holds = document.holds or (witness.holds if witness is not None else None)
    pictured = [letters_of(paragraph) for paragraph in document.doubtful]
    kept: list[LearningPoint] = []
    left: list[LeftOut] = []
    for point in cut.points:
        letters = letters_of(reading_text(point.text))
        if any(letters in paragraph for paragraph in pictured):
            kept.append(point.model_copy(update={"from_picture": True}))
        elif holds is None or holds(point.text):
            kept.append(point)
        else:
            left.append(LeftOut(point.text, point.lines, "its words do not stand together so in the document"))
    known = {point.id for point in kept}
    points = tuple(
        point if point.under is None or point.under in known else point.model_copy(update={"under": None})
        for point in kept
    )
    notices = document.notices
    if left:
        notices += (f"{_several(len(left), 'point')} left out: the words do not stand together so in the document.",)
    if any(point.from_picture for point in points):
        count = sum(point.from_picture for point in points)
        notices += (f"{_several(count, 'point')} read from a picture: check before you quote.",)
    return replace(
        cut,
        points=points,
        left_out=(*cut.left_out, *left),
        asides=document.asides,
        pages=document.pages,
        notices=notices,
        original=document.original,
    )


def _several(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def documents_in(path: Path) -> list[Path]:
    """The files to add for a path: itself, or everything in a folder that can be read, in the order of names.

    What is packed in a zip file or attached to an email stands unpacked in a folder that goes when the program ends.
    """
    if not path.is_dir():
        return [path, *_unpacked(path)] if path.suffix.lower() in _HOLDERS - {".zip"} else _unpacked(path) or [path]
    return [inner for file in _in_folder(path) if _is_looked_for(file) for inner in documents_in(file)]


def skipped_in(path: Path) -> list[str]:
    """A sentence on each file of a folder or a zip file that is not added, and why."""
    if not path.is_dir():
        packed = path.suffix.lower() == ".zip" and path.is_file()
        return [_not_read(name) for name in passed_over(path.read_bytes())] if packed else []
    return [
        sentence
        for file in _in_folder(path)
        if not file.name.startswith((".", "~$"))
        for sentence in (skipped_in(file) if _is_looked_for(file) else [_not_read(file.name)])
    ]


def _not_read(name: str) -> str:
    ending = Path(name).suffix.lower()
    return way_out(name, ending, b"") or f"“{name}” is not a kind of document that can be read."


def _in_folder(path: Path) -> list[Path]:
    return sorted(Path(base) / name for base, _, names in os.walk(path) for name in names)


def _is_looked_for(file: Path) -> bool:
    return file.suffix.lower() in FORMATS and not file.name.startswith((".", "~$"))


_HOLDERS = frozenset({".zip", ".eml"})


def _unpacked(path: Path) -> list[Path]:
    """The documents that a zip file or an email holds; none where it holds none, or cannot be opened."""
    if path.suffix.lower() not in _HOLDERS or not path.is_file():
        return []
    try:
        held = list(files_in(path.read_bytes(), path.name))
    except (OSError, UnreadableError):
        return []
    if not held:
        return []
    folder = Path(tempfile.mkdtemp(prefix="reflect-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    found = []
    for at, (name, content) in enumerate(held):
        place = folder / str(at) / name  # two folders of a zip file may hold files of one name
        place.parent.mkdir()
        place.write_bytes(content)
        found.append(place)
    return found


@contextmanager
def adding(home: Path) -> Iterator[ImportSession]:
    """The user's library, open for adding; links between reviews are worked out once, at the end."""
    if library_folder(home).is_dir():
        with one_at_a_time(home):
            sweep(home)
    session = ImportSession(home)
    try:
        yield session
    finally:
        if session.kept:
            relink(home)


def keep(preview: Preview, home: Path) -> str:
    """Put one previewed document in the user's library and give the id it got.

    Raises ReflectError when the same text is there already, or the disk does not take it.
    """
    with adding(home) as library:
        return library.keep(preview)


def kept_preview(library: Library, review: str) -> Preview:
    """A review of the user's own as it was when it was kept, to keep again after it was taken out."""
    shelved = library.shelved(review)
    original = shelved.original if isinstance(shelved, KeptReview) else b""
    return Preview(shelved.front, shelved.file.text, tuple(library.points_of(review)), (), (), original=original)


def remove(review: str, home: Path) -> None:
    """Take a review of the user's own out of the library."""
    with one_at_a_time(home):
        remove_review(review, home)
    relink(home)


def check(home: Path) -> list[str]:
    """Everything in the user's library that is not as it was kept, one sentence each."""
    whole, damaged = stored_reviews(home)
    faults = [*damaged, *(f"{review.id}: {fault}" for review in whole for fault in review.faults())]
    return [*faults, *(f"{review.id}: {fault}" for review in whole for fault in _against_original(review))]


def _against_original(review: KeptReview) -> Iterator[str]:
    """The points that do not stand in the file the review was read from."""
    try:
        content, points = review.original, review.points
        witness = witness_of(content, review.front.source) if content else None
    except ReflectError:
        return  # what is damaged has been said
    if witness is not None:
        for point in points:
            if not point.from_picture and not witness.holds(point.text):
                yield f"{point.id} does not stand so in “{review.front.source}”"


def export(home: Path, file: Path) -> int:
    """Write the user's own reviews to one JSON Lines file that another machine can add; gives how many."""
    whole, _ = stored_reviews(home)
    if not whole:
        raise ReflectError(f"There is no review of your own to export; add one with `{to_type('library add FILE')}`.")
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


class ImportSession:
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
        own, _ = stored_reviews(home)
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
            store_review(named.front, named.text, named.points, sketched, self._home, named.original)
        self._seen.add(named.front.id)
        self._remember(named.front.id, sketched)
        self.kept.append(named.front.id)
        return named.front.id

    def _notice_others(self) -> None:
        """What another process has added since."""
        if new := names_in(self._home) - self._seen:
            self._seen |= new
            for review in stored_reviews(self._home)[0]:
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
    return replace(preview, front=front, text=text, points=points)


def _cut(front: FrontMatter, body: str) -> Preview:
    text = join_review(front, body)
    found = parse(text, review=front.id, title=front.title, begin=len(text) - len(body))
    return Preview(front, text, found.points, found.sections, found.left_out)


def _body(text: str) -> str:
    return text[split_review(text, Path("review.md")).body :]
