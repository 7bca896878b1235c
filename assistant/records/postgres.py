"""The store of a team: one PostgreSQL database, in which everybody signs in as themselves.

Who may see what is decided by the database (see `migrations/0001_accounts.sql`), so nothing here filters.
"""

from __future__ import annotations

from typing import Literal, get_args

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from assistant.records.errors import StoreError
from assistant.records.migrating import migrate, version
from assistant.records.tables import CURRENT

AccountRole = Literal["practitioner", "supervisor", "trainer", "manager"]
ROLES: tuple[AccountRole, ...] = get_args(AccountRole)


class TeamDatabase:
    """The engine over a PostgreSQL database."""

    shared = True

    def __init__(self, url: str) -> None:
        self.engine = engine(url)
        try:
            at = version(self.engine)
        except DBAPIError as error:
            raise self.plainly(error) from error
        finally:
            self.engine.dispose()
        if at is None or at < CURRENT:
            raise StoreError("The team's database is not ready; ask whoever looks after it to run `reflect team init`.")
        if at > CURRENT:
            raise StoreError("These records were kept by a newer Reflect; install the newest version to open them.")

    def plainly(self, error: DBAPIError) -> StoreError:
        """What went wrong, in one sentence."""
        if getattr(error.orig, "sqlstate", None) == "42501":
            return StoreError("Your account may not do that; the record stays as it was.")
        return unreachable()

    def compact(self) -> None:
        """The server's own clearing up takes what was deleted; nobody but its owner may hurry it."""

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def unreachable() -> StoreError:
    """The one sentence for a server that does not answer as it should."""
    return StoreError("The team's database could not be reached or written; try again, or ask who looks after it.")


def engine(url: str) -> Engine:
    """An engine for `REFLECT_DATABASE_URL`.

    Raises StoreError when it is no PostgreSQL address, or the driver is not installed.
    """
    try:
        address = make_url(url)
        if address.get_backend_name() != "postgresql":
            raise StoreError(
                "REFLECT_DATABASE_URL is a PostgreSQL address, for example postgresql://name@server/reflect."
            )
        return create_engine(address.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    except ArgumentError as error:
        raise StoreError(
            "REFLECT_DATABASE_URL cannot be read; it looks like postgresql://name@server/reflect."
        ) from error
    except ModuleNotFoundError as error:
        raise StoreError("For a team's database install `reflective-supervision[postgres]`.") from error


def prepare(url: str) -> None:
    """Make or bring up to date the tables, the rules and the log; for whoever owns the database.

    Raises StoreError when the account may not.
    """
    owner = engine(url)
    try:
        migrate(owner)
    except DBAPIError as error:
        raise StoreError("The database could not be prepared; sign in as the one who owns it.") from error
    finally:
        owner.dispose()


def add_account(url: str, login: str, role: AccountRole, supervisor: str | None = None) -> None:
    """Let a PostgreSQL role that exists take part; for whoever owns the database.

    Raises StoreError when there is no such role, or the account may not.
    """
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
