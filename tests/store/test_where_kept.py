"""What a screen or a line says of where things are kept is true of the store in use."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.resources import PACKAGE
from assistant.store.retention import Receipt
from assistant.store.where_kept import HERE, SERVED, WITH_A_TEAM, no_files_here, where_kept

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
TEAM = {"REFLECT_DATABASE_URL": "postgresql://pat@db.example.org/reflect"}


def test_a_team_is_told_who_can_read_and_never_that_it_is_encrypted_or_stays_here():
    assert (where_kept({}), where_kept(TEAM)) == (HERE, WITH_A_TEAM)
    for said in (WITH_A_TEAM.everything, WITH_A_TEAM.record):
        assert "Whoever owns it can read it." in said
    for said in vars(WITH_A_TEAM).values():
        assert "encrypted" not in said and "this computer" not in said and "rewritten" not in said


def test_what_was_deleted_from_a_team_s_database_may_still_be_in_its_backups():
    receipt = str(Receipt(AT, {"sessions": 1}, WITH_A_TEAM))
    assert "its own backups and logs may still hold them" in receipt and "rewritten" not in receipt
    assert "rewritten without them" in str(Receipt(AT, {"sessions": 1}))


@pytest.mark.parametrize("promise", ["stays on this computer", "kept here, encrypted", "computer, encrypted"])
def test_no_face_makes_a_promise_of_its_own(promise: str):
    """The welcome is seen only where a passphrase is chosen for a file of one's own."""
    made = {path.name for path in Path(PACKAGE).rglob("*.py") if promise in path.read_text(encoding="utf-8")}
    assert made <= {"where_kept.py", "welcome.py"}


def test_a_tab_that_other_computers_open_says_whose_computer_keeps_it():
    assert where_kept({"REFLECT_SERVED": "1"}) is SERVED
    assert where_kept({"REFLECT_SERVED": "1", **TEAM}) is WITH_A_TEAM
    assert where_kept({"REFLECT_SERVED": ""}) is HERE


def test_where_several_people_use_a_computer_no_file_is_written_for_any_of_them():
    assert no_files_here({}) == no_files_here({"REFLECT_SIGN_IN": ""}) == ""
    assert no_files_here({"REFLECT_SIGN_IN": "1"}) == (
        "Other people use the computer that this page comes from, and could open the file. Copy the words instead, or "
        "do it in Reflect on your own computer."
    )
