"""The page at the end of a session: what came out of it, put right where it stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from assistant.app.app import ReflectApp
from assistant.app.screens.identifiers_asked import NamesScreen
from assistant.app.screens.summary import SummaryScreen
from assistant.app.widgets.action_row import ActionRow
from assistant.app.widgets.chips import Chips
from assistant.app.widgets.page_box import LineBox
from assistant.app.widgets.words_field import WordsField
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
        empty.query_one(".what", LineBox).put("See him alone")
        empty.query_one(".who", LineBox).put("the worker")
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, SummaryScreen), "the first screen")
        assert actions(app) == [
            ("The school will ring Nan by 9 March", "The school", date(2026, 3, 11)),
            ("See him alone", "the worker", None),
        ]


async def test_an_action_whose_words_are_cleared_comes_off_and_is_put_back_as_it_was(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await finished(pilot, ACTION)
        kept = actions(app)
        app.screen.query(ActionRow).first().query_one(".what", LineBox).focus()
        await pilot.press("ctrl+a", "delete", "tab")
        await until(pilot, lambda: "put back “The school will" in screen_text(app), "that it can be put back")
        assert actions(app) == []
        assert [row.action.text for row in app.screen.query(ActionRow)] == [""]
        await pick(pilot, "#taken-off Chips", app.screen.query_one("#taken-off Chips", Chips).offered[0][0])
        await until(pilot, lambda: actions(app) == kept, "that it's kept again")
        assert "put back" not in screen_text(app)


async def test_what_will_be_different_stands_with_every_step_however_they_are_written(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await finished(pilot, ACTION)
        first, empty = app.screen.query(ActionRow)
        field(app, "outcome")._box.focus()
        await pilot.press(*"He sleeps", "tab")
        await until(pilot, lambda: "Kept 10:" in screen_text(app), "that it is kept")
        first.query_one(".who", LineBox).put("the head")
        empty.query_one(".what", LineBox).put("See him alone")
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, SummaryScreen), "the first screen")
        assert [one.outcome for one in app.workspace().follow_ups.actions()] == ["He sleeps", "He sleeps"]


async def test_the_cross_beside_an_action_takes_it_off(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await finished(pilot, ACTION)
        await pilot.click(app.screen.query(ActionRow).first().query_one(".off"))
        await until(pilot, lambda: actions(app) == [], "that it's off")


async def test_a_long_step_can_be_read_to_its_end_and_its_day_is_shown_as_it_was_understood(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await finished(pilot, "/add-action I ask the health visitor what the weights were since September and ring Nan")
        row = app.screen.query(ActionRow).first()
        assert "ring Nan" in screen_text(app)
        row.query_one(".when", Input).focus()
        await pilot.press(*"11 march", "enter")
        await until(pilot, lambda: row.query_one(".when", Input).value == "11 March 2026", "the day")


async def test_a_box_that_is_cleared_stands_in_the_record_no_more(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        session = await finished(pilot)
        box = field(app, "decision")._box
        box.focus()
        await pilot.press(*"We stay.", "tab")
        await until(pilot, lambda: "Kept 10:" in screen_text(app), "that it is kept")
        assert "We stay." in app.workspace().documents.text(session)
        box.focus()
        await pilot.press("ctrl+a", "delete", "escape")
        await until(pilot, lambda: not isinstance(app.screen, SummaryScreen), "the first screen")
        assert "We stay." not in app.workspace().documents.text(session)
        app.read_record(session)
        await until(pilot, lambda: bool(app.screen.query(ActionRow)), "the page again")
        assert field(app, "decision")._box.text == ""


async def test_a_decision_nobody_was_asked_for_is_written_on_the_page_and_stands_in_the_record(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        session = await finished(pilot)
        box = field(app, "decision")._box
        box.focus()
        await pilot.press(*"We stay.")
        await pilot.press("tab")
        await until(pilot, lambda: "Kept 10:" in screen_text(app), "that it is kept")
        assert "We stay." in app.workspace().documents.text(session)
        box.put("We go to the line managers.")
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, SummaryScreen), "the first screen")
        record = app.workspace().documents.text(session)
        assert "We go to the line managers." in record
        assert "We stay." not in record
        assert "Decision and why:" not in record
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


async def test_from_where_the_page_was_read_back_it_is_opened_to_be_put_right_by_hand(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        assert "finish on the page" not in screen_text(app)
        await answer(pilot, "We stay.")
        workspace, state = app.workspace(), screen.session.state
        name = state.started.session
        asked = state.turns[0].asked.model_copy(update={"question": "ending/page"})
        workspace.store.append(name, len(workspace.store.events(name)), asked)
        app.open_session_screen(workspace.take_up(name))
        await until(pilot, lambda: "finish on the page" in screen_text(app), "the way to the page")
        await pick(pilot, "#ways-on", "page")
        await until(pilot, lambda: bool(app.screen.query(ActionRow)), "the page")
