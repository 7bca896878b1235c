"""Words typed and not yet sent, kept for each question so that going back or a crash loses none."""

from __future__ import annotations

import json
from collections.abc import Callable
from threading import Lock
from typing import Protocol


class DraftStore(Protocol):
    """Where drafts are kept: one text a session."""

    def save_draft(self, session: str, words: str) -> None:
        """Keep the text; none forgets it."""

    def draft(self, session: str) -> str:
        """The text kept, or nothing."""


class Drafts:
    """The unsent words of one session, by question."""

    def __init__(self, store: Callable[[], DraftStore], session: str) -> None:
        self._store = store
        """Asked for each time: after the records were locked and opened again it is another."""
        self._session = session
        self._words: dict[str, str] = {}
        self._writing = Lock()

    def load(self) -> None:
        """Read what was kept; a draft that cannot be read is as good as none."""
        try:
            kept = json.loads(self._store().draft(self._session) or "{}")
        except ValueError:
            kept = {}
        if isinstance(kept, dict):
            self._words = {str(question): str(words) for question, words in kept.items()}

    def of(self, question: str) -> str | None:
        """The unsent words for a question."""
        return self._words.get(question)

    def hold(self, question: str, words: str) -> None:
        """Remember words here; `save` makes them safe."""
        self._words = {**self._words, question: words}

    def forget(self, question: str) -> None:
        """The words were sent, or there are none any more."""
        self._words = {other: words for other, words in self._words.items() if other != question}

    def clear(self) -> None:
        """The session is over: forget every draft, here and where they are kept."""
        self._words = {}
        self.save()

    def save(self) -> None:
        """Lay all of them down; safe to call from any thread."""
        with self._writing:
            words = self._words
            self._store().save_draft(self._session, json.dumps(words, ensure_ascii=False) if words else "")
