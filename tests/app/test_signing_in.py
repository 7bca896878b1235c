"""Signing in to a team's database in the app, and coming back after the records were locked."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from assistant.app.screens.adding_review import AddingScreen
from assistant.app.screens.home import HomeScreen
from assistant.app.screens.sign_in import SignInScreen
from assistant.app.widgets.composer import Composer
from assistant.app.widgets.paths import Paths
from assistant.store.store_errors import StoreError
from assistant.store.where_kept import SEVERAL
from tests.app.conftest import begin, screen_text, settled, until
from tests.stores import PASSWORDS


@pytest.fixture
def nobody(team, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address of a team's database with nobody's name in it."""
    monkeypatch.setenv("REFLECT_DATABASE_URL", team("pat").replace("pat@", ""))
    monkeypatch.setenv(SEVERAL, "1")
    monkeypatch.setattr("time.sleep", lambda _: None)


async def signs_in(pilot, *typed: str) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, SignInScreen), "the question who it is")
    for words, box in zip(typed, pilot.app.screen.query(Input), strict=True):
        box.value = words
    await pilot.press("f5")


@pytest.mark.usefixtures("nobody")
async def test_a_person_signs_in_and_after_the_lock_comes_back_to_the_words_being_written(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await signs_in(pilot, "ann", "a wrong one")
        await until(pilot, lambda: "check the name and password" in " ".join(screen_text(app).split()), "the reason")
        assert app.screen.query_one("#password", Input).value == ""
        await signs_in(pilot, "ann", PASSWORDS["ann"])
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "the first screen")
        screen = await begin(pilot)
        assert screen.session.state.started.session.endswith("@ann")
        await pilot.press(*"half a thought")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, SignInScreen), "the lock")
        assert "half a thought" not in screen_text(app)
        assert "As ann" in screen_text(app)
        await signs_in(pilot, PASSWORDS["ann"])
        await until(pilot, lambda: app.screen is screen, "the session")
        assert screen.query_one("#answer", Composer).text == "half a thought"
        app.workspace().opening.lock()


@pytest.mark.usefixtures("nobody")
async def test_where_several_use_the_computer_no_file_of_it_is_written_read_or_named(open_app, tmp_path):
    (tmp_path / "of-somebody-else.md").write_text("# A record", encoding="utf-8")
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await signs_in(pilot, "ann", PASSWORDS["ann"])
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "the first screen")
        session = (await begin(pilot)).session.state.started.session
        with pytest.raises(StoreError, match="could open the file"):
            app.workspace().documents.export(session, "md", tmp_path / "record.md")
        assert not (tmp_path / "record.md").exists()
        app.push_screen(AddingScreen())
        await settled(pilot)
        app.screen.query_one("#file", Input).value = str(tmp_path / "of-somebody-else.md")
        await pilot.press("enter")
        await settled(pilot)
        assert "could open the file" in " ".join(screen_text(app).split())
        assert await Paths().get_suggestion(f"{tmp_path}/of") is None
        app.workspace().opening.lock()


@pytest.mark.usefixtures("nobody")
async def test_a_tab_that_is_closed_asks_who_is_there_and_one_that_opens_by_itself_does_not(open_app, monkeypatch):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await signs_in(pilot, "ann", PASSWORDS["ann"])
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "the first screen")
        app.browser_left()
        await until(pilot, lambda: isinstance(app.screen, SignInScreen), "the lock")
        await signs_in(pilot, PASSWORDS["ann"])
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "the first screen")
        monkeypatch.setattr(type(app.workspace().opening), "opens_by_itself", True)
        app.browser_left()
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        app.workspace().opening.lock()
