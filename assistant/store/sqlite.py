"""The store on one person's machine: the encrypted file as a database.

There is one connection, and a transaction waits for the one before it, whichever thread that is of: a second connection
would hold two megabytes more.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import RLock
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from assistant.store.database import CURRENT
from assistant.store.encrypted_file import EncryptedFile, clear_errors
from assistant.store.key_derivation import Key
from assistant.store.store_errors import ClashError, DamagedStoreError, StoreError

_REPLACED = (
    "The records were replaced while they were open, so nothing more is kept in the old ones. "
    "Start Reflect again; your last words are still on screen."
)


class SqlcipherDatabase:
    """The database in one encrypted file, whose tables are brought up to date first."""

    shared = False

    def __init__(self, encrypted_file: EncryptedFile, key: Key, now: datetime) -> None:
        self._encrypted_file = encrypted_file
        self._key = key
        self._file = encrypted_file.identity()
        self._in_turn = RLock()
        self._open: Any = None
        self._bring_up_to_date(now)
        self._seen = encrypted_file.stamp()

    @contextmanager
    def reading(self) -> Iterator[Statements]:
        """A transaction that changes nothing."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Statements]:
        """A transaction whose changes are in the file when it ends.

        It says at once that it will write: another process is waited for, instead of failing when it turns out that
        what was read has changed.
        """
        self._see_what_others_wrote()
        with self._transaction("BEGIN IMMEDIATE") as connection:
            self.before_writing(connection)
            yield connection
        self.after_writing()

    def before_writing(self, connection: Statements) -> None:
        """Count one more change, if the file is still the one that was opened.

        Raises StoreError when another was put in its place: what is said to be kept would be kept nowhere.
        """
        self._still_there()
        connection.value(f"PRAGMA user_version = {connection.value('PRAGMA user_version') + 1}")

    def after_writing(self) -> None:
        """Bring the change from the journal into the file, so that the file alone holds everything.

        5 ms; where another process is reading, its next change brings this one along.
        Raises StoreError when another file was put in its place meanwhile.
        """
        with self._bare() as cursor:
            with suppress(sqlcipher.OperationalError):  # a full disk: the journal has it, and its loss would be noticed
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            self._still_there()
            self._encrypted_file.note_changes(cursor.execute("PRAGMA user_version").fetchone()[0])
        self._seen = self._encrypted_file.stamp()

    def wait_for_server(self, _: int) -> bool:
        """There is none."""
        return False

    def lost(self) -> int:
        """How many of the last changes the file does not have: its journal was lost or damaged, or an older file is
        in its place."""
        with self.reading() as connection:
            return max(0, self._encrypted_file.changes() - int(connection.value("PRAGMA user_version")))

    def accept_loss(self) -> None:
        """Go on from what the file has; what is kept from now on is newer than any backup."""
        with self._bare() as cursor:
            self._encrypted_file.count_on(cursor)
        self.after_writing()

    def compact(self) -> None:
        """Rewrite the file without what was deleted, and empty its journal."""
        with self._bare() as cursor:
            for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                cursor.execute(statement).fetchall()

    def close(self) -> None:
        """Close the connection; it is opened again when needed."""
        with self._in_turn:
            if self._open is not None:
                self._open.close()
            self._open = None

    def _see_what_others_wrote(self) -> None:
        """Read the file anew where another has written to it: it may have been emptied, or an older one copied over it.

        This process still remembers what it read, and would add to that what nobody could read afterwards.
        Raises StoreError when the last changes are no longer in it.
        """
        if self._encrypted_file.stamp() == self._seen:
            return
        self.close()
        if self._encrypted_file.stamp()[0] == 0 or self.lost():
            raise StoreError(_REPLACED)
        self._seen = self._encrypted_file.stamp()

    def _connected(self) -> Any:
        if self._open is None:
            self._open = self._encrypted_file.connect(self._key)
        return self._open

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Statements]:
        with self._in_turn, self._clear_errors():
            connection = self._connected()
            connection.execute(begin).close()
            try:
                yield Statements(connection)
                connection.execute("COMMIT").close()
            except sqlcipher.IntegrityError as error:
                _undo(connection)
                raise ClashError from error
            except BaseException:
                _undo(connection)
                raise

    @contextmanager
    def _bare(self) -> Iterator[Any]:
        """The driver's own cursor, outside any transaction."""
        with self._in_turn, self._clear_errors():
            yield self._connected().cursor()

    @contextmanager
    def _clear_errors(self) -> Iterator[None]:
        """What can't be read may only have another key by now."""
        try:
            with clear_errors(self._encrypted_file.folder):
                yield
        except DamagedStoreError as error:
            if self._encrypted_file.is_of(self._key):
                raise
            raise StoreError(
                "The passphrase was changed in another window. Start Reflect again and type the new one; nothing that "
                "was kept is lost, and your last words are still on screen."
            ) from error

    def _still_there(self) -> None:
        if self._encrypted_file.identity() != self._file:
            raise StoreError(_REPLACED)

    def _bring_up_to_date(self, now: datetime) -> None:
        at = self._version()
        if at == CURRENT:
            return
        from assistant.store.migrating import migrate_file  # SQLAlchemy and Alembic: half a second

        with clear_errors(self._encrypted_file.folder):
            if at is not None:
                self._try_on_a_copy(now)
                self._encrypted_file.backup(self._key, now)
            migrate_file(partial(self._encrypted_file.connect, self._key))

    def _version(self) -> str | None:
        """The last migration that was run; nothing for a new file."""
        with self.reading() as connection:
            if not connection.value("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"):
                return None
            return str(connection.value("SELECT version_num FROM alembic_version"))

    def _try_on_a_copy(self, now: datetime) -> None:
        """What fails on a copy never reaches the records."""
        from assistant.store.migrating import migrate_file

        with tempfile.TemporaryDirectory(dir=self._encrypted_file.folder, prefix="trial-") as folder:
            copy = self._encrypted_file.backup(self._key, now, to=Path(folder) / "copy.db")
            migrate_file(partial(self._encrypted_file.connect, self._key, copy))


class Statements:
    """One transaction of a file. Every row is taken at once, so that no reading is left unfinished."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def rows(self, statement: str, **said: Any) -> list[dict[str, Any]]:
        """What was found, each row by the names of its columns."""
        cursor = self._connection.execute(statement, said)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def value(self, statement: str, **said: Any) -> Any:
        """The first value of the first row; None where nothing was found."""
        found = self._connection.execute(statement, said).fetchall()
        return found[0][0] if found else None

    def change(self, statement: str, **said: Any) -> int:
        """How many rows were changed."""
        return int(self._connection.execute(statement, said).rowcount)


def _undo(connection: Any) -> None:
    with suppress(sqlcipher.Error):  # a full disk may have undone it already
        connection.execute("ROLLBACK").close()
