"""How the store's own backups are named, which is newer, and which are let go; their content is nobody's here."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from assistant.store.backups import KEPT, Backups, backed_up_at, believable, changes_in

NOON = datetime(2026, 3, 2, 12, 4, 5)


@pytest.fixture
def backups(tmp_path: Path) -> Backups:
    return Backups(tmp_path)


def made(backups: Backups, *names: str) -> list[Path]:
    paths = [backups.folder / name for name in names]
    for path in paths:
        path.write_bytes(b"")
    return paths


def names(backups: Backups) -> list[str]:
    return [path.name for path in backups.all()]


def test_a_backup_is_named_by_its_changes_and_the_clock_and_goes_over_no_other(backups):
    first = backups.place(7, NOON)
    assert first.name == "reflect-0000000007-20260302-120405.db"
    assert first.parent == backups.folder
    first.write_bytes(b"")
    second = backups.place(7, NOON)
    assert second.name == "reflect-0000000007-20260302-120405-2.db"
    second.write_bytes(b"")
    assert backups.place(7, NOON).name == "reflect-0000000007-20260302-120405-3.db"
    assert changes_in(second) == 7
    assert backed_up_at(second) == NOON


def test_the_newest_is_the_one_after_the_most_changes_then_by_its_name(backups):
    made(
        backups,
        "reflect-20270101-000000.db",
        "reflect-0000000002-20260101-000000.db",
        "reflect-0000000010-20250101-000000.db",
        "reflect-0000000002-20260102-000000.db",
        "reflect-9999999999-20260103-000000.db",
    )
    assert names(backups) == [
        "reflect-0000000010-20250101-000000.db",
        "reflect-0000000002-20260102-000000.db",
        "reflect-0000000002-20260101-000000.db",
        "reflect-20270101-000000.db",
        "reflect-9999999999-20260103-000000.db",  # no store changes so often: it goes by its day
    ]


@pytest.mark.parametrize(
    "other", ["reflect.db", "reflect-mine.db", "reflect-0000000002-20260101-000000.txt", "my-20260101-000000.db"]
)
def test_a_file_of_another_name_is_no_backup_of_ours_and_stays(backups, other):
    (path,) = made(backups, other)
    assert names(backups) == []
    assert backups.keep_only(backups.folder / "reflect-20260101-000000.db") == 0
    assert path.exists()


def test_what_is_no_backup_of_ours_was_made_at_no_time():
    with pytest.raises(ValueError, match=r"^reflect-mine\.db is no backup of the store's own$"):
        backed_up_at(Path("reflect-mine.db"))


def test_whether_one_was_made_today_is_what_the_newest_says(backups):
    assert not backups.made_on(NOON)
    made(backups, "reflect-0000000001-20260302-000000.db")
    assert backups.made_on(NOON)
    made(backups, "reflect-0000000002-20260301-235959.db")
    assert not backups.made_on(NOON)


def test_the_last_fourteen_stay_and_the_one_just_made_whatever_its_changes(backups):
    paths = made(backups, *(f"reflect-{number:010d}-20260302-000000.db" for number in range(2, KEPT + 4)))
    (just_made,) = made(backups, "reflect-0000000001-20260302-000000.db")
    backups.prune(just_made)
    assert KEPT == 14
    assert sorted(backups.all()) == [just_made, *paths[-(KEPT - 1) :]]


def test_a_backup_that_somebody_else_has_taken_away_meanwhile_stops_nothing(backups, monkeypatch):
    paths = made(backups, *(f"reflect-{number:010d}-20260302-000000.db" for number in range(1, KEPT + 3)))
    listed = backups.all()
    monkeypatch.setattr(backups, "all", lambda: listed)
    paths[0].unlink()
    backups.prune(paths[-1])
    paths[1].unlink(missing_ok=True)
    assert backups.keep_only(paths[-1]) == len(paths) - 1
    assert [path for path in paths if path.exists()] == [paths[-1]]


@pytest.mark.parametrize(
    ("counted", "believed"), [(0, 0), (1, 1), (1_000_000_000, 1_000_000_000), (1_000_000_001, 0), (-1, 0)]
)
def test_a_count_that_nobody_can_have_made_counts_nothing(counted, believed):
    assert believable(counted) == believed
