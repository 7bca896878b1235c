"""`python -m tests.app.benchmark`: how long the app takes to start and to answer a key, in a terminal of its own.

Prints the best and the median of several runs beside the budget, and the processor's share of each, which is what they
take on a machine with nothing else to do; and what importing costs, module by module. For people to read; no test
depends on a time.
"""

from __future__ import annotations

import asyncio
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
from typing import NamedTuple

from assistant.app.app import ReflectApp
from assistant.app.preferences import Settings, save_preferences
from assistant.app.screens.session_screen import SessionScreen
from assistant.app.widgets.composer import Composer
from assistant.conversation.events import Answered
from assistant.workspace.workspace import Workspace
from tests.app.conftest import until
from tests.conversation.players import RAMBLING

RUNS = 7
BUDGET_S = {
    "first screen": 0.6,
    "key": 0.016,
    "key at 500 turns": 0.016,
    "answer to question": 0.15,
}
TURNS = 500
KEYS = 60
ANSWERS = 24
LONGEST_WAIT_S = 90
PASSPHRASE = "four ordinary test words\n"


def passphrase_in(home: Path) -> Path:
    """A file with the passphrase, which opens the records unattended."""
    words = home / "passphrase"
    words.write_text(PASSPHRASE)
    words.chmod(0o600)
    return words


class Took(NamedTuple):
    """Seconds by the clock, and of the processor."""

    clock: float
    processor: float


class Terminal:
    """`reflect` in a pseudo-terminal of 80 by 24."""

    def __init__(self, home: Path) -> None:
        (home / "settings.json").write_text('{"theme": "dark", "numbers_asked": true}')
        words = passphrase_in(home)
        self.began = time.perf_counter()
        self._ended = False
        self.process, self._master = pty.fork()
        if self.process == 0:
            os.environ |= {"REFLECT_DATA_DIR": str(home), "REFLECT_PASSPHRASE_FILE": str(words)}
            os.environ |= {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
            os.execv(sys.executable, [sys.executable, "-m", "assistant"])

    def spent(self) -> float:
        """Seconds of the processor so far, all threads together."""
        tasks = Path(f"/proc/{self.process}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9

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

    def key(self, sent: bytes) -> Took:
        """From a key to the first change on screen."""
        since, spent = time.perf_counter(), self.spent()
        os.write(self._master, sent)
        select.select([self._master], [], [], 30)
        return Took(time.perf_counter() - since, self.spent() - spent)

    def close(self) -> None:
        """End it as a power cut would, unless it has ended."""
        if self._ended:
            return
        self._ended = True
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self._master)


def measure() -> dict[str, list[Took]]:
    """The times of several runs."""
    times: dict[str, list[Took]] = {"first screen": [], "key": []}
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            terminal = Terminal(Path(folder))
            terminal.until(b"Supervision session")
            times["first screen"].append(Took(time.perf_counter() - terminal.began, terminal.spent()))
            terminal.quiet()
            for sent in (b"\x1b[B", b"\x1b[A") * 5:
                times["key"].append(terminal.key(sent))
                terminal.quiet(0.1)
            terminal.close()
    with tempfile.TemporaryDirectory() as folder:
        times["key at 500 turns"] = keys_in_a_long_session(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        times["answer to question"] = asyncio.run(answers(Path(folder)))
    return times


def keys_in_a_long_session(home: Path) -> list[Took]:
    """Letters typed into the composer under a conversation of five hundred turns."""
    workspace = opened(home)
    session = workspace.begin("supervision", case="Child A", minutes=60)
    session.go_on()
    asked, at = session.state.turns[0].asked, session.state.started.at
    name, place = session.state.started.session, len(workspace.store.events(session.state.started.session))
    for number in range(TURNS):
        question = f"{asked.question}/{number}"
        answered = Answered(
            at=at,
            question=asked.question if not number else f"{asked.question}/{number - 1}",
            text=RAMBLING.otherwise[0],
        )
        workspace.store.append(name, place, answered)
        workspace.store.append(name, place + 1, asked.model_copy(update={"question": question}))
        place += 2
    workspace.opening.lock()
    terminal = Terminal(home)
    terminal.until(b"Continue Child A")
    terminal.type_until(b"\r", b"ype your answer")
    terminal.quiet(3)  # the library is read beside it, which is no key's fault
    times = []
    for letter in (b"and then she said nothing " * KEYS)[:KEYS]:
        times.append(terminal.key(bytes([letter])))
        terminal.drain(0.067)
    terminal.close()
    return times


async def answers(home: Path) -> list[Took]:
    """From Enter to the next question on screen, with danger, meaning and learning read."""
    opened(home).opening.lock()
    save_preferences(Settings(numbers_asked=True), home)
    app = ReflectApp(home, opened)
    times: list[Took] = []
    async with app.run_test(size=(120, 40)) as pilot:
        session = app.workspace().begin("supervision", case="Child A", minutes=60)
        app.workspace().make_ready_to_listen(session)
        app.open_session_screen(session)
        await until(pilot, lambda: app.screen.ready, "the first question")  # type: ignore[attr-defined]  # a session
        screen = app.screen
        assert isinstance(screen, SessionScreen)
        for number in range(ANSWERS):
            turns = screen.session.state.turns
            screen.query_one(Composer).put(RAMBLING.answer(turns[-1].asked.stage, number))
            since, spent = time.perf_counter(), time.process_time()
            screen.query_one(Composer).action_send()
            while not screen.ready or (shown := screen._stream.newest) is None or shown.place < len(turns):
                if screen.session.state.card is not None:
                    return times
                await asyncio.sleep(0.002)
            painted = asyncio.Event()
            screen.call_after_refresh(painted.set)
            await painted.wait()
            times.append(Took(time.perf_counter() - since, time.process_time() - spent))
            await pilot.pause()  # what the question didn't wait for is done while somebody thinks
            await app.workers.wait_for_complete()
    return times


def opened(home: Path) -> Workspace:
    """A workspace that opens by itself."""
    os.environ["REFLECT_PASSPHRASE_FILE"] = str(passphrase_in(home))
    return Workspace(home)


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
    for name, times in measure().items():
        print(f"{name}, budget {BUDGET_S[name] * 1000:.0f} ms")
        for by, seconds in (("clock", [one.clock for one in times]), ("processor", [one.processor for one in times])):
            ordered = sorted(seconds)
            worst_but_5 = ordered[min(len(ordered) - 1, round(len(ordered) * 0.95))]
            print(
                f"  {by:<10} best {ordered[0] * 1000:6.1f} ms  median {statistics.median(ordered) * 1000:6.1f} ms  "
                f"95th {worst_but_5 * 1000:6.1f} ms"
            )
    bare = time.perf_counter()
    subprocess.run([sys.executable, "-c", ""], check=True)
    print(f"{'bare Python':<14} {(time.perf_counter() - bare) * 1000:.1f} ms")
    print("importing, by package:")
    for cost, package in import_costs():
        print(f"  {cost:7.1f} ms  {package}")


if __name__ == "__main__":
    main()
