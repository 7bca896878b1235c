"""The store's own backups: how they are named, in which order they stand, and which are let go.

Owns the folder. A backup is named by how many changes the store had seen and by the clock, and only the first says
which is newer: a clock may jump forward and back. Knows nothing of keys or of what is in a file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

KEPT = 14
_MOST_CHANGES = 1_000_000_000
"""One a second for thirty years. The file's own counter goes to twice that, and begins again below nothing."""
_NAME = re.compile(r"reflect-(?:(?P<changes>\d{10})-)?(?P<year>\d{1,4})(?P<at>\d{4}-\d{6})(?:-(?P<number>\d+))?")
"""A year before 1000 may stand there as short as some systems write it."""


@dataclass(frozen=True, order=True)
class _Made:
    changes: int
    at: datetime
    number: int


class Backups:
    """Those in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> list[Path]:
        """Newest first; those of versions that counted no changes are the oldest."""
        found = [path for path in self.folder.glob("reflect-*.db") if _time_in(path) is not None and path.is_file()]
        return sorted(found, key=_made, reverse=True)

    def place(self, changes: int, now: datetime) -> Path:
        """Where a backup of the store after so many changes goes; never where one is or, of that moment, was."""
        name = f"reflect-{changes:010d}-{stamp(now)}"
        number = max((_made(path).number for path in self.all() if path.name.startswith(name)), default=0)
        path = self.folder / f"{name}-{number + 1}.db" if number else self.folder / f"{name}.db"
        while path.exists():
            number += 1
            path = self.folder / f"{name}-{number}.db"
        return path

    def made_on(self, day: datetime) -> bool:
        """Whether the newest was made that day, by the clock."""
        newest = next(iter(self.all()), None)
        return newest is not None and backed_up_at(newest).date() == day.date()

    def prune(self, just_made: Path) -> None:
        """Let the oldest go; never the one just made."""
        for old in [path for path in self.all() if path != just_made][KEPT - 1 :]:
            old.unlink(missing_ok=True)

    def keep_only(self, just_made: Path) -> int:
        """Let go of every other; gives how many went."""
        others = [path for path in self.all() if path != just_made]
        for other in others:
            other.unlink(missing_ok=True)
        return len(others)


def believable(changes: int) -> int:
    """The number of changes, or 0 where damage or somebody's hand must have written it: nothing counts on from that."""
    return changes if 0 <= changes <= _MOST_CHANGES else 0


def changes_in(backup: Path) -> int:
    """How many changes one of the store's own backups has."""
    return _made(backup).changes


def backed_up_at(backup: Path) -> datetime:
    """When one of the store's own backups was made, by the clock of that moment."""
    if (at := _time_in(backup)) is None:
        raise ValueError(f"{backup.name} is no backup of the store's own")
    return at


def stamp(now: datetime) -> str:
    """A moment as it stands in the names of files, as long in any year."""
    return f"{now.year:04}{now:%m%d-%H%M%S}"


def _time_in(backup: Path) -> datetime | None:
    """What its name says; a name that no moment has is no backup's."""
    named = _NAME.fullmatch(backup.stem)
    try:
        return datetime.fromisoformat(f"{named['year']:0>4}{named['at'].replace('-', 'T')}") if named else None
    except ValueError:
        return None


def _made(backup: Path) -> _Made:
    named = _NAME.fullmatch(backup.stem)
    assert named is not None
    return _Made(believable(int(named["changes"] or 0)), backed_up_at(backup), int(named["number"] or 1))
