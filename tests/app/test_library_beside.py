"""What the library shows beside its list without being asked, and what it says of a document it read."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from assistant.app import content
from assistant.app.screens.adding_review import AddingScreen
from assistant.app.screens.library_browser import LibraryScreen
from assistant.app.widgets.review_text import ReaderLine
from tests.app.conftest import said, settled, until

PAGE = """<html><head><title>Learning from Child Q</title></head><body><h1>Learning from Child Q</h1>
<h2>What we learned</h2><ul>
<li>Practitioners did not ask who the new partner was or when he stayed at the home.</li>
<li>Health visitors and the nursery each held a part of the story and nobody put the parts together.</li></ul>
<p>More is <a href="more.html">here</a>.</p><iframe src="findings.html"></iframe></body></html>"""


async def test_the_best_hit_is_open_beside_the_list_while_typing_goes_on(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.visit("library")
        await until(pilot, lambda: isinstance(app.screen, LibraryScreen), "the library")
        await pilot.press(*"dad works nights")
        await until(pilot, lambda: bool(app.screen.query("ReaderLine.-chosen")), "the point in its review")
        assert app.screen.query(".-chosen").first(ReaderLine).number == 63
        assert app.focused is app.screen.query_one("#search")
        assert app.screen.query_one("#search", Input).value == "dad works nights"


@pytest.mark.parametrize(
    ("typed", "years"), [("March 2025", (2025, 2025)), ("2014-2019", (2014, 2019)), ("last", None), ("", None)]
)
async def test_a_year_is_read_however_it_is_written(open_app, typed, years):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.visit("library")
        await until(pilot, lambda: isinstance(app.screen, LibraryScreen), "the library")
        app.screen.query_one("#years", Input).value = typed
        assert app.screen._filters().years == years


async def test_what_could_not_be_read_of_a_document_is_said_before_it_is_kept(open_app, tmp_path):
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.push_screen(AddingScreen())
        await settled(pilot)
        app.screen.query_one("#file", Input).value = str(tmp_path / "page.html")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.has_class("-found"), "what was found")
        assert app.screen._found.preview.notices
        assert all(notice in said(app, "#adding-found") for notice in app.screen._found.preview.notices)


def test_a_point_read_from_a_picture_says_that_it_is_to_be_checked(open_app):
    library = open_app().workspace().learning.library
    point = library.by_id("child-k/invisible-fathers/4")
    assert "picture" not in content.kind_and_lines(point)
    pictured = point.model_copy(update={"from_picture": True})
    assert content.kind_and_lines(pictured).endswith("Read from a picture: check it before you quote")
