"""What is told once the themes are over is followed where that follows far better than what the course asks next."""

from __future__ import annotations

import pytest

from assistant.conversation.next_question import MUCH_ASKED
from assistant.conversation.reranker import Fit
from assistant.conversation.rules import go_on
from assistant.conversation.situation import Situation
from assistant.conversation.told_late import MOST_BEFORE_DECIDING
from assistant.noticing.observations import Noticing, Observation
from assistant.noticing.reading import Reading, Step, Telling
from tests.conversation.conftest import START

LATE = "He was under the table again when I left"
HARMLESS, JARS = Fit(2.0, 0.5), Fit(-3.0, -3.0)


def telling(words):
    at = words.find(LATE)
    return (Telling(span=(at, at + len(LATE)), kind="child-did", strength=0.5),) if at >= 0 else ()


def asked_after(sit, said, looks: Fit, course: Fit):
    """The question that follows the decision, where closer looks and the course's questions fit so well."""

    def fits(_, candidates):
        return tuple(looks if one.span else course for one in candidates)

    sitting = sit(minutes=30, fits=fits, telling=telling, read=lambda *_: Reading())
    while sitting.session.state.current.asked.keeps != "decision":
        sitting.session.answer("words about it")
    sitting.session.answer(said)
    return sitting.session.state.current.asked


@pytest.mark.parametrize(
    ("looks", "course", "source"),
    [(HARMLESS, JARS, "thread"), (JARS, HARMLESS, "journey"), (HARMLESS, HARMLESS, "journey")],
)
def test_what_is_told_with_the_decision_is_followed_only_where_that_follows_far_better(sit, looks, course, source):
    asked = asked_after(sit, f"We'll see how it goes. {LATE}", looks, course)
    assert asked.source == source
    assert (LATE in asked.text) == (source == "thread")


def as_the_themes_end(sit, looks: Fit, course: Fit, minutes: int = 30):
    """A session whose every answer tells something, up to its decision; how well each kind of question follows."""

    def fits(_, candidates):
        return tuple(looks if one.span else course for one in candidates)

    def every_time(words):
        return (Telling(span=(0, len(words)), kind="child-did", strength=0.5),)

    sitting = sit(minutes=minutes, fits=fits, telling=every_time, read=lambda *_: Reading())
    for number in range(60):
        if sitting.session.state.current.asked.keeps == "decision":
            return sitting
        sitting.session.answer(f"He hid {number} times {number} nights ago")
    raise AssertionError("no decision was asked for")


@pytest.mark.parametrize("minutes", [15, 45])
def test_what_is_told_as_the_themes_end_is_stayed_with_for_two_questions_and_no_more(sit, minutes):
    stays = as_the_themes_end(sit, HARMLESS, HARMLESS, minutes)
    names = [turn.asked.question for turn in stays.session.state.turns]
    last_of_the_themes = max(
        place for place, turn in enumerate(stays.session.state.turns) if turn.asked.theme in stays.session.themes()
    )
    assert sum(name.startswith("thread/") for name in names[last_of_the_themes + 1 :]) == MOST_BEFORE_DECIDING


def test_where_nothing_more_follows_well_a_shorter_session_comes_to_its_end(sit):
    """Eight closer looks one upon the other have tired, and no question of the themes was called for."""
    tired = as_the_themes_end(sit, HARMLESS, JARS, minutes=30).session.state.turns
    assert len(tired) < len(as_the_themes_end(sit, HARMLESS, JARS, minutes=60).session.state.turns)
    assert [turn.asked.source for turn in tired[1:-1]] == ["thread"] * MUCH_ASKED


def test_the_course_goes_on_where_a_closer_look_would_follow_far_worse(sit):
    goes_on = as_the_themes_end(sit, JARS, HARMLESS)
    late = [turn.asked for turn in goes_on.session.state.turns if turn.asked.theme not in goes_on.session.themes()]
    assert not any(asked.source == "thread" for asked in late)


@pytest.mark.parametrize(
    "words",
    [
        "There was a mark round his neck, like the lead.",
        "He told me there's a lock on the fridge now.",
        "She said he hits Mum when it's dark.",
        "I'm frightened of him, if I'm honest with you.",
    ],
)
def test_what_cannot_wait_is_stayed_with_though_the_course_would_follow_as_well(sit, prompts, words):
    asked = asked_after(sit, f"We'll book her in again. {words}", JARS, HARMLESS)
    assert asked.question == "thread/vital/1"
    assert words.split(",")[0].rstrip(".") in asked.text


@pytest.mark.parametrize(
    "words",
    [
        "There wasn't a mark on him anywhere.",
        "I'll ask about the lock on the door.",
        "I'm frightened I've made it worse.",
        "What if she gets hurt before then?",
    ],
)
def test_what_is_denied_planned_feared_or_asked_is_no_such_thing(sit, words):
    asked = asked_after(sit, f"We'll book her in again. {words}", JARS, HARMLESS)
    assert not asked.question.startswith("thread/vital/")


def test_a_plan_is_not_asked_about_as_if_it_were_news(sit):
    def fits(_, candidates):
        return tuple(HARMLESS if one.span else JARS for one in candidates)

    step = lambda words, _: Reading(steps=(Step(text=words, span=(0, len(words)), who="me"),))  # noqa: E731
    session = sit(minutes=30, fits=fits, telling=telling, read=step).session
    while session.state.current.asked.keeps != "action":
        session.answer("words about it")
    session.answer(LATE)
    assert session.state.current.asked.source == "journey"


def test_words_that_will_be_said_to_a_child_are_no_news_either(sit):
    session = sit(
        minutes=30,
        fits=lambda _, candidates: tuple(HARMLESS if one.span else JARS for one in candidates),
        telling=telling,
        read=lambda *_: Reading(),
    ).session
    while session.state.current.asked.keeps != "child-told":
        session.answer("words about it")
    session.answer(LATE)
    assert session.state.current.asked.source == "journey"


def test_somebody_in_tears_is_met_though_there_is_room_only_for_what_must_be_asked(sit):
    crying = Noticing(observations=(Observation(kind="worker-distress", spans=((0, 4),)),))
    session = sit(minutes=15, notice=lambda words, _: crying if "tears" in words else Noticing()).session
    session.answer("I was in tears in the car.")
    assert session.state.current.asked.question == "shaken/1"
    while session.state.current.asked.keeps != "decision":
        session.answer("words about it")
    session.answer("I'm in tears again, sorry.")
    assert session.state.current.asked.question == "shaken/2"


def test_what_the_course_asks_next_is_worked_out_once(sit, monkeypatch):
    sitting = sit(minutes=30, read=lambda *_: Reading())
    while sitting.session.state.current.asked.keeps != "decision":
        sitting.session.answer("words about it")
    times = []
    monkeypatch.setattr("assistant.conversation.rules.next_of_the_journey", lambda situation: times.append(1))
    go_on(Situation(sitting.session.state, sitting.session._knowledge, START))
    assert times == [1]


def test_where_nothing_telling_is_said_the_course_goes_on(sit):
    assert asked_after(sit, "We'll see how it goes.", HARMLESS, JARS).source == "journey"
