"""The app without colour, on 40 columns, and over records of which one is damaged."""

from __future__ import annotations

import gc

import pytest
from textual.strip import Strip
from textual.widgets import Footer, OptionList, Static
from textual.widgets._toast import ToastRack

from assistant.app.screens.home import HomeScreen
from assistant.app.screens.records import RecordsScreen
from assistant.app.screens.session_screen import SessionScreen
from assistant.app.widgets.bars import Bars
from assistant.app.widgets.choice import CHOSEN
from assistant.app.widgets.composer import Composer
from tests.app.conftest import answer, begin, choose, leave, screen_text, settled, until


def told(app) -> str:
    return " ".join(screen_text(app).split())


async def two_records(pilot) -> tuple[str, str]:
    kept = []
    for case in ("[Child A]", "Child B"):
        screen = await begin(pilot, case=case)
        await answer(pilot, f"words about {case}")
        kept.append(screen.session.state.started.session)
        await leave(pilot)
        await settled(pilot)
    return kept[0], kept[1]


def damage(app, session: str) -> None:
    with app.workspace().store._backing.writing() as connection:
        connection.change("UPDATE events SET body = '{' WHERE session = :session AND position = 1", session=session)


def bodies(app, session: str) -> list[str]:
    with app.workspace().store._backing.reading() as connection:
        return [row["body"] for row in connection.rows("SELECT body FROM events WHERE session = :id", id=session)]


async def test_a_damaged_record_is_told_in_one_sentence_left_as_it_is_and_the_others_still_open(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        damaged, whole = await two_records(pilot)
        damage(app, damaged)
        before = bodies(app, damaged)
        app.visit("records")
        await until(pilot, lambda: "2 records" in screen_text(app), "both in the list")
        sessions = app.screen.query_one("#sessions", OptionList)
        for key in ("enter", "f2"):
            app.clear_notifications()
            sessions.highlighted = sessions.get_option_index(damaged)
            await pilot.press(key)
            await until(pilot, lambda: "other sessions are not affected" in told(app), "what is wrong with it")
            assert isinstance(app.screen, RecordsScreen)
        assert bodies(app, damaged) == before
        sessions.highlighted = sessions.get_option_index(whole)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SessionScreen), "the other session")
        assert "Child B" in screen_text(app)
        app.go_to("records")
        await settled(pilot)
        await choose(pilot, "#sessions", "themes")
        await until(pilot, lambda: bool(app.screen.query(Bars)), "the themes of the others")
        assert "Left out: 1 session that could not be read." in told(app)
        assert app.return_code is None


async def test_a_damaged_record_is_not_offered_on_the_first_screen_and_does_not_shut_it(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        damaged, _ = await two_records(pilot)
        damage(app, damaged)
    again = open_app()
    async with again.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, lambda: "Continue Child B" in screen_text(again), "the session that can be taken up")
        assert "Continue [Child A]" not in screen_text(again)


async def test_where_no_colour_is_wanted_what_is_chosen_can_still_be_told(open_app, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app = open_app()
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        assert app.no_color
        app.visit("settings")
        await settled(pilot)
        chosen = [line for line in screen_text(app).splitlines() if CHOSEN in line]
        assert len(chosen) == 4
        assert "Dark" in chosen[0]
        app.go_home()
        await settled(pilot)
        strips = app.screen._compositor.render_strips()
        highlighted = [segment for strip in strips for segment in strip if segment.style and segment.style.bold]
        assert any("Supervision" in segment.text for segment in highlighted)


@pytest.mark.parametrize("place", ["home", "records", "settings", "actions"])
async def test_on_forty_columns_every_line_fits_and_the_last_thing_can_be_reached(open_app, place):
    app = open_app()
    async with app.run_test(size=(40, 16), notifications=True) as pilot:
        await two_records(pilot)
        if place != "home":
            app.visit(place)
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen) == (place == "home")
        assert all(len(line) <= 40 for line in screen_text(app).splitlines())
        shown = [widget for widget in app.screen.walk_children() if not isinstance(widget, Footer | ToastRack)]
        sideways = [widget for widget in shown if widget.max_scroll_x > 0]
        assert sideways == []
        wanted = {
            "home": "Quit",
            "records": "[Child A]",
            "settings": "Everything is kept",
            "actions": "Nothing to do at the moment",
        }
        if place == "home":
            app.screen.query_one(OptionList).focus()
        await pilot.press("end", "end")
        if place == "settings":
            app.screen.query_one(".column").scroll_end(animate=False)
        await settled(pilot)
        assert wanted[place] in told(app)


async def test_a_very_long_answer_is_met_before_it_is_read(open_app, monkeypatch):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        monkeypatch.setattr(type(app.screen), "_consider", lambda *_, **__: None)  # it never is
        app.screen.query_one(Composer).load_text("He was asleep upstairs. " * 126)
        await pilot.press("enter")
        await settled(pilot)
        assert "That's long. Give me a moment with it." in screen_text(app)


async def test_what_was_painted_is_let_go_with_what_showed_it(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        column = app.screen.query_one(".column")
        for family in "ABCDEFGHIJ":
            shown = Static(f"Family {family} was asleep behind the gingham curtain.")
            await column.mount(shown, before=0)
            await settled(pilot)
            assert "gingham" in screen_text(app)
            await shown.remove()
        await settled(pilot)
        gc.collect()
        still = {one.text.split()[1] for one in gc.get_objects() if type(one) is Strip and "gingham" in one.text}
        assert len(still) <= 1  # the last one may wait for the next to be let go
