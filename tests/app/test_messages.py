"""Messages stand where the eye is, something stands at once where one waits, and letters go where they are meant."""

from __future__ import annotations

from threading import Event

import pytest
from textual.widgets import Input, OptionList, Static
from textual.widgets._toast import Toast

from assistant.app.app import ReflectApp
from assistant.app.screens.session_screen import SessionScreen
from assistant.app.screens.welcome import WelcomeScreen
from tests.app.conftest import LONGEST_S, answer, begin, pick, question, screen_text, settled, until


async def test_in_a_session_a_message_stands_under_what_is_being_written(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "dad works nights")
        await pick(pilot, "LearningCard Chips", "copy")
        await until(pilot, lambda: "Copied" in str(screen.query_one("#hint", Static).render()), "what was copied")
        assert not screen.query(Toast)


async def test_elsewhere_a_message_stands_over_the_keys_at_the_left_edge_and_in_the_middle_over_a_form(open_app):
    app = open_app()
    async with app.run_test(size=(200, 60), notifications=True) as pilot:
        await settled(pilot)
        for place, least, most in (("library", 0, 2), ("settings", 40, 60)):
            app.go_to(place)
            await settled(pilot)
            app.screen.say("Kept.")
            await until(pilot, lambda: bool(app.screen.query(Toast)), "the message")
            region = app.screen.query_one(Toast).region
            assert least <= region.x <= most
            assert region.bottom == app.size.height - 1
            app.clear_notifications()


async def test_what_is_wrong_with_a_name_is_said_under_it(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        app.prepare("supervision")
        await until(pilot, lambda: bool(app.screen.query("Choice")), "the form")
        await pilot.press("f5")
        await until(pilot, lambda: "Give the case a made-up name" in screen_text(app), "what is missing")
        problem, name = app.screen.query_one("#problem"), app.screen.query_one("#case", Input)
        assert problem.region.y == name.region.bottom
        assert app.focused is name
        await pilot.press("o")
        assert not problem.display


async def test_trying_it_says_at_once_that_it_gets_ready_and_keeps_what_is_typed_meanwhile(open_app, monkeypatch):
    go_on, make = Event(), ReflectApp.make_trial

    def slow(app: ReflectApp):
        go_on.wait(LONGEST_S)
        return make(app)

    monkeypatch.setattr(ReflectApp, "make_trial", slow)
    monkeypatch.delenv("REFLECT_PASSPHRASE_FILE")
    app = open_app(new=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen) and bool(app.focused), "the two ways")
        await pilot.press("enter")
        await pilot._wait_for_screen()
        assert "Getting a made-up case ready" in screen_text(app)
        await pilot.app._press_keys("he is six")
        go_on.set()
        await until(pilot, lambda: isinstance(app.screen, SessionScreen), "the session")
        assert (await question(pilot)).text == "he is six"


async def test_the_first_screen_has_the_day_and_when_it_locks(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "Mon 2 March   locks in 10 min" in screen_text(app)


@pytest.mark.parametrize(("place", "box"), [("library", "#search"), ("records", "#find")])
async def test_letters_typed_over_a_list_look_for_something(open_app, place, box):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        app.go_to(place)
        await settled(pilot)
        app.screen.query_one(OptionList).focus()
        await pilot.press(*"Child")
        assert app.screen.query_one(box, Input).value == "Child"
