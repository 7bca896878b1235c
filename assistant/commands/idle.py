"""A line typed at a terminal, or the news that nobody has typed for a while, so that the records can be locked.

Somebody in the middle of a long answer is not idle: what stands on the line is looked at, and kept for when they are
back. Where a system has no alarm (Windows) a line is waited for as long as it takes.
"""

from __future__ import annotations

import signal
from contextlib import suppress
from typing import Any


class IdleError(Exception):
    """Nobody has typed for the time that was agreed; `half` is what stood on the line."""

    def __init__(self, half: str = "") -> None:
        super().__init__()
        self.half = half


def typed_line(prompt: str, seconds: float, half: str = "") -> str:
    """One line; `half` stands on it already.

    Raises IdleError when nothing was typed for so many seconds; none is for ever.
    """
    line = _line_editor()
    if line is not None:
        line.set_startup_hook(lambda: line.insert_text(half))
    try:
        if not seconds or not hasattr(signal, "SIGALRM"):
            return input(prompt)
        return _before_the_alarm(prompt, seconds, line)
    finally:
        if line is not None:
            line.set_startup_hook(None)


def _before_the_alarm(prompt: str, seconds: float, line: Any) -> str:
    stood = ""

    def rings(*_: object) -> None:
        nonlocal stood
        stands = line.get_line_buffer() if line is not None else ""
        if stands == stood:
            raise IdleError(stands)
        stood = stands
        signal.setitimer(signal.ITIMER_REAL, seconds)

    before = signal.signal(signal.SIGALRM, rings)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return input(prompt)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _line_editor() -> Any:
    with suppress(ImportError):
        import readline

        return readline
    return None
