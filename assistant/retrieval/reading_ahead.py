"""Reading points for their meaning while documents are still being added.

Owns the thread beside the adding: while pages are read a core is idle. What it has read when the adding ends is kept
where the index looks for it; the rest is read by whoever builds the index. Knows nothing of documents.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType

from assistant.library.points import LearningPoint
from assistant.retrieval.encoder import EncoderError
from assistant.retrieval.index_building import AT_A_TIME, keep_vectors, key_of, known_vectors, read_meaning
from assistant.retrieval.protocols import PassageEncoder
from assistant.retrieval.weighted_terms import point_text


class ReadingAhead:
    """Takes points as they are kept; what it could read of them until it is left is kept beside the index."""

    def __init__(self, opened: Callable[[], PassageEncoder | None], path: Path) -> None:
        """`opened` gives the encoder, when the first point is there; `path` is where the index will be."""
        self._opened = opened
        self._path = path
        self._waiting: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._left = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> ReadingAhead:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left.set()
        self._waiting.put(None)
        if self._thread is not None:
            self._thread.join()  # at most one batch

    def take(self, points: Iterable[LearningPoint]) -> None:
        """Read some points for their meaning, when there is time."""
        for point in points:
            self._waiting.put(point_text(point))
        if self._thread is None:
            self._thread = threading.Thread(target=self._read, daemon=True)
            self._thread.start()

    def _read(self) -> None:
        try:
            encoder = self._opened()
        except EncoderError:
            return  # whoever builds the index says so
        if encoder is None:
            return
        known = known_vectors(self._path, encoder)
        new: list[int] = []
        while (texts := self._next()) and not self._left.is_set():
            lacking = {key_of(text): text for text in texts}
            lacking = {key: text for key, text in lacking.items() if key not in known}
            if lacking:
                known |= read_meaning(encoder, lacking)
                new += lacking
        if new:
            keep_vectors(new, known, encoder, self._path)

    def _next(self) -> list[str]:
        """What waits, as many as are read at a time; nothing when no more will come."""
        texts: list[str] = []
        while len(texts) < AT_A_TIME and (text := self._waiting.get()) is not None:
            texts.append(text)
        return texts
