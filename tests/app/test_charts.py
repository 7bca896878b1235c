from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.app.charts import course, over_time, place_in_library
from assistant.app.screens.chart import PictureScreen
from assistant.app.screens.summary import SummaryScreen
from assistant.app.widgets.bars import Bar, Bars, drawn
from assistant.conversation.events import Asked, Started
from assistant.conversation.state import State, Turn
from assistant.followup.over_time import Counts
from assistant.noticing.observations import Noticing
from tests.app.conftest import answer, begin, choose, leave, pick, screen_text, settled, until

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def turn(theme: str, stage: str, minute: float, **more) -> Turn:
    at = AT + timedelta(minutes=minute)
    return Turn(Asked(at=at, question="q", theme=theme, stage=stage, text="?", because="b"), **more)


def state_of(*turns: Turn, ends: float) -> State:
    started = Started(at=AT, session="s", journey="supervision", case="c", minutes=30)
    return State(started, turns=turns, cursor=len(turns) - 1, last_at=AT + timedelta(minutes=ends))


def test_the_course_says_when_each_theme_began_which_stages_it_went_through_and_how_long_it_took(prompts):
    state = state_of(
        turn("opening", "opening", 0, answer="a"),
        turn("fathers-and-men", "experience", 4, answer="a"),
        turn("fathers-and-men", "analysis", 6, skipped=True),
        ends=9,
    )
    (picture,) = course(state, prompts)
    assert picture.bars == (
        Bar("10:00 Opening", 1, "1 question, 4 minutes: to begin"),
        Bar(
            "10:04 Fathers and other men",
            2,
            "2 questions, 1 skipped, 5 minutes: what happened, what it might mean",
        ),
    )


def test_a_break_is_not_counted_as_time_spent(prompts):
    (picture,) = course(state_of(turn("opening", "opening", 0, answer="a"), ends=300), prompts)
    assert "under a minute" in picture.bars[0].says


def test_somebody_nobody_named_has_a_row_that_says_so(prompts):
    noticing = Noticing(people={"child": 2, "father": 1})
    pictures = course(state_of(turn("opening", "opening", 0, answer="a", noticing=noticing), ends=1), prompts)
    said = {bar.name: bar.says for bar in pictures[1].bars}
    assert said["Child"] == "2 times"
    assert said["Fathers, men"] == "once"
    assert said["Mother"] == "not mentioned"


def test_themes_never_talked_about_are_named_and_sessions_that_could_not_be_read_are_owned_up_to(prompts):
    counts = Counts(3, (("fathers-and-men", 2),), ("escalation", "placements"), 0, 0, 0)
    met, never = over_time(counts, 1, prompts)
    assert met.bars == (Bar("Fathers and other men", 2, "in 2 of 3"),)
    assert "Left out: 1 session that could not be read." in met.says
    assert len(never.bars) == 2


def test_a_review_s_place_is_beside_all_other_points_and_what_sets_it_apart_stands_first(prompts):
    speaking = {
        "voice-of-the-child": {"child-k": 5, "baby-e": 30},
        "fathers-and-men": {"child-k": 4, "baby-e": 2},
        "escalation": {"baby-e": 3},
    }
    spoken, silent = place_in_library("child-k", "Child K", speaking, {"child-k": 10, "baby-e": 40}, prompts)
    assert [bar.says for bar in spoken.bars] == ["4 of 10; others 2 of 40", "5 of 10; others 30 of 40"]
    assert silent.bars[0].says == "0 of 10; others 3 of 40"


WORDS = st.text("abc [/]–é", min_size=1, max_size=30)
ROWS = st.lists(st.builds(Bar, WORDS, st.integers(0, 500), WORDS), max_size=8)


@given(bars=ROWS, width=st.integers(1, 200))
def test_every_row_keeps_its_name_and_its_words_and_has_a_bar_only_for_something(bars, width):
    text = drawn(bars, width).plain
    in_a_row = " ".join(text.split())
    assert all(bar.name in text and " ".join(bar.says.split()) in in_a_row for bar in bars)
    assert text.count("█") >= sum(bool(bar.count) for bar in bars)
    assert any(bar.count for bar in bars) or "█" not in text


@pytest.mark.parametrize("width", [36, 76, 116])
def test_the_largest_count_has_the_longest_bar_and_none_has_no_bar(width):
    lines = drawn([Bar("a", 8, "eight"), Bar("b", 2, "two"), Bar("c", 0, "none")], width).plain.splitlines()
    lengths = [line.count("█") for line in lines if "█" in line or "none" in line]
    assert lengths[0] > lengths[1] > lengths[2] == 0
    assert all(len(line) <= width for line in lines)


def test_words_too_long_for_the_row_of_their_bar_stand_below_it_and_under_one_another():
    said = "3 questions, 1 minute: what happened, what it was like"
    lines = drawn([Bar("10:00 The child's voice and daily life", 3, said)], 36).plain.splitlines()
    assert lines[0] == "10:00 The child's voice and daily life"
    assert lines[1].strip("█ ") == ""
    assert all(line.startswith("  ") and len(line) <= 36 for line in lines[1:])
    assert " ".join(" ".join(lines[2:]).split()) == said


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_pictures_are_reached_from_the_records_and_from_a_record_and_closed_again(open_app, size):
    app = open_app()
    async with app.run_test(size=size, notifications=True) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "dad works nights")
        await leave(pilot)
        await settled(pilot)
        app.visit("records")
        await settled(pilot)
        await choose(pilot, "#sessions", "themes")
        await until(pilot, lambda: bool(app.screen.query(Bars)), "the themes")
        assert "Themes talked about" in screen_text(app) or "Never talked about" in screen_text(app)
        app.read_record(screen.session.state.started.session)
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen), "the record")
        await pick(pilot, "#about-record", "course")
        await until(pilot, lambda: bool(app.screen.query(Bars)), "the course")
        await settled(pilot)
        assert isinstance(app.screen, PictureScreen)
        assert "10:00 Opening" in screen_text(app)
        await pilot.press("escape", "escape")
        await settled(pilot)
        assert app.screen.query("#sessions")


async def test_a_review_s_place_is_reached_from_the_library(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        app.visit("library")
        await settled(pilot)
        assert not app.screen.query_one("#about-point").visible
        app.screen.query_one("#search").focus()
        await pilot.press("enter", "enter")
        await until(pilot, lambda: len(app.screen.query("ReaderLine")) > 10, "the review")
        await pick(pilot, "#about-point", "place")
        await until(pilot, lambda: bool(app.screen.query(Bars)), "its place")
        assert "; others " in screen_text(app)
