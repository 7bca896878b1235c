"""The encrypted file: how it is made and opened, set aside, backed up and brought back.

Owns where the file is and how it is opened; what is in it is the store's business. The file is an ordinary SQLCipher
database that other tools open with the same passphrase. The key is worked out here, once, instead of by SQLCipher at
every connection, because that takes 0.3 s: with the key in hand another connection takes a millisecond.

    HOME/store/reflect.db        everything kept
    HOME/store/lock.json         tells a wrong passphrase from a damaged file; made again when it is missing
    HOME/store/changes           how many changes the file has seen, to notice when the last of them are lost
    HOME/store/forgetting        empty; there while something is deleted for good, so that it is finished if it stops
    HOME/store/backups/*.db      the last fourteen, encrypted with the same passphrase
    HOME/store/set-aside/*.db    damaged or replaced files, never overwritten
    HOME/store/opening           empty; locked while one process makes, opens or replaces the file
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from assistant.language.dates import format_date
from assistant.store.backups import Backups, backed_up_at, believable, changes_in, stamp
from assistant.store.key_derivation import ITERATIONS, SALT, Key, forms
from assistant.store.lock_file import Lock, lock_bytes, read_lock
from assistant.store.store_errors import DamagedStoreError, PassphraseError, StoreError
from assistant.to_type import to_type

_DAMAGED = {"SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_IOERR_SHORT_READ", "SQLITE_IOERR_DATA"}
"""What the file says of a wrong key or of damage; every other fault is the disk's, and the file stays in place."""
_LEFT_OVER = ("*.unfinished-*", "*.new-*", "backups/*.unfinished-*", "backups/*.new-*")
"""What a process that was killed leaves of files it had not finished; each may hold everything."""
_WAIT_S = 10.0
"""How long one process waits while another writes."""


class EncryptedFile:
    """One encrypted file in `folder`, and what stands around it."""

    def __init__(self, folder: Path, *, iterations: int = ITERATIONS) -> None:
        self.folder = folder
        self.path = folder / "reflect.db"
        self.backups = Backups(folder / "backups")
        self.set_aside = folder / "set-aside"
        self.lock_file = folder / "lock.json"
        self._changes_file = folder / "changes"
        self._forgetting = folder / "forgetting"
        self.iterations = iterations

    @property
    def exists(self) -> bool:
        """Something was kept here before: the file, or what only ever stands beside one, or a link that leads to it."""
        if self._leads_nowhere():
            return True
        try:
            if self.path.stat().st_size:
                return True
        except OSError:
            pass
        return self.lock_file.exists() or bool(self.backups.all()) or any(self.set_aside.glob("*.db"))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other process makes, opens or replaces the file meanwhile.

        SQLite holds the lock, because it works on every system and is let go with the process that held it. Without it
        two that made the first file at once each gave it a key, and one of them called the other's damaged.

        Raises StoreError when the folder cannot be written, or another process takes too long.
        """
        if link := self._leads_nowhere():
            raise StoreError(
                f"{link} leads to {link.readlink()}, which isn't there now; connect the disk or share that holds it."
            )
        with clear_errors(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = self.folder / "opening"
            os.close(os.open(lock, os.O_RDWR | os.O_CREAT, 0o600))
            held = sqlcipher.connect(lock, timeout=_WAIT_S, isolation_level=None, check_same_thread=False)
        try:
            with clear_errors(self.folder):
                held.execute("PRAGMA journal_mode = MEMORY").close()  # a journal file would need room on a full disk
                held.execute("BEGIN EXCLUSIVE").close()
            yield
        finally:
            held.close()

    def _leads_nowhere(self) -> Path | None:
        """A link to a disk that isn't there: the records are elsewhere, and no new ones begin in their place."""
        return next((link for link in (self.folder, self.path) if link.is_symlink() and not link.exists()), None)

    def new_key(self, passphrase: str) -> Key:
        """A key for a file that is still to be made; the first thing written to it makes the file.

        Raises StoreError when the folder cannot be written.
        """
        with clear_errors(self.folder):
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        return Key.derive(forms(passphrase)[0], os.urandom(SALT), self.iterations)

    def lock_of(self, key: Key, iterations: int, *more: Key) -> Lock:
        """The lock that knows a key, made in so many iterations, and any others."""
        return Lock(key.salt, iterations, (key.check, *(each.check for each in more)))

    def remember(self, key: Key, iterations: int | None = None, *, becoming: Key | None = None) -> None:
        """Lay down what tells a wrong passphrase from a damaged file, for the key and the one it is to become."""
        more = () if becoming is None else (becoming,)
        with clear_errors(self.folder):
            write_privately(self.lock_file, lock_bytes(self.lock_of(key, iterations or self.iterations, *more)))

    def rekey(self, key: Key, passphrase: str) -> Key:
        """Encrypt the file anew, in one transaction, so that only `passphrase` opens it.

        Killed at any moment, it leaves a file that the old passphrase or the new one opens, and a lock that knows both.
        """
        changed = Key.derive(forms(passphrase)[0], bytes.fromhex(key.salt), self.iterations)
        self.remember(key, becoming=changed)
        with clear_errors(self.folder), self._connected(key) as connection:
            connection.execute(f"PRAGMA rekey = \"x'{changed.raw}{changed.salt}'\"").fetchall()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self.remember(changed)
        return changed

    # What may go wrong beside an open store

    def identity(self) -> tuple[int, int]:
        """Which file is in the place of the store now.

        Raises StoreError when there is none.
        """
        try:
            found = self.path.stat()
        except OSError as error:
            raise StoreError(
                f"The records in {self.folder} were moved or removed while they were open. Nothing more is kept there; "
                f"put them back or run `{to_type('restore')}`, then start Reflect again. "
                "Your last words are still on screen."
            ) from error
        return (found.st_dev, found.st_ino)

    def stamp(self) -> tuple[int, int]:
        """The size of the file and when it was last written: the same while nobody has written to it.

        Raises StoreError when there is none.
        """
        self.identity()
        found = self.path.stat()
        return (found.st_size, found.st_mtime_ns)

    def is_of(self, key: Key) -> bool:
        """Whether the records still have this key, as far as can be told without opening them."""
        lock = read_lock(self.lock_file)
        return lock is None or lock.proves(key.check)

    def changes(self) -> int:
        """How many changes the store had seen when this was last written; 0 where that is not known."""
        try:
            return believable(int(self._changes_file.read_bytes()))
        except (OSError, ValueError):
            return 0

    def note_changes(self, changes: int) -> None:
        """Lay down how many changes the store has seen. A few bytes in one write: whole, or the number before."""
        with clear_errors(self.folder):
            descriptor = os.open(self._changes_file, os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                os.pwrite(descriptor, b"%020d" % changes, 0)
            finally:
                os.close(descriptor)

    def begin_forgetting(self) -> None:
        """From now on, until `finish_forgetting`, backups may hold what was to be deleted for good."""
        with clear_errors(self.folder):
            write_privately(self._forgetting, b"")

    @property
    def forgetting(self) -> bool:
        """Something was being deleted for good, and its traces have not all gone."""
        return self._forgetting.exists()

    def finish_forgetting(self, key: Key, now: datetime) -> int:
        """Put one backup of the store as it now is in the place of all there were; gives how many went.

        The new one is made before the old ones go. Raises StoreError when it cannot be, and it is tried again at the
        next opening.
        """
        made = self.backup(key, now)
        with clear_errors(self.folder):
            renewed = self.backups.keep_only(made)
            self._forgetting.unlink(missing_ok=True)
        return renewed

    def sweep(self) -> None:
        """Remove what a killed process left unfinished; call it while `alone`."""
        for pattern in _LEFT_OVER:
            for path in self.folder.glob(pattern):
                path.unlink(missing_ok=True)
        for folder in self.folder.glob("trial-*"):
            for path in sorted(folder.rglob("*"), reverse=True):
                path.unlink(missing_ok=True)
            with suppress(OSError):
                folder.rmdir()

    def connect(self, key: Key, file: Path | None = None) -> Any:
        """A connection to the file (or to `file`, a copy of it), whose every commit is on disk when it returns."""
        connection = sqlcipher.connect(
            file or self.path, timeout=_WAIT_S, isolation_level=None, check_same_thread=False
        )
        for pragma in (
            "cipher_log_level = NONE",  # SQLCipher would write of a wrong passphrase to standard error
            f"key = \"x'{key.raw}{key.salt}'\"",
            "synchronous = FULL",
            "secure_delete = ON",
            "temp_store = MEMORY",  # SQLite's own temporary files would not be encrypted
            "foreign_keys = ON",
        ):
            connection.execute(f"PRAGMA {pragma}").close()
        if file is None:  # a commit takes 3 ms with a write-ahead log, 16 ms with a rollback journal
            connection.execute("PRAGMA journal_mode = WAL").close()
        return connection

    # Backups

    def backup(self, key: Key, now: datetime, *, to: Path | None = None) -> Path:
        """Copy the whole store, encrypted as it is, and let the oldest copies go; a damaged store copies nothing.

        Raises StoreError when the copy cannot be written, or `to` is there already.
        """
        folder = to.parent if to else self.backups.folder
        with clear_errors(folder):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with self._connected(key) as connection:
                changes = connection.execute("PRAGMA user_version").fetchone()[0]
                target = to or self.backups.place(changes, now)
                if target.exists():
                    raise StoreError(f"There is already a file {target}; name another.")
                unfinished = target.with_name(f"{target.name}.unfinished-{token_hex(6)}")
                os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
                try:
                    connection.execute("VACUUM INTO ?", (str(unfinished),))
                    with unfinished.open("rb+") as copy:
                        os.fsync(copy.fileno())
                    unfinished.replace(target)
                finally:
                    unfinished.unlink(missing_ok=True)
        if to is None:
            self.backups.prune(target)
        return target

    def back_up_daily(self, key: Key, now: datetime) -> str | None:
        """A backup at the first opening of each day; gives the sentence for a person when it could not be made."""
        if not self.backups.made_on(now):
            try:
                self.backup(key, now)
            except StoreError as error:  # a full disk stops the next answer with its own sentence, not the opening
                return f"Today's backup could not be made. {error}"
        return None

    def last_good(self, passphrase: str) -> Path | None:
        """The newest backup that the passphrase opens and that is whole, if there is one."""
        return next((backup for backup in self.backups.all() if self._whole(passphrase, backup)), None)

    def restore(self, passphrase: str, backup: Path, now: datetime) -> Path | None:
        """Put a backup in the place of the store; gives where the store that was there has gone, if there was one.

        Raises PassphraseError or StoreError, and then nothing has changed.
        """
        key = next((key for key in self._keys_of(backup, passphrase) if self.opens(key, backup)), None)
        if key is None:
            raise PassphraseError("That passphrase does not open the backup. Nothing has been changed; try again.")
        with self.alone(), clear_errors(self.folder):
            copy = self.folder / f"restored.unfinished-{token_hex(6)}"
            write_privately(copy, backup.read_bytes())
            with self._connected(key, copy) as connection:
                self.count_on(connection)
            aside = None
            if self.path.exists():
                aside = self.put_aside(f"replaced-{stamp(now)}", until_replaced=True)
            copy.replace(self.path)
            self._changes_file.unlink(missing_ok=True)  # it counted those of the store that was here
        self.remember(key)
        return aside

    def count_on(self, connection: Any) -> None:
        """Count changes from above every backup there is: an older store goes on here, and its backups are newest."""
        counted = believable(connection.execute("PRAGMA user_version").fetchone()[0])
        most = max([counted, self.changes(), *map(changes_in, self.backups.all())])
        connection.execute(f"PRAGMA user_version = {most + 1}").fetchall()

    def _keys_of(self, backup: Path, passphrase: str) -> list[Key]:
        """Those that may open a backup."""
        try:
            with backup.open("rb") as file:
                head = file.read(SALT)
            return [Key.derive(words, head, self.iterations) for words in forms(passphrase)]
        except OSError as error:
            raise StoreError(f"There is no backup {backup} to restore.") from error

    def _whole(self, passphrase: str, backup: Path) -> bool:
        try:
            return any(self._whole_by(key, backup) for key in self._keys_of(backup, passphrase))
        except StoreError:
            return False

    def _whole_by(self, key: Key, backup: Path) -> bool:
        try:
            with self._connected(key, backup) as connection:
                return bool(connection.execute("PRAGMA quick_check").fetchall() == [("ok",)])
        except sqlcipher.DatabaseError:
            return False

    def opens(self, key: Key, file: Path | None = None) -> bool:
        """Whether a key opens the file, or a copy of it."""
        try:
            with self._connected(key, file) as connection:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlcipher.DatabaseError as error:
            if _name(error) in _DAMAGED:
                return False
            raise in_plain_words(error, self.folder) from error
        return True

    @contextmanager
    def _connected(self, key: Key, file: Path | None = None) -> Iterator[Any]:
        connection = self.connect(key, file)
        try:
            yield connection
        finally:
            connection.close()

    def put_aside(self, why: str, *, until_replaced: bool = False) -> Path:
        """Move the file, with its journal, where nothing will write it; never over another.

        With `until_replaced` it has both names until another file takes its place: killed between, the records are
        still there.
        """
        with clear_errors(self.folder):
            self.set_aside.mkdir(exist_ok=True, mode=0o700)
            number = 1
            while (aside := self.set_aside / f"{why}-{number}.db").exists():
                number += 1
            for end in ("-wal", "-shm", ""):
                part, there = self.path.with_name(self.path.name + end), aside.with_name(aside.name + end)
                if part == self.path and until_replaced and _linked(part, there):
                    continue
                if part.exists():
                    part.replace(there)
        return aside

    def how_to_restore(self) -> str:
        """What a person does to have a backup of it back, in half a sentence."""
        newest = next(iter(self.backups.all()), None)
        if newest is None:
            return "there is no backup of it here."
        return f"`{to_type('restore')}` brings back the backup of {format_date(backed_up_at(newest))}."


def _linked(file: Path, there: Path) -> bool:
    """Whether the file has a second name now; not every file system gives one."""
    try:
        there.hardlink_to(file)
    except (OSError, NotImplementedError):
        return False
    return True


def write_privately(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, for its owner's eyes only."""
    unfinished = path.with_name(f"{path.name}.new-{token_hex(6)}")  # a name that nobody can have put there before
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def clear_errors(where: Path) -> Iterator[None]:
    """Turn what goes wrong with files and databases inside into one plain sentence."""
    try:
        yield
    except (OSError, sqlcipher.Error) as error:
        raise in_plain_words(error, where) from error


def in_plain_words(error: BaseException, where: Path) -> StoreError:
    """The sentence for a fault of the disk or the database."""
    name = _name(error)
    if name == "SQLITE_FULL" or getattr(error, "errno", None) == errno.ENOSPC:
        return StoreError(
            f"The disk that holds {where} is full, so nothing more can be kept; make room and send your words again."
        )
    if name in {"SQLITE_BUSY", "SQLITE_LOCKED"}:
        return StoreError("Another Reflect is busy with the records; wait a moment and try again.")
    if name in {"SQLITE_CORRUPT", "SQLITE_NOTADB"}:
        return DamagedStoreError(
            f"Part of the store in {where} cannot be read, and it has been left as it is",
            f"`{to_type('restore')}` sets it aside and brings back the last good backup.",
            partly=True,
        )
    if name.startswith("SQLITE_IOERR"):
        return StoreError(
            f"The disk that holds {where} did not take or give what it was asked for; see that it is there and has "
            "room, then try again. What was kept has been left as it is."
        )
    reason = getattr(error, "strerror", None) or {"SQLITE_READONLY": "Read-only"}.get(name.split("_RO")[0], "")
    because = f" ({reason})" if reason else ""
    return StoreError(
        f"Nothing can be kept in {where}{because}; make it writable, or set REFLECT_DATA_DIR to a folder that is."
    )


def _name(error: BaseException) -> str:
    return str(getattr(error, "sqlite_errorname", None) or "")
