"""A session can lie in the bin: it is not listed, nor is what followed from it, until it is put back or forgotten."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_READ_FOLLOW_UPS = """
CREATE OR REPLACE FUNCTION read_follow_ups(person text) RETURNS TABLE (kind text, body text)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
BEGIN
    IF NOT public.i_supervise(person) THEN RETURN; END IF;
    IF NOT public.is_logged(person, NULL, 'actions and escalations') THEN
        RAISE EXCEPTION 'ask first, in a transaction of its own: SELECT ask_to_read_follow_ups(...)';
    END IF;
    RETURN QUERY SELECT f.kind, f.body FROM public.follow_ups f
        LEFT JOIN public.sessions s ON s.id = f.session
        WHERE f.owner = person AND s.binned_at IS NULL ORDER BY f.id;
END $$
"""


def upgrade() -> None:
    """Add the column; in a team's database nobody reads what lies in somebody's bin."""
    op.add_column("sessions", sa.Column("binned_at", sa.Text))
    if op.get_bind().dialect.name == "postgresql":
        op.get_bind().exec_driver_sql("GRANT UPDATE (binned_at) ON sessions TO reflect_user")
        op.get_bind().exec_driver_sql(_READ_FOLLOW_UPS)
