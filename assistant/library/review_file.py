"""A review as a file: YAML front matter that says what it is, then the document's own text, untouched.

Owns the two halves and the offsets between them. Knows nothing of what the text says.
"""

from __future__ import annotations

import bisect
import json
import re
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import DataFileError, Problem
from assistant.yaml_files import PackModel, check_pack

FENCE = "---\n"


class FrontMatter(PackModel):
    """What is known of a document besides its text, all of it as the document prints it."""

    id: str
    title: str
    subject: str
    publisher: str
    published: str | None = None
    licence: str | None = None
    source: str


@dataclass(frozen=True)
class ReviewFile:
    """A review's file, split. Every offset in the library counts from the start of `text`, front matter included."""

    front: FrontMatter
    text: str
    body: int
    """Where the document's own text begins."""


class Lines:
    """From a character offset to its line, counted from 1."""

    def __init__(self, text: str) -> None:
        self.starts = [0]
        self.starts += [newline.end() for newline in re.finditer("\n", text)]

    def at(self, offset: int) -> int:
        return bisect.bisect_right(self.starts, offset)


def read_review_file(path: Path) -> ReviewFile:
    """Read and split a review's file.

    Raises DataFileError, with the line, when the front matter is missing or wrong.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:  # newline="": offsets count what is really in the file
            text = file.read()
    except UnicodeDecodeError as error:
        raise DataFileError([Problem(path, 1, "not UTF-8 text; save the file as UTF-8")]) from error
    except OSError as error:
        raise DataFileError([Problem(path, 1, f"cannot be read ({error.strerror})")]) from error
    return split_review(text, path)


def split_review(text: str, path: Path) -> ReviewFile:
    """Split a review's text; `path` is only for saying where a mistake is."""
    end = text.find("\n" + FENCE, len(FENCE) - 1)
    if not text.startswith(FENCE) or end < 0:
        raise DataFileError([Problem(path, 1, "no front matter; the file starts with a block between two lines '---'")])
    header = text[: end + 1].replace(FENCE, "\n", 1)  # an empty first line keeps the line numbers right
    front, _ = check_pack(path, header, FrontMatter)
    return ReviewFile(front=front, text=text, body=end + 1 + len(FENCE))


def join_review(front: FrontMatter, body: str) -> str:
    """The text of a review's file."""
    known = front.model_dump(exclude_none=True)
    # A JSON string is a YAML string in double quotes, whatever a title holds.
    header = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in known.items())
    return FENCE + header + FENCE + body
