from __future__ import annotations

import time
from pathlib import Path
from threading import Event

import pytest
from textual.widgets import Input

from assistant.app.screens import screen as base
from assistant.app.screens.help import HelpScreen
from assistant.app.screens.home import HomeScreen
from assistant.app.screens.records import RecordsScreen
from assistant.app.screens.waiting import WaitingScreen
from assistant.export import export_file
from assistant.retrieval.results import SearchResult
from tests.app.conftest import LONGEST_S, begin, leave, screen_text, settled


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(base, "MOMENT_S", 0.01)
    monkeypatch.setattr("assistant.app.screens.library_browser.MOMENT_S", 0.01)


async def seen(pilot, what) -> None:
    """Wait without waiting for the workers, one of which is being held."""
    deadline = time.monotonic() + LONGEST_S
    while not what():
        assert time.monotonic() < deadline, screen_text(pilot.app)
        await pilot.pause(0.01)


async def exporting_slowly(pilot, monkeypatch, folder: Path) -> Event:
    """From the records into the saving of a copy that is held until the event is set."""
    go_on = Event()
    make = export_file._MADE["docx"]

    def slowly(*of):
        go_on.wait(LONGEST_S)
        return make(*of)

    monkeypatch.setitem(export_file._MADE, "docx", slowly)
    await begin(pilot)
    await leave(pilot)
    await settled(pilot)
    pilot.app.visit("records")
    await settled(pilot)
    await pilot.press("f5")
    await settled(pilot)
    pilot.app.screen.query_one("#folder", Input).value = str(folder)
    await pilot.press("f5")
    await seen(pilot, lambda: isinstance(pilot.app.screen, WaitingScreen))
    return go_on


async def test_help_over_something_waited_for_leaves_nothing_behind_when_that_is_done(
    open_app, monkeypatch, tmp_path_factory
):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        go_on = await exporting_slowly(pilot, monkeypatch, tmp_path_factory.mktemp("shared"))
        await pilot.press("f1")
        await seen(pilot, lambda: isinstance(app.screen, HelpScreen))
        go_on.set()
        await settled(pilot)
        await pilot.press("escape")
        await seen(pilot, lambda: isinstance(app.screen, RecordsScreen))


async def test_what_follows_work_that_ends_as_soon_as_it_is_shown_stays_on_the_screen(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        waiting, following = WaitingScreen("Opening the session", lambda _: None), RecordsScreen()
        app.push_screen(waiting)
        waiting.end()
        app.push_screen(following)
        await settled(pilot)
        assert app.screen is following


async def test_an_answer_that_waits_for_the_library_says_so_beside_the_answer(open_app, monkeypatch):
    monkeypatch.setattr("assistant.app.screens.sending.MOMENT_S", 0.01)
    go_on = Event()
    monkeypatch.setattr(
        "assistant.workspace.workspace.Workspace.make_ready_to_listen", lambda *_: go_on.wait(LONGEST_S)
    )

    def slowly(query: str) -> SearchResult:
        go_on.wait(LONGEST_S)
        return SearchResult(query=query, nothing_bears=True, hits=())

    app = open_app(slowly)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.open_session_screen(app.workspace().begin("supervision", case="Child A", minutes=30))
        await seen(pilot, lambda: app.screen.ready)
        await pilot.press(*"Dad works nights.", "enter")
        await seen(pilot, lambda: "Getting the library ready …" in screen_text(app))
        go_on.set()
        await settled(pilot)
        await seen(pilot, lambda: app.screen.ready and app.screen.session.state.answers)
        assert "Getting" not in screen_text(app)


async def test_saving_a_copy_that_takes_its_time_is_seen_and_goes_away_when_it_is_done(
    open_app, monkeypatch, tmp_path_factory
):
    folder = tmp_path_factory.mktemp("shared")
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        go_on = await exporting_slowly(pilot, monkeypatch, folder)
        assert "Making the copy … Esc stops it." in screen_text(app)
        go_on.set()
        await seen(pilot, lambda: isinstance(app.screen, RecordsScreen))
        await settled(pilot)
        assert len(list(folder.iterdir())) == 1
        assert "Saved in" in screen_text(app)


async def test_escape_stops_the_saving_of_a_copy_and_nothing_is_written(open_app, monkeypatch, tmp_path_factory):
    folder = tmp_path_factory.mktemp("shared")
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        go_on = await exporting_slowly(pilot, monkeypatch, folder)
        await pilot.press("escape")
        await seen(pilot, lambda: isinstance(app.screen, RecordsScreen))
        go_on.set()
        await settled(pilot)
        assert "Stopped." in screen_text(app)
        assert list(folder.iterdir()) == []


async def test_a_first_search_that_takes_long_says_why_and_escape_leaves_it(open_app):
    go_on = Event()

    def slow(query: str) -> SearchResult:
        go_on.wait(LONGEST_S)
        return SearchResult(query=query, nothing_bears=True, hits=())

    app = open_app(search=slow)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        app.visit("library")
        await settled(pilot)
        await pilot.press("d")
        await seen(pilot, lambda: "Getting the library ready" in screen_text(app))
        await pilot.press("escape")
        await seen(pilot, lambda: isinstance(app.screen, HomeScreen))
        go_on.set()
        await settled(pilot)
        assert app.return_code is None


async def test_work_replaced_before_it_had_begun_is_not_waited_for(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, HomeScreen)
        first = screen.beside(lambda: None, lambda _: None, group="twice", waiting="At work")
        done: list[None] = []
        screen.beside(lambda: None, done.append, group="twice", waiting="At work")
        await seen(pilot, lambda: bool(done))
        assert not base.is_running(first)
        assert not isinstance(app.screen, WaitingScreen)
