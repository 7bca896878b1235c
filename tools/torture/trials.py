"""A trial of one promise, and what trials share: a store with something in it, and a child that is killed."""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from assistant.conversation import events as e
from assistant.store.unlocking import Unlocking

WORDS, OTHER_WORDS = "four ordinary test words", "four other words again"
ROUNDS = 10
"""Of key derivation: what is tried here is not how long it takes."""
START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Killed:
    """What became of one piece of work."""

    safe: int
    """How often it had said that something is safe."""
    within: bool
    """It was killed before it had ended."""


@dataclass
class Trial:
    """A promise, how it was tried, how often, and where it was broken."""

    promise: str
    how: str
    tries: int = 0
    failures: list[str] = field(default_factory=list)

    def expect(self, holds: bool, otherwise: str) -> None:
        if not holds:
            self.failures.append(otherwise)

    def count(self, killed: Killed) -> Killed:
        """One try more, if the work was killed while it went on."""
        self.tries += killed.within
        return killed


def incidents(home: Path) -> str:
    """What reports of crashes say, which go with the folder."""
    return "; ".join(" | ".join(path.read_text(encoding="utf-8").split("\n")) for path in home.rglob("incidents/*.txt"))


def opening(home: Path, clock: Callable[[], datetime] = lambda: START) -> Unlocking:
    """The way to a folder's store, as another process would go."""
    return Unlocking(home, clock, iterations=ROUNDS, environment={}, sleep=lambda _: None)


def session_of(name: str, answers: int = 6, case: str = "Child A") -> list[e.Event]:
    """What a session lays down, the same each time."""
    events: list[e.Event] = [e.Started(at=START, session=name, journey="supervision", case=case, minutes=30)]
    for number in range(answers):
        question = f"opening/{number}"
        asked = e.Asked(
            at=START,
            question=question,
            theme="opening",
            stage="opening",
            text="Who is in this family?",
            because="first",
        )
        events += [asked, e.Answered(at=START, question=question, text=f"Answer {number} " + "she said " * number * 20)]
    return events


def keep(store_of: Unlocking, name: str, answers: int = 6, case: str = "Child A") -> None:
    for position, event in enumerate(session_of(name, answers, case)):
        store_of.store().append(name, position, event)


@contextmanager
def a_store(*sessions: str) -> Iterator[Path]:
    """A folder with a store that holds these sessions; gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="reflect-torture-"))
    try:
        made = opening(home)
        made.set_passphrase(WORDS)
        for name in sessions:
            keep(made, name, case="Child B" if name.startswith("b") else "Child A")
        made.lock()
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def opened(home: Path, *passphrases: str) -> Unlocking:
    """The store, opened with the first passphrase that does."""
    wrong: Exception | None = None
    for words in passphrases or (WORDS,):
        way = opening(home)
        try:
            way.unlock(words)
        except Exception as error:
            wrong = error
        else:
            return way
    assert wrong is not None
    raise wrong


class Killer:
    """Kills work somewhere in it. It learns how long the work takes, so that most kills come while it goes on."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._takes_s = 0.2

    def __call__(self, work: Callable[[Callable[[], object]], None]) -> Killed:
        """Do work in a process of its own and kill it; the work is given what to call when something is safe."""
        heard, said = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(heard)
            try:
                work(lambda: os.write(said, b"."))
            finally:
                os._exit(0)
        os.close(said)
        select.select([], [], [], self._chance.random() * self._takes_s)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        within = os.WIFSIGNALED(status)
        self._takes_s *= 1.06 if within else 0.7  # about one in six comes too late: the whole length is covered
        safe = 0
        while more := os.read(heard, 1000):
            safe += len(more)
        os.close(heard)
        return Killed(safe, within)


def in_a_backup(backup: Path, session: str, home: Path) -> bool:
    """Whether a backup, brought back in a fresh folder, holds a session."""
    copy = opening(home)
    copy.encrypted_file.restore(WORDS, backup, START)
    copy.unlock(WORDS)
    held = bool(events_of(copy, session))
    copy.lock()
    return held


def events_of(way: Unlocking, name: str) -> list[e.Event]:
    """A session's events; none where it never began."""
    return way.store().events(name) if name in {kept.session for kept in way.store().sessions()} else []
