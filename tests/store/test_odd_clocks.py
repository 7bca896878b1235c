"""Whatever year a computer's clock says, and whatever lies among the backups, the newest is found and comes back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from assistant.store.backups import KEPT, backed_up_at
from assistant.store.unlocking import Unlocking
from tests.stores import START, Ticking, answered, asked, keep, started

WORDS = "four ordinary test words"
Open = Callable[..., Unlocking]
FIRST, LAST = datetime(1, 1, 1, 0, 0, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 50, tzinfo=UTC)


@pytest.fixture
def opening(open_file: Open) -> Unlocking:
    made = open_file()
    made.set_passphrase(WORDS)
    keep(made.store(), started(), asked(), answered("The baby was asleep upstairs"))
    return made


@pytest.mark.parametrize("now", [FIRST, FIRST.replace(year=999), FIRST.replace(year=1970), LAST])
def test_a_backup_of_any_year_is_the_newest_comes_back_and_takes_its_turn_to_go(
    opening: Unlocking, open_file: Open, now: datetime
):
    opening.lock()
    other = open_file(clock=Ticking(now))
    other.unlock(WORDS)
    other.store().append("s1", 3, answered("and then"))
    made = [other.encrypted_file.backup(other.key(), now) for _ in range(KEPT + 2)]
    assert other.encrypted_file.backups.all() == made[: -KEPT - 1 : -1]
    assert backed_up_at(made[-1]) == now.replace(tzinfo=None)
    other.lock()
    assert other.encrypted_file.restore(WORDS, other.encrypted_file.backups.all()[0], now)
    other.unlock(WORDS)
    assert len(other.store().events("s1")) == 4


def test_a_backup_that_was_named_with_a_short_year_is_one_of_them(opening: Unlocking):
    short = opening.encrypted_file.backup(opening.key(), START).with_name("reflect-0000000099-10101-000001.db")
    shutil.copy(opening.encrypted_file.path, short)
    assert opening.encrypted_file.backups.all()[0] == short
    assert backed_up_at(short) == FIRST.replace(tzinfo=None)


@pytest.mark.parametrize("name", ["20261399-250000", "00000101-000000", "20260302-101010-7"])
def test_what_only_looks_like_a_backup_stops_no_opening(opening: Unlocking, open_file: Open, name: str):
    backup = opening.encrypted_file.backup(opening.key(), START)
    odd = backup.with_name(f"reflect-0000999999-{name}.db")
    odd.mkdir() if name.endswith("-7") else odd.write_bytes(b"nothing of ours")
    opening.lock()
    other = open_file()
    other.unlock(WORDS)
    for _ in range(KEPT):
        made = other.encrypted_file.backup(other.key(), START)
    assert other.encrypted_file.backups.all()[0] == made
    assert odd.exists()
