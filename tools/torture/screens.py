"""The app as somebody sits before it: in a terminal, or in a browser's tab. Keys go in, what is painted comes out.

Knows nothing of what is tried with it. Linux only: a tab is forked there.
"""

from __future__ import annotations

import asyncio
import os
import pty
import re
import select
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from assistant.app.web.prefork import Prefork
from assistant.app.web.tab import Tab
from tools.torture.trials import WORDS

ESCAPES = re.compile(rb"\x1b\[[0-9;?$]*[A-Za-z]|\x1b[()][A-Z0-9]")
F5 = b"\x1b[15~"
_PALETTE = b"\x10"
LONGEST_WAIT_S = 180
"""Until something must be painted, on a machine that is busy with much else."""
_SETTINGS = '{"theme": "dark", "numbers_asked": true, "lock_minutes": 30}'
"""Locked after ten minutes, as usual, the first of fifty tabs paint that while they should do nothing."""


class NeverPaintedError(Exception):
    """What must come on screen did not."""


class Screen(Protocol):
    """One running app."""

    seen: bytearray
    process: int

    def type(self, keys: bytes) -> None:
        """Press keys."""

    def look(self, seconds: float) -> None:
        """Take in for so long what is painted."""

    def close(self) -> None:
        """End the process as a power cut would, and take in what it had painted."""


def ready(home: Path) -> Path:
    """Settle what a first use would ask; gives the file that opens the store."""
    (home / "settings.json").write_text(_SETTINGS, encoding="utf-8")
    secret = home / "passphrase"
    secret.touch(mode=0o600)
    secret.write_text(f"{WORDS}\n", encoding="utf-8")
    return secret


def painted(screen: Screen) -> str:
    """All that was painted since `seen` was last emptied, in one line."""
    return " ".join(ESCAPES.sub(b" ", bytes(screen.seen)).decode("utf-8", "replace").split())


def until(screen: Screen, wanted: str, *, press: bytes = b"", every_s: float = 20.0) -> None:
    """Look until the pattern is painted; keys are pressed again, should the first have come before anything listens.

    Raises NeverPaintedError.
    """
    deadline, again = time.monotonic() + LONGEST_WAIT_S, 0.0
    while not re.search(wanted, painted(screen)):
        now = time.monotonic()
        if now > deadline:
            raise NeverPaintedError(f"{wanted} was never painted; last: {painted(screen)[-200:]}")
        if press and now >= again:
            screen.type(press)
            again = now + every_s
        screen.look(0.1)


def go_to(screen: Screen, name: bytes, shows: str) -> None:
    """Go somewhere by its name."""
    screen.seen.clear()
    until(screen, "hat are you looking for", press=_PALETTE)
    screen.type(name)
    screen.look(2)
    screen.seen.clear()
    until(screen, shows, press=b"\r")


class InATerminal:
    """`reflect` in a pseudo-terminal."""

    def __init__(self, home: Path) -> None:
        self.seen = bytearray()
        secret = ready(home)
        self.process, self._master = pty.fork()
        if self.process == 0:
            os.environ |= {"REFLECT_DATA_DIR": str(home), "REFLECT_PASSPHRASE_FILE": str(secret)}
            os.environ |= {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
            os.execv(sys.executable, [sys.executable, "-m", "assistant"])

    def type(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self._master, keys)

    def look(self, seconds: float) -> None:
        """Take in for so long what is painted."""
        enough = time.monotonic() + seconds
        while (left := enough - time.monotonic()) > 0:
            if select.select([self._master], [], [], left)[0]:
                self.seen += os.read(self._master, 1 << 16)

    def close(self) -> None:
        """End the process as a power cut would, and take in what it had painted."""
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        with suppress(OSError):  # how Linux says that the other end is closed
            while more := os.read(self._master, 1 << 16):
                self.seen += more
        os.close(self._master)


class _Painting(Tab):
    """A tab whose terminal is looked at here."""

    def __init__(self, home: Path, fork: Prefork, seen: bytearray) -> None:
        super().__init__(home, "a browser", fork)

        async def see(data: bytes) -> None:
            seen.extend(data)

        self.attach(see, lambda _: asyncio.sleep(0), lambda: asyncio.sleep(0))


class Browser:
    """The server's side of `reflect serve`, which forks a process for each tab."""

    def __init__(self, home: Path) -> None:
        os.environ["REFLECT_PASSPHRASE_FILE"] = str(ready(home))
        self._home = home
        self._runner = asyncio.Runner()
        self._fork = Prefork()
        self._before = _children(os.getpid())
        self._known: set[int] = set()

    def tab(self) -> InATab:
        """Open one."""
        seen = bytearray()
        tab = _Painting(self._home, self._fork, seen)
        self._runner.run(tab.start(80, 24))
        until_forked = time.monotonic() + LONGEST_WAIT_S
        while not (new := self._forked() - self._known):
            if time.monotonic() > until_forked:
                raise NeverPaintedError("no process was forked for a tab")
            self._runner.run(asyncio.sleep(0.02))
        self._known |= new
        return InATab(self._runner, tab, seen, new.pop())

    def close(self) -> None:
        """Let the process end that tabs are forked from."""
        self._fork.close()
        self._runner.run(self._ended())
        self._runner.close()

    async def _ended(self) -> None:
        while _children(os.getpid()) - self._before:
            await asyncio.sleep(0.02)

    def _forked(self) -> set[int]:
        return {tab for parent in _children(os.getpid()) for tab in _children(parent)}


class InATab:
    """One tab."""

    def __init__(self, runner: asyncio.Runner, tab: Tab, seen: bytearray, process: int) -> None:
        self.seen = seen
        self.process = process
        self._runner = runner
        self._tab = tab

    def type(self, keys: bytes) -> None:
        """Press keys."""
        self._runner.run(self._tab.send_bytes(keys))

    def look(self, seconds: float) -> None:
        """Take in for so long what is painted."""
        self._runner.run(asyncio.sleep(seconds))

    def close(self) -> None:
        """End the process as a power cut would, and take in what it had painted."""
        with suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGKILL)
        self._runner.run(self._drained())

    async def _drained(self) -> None:
        while not self._tab.ended:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        await self._tab.stop()


def _children(parent: int) -> set[int]:
    try:
        listed = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8")
    except OSError:
        return set()
    return {int(child) for child in listed.split()}
