"""The store: sessions as lists of events, the draft being typed, what is followed up, and the stand-ins for names.

Speaks SQL and nothing else: `sqlite.py` and `postgres.py` are the databases. An event is on disk when `append` returns.
Only what is asked for by SQL has a column; everything else is in `body` as the JSON of a pydantic model.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Literal

from pydantic import ValidationError

from assistant.conversation.events import EVENT, Event, Finished, Started
from assistant.language.plain_text import in_a_line, replaced
from assistant.store.database import Connection, Database
from assistant.store.store_errors import ClashError, ServerGoneError, StoreError, UnreadableSessionError
from assistant.to_type import to_type

FIRST_YEAR, LAST_YEAR = 1900, 2999
_MOST_ASKED = 1_000
"""Letters by which a database is asked: SQLite takes no pattern of more than 50,000."""
_NEVER, _LAST = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR, 12, 31, tzinfo=UTC)


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

    def __init__(self, backing: Database) -> None:
        self._backing = backing

    @cached_property
    def mark(self) -> str:
        """What the id of every session begun here ends with: in a team's database `@` and who I am there."""
        if not self._backing.shared:
            return ""
        with self._backing.reading() as connection:
            return f"@{connection.value('SELECT session_user')}"

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
            except ClashError as error:
                if gone and self._stands(row):  # it was kept, and only the answer was lost on the way
                    return None
                raise StoreError(
                    "This session has gone on in another window; leave it here and take it up again to see all of it."
                ) from error

    def _append(self, event: Event, row: Mapping[str, Any]) -> None:
        with self._backing.writing() as connection:
            if isinstance(event, Started):
                _insert(connection, "sessions", _session_row(event))
            _insert(connection, "events", row)
            if isinstance(event, Finished):
                finished = "UPDATE sessions SET finished_at = :at WHERE id = :session"
                connection.change(finished, at=_iso(event.at), session=row["session"])

    def _stands(self, row: Mapping[str, Any]) -> bool:
        same = "SELECT body FROM events WHERE session = :session AND position = :position"
        with self._backing.reading() as connection:
            found = connection.value(same, session=row["session"], position=row["position"])
        return bool(found == row["body"])

    def sessions(self, *, case: str | None = None, binned: bool = False) -> list[Kept]:
        """Every session there is to see, newest first; or those in the bin instead."""
        query = (
            "SELECT * FROM sessions WHERE (binned_at IS NOT NULL) = :binned "
            "AND (CAST(:case AS text) IS NULL OR case_name = :case) ORDER BY started_at DESC, id DESC"
        )
        with self._backing.reading() as connection:
            rows = connection.rows(query, binned=binned, case=case)
        me = self.mark[1:]  # in one person's own store nobody, as in each row
        return [kept for kept in (_kept(row, me) for row in rows) if kept is not None]

    def events(self, session: str) -> list[Event]:
        """The events of one session.

        Raises StoreError when there is no such session, or an event of it cannot be read.
        """
        query = "SELECT body FROM events WHERE session = :session ORDER BY position"
        with self._backing.reading() as connection:
            bodies = [row["body"] for row in connection.rows(query, session=session)]
        if not bodies and self._backing.shared:
            bodies = [body for _, body in self._of_somebody_else("events", session)]
        if not bodies:
            raise StoreError(f"There is no session called {session}; `{to_type('record list')}` shows what is kept.")
        try:
            return [EVENT.validate_json(_harmless_json(body)) for body in bodies]
        except ValidationError as error:
            raise UnreadableSessionError(
                f"Session {session} was kept by a newer Reflect, or is damaged; it has been left as it is, "
                "and other sessions are not affected."
            ) from error

    def saying(self, words: str) -> set[str]:
        """The sessions in whose answers these words stand, in capitals or not."""
        answers = (
            "SELECT session, body FROM events "
            "WHERE kind IN ('answered', 'corrected') AND lower(body) LIKE lower(:words) ESCAPE '/'"
        )
        with self._backing.reading() as connection:
            rows = connection.rows(answers, words="%" + re.sub("([%_/])", r"/\1", words[:_MOST_ASKED]) + "%")
        # the JSON around the answer has words too
        wanted = words.casefold()
        return {row["session"] for row in rows if wanted in _text(row["body"]).casefold()}

    def put_in_bin(self, session: str, at: datetime) -> None:
        """Hide a session and what followed from it; nothing of it is lost until it is forgotten."""
        self._binned(session, _iso(at))

    def put_back(self, session: str) -> None:
        """Take a session out of the bin again, with everything that followed from it."""
        self._binned(session, None)

    def _binned(self, session: str, at: str | None) -> None:
        with self._backing.writing() as connection:
            connection.change("UPDATE sessions SET binned_at = :at WHERE id = :session", at=at, session=session)

    def forget_session(self, session: str) -> dict[str, int]:
        """Delete one session with its draft and what followed from it; gives how many. `compact` clears their traces.

        With the last of a case go the names that were replaced in it.
        """
        with self._backing.writing() as connection:
            case = connection.value("SELECT case_name FROM sessions WHERE id = :session", session=session)
            events = connection.value("SELECT count(*) FROM events WHERE session = :session", session=session)
            sessions = self._take_away(connection, "sessions", id=session)
            followed = self._take_away(connection, "follow_ups", session=session)
            left = connection.value(
                "SELECT 1 FROM sessions WHERE case_name = :case "
                "UNION ALL SELECT 1 FROM follow_ups WHERE case_name = :case",
                case=case,
            )
            names = 0 if left or case is None else self._take_away(connection, "stand_ins", case_name=case)
        return {"sessions": sessions, "follow-ups": followed, "names": names, "events": events or 0}

    def forget_case(self, case: str) -> dict[str, int]:
        """Delete everything of one case; gives how many of each, and nothing of what they were. See `compact`."""
        parts = (("sessions", "sessions"), ("follow-ups", "follow_ups"), ("names", "stand_ins"))
        of_the_case = (
            "SELECT count(*) FROM events JOIN sessions ON sessions.id = events.session WHERE case_name = :case"
        )
        with self._backing.writing() as connection:
            events = connection.value(of_the_case, case=case)
            counts = {name: self._take_away(connection, table, case_name=case) for name, table in parts}
        return {**counts, "events": events or 0}

    def compact(self) -> None:
        """Leave no trace of what was deleted. Raises StoreError where there is no room for the rewriting."""
        self._backing.compact()

    # The draft

    def save_draft(self, session: str, words: str) -> None:
        """Keep the answer being typed; no words forget it."""
        with self._backing.writing() as connection:
            self._take_away(connection, "drafts", session=session)
            if words:
                _insert(connection, "drafts", {"session": session, "words": words})

    def draft(self, session: str) -> str:
        """The answer that was being typed, or nothing."""
        with self._backing.reading() as connection:
            words = connection.value("SELECT words FROM drafts WHERE session = :session", session=session)
        return replaced(words or "")

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
        update = (
            "UPDATE follow_ups SET kind = :kind, case_name = :case_name, session = :session, status = :status, "
            "changed_at = :changed_at, body = :body WHERE id = :id"
        )
        with self._backing.writing() as connection:
            ids = self._ids_of(item.id)
            if not sum(connection.change(update, id=one, **row) for one in ids):
                _insert(connection, "follow_ups", {"id": ids[0], **row})

    def follow_ups(self, kind: str, *, case: str | None = None) -> list[FollowUp]:
        """Actions or escalations, in the order they were first kept; those of a session in the bin are left out."""
        query = (
            "SELECT * FROM follow_ups WHERE kind = :kind AND (CAST(:case AS text) IS NULL OR case_name = :case) "
            "AND (session IS NULL OR session NOT IN (SELECT id FROM sessions WHERE binned_at IS NOT NULL)) ORDER BY id"
        )
        with self._backing.reading() as connection:
            rows = connection.rows(query, kind=kind, case=case)
        return [
            FollowUp(
                row["id"],
                row["kind"],
                replaced(row["case_name"]),
                row["session"],
                row["status"],
                _time(row["changed_at"]) or _NEVER,
                _harmless_json(row["body"]),
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
        with self._backing.writing() as connection:
            for id_ in self._ids_of(item):
                self._take_away(connection, "follow_ups", id=id_)

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
        with self._backing.writing() as connection:
            self._take_away(connection, "stand_ins", case_name=case, found=found)
            _insert(connection, "stand_ins", {"case_name": case, "found": found, "stand_in": stand_in})

    def stand_ins(self, case: str) -> dict[str, str]:
        """What was chosen for each name in this case."""
        query = "SELECT found, stand_in FROM stand_ins WHERE case_name = :case"
        with self._backing.reading() as connection:
            return {row["found"]: replaced(row["stand_in"]) for row in connection.rows(query, case=case)}

    def _take_away(self, connection: Connection, table: str, **where: str) -> int:
        """Delete the rows in which these columns say this; a team's database deletes by a function of its own."""
        if not self._backing.shared:
            said = " AND ".join(f"{name} = :{name}" for name in where)
            return connection.change(f"DELETE FROM {table} WHERE {said}", **where)  # noqa: S608 - names are ours
        (by, value), *and_found = where.items()
        found = and_found[0][1] if and_found else None
        gone = "SELECT take_away(:table, :by, :value, CAST(:found AS text))"
        return connection.value(gone, table=table, by=by, value=value, found=found) or 0

    def _of_somebody_else(self, what: Literal["events", "follow_ups"], whose: str) -> list[tuple[str, str]]:
        """Kind and JSON of what the database lets me read; it first logs for good that I do, each time."""
        with self._backing.writing() as connection:
            connection.value(f"SELECT ask_to_read_{what}(:whose)", whose=whose)
        with self._backing.writing() as connection:
            rows = connection.rows(f"SELECT kind, body FROM read_{what}(:whose)", whose=whose)  # noqa: S608 - as above
        return [(row["kind"], _harmless_json(row["body"])) for row in rows]

    def close(self) -> None:
        """Let go of the database; it is opened again when needed."""
        self._backing.close()


def _kept(row: Mapping[str, Any], me: str) -> Kept | None:
    """A row as the lists show it; None where its day cannot be read, which must not hide the others."""
    started = _time(row["started_at"])
    if started is None:
        return None
    return Kept(
        session=row["id"],
        owner=in_a_line(row["owner"]),
        mine=row["owner"] == me,
        case=in_a_line(row["case_name"]),
        journey=in_a_line(row["journey"]),
        role=in_a_line(row["role"]),
        started=started,
        finished=_time(row["finished_at"]),
        binned=_time(row["binned_at"]),
    )


def _text(body: str) -> str:
    """The words of an answer; none where it is damaged, which must not hide the others."""
    try:
        return str(json.loads(body)["text"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def _time(said: str | None) -> datetime | None:
    """A time with its zone; of a year that can't be counted with, as a clock may have said, the nearest that can."""
    with suppress(ValueError):
        at = datetime.fromisoformat(said or "")
        if at.tzinfo is not None:
            return at if FIRST_YEAR <= at.year <= LAST_YEAR else _NEVER if at.year < FIRST_YEAR else _LAST
    return None


def _insert(connection: Connection, table: str, row: Mapping[str, Any]) -> None:
    names = tuple(row)
    values = ", ".join(f":{name}" for name in names)
    connection.change(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({values})", **row)  # noqa: S608 - as above


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
