"""Editor's notes: what a document gets wrong, said beside it and never corrected in it.

Owns the notes files (`corpus/reviews/REVIEW.notes.yaml`, the user's own in their place) and where in the text each note
belongs.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.errors import DataFileError
from assistant.language.spans import overlaps
from assistant.library.points import LearningPoint, Span
from assistant.resources import overlaid
from assistant.yaml_files import PackModel, read_pack

_SUFFIX = ".notes.yaml"


class _Note(PackModel):
    about: str
    note: str


@dataclass(frozen=True)
class EditorsNote:
    """One remark on the words of a document."""

    span: Span
    """Of the words it is about."""
    about: str
    note: str

    def concerns(self, point: LearningPoint) -> bool:
        return overlaps(self.span, *point.spans)


def read_notes(review: str, text: str, home: Path) -> tuple[EditorsNote, ...]:
    """The editor's notes on a review, in the order of its text.

    Raises DataFileError with the line of a note about words that the document does not have.
    """
    for path in overlaid("corpus", "reviews", suffix=_SUFFIX, home=home):
        if path.name == review + _SUFFIX:
            return _located(path, text)
    return ()


def _located(path: Path, text: str) -> tuple[EditorsNote, ...]:
    notes, marks = read_pack(path, list[_Note])
    strangers = [
        marks.problem("about: these words are not in the review; copy them from it exactly", (at, "about"))
        for at, note in enumerate(notes)
        if note.about not in text
    ]
    if strangers:
        raise DataFileError(strangers)
    found = []
    for note in notes:
        start = text.index(note.about)
        found.append(EditorsNote((start, start + len(note.about)), note.about, note.note))
    return tuple(sorted(found, key=lambda note: note.span))
