"""The first tables; on PostgreSQL also accounts, who may see what, and the log of who did."""

from __future__ import annotations

from importlib.resources import files

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    postgres = op.get_bind().dialect.name == "postgresql"
    owner = sa.text("session_user") if postgres else sa.text("''")
    op.create_table(
        "sessions",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("owner", sa.Text, nullable=False, server_default=owner),
        sa.Column("case_name", sa.Text, nullable=False),
        sa.Column("journey", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("started_at", sa.Text, nullable=False),
        sa.Column("finished_at", sa.Text),
    )
    op.create_index("sessions_by_case", "sessions", ["case_name"])
    op.create_table(
        "events",
        sa.Column("session", sa.Text, sa.ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "drafts",
        sa.Column("session", sa.Text, sa.ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_table(
        "follow_ups",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("owner", sa.Text, nullable=False, server_default=owner),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("case_name", sa.Text, nullable=False),
        sa.Column("session", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("changed_at", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("follow_ups_by_case", "follow_ups", ["case_name"])
    op.create_table(
        "stand_ins",
        sa.Column("owner", sa.Text, primary_key=True, server_default=owner),
        sa.Column("case_name", sa.Text, primary_key=True),
        sa.Column("found", sa.Text, primary_key=True),
        sa.Column("stand_in", sa.Text, nullable=False),
    )
    if postgres:
        rules = files("assistant.store.migrations").joinpath("0001_accounts.sql").read_text(encoding="utf-8")
        op.get_bind().exec_driver_sql(rules)
