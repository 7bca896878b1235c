"""What's typed at a terminal before it's asked for begins what is asked, is not shown, and is never the shell's."""

from __future__ import annotations

import os
import pty
import select
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.workspace.workspace import Workspace
from tests.stores import CHEAP

PASSPHRASE = "four ordinary test words"
LONGEST_S = 90


class Typist:
    """Somebody at a terminal in which `reflect` runs, and after it a shell."""

    def __init__(self, home: Path, *words: str) -> None:
        self._terminal, self._slave = pty.openpty()
        self.before = termios.tcgetattr(self._slave)
        self.seen = ""
        self.process = os.fork()
        if self.process == 0:
            os.login_tty(self._slave)
            os.environ |= {"REFLECT_DATA_DIR": str(home), "TERM": "dumb", "COLUMNS": "80"}
            os.environ.pop("REFLECT_PASSPHRASE_FILE", None)
            os.execv(sys.executable, [sys.executable, "-m", "assistant", *words])

    @property
    def shows(self) -> bool:
        """Whether the terminal itself shows what is typed."""
        return bool(termios.tcgetattr(self._slave)[3] & termios.ECHO)

    def type(self, words: str) -> None:
        os.write(self._terminal, words.encode())

    def until(self, holds: Callable[[], bool]) -> None:
        """Read what is painted until something holds."""
        since = time.monotonic()
        while not holds():
            assert time.monotonic() - since < LONGEST_S, self.seen
            if select.select([self._terminal], [], [], 0.02)[0]:
                self.seen += os.read(self._terminal, 1 << 16).decode(errors="replace")

    def left(self) -> str:
        """Wait for the end; what the shell would read next."""
        self.until(lambda: os.waitpid(self.process, os.WNOHANG)[0] != 0)
        os.set_blocking(self._slave, False)
        try:
            return os.read(self._slave, 1 << 16).decode()
        except BlockingIOError:
            return ""

    @property
    def after(self) -> list[object]:
        return termios.tcgetattr(self._slave)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    workspace = Workspace(tmp_path, iterations=CHEAP)
    workspace.opening.set_passphrase(PASSPHRASE)
    workspace.opening.lock()
    return tmp_path


def test_a_passphrase_typed_before_it_is_asked_for_opens_the_records_and_stands_nowhere(home):
    typist = Typist(home, "talk", "supervision", "--plain", "--minutes", "15")
    typist.until(lambda: not typist.shows)
    assert "assphrase" not in typist.seen, "it was asked for before anything could be typed early"
    typist.type(f"{PASSPHRASE}\nHe is")
    typist.until(lambda: "> He is" in typist.seen)
    typist.type(" six.\nfinish\nrm everything\nand this\n")
    assert typist.left() == ""
    assert "The session is finished" in typist.seen
    assert PASSPHRASE not in typist.seen
    assert typist.after == typist.before


def test_what_is_typed_while_a_command_runs_that_asks_nothing_is_still_the_shell_s(home):
    typist = Typist(home, "prompts", "check")
    typist.until(lambda: not typist.shows)
    typist.type("ls\n")
    assert typist.left() == "ls\n"
    assert typist.after == typist.before


def test_a_command_that_is_stopped_leaves_the_terminal_as_it_was(home):
    typist = Typist(home, "talk", "supervision", "--plain")
    typist.until(lambda: "assphrase" in typist.seen)
    os.kill(typist.process, 15)
    typist.left()
    assert typist.after == typist.before
