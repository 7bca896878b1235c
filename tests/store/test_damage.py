"""What a crash, a full disk, a wrong clock or another program may leave of the store, and what becomes of it."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.store.backups import KEPT, backed_up_at
from assistant.store.encrypted_file import EncryptedFile
from assistant.store.lock_file import Lock, lock_bytes, read_lock
from assistant.store.sqlite import SqlcipherDatabase, Statements
from assistant.store.store_errors import DamagedStoreError, PassphraseError, StoreError
from assistant.store.unlocking import Unlocking
from tests.stores import START, Ticking, answered, asked, keep, started

WORDS, OTHER_WORDS = "four ordinary test words", "four other words again"
Open = Callable[..., Unlocking]
WRONG: tuple[Any, ...] = (None, 7, -1, "", "x", [], {}, "é" * 64, "0" * 64, "0" * 32, 10**12, True, 1.5)
"""What may stand in the place of a value after damage."""


@pytest.fixture
def opening(open_file: Open) -> Unlocking:
    made = open_file()
    made.set_passphrase(WORDS)
    keep(made.store(), started(), asked(), answered("The baby was asleep upstairs"))
    return made


@pytest.mark.parametrize("left", [b"", b"\0", b"\0" * 511])
def test_a_store_that_is_nearly_empty_is_damaged_and_never_taken_for_new(opening: Unlocking, open_file: Open, left):
    opening.lock()
    for part in opening.encrypted_file.folder.glob("reflect.db*"):
        part.unlink()
    opening.encrypted_file.path.write_bytes(left)
    other = open_file()
    assert not other.new
    for words in (WORDS, OTHER_WORDS):
        with pytest.raises(DamagedStoreError, match="`reflect restore`"):
            other.unlock(words)
    with pytest.raises(StoreError, match="records here already"):
        other.set_passphrase(OTHER_WORDS)


@pytest.mark.parametrize(
    "beside", ["lock.json", "backups/reflect-0000000001-20260302-100000.db", "set-aside/damaged-1.db"]
)
def test_whatever_stands_beside_a_store_shows_that_there_was_one(open_file: Open, tmp_path: Path, beside: str):
    path = tmp_path / "store" / beside
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x")
    assert not open_file().new


def test_an_empty_file_with_nothing_beside_it_is_a_store_that_was_never_begun(open_file: Open, tmp_path: Path):
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "reflect.db").touch()
    assert open_file().new


def test_openings_without_a_store_take_no_backup_away(opening: Unlocking, open_file: Open):
    opening.lock()
    opening.encrypted_file.path.write_bytes(b"")
    before = opening.encrypted_file.backups.all()
    for day in range(KEPT + 6):
        with pytest.raises(DamagedStoreError):
            open_file(clock=Ticking(START + timedelta(days=day))).unlock(WORDS)
    assert opening.encrypted_file.backups.all() == before != []


def test_something_forgotten_is_gone_from_the_backups_at_the_next_opening_when_the_program_was_stopped(
    opening: Unlocking, open_file: Open
):
    opening.encrypted_file.backup(opening.key(), START)
    opening.encrypted_file.begin_forgetting()
    opening.store().forget_session("s1")
    opening.lock()  # as after a kill: the backups still hold it
    held = opening.encrypted_file.backups.all()
    other = open_file()
    other.unlock(WORDS)
    (left,) = other.encrypted_file.backups.all()
    assert left not in held and not other.encrypted_file.forgetting
    other.encrypted_file.restore(WORDS, left, START)
    other.lock()
    other.unlock(WORDS)
    assert other.store().sessions() == []


def full(*_: object, **__: object) -> None:
    raise StoreError("The disk is full.")


def test_what_cannot_be_finished_for_want_of_room_is_said_and_finished_at_the_next_opening(
    opening: Unlocking, open_file: Open, monkeypatch: pytest.MonkeyPatch
):
    opening.encrypted_file.begin_forgetting()
    opening.store().forget_session("s1")
    with monkeypatch.context() as patched:
        patched.setattr(SqlcipherDatabase, "compact", full)
        with pytest.raises(StoreError, match=r"gone from the records, but .* the next time Reflect is opened.*is full"):
            opening.finish_forgetting()
        opening.lock()
        other = open_file()
        other.unlock(WORDS)  # still full, and the records open all the same
        assert other.store().sessions() == []
        assert other.notice is not None and "next time" in other.notice
        other.lock()
    other.unlock(WORDS)
    assert not other.encrypted_file.forgetting
    assert other.notice == "The backups were made anew, without what had been deleted for good."


def test_the_new_backup_is_made_before_the_old_ones_go(opening: Unlocking, monkeypatch: pytest.MonkeyPatch):
    before = opening.encrypted_file.backups.all()
    monkeypatch.setattr(EncryptedFile, "backup", full)
    opening.encrypted_file.begin_forgetting()
    with pytest.raises(StoreError, match="full"):
        opening.encrypted_file.finish_forgetting(opening.key(), START)
    assert opening.encrypted_file.backups.all() == before != []
    assert opening.encrypted_file.forgetting


def test_what_a_killed_process_left_unfinished_is_swept_away(opening: Unlocking, open_file: Open):
    opening.lock()
    folder = opening.encrypted_file.folder
    (folder / "trial-x").mkdir()
    left = [
        folder / "backups" / "reflect-0000000004-20260302-100000.db.unfinished-12",
        folder / "restored.unfinished-7",
        folder / "lock.json.new-9",
        folder / "trial-x" / "copy.db",
    ]
    for path in left:
        path.write_bytes(b"everything")
    open_file().unlock(WORDS)
    assert not [path for path in (*left, folder / "trial-x") if path.exists()]


@pytest.mark.parametrize("stopped_after", ["remember", "rekey"])
def test_a_passphrase_change_that_is_killed_leaves_records_that_one_of_the_two_opens(
    opening: Unlocking, open_file: Open, monkeypatch: pytest.MonkeyPatch, stopped_after: str
):
    key, encrypted_file = opening.key(), opening.encrypted_file
    opening.lock()
    remember, calls = EncryptedFile.remember, []

    def killed(self: EncryptedFile, *words: object, **named: object) -> None:
        calls.append(named)
        if stopped_after == "rekey" and len(calls) == 2:
            raise KeyboardInterrupt
        remember(self, *words, **named)  # type: ignore[arg-type]
        if stopped_after == "remember":
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(EncryptedFile, "remember", killed)
        with pytest.raises(KeyboardInterrupt):
            encrypted_file.rekey(key, OTHER_WORDS)
    right, wrong = (WORDS, OTHER_WORDS) if stopped_after == "remember" else (OTHER_WORDS, WORDS)
    with pytest.raises(PassphraseError, match="Try the other one"):
        open_file().unlock(wrong)
    other = open_file()
    other.unlock(right)
    assert len(other.store().events("s1")) == 3
    with pytest.raises(PassphraseError, match="does not open"):
        open_file().unlock(wrong)  # the lock knows only one again


def test_a_passphrase_change_that_is_killed_leaves_no_backup_that_the_old_passphrase_opens(
    opening: Unlocking, open_file: Open, monkeypatch: pytest.MonkeyPatch
):
    def killed(_: Unlocking) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Unlocking, "forget_passphrase", killed)  # the first thing after the records have a new key
        with pytest.raises(KeyboardInterrupt):
            opening.change_passphrase(WORDS, OTHER_WORDS)
    other = open_file()
    other.unlock(OTHER_WORDS)
    assert other.encrypted_file.last_good(WORDS) is None
    assert other.encrypted_file.last_good(OTHER_WORDS) is not None


def test_any_damage_to_the_lock_file_leaves_the_right_passphrase_right(opening: Unlocking, open_file: Open):
    opening.lock()
    lock = opening.encrypted_file.folder / "lock.json"
    whole = json.loads(lock.read_bytes())
    spoilt: list[bytes] = [b"", b"[]", b"{", b"null", b"7", b"\xff\xfe", b"[" * 100_000]
    for field in whole:
        spoilt.extend(json.dumps({**whole, field: value}).encode() for value in WRONG)
        spoilt.append(json.dumps({name: value for name, value in whole.items() if name != field}).encode())
    for content in spoilt:
        lock.write_bytes(content)
        other = open_file()
        other.unlock(WORDS)
        assert len(other.store().events("s1")) == 3, content
        other.lock()
        lock.write_bytes(content)
        with pytest.raises(PassphraseError):
            open_file().unlock(OTHER_WORDS)


@given(
    st.text("0123456789abcdef", min_size=32, max_size=32),
    st.integers(1, 10_000_000),
    st.lists(st.text("0123456789abcdef", min_size=64, max_size=64), min_size=1, max_size=2),
)
@settings(deadline=None)
def test_a_lock_is_read_back_as_it_was_written(tmp_path_factory, salt: str, iterations: int, proofs: list[str]):
    path = tmp_path_factory.mktemp("lock") / "lock.json"
    lock = Lock(salt, iterations, tuple(proofs))
    path.write_bytes(lock_bytes(lock))
    assert read_lock(path) == lock


def test_a_damaged_head_of_the_file_is_damage_and_not_a_wrong_passphrase(opening: Unlocking, open_file: Open):
    opening.lock()
    content = opening.encrypted_file.path.read_bytes()
    opening.encrypted_file.path.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    with pytest.raises(DamagedStoreError, match="set aside"):
        open_file().unlock(WORDS)


@pytest.mark.parametrize("done", ["restored", "file removed", "folder removed", "another file"])
def test_nothing_is_said_to_be_kept_in_a_store_that_is_no_longer_there(opening: Unlocking, tmp_path: Path, done: str):
    store, encrypted_file = opening.store(), opening.encrypted_file
    backup = shutil.copy(encrypted_file.backup(opening.key(), START), tmp_path / "mine.db")
    match done:
        case "restored":
            encrypted_file.restore(WORDS, Path(backup), START)
        case "file removed":
            encrypted_file.path.unlink()
        case "folder removed":
            encrypted_file.folder.rename(tmp_path / "elsewhere")
        case _:
            other = tmp_path / "other.db"
            shutil.copy(encrypted_file.path, other)
            other.replace(encrypted_file.path)
    with pytest.raises(StoreError, match="tart Reflect again"):
        store.append("s1", 3, answered("and then"))


def test_nothing_is_said_to_be_kept_when_the_store_is_replaced_in_the_middle_of_keeping_it(
    opening: Unlocking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    store, backup = (
        opening.store(),
        Path(shutil.copy(opening.encrypted_file.backup(opening.key(), START), tmp_path / "mine.db")),
    )
    looked = SqlcipherDatabase.before_writing

    def replaced_after_the_look(self: SqlcipherDatabase, connection: Statements) -> None:
        looked(self, connection)
        opening.encrypted_file.restore(WORDS, backup, START)

    monkeypatch.setattr(SqlcipherDatabase, "before_writing", replaced_after_the_look)
    with pytest.raises(StoreError, match="tart Reflect again"):
        store.append("s1", 3, answered("and then"))


def test_a_restore_that_is_killed_leaves_records_that_open(
    opening: Unlocking, open_file: Open, monkeypatch: pytest.MonkeyPatch
):
    backup = opening.encrypted_file.backup(opening.key(), START)
    opening.lock()
    put = Path.replace

    def killed(self: Path, target: Path) -> Path:
        if target == opening.encrypted_file.path:
            raise KeyboardInterrupt
        return put(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            opening.encrypted_file.restore(WORDS, backup, START)
    other = open_file()
    other.unlock(WORDS)
    assert len(other.store().events("s1")) == 3


def test_the_file_alone_holds_every_answer_as_soon_as_it_is_kept(opening: Unlocking, tmp_path: Path, open_file: Open):
    copied = tmp_path / "copied" / "store"
    copied.mkdir(parents=True)
    for name in ("reflect.db", "lock.json"):
        shutil.copy(opening.encrypted_file.folder / name, copied / name)
    other = open_file(tmp_path / "copied")
    other.unlock(WORDS)
    assert len(other.store().events("s1")) == 3


def test_answers_that_are_lost_with_an_older_file_are_noticed_once_and_the_rest_can_be_used(
    opening: Unlocking, open_file: Open
):
    older = opening.encrypted_file.path.read_bytes()
    keep_more = [answered(f"answer {number}") for number in range(3)]
    for position, event in enumerate(keep_more, 3):
        opening.store().append("s1", position, event)
    opening.lock()
    opening.encrypted_file.path.write_bytes(older)
    with pytest.raises(DamagedStoreError, match="last 3 changes") as lost:
        open_file().unlock(WORDS)
    assert lost.value.partly
    other = open_file()
    other.unlock(WORDS)
    assert len(other.store().events("s1")) == 3


def test_the_newest_backup_is_the_one_after_the_most_changes_whatever_the_clock_says(
    opening: Unlocking, open_file: Open
):
    opening.lock()
    days = [START, START.replace(year=2099), *(START + timedelta(days=day) for day in range(1, KEPT + 4)), START]
    for number, day in enumerate(days):
        other = open_file(clock=Ticking(day))
        other.unlock(WORDS)
        other.store().append("s1", 3 + number, answered(f"answer {number}"))
        made = other.encrypted_file.backup(other.key(), day)
        assert other.encrypted_file.backups.all()[0] == made
        other.lock()
    assert len(other.encrypted_file.backups.all()) == KEPT
    newest = other.encrypted_file.last_good(WORDS)
    assert newest is not None and backed_up_at(newest) == datetime(2026, 3, 2, 10, 0)
    other.encrypted_file.restore(WORDS, newest, START)
    other.unlock(WORDS)
    assert len(other.store().events("s1")) == 3 + len(days)


def test_no_damage_to_the_journal_loses_an_answer_without_a_word(
    opening: Unlocking, open_file: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def only_counted(self: SqlcipherDatabase) -> None:  # as where another process reads, and the journal has to wait
        with self.reading() as connection:
            self._encrypted_file.note_changes(connection.value("PRAGMA user_version"))

    with monkeypatch.context() as patched:
        patched.setattr(SqlcipherDatabase, "after_writing", only_counted)
        for number in range(3):
            opening.store().append("s1", 3 + number, answered(f"answer {number}"))
    journal = (opening.encrypted_file.folder / "reflect.db-wal").read_bytes()
    assert journal
    chance = random.Random(20260302)
    spoilt = [None, b"", *(journal[: chance.randrange(len(journal))] for _ in range(14))]
    for _ in range(14):
        at = chance.randrange(len(journal))
        spoilt.append(journal[:at] + bytes([journal[at] ^ 0xFF]) + journal[at + 1 :])
    said = 0
    for number, content in enumerate(spoilt):
        home = tmp_path / f"copy-{number}"
        shutil.copytree(opening.encrypted_file.folder, home / "store", ignore=shutil.ignore_patterns("*-shm"))
        wal = home / "store" / "reflect.db-wal"
        wal.unlink()
        if content is not None:
            wal.write_bytes(content)
        other = open_file(home)
        try:
            other.unlock(WORDS)
            assert len(other.store().events("s1")) == 6, number
        except DamagedStoreError as lost:
            assert "changes to the records are missing" in str(lost)
            said += 1
        other.lock()
    assert said > len(spoilt) // 2


@pytest.mark.parametrize("older_by", ["restoring", "an older file in its place"])
def test_backups_of_an_older_store_that_is_gone_on_with_are_newer_than_those_before(
    opening: Unlocking, open_file: Open, tmp_path: Path, older_by: str
):
    older = Path(shutil.copy(opening.encrypted_file.backup(opening.key(), START), tmp_path / "older.db"))
    for number in range(KEPT + 2):
        opening.store().append("s1", 3 + number, answered(f"answer {number}"))
        opening.encrypted_file.backup(opening.key(), START + timedelta(days=number))
    opening.lock()
    if older_by == "restoring":
        opening.encrypted_file.restore(WORDS, older, START)
    else:
        shutil.copy(older, opening.encrypted_file.path)
        with pytest.raises(DamagedStoreError, match="changes to the records are missing"):
            opening.unlock(WORDS)
    opening.unlock(WORDS)
    opening.store().append("s1", 3, answered("after that"))
    made = [opening.encrypted_file.backup(opening.key(), START + timedelta(days=40 + day)) for day in range(2)]
    assert opening.encrypted_file.backups.all()[:2] == made[::-1]


def test_a_daily_backup_that_cannot_be_made_is_said(opening: Unlocking, open_file: Open, monkeypatch):
    opening.lock()
    other = open_file(clock=Ticking(START + timedelta(days=1)))
    monkeypatch.setattr(EncryptedFile, "backup", full)
    other.unlock(WORDS)
    assert other.notice == "Today's backup could not be made. The disk is full."


def test_two_processes_that_write_by_turns_lose_nothing_and_wait_for_each_other(opening: Unlocking, open_file: Open):
    program = (
        "import sys; from pathlib import Path; from tests.store.test_damage import *; from tests.stores import CHEAP\n"
        "opening = Unlocking(Path(sys.argv[1]), Ticking(), iterations=CHEAP, environment={})\n"
        "opening.unlock(WORDS)\n"
        "for _ in range(40): opening.store().save_draft('s1', sys.argv[2])"
    )
    home = opening.encrypted_file.folder.parent
    opening.lock()
    both = [subprocess.Popen([sys.executable, "-c", program, str(home), words]) for words in ("left", "right")]
    assert [process.wait() for process in both] == [0, 0]
    other = open_file()
    other.unlock(WORDS)
    assert other.store().draft("s1") in {"left", "right"}


@pytest.mark.parametrize("body", ["rabbit", '"rabbit"', '["rabbit"]', '{"kind": "rabbit"}', '{"rabbit":' * 5000])
def test_a_damaged_answer_hides_no_other_from_whoever_looks_for_words(open_file: Open, body: str):
    way = open_file()
    way.set_passphrase(WORDS)
    for session in ("s1", "s2"):
        keep(way.store(), started(session), asked(), answered("He drew a rabbit."))
    with closing(way.encrypted_file.connect(way.key())) as connection:
        connection.execute("UPDATE events SET body = ? WHERE session = 's1' AND kind = 'answered'", (body,)).close()
    assert way.store().saying("rabbit") == {"s2"}
