"""The store on one person's machine: the vault's encrypted file as an engine."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from assistant.store.encryption import Key, Vault, clear_errors, in_plain_words
from assistant.store.migrating import migrate, version
from assistant.store.schema import CURRENT
from assistant.store.store_errors import StoreError


class EncryptedFile:
    """The engine over one vault, whose tables are brought up to date first."""

    shared = False

    def __init__(self, vault: Vault, key: Key, now: datetime) -> None:
        self._vault = vault
        self._file = vault.identity()
        self.engine = _engine(vault, key)
        try:
            self._bring_up_to_date(key, now)
        except DBAPIError as error:
            raise self.clear_errors(error) from error

    def clear_errors(self, error: DBAPIError) -> StoreError:
        """What went wrong, in one sentence."""
        return in_plain_words(error.orig or error, self._vault.folder)

    def wait_for_server(self, _: int) -> bool:
        """There is none."""
        return False

    def before_writing(self, connection: Connection) -> None:
        """Count one more change, if the file is still the one that was opened.

        Raises StoreError when another was put in its place: what is said to be kept would be kept nowhere.
        """
        self._still_there()
        changes = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        connection.exec_driver_sql(f"PRAGMA user_version = {changes + 1}")

    def after_writing(self) -> None:
        """Bring the change from the journal into the file, so that the file alone holds everything.

        5 ms; where another process is reading, its next change brings this one along.
        Raises StoreError when another file was put in its place meanwhile.
        """
        with self._bare() as cursor:
            with suppress(sqlcipher.OperationalError):  # a full disk: the journal has it, and its loss would be noticed
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            self._still_there()
            self._vault.note_changes(cursor.execute("PRAGMA user_version").fetchone()[0])

    def lost(self) -> int:
        """How many of the last changes the file does not have: its journal was lost or damaged, or an older file is
        in its place."""
        with self.engine.connect() as connection:
            return max(0, self._vault.changes() - int(connection.exec_driver_sql("PRAGMA user_version").scalar_one()))

    def accept_loss(self) -> None:
        """Go on from what the file has; what is kept from now on is newer than any backup."""
        with self._bare() as cursor:
            self._vault.count_on(cursor)
        self.after_writing()

    def compact(self) -> None:
        """Rewrite the file without what was deleted, and empty its journal."""
        with self._bare() as cursor:
            for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                cursor.execute(statement).fetchall()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def _still_there(self) -> None:
        if self._vault.identity() != self._file:
            raise StoreError(
                "The records were replaced while they were open, so nothing more is kept in the old ones. "
                "Start Reflect again; your last words are still on screen."
            )

    @contextmanager
    def _bare(self) -> Iterator[Any]:
        """The driver's own cursor, outside any transaction."""
        with clear_errors(self._vault.folder):
            connection = self.engine.raw_connection()
            try:
                yield connection.cursor()
            finally:
                connection.close()

    def _bring_up_to_date(self, key: Key, now: datetime) -> None:
        at = version(self.engine)
        if at == CURRENT:
            return
        if at is not None:
            self._try_on_a_copy(key, now)
            self._vault.backup(key, now)
        migrate(self.engine)

    def _try_on_a_copy(self, key: Key, now: datetime) -> None:
        """What fails on a copy never reaches the records."""
        with tempfile.TemporaryDirectory(dir=self._vault.folder, prefix="trial-") as folder:
            copy = self._vault.backup(key, now, to=Path(folder) / "copy.db")
            engine = _engine(self._vault, key, copy)
            try:
                migrate(engine)
            finally:
                engine.dispose()


def _engine(vault: Vault, key: Key, file: Path | None = None) -> Engine:
    engine = create_engine("sqlite://", module=sqlcipher, creator=lambda: vault.connect(key, file))

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # the driver's own guess at where a transaction starts leaves table changes outside it; one that will write says
        # so at once, and waits for another process instead of failing when it finds that what it read has changed
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine
