"""What every process of Reflect does before anything else, because what passes through it is about a real child.

Owns how a process is kept from leaving words behind: no core file, files for their owner only, and nothing written to a
terminal that could act on it. Knows nothing of what is written.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
import threading
from typing import TextIO

from assistant.language.plain_text import visible

_NOT_DUMPABLE = 4
"""`PR_SET_DUMPABLE` of Linux's prctl."""


class HarmlessText(io.TextIOWrapper):
    """A stream to which control characters go written out: `\\u001b` instead of an escape that the terminal obeys."""

    def write(self, text: str, /) -> int:
        """Write the text; a return at its head stays, by which a line of progress is written anew."""
        head = "\r" if text.startswith("\r") else ""
        super().write(head + visible(text[len(head) :].replace("\r\n", "\n")))
        return len(text)


def harden() -> None:
    """Leave no core file and nothing for other accounts to read, and let no text act on the terminal."""
    _open_what_is_closed()
    os.umask(0o077)
    _leave_no_core()
    _say_no_words_of_a_failure()
    sys.stdout, sys.stderr = _harmless(sys.stdout), _harmless(sys.stderr)
    if isinstance(sys.stdin, io.TextIOWrapper) and codecs.lookup(sys.stdin.encoding).name == "ascii":
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")  # what else would come through is no letter


def _open_what_is_closed() -> None:
    """Where a stream was closed beforehand the next file opened, the records, would be what is written to instead."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            free = os.open(os.devnull, os.O_RDWR)  # the lowest number that is free, which is this one
            stream = os.fdopen(free, "w" if number else "r", encoding="utf-8")
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)


def _say_no_words_of_a_failure() -> None:
    """Where nobody waits for what failed, a thread or something that is tidied up, Python itself prints its words."""
    threading.excepthook = lambda failed: _report(failed.exc_value)
    sys.unraisablehook = lambda failed: _report(failed.exc_value)


def _report(error: BaseException | None) -> None:
    from assistant import crash  # only then
    from assistant.resources import data_dir

    if error is not None:
        crash.report(error, data_dir())


def _leave_no_core() -> None:
    try:
        import resource
    except ImportError:  # Windows writes none of its own
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # a handler of core files, such as systemd's, heeds this and not the limit
        import ctypes

        ctypes.CDLL(None).prctl(_NOT_DUMPABLE, 0, 0, 0, 0)


def _letters(stream: io.TextIOWrapper) -> tuple[str, str | None]:
    """A terminal is written to in its own letters, with a mark where it has none; a file or a program in UTF-8."""
    if codecs.lookup(stream.encoding).name == "utf-8":
        return stream.encoding, stream.errors
    return (stream.encoding, "replace") if stream.isatty() else ("utf-8", stream.errors)


def _harmless(stream: TextIO) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper):
        return stream  # another program's, as in tests
    encoding, errors = _letters(stream)
    settings = {"encoding": encoding, "errors": errors, "line_buffering": stream.line_buffering}
    beneath = open(stream.fileno(), "wb", closefd=False)  # noqa: SIM115 - as long as the process; Textual uses the stream
    return HarmlessText(beneath, **settings)  # type: ignore[arg-type]
