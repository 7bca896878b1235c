from __future__ import annotations

import pytest
from textual.widgets import Input, RadioButton

from assistant.app.lock_after import LOCK_AFTER
from assistant.app.preferences import read_settings
from assistant.app.screens.home import HomeScreen
from assistant.app.screens.restoring import RestoreScreen
from assistant.app.screens.session_screen import SessionScreen
from assistant.app.screens.unlock import UnlockScreen
from assistant.app.widgets.turn_view import TurnView
from assistant.store.passphrase_choice import strength
from tests.app.conftest import agree, answer, begin, leave, said, settled, until

PASSPHRASE = "four ordinary test words"


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ("", ""),
        ("short", "Too short"),
        ("password2024", "Easy to guess"),
        ("aaaabbbb", "Easy to guess"),
        ("Tk4!vX9z", "Fair"),
        ("otter lamp gravel Tuesday", "Strong"),
    ],
)
def test_how_hard_a_passphrase_is_to_guess_is_said_in_a_sentence(typed, begins):
    assert strength(typed).startswith(begins)
    assert bool(strength(typed)) == bool(typed)


async def test_a_new_passphrase_is_weighed_as_it_is_typed_and_can_be_shown(open_app):
    app = open_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        app.push_screen(UnlockScreen(new=True))
        await settled(pilot)
        await pilot.press(*"otter")
        await settled(pilot)
        assert "Too short" in said(app, ".column")
        boxes = app.screen.query(Input)
        assert all(box.password for box in boxes)
        await pilot.click("#shown")
        await settled(pilot)
        assert not any(box.password for box in boxes)


async def test_the_width_of_a_session_s_text_is_chosen_and_kept(open_app, tmp_path):
    app = open_app()
    async with app.run_test(size=(160, 60)) as pilot:
        await settled(pilot)
        app.visit("settings")
        await settled(pilot)
        app.screen.query_one("#width").query(RadioButton).last().value = True
        await settled(pilot)
        assert read_settings(tmp_path).text_width == 100
        app.go_home()
        await begin(pilot)
        assert isinstance(app.screen, SessionScreen)
        await until(pilot, lambda: app.screen.query(TurnView).first().size.width == 100, "a hundred columns")


async def test_what_the_arrow_keys_highlight_is_what_is_chosen(open_app, tmp_path):
    app = open_app()
    async with app.run_test(size=(100, 50)) as pilot:
        await settled(pilot)
        app.visit("settings")
        await settled(pilot)
        app.screen.query_one("#locking").focus()
        before, place = read_settings(tmp_path).lock_minutes, LOCK_AFTER.index(read_settings(tmp_path).lock_minutes)
        await pilot.press("down")
        await settled(pilot)
        assert read_settings(tmp_path).lock_minutes == LOCK_AFTER[place + 1] != before
        await pilot.press("up")
        await settled(pilot)
        assert read_settings(tmp_path).lock_minutes == before


async def test_a_backup_is_brought_back_from_the_settings(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "before the backup")
        app.workspace().backups.back_up()
        await answer(pilot, "after it")
        await leave(pilot)
        app.push_screen(RestoreScreen())
        await until(pilot, lambda: app.screen.query_one("#backups").option_count > 0, "the backups")
        app.screen.query_one("#passphrase", Input).value = "not this one at all"
        await pilot.press("f5")
        await agree(pilot)
        await until(
            pilot, lambda: "passphrase" in said(app, ".column").split("made with")[1], "that it doesn't open it"
        )
        app.screen.query_one("#passphrase", Input).value = PASSPHRASE
        await pilot.press("f5")
        await agree(pilot)
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "the first screen")
        await settled(pilot)
        session = screen.session.state.started.session
        assert app.workspace().take_up(session).state.answers == ("before the backup",)
