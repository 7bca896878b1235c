"""The store on one person's machine: the vault's encrypted file as an engine."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from assistant.records.errors import StoreError
from assistant.records.migrating import migrate, version
from assistant.records.tables import CURRENT
from assistant.records.vault import Key, Vault, in_plain_words, plainly


class EncryptedFile:
    """The engine over one vault, whose tables are brought up to date first."""

    shared = False

    def __init__(self, vault: Vault, key: Key, now: datetime) -> None:
        self._vault = vault
        self.engine = _engine(vault, key)
        try:
            self._bring_up_to_date(key, now)
        except DBAPIError as error:
            raise self.plainly(error) from error

    def plainly(self, error: DBAPIError) -> StoreError:
        """What went wrong, in one sentence."""
        return in_plain_words(error.orig or error, self._vault.folder)

    def compact(self) -> None:
        """Rewrite the file without what was deleted, and empty its journal."""
        with plainly(self._vault.folder):
            connection = self.engine.raw_connection()
            try:
                for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                    connection.cursor().execute(statement).fetchall()
            finally:
                connection.close()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

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
        # the driver's own guess at where a transaction starts leaves table changes outside it
        connection.exec_driver_sql("BEGIN")

    return engine
