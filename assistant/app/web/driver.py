"""The driver of the process behind a tab: textual's own for the browser, with three differences.

The server says when the browser has gone, because a process that writes to a pipe cannot know. Nobody looks for keys
while none are typed: textual's own looks ten times a second, which among fifty tabs is a tenth of a processor. And when
the server itself is gone, killed or fallen over, the process ends: textual's own went on, with the records open.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ, DefaultSelector
from threading import Event
from typing import Any, cast

from textual import messages
from textual.drivers.web_driver import WebDriver

from assistant.app.app import ReflectApp
from assistant.app.web import LEFT

_LOOKS = 5
"""How often it's looked again after something came: the key Esc is known by nothing coming after it."""
_LOOK_S = 0.1


class PatientReader:
    """Reads what comes on a pipe, and until then waits; in place of textual's reader."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self._woken, self._wake = os.pipe()
        self._closed = Event()

    def close(self) -> None:
        """End the waiting too."""
        self._closed.set()
        os.write(self._wake, b".")

    def __iter__(self) -> Iterator[bytes]:
        """What came; nothing where it's time to look whether a key has ended."""
        with DefaultSelector() as selector:
            selector.register(self._pipe, EVENT_READ)
            selector.register(self._woken, EVENT_READ)
            looks = 0
            while not self._closed.is_set():
                ready = [key.fd for key, _ in selector.select(_LOOK_S if looks else None)]
                looks = _LOOKS if self._pipe in ready else looks - 1
                if self._pipe in ready:
                    if not (data := os.read(self._pipe, 1024)):
                        return
                    yield data
                yield b""


class TabDriver(WebDriver):
    """Hears that the browser or the server has gone, and waits for keys."""

    def __init__(self, *app: Any, **settings: Any) -> None:
        super().__init__(*app, **settings)
        if sys.platform != "win32" and sys.__stdin__ is not None:  # Windows can't wait for pipes
            self._input_reader = PatientReader(sys.__stdin__.fileno())  # type: ignore[assignment]
        self._write = partial(_to_whoever_listens, self.fileno)

    def run_input_thread(self) -> None:
        """Textual's own; after the last that can come, nothing is left to do."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._app.post_message(messages.ExitApp())

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Everything else is textual's own."""
        if packet_type == LEFT:
            app = cast(ReflectApp, self._app)
            app.call_later(app.browser_left)
        else:
            super().on_meta(packet_type, payload)


def _to_whoever_listens(file: int, data: bytes) -> int:
    with suppress(BrokenPipeError):
        return os.write(file, data)
    return len(data)
