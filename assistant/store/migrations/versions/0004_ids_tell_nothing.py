"""In a team's database an id ends with whose it is, and what is kept has a size and a day that can be read.

A row with an id that is taken is refused before or after somebody looks whether it is theirs, and either answer told
that another had a session then. Now nobody can ask for an id that does not end with their own name. What one person
keeps can neither fill another's memory nor stop a list with a day that is none.
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# The first @ ends what the program made up; a login may have more of them, and no stroke.
_IDS = """
CREATE FUNCTION ends_with_me(id text) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS
$$ SELECT substr(id, strpos(id, '@')) = '@' || session_user $$;
CREATE FUNCTION begins_in_mine(id text) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS
$$ SELECT strpos(id, '@') > 0 AND starts_with(substr(id, strpos(id, '@')), '@' || session_user || '/') $$;
REVOKE ALL ON FUNCTION ends_with_me(text), begins_in_mine(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ends_with_me(text), begins_in_mine(text) TO reflect_user;
DROP POLICY kept ON sessions;
CREATE POLICY kept ON sessions FOR INSERT WITH CHECK (ends_with_me(id) AND i_may_keep(owner, journey));
DROP POLICY own ON follow_ups;
CREATE POLICY own_read ON follow_ups FOR SELECT
    USING (owner = session_user AND my_role() IN ('practitioner', 'supervisor'));
CREATE POLICY own_changed ON follow_ups FOR UPDATE
    USING (owner = session_user AND my_role() IN ('practitioner', 'supervisor'))
    WITH CHECK (owner = session_user);
CREATE POLICY own_kept ON follow_ups FOR INSERT WITH CHECK (
    begins_in_mine(id) AND owner = session_user AND my_role() IN ('practitioner', 'supervisor'));
"""

# Not of rows that are there: an odd one of before must not stop the upgrade, and the program passes over it.
_SIZES = """
CREATE FUNCTION is_a_time(said text) RETURNS boolean
    LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS
$$ SELECT said IS NULL OR said ~ '^(19|20)\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d.{0,25}$' $$;
REVOKE ALL ON FUNCTION is_a_time(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_a_time(text) TO reflect_user;
ALTER TABLE sessions ADD CONSTRAINT of_a_size CHECK (
    length(id) <= 200 AND length(case_name) <= 300 AND length(journey) <= 100 AND length(role) <= 100
    AND is_a_time(started_at) AND is_a_time(finished_at) AND is_a_time(binned_at)) NOT VALID;
ALTER TABLE events ADD CONSTRAINT of_a_size CHECK (length(kind) <= 100 AND length(body) <= 4000000) NOT VALID;
ALTER TABLE drafts ADD CONSTRAINT of_a_size CHECK (length(words) <= 4000000) NOT VALID;
ALTER TABLE follow_ups ADD CONSTRAINT of_a_size CHECK (
    length(id) <= 250 AND length(kind) <= 100 AND length(case_name) <= 300 AND length(status) <= 100
    AND is_a_time(changed_at) AND length(body) <= 4000000) NOT VALID;
ALTER TABLE stand_ins ADD CONSTRAINT of_a_size CHECK (
    length(case_name) <= 300 AND length(found) <= 1000 AND length(stand_in) <= 1000) NOT VALID;
"""


def upgrade() -> None:
    """Nothing changes in a file of one person's own."""
    if op.get_bind().dialect.name == "postgresql":
        for rules in (_IDS, _SIZES):
            op.get_bind().exec_driver_sql(rules.replace("%", "%%"))
