"""What the closing asks for isn't asked for where it was said already, and what surely isn't there isn't claimed."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.conversation import events as e
from assistant.conversation.agreed_steps import steps_of
from assistant.conversation.filing import filed, filed_last
from assistant.conversation.known_facts import known_facts
from assistant.conversation.said_before import decided_before, told_before
from assistant.conversation.situation import Situation
from assistant.conversation.state import replay
from assistant.conversation.step_gaps import sure_gaps
from assistant.noticing.observations import Noticing
from assistant.noticing.reading import Reading, Stand, Step
from tests.conversation.conftest import START, knowledge

DECIDED = "I'm going to ring the front door at four and say Tuesday out loud."
WORDS = "I'd tell her, Ruby, you did nothing wrong, and I should have come up the stairs before now."


def up_to(sitting, keeps, said="words about it"):
    while sitting.session.state.current.asked.keeps != keeps:
        sitting.session.answer(said)
    return sitting.session


@pytest.mark.parametrize(
    ("said", "decides"),
    [
        (DECIDED, True),
        ("I've decided, I'm not closing it until somebody has met him.", True),
        ("I've decided. I ring the front door this afternoon, from my office.", True),
        ("ok well. decision. I ring children's services today, because there's a man nobody knows.", True),
        ("I've decided. He might go to his nan's if she says yes.", False),
        ("I ring the front door every week, from my office.", False),
        ("I'll see both boys on their own at school tomorrow.", True),
        ("I'm going to ring her today if I can face it, I don't know.", False),
        ("Should I ring the front door today, before four?", False),
        ("I was going to ring her on Tuesday and I never did.", False),
        ("I'm going to have to say it was Tuesday.", False),
        ("I keep thinking I'll ring her tomorrow.", False),
        ("It's two of them, twins, I'll call them Gethin and Mali, seven months now.", False),
    ],
)
def test_only_what_surely_decides_is_taken_for_a_decision(sit, said, decides):
    sitting = sit(minutes=30)
    sitting.session.answer(said)
    assert bool(decided_before(sitting.session.state)) is decides


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Yes. Because nobody has seen her since.", f"{DECIDED} Because nobody has seen her since."),
        ("What tips it is nobody has seen her.", f"{DECIDED} What tips it is nobody has seen her."),
        ("No, it can't be rung in, it's closed.", "No, it can't be rung in, it's closed."),
        ("I've decided I'm not closing it.", "I've decided I'm not closing it."),
    ],
)
def test_a_decision_that_was_told_is_read_back_and_not_asked_for_afresh(sit, said, kept):
    sitting = sit(minutes=30)
    assert "“" not in up_to(sit(minutes=30), "decision").state.current.asked.text
    asked = up_to(sitting, "decision", DECIDED).state.current.asked
    assert DECIDED.rstrip(".") in asked.text
    sitting.session.answer(said)
    assert filed_last(sitting.session.state, "decision") == kept


def test_words_for_the_child_that_were_given_with_the_steps_are_kept_and_not_asked_for(sit):
    sitting = sit(minutes=30)
    session = up_to(sitting, "action")
    assert "words-given" not in known_facts(session.state, session.sketch())
    session.answer(WORDS)
    assert "words-given" in known_facts(session.state, session.sketch())
    up_to(sitting, "next-date")
    assert not any(turn.asked.keeps == "child-told" for turn in session.state.turns)
    assert filed_last(session.state, "child-told") == WORDS


def test_what_the_parents_of_a_baby_were_to_be_told_was_said_where_a_question_asked_for_it(sit, prompts):
    session = sit(minutes=30).session
    session.answer("words")
    turn = session.state.turns[0]
    asks = turn.asked.model_copy(update={"text": "How will you tell the parents what happens next?", "keeps": None})
    state = session.state.__class__(
        started=session.state.started, turns=(turn.__class__(asked=asks, answer="I'd say, Kelly, " + WORDS),)
    )
    assert told_before(state, of_a_baby=True)
    assert not told_before(state, of_a_baby=False)


@pytest.mark.parametrize(
    ("said", "hurt"),
    [
        ("There's a dad who's not been seen, and it's strange.", False),
        ("There's been da, it's on the log.", True),
        ("He strangled her in front of them.", True),
    ],
)
def test_an_adult_is_hurt_only_where_that_was_said(sit, said, hurt):
    session = sit(minutes=30).session
    session.answer(said)
    assert ("adult-hurt" in known_facts(session.state, session.sketch())) is hurt


@pytest.mark.parametrize(
    ("said", "marked"),
    [
        ("She's eight weeks and there's a mark on her arm.", True),
        ("No bruise on Monday, but a bruise on Tuesday.", True),
        ("What? No, no marks on him, nothing like that.", False),
        ("What mark? There is no mark on him.", False),
        ("I didn't see any bruises, I said weight.", False),
    ],
)
def test_a_mark_is_known_of_only_where_there_is_one(sit, said, marked):
    session = sit(minutes=30).session
    session.answer(said)
    assert ("marked" in known_facts(session.state, session.sketch())) is marked


def test_what_a_child_will_hear_is_no_correction_of_ours(sit):
    said = "Jamie, I've got something hard to tell you and you should have been told before. It isn't your fault."
    stands = (Stand(span=(20, 60), stance="corrects-us"),)
    sitting = sit(minutes=30, read=lambda words, _: Reading(stands=stands if words == said else ()))
    session = up_to(sitting, "child-told")
    session.answer(said)
    turn = next(turn for turn in session.state.turns if turn.asked.keeps == "child-told")
    assert "something hard to tell you" in filed(turn)
    assert not any(one.asked.question.startswith("once-more/") for one in session.state.turns)


@pytest.mark.parametrize(
    ("said", "text", "who", "by", "asked"),
    [
        ("Chase the referral.", "Chase the referral", "", None, True),
        ("Bev and me to get Lisa by herself, Wednesday.", "get Lisa by herself", "", None, False),
        ("I ring Denise, then write it up.", "write it up", "", None, False),
        ("I laughed.", "I laughed", "I", None, False),
        ("Me, chase the referral.", "chase the referral", "me", None, True),
        ("Me, chase the referral once he's home.", "chase the referral", "me", None, False),
    ],
)
def test_a_gap_is_asked_about_only_where_nothing_near_the_step_fills_it(sit, said, text, who, by, asked):
    at = said.find(text)
    step = Step(text=text, span=(at, at + len(text)), who=who, by=by)
    sitting = sit(minutes=60, read=lambda words, known: Reading(steps=(step,) if known.keeps == "action" else ()))
    session = up_to(sitting, "action")
    session.answer(said)
    situation = Situation(session.state, session._knowledge, START)
    assert bool(sure_gaps(situation)) is asked


def test_a_step_with_its_name_and_day_has_no_gap(sit):
    step = Step(text="School rings Nan", span=(0, 16), who="School", by=date(2026, 3, 6))
    sitting = sit(minutes=60, read=lambda _, known: Reading(steps=(step,) if known.keeps == "action" else ()))
    session = up_to(sitting, "action")
    session.answer("School rings Nan")
    assert sure_gaps(Situation(session.state, session._knowledge, START)) == ()


def test_a_job_told_when_danger_was_asked_about_is_on_the_list_and_has_no_gap(prompts):
    step = Step(text="ring Denise", who="me", span=(5, 16))
    question, said = "steer/child-missing-or-unseen", "I'll ring Denise, and she'll ring the police."
    asked = e.Asked(at=START, question=question, theme="opening", stage="experience", text="Who knows?", because="")
    events = (
        e.Started(at=START, session="s1", journey="supervision", case="A", minutes=30),
        asked,
        e.Answered(at=START, question=question, text=said),
        e.Noticed(at=START, question=question, noticing=Noticing(), reading=Reading(steps=(step,))),
    )
    state = replay(events)
    assert [one.text for one in steps_of(state)] == ["ring Denise"]
    assert sure_gaps(Situation(state, knowledge(prompts), START)) == ()
    elsewhere = replay((events[0], *(one.model_copy(update={"question": "opening/1"}) for one in events[1:])))
    assert steps_of(elsewhere) == ()
