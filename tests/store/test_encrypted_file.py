from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from keyring.errors import NoKeyringError

from assistant.store import encrypted_file
from assistant.store import passphrase_choice as secret
from assistant.store.backups import KEPT, backed_up_at
from assistant.store.encrypted_file import write_privately
from assistant.store.key_derivation import Key
from assistant.store.store import FollowUp
from assistant.store.store_errors import DamagedStoreError, LockedError, PassphraseError, StoreError
from assistant.store.unlocking import Unlocking
from tests.stores import CHEAP, START, Ticking, answered, asked, keep, started

WORDS = "four ordinary test words"
Open = Callable[..., Unlocking]


def filled(open_file: Open) -> Unlocking:
    opening = open_file()
    opening.set_passphrase(WORDS)
    keep(opening.store(), started(), asked(), answered("The baby was asleep upstairs"))
    return opening


def everything_under(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_what_is_typed_stands_nowhere_on_disk_in_the_clear(open_file: Open, tmp_path: Path):
    opening = filled(open_file)
    opening.store().save_draft("s1", "asleep, she said")
    opening.encrypted_file.backup(opening.key(), START)
    written = everything_under(tmp_path)
    assert len(written) > 10_000
    for words in (b"asleep", b"Child A", b"SQLite format", WORDS.encode()):
        assert words not in written


def test_the_file_is_an_ordinary_sqlcipher_file(open_file: Open):
    opening = filled(open_file)
    key = Key.derive(WORDS, opening.encrypted_file.path.read_bytes()[:16], CHEAP)
    assert key == opening.key()
    with sqlcipher.connect(opening.encrypted_file.path) as other_tool:
        other_tool.execute(f"PRAGMA key = '{WORDS}'")
        other_tool.execute(f"PRAGMA kdf_iter = {CHEAP}")
        assert other_tool.execute("SELECT count(*) FROM events").fetchone() == (3,)


def test_every_file_is_for_its_owner_only(open_file: Open, tmp_path: Path):
    opening = filled(open_file)
    opening.encrypted_file.backup(opening.key(), START)
    for path in tmp_path.joinpath("store").rglob("*"):
        if path.is_file():
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_another_process_opens_with_the_passphrase(open_file: Open):
    filled(open_file)
    other = open_file()
    assert not other.new
    other.unlock(WORDS)
    assert len(other.store().events("s1")) == 3


def test_a_wrong_passphrase_is_one_sentence_and_does_no_damage(open_file: Open, capfd: pytest.CaptureFixture[str]):
    filled(open_file).lock()
    before = open_file().encrypted_file.path.read_bytes()
    other = open_file()
    with pytest.raises(PassphraseError, match="does not open the records"):
        other.unlock("five ordinary test words")
    assert other.encrypted_file.path.read_bytes() == before
    assert capfd.readouterr().err == ""
    other.unlock(WORDS)


def test_each_wrong_passphrase_makes_the_next_try_wait_longer(tmp_path: Path, open_file: Open):
    filled(open_file)
    waits: list[float] = []
    other = Unlocking(tmp_path, Ticking(), iterations=CHEAP, environment={}, sleep=waits.append)
    for _ in range(9):
        with pytest.raises(PassphraseError):
            other.unlock("wrong words entirely")
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    other.unlock(WORDS)
    other.unlock(WORDS)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_passphrase_is_changed_for_the_records_and_their_backups(open_file: Open):
    filled(open_file).lock()
    opening = open_file(clock=Ticking(START + timedelta(hours=1)))
    opening.change_passphrase(WORDS, "five other test words here")
    assert len(opening.store().events("s1")) == 3
    opening.lock()
    with pytest.raises(PassphraseError):
        open_file().unlock(WORDS)
    other = open_file()
    other.unlock("five other test words here")
    assert len(other.store().events("s1")) == 3
    (backup,) = other.encrypted_file.backups.all()
    with pytest.raises(PassphraseError):
        other.encrypted_file.restore(WORDS, backup, START)


@pytest.mark.parametrize(("old", "new"), [("wrong words entirely", "five other test words"), (WORDS, "short")])
def test_a_passphrase_is_not_changed_by_the_wrong_one_or_to_a_short_one(open_file: Open, old: str, new: str):
    opening = filled(open_file)
    before = opening.encrypted_file.path.read_bytes()
    with pytest.raises(PassphraseError):
        opening.change_passphrase(old, new)
    assert opening.encrypted_file.path.read_bytes() == before
    open_file().unlock(WORDS)


def test_a_short_passphrase_is_refused_before_anything_is_made(open_file: Open, tmp_path: Path):
    with pytest.raises(PassphraseError, match="at least 8"):
        open_file().set_passphrase("seven77")
    assert not tmp_path.joinpath("store").exists()


def test_a_passphrase_cannot_be_set_over_records(open_file: Open):
    filled(open_file)
    with pytest.raises(StoreError, match="records here already"):
        open_file().set_passphrase("another passphrase")


def test_the_lock_file_is_made_again_when_it_is_missing(open_file: Open):
    lock = filled(open_file).encrypted_file.folder / "lock.json"
    lock.unlink()
    open_file().unlock(WORDS)
    assert lock.exists()


def test_a_passphrase_file_opens_the_records_unattended(open_file: Open, a_folder_of_its_own: Path):
    named = {"REFLECT_PASSPHRASE_FILE": str(a_folder_of_its_own / "passphrase")}
    assert open_file(**named).store().sessions() == []
    assert open_file(**named).store().sessions() == []


def test_a_passphrase_file_that_others_can_read_is_refused(a_folder_of_its_own: Path):
    path = a_folder_of_its_own / "passphrase"
    path.chmod(0o640)
    with pytest.raises(PassphraseError, match="chmod 600"):
        secret.from_file({"REFLECT_PASSPHRASE_FILE": str(path)})


def test_without_file_keyring_or_person_the_sentence_names_the_variable(open_file: Open):
    with pytest.raises(LockedError, match="REFLECT_PASSPHRASE_FILE"):
        open_file().store()


def test_the_keyring_opens_the_records_once_the_user_agreed(open_file: Open, monkeypatch: pytest.MonkeyPatch):
    ring: dict[tuple[str, str], str] = {}
    monkeypatch.setattr("keyring.set_password", lambda service, name, words: ring.update({(service, name): words}))
    monkeypatch.setattr("keyring.get_password", lambda service, name: ring.get((service, name)))
    opening = filled(open_file)
    with pytest.raises(LockedError):
        open_file().store()
    monkeypatch.setattr("keyring.delete_password", lambda service, name: ring.pop((service, name)))
    opening.remember_passphrase(WORDS)
    assert len(open_file().store().events("s1")) == 3
    open_file().forget_passphrase()
    assert ring == {}
    with pytest.raises(LockedError):
        open_file().store()


def test_a_passphrase_in_the_keyring_that_was_changed_since_is_asked_for(
    open_file: Open, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("keyring.get_password", lambda *_: "four words of before")
    opening = filled(open_file)
    (opening.encrypted_file.folder / "in-keyring").touch()
    other = open_file()
    with pytest.raises(LockedError):
        other.store()
    other.unlock(WORDS)
    assert len(other.store().sessions()) == 1


def test_a_machine_without_a_keyring_says_so(open_file: Open, monkeypatch: pytest.MonkeyPatch):
    def none_here(*_: str) -> None:
        raise NoKeyringError

    monkeypatch.setattr("keyring.set_password", none_here)
    monkeypatch.setattr("keyring.get_password", none_here)
    opening = filled(open_file)
    with pytest.raises(PassphraseError, match="no keyring"):
        opening.remember_passphrase(WORDS)
    with pytest.raises(LockedError):
        open_file().store()


def test_a_damaged_file_is_set_aside_as_it_is_and_the_backup_comes_back(open_file: Open):
    opening = filled(open_file)
    backup = opening.encrypted_file.backup(opening.key(), START)
    opening.lock()
    file = opening.encrypted_file.path
    damaged = b"\0" * 4096 + file.read_bytes()[4096:]
    file.write_bytes(damaged)
    other = open_file()
    with pytest.raises(DamagedStoreError, match=r"set aside.*backup of 2 March 2026"):
        other.unlock(WORDS)
    (aside,) = opening.encrypted_file.set_aside.glob("*.db")
    assert aside.read_bytes() == damaged
    with pytest.raises(DamagedStoreError, match="is gone"):
        other.unlock(WORDS)
    other.encrypted_file.restore(WORDS, backup, START)
    other.unlock(WORDS)
    assert len(other.store().events("s1")) == 3


@pytest.mark.skipif(os.name != "posix", reason="file sizes are limited another way there")
def test_a_disk_that_fails_while_opening_is_not_taken_for_damage(open_file: Open, tmp_path: Path):
    filled(open_file).lock()
    before = open_file().encrypted_file.path.read_bytes()
    program = (
        "import resource, sys; from pathlib import Path; from datetime import datetime\n"
        "from assistant.store.unlocking import Unlocking\n"
        f"opening = Unlocking(Path(sys.argv[1]), datetime.now, iterations={CHEAP}, environment={{}})\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))\n"
        f"opening.unlock({WORDS!r})"
    )
    run = subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False, capture_output=True, text=True)
    assert "StoreError: The disk that holds" in run.stderr and "damaged" not in run.stderr
    opening = open_file()
    assert opening.encrypted_file.path.read_bytes() == before and not opening.encrypted_file.set_aside.exists()
    opening.unlock(WORDS)
    assert len(opening.store().events("s1")) == 3


def test_a_page_damaged_in_the_middle_is_one_sentence_and_makes_no_backup(open_file: Open):
    opening = filled(open_file)
    for number in range(60):
        keep(opening.store(), started(f"more-{number}"), asked(), answered("x" * 3000))
    opening.store().compact()
    opening.lock()
    file = opening.encrypted_file.path
    content = bytearray(file.read_bytes())
    for page in range(10, len(content) // 4096):
        content[page * 4096 + 100] ^= 0xFF
    file.write_bytes(content)
    other = open_file()
    for old in other.encrypted_file.backups.all():
        old.unlink()
    other.unlock(WORDS)
    assert other.encrypted_file.backups.all() == []
    with pytest.raises(DamagedStoreError, match="reflect restore"):
        for number in range(60):
            other.store().events(f"more-{number}")


def test_a_file_that_is_gone_is_not_replaced_by_an_empty_one(open_file: Open):
    opening = filled(open_file)
    opening.lock()
    for part in opening.encrypted_file.folder.glob("reflect.db*"):
        part.unlink()
    other = open_file()
    assert not other.new
    with pytest.raises(DamagedStoreError, match="is gone"):
        other.unlock(WORDS)


def test_a_backup_is_made_each_day_and_the_last_fourteen_are_kept(open_file: Open):
    filled(open_file).lock()
    for day in range(20):
        clock = Ticking(START + timedelta(days=day))
        for _ in range(2):
            opening = open_file(clock=clock)
            opening.unlock(WORDS)
            opening.lock()
    names = [f"{backed_up_at(path):%Y%m%d}" for path in opening.encrypted_file.backups.all()]
    assert names == [f"{START + timedelta(days=day):%Y%m%d}" for day in range(19, 19 - KEPT, -1)]


def test_restoring_sets_the_store_aside_and_a_wrong_passphrase_changes_nothing(open_file: Open):
    opening = filled(open_file)
    backup = opening.encrypted_file.backup(opening.key(), START)
    keep(opening.store(), started("s2"))
    opening.lock()
    before = opening.encrypted_file.path.read_bytes()
    with pytest.raises(PassphraseError):
        opening.encrypted_file.restore("wrong words entirely", backup, START)
    assert opening.encrypted_file.path.read_bytes() == before
    aside = opening.encrypted_file.restore(WORDS, backup, START)
    assert aside is not None and aside.read_bytes() == before
    opening.unlock(WORDS)
    assert [kept.session for kept in opening.store().sessions()] == ["s1"]


def test_a_backup_goes_over_no_other_file(open_file: Open, tmp_path: Path):
    opening = filled(open_file)
    mine = tmp_path / "mine.db"
    mine.write_text("precious", encoding="utf-8")
    with pytest.raises(StoreError, match="already a file"):
        opening.encrypted_file.backup(opening.key(), START, to=mine)
    assert mine.read_text(encoding="utf-8") == "precious"


def test_what_was_forgotten_is_not_left_in_the_file(open_file: Open):
    opening = filled(open_file)
    for number in range(20):
        keep(opening.store(), started(f"more-{number}", case="Child B"), asked(), answered("y" * 5000))
    opening.store().forget_case("Child A")
    opening.store().compact()
    size = opening.encrypted_file.path.stat().st_size
    opening.store().forget_case("Child B")
    opening.store().compact()
    assert opening.encrypted_file.path.stat().st_size < size / 2
    assert opening.encrypted_file.folder.joinpath("reflect.db-wal").stat().st_size == 0


def test_nothing_of_a_forgotten_case_stands_in_the_decrypted_file_or_its_backups(open_file: Open, tmp_path: Path):
    opening = filled(open_file)
    store = opening.store()
    keep(store, started("s9", case="Child Z"), asked(), answered("bruise on the ear"))
    store.save_draft("s9", "half of bruise")
    store.save_follow_up(FollowUp("s9/1", "escalation", "Child Z", "s9", "open", START, '{"x": "bruise"}'))
    store.remember_stand_in("Child Z", "Kayleigh", "the mother")
    opening.encrypted_file.backup(opening.key(), START)
    assert store.forget_session("s9") == {"sessions": 1, "follow-ups": 1, "names": 1, "events": 3}
    opening.encrypted_file.begin_forgetting()
    opening.finish_forgetting()
    for file in (opening.encrypted_file.path, *opening.encrypted_file.backups.all()):
        plain = tmp_path / f"{file.name}.plain"
        connection = opening.encrypted_file.connect(opening.key(), file)
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,), "pages that were let go of"
        connection.execute(f"ATTACH DATABASE '{plain}' AS plain KEY ''")
        connection.execute("SELECT sqlcipher_export('plain')").fetchall()
        connection.close()
        content = plain.read_bytes()
        assert b"Child A" in content, "what is kept"
        for trace in (b"bruise", b"Child Z", b"Kayleigh", b"s9"):
            assert trace not in content


def test_a_file_in_the_place_of_the_folder_is_one_sentence(open_file: Open, tmp_path: Path):
    tmp_path.joinpath("store").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="make it writable"):
        open_file().set_passphrase(WORDS)


def test_a_full_disk_is_one_sentence_and_loses_nothing_kept_before(open_file: Open):
    opening = filled(open_file)
    with opening.store()._backing.writing() as connection:
        pages = connection.value("PRAGMA page_count")
        connection.value(f"PRAGMA max_page_count = {pages}")  # SQLite then says what a full disk says
    with pytest.raises(StoreError, match=r"disk that holds .* is full"):
        opening.store().append("s1", 3, answered("z" * 50_000))
    assert len(opening.store().events("s1")) == 3


def test_a_copy_in_the_clear_goes_through_no_file_that_another_put_there_and_is_its_owners_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(encrypted_file, "token_hex", lambda _: "guessed")
    record, put_there = tmp_path / "record.md", tmp_path / "record.md.new-guessed"
    put_there.touch()
    with pytest.raises(FileExistsError):
        write_privately(record, b"asleep upstairs")
    assert put_there.read_bytes() == b"" and not record.exists()
    put_there.unlink()
    before = os.umask(0)
    try:
        write_privately(record, b"asleep upstairs")
    finally:
        os.umask(before)
    assert stat.S_IMODE(record.stat().st_mode) == 0o600
