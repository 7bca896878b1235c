"""What other programs, other windows and other computers do to a store, and what becomes of it."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.store.store_errors import DamagedStoreError, StoreError
from assistant.store.unlocking import Unlocking
from tests.stores import START, answered, asked, keep, started

WORDS, OTHER_WORDS = "four ordinary test words", "four other words again"
ACCENTED = "four café words again"
Open = Callable[..., Unlocking]


@pytest.fixture
def opening(open_file: Open) -> Unlocking:
    made = open_file()
    made.set_passphrase(WORDS)
    keep(made.store(), started(), asked(), answered("The baby was asleep upstairs"))
    return made


@pytest.mark.parametrize("link", ["store", "store/reflect.db"])
def test_a_link_to_a_disk_that_is_not_there_begins_no_new_records(open_file: Open, tmp_path: Path, link: str):
    elsewhere = tmp_path / "disk"
    (tmp_path / link).parent.mkdir(exist_ok=True)
    (tmp_path / link).symlink_to(elsewhere)
    assert not open_file().new
    for opened in (open_file().set_passphrase, open_file().unlock):
        with pytest.raises(StoreError, match="isn't there now; connect the disk or share"):
            opened(WORDS)
    assert not elsewhere.exists()


def test_a_link_to_a_folder_that_is_there_is_as_good_as_the_folder(open_file: Open, tmp_path: Path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "store").symlink_to(tmp_path / "disk")
    assert open_file().new
    open_file().set_passphrase(WORDS)
    assert not open_file().new


def test_a_file_of_nothing_but_zeros_is_damaged_and_no_passphrase_is_called_wrong(opening: Unlocking, open_file: Open):
    opening.encrypted_file.backup(opening.key(), START)
    opening.lock()
    for path in (opening.encrypted_file.path, opening.encrypted_file.folder / "lock.json"):
        path.write_bytes(bytes(path.stat().st_size))
    with pytest.raises(DamagedStoreError, match="`reflect restore` brings back"):
        open_file().unlock(WORDS)


@pytest.mark.parametrize("typed", ["NFC", "NFD"])
def test_a_passphrase_is_the_same_however_a_keyboard_composes_it(open_file: Open, typed, tmp_path: Path):
    made = open_file()
    made.set_passphrase(unicodedata.normalize(typed, ACCENTED))
    keep(made.store(), started())
    backup = made.encrypted_file.backup(made.key(), START)
    made.lock()
    for form in ("NFC", "NFD"):
        words = unicodedata.normalize(form, ACCENTED)
        other = open_file()
        other.unlock(words)
        assert len(other.store().events("s1")) == 1
        assert other.encrypted_file.last_good(words) == backup
        other.lock()
    file = tmp_path / "passphrase"
    file.write_bytes(f"\ufeff{ACCENTED}\r\n".encode())  # as Windows may save it
    file.chmod(0o600)
    assert len(open_file(REFLECT_PASSPHRASE_FILE=str(file)).store().events("s1")) == 1


def test_records_made_with_a_passphrase_as_it_was_typed_still_open(open_file: Open, monkeypatch: pytest.MonkeyPatch):
    typed = unicodedata.normalize("NFD", ACCENTED)
    with monkeypatch.context() as before:
        before.setattr("assistant.store.encrypted_file.forms", lambda words: [words])
        made = open_file()
        made.set_passphrase(typed)
        keep(made.store(), started())
        backup = made.encrypted_file.backup(made.key(), START)
        made.lock()
    other = open_file()
    other.unlock(typed)
    assert len(other.store().events("s1")) == 1
    assert other.encrypted_file.last_good(typed) == backup
    other.lock()
    other.encrypted_file.restore(typed, backup, START)


def test_a_window_is_told_that_another_changed_the_passphrase_and_not_that_the_records_are_damaged(
    opening: Unlocking, open_file: Open
):
    other = open_file()
    other.unlock(WORDS)
    other.change_passphrase(WORDS, OTHER_WORDS)
    with pytest.raises(StoreError, match="passphrase was changed in another window") as told:
        opening.store().append("s1", 3, answered("and then"))
    assert not isinstance(told.value, DamagedStoreError)
    with pytest.raises(StoreError, match="passphrase was changed in another window"):
        opening.store().events("s1")
    assert len(other.store().events("s1")) == 3


@pytest.mark.parametrize("left", ["nothing", "an older copy", "somebody else's"])
def test_nothing_is_said_to_be_kept_in_a_file_that_was_written_over_where_it_stands(
    opening: Unlocking, open_file: Open, tmp_path: Path, left: str
):
    store, file = opening.store(), opening.encrypted_file.path
    elsewhere = open_file(tmp_path / "elsewhere")
    elsewhere.set_passphrase(OTHER_WORDS)
    over = {
        "nothing": b"",
        "an older copy": file.read_bytes(),
        "somebody else's": elsewhere.encrypted_file.path.read_bytes(),
    }
    store.append("s1", 3, answered("and then"))
    with file.open("rb+") as written:  # as `cp` does: it's still the same file
        written.write(over[left])
        written.truncate()
    with pytest.raises(StoreError):
        store.append("s1", 4, answered("and after that"))


def test_what_another_window_keeps_is_no_reason_to_stop(opening: Unlocking, open_file: Open):
    other = open_file()
    other.unlock(WORDS)
    for position in range(3, 9):
        (opening if position % 2 else other).store().append("s1", position, answered(f"answer {position}"))
    other.store().compact()
    opening.store().append("s1", 9, answered("and then"))
    assert len(other.store().events("s1")) == 10


@pytest.mark.parametrize("written", ["beside the store", "in a backup's name"])
def test_no_number_that_others_wrote_turns_the_order_of_backups_round(
    opening: Unlocking, open_file: Open, written: str
):
    encrypted_file = opening.encrypted_file
    backup = encrypted_file.backup(opening.key(), START)
    opening.lock()
    if written == "beside the store":
        (encrypted_file.folder / "changes").write_bytes(b"9" * 20)
    else:
        shutil.copy(backup, encrypted_file.backups.folder / "reflect-9999999999-20990101-000000.db")
    encrypted_file.restore(WORDS, backup, START)
    other = open_file()
    other.unlock(WORDS)
    other.store().append("s1", 3, answered("and then"))
    made = other.encrypted_file.backup(other.key(), START)
    assert other.encrypted_file.backups.all()[0] == made
