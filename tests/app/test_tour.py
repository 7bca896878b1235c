from __future__ import annotations

import pytest

from assistant.app.screens.home import HomeScreen
from assistant.app.screens.learning_point import ReadingScreen
from assistant.app.screens.tour import MADE_UP, TourScreen
from assistant.app.widgets.answer_box import AnswerBox
from assistant.app.widgets.learning import NOTHING, LearningCard
from assistant.errors import ReflectError
from assistant.retrieval.results import SearchResult
from tests.app.conftest import said, screen_text, settled, until


async def at_the_question(pilot) -> AnswerBox:
    await settled(pilot)
    pilot.app.visit("tour")
    await settled(pilot)
    await pilot.press("enter")
    await settled(pilot)
    box: AnswerBox = pilot.app.screen.query_one(AnswerBox)
    return box


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)])
async def test_the_made_up_answer_brings_a_card_that_can_be_opened_and_nothing_is_kept(open_app, size):
    app = open_app()
    async with app.run_test(size=size, notifications=True) as pilot:
        box = await at_the_question(pilot)
        assert box.text == MADE_UP
        await pilot.press("f5")
        await until(pilot, lambda: bool(app.screen.query(LearningCard)), "the card")
        assert "Step 3 of 5" in said(app, "TourScreen")
        await pilot.press("tab", "enter", "right", "right", "enter")
        await until(pilot, lambda: isinstance(app.screen, ReadingScreen), "its review")
        await pilot.press("escape", "f5", "f5", "f5")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert app.workspace().store.sessions() == []


async def test_words_of_ones_own_are_searched_for_and_nothing_is_made_up_for_them(open_app):
    asked = []

    def search(words: str) -> SearchResult:
        asked.append(words)
        return SearchResult(query=words, nothing_bears=True, hits=())

    app = open_app(search=search)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        (await at_the_question(pilot)).put("the sofa [was] green")
        await pilot.press("f5")
        await until(pilot, lambda: NOTHING in said(app, "#tour-learning"), "what is said of it")
        assert asked == ["the sofa [was] green"]


async def test_an_empty_box_gets_the_made_up_words_back(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        box = await at_the_question(pilot)
        box.put(" ")
        await pilot.press("f5")
        await settled(pilot)
        assert box.text == MADE_UP
        assert "Step 2 of 5" in screen_text(app)


async def test_a_library_that_cannot_be_opened_does_not_end_the_tour(open_app):
    def broken(words: str) -> SearchResult:
        raise ReflectError("The library cannot be opened.")

    app = open_app(search=broken)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await at_the_question(pilot)
        await pilot.press("f5")
        await until(pilot, lambda: "Step 3 of 5" in screen_text(app), "the next step")
        assert isinstance(app.screen, TourScreen)


@pytest.mark.parametrize("steps", range(5))
async def test_escape_leaves_the_tour_at_any_step(open_app, steps):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.visit("tour")
        await settled(pilot)
        for _ in range(steps):
            await pilot.press("f5")
            await settled(pilot)
        assert f"Step {steps + 1} of 5" in screen_text(app)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_at_the_end_of_the_tour_there_is_nothing_left_to_skip(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_question(pilot)
        await pilot.press("f5")
        await until(pilot, lambda: "Step 3 of 5" in said(app, "TourScreen"), "the card")
        await pilot.press("f5", "f5")
        await settled(pilot)
        assert [button.label.plain for button in app.screen.query("Button") if button.display][-1] == "Begin F5"
