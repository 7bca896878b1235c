"""In a team's database nobody can lock a table against the others, and each line of the log is good for one reading.

`LOCK TABLE … IN ACCESS EXCLUSIVE MODE` needs the right to update, delete or truncate a whole table. So nobody has that
any more: rows are taken away by a function, and changed column by column.
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TAKING_AWAY = """
CREATE FUNCTION take_away(what text, by text, value text, and_found text DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE gone bigint := 0;
BEGIN
    IF what = 'sessions' THEN
        DELETE FROM public.sessions s WHERE public.i_may_keep(s.owner, s.journey)
            AND CASE by WHEN 'id' THEN s.id WHEN 'case_name' THEN s.case_name END = value;
    ELSIF what = 'drafts' THEN
        DELETE FROM public.drafts d WHERE d.session = value AND public.is_mine(d.session);
    ELSIF what = 'follow_ups' THEN
        DELETE FROM public.follow_ups f
            WHERE f.owner = session_user AND public.my_role() IN ('practitioner', 'supervisor')
            AND CASE by WHEN 'id' THEN f.id WHEN 'session' THEN f.session WHEN 'case_name' THEN f.case_name END = value;
    ELSIF what = 'stand_ins' THEN
        DELETE FROM public.stand_ins n WHERE n.owner = session_user AND n.case_name = value
            AND (and_found IS NULL OR n.found = and_found);
    END IF;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
REVOKE UPDATE, DELETE ON sessions, drafts, follow_ups, stand_ins FROM reflect_user;
GRANT UPDATE (finished_at, binned_at) ON sessions TO reflect_user;
GRANT UPDATE (kind, case_name, session, status, changed_at, body) ON follow_ups TO reflect_user;
REVOKE ALL ON FUNCTION take_away(text, text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION take_away(text, text, text, text) TO reflect_user;
"""

# Whoever reads and rolls back takes back only that the line was used; it lapses after ten seconds all the same.
_ONE_READING = """
CREATE TABLE readings_used (log bigint PRIMARY KEY);
ALTER TABLE readings_used ENABLE ROW LEVEL SECURITY;
CREATE FUNCTION use_reading(person text, asked text, why text) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE line bigint;
BEGIN
    SELECT l.id INTO line FROM public.access_log l
        WHERE l.reader = session_user AND l.owner = person AND l.session IS NOT DISTINCT FROM asked AND l.what = why
            AND l.at > clock_timestamp() - interval '10 seconds' AND pg_xact_status(l.xact) = 'committed'
            AND NOT EXISTS (SELECT 1 FROM public.readings_used u WHERE u.log = l.id)
        ORDER BY l.id LIMIT 1;
    IF line IS NULL THEN
        RAISE EXCEPTION 'ask first, in a transaction of its own: SELECT ask_to_read_events or ask_to_read_follow_ups';
    END IF;
    INSERT INTO public.readings_used (log) VALUES (line);
END $$;
CREATE OR REPLACE FUNCTION read_events(asked text) RETURNS TABLE ("position" integer, kind text, body text)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE of public.sessions;
BEGIN
    SELECT * INTO of FROM public.sessions WHERE id = asked;
    IF NOT FOUND OR NOT public.i_may_see(of.owner, of.journey) THEN RETURN; END IF;
    IF of.owner <> session_user THEN PERFORM public.use_reading(of.owner, asked, 'session'); END IF;
    RETURN QUERY SELECT e.position, e.kind, e.body FROM public.events e
        WHERE e.session = asked AND (of.owner = session_user OR e.kind <> 'note-written') ORDER BY e.position;
END $$;
CREATE OR REPLACE FUNCTION read_follow_ups(person text) RETURNS TABLE (kind text, body text)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
    IF NOT public.i_supervise(person) THEN RETURN; END IF;
    PERFORM public.use_reading(person, NULL, 'actions and escalations');
    RETURN QUERY SELECT f.kind, f.body FROM public.follow_ups f
        LEFT JOIN public.sessions s ON s.id = f.session
        WHERE f.owner = person AND s.binned_at IS NULL ORDER BY f.id;
END $$;
DROP FUNCTION is_logged(text, text, text);
REVOKE ALL ON FUNCTION use_reading(text, text, text) FROM PUBLIC;
"""

# A temporary table of the same name is found first unless pg_temp is named, and named last.
_PG_TEMP_LAST = """
DO $$
DECLARE one regprocedure;
BEGIN
    FOR one IN SELECT p.oid FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner
        WHERE p.pronamespace = 'public'::regnamespace AND r.rolname = current_user
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, public, pg_temp', one);
    END LOOP;
END $$
"""


def upgrade() -> None:
    """Nothing changes in a file of one person's own."""
    if op.get_bind().dialect.name == "postgresql":
        for rules in (_TAKING_AWAY, _ONE_READING, _PG_TEMP_LAST):
            op.get_bind().exec_driver_sql(rules.replace("%", "%%"))
