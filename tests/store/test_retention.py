"""How long sessions are kept, to the day, and what a receipt says of those that were deleted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import DataFileError
from assistant.store.retention import Receipt, Retention, due_for_deletion, read_retention
from assistant.store.store import Kept
from assistant.store.where_kept import HERE, WITH_A_TEAM

NOW = datetime(2026, 3, 2, 10, 5, tzinfo=UTC)
POLICY = Retention(note="Ours.", days={"supervision": 30, "scenario": 5})


def kept(name: str, days: int, *, journey: str = "supervision", lasted: int | None = 0) -> Kept:
    """A session begun so many days ago, and finished so many later."""
    started = NOW - timedelta(days=days)
    finished = None if lasted is None else started + timedelta(days=lasted)
    return Kept(name, "pat", True, "Child A", journey, "supervisor", started, finished)


def test_a_session_is_due_the_day_after_its_policy_ends_and_not_on_it() -> None:
    assert [one.session for one in due_for_deletion([kept("on", 30), kept("after", 31)], POLICY, NOW)] == ["after"]


def test_the_days_count_from_when_it_was_finished_or_else_begun() -> None:
    sessions = [kept("finished late", 40, lasted=20), kept("finished", 40, lasted=9), kept("never", 31, lasted=None)]
    assert [one.session for one in due_for_deletion(sessions, POLICY, NOW)] == ["finished", "never"]


def test_each_journey_has_its_own_days_and_one_without_is_never_due() -> None:
    sessions = [kept("scenario", 6, journey="scenario"), kept("own", 9_000, journey="our-own"), kept("newer", 6)]
    assert [one.session for one in due_for_deletion(sessions, POLICY, NOW)] == ["scenario"]


@pytest.mark.parametrize("days", [30, 10**12])
def test_a_session_of_any_day_that_a_clock_once_said_stops_no_list(days: int) -> None:
    ends = [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)]
    first, last = (Kept(str(at.year), "pat", True, "Child A", "supervision", "supervisor", at, None) for at in ends)
    policy = Retention(note="Ours.", days={"supervision": days})
    assert due_for_deletion([first, last], policy, NOW) == ([first] if days == 30 else [])
    assert due_for_deletion([first, last], policy, ends[0]) == []


def test_the_oldest_comes_first() -> None:
    sessions = [kept("b", 50), kept("a", 90), kept("c", 40)]
    assert [one.session for one in due_for_deletion(sessions, POLICY, NOW)] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("deleted", "said"),
    [
        ({}, "nothing"),
        ({"sessions": 0, "actions": 0}, "nothing"),
        ({"sessions": 1}, "1 session"),
        ({"sessions": 2, "actions": 0, "escalations": 1}, "2 sessions, 1 escalation"),
        ({"readings of records": 1}, "1 reading of records"),
        ({"readings of records": 3}, "3 readings of records"),
    ],
)
def test_a_receipt_counts_what_was_deleted_and_names_nothing(deleted: dict[str, int], said: str) -> None:
    assert str(Receipt(NOW, deleted)) == (
        f"Deleted on 2 March 2026, 10:05: {said}. {HERE.deleted} "
        "Files saved elsewhere, and stores that were set aside, are not reached from here."
    )
    assert WITH_A_TEAM.deleted in str(Receipt(NOW, deleted, WITH_A_TEAM))


def test_a_policy_of_ones_own_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    assert read_retention(tmp_path).days["supervision"] == 2555
    own = tmp_path / "prompts" / "retention.yaml"
    own.parent.mkdir()
    own.write_text("note: Ours.\ndays:\n  supervision: 30\n", encoding="utf-8")
    assert read_retention(tmp_path) == Retention(note="Ours.", days={"supervision": 30})
    own.write_text("note: Ours.\ndays:\n  supervision: 0\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"retention\.yaml:3"):
        read_retention(tmp_path)
