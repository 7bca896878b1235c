from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant import cli
from assistant.errors import ReflectError
from assistant.followup.actions import Action
from assistant.followup.escalations import Escalation
from assistant.retrieval.results import SearchResult
from assistant.store.store import FollowUp
from assistant.workspace.workspace import Workspace
from tests.commands.running import Reflect

PASSPHRASE = "four ordinary test words"
"""What the file of every test's own folder holds."""
ANSWERS = {
    "action": "Health visitor: monitor weight by 2 January 2026\nSchool will ring mum",
    "decision": "Visit dad at work, because nobody has met him",
    "escalation": "The referral was closed without a visit",
}


def quiet(words: str) -> SearchResult:
    return SearchResult(query=words, nothing_bears=True, hits=())


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one finished supervision session of Child A and one unfinished self-review of Child B."""
    folder = tmp_path_factory.mktemp("kept")
    workspace = Workspace(folder, search=quiet, new_id=lambda: "first")
    workspace.opening.set_passphrase(PASSPHRASE)
    session = workspace.begin("supervision", case="Child A", minutes=15)
    session.go_on()
    while (turn := session.state.current) and session.state.finished is None:
        session.answer(ANSWERS.get(turn.asked.keeps or "", "words about it"))
    workspace.save_record(session)
    raised = Escalation(
        id="first/escalation",
        case="Child A",
        session="first",
        raised=session.state.started.at,
        disputed=ANSWERS["escalation"],
    )
    workspace.follow_ups.save_escalation(raised)
    workspace.opening.lock()
    other = Workspace(folder, search=quiet, new_id=lambda: "second")
    other.opening.unlock(PASSPHRASE)
    left = other.begin("self-review", case="Child B", minutes=10)
    left.write_note("I felt sick\nI was frightened of him")
    other.opening.lock()
    return folder


@pytest.fixture
def home(kept: Path, a_folder_of_its_own: Path) -> Path:
    """A copy of it that the command finds."""
    shutil.copytree(kept, a_folder_of_its_own, dirs_exist_ok=True)
    return a_folder_of_its_own


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(cli.reflect, list(words), input=typed, catch_exceptions=True)


def test_sessions_are_listed_shown_and_noted_in_the_record(home: Path):
    listed = run("record", "list").output.splitlines()
    assert [line.split()[0] for line in listed] == ["second", "first"]
    assert "(not finished)" in listed[0]
    (one,) = [json.loads(line) for line in run("record", "list", "--case", "Child A", "--json").output.splitlines()]
    assert (one["id"], one["journey"]) == ("first", "supervision") and one["finished"]
    assert run("record", "list", "--case", "Child Z").output == "Nothing is kept of a case of that name.\n"
    assert "> Visit dad at work, because nobody has met him" in run("record", "show", "first").output
    assert run("record", "show", "first", "--as", "plan").output.startswith("# Plan: Child A")


def test_the_private_note_is_handed_over_line_by_line_only(home: Path):
    assert run("record", "note", "second").output == "1  I felt sick\n2  I was frightened of him\n"
    assert "frightened" not in run("record", "show", "second").output
    chosen = run("record", "show", "second", "--note-line", "2").output
    assert "frightened" in chosen and "sick" not in chosen


def test_a_session_is_exported_and_a_file_that_is_there_is_not_replaced(home: Path, tmp_path: Path):
    for form in ("docx", "pdf", "html", "md", "json", "ics"):
        done = run("record", "export", "first", "--format", form, "--output", str(tmp_path))
        assert done.exit_code == 0, done.exception
        assert "contains information about a child and is not encrypted" in done.output
    assert len(list(tmp_path.iterdir())) == 6
    again = ("record", "export", "first", "--format", "md", "--output", str(tmp_path))
    assert isinstance(run(*again).exception, ReflectError)
    assert run(*again, "--replace").exit_code == 0


def test_a_session_is_deleted_with_its_backups(home: Path):
    run("backup")
    assert run("record", "delete", "first", typed="n\n").exit_code != 0
    said = run("record", "delete", "first", "--yes").output
    assert ": 1 session, 3 follow-ups, " in said and "Child A" not in said
    assert run("escalations", "list", "--all").output == ""
    assert len(list((home / "store" / "backups").iterdir())) == 1
    assert "first" not in run("record", "list").output
    assert run("actions", "list", "--all").output == ""


def test_a_case_is_forgotten_with_a_receipt_that_names_nothing(home: Path, tmp_path: Path):
    receipt = tmp_path / "receipt.txt"
    said = run("forget", "Child A", "--yes", "--receipt", str(receipt)).output
    assert said.startswith("Deleted on ") and "Child" not in said
    assert receipt.read_text(encoding="utf-8") == said
    assert "1 session, 3 follow-ups, " in said
    assert receipt.stat().st_mode & 0o077 == 0
    assert isinstance(run("forget", "Child A", "--yes").exception, ReflectError)


def test_a_receipt_goes_over_no_other_file_and_then_nothing_is_deleted(home: Path, tmp_path: Path):
    precious = tmp_path / "precious.txt"
    precious.write_text("precious", encoding="utf-8")
    refused = run("forget", "Child A", "--yes", "--receipt", str(precious))
    assert "already a file" in str(refused.exception) and precious.read_text(encoding="utf-8") == "precious"
    assert len(run("record", "list").output.splitlines()) == 2


def test_a_case_of_which_only_an_escalation_is_left_can_be_forgotten(home: Path):
    workspace = Workspace(home, search=quiet)
    workspace.opening.unlock(PASSPHRASE)
    workspace.follow_ups.save_escalation(
        Escalation(id="x", case="Child C", raised=workspace.now(), disputed="no visit")
    )
    workspace.opening.lock()
    assert ": 1 follow-up. " in run("forget", "Child C", "--yes").output.replace(", 2 backups", "").replace(
        ", 1 backup", ""
    )


def test_a_backup_brings_back_what_was_there(home: Path):
    run("backup")
    assert len(run("restore", "--list").output.splitlines()) == 2
    run("record", "delete", "first", "--yes")
    run("backup")
    assert run("restore", "--yes").exit_code == 0
    assert "first" not in run("record", "list").output


def test_actions_are_listed_checked_and_completed(home: Path):
    first, second = run("actions", "list").output.splitlines()
    assert first.startswith("first/01  Child A: Health visitor: monitor weight") and first.endswith("(open)")
    assert "There is no date." in run("actions", "check").output, "no day that is past at birth"
    run("actions", "set", "first/01", "--by", "2 January 2026")
    checked = run("actions", "check").output
    assert "“monitor”: Who will see or hear what" in checked
    assert "2 January 2026 has passed" in checked
    changed = run(
        "actions", "set", "first/01", "--by", "12 March 2031", "--status", "done", "--difference", "she grows"
    )
    assert changed.output.strip().endswith("by 12 Mar 2031 (done)")
    assert [line.split()[0] for line in run("actions", "list").output.splitlines()] == ["first/02"]
    assert second.split()[0] == "first/02"
    assert run("actions", "set", "first/02", "--by", "whenever").exit_code == 2


def test_what_is_late_is_listed(home: Path):
    run("actions", "set", "first/01", "--by", "2 January 2026")
    assert "02 Jan 2026  action     Child A: Health visitor: monitor weight" in run("due").output
    run("actions", "set", "first/01", "--status", "done")
    run("escalations", "set", "first/escalation", "--closed")
    assert run("due").output == "Nothing is late.\n"


def test_an_escalation_climbs_and_becomes_a_letter(home: Path):
    line, _ = run("escalations", "list").output.splitlines()
    assert "The referral was closed without a visit" in line
    run(
        "escalations",
        "set",
        "first/escalation",
        "--outcome-sought",
        "A visit this week",
        "--agencies",
        "Health, housing",
    )
    assert "Next: Line managers" in run("escalations", "step", "first/escalation", "--rung", "Worker to worker").output
    letter = run("record", "show", "first", "--as", "escalation").output
    assert "> A visit this week" in letter and "Worker to worker" in letter
    assert isinstance(run("escalations", "step", "first/escalation", "--rung", "Nobody").exception, ReflectError)
    run("escalations", "step", "first/escalation", "--response", "They will visit", "--agreed")
    assert run("escalations", "list").output == ""


def test_what_an_escalation_lacks_is_named_until_it_is_said(home: Path):
    assert "Still to add: the child's risk if it is not settled" in run("escalations", "list").output
    record = run("record", "show", "first").output
    assert "- **Still to add:** the child's risk" in record and "reflect escalations" not in record
    told = run("escalations", "set", "first/escalation", "--rung", "3", "--who", "Head of housing").output
    assert "how the child is kept safe meanwhile" in told and "the step" not in told and "who" not in told
    fields = ("disputed", "child-risk", "evidence", "source", "outcome-sought", "interim-plan")
    rest = [part for field in fields for part in (f"--{field}", f"what {field} is")]
    assert run("escalations", "set", "first/escalation", "--deadline", "1 May 2031", *rest).output == ""
    assert "to Service managers by 01 May 2031, 17:00" in run("escalations", "list").output
    letter = run("record", "show", "first", "--as", "escalation").output
    assert "To be completed" not in letter and "- **To:** Head of housing" in letter
    assert "Still to add" not in run("record", "show", "first").output


def test_sessions_kept_longer_than_the_policy_says_are_due(home: Path):
    assert run("record", "due").output == ""
    policy = home / "prompts" / "retention.yaml"
    policy.parent.mkdir()
    policy.write_text("note: Ours\ndays:\n  supervision: 1\n", encoding="utf-8")
    assert run("record", "due").output == ""
    workspace = Workspace(home, clock=lambda: datetime.now(UTC) + timedelta(days=2))
    assert [kept.session for kept in workspace.deletion.due()] == ["first"]


def test_progress_counts_and_grades_nobody(home: Path):
    said = run("progress").output
    assert said.startswith("2 sessions. 0 of 2 actions done; ")
    assert "Never talked about: " in said


def test_one_row_that_cannot_be_read_stops_no_list_and_no_word_of_it_is_shown(home: Path):
    workspace = Workspace(home)
    workspace.opening.unlock(PASSPHRASE)
    for kind in ("action", "escalation", "chronology", "genogram"):
        odd = FollowUp(f"odd/{kind}", kind, "Child A", None, "open", workspace.now(), '{"text": "Oswin next door"}')
        workspace.store.save_follow_up(odd)
    with workspace.store._backing.writing() as connection:
        connection.change("INSERT INTO events VALUES ('second', 99, 'answered', :body)", body='{"text": "Oswin"}')
    workspace.opening.lock()
    for words in (
        ("due",),
        ("progress",),
        ("actions", "list", "--all"),
        ("escalations", "list"),
        ("chronology", "list", "Child A"),
        ("genogram", "list", "Child A"),
        ("record", "list"),
    ):
        done = run(*words)
        assert done.exit_code == 0, (words, done.exception)
        assert "Oswin" not in done.output
    assert "1 of the sessions cannot be read" in run("progress").output
    talk = ("talk", "supervision", "--json", "--case", "Child A")
    again = Reflect(home)(*talk, typed="finish\n", REFLECT_PASSPHRASE_FILE=str(home / "passphrase"))
    assert (again.returncode, "Oswin" in again.stdout + again.stderr) == (0, False)


def test_no_line_of_what_somebody_wrote_passes_for_a_row_of_its_own(home: Path):
    workspace = Workspace(home)
    workspace.opening.unlock(PASSPHRASE)
    forged = "Child A\nforged  01 Jan 2026  supervision  Child Z\u2028forged again"
    action = Action(id="odd/1", case=forged, agreed=date(2026, 1, 2), text=f"ring dad\n{forged}", by=date(2026, 1, 3))
    workspace.follow_ups.save_action(action)
    with workspace.store._backing.writing() as connection:
        connection.change(
            "INSERT INTO sessions (id, owner, case_name, journey, role, started_at) "
            "SELECT 'odd' || char(10) || 'forged', owner, :case, journey, role, '9999-12-31T10:00:00+00:00' "
            "FROM sessions WHERE id = 'first'",
            case=forged,
        )
    workspace.opening.lock()
    for words in (("record", "list"), ("due",), ("actions", "list", "--all"), ("actions", "list")):
        lines = run(*words).output.splitlines()
        assert any("Child Z" in line for line in lines), words
        assert not [line for line in lines if line.startswith("forged")], words


def test_no_row_of_a_teams_lists_is_forged_either(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("REFLECT_DATABASE_URL", "postgresql://pat@/reflect")
    monkeypatch.setattr("assistant.store.postgres.readers", lambda _: [("2026-03-02 10:00", "sam", "events a\nforged")])
    monkeypatch.setattr("assistant.store.postgres.counts", lambda _: [("talk\nforged", "2026-03", 1, 1)])
    for words in (("team", "readers"), ("team", "counts")):
        (line,) = run(*words).output.splitlines()
        assert "forged" in line


def test_words_of_a_case_are_taken_from_standard_input_where_no_shell_keeps_them(home: Path):
    typed = "Mum moved out\nschool\n"
    done = run("chronology", "add", "Child A", "--event", "-", "--when", "1 March 2026", "--source", "-", typed=typed)
    assert done.exit_code == 0, done.output
    assert "Mum moved out [school]" in run("chronology", "list", "Child A").output
    nothing = run("chronology", "add", "Child A", "--event", "-", "--when", "1 March 2026")
    assert nothing.exit_code == 2 and "Nothing was given on standard input for: What happened" in nothing.output


def test_a_process_with_nobody_to_ask_says_what_to_set(reflect: Reflect):
    done = reflect.as_a_process("record", "list", REFLECT_PASSPHRASE_FILE="")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1 and "REFLECT_PASSPHRASE_FILE" in done.stderr


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits at a terminal, and nothing else knows the passphrase."""
    monkeypatch.delenv("REFLECT_PASSPHRASE_FILE")
    monkeypatch.setattr("assistant.commands.unlocked.somebody_there", lambda: True)
    monkeypatch.setattr("assistant.commands.passphrase.somebody_there", lambda: True)
    monkeypatch.setattr("time.sleep", lambda _: None)


@pytest.mark.usefixtures("terminal")
def test_the_first_use_at_a_terminal_asks_for_a_passphrase_twice_and_says_that_it_cannot_be_recovered():
    words = "blue kettle winter moss"
    first = run("record", "list", typed=f"short\n{words}\nnot the same\n{words}\n{words}\nn\n")
    assert first.exit_code == 0, first.exception
    for said in ("Nobody can recover it", "at least 8 characters", "match", "keyring"):
        assert said in first.output
    assert words not in first.output
    assert run("record", "list", typed=f"wrong words here\n{words}\n").exit_code == 0
    assert "does not open the records" in str(run("record", "list", typed="wrong words here\n" * 3).exception)


@pytest.mark.usefixtures("terminal")
def test_a_passphrase_is_changed_at_a_terminal():
    old, new = "four ordinary words", "five other ordinary words"
    run("record", "list", typed=f"{old}\n{old}\nn\n")
    assert run("passphrase", typed=f"{old}\n{new}\n{new}\n").exit_code == 0
    assert run("record", "list", typed=f"{new}\n").exit_code == 0


def test_a_team_database_that_is_not_named_is_one_sentence():
    for words in (("team", "init"), ("team", "counts"), ("team", "add", "pat", "--role", "manager")):
        assert "REFLECT_DATABASE_URL" in str(run(*words).exception)
