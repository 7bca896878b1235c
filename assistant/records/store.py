"""The store: sessions as lists of events, the draft being typed, what is followed up, and the stand-ins for names.

Speaks SQL and nothing else: `sqlite.py` and `postgres.py` give it an engine. An event is on disk when `append` returns.
Importing SQLAlchemy takes 0.25 s, so a face imports this beside its first screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from pydantic import ValidationError
from sqlalchemy import (
    Connection,
    Engine,
    Table,
    Text,
    column,
    delete,
    func,
    insert,
    literal_column,
    select,
    true,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError

from assistant.conversation.events import EVENT, Event, Finished, Started
from assistant.records.errors import StoreError, UnreadableSessionError
from assistant.records.tables import DRAFTS, EVENTS, FOLLOW_UPS, SESSIONS, STAND_INS


class Backing(Protocol):
    """The database behind a store."""

    engine: Engine
    shared: bool
    """Several people keep their records in it."""

    def plainly(self, error: DBAPIError) -> StoreError:
        """What went wrong, in one sentence."""

    def compact(self) -> None:
        """Leave no trace of what was deleted."""

    def close(self) -> None:
        """Let go of the file or the server."""


@dataclass(frozen=True)
class Kept:
    """A session as the list of sessions shows it."""

    session: str
    owner: str
    mine: bool
    """Not somebody else's that I may read."""
    case: str
    journey: str
    role: str
    started: datetime
    finished: datetime | None


@dataclass(frozen=True)
class FollowUp:
    """An action or an escalation as it is kept: a few columns to ask by, and the rest as JSON."""

    id: str
    kind: str
    case: str
    session: str | None
    status: str
    changed: datetime
    body: str


class Store:
    """Everything kept, in one database."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing

    # Sessions

    def append(self, session: str, position: int, event: Event) -> None:
        """Lay one event down as the `position`th of its session, counted from nought.

        Raises StoreError when it cannot be kept, or the session has gone on in another window.
        """
        row = {"session": session, "position": position, "kind": event.kind, "body": EVENT.dump_json(event).decode()}
        try:
            with self._writing() as connection:
                if isinstance(event, Started):
                    connection.execute(insert(SESSIONS).values(_session_row(event)))
                connection.execute(insert(EVENTS).values(row))
                if isinstance(event, Finished):
                    finished = update(SESSIONS).where(SESSIONS.c.id == session).values(finished_at=_iso(event.at))
                    connection.execute(finished)
        except IntegrityError as error:
            raise StoreError(
                "This session has gone on in another window; leave it here and take it up again to see all of it."
            ) from error

    def sessions(self, *, case: str | None = None) -> list[Kept]:
        """Every session there is to see, newest first."""
        mine = SESSIONS.c.owner == literal_column("session_user") if self._backing.shared else true()
        query = select(SESSIONS, mine.label("mine")).order_by(SESSIONS.c.started_at.desc(), SESSIONS.c.id.desc())
        if case is not None:
            query = query.where(SESSIONS.c.case_name == case)
        with self._reading() as connection:
            rows = connection.execute(query).all()
        return [
            Kept(
                session=row.id,
                owner=row.owner,
                mine=bool(row.mine),
                case=row.case_name,
                journey=row.journey,
                role=row.role,
                started=datetime.fromisoformat(row.started_at),
                finished=datetime.fromisoformat(row.finished_at) if row.finished_at else None,
            )
            for row in rows
        ]

    def events(self, session: str) -> list[Event]:
        """The events of one session.

        Raises StoreError when there is no such session, or an event of it cannot be read.
        """
        query = select(EVENTS.c.body).where(EVENTS.c.session == session).order_by(EVENTS.c.position)
        with self._reading() as connection:
            bodies = connection.scalars(query).all()
        if not bodies and self._backing.shared:
            bodies = [body for _, body in self._of_somebody_else("events", session)]
        if not bodies:
            raise StoreError(f"There is no session called {session}; `reflect record list` shows what is kept.")
        try:
            return [EVENT.validate_json(body) for body in bodies]
        except ValidationError as error:
            raise UnreadableSessionError(
                f"Session {session} was kept by a newer Reflect, or is damaged; it has been left as it is, "
                "and other sessions are not affected."
            ) from error

    def forget_session(self, session: str) -> dict[str, int]:
        """Delete one session with its draft and what followed from it, so that no trace is left; gives how many.

        With the last of a case go the names that were replaced in it.
        """
        with self._writing() as connection:
            case = connection.scalar(select(SESSIONS.c.case_name).where(SESSIONS.c.id == session))
            events = connection.scalar(select(func.count()).select_from(EVENTS).where(EVENTS.c.session == session))
            sessions = connection.execute(delete(SESSIONS).where(SESSIONS.c.id == session)).rowcount
            followed = connection.execute(delete(FOLLOW_UPS).where(FOLLOW_UPS.c.session == session)).rowcount
            left = any(
                connection.scalar(select(func.count()).select_from(table).where(table.c.case_name == case))
                for table in (SESSIONS, FOLLOW_UPS)
            )
            names = 0 if left else connection.execute(delete(STAND_INS).where(STAND_INS.c.case_name == case)).rowcount
        self._backing.compact()
        return {"sessions": sessions, "follow-ups": followed, "names": names, "events": events or 0}

    def forget_case(self, case: str) -> dict[str, int]:
        """Delete everything of one case; gives how many of each were deleted, and nothing of what they were."""
        parts: Sequence[tuple[str, Table]] = (("sessions", SESSIONS), ("follow-ups", FOLLOW_UPS), ("names", STAND_INS))
        with self._writing() as connection:
            events = connection.scalar(
                select(func.count()).select_from(EVENTS.join(SESSIONS)).where(SESSIONS.c.case_name == case)
            )
            counts = {
                name: connection.execute(delete(table).where(table.c.case_name == case)).rowcount
                for name, table in parts
            }
        self._backing.compact()
        return {**counts, "events": events or 0}

    # The draft

    def keep_draft(self, session: str, words: str) -> None:
        """Keep the answer being typed; no words forget it."""
        with self._writing() as connection:
            connection.execute(delete(DRAFTS).where(DRAFTS.c.session == session))
            if words:
                connection.execute(insert(DRAFTS).values(session=session, words=words))

    def draft(self, session: str) -> str:
        """The answer that was being typed, or nothing."""
        with self._reading() as connection:
            return connection.scalar(select(DRAFTS.c.words).where(DRAFTS.c.session == session)) or ""

    # What is followed up

    def keep_follow_up(self, item: FollowUp) -> None:
        """Keep an action or an escalation as it now stands."""
        row = {
            "kind": item.kind,
            "case_name": item.case,
            "session": item.session,
            "status": item.status,
            "changed_at": _iso(item.changed),
            "body": item.body,
        }
        with self._writing() as connection:
            changed = connection.execute(update(FOLLOW_UPS).where(FOLLOW_UPS.c.id == item.id).values(row))
            if not changed.rowcount:
                connection.execute(insert(FOLLOW_UPS).values(id=item.id, **row))

    def follow_ups(self, kind: str, *, case: str | None = None) -> list[FollowUp]:
        """Actions or escalations, in the order they were first kept."""
        query = select(FOLLOW_UPS).where(FOLLOW_UPS.c.kind == kind).order_by(FOLLOW_UPS.c.id)
        if case is not None:
            query = query.where(FOLLOW_UPS.c.case_name == case)
        with self._reading() as connection:
            rows = connection.execute(query).all()
        return [
            FollowUp(
                row.id,
                row.kind,
                row.case_name,
                row.session,
                row.status,
                datetime.fromisoformat(row.changed_at),
                row.body,
            )
            for row in rows
        ]

    def follow_ups_of(self, person: str) -> list[tuple[str, str]]:
        """Kind and JSON of what somebody I supervise follows up, in a team's database, which logs the reading."""
        if not self._backing.shared:
            return []
        return self._of_somebody_else("follow_ups", person)

    def forget_follow_up(self, item: str) -> None:
        """Delete one action or escalation."""
        with self._writing() as connection:
            connection.execute(delete(FOLLOW_UPS).where(FOLLOW_UPS.c.id == item))

    # Stand-ins for names

    def remember_stand_in(self, case: str, found: str, stand_in: str) -> None:
        """From now on `stand_in` is put in the place of `found` in this case."""
        with self._writing() as connection:
            ours = (STAND_INS.c.case_name == case) & (STAND_INS.c.found == found)
            connection.execute(delete(STAND_INS).where(ours))
            connection.execute(insert(STAND_INS).values(case_name=case, found=found, stand_in=stand_in))

    def stand_ins(self, case: str) -> dict[str, str]:
        """What was chosen for each name in this case."""
        query = select(STAND_INS.c.found, STAND_INS.c.stand_in).where(STAND_INS.c.case_name == case)
        with self._reading() as connection:
            return {row.found: row.stand_in for row in connection.execute(query)}

    def _of_somebody_else(self, what: Literal["events", "follow_ups"], whose: str) -> list[tuple[str, str]]:
        """Kind and JSON of what the database lets me read; it first lays down for good that I did."""
        ask, read = getattr(func, f"ask_to_read_{what}")(whose), getattr(func, f"read_{what}")(whose)
        with self._writing() as connection:
            connection.execute(select(ask))
        with self._reading() as connection:
            rows = connection.execute(select(column("kind", Text), column("body", Text)).select_from(read.alias()))
            return [(kind, body) for kind, body in rows]

    def close(self) -> None:
        """Let go of the database; it is opened again when needed."""
        self._backing.close()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._in(self._backing.engine.connect) as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._in(self._backing.engine.begin) as connection:
            yield connection

    @contextmanager
    def _in(self, connecting: Callable[[], object]) -> Iterator[Connection]:
        try:
            with connecting() as connection:  # type: ignore[attr-defined]  # connect() and begin() share no type
                yield connection
        except IntegrityError:
            raise
        except DBAPIError as error:
            raise self._backing.plainly(error) from error


def _session_row(started: Started) -> dict[str, str]:
    return {
        "id": started.session,
        "case_name": started.case,
        "journey": started.journey,
        "role": started.role,
        "started_at": _iso(started.at),
    }


def _iso(at: datetime) -> str:
    return at.isoformat()
