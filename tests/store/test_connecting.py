"""What the driver is told beside a team's address, to the letter; no server is needed."""

from __future__ import annotations

import os
import sys

import pytest
from sqlalchemy.engine import make_url

from assistant.store.store_errors import StoreError
from assistant.store.team_address import connecting, engine, login_in, readable, signed_in

WAITS = "-c statement_timeout=20s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s"
HERE = "postgresql://pat@localhost/reflect"


def test_the_driver_is_told_how_long_to_wait_and_where_to_look() -> None:
    assert connecting(make_url(HERE), {}) == {
        "connect_timeout": 10,
        "tcp_user_timeout": 20_000,
        "options": f"-c search_path=public,pg_temp {WAITS}",
    }
    assert connecting(make_url(HERE), {}, patient=True)["options"] == "-c search_path=public,pg_temp"
    own = make_url(HERE).update_query_dict({"options": "-c work_mem=8MB"})
    assert connecting(own, {})["options"] == f"-c work_mem=8MB -c search_path=public,pg_temp {WAITS}"


@pytest.mark.parametrize(
    ("url", "environment"),
    [
        ("postgresql://pat@db.example.org/reflect", {}),
        ("postgresql://pat@10.0.0.7/reflect?sslmode=verify-full", {}),
        ("postgresql://pat@/reflect?host=db.example.org", {}),
        ("postgresql://pat@localhost/reflect?hostaddr=10.0.0.7", {}),
        ("postgresql://pat@/reflect?host=/tmp,db.example.org", {}),
        ("postgresql://pat@/reflect?service=ours", {}),
        ("postgresql://pat@/reflect", {"PGHOST": "db.example.org"}),
        ("postgresql://pat@/reflect", {"PGSERVICE": "ours"}),
        ("postgresql://pat@localhost/reflect", {"PGHOSTADDR": "10.0.0.7"}),
        ("postgresql://pat@localhost/reflect", {"PGSERVICE": "ours"}),
    ],
)
def test_a_connection_that_leaves_this_computer_is_verified(url: str, environment: dict[str, str]):
    wanted = connecting(make_url(url), environment)
    assert (wanted["sslmode"], wanted["gssencmode"]) == ("verify-full", "disable"), "GSSAPI looks at no certificate"
    for weaker in ("disable", "allow", "prefer", "require", "verify-ca"):
        with pytest.raises(StoreError) as said:
            connecting(make_url(url).update_query_dict({"sslmode": weaker}), environment)
        assert str(said.value) == (
            f"The connection to the team's database has to be verified, and sslmode={weaker} does not do that; "
            "put sslmode=verify-full into REFLECT_DATABASE_URL, or leave it out."
        )
        with pytest.raises(StoreError, match="has to be verified"):
            connecting(make_url(url.replace("?sslmode=verify-full", "")), {**environment, "PGSSLMODE": weaker})


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "", "/var/run/postgresql"])
def test_a_server_on_this_computer_needs_no_certificate(host: str):
    assert "sslmode" not in connecting(make_url(f"postgresql://pat@/reflect?host={host}"), {})


def test_whoever_asks_for_more_on_this_computer_gets_it() -> None:
    assert connecting(make_url(f"{HERE}?sslmode=require"), {})["sslmode"] == "require"
    assert connecting(make_url(HERE), {"PGSSLMODE": "require"})["sslmode"] == "require"
    assert connecting(make_url(f"{HERE}?sslmode=disable"), {"PGSSLMODE": "require"})["sslmode"] == "disable"


@pytest.mark.parametrize(
    ("url", "environment", "here"),
    [
        ("postgresql://pat@/reflect?host=localhost&host=db.example.org", {}, False),
        ("postgresql://pat@/reflect?host=localhost&host=/tmp", {}, True),
        ("postgresql://pat@localhost/reflect?hostaddr=127.0.0.1", {"PGHOSTADDR": "10.0.0.7"}, True),
        ("postgresql://pat@localhost/reflect?hostaddr=127.0.0.1&hostaddr=10.0.0.7", {}, False),
        ("postgresql://pat@localhost/reflect", {"PGHOST": "db.example.org"}, True),
        ("postgresql://pat@/reflect?host=/tmp", {"PGHOST": "db.example.org"}, True),
        ("postgresql://pat@/reflect", {"PGHOST": "/tmp,::1"}, True),
        ("postgresql://pat@/reflect", {"PGHOST": "@reflect"}, True),
        ("postgresql://pat@/reflect", {"PGHOST": "/tmp,db.example.org"}, False),
        ("postgresql://pat@/reflect?host=/tmp", {"PGHOSTADDR": "10.0.0.7"}, False),
        ("postgresql://pat@localhost.example.org/reflect", {}, False),
    ],
)
def test_it_leaves_this_computer_where_libpq_would_let_it(url: str, environment: dict[str, str], here: bool) -> None:
    assert ("sslmode" not in connecting(make_url(url), environment)) == here


def test_an_engine_speaks_through_the_driver_that_is_installed_and_says_nothing_twice() -> None:
    pytest.importorskip("psycopg")
    made = engine(f"{HERE}?options=-cwork_mem%3D8MB&sslmode=require&sslrootcert=/ca.crt", environment={})
    assert made.url.render_as_string() == "postgresql+psycopg://pat@localhost/reflect?sslrootcert=%2Fca.crt"


@pytest.mark.parametrize(("typed", "patient"), [(False, False), (True, False), (False, True)])
def test_where_a_password_is_typed_nobody_is_let_in_without_one(
    typed: bool, patient: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, object] = {}
    monkeypatch.setattr("assistant.store.team_address.create_engine", lambda url, **how: given.update(how, url=url))
    engine(HERE, **{name: True for name, so in (("typed", typed), ("patient", patient)) if so}, environment={})
    assert given["pool_pre_ping"] is True
    wanted = {"require_auth": "password,md5,scram-sha-256", "passfile": os.devnull} if typed else {}
    assert given["connect_args"] == connecting(make_url(HERE), {}, patient=patient) | wanted


def test_what_is_no_address_is_one_sentence() -> None:
    with pytest.raises(StoreError) as said:
        readable("a server")
    assert str(said.value) == "REFLECT_DATABASE_URL cannot be read; it looks like postgresql://name@server/reflect."
    with pytest.raises(StoreError) as said:
        engine("sqlite:///here.db", environment={})
    assert str(said.value) == (
        "REFLECT_DATABASE_URL is a PostgreSQL address, for example postgresql://name@server/reflect."
    )


def test_without_the_driver_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError) as said:
        engine(HERE, environment={})
    assert str(said.value) == "For a team's database install `reflective-supervision[postgres]`."


def test_somebody_s_name_and_password_are_put_into_the_address_and_found_there() -> None:
    address = signed_in("postgresql://db.example.org/reflect", "pat", "a word")
    assert (address.username, address.password, address.host) == ("pat", "a word", "db.example.org")
    assert signed_in("postgresql://sam:old@db.example.org/reflect", "pat").password == "old"
    assert login_in("postgresql://pat@db.example.org/reflect") == "pat"
    assert login_in("postgresql://db.example.org/reflect") == ""
    assert login_in("a server") == ""


@pytest.mark.parametrize("url", ["postgresql://pat@one:5432,two:5433/reflect", "postgresql://pat@db:port/reflect", "x"])
def test_an_address_that_makes_no_sense_is_one_sentence(url: str):
    with pytest.raises(StoreError, match="cannot be read; it looks like"):
        readable(url)
    assert login_in(url) == ""
