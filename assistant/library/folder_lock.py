"""One process at a time at a folder.

Owns the lock by which two that add to one library wait for each other instead of clearing each other's work away. The
system lets go of it when a process ends, however it ends.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

LOCK = ".lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Wait until nobody else is at `folder`, which is made if need be, and keep others out meanwhile.

    Raises OSError when the folder cannot be written. Not to be taken twice by one thread.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("ab") as file:
        _wait_for(file)
        yield  # closing the file lets go


if sys.platform == "win32":
    import msvcrt

    def _wait_for(file: IO[bytes]) -> None:
        file.seek(0)
        while True:
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # gives up after ten seconds
            except OSError:
                continue
            return

else:
    import fcntl

    def _wait_for(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)
