from __future__ import annotations

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.commands.talk import _theme
from assistant.conversation import events as e
from assistant.conversation.long_answers import MOST_READ
from assistant.conversation.session import NotNowError, Session
from assistant.conversation.state import replay
from assistant.language.plain_text import clean
from assistant.noticing.observations import Danger, Noticing
from tests.conversation.conftest import START, Ticking, knowledge, silent_search

DOINGS = st.lists(
    st.one_of(
        st.sampled_from(["skip", "back", "finish", "resume"]),
        st.text(min_size=1, max_size=40).map(lambda words: ("answer", words)),
    ),
    max_size=60,
)


def bruise(words: str, background: frozenset[str]) -> Noticing:
    at = words.find("bruise")
    if at < 0:
        return Noticing()
    danger = Danger(
        kind="injury-non-mobile-baby", level="doubtful" if "maybe" in words else "sure", spans=((at, at + 6),)
    )
    return Noticing(act_now=(danger,))


@settings(max_examples=150, deadline=None)
@given(doings=DOINGS)
def test_any_sequence_of_answers_skips_and_backs_replays_and_asks_nothing_twice(prompts, doings):
    kept: list[e.Event] = []
    known = knowledge(prompts)
    started = e.Started(at=START, session="s1", journey="supervision", case="Child A", minutes=15)
    session = Session.begin(started, known, kept.append, Ticking())
    session.go_on()
    answers = 0
    for doing in doings:
        try:
            match doing:
                case "skip":
                    session.skip()
                case "back":
                    session.go_back()
                case "finish":
                    session.finish()
                case "resume":
                    session = Session(tuple(kept), known, kept.append, Ticking(kept[-1].at))
                    session.go_on()
                case ("answer", words):
                    session.answer(words)
                    answers += 1
        except NotNowError:
            pass
        assert replay(kept) == session.state
    assert [e.EVENT.validate_json(e.EVENT.dump_json(event)) for event in kept] == kept
    asked = [event.question for event in kept if isinstance(event, e.Asked)]
    assert len(asked) == len(set(asked))
    assert sum(isinstance(event, e.Answered) for event in kept) == answers


def manners(words: str, _: frozenset[str]) -> Noticing:
    return Noticing(manner={"no": "empty", "leave me": "refusal"}.get(words), people={"mother": 1})


@settings(max_examples=60, deadline=None)
@given(
    doings=st.lists(st.sampled_from(["no", "leave me", "mum", "skip", "back"]), max_size=40),
    share=st.floats(min_value=0, max_value=1),
)
def test_a_session_killed_after_any_event_is_taken_up_where_it_was_and_comes_to_wait(prompts, doings, share):
    kept: list[e.Event] = []
    known = knowledge(prompts, notice=manners)
    started = e.Started(at=START, session="s1", journey="supervision", case="Child A", minutes=30)
    session = Session.begin(started, known, kept.append, Ticking())
    session.go_on()
    for doing in doings:
        with suppress(NotNowError):
            if doing == "skip":
                session.skip()
            elif doing == "back":
                session.go_back()
            else:
                session.answer(doing)
    safe = kept[: 1 + round(share * (len(kept) - 1))]
    said = [event for event in safe if isinstance(event, e.Answered)]
    again = Session(tuple(safe), known, safe.append, Ticking(safe[-1].at))
    assert again.state == replay(safe)
    again.resume()
    assert again.state.finished or (again.state.current and not again.go_on())
    assert [event for event in safe if isinstance(event, e.Answered)] == said
    asked = [event.question for event in safe if isinstance(event, e.Asked)]
    assert len(asked) == len(set(asked))


def test_the_same_answers_at_the_same_times_give_the_same_session(sit):
    def play():
        sitting = sit()
        for words in ("mum is tired", "he was quiet", "I felt rushed"):
            sitting.session.answer(words)
        return sitting.kept

    assert play() == play()


def test_every_theme_goes_through_the_stages_in_order(sit, prompts):
    sitting = sit(minutes=60)
    while sitting.session.state.finished is None:
        sitting.session.answer("some words")
    order = ["experience", "reflection", "analysis", "action"]
    asked = [event for event in sitting.kept if isinstance(event, e.Asked)]
    themes = list(dict.fromkeys(event.theme for event in asked))
    assert {"voice-of-the-child", "fathers-and-men", "escalation"} <= set(themes)
    for theme in themes:
        stages = [order.index(event.stage) for event in asked if event.theme == theme and event.stage in order]
        assert stages == sorted(stages)
        if theme in prompts.themes:
            assert 3 not in stages or stages[0] < 3


def test_going_back_shows_the_earlier_answer_and_returns_to_the_question_that_waited(sit):
    session = sit().session
    session.answer("first")
    session.answer("second")
    waiting = session.state.current
    turn = session.go_back()
    assert turn.answer == "second"
    session.answer("second, but better")
    assert session.state.current == waiting
    assert session.state.answers == ("first", "second, but better")


def test_going_back_twice_reaches_the_question_before_that(sit):
    session = sit().session
    session.answer("first")
    session.answer("second")
    session.go_back()
    assert session.go_back().answer == "first"
    with pytest.raises(NotNowError, match="first question"):
        session.go_back()


def test_skipping_a_question_gone_back_to_keeps_its_answer(sit):
    session = sit().session
    session.answer("first")
    session.go_back()
    session.skip()
    assert session.state.answers == ("first",)


@pytest.mark.parametrize("nothing", ["", "   \n\t ", "\x00\x07", "\u202e\u2066"])
def test_an_answer_without_words_is_refused_and_changes_nothing(sit, nothing):
    sitting = sit()
    before = list(sitting.kept)
    with pytest.raises(NotNowError, match="Write a few words"):
        sitting.session.answer(nothing)
    assert sitting.kept == before


def test_a_hundred_thousand_characters_are_kept_whole_and_four_pages_are_read_which_is_said_once(sit):
    seen: list[str] = []

    def notice(words, background):
        seen.append(words)
        return Noticing()

    def bears(answer):
        seen.append(answer.words)
        return silent_search(answer.words)

    session = sit(notice=notice, bears=bears).session
    session.answer("He was asleep. " * 7_000)
    assert len(session.state.answers[0]) == 104_999
    assert seen and max(map(len, seen)) <= MOST_READ
    assert all(words.endswith("He was asleep.") for words in seen if len(words) > 1_000)
    said = session.state.turns[-1].asked.said_first
    line = session._knowledge.prompts.listening.not_all_read
    assert said[0] == line
    session.answer("He was asleep, and that's all.")
    assert line not in session.state.turns[-1].asked.said_first


@pytest.mark.parametrize("words", ["9" * 5_000, "²", "٣", "1" * 5_000 + "."])
def test_a_number_that_no_program_reads_is_an_answer_like_any_other(sit, words):
    session = sit().session
    session.answer(words)
    assert session.state.answers[0] == words
    with pytest.raises(NotNowError, match="no theme"):
        _theme(session, words)


@given(st.text())
def test_cleaning_twice_changes_nothing_more_and_drops_only_what_nobody_types(words):
    cleaned = clean(words)
    assert clean(cleaned) == cleaned
    assert "\u202e" not in cleaned
    assert not any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in cleaned)


def test_brackets_and_markup_are_kept_as_typed():
    assert clean("[Child A] [/x] <b> *hm*") == "[Child A] [/x] <b> *hm*"


def test_an_act_now_card_comes_before_learning_and_before_the_next_question(sit):
    sitting = sit(notice=bruise)
    happened = sitting.session.answer("there is a bruise on his cheek")
    assert [event.kind for event in happened] == ["noticed", "card-shown"]
    with pytest.raises(NotNowError, match="card first"):
        sitting.session.skip()
    after = sitting.session.answer_card("done", "rang the duty team")
    assert [event.kind for event in after if event.kind != "planned"] == ["card-noticed", "offered", "asked"]
    assert sitting.session.state.cards[0].answered.words == "rang the duty team"


def test_a_doubtful_sign_asks_one_yes_or_no(sit):
    session = sit(notice=bruise).session
    session.answer("maybe a bruise")
    assert session.state.card.doubtful
    session.confirm(happening=True)
    assert not session.state.card.doubtful
    session.answer_card("carry-on")
    assert session.state.card is None


def test_a_doubtful_sign_denied_lets_the_session_go_on(sit):
    session = sit(notice=bruise).session
    session.answer("maybe a bruise")
    session.confirm(happening=False)
    assert session.state.card is None
    assert not session.state.current.settled


def test_a_finished_session_takes_no_more(sit):
    session = sit().session
    session.finish()
    with pytest.raises(NotNowError, match="finished"):
        session.answer("more")


def test_when_an_event_cannot_be_kept_the_session_stays_as_it_was(prompts):
    kept: list[e.Event] = []

    def keep(event: e.Event) -> None:
        if isinstance(event, e.Answered):
            raise OSError("disk full")
        kept.append(event)

    known = knowledge(prompts)
    started = e.Started(at=START, session="s1", journey="supervision", case="Child A", minutes=15)
    session = Session.begin(started, known, keep, Ticking())
    session.go_on()
    before = session.state
    with pytest.raises(OSError, match="disk full"):
        session.answer("words")
    assert session.state == before


def test_a_break_does_not_use_up_the_minutes(sit):
    clock = Ticking()
    session = sit(clock=clock).session
    left = session.minutes_left()
    clock.now = clock.now.replace(hour=15)
    session.resume()
    assert left - session.minutes_left() < 5
