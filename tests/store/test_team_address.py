"""How a team's database is reached: verified, never waiting for ever, and back again after its server was away."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from assistant.store import team_address
from assistant.store.postgres import PAUSES_S, TeamDatabase
from assistant.store.store import Store
from assistant.store.store_errors import ServerGoneError, StoreError
from assistant.store.team_address import connecting, engine
from tests.stores import SERVER, _as_postgres, answered, asked, keep, started


def test_no_statement_no_lock_and_no_idle_transaction_lasts_for_ever(team: Callable[[str], str]):
    store = engine(team("pat"))
    with store.connect() as connection:
        for setting, value in (
            ("statement_timeout", "20s"),
            ("lock_timeout", "5s"),
            ("idle_in_transaction_session_timeout", "1min"),
            ("search_path", "public,pg_temp"),
        ):
            assert connection.scalar(text(f"SHOW {setting}")) == value
    store.dispose()
    assert connecting(make_url("postgresql://pat@/reflect"), {})["connect_timeout"] == 10


def test_a_server_that_is_slow_says_so_and_nothing_is_kept_by_halves(
    team: Callable[[str], str], server: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(team_address, "LOCK_S", 0.05)
    store = Store(TeamDatabase(team("pat")))
    store.append("s1@pat", 0, started("s1@pat"))
    with psycopg.connect(server.format(login="postgres", name="reflect")) as owner:
        owner.execute("LOCK TABLE events IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(StoreError, match="slow just now, so this wasn't kept yet"):
            store.append("s1@pat", 1, asked())
    store.append("s1@pat", 1, asked())
    assert len(store.events("s1@pat")) == 2
    store.close()


def test_a_line_typed_while_the_server_starts_again_is_kept_when_it_is_back(team: Callable[[str], str], server: str):
    data = Path(server.partition("host=")[2]) / "data"

    def ctl(*words: str) -> None:
        command: list[str | Path] = [SERVER / "pg_ctl", "-D", data, "-w", "-l", data.parent / "log", *words]
        quiet = subprocess.DEVNULL
        subprocess.run(command, check=True, cwd="/", stdout=quiet, stderr=quiet, **_as_postgres())

    waited: list[float] = []

    def starts_again(pause: float) -> None:
        waited.append(pause)
        if len(waited) == 2:
            ctl("-o", f"-c listen_addresses='' -c unix_socket_directories={data.parent} -c fsync=off", "start")

    store = Store(TeamDatabase(team("pat"), sleep=starts_again))
    keep(store, started("s1@pat"), asked())
    ctl("-m", "fast", "stop")
    store.append("s1@pat", 2, answered("asleep upstairs"))
    assert waited == list(PAUSES_S[:2])
    assert len(store.events("s1@pat")) == 3
    store.close()


def test_a_line_that_was_kept_before_the_connection_broke_is_not_taken_for_another_window_s(team: Callable[[str], str]):
    store = Store(TeamDatabase(team("pat"), sleep=lambda _: None))
    keep(store, started("s1@pat"), asked())
    keep_it, broken = store._append, list[bool]()

    def breaks_afterwards(event: Any, row: Any) -> None:
        keep_it(event, row)
        if not broken:
            broken.append(True)
            raise ServerGoneError("gone")

    store._append = breaks_afterwards  # type: ignore[method-assign]
    store.append("s1@pat", 2, answered("asleep"))
    assert len(store.events("s1@pat")) == 3
    with pytest.raises(StoreError, match="another window"):
        store.append("s1@pat", 2, answered("something else"))
    store.close()


def test_a_server_that_stays_away_is_one_sentence_after_a_quarter_of_a_minute(team: Callable[[str], str]):
    waited: list[float] = []
    database = TeamDatabase(team("pat"), sleep=waited.append)
    store = Store(database)
    database.engine = engine("postgresql://pat@/reflect?host=/nonexistent")
    with pytest.raises(StoreError, match="could not be reached"):
        store.append("s1@pat", 0, started("s1@pat"))
    assert waited == list(PAUSES_S)


def test_somebody_who_is_not_let_in_is_told_so(server: str):
    with pytest.raises(StoreError, match="didn't let you in; check the name and password"):
        TeamDatabase(server.format(login="nobody_of_that_name", name="reflect"))
