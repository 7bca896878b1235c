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
_NAME = re.compile(r"reflect-(?:(\d{10})-)?(\d{8}-\d{6})(?:-\d+)?")
_TIME = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, order=True)
class _Made:
    changes: int
    at: str


class Backups:
    """Those in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> list[Path]:
        """Newest first; those of versions that counted no changes are the oldest."""
        found = [path for path in self.folder.glob("reflect-*.db") if _NAME.fullmatch(path.stem)]
        return sorted(found, key=_made, reverse=True)

    def place(self, changes: int, now: datetime) -> Path:
        """Where a backup of the store after so many changes goes; never where one is."""
        name = f"reflect-{changes:010d}-{now:{_TIME}}"
        number, path = 1, self.folder / f"{name}.db"
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
    named = _NAME.fullmatch(backup.stem)
    if named is None:
        raise ValueError(f"{backup.name} is no backup of the store's own")
    return datetime.fromisoformat(named[2].replace("-", "T"))


def _made(backup: Path) -> _Made:
    named = _NAME.fullmatch(backup.stem)
    assert named is not None
    return _Made(believable(int(named[1] or 0)), backup.stem)
