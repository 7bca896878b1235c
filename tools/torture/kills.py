"""Killed at any moment: while answers are kept, a passphrase changed, a case forgotten, a backup made or put back."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from assistant.store.unlocking import Unlocking
from tools.torture.trials import (
    OTHER_WORDS,
    START,
    WORDS,
    Killer,
    Trial,
    a_store,
    events_of,
    in_a_backup,
    opened,
    opening,
    session_of,
)


def answers(tries: int, chance: random.Random) -> Trial:
    trial = Trial("An answer that was acknowledged is never lost", "killed while answers are kept")
    kill = Killer(chance)
    with a_store("s0") as home:
        for number in _until_killed(trial, tries):
            name = f"k{number}"

            def work(safe: Callable[[], object], name: str = name) -> None:
                way = opened(home)
                for position, event in enumerate(session_of(name)):
                    way.store().append(name, position, event)
                    safe()

            killed = trial.count(kill(work))
            way = opened(home)
            kept = events_of(way, name)
            trial.expect(
                kept == session_of(name)[: len(kept)] and killed.safe <= len(kept) <= killed.safe + 1,
                f"{name}: {killed.safe} said to be safe, {len(kept)} there",
            )
            trial.expect(events_of(way, "s0") == session_of("s0"), f"{name}: the first session changed")
            way.lock()
    return trial


def passphrase(tries: int, chance: random.Random) -> Trial:
    trial = Trial("The old passphrase opens the records, or the new one does", "killed while it is changed")
    kill = Killer(chance)
    for _ in _until_killed(trial, tries):
        with a_store("s0") as home:

            def work(_: Callable[[], object], home: Path = home) -> None:
                opening(home).change_passphrase(WORDS, OTHER_WORDS)

            trial.count(kill(work))
            _whole(trial, home, (WORDS, OTHER_WORDS))
    return trial


def forgetting(tries: int, chance: random.Random) -> Trial:
    trial = Trial("What was forgotten is in no backup after the next opening", "killed while a case is forgotten")
    kill = Killer(chance)
    for _ in _until_killed(trial, tries):
        with a_store("s0", "b1") as home:

            def work(safe: Callable[[], object], home: Path = home) -> None:
                way = opened(home)
                way.encrypted_file.begin_forgetting()
                way.store().forget_case("Child B")
                way.finish_forgetting()
                safe()

            killed = trial.count(kill(work))
            way = opened(home)
            gone = not events_of(way, "b1")
            trial.expect(events_of(way, "s0") == session_of("s0"), f"{trial.tries}: the other case changed")
            trial.expect(gone or not killed.safe, f"{trial.tries}: said to be forgotten and still there")
            if gone:
                trial.expect(not _in_a_backup(way, home), f"{trial.tries}: a backup still holds it")
            way.lock()
    return trial


def backup(tries: int, chance: random.Random) -> Trial:
    trial = Trial("Every backup there is can be brought back", "killed while one is made")
    kill = Killer(chance)
    with a_store("s0") as home:
        for _ in _until_killed(trial, tries):

            def work(safe: Callable[[], object]) -> None:
                way = opened(home)
                way.encrypted_file.backup(way.key(), START)
                safe()

            trial.count(kill(work))
            way = opened(home)
            good = way.encrypted_file.last_good(WORDS)
            trial.expect(
                good == next(iter(way.encrypted_file.backups.all()), None), f"{trial.tries}: the newest does not open"
            )
            trial.expect(not list(home.rglob("*.unfinished-*")), f"{trial.tries}: something unfinished was left")
            way.lock()
    return trial


def restore(tries: int, chance: random.Random) -> Trial:
    trial = Trial("The records open, as they were or as they were backed up", "killed while a backup is brought back")
    kill = Killer(chance)
    for _ in _until_killed(trial, tries):
        with a_store("s0") as home:
            way = opened(home)
            made = way.encrypted_file.backup(way.key(), START)
            way.lock()

            def work(_: Callable[[], object], home: Path = home, made: Path = made) -> None:
                opening(home).encrypted_file.restore(WORDS, made, START)

            trial.count(kill(work))
            _whole(trial, home, (WORDS,))
    return trial


def _until_killed(trial: Trial, tries: int) -> Iterator[int]:
    """Numbers, until work was killed so often while it went on; one that had ended is no try."""
    number = 0
    while trial.tries < tries:
        number += 1
        yield number


def _whole(trial: Trial, home: Path, passphrases: tuple[str, ...]) -> None:
    try:
        way = opened(home, *passphrases)
    except Exception as error:
        trial.failures.append(f"{trial.tries}: {type(error).__name__}: {error}")
        return
    trial.expect(events_of(way, "s0") == session_of("s0"), f"{trial.tries}: the session changed")
    way.lock()


def _in_a_backup(way: Unlocking, home: Path) -> bool:
    kept = way.encrypted_file.backups.all()
    return any(in_a_backup(one, "b1", home / f"looked-at-{number}") for number, one in enumerate(kept))
