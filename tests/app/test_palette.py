from __future__ import annotations

import asyncio

import pytest
from textual.command import CommandPalette
from textual.events import Key
from textual.widgets import Input

from assistant.app.palette import PLACES, EverythingProvider
from assistant.app.screens.learning_point import ReadingScreen
from assistant.app.screens.records import RecordsScreen
from assistant.app.screens.session_screen import SessionScreen
from assistant.app.screens.start import StartScreen
from assistant.app.screens.summary import SummaryScreen
from assistant.workspace.workspace import Workspace
from tests.app.conftest import answer, begin, screen_text, settled, until


async def offered(pilot, typed: str) -> list[str]:
    """What the palette lists for some letters; nothing typed lists what is always offered."""
    await pilot.press("ctrl+p")
    await until(pilot, lambda: isinstance(pilot.app.screen, CommandPalette), "the palette")
    palette = pilot.app.screen
    palette.query_one(Input).value = typed

    def listed() -> list[str]:
        return [str(option.prompt).split("\n")[0] for option in palette.query_one("CommandList")._options]

    await until(pilot, lambda: palette.query_one(Input).value == typed and bool(listed()), "what is found")
    await settled(pilot)
    return listed()


async def chosen(pilot, typed: str) -> None:
    await offered(pilot, typed)
    palette = pilot.app.screen
    await pilot.press("enter")
    if pilot.app.screen is palette:
        await pilot.press("enter")
    await until(pilot, lambda: not isinstance(pilot.app.screen, CommandPalette), "what was chosen")
    await settled(pilot)


@pytest.fixture
def searching_takes(monkeypatch):
    """Makes every search of the palette take some seconds."""
    search = EverythingProvider.search

    def takes(seconds: float) -> None:
        async def slowly(self, query):
            await asyncio.sleep(seconds)
            async for hit in search(self, query):
                yield hit

        monkeypatch.setattr(EverythingProvider, "search", slowly)

    return takes


async def test_every_place_and_every_journey_can_be_reached_from_a_session(open_app, prompts):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        names = await offered(pilot, "")
        assert set(PLACES) <= set(names)
        assert {f"Start: {journey.name}" for journey in prompts.journeys.values()} <= set(names)


@pytest.mark.parametrize("typed", ["[Child A]", "2 March 2026"])
async def test_a_past_record_is_found_by_the_name_of_its_case_or_its_day_and_opened(open_app, typed):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot, case="[Child A] [/x]")
        await answer(pilot, "some words")
        await chosen(pilot, typed)
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen), "the record")
        assert "[Child A] [/x]: the session is not finished" in screen_text(app)
        await pilot.press("escape")
        assert isinstance(app.screen, RecordsScreen)


async def test_each_review_of_the_library_is_found_by_its_title_and_opened(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        library = app.workspace().learning.library
        names = await offered(pilot, "Review: ")
        assert {f"Review: {library.card(review).front.title}" for review in library.ids} <= set(names)
        await pilot.press("escape", "escape")
        await settled(pilot)
        await chosen(pilot, library.card("baby-e").front.title)
        await until(pilot, lambda: len(app.screen.query("ReaderLine")) > 10, "the review")
        assert isinstance(app.screen, ReadingScreen)


async def test_a_journey_is_begun_from_a_session_whose_unsent_words_are_kept(open_app, tmp_path):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot)
        await pilot.press(*"half")
        await chosen(pilot, "Start: Self-review")
        assert isinstance(app.screen, StartScreen)
        session = screen.session.state.started.session
    assert "half" in Workspace(tmp_path).store.draft(session)


async def test_before_anything_is_typed_each_thing_stands_once_and_nothing_that_only_the_toolkit_knows(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        assert "Skip" in {command.title for command in app.get_system_commands(app.screen)}
        names = await offered(pilot, "")
        assert len(names) == len(set(names))
        assert app.screen.query_one("CommandList").region.height > 20
        assert not {"Everything", "Focus Next", "Cursor left", "Copy selected text"} & set(names)


async def test_what_two_keys_do_is_offered_once_and_what_is_done_here_before_the_colours(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        names = await offered(pilot, "")
        assert len(names) == len(set(names))
        assert not [name for name in names if name.startswith("Colours")]
        await pilot.press("escape", "escape")
        await settled(pilot)
        assert "Colours: light" in await offered(pilot, "colours")


async def test_the_screenshot_that_would_write_a_case_to_disk_cannot_be_found(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        assert isinstance(await begin(pilot), SessionScreen)
        titles = [command.title for command in app.get_system_commands(app.screen)]
        assert titles
        assert not [title for title in (*titles, *await offered(pilot, "s")) if "screenshot" in title.lower()]


@pytest.mark.parametrize("looking_s", [0, 0.6])
async def test_enter_right_after_the_letters_chooses_by_them_and_nothing_that_stood_there(
    open_app, searching_takes, looking_s
):
    searching_takes(looking_s)
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert await offered(pilot, "")
        assert app._driver is not None
        for key in (*"records", "enter"):
            app._driver.send_message(Key(key, None if len(key) > 1 else key))
        await until(pilot, lambda: not isinstance(app.screen, CommandPalette), "what was chosen")
        await settled(pilot)
        assert isinstance(app.screen, RecordsScreen)


async def test_enter_and_more_letters_before_anything_was_found_choose_nothing(open_app, searching_takes):
    searching_takes(0.6)
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert await offered(pilot, "")
        await pilot.press(*"record", "enter", "s")
        palette = app.screen
        await until(pilot, lambda: not palette._looks(), "what is found")
        await settled(pilot)
        assert app.screen is palette
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RecordsScreen), "the records")


async def test_a_palette_that_is_closed_before_it_looks_ends_nothing(open_app):
    async with open_app().run_test() as pilot:
        await pilot.press("ctrl+p")
        palette = pilot.app.screen
        palette.dismiss()
        await pilot.pause()
        palette.run_worker(palette._gather_commands("dad").wait, exit_on_error=False)
        await pilot.pause()
        assert pilot.app.is_running
