"""What the store asks of a database: a few statements inside a transaction, on one person's file or a team's server.

Owns the shapes only; `sqlite.py` and `postgres.py` fill them. Statements are plain SQL that both take, with `:name`
where a value goes, so that one person's records open without SQLAlchemy, which takes 0.13 s of the processor to import.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol

CURRENT = "0004"
"""The migration this program needs; equal to the newest in `migrations/versions`."""


class Connection(Protocol):
    """One transaction."""

    def rows(self, statement: str, **said: Any) -> list[dict[str, Any]]:
        """What was found, each row by the names of its columns."""

    def value(self, statement: str, **said: Any) -> Any:
        """The first value of the first row; None where nothing was found."""

    def change(self, statement: str, **said: Any) -> int:
        """How many rows were changed."""


class Database(Protocol):
    """The database behind a store. What goes wrong in a transaction is a StoreError, and then nothing was changed."""

    shared: bool
    """Several people keep their records in it."""

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that changes nothing."""

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction whose changes are on disk when it ends."""

    def wait_for_server(self, times: int) -> bool:
        """Whether to try once more after the server went away for the `times`th time; waits until then."""

    def compact(self) -> None:
        """Leave no trace of what was deleted."""

    def close(self) -> None:
        """Let go of the file or the server."""
