"""The store: sessions as lists of events, the draft being typed, what is followed up, and the stand-ins for names.

Speaks SQL and nothing else: `sqlite.py` and `postgres.py` give it an engine. An event is on disk when `append` returns.
Importing SQLAlchemy takes 0.25 s, so a face imports this beside its first screen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Literal, Protocol

from pydantic import ValidationError
from sqlalchemy import (
    Connection,
    Engine,
    Row,
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
from assistant.language.plain_text import replaced
from assistant.store.schema import DRAFTS, EVENTS, FOLLOW_UPS, SESSIONS, STAND_INS
from assistant.store.store_errors import ServerGoneError, StoreError, UnreadableSessionError

FIRST_YEAR, LAST_YEAR = 1900, 2999
_NEVER = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)


class Backing(Protocol):
    """The database behind a store."""

    engine: Engine
    shared: bool
    """Several people keep their records in it."""

    def clear_errors(self, error: DBAPIError) -> StoreError:
        """What went wrong, in one sentence."""

    def before_writing(self, connection: Connection) -> None:
        """Whatever has to hold before a change; raises StoreError when it does not."""

    def after_writing(self) -> None:
        """Whatever makes a change safer once it is on disk."""

    def wait_for_server(self, times: int) -> bool:
        """Whether to try once more after the server went away for the `times`th time; waits until then."""

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
    binned: datetime | None = None
    """When it was put in the bin, where it is there."""


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

    @cached_property
    def mark(self) -> str:
        """What the id of every session begun here ends with: in a team's database `@` and who I am there."""
        if not self._backing.shared:
            return ""
        with self._reading() as connection:
            return f"@{connection.scalar(select(literal_column('session_user')))}"

    # Sessions

    def append(self, session: str, position: int, event: Event) -> None:
        """Keep one event as the `position`th of its session, counted from 0.

        Raises StoreError when it cannot be kept, or the session has gone on in another window.
        """
        row = {"session": session, "position": position, "kind": event.kind, "body": event.model_dump_json()}
        gone = 0
        while True:
            try:
                return self._append(event, row)
            except ServerGoneError:
                if not self._backing.wait_for_server(gone):
                    raise
                gone += 1
            except IntegrityError as error:
                if gone and self._stands(row):  # it was kept, and only the answer was lost on the way
                    return None
                raise StoreError(
                    "This session has gone on in another window; leave it here and take it up again to see all of it."
                ) from error

    def _append(self, event: Event, row: Mapping[str, Any]) -> None:
        with self._writing() as connection:
            if isinstance(event, Started):
                connection.execute(insert(SESSIONS).values(_session_row(event)))
            connection.execute(insert(EVENTS).values(row))
            if isinstance(event, Finished):
                finished = update(SESSIONS).where(SESSIONS.c.id == row["session"]).values(finished_at=_iso(event.at))
                connection.execute(finished)

    def _stands(self, row: Mapping[str, Any]) -> bool:
        same = (EVENTS.c.session == row["session"]) & (EVENTS.c.position == row["position"])
        with self._reading() as connection:
            return bool(connection.scalar(select(EVENTS.c.body).where(same)) == row["body"])

    def sessions(self, *, case: str | None = None, binned: bool = False) -> list[Kept]:
        """Every session there is to see, newest first; or those in the bin instead."""
        mine = SESSIONS.c.owner == literal_column("session_user") if self._backing.shared else true()
        query = select(SESSIONS, mine.label("mine")).order_by(SESSIONS.c.started_at.desc(), SESSIONS.c.id.desc())
        query = query.where(SESSIONS.c.binned_at.is_not(None) if binned else SESSIONS.c.binned_at.is_(None))
        if case is not None:
            query = query.where(SESSIONS.c.case_name == case)
        with self._reading() as connection:
            rows = connection.execute(query).all()
        return [kept for kept in map(_kept, rows) if kept is not None]

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
            return [EVENT.validate_json(_harmless_json(body)) for body in bodies]
        except ValidationError as error:
            raise UnreadableSessionError(
                f"Session {session} was kept by a newer Reflect, or is damaged; it has been left as it is, "
                "and other sessions are not affected."
            ) from error

    def saying(self, words: str) -> set[str]:
        """The sessions in whose answers these words stand, in capitals or not."""
        answers = EVENTS.c.kind.in_(("answered", "corrected")) & EVENTS.c.body.icontains(words, autoescape=True)
        with self._reading() as connection:
            rows = connection.execute(select(EVENTS.c.session, EVENTS.c.body).where(answers)).all()
        # the JSON around the answer has words too
        wanted = words.casefold()
        return {row.session for row in rows if wanted in json.loads(row.body)["text"].casefold()}

    def put_in_bin(self, session: str, at: datetime) -> None:
        """Hide a session and what followed from it; nothing of it is lost until it is forgotten."""
        with self._writing() as connection:
            connection.execute(update(SESSIONS).where(SESSIONS.c.id == session).values(binned_at=_iso(at)))

    def put_back(self, session: str) -> None:
        """Take a session out of the bin again, with everything that followed from it."""
        with self._writing() as connection:
            connection.execute(update(SESSIONS).where(SESSIONS.c.id == session).values(binned_at=None))

    def forget_session(self, session: str) -> dict[str, int]:
        """Delete one session with its draft and what followed from it; gives how many. `compact` clears their traces.

        With the last of a case go the names that were replaced in it.
        """
        with self._writing() as connection:
            case = connection.scalar(select(SESSIONS.c.case_name).where(SESSIONS.c.id == session))
            events = connection.scalar(select(func.count()).select_from(EVENTS).where(EVENTS.c.session == session))
            sessions = self._take_away(connection, SESSIONS, id=session)
            followed = self._take_away(connection, FOLLOW_UPS, session=session)
            left = any(
                connection.scalar(select(func.count()).select_from(table).where(table.c.case_name == case))
                for table in (SESSIONS, FOLLOW_UPS)
            )
            names = 0 if left or case is None else self._take_away(connection, STAND_INS, case_name=case)
        return {"sessions": sessions, "follow-ups": followed, "names": names, "events": events or 0}

    def forget_case(self, case: str) -> dict[str, int]:
        """Delete everything of one case; gives how many of each, and nothing of what they were. See `compact`."""
        parts: Sequence[tuple[str, Table]] = (("sessions", SESSIONS), ("follow-ups", FOLLOW_UPS), ("names", STAND_INS))
        with self._writing() as connection:
            events = connection.scalar(
                select(func.count()).select_from(EVENTS.join(SESSIONS)).where(SESSIONS.c.case_name == case)
            )
            counts = {name: self._take_away(connection, table, case_name=case) for name, table in parts}
        return {**counts, "events": events or 0}

    def compact(self) -> None:
        """Leave no trace of what was deleted. Raises StoreError where there is no room for the rewriting."""
        self._backing.compact()

    # The draft

    def save_draft(self, session: str, words: str) -> None:
        """Keep the answer being typed; no words forget it."""
        with self._writing() as connection:
            self._take_away(connection, DRAFTS, session=session)
            if words:
                connection.execute(insert(DRAFTS).values(session=session, words=words))

    def draft(self, session: str) -> str:
        """The answer that was being typed, or nothing."""
        with self._reading() as connection:
            return replaced(connection.scalar(select(DRAFTS.c.words).where(DRAFTS.c.session == session)) or "")

    # What is followed up

    def save_follow_up(self, item: FollowUp) -> None:
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
            ids = self._ids_of(item.id)
            changed = connection.execute(update(FOLLOW_UPS).where(FOLLOW_UPS.c.id.in_(ids)).values(row))
            if not changed.rowcount:
                connection.execute(insert(FOLLOW_UPS).values(id=ids[0], **row))

    def follow_ups(self, kind: str, *, case: str | None = None) -> list[FollowUp]:
        """Actions or escalations, in the order they were first kept; those of a session in the bin are left out."""
        binned = select(SESSIONS.c.id).where(SESSIONS.c.binned_at.is_not(None))
        shown = FOLLOW_UPS.c.session.is_(None) | FOLLOW_UPS.c.session.not_in(binned)
        query = select(FOLLOW_UPS).where(FOLLOW_UPS.c.kind == kind, shown).order_by(FOLLOW_UPS.c.id)
        if case is not None:
            query = query.where(FOLLOW_UPS.c.case_name == case)
        with self._reading() as connection:
            rows = connection.execute(query).all()
        return [
            FollowUp(
                row.id,
                row.kind,
                replaced(row.case_name),
                row.session,
                row.status,
                _time(row.changed_at) or _NEVER,
                _harmless_json(row.body),
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
            for id_ in self._ids_of(item):
                self._take_away(connection, FOLLOW_UPS, id=id_)

    def _ids_of(self, item: str) -> list[str]:
        """As what it is kept: in a team's database an id begins with who I am, unless it is of a session of mine.

        Two people may both have a “Child A” with a grandmother. The last is as what it was kept before that was so.
        """
        _, at, after = item.partition("@")
        mine = not self._backing.shared or f"{at}{after}".startswith(f"{self.mark}/")
        return [item] if mine else [f"{self.mark}/{item}", item]

    # Stand-ins for names

    def remember_stand_in(self, case: str, found: str, stand_in: str) -> None:
        """From now on `stand_in` is put in the place of `found` in this case."""
        with self._writing() as connection:
            self._take_away(connection, STAND_INS, case_name=case, found=found)
            connection.execute(insert(STAND_INS).values(case_name=case, found=found, stand_in=stand_in))

    def stand_ins(self, case: str) -> dict[str, str]:
        """What was chosen for each name in this case."""
        query = select(STAND_INS.c.found, STAND_INS.c.stand_in).where(STAND_INS.c.case_name == case)
        with self._reading() as connection:
            return {row.found: replaced(row.stand_in) for row in connection.execute(query)}

    def _take_away(self, connection: Connection, table: Table, **where: str) -> int:
        """Delete the rows in which these columns say this; a team's database deletes by a function of its own."""
        if not self._backing.shared:
            return connection.execute(
                delete(table).where(*(table.c[name] == said for name, said in where.items()))
            ).rowcount
        (by, value), *and_found = where.items()
        gone = func.take_away(table.name, by, value, *(said for _, said in and_found))
        return connection.scalar(select(gone)) or 0

    def _of_somebody_else(self, what: Literal["events", "follow_ups"], whose: str) -> list[tuple[str, str]]:
        """Kind and JSON of what the database lets me read; it first logs for good that I do, each time."""
        ask, read = getattr(func, f"ask_to_read_{what}")(whose), getattr(func, f"read_{what}")(whose)
        with self._writing() as connection:
            connection.execute(select(ask))
        with self._writing() as connection:
            rows = connection.execute(select(column("kind", Text), column("body", Text)).select_from(read.alias()))
            return [(kind, _harmless_json(body)) for kind, body in rows]

    def close(self) -> None:
        """Let go of the database; it is opened again when needed."""
        self._backing.close()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._in(self._backing.engine.connect) as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._in(self._backing.engine.execution_options(writing=True).begin) as connection:
            self._backing.before_writing(connection)
            yield connection
        self._backing.after_writing()

    @contextmanager
    def _in(self, connecting: Callable[[], object]) -> Iterator[Connection]:
        try:
            with connecting() as connection:  # type: ignore[attr-defined]  # connect() and begin() share no type
                yield connection
        except IntegrityError:
            raise
        except DBAPIError as error:
            raise self._backing.clear_errors(error) from error


def _kept(row: Row[Any]) -> Kept | None:
    """A row as the lists show it; None where its day cannot be read, which must not hide the others."""
    started = _time(row.started_at)
    if started is None:
        return None
    return Kept(
        session=row.id,
        owner=replaced(row.owner),
        mine=bool(row.mine),
        case=replaced(row.case_name),
        journey=replaced(row.journey),
        role=row.role,
        started=started,
        finished=_time(row.finished_at),
        binned=_time(row.binned_at),
    )


def _time(said: str | None) -> datetime | None:
    """A time with its zone, in years that can be counted with."""
    with suppress(ValueError):
        at = datetime.fromisoformat(said or "")
        if at.tzinfo is not None and FIRST_YEAR <= at.year <= LAST_YEAR:
            return at
    return None


def _session_row(started: Started) -> dict[str, str]:
    return {
        "id": started.session,
        "case_name": started.case,
        "journey": started.journey,
        "role": started.role,
        "started_at": _iso(started.at),
    }


_ESCAPED = re.compile(
    r"(?<!\\)((?:\\\\)*)\\(?:u00(?:0[0-8b-f]|1[0-9a-f]|7f|[89][0-9a-f])|u20(?:2[a-e]|6[6-9]|0[ef])|u061c|[bfr])"
)


def _harmless_json(body: str) -> str:
    """JSON as it was kept, without characters that act on a terminal; somebody else may have written it in SQL."""
    return replaced(_ESCAPED.sub("\\1\ufffd", body) if "\\" in body else body)


def _iso(at: datetime) -> str:
    return at.isoformat()
