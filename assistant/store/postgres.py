"""The store of a team: one PostgreSQL database, in which everybody signs in as themselves.

Who may see what is decided by the database (see `migrations/`), so nothing here filters.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Literal, get_args

from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from assistant.store.database import CURRENT
from assistant.store.migrating import migrate, version
from assistant.store.store_errors import ClashError, StoreError
from assistant.store.team_address import engine
from assistant.store.team_errors import MAY_NOT, in_plain_words, not_connected
from assistant.to_type import to_type

AccountRole = Literal["practitioner", "supervisor", "trainer", "manager"]
PAUSES_S = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Between one try and the next while the server starts again: a quarter of a minute in all."""
ROLES: tuple[AccountRole, ...] = get_args(AccountRole)


class TeamDatabase:
    """A PostgreSQL database, as one person sees it."""

    shared = True

    def __init__(self, url: str | URL, *, sleep: Callable[[float], None] = time.sleep, typed: bool = False) -> None:
        """`typed` is a password that somebody has just typed: the server has to ask for it."""
        self.engine = engine(url, typed=typed)
        self.sleep = sleep
        try:
            at = version(self.engine)
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) == MAY_NOT:
                raise StoreError(
                    "The team's database let you in, but you take no part in it yet; ask whoever looks after it to run "
                    f"`{to_type('team add')}`."
                ) from error
            raise in_plain_words(error) from error
        finally:
            self.engine.dispose()
        if at is None or at < CURRENT:
            raise StoreError(
                f"The team's database is not ready; ask whoever looks after it to run `{to_type('team init')}`."
            )
        if at > CURRENT:
            raise StoreError("These records were kept by a newer Reflect; install the newest version to open them.")

    @contextmanager
    def reading(self) -> Iterator[Statements]:
        """A transaction that changes nothing."""
        with self._in(self.engine.connect) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Statements]:
        """A transaction; the server has it on its disk when it ends."""
        with self._in(self.engine.begin) as connection:
            yield connection

    def wait_for_server(self, times: int) -> bool:
        """Whether to try once more after the server went away for the `times`th time; waits until then."""
        self.engine.dispose()
        if times >= len(PAUSES_S):
            return False
        self.sleep(PAUSES_S[times])
        return True

    def compact(self) -> None:
        """The server's own clearing up takes what was deleted; nobody but its owner may hurry it."""

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def _in(self, connecting: Callable[[], object]) -> Iterator[Statements]:
        try:
            with connecting() as connection:  # type: ignore[attr-defined]  # connect() and begin() share no type
                yield Statements(connection)
        except IntegrityError as error:
            raise ClashError from error
        except DBAPIError as error:
            raise in_plain_words(error) from error


class Statements:
    """One transaction on the server."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, statement: str, **said: Any) -> list[dict[str, Any]]:
        """What was found, each row by the names of its columns."""
        return [dict(row) for row in self._connection.execute(text(statement), said).mappings()]

    def value(self, statement: str, **said: Any) -> Any:
        """The first value of the first row; None where nothing was found."""
        return self._connection.execute(text(statement), said).scalar()

    def change(self, statement: str, **said: Any) -> int:
        """How many rows were changed."""
        return self._connection.execute(text(statement), said).rowcount


MOST_AT_ONCE = 20
"""Connections of one person: a window takes one or two, and nobody takes all that the server has."""


def prepare(url: str | URL) -> None:
    """Make or bring up to date the tables, the rules and the log; for whoever owns the database.

    Raises StoreError when the account may not.
    """
    owner = engine(url, patient=True)
    not_the_owner = "The database could not be prepared; sign in as its owner, who may make roles (CREATEROLE)."
    try:
        migrate(owner)
        with owner.begin() as connection:  # temporary tables of one member could fill the server's disk
            name = owner.dialect.identifier_preparer.quote(connection.scalar(text("SELECT current_database()")) or "")
            connection.exec_driver_sql(f"REVOKE TEMPORARY ON DATABASE {name} FROM PUBLIC".replace("%", "%%"))
    except DBAPIError as error:
        raise not_connected(error) or StoreError(not_the_owner) from error
    except StoreError as error:
        if getattr(getattr(error.__cause__, "orig", None), "sqlstate", None) == MAY_NOT:
            raise StoreError(not_the_owner) from error
        raise
    finally:
        owner.dispose()


def may_log_words(url: str | URL) -> bool:
    """Whether the server's log may hold what is typed, should it log statements or errors."""
    owner = engine(url)
    shown = "SELECT current_setting(:name)"
    wanted = {"log_parameter_max_length": "0", "log_parameter_max_length_on_error": "0", "log_error_verbosity": "terse"}
    try:
        with owner.connect() as connection:
            return any(connection.scalar(text(shown), {"name": name}) != value for name, value in wanted.items())
    except DBAPIError as error:
        raise in_plain_words(error) from error
    finally:
        owner.dispose()


def add_account(url: str | URL, login: str, role: AccountRole, supervisor: str | None = None) -> None:
    """Let a PostgreSQL role that exists take part; for whoever owns the database.

    Raises StoreError when there is no such role, its name cannot stand in an id, or the account may not.
    """
    if "/" in login:
        raise StoreError(f"“{login}” has a stroke in it, which cannot stand in a login here; choose another name.")
    owner = engine(url)
    keep = (
        "INSERT INTO accounts (login, role, supervisor) VALUES (:login, :role, :supervisor) "
        "ON CONFLICT (login) DO UPDATE SET role = excluded.role, supervisor = excluded.supervisor"
    )
    try:
        with owner.begin() as connection:
            quoted = owner.dialect.identifier_preparer.quote(login)
            connection.exec_driver_sql(f"GRANT reflect_user TO {quoted}".replace("%", "%%"))
            connection.execute(text(keep), {"login": login, "role": role, "supervisor": supervisor})
            with suppress(DBAPIError), connection.begin_nested():  # another's role may not be theirs to limit
                connection.exec_driver_sql(f"ALTER ROLE {quoted} CONNECTION LIMIT {MOST_AT_ONCE}".replace("%", "%%"))
    except DBAPIError as error:
        raise not_connected(error) or StoreError(
            f"The account “{login}” could not be added; it needs a role of that name in the database, "
            "a supervisor who has an account, and you need to own the database."
        ) from error
    finally:
        owner.dispose()


def readers(url: str | URL) -> list[tuple[str, str, str]]:
    """Who read what of mine: when, who, and what."""
    mine = engine(url)
    asked = "SELECT at, reader, what, session FROM access_log WHERE owner = session_user ORDER BY id"
    try:
        with mine.connect() as connection:
            rows = connection.execute(text(asked)).all()
    except DBAPIError as error:
        raise in_plain_words(error) from error
    finally:
        mine.dispose()
    return [(f"{row.at:%Y-%m-%d %H:%M}", row.reader, " ".join(filter(None, (row.what, row.session)))) for row in rows]


def counts(url: str | URL) -> list[tuple[str, str, int, int]]:
    """For a manager: journey, month, sessions held and finished, and not a word of text."""
    reader = engine(url)
    try:
        with reader.connect() as connection:
            rows = connection.execute(text("SELECT journey, month, held, finished FROM counts()")).all()
    except DBAPIError as error:
        raise in_plain_words(error) from error
    finally:
        reader.dispose()
    return [(row.journey, row.month, row.held, row.finished) for row in rows]
