"""What was read lately, kept in case the same words are read again: by another reader, or at the next answer.

Owns what is let go when there's too much. Knows nothing of what is kept, but how long it is. Several threads may ask.
"""

from __future__ import annotations

import threading
from collections.abc import Hashable
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from assistant.retrieval.protocols import Vectors

_Key = TypeVar("_Key", bound=Hashable)


class LatelyRead(Generic[_Key]):
    """Rows by what they are of; those asked for longest ago go first."""

    def __init__(self, most_rows: int) -> None:
        self._most = most_rows
        self._rows = 0
        self._held: dict[_Key, Vectors] = {}
        self._lock = threading.Lock()

    def get(self, key: _Key) -> Vectors | None:
        """What is kept; nobody may change it."""
        with self._lock:
            found = self._held.pop(key, None)
            if found is not None:
                self._held[key] = found
            return found

    def keep(self, key: _Key, rows: Vectors) -> None:
        """Keep some rows: a copy, since they may be part of many more."""
        kept = rows.copy()
        with self._lock:
            if key in self._held:
                return
            self._held[key] = kept
            self._rows += len(kept)
            while self._rows > self._most:
                self._rows -= len(self._held.pop(next(iter(self._held))))
