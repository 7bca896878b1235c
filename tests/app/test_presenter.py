from __future__ import annotations

from datetime import UTC, datetime

import pytest
from textual.widgets import Digits, Input

from assistant.app.screens.presenter import PresenterScreen
from assistant.app.screens.session_screen import SessionScreen
from assistant.app.slides import Slide, slides
from assistant.conversation.events import Asked, Beside, Offered, Started
from assistant.conversation.state import State, Turn
from assistant.workspace.workspace import Workspace
from tests.app.conftest import FATHERS, HOSTILE, answer, command, question, screen_text, settled, until

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
BESIDE = Beside(
    text="He **was** [never] seen.", review="child-k", title="Child K", publisher="SSCB", published="2019",
    section="Facts", lines=(4, 5),
)  # fmt: skip


def asked(text: str = "What now?", **more: object) -> Asked:
    return Asked(at=AT, question="part/key", theme="her-no", stage="experience", text=text, because="b", **more)


def state_of(*turns: Turn) -> State:
    return State(Started(at=AT, session="s", journey="j", case="c", minutes=45), turns=turns, cursor=len(turns) - 1)


def offered(*hits) -> Turn:
    return Turn(asked(), answer="words", offered=Offered(at=AT, question="q", hits=hits, because="b"))


def test_facts_come_one_by_one_and_the_question_after_the_last_of_them(prompts):
    shown = slides(state_of(Turn(asked(beside=(BESIDE, BESIDE), said_first=("Be kind.",)))), prompts)
    assert [slide.kind for slide in shown] == ["said first", "fact", "fact", "question"]
    assert shown[1].words == "He was [never] seen."
    assert shown[1].place == "Child K. SSCB, 2019. “Facts”, lines 4 to 5."
    assert shown[3].heading == "Her no"


def test_what_reviews_learned_comes_only_after_the_answer_it_bears_on(prompts):
    before = slides(state_of(Turn(asked())), prompts)
    assert [slide.kind for slide in before] == ["question"]
    after = slides(state_of(offered(FATHERS), Turn(asked())), prompts)
    assert [slide.kind for slide in after] == ["learning", "question"]
    assert "Child K" in after[0].place


def test_when_nothing_bears_on_the_answer_the_room_is_told_so_once(prompts):
    told, once_more = (slides(state_of(*[offered()] * answers, Turn(asked())), prompts) for answers in (1, 2))
    assert [slide.kind for slide in told] == [slide.kind for slide in once_more] == ["question"]
    assert told[0].aside == "B."
    assert not once_more[0].aside


def test_where_nothing_was_looked_for_the_room_is_told_nothing(prompts):
    refused = Offered(at=AT, question="q", hits=(), because="b", looked=False)
    shown = slides(state_of(Turn(asked(), answer="no", offered=refused), Turn(asked())), prompts)
    assert [slide.kind for slide in shown] == ["question"]


def test_learning_seen_before_is_not_shown_again_above_a_question_gone_back_to(prompts):
    gone_back = slides(state_of(offered(FATHERS), Turn(asked(), answer="words")), prompts)
    assert [slide.kind for slide in gone_back] == ["question"]


def test_notes_for_whoever_leads_are_never_on_the_wall(prompts):
    shown = slides(state_of(Turn(asked(facilitator="Listen for silence."))), prompts)
    assert "silence" not in "".join(slide.words + slide.heading + slide.place for slide in shown)


def test_a_question_in_the_review_s_own_words_is_shown_once_with_its_place(prompts):
    shown = slides(state_of(Turn(asked(text=BESIDE.text, beside=(BESIDE,)))), prompts)
    assert [(slide.kind, bool(slide.place)) for slide in shown] == [("question", True)]


def time_shown(app) -> str:
    shown: str = app.screen.query_one("#spent", Digits).value
    return shown


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_each_key_reveals_one_thing_and_the_clock_runs_from_the_clock_it_was_given(open_app, size):
    now = {"at": 0.0}
    shown = (Slide("fact", "Scene", HOSTILE, "Child K."), Slide("question", "Scene", "Who saw him?"))
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        screen = PresenterScreen(shown, lambda: datetime.fromtimestamp(now["at"], UTC), lambda: 12.0)
        app.push_screen(screen)
        await settled(pilot)
        assert HOSTILE.split()[0] in screen_text(app)
        assert "Who saw him?" not in screen_text(app)
        now["at"] = 75.0
        screen.tell_the_time()
        assert time_shown(app) == "01:15"
        await pilot.press("space")
        await settled(pilot)
        assert "Who saw him?" in screen_text(app)
        assert "Child K." not in screen_text(app)
        assert time_shown(app) == "00:00"
        await pilot.press("space", "pageup")
        assert HOSTILE.split()[0] in screen_text(app)
        now["at"] = 80.0
        await pilot.press("t")
        assert time_shown(app) == "00:00"


async def test_a_group_reads_a_scenario_answers_and_is_brought_back_to_read_on(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        app.prepare("scenario")
        await until(pilot, lambda: bool(app.screen.query("Choice")), "the form")
        app.screen.query_one("#case", Input).value = "Tuesday group"
        await pilot.press("f5")
        await question(pilot)
        session = app.screen
        assert isinstance(session, SessionScreen)
        await command(pilot, "/present")
        await until(pilot, lambda: isinstance(app.screen, PresenterScreen), "the large view")
        assert "Before we begin" in screen_text(app)
        await pilot.press("f6")
        await until(pilot, lambda: app.screen is session, "the answer box")
        await answer(pilot, "dad works nights")
        await until(pilot, lambda: isinstance(app.screen, PresenterScreen), "the large view again")
        nothing = app.screen._slides[-1].aside
        assert nothing and nothing in " ".join(screen_text(app).split())
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is session, "the session")
        await answer(pilot, "something else")
        await settled(pilot)
        assert app.screen is session


async def test_a_team_is_shown_the_point_of_the_review_before_it_is_asked_where_it_stands(tmp_path, prompts):
    workspace = Workspace(tmp_path, clock=lambda: AT, iterations=10)
    vars(workspace)["prompts"] = prompts
    session = workspace.begin("team-review", case="Our team", minutes=60, subject="child-k")
    session.go_on()
    session.skip()
    shown = slides(session.state, prompts)
    assert [slide.kind for slide in shown] == ["fact", "question"]
    assert "Child K" in shown[0].place
