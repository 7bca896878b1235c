"""What's typed at a terminal before anything asks for it: not shown, not lost, and never handed to the shell.

Somebody who knows what comes types their passphrase before it's asked for, and their next answer while the last is
read. The terminal would show each letter as it comes, wherever the cursor stands, and what's left at the end would be
the shell's. Knows nothing of what is asked.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

try:
    import termios
except ImportError:  # Windows, whose console shows nothing until it's read
    termios = None  # type: ignore[assignment]

_MODES, _SHOWS = 3, "ECHO"
_before: list[Any] | None = None
"""How the terminal was; None while nothing is kept from being shown."""
_asked = False


def begin() -> None:
    """From now on nothing typed is shown but where it's asked for; called before anything takes time."""
    global _before  # noqa: PLW0603 - a process has one terminal
    if termios is None or _before is not None or not _ours():
        return
    _before = termios.tcgetattr(0)
    _show(shown=False)
    atexit.register(end)
    for told in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(told) is signal.SIG_DFL:
            signal.signal(told, _stopped)


def end() -> None:
    """The terminal as it was; answers typed too late for anything are no commands of the shell."""
    global _before
    if _before is None:
        return
    before, _before = _before, None
    if _asked:
        termios.tcflush(0, termios.TCIFLUSH)
    termios.tcsetattr(0, termios.TCSANOW, before)


def shown(prompt: str = "") -> str:
    """A line that stands on the screen as it's typed; what was typed before begins it."""
    with _showing():
        return input(prompt)


def hidden(prompt: str) -> str | None:
    """A line that's shown to nobody; what was typed before begins it. None where the terminal isn't ours to ask at.

    Raises EOFError where none comes.
    """
    global _asked  # noqa: PLW0603
    if _before is None:
        return None
    _asked = True
    line = ""
    while not line.rstrip("\r\n"):
        sys.stderr.write(f"{prompt}: ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        sys.stderr.write("\n")
        if not line:
            raise EOFError
    return line.rstrip("\r\n")


@contextmanager
def _showing() -> Iterator[None]:
    global _asked  # noqa: PLW0603
    _asked = True
    _show(shown=True)
    try:
        yield
    finally:
        _show(shown=False)


def _show(*, shown: bool) -> None:
    if _before is None:
        return
    modes = termios.tcgetattr(0)
    bit = getattr(termios, _SHOWS)
    modes[_MODES] = modes[_MODES] | bit if shown else modes[_MODES] & ~bit
    termios.tcsetattr(0, termios.TCSANOW, modes)


def _ours() -> bool:
    """There is a terminal, and whoever sits at it types for this process."""
    try:
        return os.isatty(0) and os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return False


def _stopped(told: int, _: object) -> None:
    end()
    signal.signal(told, signal.SIG_DFL)
    os.kill(os.getpid(), told)
