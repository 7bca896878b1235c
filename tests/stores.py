"""The store as tests open it: on an encrypted file with a cheap key, and on a PostgreSQL server of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.conversation import events as e
from assistant.store.postgres import AccountRole, add_account, prepare
from assistant.store.store import Store
from assistant.store.team_address import engine
from assistant.store.unlocking import Unlocking

CHEAP = 10
"""Rounds of key derivation: what is tested is not how long they take."""
START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
SERVER = Path("/usr/lib/postgresql/15/bin")
PEOPLE: dict[str, AccountRole] = {
    "sam": "supervisor",
    "pat": "practitioner",
    "quinn": "practitioner",
    "terry": "trainer",
    "max": "manager",
}
"""Who signs in to a team's database; sam supervises pat."""
PASSWORDS = {"ann": "seven grey herons", "ben": "eight wet boots"}
"""Practitioners whom the server asks for a password."""


class Ticking:
    """A clock that moves on by half a minute each time it is read."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=30)
        return self.now


def started(session: str = "s1", *, case: str = "Child A", journey: str = "supervision") -> e.Started:
    return e.Started(at=START, session=session, journey=journey, case=case, minutes=30)


def asked(question: str = "opening/1", **more: object) -> e.Asked:
    details = {"theme": "opening", "stage": "opening", "text": "Who is in this family?", "because": "first"} | more
    return e.Asked.model_validate({"at": START, "question": question, **details})


def answered(text: str, question: str = "opening/1") -> e.Answered:
    return e.Answered(at=START, question=question, text=text)


def keep(store: Store, *events: e.Event) -> None:
    first = events[0]
    assert isinstance(first, e.Started)
    for position, event in enumerate(events):
        store.append(first.session, position, event)


@pytest.fixture
def open_file(tmp_path: Path) -> Callable[..., Unlocking]:
    """Open the store in a folder; called again, opens it as another process would."""

    def opening(home: Path = tmp_path, *, clock: Ticking | None = None, **environment: str) -> Unlocking:
        return Unlocking(home, clock or Ticking(), iterations=CHEAP, environment=environment, sleep=lambda _: None)

    return opening


def _as_postgres() -> dict[str, Any]:
    """The server refuses to run as root, so where tests do it runs as the user it was installed with."""
    return {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}


@contextmanager
def a_server() -> Iterator[str]:
    """A PostgreSQL 15 of one's own, reached through a socket in its own folder; gives its address."""
    owner = _as_postgres()
    # under /tmp and not under pytest's folder, which only its maker may enter, and short enough for a socket's name
    base = Path(subprocess.check_output(["mktemp", "-d", "/tmp/reflect-pg-XXXXXX"], text=True).strip())
    if owner:
        shutil.chown(base, "postgres", "postgres")
    data = base / "data"

    def run(*command: str | Path) -> None:
        quiet = subprocess.DEVNULL
        subprocess.run(command, check=True, cwd="/", stdout=quiet, stderr=quiet, **owner)

    run(SERVER / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
    (data / "pg_hba.conf").write_text("local all +signs_in scram-sha-256\nlocal all all trust\n", encoding="utf-8")
    options = f"-c listen_addresses='' -c unix_socket_directories={base} -c fsync=off"
    run(SERVER / "pg_ctl", "-D", data, "-w", "-o", options, "-l", base / "log", "start")
    try:
        yield f"postgresql://{{login}}@/{{name}}?host={base}"
    finally:
        run(SERVER / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(base, ignore_errors=True)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a server of this test session's own."""
    if not (SERVER / "initdb").exists():
        pytest.skip(f"no PostgreSQL 15 in {SERVER}: apt-get install postgresql-15 to run these")
    with a_server() as address:
        yield address


def _as_owner(server: str, *statements: str) -> None:
    owner = engine(server.format(login="postgres", name="postgres"))
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    owner.dispose()


@pytest.fixture(scope="session")
def pattern(server: str) -> str:
    """A team database with its people, made once and copied for each test."""
    signs_in = [f"CREATE ROLE {one} LOGIN PASSWORD '{said}' IN ROLE signs_in" for one, said in PASSWORDS.items()]
    people = [f"CREATE ROLE {person} LOGIN" for person in PEOPLE]
    _as_owner(server, "CREATE DATABASE pattern", "CREATE ROLE signs_in", *people, *signs_in)
    url = server.format(login="postgres", name="pattern")
    prepare(url)
    for person, role in PEOPLE.items():
        add_account(url, person, role, supervisor="sam" if person == "pat" else None)
    for person in PASSWORDS:
        add_account(url, person, "practitioner")
    return "pattern"


@pytest.fixture
def team(server: str, pattern: str) -> Callable[[str], str]:
    """A fresh team database; gives each person's address to sign in with."""
    _as_owner(server, "DROP DATABASE IF EXISTS reflect WITH (FORCE)", f"CREATE DATABASE reflect TEMPLATE {pattern}")
    return lambda person: server.format(login=person, name="reflect")


@pytest.fixture(params=["encrypted file", "postgresql"])
def store(request: pytest.FixtureRequest, open_file: Callable[..., Unlocking]) -> Iterator[Store]:
    """The same store on both."""
    if request.param == "encrypted file":
        opening = open_file()
        opening.set_passphrase("four ordinary test words")
    else:
        opening = open_file(REFLECT_DATABASE_URL=request.getfixturevalue("team")("pat"))
    yield opening.store()
    opening.lock()
