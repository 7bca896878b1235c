"""Brings a database to the tables this program needs.

Separate from the store because Alembic takes half a second to import, and is needed only when something has to change.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from assistant.store.schema import CURRENT
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
