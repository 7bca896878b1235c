"""The store of a team: one PostgreSQL database, in which everybody signs in as themselves.

Who may see what is decided by the database (see `migrations/`), so nothing here filters.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Literal, get_args

from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import DBAPIError

from assistant.store.migrating import migrate, version
from assistant.store.schema import CURRENT
from assistant.store.store_errors import NoPasswordError, NotLetInError, ServerGoneError, StoreError
from assistant.store.team_address import engine

AccountRole = Literal["practitioner", "supervisor", "trainer", "manager"]
PAUSES_S = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Between one try and the next while the server starts again: a quarter of a minute in all."""
_SLOW = frozenset({"57014", "55P03", "25P03"})
"""A statement, a lock or an idle transaction took too long."""
_NOT_LET_IN = re.compile(
    r"authentication failed|authentication method|no pg_hba\.conf entry|role \"[^\"]*\" does not exist|certificate",
    re.IGNORECASE,
)
_NO_PASSWORD = re.compile(r"no password supplied|empty password", re.IGNORECASE)
_GONE = "The team's database could not be reached or written; try again, or ask who looks after it."
ROLES: tuple[AccountRole, ...] = get_args(AccountRole)


class TeamDatabase:
    """The engine over a PostgreSQL database."""

    shared = True

    def __init__(self, url: str | URL, *, sleep: Callable[[float], None] = time.sleep, typed: bool = False) -> None:
        """`typed` is a password that somebody has just typed: the server has to ask for it."""
        self.engine = engine(url, typed=typed)
        self.sleep = sleep
        try:
            at = version(self.engine)
        except DBAPIError as error:
            raise self.clear_errors(error) from error
        finally:
            self.engine.dispose()
        if at is None or at < CURRENT:
            raise StoreError("The team's database is not ready; ask whoever looks after it to run `reflect team init`.")
        if at > CURRENT:
            raise StoreError("These records were kept by a newer Reflect; install the newest version to open them.")

    def clear_errors(self, error: DBAPIError) -> StoreError:
        """What went wrong, in one sentence."""
        state = getattr(error.orig, "sqlstate", None) or ""
        if state == "42501":
            return StoreError("Your account may not do that; the record stays as it was.")
        if state in _SLOW:
            return StoreError(
                "The team's database is slow just now, so this wasn't kept yet; wait a moment and try again."
            )
        if _NO_PASSWORD.search(str(error.orig)):
            return NoPasswordError("The team's database wants a password; sign in with your own.")
        if _NOT_LET_IN.search(str(error.orig)):
            return NotLetInError(
                "The team's database didn't let you in; check the name and password, or ask who looks after it."
            )
        gone = not state or state[:2] in {"08", "57"} or error.connection_invalidated
        return ServerGoneError(_GONE) if gone else unreachable()

    def wait_for_server(self, times: int) -> bool:
        """Whether to try once more after the server went away for the `times`th time; waits until then."""
        self.engine.dispose()
        if times >= len(PAUSES_S):
            return False
        self.sleep(PAUSES_S[times])
        return True

    def before_writing(self, connection: Connection) -> None:
        """The server holds what has to hold."""

    def after_writing(self) -> None:
        """The server has it on its disk when a transaction ends."""

    def compact(self) -> None:
        """The server's own clearing up takes what was deleted; nobody but its owner may hurry it."""

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def unreachable() -> StoreError:
    """The one sentence for a server that does not answer as it should."""
    return StoreError(_GONE)


def prepare(url: str) -> None:
    """Make or bring up to date the tables, the rules and the log; for whoever owns the database.

    Raises StoreError when the account may not.
    """
    owner = engine(url, patient=True)
    try:
        migrate(owner)
    except DBAPIError as error:
        raise StoreError("The database could not be prepared; sign in as the one who owns it.") from error
    finally:
        owner.dispose()


def add_account(url: str, login: str, role: AccountRole, supervisor: str | None = None) -> None:
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
    except DBAPIError as error:
        raise StoreError(
            f"The account “{login}” could not be added; it needs a role of that name in the database, "
            "a supervisor who has an account, and you need to own the database."
        ) from error
    finally:
        owner.dispose()


def readers(url: str) -> list[tuple[str, str, str]]:
    """Who read what of mine: when, who, and what."""
    mine = engine(url)
    asked = "SELECT at, reader, what, session FROM access_log WHERE owner = session_user ORDER BY id"
    try:
        with mine.connect() as connection:
            rows = connection.execute(text(asked)).all()
    except DBAPIError as error:
        raise unreachable() from error
    finally:
        mine.dispose()
    return [(f"{row.at:%Y-%m-%d %H:%M}", row.reader, " ".join(filter(None, (row.what, row.session)))) for row in rows]


def counts(url: str) -> list[tuple[str, str, int, int]]:
    """For a manager: journey, month, sessions held and finished, and not a word of text."""
    reader = engine(url)
    try:
        with reader.connect() as connection:
            rows = connection.execute(text("SELECT journey, month, held, finished FROM counts()")).all()
    except DBAPIError as error:
        raise unreachable() from error
    finally:
        reader.dispose()
    return [(row.journey, row.month, row.held, row.finished) for row in rows]
