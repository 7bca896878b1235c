"""What can be done to a session beside answering it: its clock, its people, an action put down, who speaks."""

from __future__ import annotations

from textual import events
from textual.widgets import Input, Select

from assistant.app.screens.person_form import PersonScreen
from assistant.app.widgets.people_list import PeoplePanel
from assistant.app.widgets.turn_view import ChangeBox
from tests.app.conftest import answer, begin, command, question, said, screen_text, settled, until


async def test_a_pause_is_said_in_the_header_and_ends_when_somebody_types(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot)
        await command(pilot, "/pause")
        assert "paused" in screen_text(app).splitlines()[0]
        assert screen.session.state.paused
        await pilot.press("h")
        await until(pilot, lambda: not screen.session.state.paused, "the clock")
        await settled(pilot)
        assert "minutes left" in screen_text(app).splitlines()[0]
        assert (await question(pilot)).text == "h"


async def test_a_session_is_made_longer_and_shorter_midway(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot)
        await command(pilot, "/longer")
        assert screen.session.state.minutes == 45
        assert "45 minutes long" in screen_text(app)
        await command(pilot, "/shorter")
        await command(pilot, "/shorter")
        await command(pilot, "/shorter")
        assert screen.session.state.minutes == 15
        assert "isn't that much time left" in screen_text(app)


async def test_an_action_is_put_down_midway_and_stands_beside_the_conversation(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot)
        asked = screen.session.state.current
        await command(pilot, "/add-action School rings Nan by Friday")
        assert "School rings Nan by Friday" in said(app, "#side")
        assert screen.session.state.current == asked
        await command(pilot, "/add-action")
        assert screen._box.text == "/add-action "
        await pilot.press(*"ring nan", "enter")
        await until(pilot, lambda: len(screen.session.state.added) == 2, "the second one")


async def test_one_key_says_who_speaks_and_the_conversation_shows_it(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot)
        box = await question(pilot)
        await pilot.press("ctrl+t", *"who?", "ctrl+t", *"dad.")
        assert box.text == "Supervisor: who?\nPractitioner: dad."
        await pilot.press("enter")
        await question(pilot)
        turn = screen.session.state.turns[0]
        assert (turn.answer, turn.voices) == ("who?\ndad.", ("supervisor", "practitioner"))
        assert "Supervisor: who? Practitioner: dad." in said(app, "#stream")
        await pilot.press("up")
        await settled(pilot)
        assert screen.query_one(ChangeBox).text == "Supervisor: who?\nPractitioner: dad."


async def test_lines_and_voices_stay_in_their_order_however_fast_they_are_typed(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        box = await question(pilot)
        typed = ["ctrl+t", *"who", "ctrl+t", *"dad", "ctrl+j", *"nan", "shift+enter", *"mum"]
        for key in typed:
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: box.text.endswith("mum"), "the last of it")
        assert box.text == "Supervisor: who\nPractitioner: dad\nnan\nmum"


async def test_the_key_for_the_other_voice_changes_the_name_while_nothing_is_said(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        box = await question(pilot)
        await pilot.press("ctrl+t", "ctrl+t", *"dad.")
        assert box.text == "Practitioner: dad."


async def test_somebody_in_the_case_is_put_right_added_and_taken_out_in_the_panel(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "The little girl is eight. She lives with her mum.")
        people = app.screen.query_one(PeoplePanel)
        ruby = screen.session.sketch().children[0]
        await command(pilot, "/people")
        people.highlighted = people.get_option_index(ruby.id)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PersonScreen), "the form")
        app.screen.query_one("#age", Input).value = "nine"
        await pilot.press("f5")
        await until(pilot, lambda: screen.session.sketch().children[0].age == "nine", "the age")
        people.highlighted = people.option_count - 1
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PersonScreen), "the form")
        app.screen.query_one("#called", Input).value = "the lodger"
        app.screen.query_one("#age", Input).value = "40"
        app.screen.query_one("#role", Select).value = "man"
        await pilot.press("f5")
        await until(pilot, lambda: "the lodger  40" in screen_text(app), "the lodger")
        people.highlighted = people.get_option_index("man-1")
        await pilot.press("enter")
        await until(pilot, lambda: bool(app.screen.query("#remove")), "the form")
        await pilot.click("#remove")
        await until(pilot, lambda: not screen.session.sketch().men, "nobody")
