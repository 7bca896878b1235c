from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from assistant.conversation import events as e
from assistant.store.postgres import MOST_AT_ONCE, TeamDatabase, add_account, counts, prepare, readers
from assistant.store.retention import due_for_deletion, read_retention
from assistant.store.store import FollowUp, Store
from assistant.store.store_errors import StoreError
from assistant.store.unlocking import Unlocking
from assistant.workspace.workspace import Workspace
from tests.stores import PEOPLE, START, answered, asked, keep, started

NOTE = e.NoteWritten(at=START, text="I felt out of my depth")
TABLES = ("sessions", "events", "drafts", "follow_ups", "stand_ins", "accounts", "access_log")


@pytest.fixture
def sign_in(team: Callable[[str], str], open_file: Callable[..., Unlocking]) -> Iterator[Callable[[str], Store]]:
    """Open the program's store as one of the people; the practitioners and the trainer have kept something already."""
    opened: list[Unlocking] = []

    def store(person: str) -> Store:
        opened.append(open_file(REFLECT_DATABASE_URL=team(person)))
        return opened[-1].store()

    for person in ("pat", "quinn"):
        keep(store(person), started(f"of@{person}", case=f"Child {person}"), asked(), answered("asleep upstairs"), NOTE)
        store(person).save_draft(f"of@{person}", "half a sentence")
        store(person).save_follow_up(FollowUp(f"a@{person}/1", "action", "Child A", None, "open", START, '{"who":"x"}'))
        store(person).remember_stand_in(f"Child {person}", "Northside", "the school")
    keep(store("terry"), started("of@terry", case="Scenario", journey="scenario"), asked(), answered("we would visit"))
    yield store
    for opening in opened:
        opening.lock()


@pytest.fixture
def sql(sign_in: Callable[[str], Store], team: Callable[[str], str]) -> Callable[..., list[tuple[object, ...]]]:
    """Type SQL as one of the people, past the program."""

    def run(person: str, statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(team(person), autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    return run


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        ("pat", {"of@pat"}),
        ("quinn", {"of@quinn"}),
        ("sam", {"of@pat"}),
        ("terry", {"of@terry"}),
        ("max", set()),
    ],
)
def test_each_role_is_shown_what_it_may_see_and_nothing_else(
    sign_in: Callable[[str], Store], sql: Callable[..., list[tuple[object, ...]]], person: str, seen: set[str]
):
    store = sign_in(person)
    assert {kept.session for kept in store.sessions()} == seen
    assert {row[0] for row in sql(person, "SELECT id FROM sessions")} == seen
    for session in {"of@pat", "of@quinn", "of@terry"} - seen:
        with pytest.raises(StoreError, match="no session called"):
            store.events(session)
        assert sql(person, f"SELECT * FROM read_events('{session}')") == []
        assert sql(person, f"SELECT * FROM events WHERE session = '{session}'") == []


def test_a_supervisor_reads_a_supervisees_session_without_its_private_note_and_it_is_logged(
    sign_in: Callable[[str], Store], sql: Callable[..., list[tuple[object, ...]]], team: Callable[[str], str]
):
    read = sign_in("sam").events("of@pat")
    assert [event.kind for event in read] == ["started", "asked", "answered"]
    assert NOTE in sign_in("pat").events("of@pat")
    logged = [("sam", "pat", "of@pat", "session")]
    assert [(reader, what) for _, reader, what in readers(team("pat"))] == [("sam", "session of@pat")]
    assert sql("pat", "SELECT reader, owner, session, what FROM access_log") == logged
    assert sql("quinn", "SELECT * FROM access_log") == []


def test_text_of_another_cannot_be_read_past_the_log(sql: Callable[..., list[tuple[object, ...]]]):
    for table in ("events", "drafts", "follow_ups", "stand_ins"):
        assert sql("sam", f"SELECT * FROM {table}") == []
    with pytest.raises(psycopg.Error, match="ask first"):
        sql("sam", "SELECT kind FROM read_follow_ups('pat')")
    sql("sam", "SELECT ask_to_read_follow_ups('pat')")
    assert sql("sam", "SELECT kind FROM read_follow_ups('pat')") == [("action",)]
    sql("sam", "SELECT ask_to_read_follow_ups('quinn')")
    assert sql("sam", "SELECT * FROM read_follow_ups('quinn')") == []
    assert sql("sam", "SELECT owner, what FROM access_log") == [("pat", "actions and escalations")]


@pytest.mark.parametrize(
    ("ask", "read"),
    [
        ("SELECT ask_to_read_events('of@pat')", "SELECT body FROM read_events('of@pat')"),
        ("SELECT ask_to_read_follow_ups('pat')", "SELECT body FROM read_follow_ups('pat')"),
    ],
)
def test_nobody_reads_and_then_takes_back_that_they_did(
    sql: Callable[..., list[tuple[object, ...]]], team: Callable[[str], str], ask: str, read: str
):
    taken_back = (
        ("BEGIN", read),
        ("BEGIN", ask, read),
        ("BEGIN", "SAVEPOINT a", ask, "RELEASE a", read),
        ("BEGIN", ask, "ROLLBACK", read),
    )
    for statements in taken_back:
        with psycopg.connect(team("sam"), autocommit=True) as sam, pytest.raises(psycopg.Error, match="ask first"):
            for statement in statements:
                sam.execute(statement)
    assert sql("pat", "SELECT * FROM access_log") == []
    sql("sam", ask)
    with psycopg.connect(team("sam"), autocommit=True) as sam:
        sam.execute("BEGIN")
        assert sam.execute(read).fetchall()
        sam.execute("ROLLBACK")
    assert len(sql("pat", "SELECT * FROM access_log")) == 1


def test_each_line_of_the_log_is_good_for_one_reading(sql: Callable[..., list[tuple[object, ...]]]):
    for ask, read in (
        ("SELECT ask_to_read_events('of@pat')", "SELECT body FROM read_events('of@pat')"),
        ("SELECT ask_to_read_follow_ups('pat')", "SELECT body FROM read_follow_ups('pat')"),
    ):
        sql("sam", ask)
        assert sql("sam", read)
        with pytest.raises(psycopg.Error, match="ask first"):
            sql("sam", read)


@pytest.mark.parametrize("person", ["pat", "sam", "terry", "max"])
def test_nobody_can_lock_a_table_against_the_others(sql: Callable[..., list[tuple[object, ...]]], person: str):
    for table in (*TABLES, "readings_used", "alembic_version"):
        for mode in ("ACCESS EXCLUSIVE", "EXCLUSIVE", "SHARE", "SHARE ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                sql(person, f"BEGIN; LOCK TABLE {table} IN {mode} MODE")


def test_one_person_takes_neither_every_connection_nor_the_disk_of_the_server(
    team: Callable[[str], str], sign_in: Callable[[str], Store], sql: Callable[..., list[tuple[object, ...]]]
):
    with ExitStack() as held:
        with pytest.raises(psycopg.OperationalError, match="too many connections for role"):
            for _ in range(MOST_AT_ONCE + 1):
                held.enter_context(psycopg.connect(team("pat")))
        with pytest.raises(StoreError, match="close one and try again"):
            sign_in("pat")
        assert [kept.session for kept in sign_in("quinn").sessions()] == ["of@quinn"]
    prepare(team("postgres"))  # a copy of a database has no privileges of its own
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        sql("pat", "CREATE TEMPORARY TABLE filled AS SELECT repeat('x', 1000) FROM generate_series(1, 10)")


def test_a_temporary_table_stands_in_for_none_of_ours(sql: Callable[..., list[tuple[object, ...]]], server: str):
    with psycopg.connect(server.format(login="postgres", name="reflect"), autocommit=True) as owner:
        paths = owner.execute(
            "SELECT proname, array_to_string(proconfig, ' ') FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        ).fetchall()
    assert len(paths) > 10
    assert [name for name, path in paths if path != "search_path=pg_catalog, public, pg_temp"] == []


def test_what_was_asked_for_is_not_open_for_ever_nor_for_anybody_else(
    sql: Callable[..., list[tuple[object, ...]]], server: str
):
    sql("sam", "SELECT ask_to_read_events('of@pat')")
    for person in ("quinn", "terry", "max"):
        assert sql(person, "SELECT ask_to_read_events('of@pat')") in ([], [(None,)])
        assert sql(person, "SELECT * FROM read_events('of@pat')") == []
    with psycopg.connect(server.format(login="postgres", name="reflect"), autocommit=True) as owner:
        owner.execute("ALTER TABLE access_log DISABLE TRIGGER only_grows")
        owner.execute("UPDATE access_log SET at = at - interval '61 seconds'")
    with pytest.raises(psycopg.Error, match="ask first"):
        sql("sam", "SELECT * FROM read_events('of@pat')")
    assert len(sql("pat", "SELECT * FROM access_log")) == 1


def test_the_first_screen_reads_nothing_of_anybody_else(
    sign_in: Callable[[str], Store],
    team: Callable[[str], str],
    sql: Callable[..., list[tuple[object, ...]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("REFLECT_DATABASE_URL", team("sam"))
    workspace = Workspace(tmp_path)
    assert [kept.mine for kept in workspace.store.sessions()] == [False]
    assert workspace.unfinished() == [] and workspace.follow_ups.due() == []
    workspace.opening.lock()
    assert sql("pat", "SELECT * FROM access_log") == []
    assert [kind for kind, _ in sign_in("sam").follow_ups_of("pat")] == ["action"]
    assert len(sql("pat", "SELECT * FROM access_log")) == 1


def test_reading_ones_own_is_not_logged(sign_in: Callable[[str], Store], sql: Callable[..., list[tuple[object, ...]]]):
    sign_in("pat").events("of@pat")
    assert sql("pat", "SELECT * FROM access_log") == []


def test_a_manager_counts_and_reads_no_word(team: Callable[[str], str], sql: Callable[..., list[tuple[object, ...]]]):
    assert counts(team("max")) == [("scenario", "2026-03", 1, 0), ("supervision", "2026-03", 2, 0)]
    for table in ("sessions", "events", "drafts", "follow_ups", "stand_ins"):
        assert sql("max", f"SELECT * FROM {table}") == []
    assert counts(team("pat")) == []


INTRUSIONS = (
    "UPDATE events SET body = '{}'",
    "DELETE FROM events",
    "UPDATE access_log SET reader = 'nobody'",
    "DELETE FROM access_log",
    "TRUNCATE access_log",
    "INSERT INTO access_log (reader, owner, what) VALUES ('pat', 'quinn', 'session')",
    "UPDATE accounts SET role = 'supervisor'",
    "INSERT INTO accounts VALUES ('pat', 'manager')",
    "UPDATE sessions SET owner = session_user",
    "UPDATE sessions SET case_name = 'x'",
    "INSERT INTO sessions (id, owner, case_name, journey, role, started_at) VALUES ('x', 'quinn', 'x', 'x', 'x', 'x')",
    "INSERT INTO events VALUES ('of@quinn', 99, 'answered', '{}')",
    "INSERT INTO follow_ups VALUES ('x', 'quinn', 'action', 'x', 'x', 'open', 'x', '{}')",
    "INSERT INTO stand_ins VALUES ('quinn', 'x', 'x', 'x')",
    "ALTER TABLE events DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE access_log DISABLE TRIGGER only_grows",
    "SET session_replication_role = replica",
    "SELECT log_reading('quinn', 'of@quinn', 'session')",
    "SELECT setval('access_log_id_seq', 1)",
    "SET row_security = off; SELECT * FROM events",
    "SET row_security = off; TABLE sessions",
    "SELECT * FROM pg_read_file('/etc/passwd')",
    "COPY events TO '/tmp/stolen'",
    "COPY events TO PROGRAM 'cat'",
    "INSERT INTO sessions VALUES ('of@quinn', session_user, 'x', 'scenario', 'x', 'x') "
    "ON CONFLICT (id) DO UPDATE SET finished_at = 'x'",
    "CREATE VIEW mine AS SELECT * FROM events",
    "CREATE OR REPLACE FUNCTION my_role() RETURNS text LANGUAGE sql AS $$ SELECT 'manager' $$",
    "ALTER ROLE quinn PASSWORD 'x'",
    "GRANT quinn TO session_user",
    "DROP POLICY own_read ON events",
    "SET ROLE postgres",
    "SET SESSION AUTHORIZATION quinn",
    "CREATE FUNCTION read_events() RETURNS int LANGUAGE sql AS 'SELECT 1'",
)


@pytest.mark.parametrize("person", ["pat", "sam", "terry", "max"])
def test_what_a_role_may_not_do_the_database_refuses(sql: Callable[..., list[tuple[object, ...]]], person: str):
    done = []
    for statement in INTRUSIONS:
        with suppress(psycopg.Error):
            sql(person, statement)
            done.append(statement)
    assert done == []


@pytest.mark.parametrize("person", ["pat", "sam", "terry", "max"])
def test_nobody_deletes_or_finishes_what_is_anothers(
    sql: Callable[..., list[tuple[object, ...]]], sign_in: Callable[[str], Store], person: str
):
    sql(person, "UPDATE sessions SET finished_at = 'x' WHERE owner = 'quinn'")
    sql(person, "UPDATE follow_ups SET status = 'done' WHERE owner = 'quinn'")
    for what, by, value in (
        ("sessions", "id", "of@quinn"),
        ("sessions", "case_name", "Child quinn"),
        ("follow_ups", "id", "a@quinn/1"),
        ("drafts", "session", "of@quinn"),
        ("stand_ins", "case_name", "Child quinn"),
    ):
        assert sql(person, f"SELECT take_away('{what}', '{by}', '{value}')") == [(0,)]
    sign_in(person).forget_case("Child quinn")
    (kept,) = sign_in("quinn").sessions()
    assert kept.finished is None
    assert sign_in("quinn").draft("of@quinn") == "half a sentence"
    assert len(sign_in("quinn").follow_ups("action")) == 1


def test_an_id_tells_nobody_whether_another_has_it(sql: Callable[..., list[tuple[object, ...]]]):
    """What is refused is refused alike, whether the row is there or not, and nothing else can be asked."""
    session = "INSERT INTO sessions (id, case_name, journey, role, started_at) VALUES ('{}', 'x', 'scenario', 'x', 'x')"
    follow_up = (
        "INSERT INTO follow_ups (id, kind, case_name, session, status, changed_at, body) "
        "VALUES ('{}', 'x', 'x', NULL, 'x', 'x', 'x')"
    )
    event = "INSERT INTO events VALUES ('{}', 99, 'answered', '{{}}')"
    draft = "INSERT INTO drafts VALUES ('{}', 'x')"
    for statement, there, not_there in (
        (session, "of@quinn", "none@quinn"),
        (session, "of@quinn", "of@quinn@pat"),
        (follow_up, "a@quinn/1", "a@quinn/2"),
        (event, "of@quinn", "none@quinn"),
        (draft, "of@quinn", "none@quinn"),
    ):
        for ending in ("", " ON CONFLICT DO NOTHING"):
            said = []
            for id_ in (there, not_there):
                with pytest.raises(psycopg.errors.InsufficientPrivilege) as refused:
                    sql("pat", statement.format(id_) + ending)
                said.append(str(refused.value))
            assert said[0] == said[1]


def test_a_login_that_ends_like_another_s_id_cannot_ask_for_it(
    sign_in: Callable[[str], Store],
    sql: Callable[..., list[tuple[object, ...]]],
    server: str,
    team: Callable[[str], str],
):
    owner = server.format(login="postgres", name="reflect")
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute('DROP ROLE IF EXISTS "pat@example.org"; CREATE ROLE "pat@example.org" LOGIN')
    add_account(owner, "pat@example.org", "practitioner")
    email = Store(TeamDatabase(make_url(team("pat")).set(username="pat@example.org").render_as_string()))
    assert email.mark == "@pat@example.org"
    keep(email, started(f"s1{email.mark}"), asked())
    email.save_follow_up(FollowUp(f"s1{email.mark}/1", "action", "Child A", None, "open", START, "{}"))
    assert len(email.sessions()) == 1
    email.close()
    with pytest.raises(StoreError, match="has a stroke in it"):
        add_account(owner, "pat/1", "practitioner")


def test_what_was_begun_before_ids_ended_with_a_name_goes_on(
    sign_in: Callable[[str], Store], sql: Callable[..., list[tuple[object, ...]]], server: str
):
    with psycopg.connect(server.format(login="postgres", name="reflect"), autocommit=True) as owner:
        owner.execute(
            "INSERT INTO sessions (id, owner, case_name, journey, role, started_at) "
            "VALUES ('20260302-100000-3b26', 'pat', 'Child A', 'supervision', 'x', '2026-03-02T10:00:00+00:00')"
        )
    mine = sign_in("pat")
    mine.append("20260302-100000-3b26", 0, asked())
    for status in ("open", "done"):
        mine.save_follow_up(
            FollowUp("20260302-100000-3b26/01", "action", "Child A", "20260302-100000-3b26", status, START, "{}")
        )
    assert sorted(item.status for item in mine.follow_ups("action")) == ["done", "open"]


def test_two_people_have_a_case_of_the_same_name_with_the_same_family(sign_in: Callable[[str], Store], server: str):
    def member(note: str) -> FollowUp:
        return FollowUp("Child A/family/nan", "genogram", "Child A", None, "kept", START, f'{{"note": "{note}"}}')

    with psycopg.connect(server.format(login="postgres", name="reflect"), autocommit=True) as owner:
        owner.execute(  # as it was kept before ids began with a name
            "INSERT INTO follow_ups (id, owner, kind, case_name, status, changed_at, body) "
            "VALUES ('Child A/family/nan', 'quinn', 'genogram', 'Child A', 'kept', '2026-03-02T10:00:00+00:00', '{}')"
        )
    for person in ("pat", "quinn"):
        for note in ("", person):
            sign_in(person).save_follow_up(member(note))
        assert [item.body for item in sign_in(person).follow_ups("genogram")] == [f'{{"note": "{person}"}}']
    sign_in("quinn").forget_follow_up("Child A/family/nan")
    assert sign_in("quinn").follow_ups("genogram") == []
    assert len(sign_in("pat").follow_ups("genogram")) == 1


@pytest.mark.parametrize(
    "day", ["", "x", "2026-13-45T99:99:00+00:00", "2026-03-02", "2026-03-02T10:00:00", "9999-12-31T23:59:59+00:00"]
)
def test_a_row_that_somebody_wrote_in_sql_cannot_stop_a_supervisors_lists(
    sign_in: Callable[[str], Store], sql: Callable[..., list[tuple[object, ...]]], server: str, tmp_path: Path, day: str
):
    insert = (
        "INSERT INTO sessions (id, owner, case_name, journey, role, started_at, finished_at) "
        f"VALUES ('odd@pat', 'pat', E'\\x1b[2J', 'none-such', 'nobody', '{day}', '{day}')"
    )
    for statement in (insert, insert.replace("odd@pat", "big@pat").replace("nobody", "n" * 101)):
        with suppress(psycopg.errors.CheckViolation):
            sql("pat", statement)
    with psycopg.connect(server.format(login="postgres", name="reflect"), autocommit=True) as owner:
        owner.execute("ALTER TABLE sessions DROP CONSTRAINT of_a_size")  # as of a row that was there before
        with suppress(psycopg.errors.UniqueViolation):
            owner.execute(insert)
    listed = sign_in("sam").sessions()
    assert "of@pat" in {kept.session for kept in listed}
    assert due_for_deletion(listed, read_retention(tmp_path), START) == []
    assert not any("\x1b" in kept.case for kept in listed)


def test_nobody_fills_anothers_memory(sql: Callable[..., list[tuple[object, ...]]]):
    for statement in (
        "INSERT INTO events VALUES ('of@pat', 99, 'answered', repeat('x', 4000001))",
        "UPDATE follow_ups SET body = repeat('x', 4000001)",
        "UPDATE sessions SET finished_at = repeat('2', 4000001)",
    ):
        with pytest.raises(psycopg.errors.CheckViolation):
            sql("pat", statement)


def test_the_log_only_grows_even_for_the_owner_of_the_database(sign_in: Callable[[str], Store], server: str):
    sign_in("sam").events("of@pat")
    for statement in ("DELETE FROM access_log", "UPDATE access_log SET reader = 'x'", "TRUNCATE access_log"):
        owner = psycopg.connect(server.format(login="postgres", name="reflect"), autocommit=True)
        with owner, pytest.raises(psycopg.Error, match="only grows"):
            owner.execute(statement)


def test_a_trainer_keeps_scenarios_only(sign_in: Callable[[str], Store]):
    with pytest.raises(StoreError, match="account may not"):
        keep(sign_in("terry"), started("real@terry", journey="supervision"))


def test_somebody_without_an_account_is_shown_nothing(team: Callable[[str], str], server: str):
    with psycopg.connect(server.format(login="postgres", name="reflect"), autocommit=True) as owner:
        owner.execute("DO $$ BEGIN CREATE ROLE stranger LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
    with psycopg.connect(team("stranger"), autocommit=True) as stranger:
        for table in TABLES:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                stranger.execute(f"SELECT * FROM {table}")


def test_an_account_needs_a_role_in_the_database(server: str, team: Callable[[str], str]):
    with pytest.raises(StoreError, match="could not be added"):
        add_account(server.format(login="postgres", name="reflect"), "nobody_here", "practitioner")
    with pytest.raises(StoreError, match="could not be added"):
        add_account(team("pat"), "quinn", "manager")


def test_a_database_that_is_not_ready_or_not_there_is_one_sentence(server: str, open_file: Callable[..., Unlocking]):
    with pytest.raises(StoreError, match="reflect team init"):
        open_file(REFLECT_DATABASE_URL=server.format(login="postgres", name="postgres")).store()
    with pytest.raises(StoreError, match="no database of that name"):
        open_file(REFLECT_DATABASE_URL=server.format(login="postgres", name="no_such_database")).store()
    for url, sentence in (("mysql://x", "is a PostgreSQL address"), ("nonsense", "cannot be read")):
        with pytest.raises(StoreError, match=sentence):
            open_file(REFLECT_DATABASE_URL=url).store()


def test_every_person_here_has_a_role():
    assert set(PEOPLE.values()) == {"practitioner", "supervisor", "trainer", "manager"}
