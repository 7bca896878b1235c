from __future__ import annotations

from functools import partial

import pytest
from textual.widgets import Input, Select

from assistant.app.screens.library_browser import CUT
from assistant.library.points import LearningPoint
from assistant.workspace.library_search import MOST_ASKED
from tests.app.conftest import pick, screen_text, settled, until

WORDS = "nobody had met the father"


@pytest.fixture
def real_search(open_app):
    """The app with the whole of search, as on a user's machine."""
    return open_app(search=None)


async def filtering(pilot, app) -> None:
    await settled(pilot)
    app.visit("library")
    await settled(pilot)
    app.screen.query_one("#search", Input).value = WORDS
    await until(pilot, lambda: "best first" in screen_text(app), "what bears on the words")
    await pick(pilot, "#about-list", "filters")


def shown(app) -> list[LearningPoint]:
    ids = [option.id.removeprefix("point:") for option in app.screen.query_one("#results").options]
    return [app.workspace().learning.library.by_id(point) for point in ids]


def only(app, holds) -> bool:
    return all(map(holds, shown(app)))


async def test_each_filter_narrows_what_is_shown_and_closing_them_shows_all_again(real_search):
    app = real_search
    async with app.run_test(size=(120, 40)) as pilot:
        await filtering(pilot, app)
        everything = shown(app)
        for name, value, holds in (
            ("#in-review", "child-n", lambda point: point.review == "child-n"),
            ("#of-kind", "question", lambda point: point.kind == "question"),
            ("#for-whom", "manager", lambda point: point.audience == "manager"),
        ):
            app.screen.query_one(name, Select).value = value
            await until(pilot, partial(only, app, holds), f"only {value}")
            app.screen.query_one(name, Select).clear()
            await until(pilot, lambda: shown(app) == everything, "everything again")
        app.screen.query_one("#on-theme", Select).value = "suicide-and-self-harm"
        await until(pilot, lambda: shown(app) != everything, "only that theme")
        await pick(pilot, "#about-list", "filters")
        await until(pilot, lambda: shown(app) == everything, "everything again")


async def test_years_narrow_only_once_they_are_years(real_search):
    app = real_search
    async with app.run_test(size=(80, 24)) as pilot:
        await filtering(pilot, app)
        everything = shown(app)
        app.screen.query_one("#years", Input).value = "201"
        await settled(pilot)
        assert shown(app) == everything
        app.screen.query_one("#years", Input).value = "2016"
        await until(pilot, lambda: {p.review for p in shown(app)} <= {"baby-e"}, "only reviews of that year")


async def test_where_a_review_is_open_and_no_point_of_it_the_same_elsewhere_asks_for_one(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        app.visit("library")
        await settled(pilot)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: len(app.screen.query("ReaderLine")) > 10, "the review")
        await pick(pilot, "#about-point", "twin")
        await settled(pilot)
        assert "Open a learning point first" in screen_text(app)


async def test_of_a_long_text_it_is_said_how_much_was_looked_for(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.visit("library")
        await settled(pilot)
        for letters, is_said in ((MOST_ASKED, False), (MOST_ASKED + 1, True)):
            app.screen.query_one("#search", Input).value = "dad works nights ".ljust(letters, "x")
            await until(pilot, lambda: "best first" in screen_text(app), "what bears on the words")
            await settled(pilot)
            assert (CUT in screen_text(app)) is is_said
