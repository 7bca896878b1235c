from __future__ import annotations

from pathlib import Path

import pytest

from assistant.records.desk import Desk
from assistant.records.errors import LockedError, StoreError
from assistant.retrieval.model import SearchResult
from tests.records.conftest import CHEAP, Ticking


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    numbers = iter(range(1, 100))

    def quiet(words: str) -> SearchResult:
        return SearchResult(query=words, nothing_bears=True, hits=())

    return Desk(tmp_path, search=quiet, clock=Ticking(), new_id=lambda: f"s{next(numbers)}", iterations=CHEAP)


def standing(desk: Desk) -> str:
    return "new" if desk.is_new else "locked" if desk.locked else "open"


def test_a_desk_without_a_passphrase_is_new_then_locked_then_open(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("REFLECT_PASSPHRASE_FILE")
    assert standing(desk) == "new"
    with pytest.raises(LockedError):
        desk.begin("supervision", case="Child A", minutes=15)
    desk.set_passphrase("four ordinary test words")
    assert standing(desk) == "open"
    desk.lock()
    assert standing(desk) == "locked"
    desk.unlock("four ordinary test words")
    assert standing(desk) == "open"


def test_a_session_that_cannot_be_read_is_left_out_and_the_others_are_offered(desk: Desk):
    for case in ("Child A", "Child B"):
        desk.begin("supervision", case=case, minutes=15)
    with desk.store._backing.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE events SET body = '{\"kind\": \"of the future\"}' WHERE session = 's1'")
    assert [left.session for left in desk.unfinished()] == ["s2"]
    with pytest.raises(StoreError, match="newer Reflect, or is damaged"):
        desk.take_up("s1")


def test_a_draft_waits_for_the_session_to_be_taken_up(desk: Desk):
    desk.begin("supervision", case="Child A", minutes=15)
    desk.store.keep_draft("s1", "half a sentence")
    desk.lock()
    assert desk.store.draft("s1") == "half a sentence"


def test_a_team_that_looks_again_sees_where_each_point_stood_last_time(desk: Desk):
    review = sorted(desk.library.reviews)[0]
    for said in ("Not yet", "In place and evidenced"):
        session = desk.begin("team-review", case="Team One", minutes=60, subject=review)
        session.go_on()
        while (turn := session.state.current) and turn.asked.keeps != "review-status":
            session.answer("words")
        session.answer(said)
    (point,) = desk.handover("s2").points
    assert (point.before, point.status) == ("not yet", "in place")
    assert desk.handover("s1").points[0].before == ""
    assert "(last time: not yet)" in desk.document("s2", kind="team-feedback")
