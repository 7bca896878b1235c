"""What the people in a session do to it: stop its clock, make it longer, put an action down, say who speaks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from assistant.conversation import events as e
from assistant.conversation.agreed_steps import steps_of
from assistant.conversation.case_sketch import sketch_of
from assistant.conversation.session import NotNowError, Session
from assistant.conversation.state import replay
from assistant.followup.actions import agreed_in
from assistant.noticing.reading import Reading, Step
from tests.conversation.conftest import Ticking, knowledge


def test_a_pause_stops_the_clock_until_whatever_happens_next(sit):
    clock = Ticking(step=timedelta())
    session = sit(clock=clock).session
    clock.now += timedelta(minutes=3)
    session.pause()
    clock.now += timedelta(minutes=6)
    assert (session.state.paused, session.minutes_left()) == (True, 27)
    session.answer("He was asleep.")
    assert (session.state.paused, session.minutes_left()) == (False, 27)
    session.pause()
    clock.now += timedelta(minutes=6)
    session.carry_on()
    assert (session.state.paused, session.minutes_left()) == (False, 27)


def test_a_longer_session_bears_more_questions_and_a_shorter_one_fewer(sit):
    def questions(by: int) -> int:
        sitting = sit(minutes=30)
        session: Session = sitting.session
        if by:
            assert session.change_time(by) == 30 + by
        for _ in range(200):
            if session.state.finished:
                break
            session.answer("He was at school that day.")
        assert replay(sitting.kept) == session.state
        return len(session.state.turns)

    assert questions(-15) < questions(0) < questions(15)


def test_a_session_is_not_made_so_short_that_it_is_over(sit):
    session = sit(minutes=15).session
    with pytest.raises(NotNowError, match="isn't that much time left"):
        session.change_time(-15)
    assert session.state.minutes == 15


def test_an_action_can_be_put_down_at_any_moment_and_the_question_stays(sit):
    step = Step(text="School rings Nan by Friday", span=(0, 26), who="School", by=date(2026, 3, 6))
    sitting = sit(read=lambda words, known: Reading(steps=(step,) if known.keeps == "action" else ()))
    session = sitting.session
    before = session.state.current
    session.add_action("School rings Nan by Friday")
    assert session.state.current == before
    assert steps_of(session.state) == (step,)
    agreed = agreed_in(replay(sitting.kept))
    assert [(one.text, one.person, one.by) for one in agreed] == [(step.text, "School", step.by)]
    with pytest.raises(NotNowError):
        session.add_action("  ")


def test_who_said_which_line_is_kept_beside_words_that_are_read_without_it(sit):
    heard = []

    def read(words: str, _: object) -> Reading:
        heard.append(words)
        return Reading()

    session = sit(read=read).session
    session.answer("Supervisor: Who is he?\nPractitioner: The boyfriend.")
    turn = session.state.turns[0]
    assert heard == ["Who is he?\nThe boyfriend."]
    assert (turn.answer, turn.voices) == ("Who is he?\nThe boyfriend.", ("supervisor", "practitioner"))


def test_where_one_person_sits_alone_a_name_before_a_colon_is_their_own_words(sit):
    session = sit(journey="self-review").session
    session.answer("P: the practitioner before me")
    assert (session.state.turns[0].answer, session.state.turns[0].voices) == ("P: the practitioner before me", ())


def test_what_somebody_is_to_the_case_can_be_put_right(prompts):
    kept: list[e.Event] = []
    started = e.Started(at=Ticking()(), session="s", journey="supervision", case="A", minutes=30)
    session = Session.begin(started, knowledge(prompts), kept.append, Ticking())
    session.correct_sketch("man", "Lee")
    session.correct_sketch("man-1/role", "father")
    session.correct_sketch("man-1/age", "31")
    assert [(one.called, one.role, one.age) for one in sketch_of(replay(kept)).people] == [("Lee", "father", "31")]
