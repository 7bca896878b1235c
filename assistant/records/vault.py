"""The encrypted file: its key, its damage, its backups.

Owns where the file is and how it is opened; what is in it is the store's business. The file is an ordinary SQLCipher
database that other tools open with the same passphrase. The key is worked out here, once, instead of by SQLCipher at
every connection, because that takes 0.3 s: with the key in hand another connection takes a millisecond.

    HOME/store/reflect.db        everything kept
    HOME/store/lock.json         tells a wrong passphrase from a damaged file; made again when it is missing
    HOME/store/backups/*.db      the last fourteen, encrypted with the same passphrase
    HOME/store/set-aside/*.db    damaged or replaced files, never overwritten
    HOME/store/opening           empty; locked while one process makes, opens or replaces the file
"""

from __future__ import annotations

import errno
import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from assistant.records.errors import DamagedStoreError, PassphraseError, StoreError

ITERATIONS = 256_000
"""SQLCipher 4's own number of PBKDF2-HMAC-SHA512 rounds."""
KEPT_BACKUPS = 14
_SALT = 16
_DAMAGED = {"SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_IOERR_SHORT_READ", "SQLITE_IOERR_DATA"}
"""What the file says of a wrong key or of damage; every other fault is the disk's, and the file stays in place."""
_WAIT_S = 10.0
"""How long one process waits while another writes."""


@dataclass(frozen=True)
class Key:
    """What opens one file: the key as SQLCipher takes it, and the salt that stands at the head of the file."""

    raw: str
    salt: str

    @classmethod
    def derive(cls, passphrase: str, salt: bytes, iterations: int) -> Key:
        """The key that SQLCipher itself would work out."""
        return cls(hashlib.pbkdf2_hmac("sha512", passphrase.encode(), salt, iterations, 32).hex(), salt.hex())

    @property
    def check(self) -> str:
        """Shows that a key is the right one without showing the key."""
        return hmac.new(bytes.fromhex(self.raw), b"reflect store", "sha256").hexdigest()


class Vault:
    """One encrypted file in `folder`, and what stands around it."""

    def __init__(self, folder: Path, *, iterations: int = ITERATIONS) -> None:
        self.folder = folder
        self.file = folder / "reflect.db"
        self.backups = folder / "backups"
        self.set_aside = folder / "set-aside"
        self._lock_file = folder / "lock.json"
        self._iterations = iterations

    @property
    def exists(self) -> bool:
        """Something was kept here before."""
        try:
            return self.file.stat().st_size > 0
        except OSError:
            return self._lock_file.exists()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other process makes, opens or replaces the file meanwhile.

        SQLite holds the lock, because it works on every system and is let go with the process that held it. Without it
        two that made the first file at once each gave it a key, and one of them called the other's damaged.

        Raises StoreError when the folder cannot be written, or another process takes too long.
        """
        with plainly(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = self.folder / "opening"
            os.close(os.open(lock, os.O_RDWR | os.O_CREAT, 0o600))
            held = sqlcipher.connect(lock, timeout=_WAIT_S, isolation_level=None, check_same_thread=False)
        try:
            with plainly(self.folder):
                held.execute("PRAGMA journal_mode = MEMORY").close()  # a journal file would need room on a full disk
                held.execute("BEGIN EXCLUSIVE").close()
            yield
        finally:
            held.close()

    def new_key(self, passphrase: str) -> Key:
        """A key for a file that is still to be made; the first thing laid down in it makes the file.

        Raises StoreError when the folder cannot be written.
        """
        with plainly(self.folder):
            os.close(os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600))
        return Key.derive(passphrase, os.urandom(_SALT), self._iterations)

    def key(self, passphrase: str) -> Key:
        """The key of the file that is there, tried on it.

        Raises PassphraseError when it does not open the file, DamagedStoreError when the passphrase is right and the
        file cannot be read; the file is then in `set_aside`.
        """
        if not self.file.exists() or not self.file.stat().st_size:
            raise DamagedStoreError(f"The file {self.file} is gone", self._how_to_restore())
        lock = self._lock()
        head = self.file.read_bytes()[:_SALT] if lock is None else bytes.fromhex(lock["salt"])
        key = Key.derive(passphrase, head, lock["iterations"] if lock else self._iterations)
        if self._opens(key):
            if lock is None or lock["check"] != key.check:
                self.remember(key)
            return key
        if lock is not None and hmac.compare_digest(lock["check"], key.check):
            aside = self._put_aside("damaged")
            raise DamagedStoreError(
                f"The store is damaged, and its file has been set aside, untouched, as {aside}", self._how_to_restore()
            )
        raise PassphraseError("That passphrase does not open the records. Nothing has been changed; try again.")

    def remember(self, key: Key) -> None:
        """Lay down what tells a wrong passphrase from a damaged file."""
        lock = {"salt": key.salt, "iterations": self._iterations, "check": key.check}
        with plainly(self.folder):
            write_privately(self._lock_file, json.dumps(lock).encode())

    def rekey(self, key: Key, passphrase: str) -> Key:
        """Encrypt the file anew, in one transaction, so that only `passphrase` opens it."""
        changed = Key.derive(passphrase, bytes.fromhex(key.salt), self._iterations)
        with plainly(self.folder), self._connected(key) as connection:
            connection.execute(f"PRAGMA rekey = \"x'{changed.raw}{changed.salt}'\"").fetchall()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self.remember(changed)
        return changed

    def connect(self, key: Key, file: Path | None = None) -> Any:
        """A connection to the file (or to `file`, a copy of it), whose every commit is on disk when it returns."""
        connection = sqlcipher.connect(
            file or self.file, timeout=_WAIT_S, isolation_level=None, check_same_thread=False
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
        target = to or self.backups / f"reflect-{now:%Y%m%d-%H%M%S}.db"
        with plainly(target.parent):
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if target.exists():
                raise StoreError(f"There is already a file {target}; name another.")
            unfinished = target.with_name(f"{target.name}.unfinished-{os.getpid()}")
            unfinished.unlink(missing_ok=True)
            os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            try:
                with self._connected(key) as connection:
                    connection.execute("VACUUM INTO ?", (str(unfinished),))
                with unfinished.open("rb+") as copy:
                    os.fsync(copy.fileno())
                unfinished.replace(target)
            finally:
                unfinished.unlink(missing_ok=True)
        if to is None:
            for old in self.kept_backups()[KEPT_BACKUPS:]:
                old.unlink(missing_ok=True)
        return target

    def back_up_daily(self, key: Key, now: datetime) -> None:
        """A backup at the first opening of each day."""
        newest = next(iter(self.kept_backups()), None)
        if newest is None or not newest.name.startswith(f"reflect-{now:%Y%m%d}-"):
            with suppress(StoreError):  # a full disk stops the next answer with its own sentence, not the opening
                self.backup(key, now)

    def renew_backups(self, key: Key, now: datetime) -> int:
        """Put one backup of the store as it now is in the place of all there were; gives how many went."""
        old = self.kept_backups()
        with plainly(self.backups):
            for backup in old:
                backup.unlink(missing_ok=True)
        self.backup(key, now)
        return len(old)

    def kept_backups(self) -> list[Path]:
        """Newest first."""
        return sorted(self.backups.glob("reflect-*.db"), reverse=True)

    def last_good(self, passphrase: str) -> Path | None:
        """The newest backup that the passphrase opens and that is whole, if there is one."""
        return next((backup for backup in self.kept_backups() if self._whole(passphrase, backup)), None)

    def restore(self, passphrase: str, backup: Path, now: datetime) -> Path | None:
        """Put a backup in the place of the store; gives where the store that was there has gone, if there was one.

        Raises PassphraseError or StoreError, and then nothing has changed.
        """
        key = self._key_of(backup, passphrase)
        if not self._opens(key, backup):
            raise PassphraseError("That passphrase does not open the backup. Nothing has been changed; try again.")
        with self.alone(), plainly(self.folder):
            copy = self.folder / f"restored.unfinished-{os.getpid()}"
            write_privately(copy, backup.read_bytes())
            aside = self._put_aside(f"replaced-{now:%Y%m%d-%H%M%S}") if self.file.exists() else None
            copy.replace(self.file)
        self.remember(key)
        return aside

    def _key_of(self, backup: Path, passphrase: str) -> Key:
        try:
            with backup.open("rb") as file:
                return Key.derive(passphrase, file.read(_SALT), self._iterations)
        except OSError as error:
            raise StoreError(f"There is no backup {backup} to restore.") from error

    def _whole(self, passphrase: str, backup: Path) -> bool:
        try:
            with self._connected(self._key_of(backup, passphrase), backup) as connection:
                return bool(connection.execute("PRAGMA quick_check").fetchall() == [("ok",)])
        except (sqlcipher.DatabaseError, StoreError):
            return False

    def _opens(self, key: Key, file: Path | None = None) -> bool:
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

    def _lock(self) -> dict[str, Any] | None:
        try:
            lock = json.loads(self._lock_file.read_bytes())
            int(lock["iterations"]), bytes.fromhex(lock["salt"]), str(lock["check"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return dict(lock)

    def _put_aside(self, why: str) -> Path:
        """Move the file, with its journal, where nothing will write it; never over another."""
        with plainly(self.folder):
            self.set_aside.mkdir(exist_ok=True, mode=0o700)
            number = 1
            while (aside := self.set_aside / f"{why}-{number}.db").exists():
                number += 1
            for end in ("-wal", "-shm", ""):
                part = self.file.with_name(self.file.name + end)
                if part.exists():
                    part.replace(aside.with_name(aside.name + end))
        return aside

    def _how_to_restore(self) -> str:
        newest = next(iter(self.kept_backups()), None)
        if newest is None:
            return "there is no backup of it here."
        return f"`reflect restore` brings back the backup of {backed_up_at(newest):%d %B %Y}."


def backed_up_at(backup: Path) -> datetime:
    """When one of the store's own backups was made, as its name tells."""
    return datetime.strptime(backup.stem, "reflect-%Y%m%d-%H%M%S")


def write_privately(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, for its owner's eyes only."""
    unfinished = path.with_name(f"{path.name}.new-{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def plainly(where: Path) -> Iterator[None]:
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
            "`reflect restore` sets it aside and brings back the last good backup.",
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
