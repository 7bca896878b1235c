"""What can go wrong in a way the user can put right.

Owns the one family of errors whose text is shown to people. Everything below the command line and the screens
raises these; only those two turn them into words on a terminal. A message is one plain sentence that says what to
do, and never holds what somebody typed about a case.

    ReflectError            could not do it (exit status 1)
    +-- DataFileError       a question, lexicon or journey file is wrong (file:line: what)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class ReflectError(Exception):
    """Something could not be done; `str(error)` is the sentence shown to the user."""


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in a data file, where it stands and what was expected."""

    path: Path
    line: int
    """Counted from 1. A key that is missing is reported at the line of what should hold it."""
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class DataFileError(ReflectError):
    """One or more data files are wrong; every problem found is listed, one a line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
