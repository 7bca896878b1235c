"""A team's database attacked in SQL by each of its people, by one who left, and by one who has no account.

Everybody's words hold a mark of their own. What fails is a mark in anything that comes back to somebody who may not
read it, a row of another's that changed, or a table that was locked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product

import psycopg

from assistant.conversation import events as e
from assistant.store.postgres import AccountRole, TeamDatabase, add_account, prepare
from assistant.store.store import FollowUp, Store
from tests.stores import a_server
from tools.torture.trials import Trial

_START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
_ROLES: dict[str, AccountRole] = {
    "sam": "supervisor",
    "pat": "practitioner",
    "quinn": "practitioner",
    "terry": "trainer",
    "max": "manager",
    "lee": "practitioner",
}
_KEEPS = ("pat", "quinn", "terry")
_MAY_READ = {"sam": {"pat"}, "pat": {"pat"}, "quinn": {"quinn"}, "terry": {"terry"}}
_OUTSIDE = ("lee", "stranger")
"""One who was taken out of the team, and one who never was in it."""
_TABLES = ("sessions", "events", "drafts", "follow_ups", "stand_ins", "accounts", "access_log", "readings_used")
_OWNED = ("sessions", "follow_ups", "stand_ins")

_READING = (
    "TABLE {t}",
    "SELECT t::text FROM {t} t",
    "SELECT count(*) FROM {t}; SELECT t::text FROM {t} t ORDER BY 1",
    "SELECT t::text FROM ONLY {t} t FOR UPDATE",
    "SELECT string_agg(t::text, ',') FROM {t} t",
    "SELECT row_to_json(t) FROM {t} t",
    "SELECT table_to_xml('{t}', true, false, '')",
    "SELECT query_to_xml('SELECT * FROM {t}', true, false, '')",
    "SELECT database_to_xml(true, false, '')",
    "SET row_security = off; TABLE {t}",
    "SELECT set_config('row_security', 'off', false); TABLE {t}",
    "SET SESSION AUTHORIZATION {o}; TABLE {t}",
    "SET ROLE {o}; TABLE {t}",
    "SET ROLE postgres; TABLE {t}",
    "SET ROLE reflect_user; TABLE {t}",
    "CREATE TEMP TABLE taken AS TABLE {t}; TABLE taken",
    "CREATE TEMP VIEW taken AS TABLE {t}; TABLE taken",
    "CREATE MATERIALIZED VIEW taken AS TABLE {t}",
    "BEGIN; DECLARE c CURSOR FOR TABLE {t}; FETCH ALL c",
    "PREPARE p AS TABLE {t}; EXECUTE p",
    "SELECT t::text::integer FROM {t} t",
    "SELECT 1 / (length(t::text) - length(t::text)) FROM {t} t",
    "DO $$ BEGIN RAISE EXCEPTION '%', (SELECT string_agg(t::text, ',') FROM {t} t); END $$",
    "DO $$ DECLARE r record; BEGIN FOR r IN TABLE {t} LOOP RAISE NOTICE '%', r; END LOOP; END $$",
    "CREATE FUNCTION pg_temp.leak(said text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS "
    "$$ BEGIN RAISE NOTICE '%', said; RETURN true; END $$; SELECT 1 FROM {t} t WHERE pg_temp.leak(t::text)",
    "CREATE FUNCTION pg_temp.mine() RETURNS SETOF text LANGUAGE sql SECURITY DEFINER AS 'SELECT t::text FROM {t} t'; "
    "SELECT pg_temp.mine()",
    "CREATE OPERATOR pg_temp.<<< (procedure = texteq, leftarg = text, rightarg = text, restrict = eqsel); "
    "SELECT t::text FROM {t} t WHERE t::text OPERATOR(pg_temp.<<<) 'x'",
    "EXPLAIN (ANALYZE, VERBOSE) TABLE {t}",
    "SELECT most_common_vals::text, histogram_bounds::text FROM pg_stats WHERE tablename = '{t}'",
    "SELECT stavalues1::text, stavalues2::text FROM pg_statistic",
    "SELECT pg_read_binary_file(pg_relation_filepath('{t}'))",
    "SELECT lo_import(pg_relation_filepath('{t}'))",
    "COPY {t} TO '/tmp/taken-by-a-colleague'",
    "COPY {t} TO PROGRAM 'cat >/tmp/taken-by-a-colleague'",
    "ANALYZE VERBOSE {t}",
    "WITH x AS (UPDATE {t} SET {c} = {c} RETURNING *) SELECT x::text FROM x",
    "WITH x AS (DELETE FROM {t} RETURNING *) SELECT x::text FROM x",
    "CREATE TRIGGER taken AFTER INSERT ON {t} EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE RULE taken AS ON SELECT TO {t} DO INSTEAD SELECT 1",
    "CREATE PUBLICATION taken FOR TABLE {t}",
    "CREATE STATISTICS taken ON {c}, {c} FROM {t}",
    "SECURITY LABEL ON TABLE {t} IS 'x'",
    "COMMENT ON TABLE {t} IS 'x'",
)
_CHANGING = (
    "TRUNCATE {t} CASCADE",
    "DELETE FROM {t}",
    "DELETE FROM {t} WHERE {c} = {c}",
    "UPDATE {t} SET {c} = {c} || 'x'",
    "ALTER TABLE {t} DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE {t} NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE {t} DISABLE TRIGGER ALL",
    "ALTER TABLE {t} OWNER TO {me}",
    "ALTER TABLE {t} ADD COLUMN x text",
    "DROP TABLE {t} CASCADE",
    "GRANT ALL ON {t} TO {me}",
    "CREATE POLICY mine ON {t} USING (true)",
    "CREATE INDEX ON {t} ({c})",
    "REINDEX TABLE {t}",
    "CLUSTER {t}",
    "VACUUM FULL {t}",
    "SET session_replication_role = replica; DELETE FROM {t}",
    "CREATE TEMP TABLE {t} (owner text, login text, role text, id text); SELECT my_role(); SELECT count(*) FROM "
    "public.{t}",
)
_LOCKING = tuple(
    f"BEGIN; LOCK TABLE {{t}} IN {mode} MODE"
    for mode in ("ACCESS EXCLUSIVE", "EXCLUSIVE", "SHARE ROW EXCLUSIVE", "SHARE", "SHARE UPDATE EXCLUSIVE")
)
_BY_OUR_OWN_WAYS = (
    "SELECT read_events('of@{o}')::text",
    "SELECT ask_to_read_events('of@{o}'); SELECT read_events('of@{o}')::text",
    "SELECT ask_to_read_follow_ups('{o}'); SELECT read_follow_ups('{o}')::text",
    "SELECT log_reading('{o}', 'of@{o}', 'session')",
    "SELECT use_reading('{o}', 'of@{o}', 'session')",
    "SELECT take_away('sessions', 'id', 'of@{o}')",
    "SELECT take_away('sessions', 'case_name', 'Child {o}')",
    "SELECT take_away('events', 'session', 'of@{o}')",
    "SELECT take_away('follow_ups', 'id', 'a@{o}/1')",
    "SELECT take_away('drafts', 'session', 'of@{o}')",
    "SELECT take_away('stand_ins', 'case_name', 'Child {o}', 'Northside')",
    "SELECT take_away('accounts', 'login', '{o}')",
    "SELECT take_away('sessions; DROP TABLE events', 'id', 'x')",
    "SELECT take_away('sessions', 'id = id OR id', 'x')",
    "INSERT INTO sessions VALUES ('of@{o}', '{o}', 'x', 'scenario', 'x', '2026-03-02T10:00:00') ON CONFLICT (id) "
    "DO UPDATE SET owner = session_user",
    "INSERT INTO events VALUES ('of@{o}', 99, 'answered', '{{}}')",
    "INSERT INTO drafts VALUES ('of@{o}', 'x') ON CONFLICT (session) DO UPDATE SET words = 'x'",
    "INSERT INTO accounts VALUES ('{me}', 'supervisor')",
    "UPDATE accounts SET supervisor = '{me}' WHERE login = '{o}'",
    "UPDATE sessions SET owner = session_user WHERE owner = '{o}'",
    "UPDATE sessions SET binned_at = '2026-03-02T10:00:00' WHERE owner = '{o}'",
    "CREATE OR REPLACE FUNCTION my_role() RETURNS text LANGUAGE sql AS $$ SELECT 'manager' $$",
    "CREATE OR REPLACE FUNCTION i_supervise(text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "ALTER FUNCTION i_supervise(text) SECURITY INVOKER",
    "SET search_path = pg_temp, public; CREATE FUNCTION pg_temp.i_supervise(text) RETURNS boolean LANGUAGE sql AS "
    "'SELECT true'; SELECT read_follow_ups('{o}')::text",
    "CREATE TEMP TABLE accounts AS SELECT '{me}'::text AS login, 'supervisor'::text AS role, ''::text AS supervisor; "
    "SELECT ask_to_read_events('of@{o}'); SELECT read_events('of@{o}')::text",
    "CREATE SCHEMA {me}; CREATE TABLE {me}.sessions (id text)",
    "GRANT {o} TO {me}",
    "ALTER ROLE {o} PASSWORD 'x'",
    "ALTER ROLE {me} SUPERUSER",
    "ALTER ROLE {me} BYPASSRLS",
    "CREATE ROLE another SUPERUSER",
    "REASSIGN OWNED BY {o} TO {me}",
    "DROP OWNED BY {o} CASCADE",
    "SELECT query FROM pg_stat_activity WHERE usename <> session_user",
    "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename = '{o}'",
    "SELECT rolpassword FROM pg_authid",
    "SELECT pg_ls_dir('.')",
    "SELECT pg_read_file('/etc/passwd')",
    "ALTER SYSTEM SET log_statement = 'all'",
    "LOAD 'auto_explain'",
    "CREATE EXTENSION dblink",
    "CREATE EXTENSION file_fdw",
)
_ALWAYS_REFUSED = ("LOCK TABLE", "COPY ", "pg_read", "lo_import", "pg_ls_dir", "ALTER SYSTEM", "LOAD ", "pg_authid")
_COLUMN = {"sessions": "case_name", "events": "body", "drafts": "words", "follow_ups": "body", "stand_ins": "stand_in"}
_COLUMN |= {"accounts": "login", "access_log": "what", "readings_used": "log"}


def roles() -> Trial:
    trial = Trial(
        "Nobody reads, changes or locks another's in SQL", f"as {len(_ROLES) + 1} people of a team's database"
    )
    with a_server() as server:
        _made(server)
        for person in (*_ROLES, "stranger"):
            before = _state(server, person)
            for statement in _statements(person):
                trial.tries += 1
                _try(trial, server, person, statement)
            trial.expect(_state(server, person) == before, f"{person}: something of another's changed")
    return trial


def _statements(person: str) -> Iterator[str]:
    others = [one for one in _KEEPS if one not in _MAY_READ.get(person, ())]
    for shape, table in product((*_READING, *_CHANGING, *_LOCKING), _TABLES):
        yield shape.format(t=table, c=_COLUMN[table], o=others[0], me=person)
    for shape, other in product(_BY_OUR_OWN_WAYS, others):
        yield shape.format(o=other, me=person)


def _try(trial: Trial, server: str, person: str, statement: str) -> None:
    back: list[str] = []
    done = False
    try:
        with psycopg.connect(_address(server, person), autocommit=True) as connection:
            connection.add_notice_handler(lambda notice: back.append(str(notice.message_primary)))
            connection.execute("SET statement_timeout = '20s'")
            cursor = connection.execute(statement.encode())
            while True:
                back += map(str, cursor.fetchall() if cursor.description else ())
                if not cursor.nextset():
                    break
            done = True
            connection.execute("ROLLBACK")
    except psycopg.Error as error:
        back.append(str(error))
    said = " ".join(back)
    for other in _KEEPS:
        may = other in _MAY_READ.get(person, ())
        trial.expect(may or _mark(other) not in said, f"{person} read {other}'s words: {statement}")
    refused = not any(word in statement for word in _ALWAYS_REFUSED)
    trial.expect(refused or not done, f"{person} was not refused: {statement}")


def _made(server: str) -> None:
    """A team whose people have kept something, one of whom has left."""
    _as_owner(server, "postgres", *(f"CREATE ROLE {one} LOGIN" for one in (*_ROLES, "stranger")))
    _as_owner(server, "postgres", "CREATE DATABASE reflect")
    owner = server.format(login="postgres", name="reflect")
    prepare(owner)
    for person, role in _ROLES.items():
        add_account(owner, person, role, supervisor="sam" if person == "pat" else None)
    for person in _KEEPS:
        _kept(server, person)
    _as_owner(server, "reflect", "DELETE FROM accounts WHERE login = 'lee'", "REVOKE reflect_user FROM lee")
    _as_owner(server, "reflect", "ANALYZE")


def _kept(server: str, person: str) -> None:
    store = Store(TeamDatabase(_address(server, person)))
    session, mark = f"of@{person}", _mark(person)
    journey = "scenario" if person == "terry" else "supervision"
    begun = e.Started(at=_START, session=session, journey=journey, case=f"{mark} Child {person}", minutes=30)
    store.append(session, 0, begun)
    asked = e.Asked(at=_START, question="q/1", theme="opening", stage="opening", text=mark, because="first")
    store.append(session, 1, asked)
    for position in range(2, 12):
        store.append(session, position, e.Answered(at=_START, question="q/1", text=f"{mark} {position}"))
    store.save_draft(session, mark)
    if person != "terry":
        store.save_follow_up(FollowUp(f"a@{person}/1", "action", mark, None, "open", _START, f'{{"who": "{mark}"}}'))
    store.remember_stand_in(f"Child {person}", "Northside", mark)
    store.close()


def _state(server: str, person: str) -> str:
    """A digest of everything that is not this person's."""
    of_others = dict.fromkeys(_OWNED, f"owner <> '{person}'")
    of_others |= dict.fromkeys(("events", "drafts"), f"session <> 'of@{person}'")
    of_others |= {"accounts": "true"}
    digest = hashlib.sha256()
    with psycopg.connect(server.format(login="postgres", name="reflect"), autocommit=True) as owner:
        for table, which in of_others.items():
            rows = owner.execute(f"SELECT t::text FROM {table} t WHERE {which} ORDER BY 1".encode()).fetchall()
            digest.update(repr(rows).encode())
        rules = "SELECT polname, polrelid::regclass::text, pg_get_expr(polqual, polrelid) FROM pg_policy ORDER BY 1, 2"
        code = "SELECT proname, prosrc, proconfig::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        logins = "SELECT rolname, rolsuper, rolbypassrls, rolpassword FROM pg_authid ORDER BY 1"
        for statement in (rules, f"{code} ORDER BY 1", logins):
            digest.update(repr(owner.execute(statement).fetchall()).encode())
    return digest.hexdigest()


def _as_owner(server: str, database: str, *statements: str) -> None:
    with psycopg.connect(server.format(login="postgres", name=database), autocommit=True) as owner:
        for statement in statements:
            owner.execute(statement.encode())


def _address(server: str, person: str) -> str:
    return server.format(login=person, name="reflect")


def _mark(person: str) -> str:
    return f"words-of-{person}"
