"""The page at the end of a session: what came out of it, put right where it stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from assistant.app.app import ReflectApp
from assistant.app.screens.identifiers import NamesScreen
from assistant.app.screens.summary import SummaryScreen, WordsField
from assistant.app.widgets.action_row import ActionRow
from tests.app.conftest import agree, answer, begin, command, pick, screen_text, settled, until

ACTION = "/add-action The school will ring Nan by 9 March"


async def finished(pilot, *commands: str) -> str:
    """A session with some things done in it, ended; gives its id."""
    screen = await begin(pilot)
    for typed in commands:
        await command(pilot, typed)
    await command(pilot, "/finish")
    await agree(pilot)
    await until(pilot, lambda: bool(pilot.app.screen.query(ActionRow)), "the page")
    return screen.session.state.started.session


def field(app: ReflectApp, keeps: str) -> WordsField:
    return next(one for one in app.screen.query(WordsField) if one.part.keeps == keeps)


def actions(app) -> list[tuple[str, str, date | None]]:
    return [(one.text, one.person, one.by) for one in app.workspace().follow_ups.actions()]


async def test_an_action_is_put_right_and_another_added_where_they_stand(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await finished(pilot, ACTION)
        assert actions(app) == [("The school will ring Nan by 9 March", "The school", date(2026, 3, 9))]
        first, empty = app.screen.query(ActionRow)
        first.query_one(".when", Input).value = "11 March"
        empty.query_one(".what", Input).value = "See him alone"
        empty.query_one(".who", Input).value = "the worker"
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, SummaryScreen), "the first screen")
        assert actions(app) == [
            ("The school will ring Nan by 9 March", "The school", date(2026, 3, 11)),
            ("See him alone", "the worker", None),
        ]


async def test_an_action_whose_box_is_cleared_is_taken_out(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await finished(pilot, ACTION)
        app.screen.query(ActionRow).first().query_one(".what", Input).value = ""
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, SummaryScreen), "the first screen")
        assert actions(app) == []


async def test_a_decision_nobody_was_asked_for_is_written_on_the_page_and_stands_in_the_record(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        session = await finished(pilot)
        box = field(app, "decision")._box
        box.focus()
        await pilot.press(*"We stay.")
        await pilot.press("tab")
        await until(pilot, lambda: "Your changes are kept" in screen_text(app), "that it is kept")
        assert "We stay." in app.workspace().documents.text(session)
        box.put("We go to the line managers.")
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, SummaryScreen), "the first screen")
        record = app.workspace().documents.text(session)
        assert "We go to the line managers." in record
        assert "We stay." not in record
        app.read_record(session)
        await until(pilot, lambda: bool(app.screen.query(ActionRow)), "the page again")
        assert field(app, "decision")._box.text == "We go to the line managers."


async def test_how_somebody_is_stays_out_of_the_child_s_record(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        session = await finished(pilot)
        field(app, "wellbeing")._box.put("Worn out.")
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, SummaryScreen), "the first screen")
        assert "Worn out." not in app.workspace().documents.text(session)
        assert [one.answer for one in app.workspace().documents.handover(session).personal] == ["Worn out."]


async def test_names_are_asked_about_before_anything_on_the_page_is_kept(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        session = await finished(pilot)
        field(app, "decision")._box.put("Sarah Jones will ring.")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, NamesScreen), "the names")
        app.screen.query_one("#name-0", Input).value = "the aunt"
        await pilot.press("f5")
        await until(pilot, lambda: not isinstance(app.screen, SummaryScreen | NamesScreen), "the first screen")
        record = app.workspace().documents.text(session)
        assert "the aunt will ring." in record
        assert "Sarah" not in record


async def test_what_was_said_is_folded_under_the_page(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await finished(pilot)
        transcript = app.screen.query_one("#transcript")
        assert transcript.collapsed
        assert "Everything that was said" in screen_text(app)


@pytest.mark.parametrize(("opens", "says"), [(True, "print it from there"), (False, "no browser here")])
async def test_a_record_is_opened_where_it_can_be_printed_and_its_page_goes_with_the_app(
    open_app, monkeypatch, opens, says
):
    shown: list[str] = []

    def show(page: str) -> bool:
        shown.append(page)
        return bool(opens)

    monkeypatch.setattr("webbrowser.open", show)
    app = open_app()
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await finished(pilot)
        await pick(pilot, "#about-record", "print")
        await until(pilot, lambda: says in " ".join(screen_text(app).split()), "what became of it")
        page = Path(shown[0].removeprefix("file://"))
        assert "Child A" in page.read_text(encoding="utf-8")
        await settled(pilot)
    assert not page.exists()


async def test_words_still_being_typed_when_the_session_ends_stand_on_the_page_after_the_last_answer(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "We will see him alone.")
        screen.action_finish()
        await agree(pilot)
        await pilot.press(*"and Mum")  # while the record is laid down, or when the page is there already
        await until(pilot, lambda: bool(app.screen.query(".-going-on")), "the last answer")
        await settled(pilot)
        await pilot.press(*" too")
        assert app.screen.query_one(".-going-on", WordsField).now.words == "We will see him alone.\nand Mum too"
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, SummaryScreen), "the first screen")
        assert "and Mum too" in app.workspace().documents.text(screen.session.state.started.session)
