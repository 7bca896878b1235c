"""A line typed at a terminal, or the news that nobody has typed for a while, so that the records can be locked.

Somebody in the middle of a long answer is not idle: what stands on the line is looked at, and kept for when they are
back. Where a system has no alarm (Windows) a line is waited for as long as it takes.
"""

from __future__ import annotations

import signal
from contextlib import suppress
from typing import Any

from assistant.app.lock_after import LOOK_S, Watch
from assistant.typed_early import shown


class IdleError(Exception):
    """Nobody has typed for the time that was agreed, or the computer slept; `half` is what stood on the line."""

    def __init__(self, half: str = "", *, slept: bool = False) -> None:
        super().__init__()
        self.half = half
        self.slept = slept


def typed_line(prompt: str, seconds: float, half: str = "") -> str:
    """One line; `half` stands on it already.

    Raises IdleError when nothing was typed for so many seconds, or the computer slept; none is for ever.
    """
    line = _line_editor()
    if line is not None:
        line.set_startup_hook(lambda: line.insert_text(half))
    try:
        if not seconds or not hasattr(signal, "SIGALRM"):
            return shown(prompt)
        return _before_the_alarm(prompt, seconds, line)
    finally:
        if line is not None:
            line.set_startup_hook(None)


def _before_the_alarm(prompt: str, seconds: float, line: Any) -> str:
    watch, stood, quiet, between = Watch(), "", 0.0, min(seconds, LOOK_S)

    def rings(*_: object) -> None:
        nonlocal stood, quiet
        stands = line.get_line_buffer() if line is not None else ""
        stood, quiet = stands, quiet + between if stands == stood else 0.0
        if watch.slept or quiet >= seconds:
            raise IdleError(stands, slept=watch.slept)

    before = signal.signal(signal.SIGALRM, rings)
    signal.setitimer(signal.ITIMER_REAL, between, between)
    try:
        return shown(prompt)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _line_editor() -> Any:
    with suppress(ImportError):
        import readline

        return readline
    return None
