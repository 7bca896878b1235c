"""Files that were damaged, a disk that is full, and a clock that jumps."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from assistant.errors import ReflectError
from assistant.store.store_errors import StoreError
from assistant.store.unlocking import Unlocking
from tools.torture.trials import (
    OTHER_WORDS,
    START,
    WORDS,
    Trial,
    a_store,
    events_of,
    in_a_backup,
    keep,
    opened,
    opening,
    session_of,
)

_Work = Callable[[Path, Unlocking, Callable[[], object]], None]
_FILES = {
    "reflect.db": "the store",
    "lock.json": "what the passphrase is compared with",
    "changes": "the count of changes",
    "backups": "the newest backup",
}


def damages(tries: int, chance: random.Random) -> list[Trial]:
    return [_damaged(name, what, tries, chance) for name, what in _FILES.items()]


def _damaged(name: str, what: str, tries: int, chance: random.Random) -> Trial:
    trial = Trial("Damage is one sentence, and nothing is lost without a word", f"{what} damaged")
    with a_store("s0", "s1") as made:
        for trial.tries in range(1, tries + 1):
            home = made.with_name(f"{made.name}-{trial.tries}")
            shutil.copytree(made, home)
            file = home / "store" / name
            target = max(file.iterdir()) if file.is_dir() else file
            how = _damage(target, chance)
            try:
                _opens_or_says(trial, home, f"{trial.tries}: {how}")
            finally:
                shutil.rmtree(home, ignore_errors=True)
    return trial


def _opens_or_says(trial: Trial, home: Path, how: str) -> None:
    try:
        way = opened(home)
        for name in ("s0", "s1"):
            trial.expect(events_of(way, name) == session_of(name), f"{how}: {name} changed and nobody was told")
        way.lock()
    except ReflectError as error:
        trial.expect("\n" not in str(error).strip(), f"{how}: more than a sentence: {error}")
    except Exception as error:
        trial.failures.append(f"{how}: {type(error).__name__}: {error}")


def _damage(file: Path, chance: random.Random) -> str:
    content = bytearray(file.read_bytes())
    size = len(content)
    kind = chance.choice(["bytes", "cut", "zeros", "added", "swapped"])
    at = chance.randrange(size)
    if kind == "bytes":
        for _ in range(chance.choice([1, 3, 40])):
            content[chance.randrange(size)] ^= 1 << chance.randrange(8)
    elif kind == "cut":
        del content[at:]
    elif kind == "zeros":
        content[at : at + 512] = bytes(len(content[at : at + 512]))
    elif kind == "added":
        content += chance.randbytes(chance.randrange(1, 5000))
    else:
        block = min(4096, size // 2 or 1)
        content[:block], content[-block:] = content[-block:], content[:block]
    file.write_bytes(content)
    return f"{kind} at {at} of {size}"


def full_disk(tries: int, chance: random.Random) -> Trial:
    """No file of the child may grow beyond a few bytes more than the store has: what a full disk answers."""
    trial = Trial(
        "What was acknowledged is there, and the rest is one sentence", "the disk full while answers are kept"
    )
    for trial.tries in range(1, tries + 1):
        with a_store("s0") as home:
            safe, said = _on_a_full_disk(home, chance.randrange(60_000), _keeping)
            way = opened(home)
            kept = events_of(way, "k")
            trial.expect(safe <= len(kept), f"{trial.tries}: {safe} said to be safe, {len(kept)} there")
            trial.expect(events_of(way, "s0") == session_of("s0"), f"{trial.tries}: the first session changed")
            trial.expect(said in _SAID, f"{trial.tries}: {said}")
            way.lock()
    return trial


def full_disk_elsewhere(tries: int, chance: random.Random) -> Trial:
    trial = Trial(
        "The records open, and the rest is one sentence",
        "the disk full while a passphrase is changed, a case forgotten, a backup made or brought back",
    )
    works = (_changing, _forgetting, _backing_up, _restoring)
    for trial.tries in range(1, tries + 1):
        work = works[trial.tries % len(works)]
        how = f"{trial.tries}, {work.__name__}"
        with a_store("s0", "b1") as home:
            way = opened(home)
            way.encrypted_file.backup(way.key(), START)
            way.lock()
            safe, said = _on_a_full_disk(home, chance.randrange(-40_000, 20_000), work)
            trial.expect(said in _SAID, f"{how}: {said}")
            try:
                way = opened(home, WORDS, OTHER_WORDS)
            except ReflectError as error:
                trial.failures.append(f"{how}: {error}")
                continue
            trial.expect(events_of(way, "s0") == session_of("s0"), f"{how}: a session changed")
            trial.expect(not (safe and way.encrypted_file.forgetting), f"{how}: said to be done, and was not")
            trial.expect(not (safe and work is _forgetting and events_of(way, "b1")), f"{how}: still there")
            way.lock()
    return trial


_SAID = ("all done", "a sentence")


def _keeping(home: Path, way: Unlocking, safe: Callable[[], object]) -> None:
    for position, event in enumerate(session_of("k", answers=30)):
        way.store().append("k", position, event)
        safe()


def _changing(home: Path, way: Unlocking, safe: Callable[[], object]) -> None:
    way.lock()
    opening(home).change_passphrase(WORDS, OTHER_WORDS)
    safe()


def _forgetting(home: Path, way: Unlocking, safe: Callable[[], object]) -> None:
    way.encrypted_file.begin_forgetting()
    way.store().forget_case("Child B")
    way.finish_forgetting()
    safe()


def _backing_up(home: Path, way: Unlocking, safe: Callable[[], object]) -> None:
    way.encrypted_file.backup(way.key(), START)
    safe()


def _restoring(home: Path, way: Unlocking, safe: Callable[[], object]) -> None:
    newest = way.encrypted_file.backups.all()[0]
    way.lock()
    opening(home).encrypted_file.restore(WORDS, newest, START)
    safe()


def _on_a_full_disk(home: Path, more: int, work: _Work) -> tuple[int, str]:
    """Do the work where files may be so much larger than the store; how often it said that something is safe."""
    heard, told = os.pipe()
    room = max(1, (home / "store" / "reflect.db").stat().st_size + more)
    child = os.fork()
    if child == 0:
        os.close(heard)
        os.write(told, _until_full(room, home, work, lambda: os.write(told, b".")).encode())
        os._exit(0)
    os.close(told)
    os.waitpid(child, 0)
    words = b""
    while more_words := os.read(heard, 10_000):
        words += more_words
    os.close(heard)
    return words.count(b"."), words.replace(b".", b"").decode()


def _until_full(room: int, home: Path, work: _Work, safe: Callable[[], object]) -> str:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        way = opened(home)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        work(home, way, safe)
    except StoreError:
        return "a sentence"
    except BaseException as error:
        return f"{type(error).__name__}"
    return "all done"


def _always(now: datetime) -> datetime:
    return now


def clocks(tries: int, chance: random.Random) -> Trial:
    trial = Trial("The newest backup has the newest session", "the clock goes back and forth by up to a century")
    with a_store() as home:
        for trial.tries in range(1, tries + 1):
            now = START + timedelta(days=chance.randrange(-36_500, 36_500))
            way = opening(home, partial(_always, now))
            way.unlock(WORDS)
            keep(way, f"k{trial.tries}", answers=1)
            made = way.encrypted_file.backup(way.key(), now)
            trial.expect(
                made.exists() and way.encrypted_file.last_good(WORDS) == made,
                f"{trial.tries}: {made.name} is not newest",
            )
            way.lock()
        way = opened(home)
        newest = way.encrypted_file.last_good(WORDS)
        assert newest is not None
        held = in_a_backup(newest, f"k{tries}", home / "elsewhere")
        trial.expect(held, "what came last is not in the newest backup")
        way.lock()
    return trial
