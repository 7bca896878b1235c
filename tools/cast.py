"""`make cast`: records a minute of the real app in a pseudo-terminal, typed at a human pace, as a moving picture.

What is typed stands in SCENE; the picture is drawn by agg, from a recording in asciinema's format. The case is the
made-up one of "Try it now", so no records of anybody's are opened.
"""

from __future__ import annotations

import codecs
import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from dataclasses import dataclass, field
from pathlib import Path

COLUMNS, ROWS = 100, 30
PICTURE = Path(__file__).parents[1] / "docs" / "screenshots" / "session.gif"
A_LETTER_S = 0.05
LONGEST_WAIT_S = 90
STILL_S = "2.5"
"""Nothing stands still for longer in the picture, however busy the machine was."""
ENTER, RIGHT = "\r", "\x1b[C"
SCENE = (
    ("", "Try it now", 1.5),
    (ENTER, "ype your answer", 1.5),
    ("The health visitor told me Mum's new partner has moved in and he, who is four, has stopped talking.", "", 0.7),
    (ENTER, "", 12.0),
    ("She answers for the boy each time. He looks at her before he says anything.", "", 0.7),
    (ENTER, "", 12.0),
    ("We could see him at school, on his own, with his learning mentor. I'll ring them by Friday.", "", 0.7),
    (ENTER, "", 20.0),
    ("/finish", "/finish", 1.0),
    (ENTER, "Finish this session", 2.0),
    (RIGHT, "", 0.7),
    (ENTER, "Save", 5.0),
)
"""What is typed, what is then waited for, and for how many seconds it is looked at: long enough for a busy machine, for
what stands still is cut short in the picture."""


@dataclass
class Recording:
    """A terminal, and all that was painted in it with its time."""

    terminal: int
    began: float = field(default_factory=time.monotonic)
    painted: list[tuple[float, str, str]] = field(default_factory=list)
    _decoder: codecs.IncrementalDecoder = field(
        default_factory=lambda: codecs.getincrementaldecoder("utf-8")("replace")
    )

    def look(self, seconds: float) -> str:
        """What is painted within so many seconds."""
        seen, enough = "", time.monotonic() + seconds
        while (left := enough - time.monotonic()) > 0:
            if select.select([self.terminal], [], [], left)[0]:
                words = self._decoder.decode(os.read(self.terminal, 1 << 16))
                self.painted.append((round(time.monotonic() - self.began, 3), "o", words))
                seen += words
        return seen

    def play(self, typed: str, wanted: str, seconds: float) -> None:
        """Type, wait until something is there, and look at it."""
        seen, since = "", time.monotonic()
        for letter in [typed] if typed.startswith("\x1b") else typed:
            os.write(self.terminal, letter.encode())
            seen += self.look(A_LETTER_S)
        while wanted not in seen:
            if time.monotonic() - since > LONGEST_WAIT_S:
                raise TimeoutError(f"{wanted!r} was not painted after {typed!r}")
            seen += self.look(0.1)
        self.look(seconds)

    def save(self, file: Path) -> None:
        """In asciinema's format: a line about the terminal, then one for each time something was painted."""
        about = {"version": 2, "width": COLUMNS, "height": ROWS, "title": "Reflect"}
        file.write_text("\n".join(json.dumps(line) for line in (about, *self.painted)) + "\n", encoding="utf-8")


def record(home: Path) -> Recording:
    """Play the scene."""
    process, terminal = pty.fork()
    if process == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        os.environ.pop("REFLECT_PASSPHRASE_FILE", None)
        os.environ |= {"REFLECT_DATA_DIR": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        os.execv(sys.executable, [sys.executable, "-m", "assistant"])
    recording = Recording(terminal)
    try:
        for step in SCENE:
            recording.play(*step)
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
    return recording


def main() -> None:
    """Record and draw."""
    with tempfile.TemporaryDirectory() as folder:
        cast = Path(folder) / "session.cast"
        record(Path(folder) / "home").save(cast)
        agg = [str(Path(sys.executable).with_name("agg")), "--font-family", "DejaVu Sans Mono"]
        drawn = ["--font-size", "14", "--fps-cap", "12", "--idle-time-limit", STILL_S, str(cast), str(PICTURE)]
        subprocess.run([*agg, *drawn], check=True, stdout=subprocess.DEVNULL)  # it counts every frame


if __name__ == "__main__":
    main()
