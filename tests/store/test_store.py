from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.conversation import events as e
from assistant.language.plain_text import harmless
from assistant.store.store import FollowUp, Store
from assistant.store.store_errors import StoreError
from tests.stores import START, answered, asked, keep, started

HOSTILE = "[Child A] # x <b>bold</b> '; DROP TABLE events; -- \u05d0\u05d1\u05d2 😀 \\ %s :name"


def test_events_come_back_as_they_were_laid_down(store: Store):
    events: list[e.Event] = [started("s1@pat"), asked(), answered(HOSTILE), e.Finished(at=START, by="user")]
    keep(store, *events)
    assert store.events("s1@pat") == events


def test_a_finished_session_is_listed_as_finished_and_the_newest_stands_first(store: Store):
    keep(store, started("s1@pat"), e.Finished(at=START, by="user"))
    keep(store, started("s2@pat", case="Child B"))
    listed = store.sessions()
    assert [(kept.session, kept.case, kept.finished) for kept in listed] == [
        ("s2@pat", "Child B", None),
        ("s1@pat", "Child A", START),
    ]
    assert [kept.session for kept in store.sessions(case="Child A")] == ["s1@pat"]


def test_a_session_that_went_on_in_another_window_is_not_overwritten(store: Store):
    keep(store, started("s1@pat"), asked())
    with pytest.raises(StoreError, match="another window"):
        store.append("s1@pat", 1, asked("opening/2"))
    assert store.events("s1@pat") == [started("s1@pat"), asked()]


def test_there_is_one_sentence_for_a_session_that_is_not_there(store: Store):
    with pytest.raises(StoreError, match="no session called nowhere"):
        store.events("nowhere")


def test_a_draft_is_kept_replaced_and_forgotten(store: Store):
    keep(store, started("s1@pat"))
    assert store.draft("s1@pat") == ""
    store.save_draft("s1@pat", "She said")
    store.save_draft("s1@pat", HOSTILE)
    assert store.draft("s1@pat") == HOSTILE
    store.save_draft("s1@pat", "")
    assert store.draft("s1@pat") == ""


def test_a_follow_up_is_kept_as_it_now_stands(store: Store):
    first = FollowUp("s1@pat/1", "action", "Child A", "s1@pat", "open", START, '{"n":1}')
    second = FollowUp("s1@pat/1", "action", "Child A", "s1@pat", "done", START, '{"n":2}')
    store.save_follow_up(first)
    store.save_follow_up(second)
    assert store.follow_ups("action") == [second]
    assert store.follow_ups("escalation") == store.follow_ups("action", case="Child B") == []


def test_a_stand_in_is_remembered_for_its_case_only(store: Store):
    store.remember_stand_in("Child A", "Northside", "the school")
    store.remember_stand_in("Child A", "Northside", "School 1")
    store.remember_stand_in("Child B", "Northside", "the nursery")
    assert store.stand_ins("Child A") == {"Northside": "School 1"}


def test_forgetting_a_case_leaves_the_others_and_counts_what_went(store: Store):
    keep(store, started("s1@pat"), asked(), answered("one"))
    keep(store, started("s2@pat", case="Child B"))
    store.save_draft("s1@pat", "more")
    store.save_follow_up(FollowUp("s1@pat/1", "action", "Child A", "s1@pat", "open", START, "{}"))
    store.remember_stand_in("Child A", "Northside", "the school")
    assert store.forget_case("Child A") == {"sessions": 1, "events": 3, "follow-ups": 1, "names": 1}
    assert [kept.case for kept in store.sessions()] == ["Child B"]
    assert store.draft("s1@pat") == "" and store.follow_ups("action") == [] and store.stand_ins("Child A") == {}


def can_be_typed(words: str) -> bool:
    return harmless(words) == words


def test_what_is_in_the_bin_is_not_listed_nor_what_followed_from_it_until_it_is_put_back(store: Store):
    action = FollowUp("s1@pat/1", "action", "Child A", "s1@pat", "open", START, "{}")
    by_hand = FollowUp("s1@pat/2", "action", "Child A", None, "open", START, "{}")
    keep(store, started("s1@pat"), asked(), answered("one"))
    for followed in (action, by_hand):
        store.save_follow_up(followed)
    store.put_in_bin("s1@pat", START)
    assert store.sessions() == [] and store.follow_ups("action") == [by_hand]
    assert [(kept.session, kept.binned) for kept in store.sessions(binned=True)] == [("s1@pat", START)]
    store.put_back("s1@pat")
    assert [kept.session for kept in store.sessions()] == ["s1@pat"] and store.sessions(binned=True) == []
    assert store.follow_ups("action") == [action, by_hand]
    assert store.events("s1@pat") == [started("s1@pat"), asked(), answered("one")]


def test_sessions_are_found_by_what_was_answered_in_them_and_by_nothing_else(store: Store):
    keep(store, started("s1@pat"), asked(text="Who lives there?"), answered("He drew a Rabbit, 100% alone."))
    keep(store, started("s2@pat"), asked(), answered("Nothing of it."))
    assert store.saying("rabbit") == store.saying("0% a") == {"s1@pat"}
    assert store.saying("who lives") == store.saying("question") == store.saying("%b") == set()


def test_words_as_long_as_a_book_are_looked_for_too(store: Store):
    book = "He drew a rabbit. " * 6_000
    keep(store, started("s1@pat"), asked(), answered(f"{book}And then he slept."))
    assert store.saying(book.strip()) == {"s1@pat"}
    assert store.saying(f"{book}And nobody slept.") == set()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    words=st.text(st.characters(blacklist_categories=["Cs"]), min_size=1).filter(lambda text: harmless(text) == text)
)
def test_any_words_that_can_be_typed_come_back_exactly(store: Store, words: str):
    store.forget_session("s1@pat")
    keep(store, started("s1@pat"), asked(), answered(words))
    assert store.events("s1@pat")[-1] == answered(words)


@pytest.mark.parametrize("control", ["\x1b", "\x07", "\x08", "\r", "\x7f", "\x9b", "\u202e", "\u2066"])
def test_nothing_read_from_the_store_can_act_on_a_terminal(store: Store, control: str):
    words = f"C:\\u001b \\ {control}]0;x and \\\\{control}b"
    keep(store, started("s1@pat", case=f"Child {control}A"), asked(), answered(words))
    store.save_draft("s1@pat", words)
    store.remember_stand_in(f"Child {control}A", "Northside", words)
    store.save_follow_up(
        FollowUp("s1@pat/1", "action", f"Child {control}A", "s1@pat", "open", START, json.dumps({"x": words}))
    )
    harmless_words = words.replace(control, "\ufffd")
    (session,) = store.sessions()
    (item,) = store.follow_ups("action")
    assert store.events("s1@pat")[-1] == answered(harmless_words)
    assert store.draft("s1@pat") == harmless_words
    assert store.stand_ins(f"Child {control}A") == {"Northside": harmless_words}
    assert session.case == item.case == "Child \ufffdA"
    assert json.loads(item.body) == {"x": harmless_words}
