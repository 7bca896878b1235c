"""`python -m tests.app.benchmark`: how long the app takes to start and to answer a key, in a terminal of its own.

Prints the best and the median of several runs beside the budget, and what importing costs, module by module. For
people to read; no test depends on a time.
"""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

RUNS = 7
BUDGET_S = {"first screen": 0.6, "key": 0.016}


LONGEST_WAIT_S = 90


class Terminal:
    """`reflect` in a pseudo-terminal of 80 by 24."""

    def __init__(self, home: Path) -> None:
        (home / "settings.json").write_text('{"theme": "dark", "numbers_asked": true}')
        words = home / "passphrase"
        words.write_text("four ordinary test words\n")
        words.chmod(0o600)
        self.began = time.perf_counter()
        self._ended = False
        self.process, self._master = pty.fork()
        if self.process == 0:
            os.environ |= {"REFLECT_DATA_DIR": str(home), "REFLECT_PASSPHRASE_FILE": str(words)}
            os.environ |= {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
            os.execv(sys.executable, [sys.executable, "-m", "assistant"])

    def until(self, wanted: bytes) -> float:
        """Seconds from now until `wanted` is painted."""
        since, seen = time.perf_counter(), b""
        while wanted not in seen:
            if time.perf_counter() - since > LONGEST_WAIT_S:  # a cursor that blinks goes on for ever
                raise TimeoutError(f"{wanted!r} was not painted")
            if select.select([self._master], [], [], 1)[0]:
                seen += os.read(self._master, 1 << 16)
        return time.perf_counter() - since

    def quiet(self, seconds: float = 1.0) -> None:
        """Let it finish whatever it is at; a blinking cursor never does, so not for ever."""
        enough = time.perf_counter() + 2 * seconds
        while time.perf_counter() < enough and select.select([self._master], [], [], seconds)[0]:
            os.read(self._master, 1 << 16)

    def drain_until(self, holds: Callable[[], bool]) -> None:
        """Read what is painted until something holds."""
        since = time.perf_counter()
        while not holds():
            if time.perf_counter() - since > LONGEST_WAIT_S:
                raise TimeoutError("it never came")
            self.drain(0.1)

    def drain(self, seconds: float) -> None:
        """Read what is painted for a while, without waiting for it to end."""
        enough = time.perf_counter() + seconds
        while (left := enough - time.perf_counter()) > 0:
            if select.select([self._master], [], [], left)[0]:
                os.read(self._master, 1 << 16)

    def type(self, sent: bytes) -> None:
        """Press keys."""
        os.write(self._master, sent)

    def type_until(self, sent: bytes, wanted: bytes) -> None:
        """Press a key until `wanted` is painted: on a busy machine the first may come before anything listens."""
        since, seen = time.perf_counter(), b""
        while wanted not in seen:
            if time.perf_counter() - since > LONGEST_WAIT_S:
                raise TimeoutError(f"{wanted!r} was not painted")
            self.type(sent)
            while wanted not in seen and select.select([self._master], [], [], 5)[0]:
                seen += os.read(self._master, 1 << 16)

    def rest(self) -> bytes:
        """All that is painted until the process ends."""
        seen = b""
        try:
            while select.select([self._master], [], [], 30)[0] and (more := os.read(self._master, 1 << 16)):
                seen += more
        except OSError:  # how Linux says that the other end is closed
            pass
        return seen

    def wait(self) -> int:
        """The exit status, once it has ended."""
        _, status = os.waitpid(self.process, 0)
        self._ended = True
        os.close(self._master)
        return os.waitstatus_to_exitcode(status)

    def key(self, sent: bytes) -> float:
        """Seconds from a key to the first change on screen."""
        since = time.perf_counter()
        os.write(self._master, sent)
        select.select([self._master], [], [], 30)
        return time.perf_counter() - since

    def close(self) -> None:
        """End it as a power cut would, unless it has ended."""
        if self._ended:
            return
        self._ended = True
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self._master)


def measure() -> dict[str, list[float]]:
    """The times of several runs."""
    times: dict[str, list[float]] = {"first screen": [], "key": []}
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            terminal = Terminal(Path(folder))
            terminal.until(b"Supervision session")
            times["first screen"].append(time.perf_counter() - terminal.began)
            terminal.quiet()
            for sent in (b"\x1b[B", b"\x1b[A") * 5:
                times["key"].append(terminal.key(sent))
                terminal.quiet(0.1)
            terminal.close()
    return times


def import_costs(most: int = 12) -> list[tuple[float, str]]:
    """Milliseconds of the packages that starting imports, the dearest first, each without what it imports itself."""
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import assistant.cli, assistant.app.app"],
        capture_output=True,
        text=True,
        check=True,
    )
    costs: dict[str, float] = {}
    for alone, name in re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", ended.stderr):
        package = name.split(".")[0]
        costs[package] = costs.get(package, 0.0) + int(alone) / 1000
    return sorted(((cost, package) for package, cost in costs.items()), reverse=True)[:most]


def main() -> None:
    """Measure and print."""
    for name, seconds in measure().items():
        ordered = sorted(seconds)
        worst_but_5 = ordered[min(len(ordered) - 1, round(len(ordered) * 0.95))]
        print(
            f"{name:<14} best {ordered[0] * 1000:6.1f} ms  median {statistics.median(ordered) * 1000:6.1f} ms  "
            f"95th {worst_but_5 * 1000:6.1f} ms  budget {BUDGET_S[name] * 1000:.0f} ms"
        )
    bare = time.perf_counter()
    subprocess.run([sys.executable, "-c", ""], check=True)
    print(f"{'bare Python':<14} {(time.perf_counter() - bare) * 1000:.1f} ms")
    print("importing, by package:")
    for cost, package in import_costs():
        print(f"  {cost:7.1f} ms  {package}")


if __name__ == "__main__":
    main()
