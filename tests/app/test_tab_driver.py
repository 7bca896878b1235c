"""What a tab's process does while nobody types, and that a key reaches it all the same."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from selectors import DefaultSelector
from threading import Thread

import pytest

from assistant.app.web import driver
from assistant.app.web.driver import PatientReader

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows can't wait for pipes")


class Typing:
    """A reader in its thread, as the driver has it, and the pipe that the server writes to."""

    def __init__(self) -> None:
        read_here, self.typed = os.pipe()
        self.reader = PatientReader(read_here)
        self.came: list[bytes] = []
        self.thread = Thread(target=lambda: self.came.extend(self.reader), daemon=True)
        self.thread.start()


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[float | None]:
    """How long each look for something to read waits at the most."""
    waits: list[float | None] = []

    class Counted(DefaultSelector):
        def select(self, timeout: float | None = None) -> list[tuple[object, int]]:  # type: ignore[override]
            waits.append(timeout)
            return list(super().select(timeout))

    monkeypatch.setattr(driver, "DefaultSelector", Counted)
    return waits


@pytest.fixture
def typing(looks: list[float | None]) -> Iterator[Typing]:
    typing = Typing()
    yield typing
    typing.reader.close()
    typing.thread.join(timeout=10)
    assert not typing.thread.is_alive(), "closing ends the waiting"


def until(typing: Typing, looks: list[float | None], last: float | None) -> None:
    deadline = time.monotonic() + 10
    while looks[-1:] != [last]:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_while_nobody_types_nothing_is_looked_for(typing: Typing, looks: list[float | None]):
    until(typing, looks, None)
    looks.clear()
    time.sleep(0.5)
    assert looks == []


def test_a_key_comes_at_once_and_it_is_looked_whether_it_has_ended_and_then_waited_again(
    typing: Typing, looks: list[float | None]
):
    until(typing, looks, None)
    os.write(typing.typed, b"\x1b")
    until(typing, looks, driver._LOOK_S)
    until(typing, looks, None)
    assert [came for came in typing.came if came] == [b"\x1b"]
    assert typing.came.count(b"") > driver._LOOKS, "the parser is asked whether Esc was all"


def test_the_end_of_the_pipe_ends_the_reading(typing: Typing):
    os.close(typing.typed)
    typing.thread.join(timeout=10)
    assert not typing.thread.is_alive()
