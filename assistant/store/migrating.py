"""Brings a database to the tables this program needs.

Separate from the store because SQLAlchemy and Alembic take half a second to import, and are needed only when something
has to change.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from assistant.store.database import CURRENT
from assistant.store.store_errors import StoreError


def version(engine: Engine) -> str | None:
    """The last migration that was run; nothing for a new database."""
    with engine.connect() as connection:
        if not engine.dialect.has_table(connection, "alembic_version"):
            return None
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def migrate(engine: Engine) -> None:
    """Run what has not been run, all of it or nothing.

    Raises StoreError when a newer program has been here.
    """
    at = version(engine)
    if at == CURRENT:
        return
    if at is not None and at > CURRENT:
        raise StoreError("These records were kept by a newer Reflect; install the newest version to open them.")
    with engine.begin() as connection:
        _upgrade(connection)


def migrate_file(connect: Callable[[], Any]) -> None:
    """Run what has not been run on one person's file, to which `connect` connects.

    Raises what `migrate` raises, and the driver's own errors.
    """
    engine = create_engine("sqlite://", module=sqlcipher, creator=connect)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # the driver's own guess at where a transaction starts leaves table changes outside it
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    try:
        migrate(engine)
    except DBAPIError as error:
        raise (error.orig or error) from error
    finally:
        engine.dispose()


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, CURRENT)
    except DBAPIError as error:
        raise StoreError("The records could not be brought up to date; they have been left as they were.") from error
