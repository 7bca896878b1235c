from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.conversation.events import Event
from assistant.errors import ReflectError
from assistant.export.handover import Wanted
from assistant.retrieval import open_search
from assistant.retrieval.layers import Layers
from assistant.retrieval.results import SearchResult
from assistant.store.store_errors import LockedError, StoreError
from assistant.workspace.library_search import MOST_ASKED, READING
from assistant.workspace.workspace import Workspace
from tests.stores import CHEAP, Ticking


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    numbers = iter(range(1, 100))

    def quiet(words: str) -> SearchResult:
        return SearchResult(query=words, nothing_bears=True, hits=())

    return Workspace(tmp_path, search=quiet, clock=Ticking(), new_id=lambda: f"s{next(numbers)}", iterations=CHEAP)


def standing(workspace: Workspace) -> str:
    return "new" if workspace.opening.new else "locked" if workspace.locked else "open"


def test_a_desk_without_a_passphrase_is_new_then_locked_then_open(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("REFLECT_PASSPHRASE_FILE")
    assert standing(workspace) == "new"
    with pytest.raises(LockedError):
        workspace.begin("supervision", case="Child A", minutes=15)
    workspace.opening.set_passphrase("four ordinary test words")
    assert standing(workspace) == "open"
    workspace.opening.lock()
    assert standing(workspace) == "locked"
    workspace.opening.unlock("four ordinary test words")
    assert standing(workspace) == "open"


def test_a_session_that_cannot_be_read_is_left_out_and_the_others_are_offered(workspace: Workspace):
    for case in ("Child A", "Child B"):
        workspace.begin("supervision", case=case, minutes=15)
    with workspace.store._backing.writing() as connection:
        connection.change("UPDATE events SET body = '{\"kind\": \"of the future\"}' WHERE session = 's1'")
    assert [left.session for left in workspace.unfinished()] == ["s2"]
    with pytest.raises(StoreError, match="newer Reflect, or is damaged"):
        workspace.take_up("s1")


def test_a_draft_waits_for_the_session_to_be_taken_up(workspace: Workspace):
    workspace.begin("supervision", case="Child A", minutes=15)
    workspace.store.save_draft("s1", "half a sentence")
    workspace.opening.lock()
    assert workspace.store.draft("s1") == "half a sentence"


def test_a_team_that_looks_again_sees_where_each_point_stood_last_time(workspace: Workspace):
    review = sorted(workspace.learning.library.reviews)[0]
    for said in ("Not yet", "In place and evidenced"):
        session = workspace.begin("team-review", case="Team One", minutes=60, subject=review)
        session.go_on()
        while (turn := session.state.current) and turn.asked.keeps != "review-status":
            session.answer("words")
        session.answer(said)
    (point,) = workspace.documents.handover("s2").points
    assert (point.before, point.status) == ("not yet", "in place")
    assert workspace.documents.handover("s1").points[0].before == ""
    assert "(last time: not yet)" in workspace.documents.text("s2", Wanted("team-feedback"))
    with workspace.store._backing.writing() as connection:
        connection.change("UPDATE events SET body = '{\"kind\": \"of the future\"}' WHERE session = 's1'")
    assert workspace.documents.handover("s2").points[0].before == "", "one that can't be read stops no other"


def test_the_bin_is_emptied_of_what_has_lain_there_thirty_days_and_of_nothing_younger(workspace: Workspace):
    for case in ("Child A", "Child B", "Child C"):
        workspace.begin("supervision", case=case, minutes=15)
    clock = workspace.now
    assert isinstance(clock, Ticking)
    workspace.deletion.put_in_bin("s1")
    clock.now += timedelta(days=29)
    workspace.deletion.put_in_bin("s2")
    assert workspace.deletion.empty_bin() == 0
    clock.now += timedelta(days=2)
    assert workspace.deletion.empty_bin() == 1
    assert [kept.session for kept in workspace.store.sessions(binned=True)] == ["s2"]
    workspace.deletion.put_back("s2")
    assert [kept.session for kept in workspace.store.sessions()] == ["s3", "s2"]
    with pytest.raises(StoreError, match="no session called s1"):
        workspace.store.events("s1")


def test_the_record_says_by_role_who_sat_there_and_the_next_session_offers_the_same(workspace: Workspace):
    assert workspace.roles_before() == ("", "")
    workspace.begin("supervision", case="Child A", minutes=15, supervisor=" Team  Manager", worker="social worker")
    assert "**Supervisor (role):** Team Manager **Worker (role):** social worker" in workspace.documents.text("s1")
    assert workspace.roles_before() == ("Team Manager", "social worker")


def test_a_name_where_a_role_belongs_is_turned_back_in_one_sentence(workspace: Workspace):
    with pytest.raises(ReflectError, match="“Priya” looks like a name"):
        workspace.begin("supervision", case="Child A", minutes=15, supervisor="team manager, Priya")
    assert workspace.unfinished() == []


class Found:
    """Stands for a retriever: knows only whether new points still wait to be read for their meaning."""

    def __init__(self, *, is_unread: bool) -> None:
        self.is_unread = is_unread

    def search(self, words: str, **_: object) -> SearchResult:
        return SearchResult(query=words, nothing_bears=True, hits=(), unread=self.is_unread)


def reading_ends() -> None:
    for thread in [thread for thread in threading.enumerate() if thread.name == READING]:
        thread.join(timeout=60)


def test_a_search_for_a_book_is_for_its_first_pages(workspace: Workspace):
    assert len(workspace.learning.search("nobody met dad " * 40_000).query) == MOST_ASKED


def test_a_search_answers_by_words_while_the_library_is_read_and_by_meaning_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    may_end = threading.Event()

    def opened(*_: object, at_once: bool = False, progress: Callable[..., None] | None = None) -> Found:
        if not at_once:
            assert may_end.wait(timeout=60)
        return Found(is_unread=at_once)

    monkeypatch.setattr(open_search, "open_search", opened)
    workspace = Workspace(tmp_path)
    assert workspace.learning.search("nobody met dad").unread
    may_end.set()
    reading_ends()
    assert not workspace.learning.search("nobody met dad").unread


def test_what_is_read_of_a_library_that_has_changed_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    may_go_on = threading.Event()
    ended: list[str] = []

    def opened(*_: object, at_once: bool = False, progress: Callable[..., None] | None = None) -> Found:
        if not at_once:
            assert progress is not None
            assert may_go_on.wait(timeout=60)
            progress("Reading the library for its meaning", 1, 2)
            ended.append("whole")
        return Found(is_unread=at_once)

    monkeypatch.setattr(open_search, "open_search", opened)
    workspace = Workspace(tmp_path)
    workspace.learning.make_ready()
    workspace.learning.read_again()
    may_go_on.set()
    reading_ends()
    assert ended == []


def test_what_is_read_while_somebody_pauses_is_answered_as_if_it_had_not_been(tmp_path: Path):
    def played(home: Path, *, ahead: bool) -> list[Event]:
        own = Workspace(home, clock=Ticking(), new_id=lambda: "s1", iterations=CHEAP)
        session = own.begin("supervision", case="Child A", minutes=60)
        session.go_on()
        for said in (
            "He's four and his sister is nine months, both on a plan for neglect since March.",
            "Mum says dad's not around. I've never met him, and nobody has asked the nursery.",
        ):
            before = session.state
            if ahead:
                session.read_draft(said[:40], lambda: True)
                session.read_draft(said, lambda: True)
            assert session.state == before
            session.answer(said)
        return own.store.events("s1")

    read, unread = played(tmp_path / "read", ahead=True), played(tmp_path / "unread", ahead=False)
    assert [_apart_from_when(event) for event in read] == [_apart_from_when(event) for event in unread]


def _apart_from_when(event: Event) -> Event:
    return event.model_copy(update={"at": None})


def test_what_was_read_while_somebody_paused_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    own = Workspace(tmp_path, clock=Ticking(), new_id=lambda: "s1", iterations=CHEAP)
    session = own.begin("supervision", case="Child A", minutes=60)
    session.go_on()
    session.answer("He's four and his sister is nine months, both on a plan for neglect since March.")
    said = "Mum says dad's not around. I've never met him, and nobody has asked the nursery."
    session.read_draft(said, lambda: True)
    monkeypatch.setattr(Layers, "through", lambda *_: pytest.fail("it was read again"))
    session.answer(said)


def test_what_is_no_longer_written_is_read_no_further(tmp_path: Path):
    own = Workspace(tmp_path, clock=Ticking(), new_id=lambda: "s1", iterations=CHEAP)
    session = own.begin("supervision", case="Child A", minutes=60)
    session.go_on()
    asked: list[bool] = []

    def wanted() -> bool:
        asked.append(True)
        return len(asked) < 2

    session.read_draft("He's four, and nobody has met his dad.", wanted)
    assert len(asked) == 2
