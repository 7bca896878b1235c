from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from assistant.resources import PACKAGE
from assistant.store import sqlite
from assistant.store.database import CURRENT
from assistant.store.store_errors import StoreError
from assistant.store.unlocking import Unlocking
from tests.stores import START, Ticking, started

WORDS = "four ordinary test words"


def test_the_program_needs_the_newest_migration():
    config = Config()
    config.set_main_option("script_location", str(PACKAGE / "store" / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [CURRENT]


@pytest.fixture
def old(open_file: Callable[..., Unlocking], monkeypatch: pytest.MonkeyPatch) -> Unlocking:
    """A store that this program takes for one of an older version."""
    opening = open_file()
    opening.set_passphrase(WORDS)
    opening.store().append("s1", 0, started())
    opening.lock()
    monkeypatch.setattr(sqlite, "CURRENT", "9998")
    return opening


def test_a_migration_that_fails_on_the_copy_leaves_the_records_as_they_were(
    old: Unlocking, open_file: Callable[..., Unlocking], monkeypatch: pytest.MonkeyPatch
):
    migrated: list[str] = []

    def fails(connection: Connection) -> None:
        migrated.append(connection.exec_driver_sql("PRAGMA database_list").one()[2])
        connection.exec_driver_sql("DROP TABLE events")
        raise StoreError("The records could not be brought up to date; they have been left as they were.")

    monkeypatch.setattr("assistant.store.migrating.CURRENT", "9998")
    monkeypatch.setattr("assistant.store.migrating._upgrade", fails)
    with pytest.raises(StoreError, match="left as they were"):
        open_file().unlock(WORDS)
    assert len(migrated) == 1 and "trial-" in migrated[0]
    assert list(old.encrypted_file.folder.glob("trial-*")) == []
    monkeypatch.undo()
    opening = open_file()
    opening.unlock(WORDS)
    assert opening.store().events("s1") == [started()]


def test_a_backup_is_made_between_the_trial_and_the_migration(
    old: Unlocking, open_file: Callable[..., Unlocking], monkeypatch: pytest.MonkeyPatch
):
    seen: list[int] = []
    monkeypatch.setattr(
        "assistant.store.migrating.migrate", lambda _: seen.append(len(old.encrypted_file.backups.all()))
    )
    before = len(old.encrypted_file.backups.all())
    open_file(clock=Ticking(START + timedelta(hours=1))).unlock(WORDS)
    assert seen == [before, before + 1]


def test_records_of_a_newer_program_are_refused(open_file: Callable[..., Unlocking], monkeypatch: pytest.MonkeyPatch):
    opening = open_file()
    opening.set_passphrase(WORDS)
    with opening.store()._backing.writing() as connection:
        connection.change("UPDATE alembic_version SET version_num = '9999'")
    opening.lock()
    with pytest.raises(StoreError, match="newer Reflect"):
        open_file().unlock(WORDS)
