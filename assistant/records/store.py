"""The store of sessions: one file of events each, and the draft of the answer being typed.

Owns how a session is laid down on disk. An event is on disk (fsync) when `append` returns. A line cut short by a crash
is dropped on reading, because the event never counted; a line damaged any other way is refused and the file left alone.
"""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import ValidationError

from assistant.conversation.events import EVENT, Event
from assistant.errors import ReflectError


class StoreError(ReflectError):
    """The store could not be read or written; the message says what to do."""


class Store:
    """Sessions under `home`, by session id."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "sessions"

    def append(self, session: str, event: Event) -> None:
        """Lay one event down.

        Raises StoreError when the folder cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(self._path(session), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(descriptor, "ab") as file:
                file.write(EVENT.dump_json(event) + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise StoreError(
                f"Nothing can be kept in {self.folder} ({error.strerror}); "
                "make it writable, or set REFLECT_DATA_DIR to a folder that is."
            ) from error

    def sessions(self) -> list[str]:
        """Ids of every session kept, newest first."""
        return sorted((path.stem for path in self.folder.glob("*.jsonl")), reverse=True)

    def events(self, session: str) -> list[Event]:
        """The events of one session.

        Raises StoreError when there is no such session or its file is damaged.
        """
        path = self._path(session)
        try:
            lines = path.read_bytes().split(b"\n")
        except OSError as error:
            raise StoreError(
                f"There is no session called {session}; `reflect record list` shows what is kept."
            ) from error
        events: list[Event] = []
        for number, line in enumerate(lines[:-1], start=1):
            try:
                events.append(EVENT.validate_json(line))
            except ValidationError as error:
                raise StoreError(
                    f"The file of session {session} is damaged at line {number}; "
                    f"it has been left as it is in {path}, and other sessions are not affected."
                ) from error
        return events

    def keep_draft(self, session: str, words: str) -> None:
        """Keep the answer being typed; no words forget it."""
        path = self.folder / f"{session}.draft"
        if words:
            temporary = path.with_suffix(".draft-new")
            temporary.write_text(words, encoding="utf-8")
            temporary.replace(path)
        else:
            path.unlink(missing_ok=True)

    def draft(self, session: str) -> str:
        """The answer that was being typed, or nothing."""
        path = self.folder / f"{session}.draft"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def _path(self, session: str) -> Path:
        return self.folder / f"{session}.jsonl"
