"""The tables of the store, the same on SQLite and on PostgreSQL.

Only what is asked for by SQL has a column; everything else is in `body` as the JSON of a pydantic model. The migrations
make these tables, and a test holds the two together. `owner` is the account whose record it is; where one person keeps
a store for themselves it is empty.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, Text, text

METADATA = MetaData()
CURRENT = "0004"
"""The migration this program needs; equal to the newest in `migrations/versions`."""

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("owner", Text, nullable=False, server_default=""),
    Column("case_name", Text, nullable=False),
    Column("journey", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("finished_at", Text),
    Column("binned_at", Text),
    Index("sessions_by_case", "case_name"),
)
EVENTS = Table(
    "events",
    METADATA,
    Column("session", Text, ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
)
DRAFTS = Table(
    "drafts",
    METADATA,
    Column("session", Text, ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("words", Text, nullable=False),
)
FOLLOW_UPS = Table(
    "follow_ups",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("owner", Text, nullable=False, server_default=""),
    Column("kind", Text, nullable=False),
    Column("case_name", Text, nullable=False),
    Column("session", Text),
    Column("status", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("follow_ups_by_case", "case_name"),
)
"""Actions and escalations: what goes on after a session."""
STAND_INS = Table(
    "stand_ins",
    METADATA,
    Column("owner", Text, primary_key=True, server_default=text("''")),
    Column("case_name", Text, primary_key=True),
    Column("found", Text, primary_key=True),
    Column("stand_in", Text, nullable=False),
)
"""What the user chose to put in place of a name, by case."""
