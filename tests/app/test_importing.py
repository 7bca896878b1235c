from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from assistant.app.app import ReflectApp
from assistant.app.screens.adding_review import AddingScreen
from assistant.app.screens.library_browser import LibraryScreen
from assistant.app.widgets.paths import Paths
from tests.app.conftest import LONGEST_S, said, screen_text, settled, until

BRIEFING = """# Learning from the review of Child [Q]

Published by the Northshire Safeguarding Children Partnership, March 2024

## What we learned

- Practitioners did not ask who the [new] partner was or when he stayed at the home.
- Health visitors and the nursery each held a part of the story and nobody put the parts together.

## Learning points for managers

- Managers should ask in every supervision session which adults in the home have not been met.
"""


@pytest.fixture
def briefing(tmp_path: Path) -> Path:
    path = tmp_path / "their files" / "briefing.md"
    path.parent.mkdir()
    path.write_text(BRIEFING, encoding="utf-8")
    return path


async def adding(pilot: Pilot[None], named: object) -> AddingScreen:
    """To the screen, by the library's key, and on to what was found in a file."""
    app = pilot.app
    assert isinstance(app, ReflectApp)
    await settled(pilot)
    app.visit("library")
    await settled(pilot)
    await pilot.press("ctrl+n")
    await until(pilot, lambda: isinstance(app.screen, AddingScreen), "the screen for adding")
    app.screen.query_one("#file", Input).value = str(named)
    await pilot.press("enter")
    await settled(pilot)
    assert isinstance(app.screen, AddingScreen)
    return app.screen


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 16)])
async def test_what_was_found_is_shown_beside_the_page_and_kept_only_when_asked(
    open_app: Callable[..., ReflectApp], briefing, size
):
    app = open_app()
    async with app.run_test(size=size) as pilot:
        screen = await adding(pilot, briefing)
        await until(pilot, lambda: screen.query_one("#adding-points", OptionList).option_count >= 3, "the points")
        assert "Child [Q]" in said(app, "#adding-found")
        assert "Northshire Safeguarding Children Partnership" in said(app, "#adding-found")
        assert "who the [new] partner was" in said(app, "#reader")
        assert app.screen.query("ReaderLine.-point")
        assert len(app.workspace().learning.library.ids) == 5
        await pilot.press("f5")
        await until(pilot, lambda: "is in your library" in screen_text(app), "the word that it was kept")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, LibraryScreen), "the library")
        await until(pilot, lambda: "6 reviews" in screen_text(app), "the new review")


async def test_moving_through_the_points_marks_where_each_stands(open_app, briefing):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await adding(pilot, briefing)
        await until(pilot, lambda: bool(app.screen.query("ReaderLine.-chosen")), "the first point")
        await pilot.press("down", "down")
        await settled(pilot)
        chosen = screen.query_one("ReaderLine.-chosen")
        assert "which adults in the home" in str(chosen.render())


async def test_leaving_a_file_out_keeps_nothing(open_app, briefing):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await adding(pilot, briefing)
        await pilot.press("delete")
        await settled(pilot)
        assert "It was not kept." in screen_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: "5 reviews" in screen_text(app), "the library as it was")


async def test_a_folder_is_gone_through_file_by_file_and_a_bad_one_does_not_stop_it(open_app, briefing):
    (briefing.parent / "a-lunch.txt").write_text("Soup on Monday. Pie on Tuesday.", encoding="utf-8")
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await adding(pilot, briefing.parent)
        await until(pilot, lambda: screen.query_one("#adding-points", OptionList).option_count >= 3, "the good file")
        assert "Child [Q]" in said(app, "#adding-found")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("nowhere.md", None, "nowhere.md"),
        ("empty.md", b"", "empty"),
        ("lunch.txt", b"Soup on Monday. Pie on Tuesday.", "No learning found"),
        ("picture.png", b"\x89PNG", "picture.png"),
    ],
)
async def test_a_file_that_cannot_be_added_is_one_sentence_and_another_can_be_named(
    open_app, tmp_path, name, content, sentence
):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await adding(pilot, path)
        assert sentence in said(app, "AddingScreen")
        assert not screen.has_class("-found")
        assert screen.query_one("#file", Input).has_focus


async def test_the_same_review_again_is_noticed_and_kept_once(open_app, briefing):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await adding(pilot, briefing)
        await pilot.press("f5")
        await until(pilot, lambda: "is in your library." in screen_text(app), "the first keeping")
        screen.query_one("#file", Input).value = str(briefing)
        await pilot.press("enter")
        await until(pilot, lambda: screen.has_class("-found"), "the points again")
        await pilot.press("f5")
        await until(pilot, lambda: "in your library already" in screen_text(app), "the word that it is there")


async def test_a_review_taken_out_can_be_put_back(open_app, briefing):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await adding(pilot, briefing)
        await pilot.press("f5")
        await until(pilot, lambda: "is in your library" in screen_text(app), "the keeping")
        before = [
            point.model_dump()
            for point in app.workspace().learning.library.points_of(app.workspace().learning.library.ids[-1])
        ]
        await pilot.press("escape")
        await until(pilot, lambda: "6 reviews" in screen_text(app), "the new review")
        results = app.screen.query_one("#results", OptionList)
        results.focus()
        results.highlighted = 5
        await pilot.press("enter")
        await until(pilot, lambda: "who the [new] partner was" in said(app, "#reader"), "the review")
        await pilot.press("delete")
        await until(pilot, lambda: "5 reviews" in screen_text(app), "the library without it")
        await pilot.press("ctrl+z")
        await until(pilot, lambda: "6 reviews" in screen_text(app), "the library with it")
        after = [
            point.model_dump()
            for point in app.workspace().learning.library.points_of(app.workspace().learning.library.ids[-1])
        ]
        assert after == before


async def test_a_review_that_came_with_the_program_is_not_taken_out(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.visit("library")
        await settled(pilot)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: len(app.screen.query("ReaderLine")) > 10, "the review")
        await pilot.press("delete")
        await settled(pilot)
        assert len(app.workspace().learning.library.ids) == 5


async def test_stopping_while_a_document_is_read_keeps_nothing(open_app, tmp_path, monkeypatch):
    reading, stopped = Event(), Event()

    def slow(_path, *, progress):
        reading.set()
        stopped.wait(LONGEST_S)
        progress(1, 2)

    monkeypatch.setattr("assistant.app.screens.adding_review.read_document", slow)
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await app.push_screen(AddingScreen())
        app.screen.query_one("#file", Input).value = str(tmp_path / "long.pdf")
        await pilot.press("enter")
        while not reading.is_set():
            await pilot.pause()
        await pilot.press("escape")
        assert "Stopped. Nothing was kept." in screen_text(app)
        stopped.set()
        await pilot.pause()
        assert len(app.workspace().learning.library.ids) == 5


async def test_the_rest_of_a_files_name_is_suggested(tmp_path):
    (tmp_path / "Briefing 7.docx").touch()
    assert await Paths().get_suggestion(f"{tmp_path}/Brief") == f"{tmp_path}/Briefing 7.docx"
    assert await Paths().get_suggestion(f"{tmp_path}/nothing") is None
    assert await Paths().get_suggestion("/no/such/folder/x") is None
