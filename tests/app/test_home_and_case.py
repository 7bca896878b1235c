"""The first screen finds everything there is; a case has one page with all of it by date."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from textual.screen import Screen
from textual.widgets import Input, OptionList

from assistant.app.app import ReflectApp
from assistant.app.screens.case import CaseScreen
from assistant.app.screens.fields import FieldsScreen
from assistant.app.screens.form import FillingScreen
from assistant.app.screens.home import HomeScreen
from assistant.app.screens.learning_point import ReadingScreen
from assistant.app.screens.start import StartScreen
from assistant.app.screens.summary import SummaryScreen
from assistant.followup.actions import Action
from tests.app.conftest import agree, answer, begin, command, leave, pick, question, screen_text, settled, until


def on_screen(app: ReflectApp, opened: type[Screen[Any]]) -> bool:
    return isinstance(app.screen, opened)


CASE = "[Oak] family"


def action(text: str, by: date | None) -> Action:
    return Action(id=f"x/{text}", case=CASE, agreed=date(2026, 3, 1), text=text, by=by)


async def talked_about(pilot) -> str:
    """A finished session with learning marked useful; gives its id."""
    screen = await begin(pilot, case=CASE)
    await answer(pilot, "Dad works nights, none of us has met him. Nan rang on 9 February.")
    await pick(pilot, "LearningCard Chips", "useful")
    await command(pilot, "/add-action The school will ring Nan")
    await command(pilot, "/finish")
    await agree(pilot)
    await until(pilot, lambda: isinstance(pilot.app.screen, SummaryScreen), "the page")
    await settled(pilot)
    await pilot.press("escape")
    await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen), "the first screen")
    await settled(pilot)
    return screen.session.state.started.session


async def test_a_sentence_on_the_first_screen_begins_a_session_and_waits_there_to_be_sent(open_app):
    app = open_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press(*"Nobody has met the dad yet")
        await until(pilot, lambda: "with these words, ready to send" in screen_text(app), "the way to begin with it")
        await pilot.press("enter")
        await until(pilot, lambda: bool(app.screen.query("Choice")), "the form")
        app.screen.query_one("#case", Input).value = "Child A"
        await pilot.press("ctrl+s")
        assert (await question(pilot)).text == "Nobody has met the dad yet"


async def test_the_first_screen_has_what_is_due_soon_and_the_cases_talked_about_lately(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot, case=CASE)
        await answer(pilot, "He was asleep on the sofa.")
        for each in (action("ring dad", date(2026, 3, 1)), action("see him alone", date(2026, 3, 5))):
            app.workspace().follow_ups.save_action(each)
        app.workspace().follow_ups.save_action(action("much later", date(2026, 6, 1)))
        await leave(pilot)
        shown = screen_text(app)
        assert f"CARRY ON  Continue {CASE}" in shown
        assert "“He was asleep on the sofa”" in shown
        assert f"DUE       Overdue: {CASE}" in shown
        assert "see him alone" in shown
        assert "much later" not in shown
        assert f"RECENT    {CASE}" in shown
        choices = app.screen.query_one(OptionList)
        choices.highlighted = choices.get_option_index("fill:x/ring dad")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FillingScreen), "the action")


async def test_typing_over_the_first_screen_finds_cases_words_that_were_said_actions_and_learning(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await talked_about(pilot)
        await pilot.press(*"dad works")
        await until(pilot, lambda: "During the case review" in screen_text(app), "learning")
        assert app.screen.query_one("#find", Input).value == "dad works"
        assert "Supervision session" in screen_text(app)  # the record in which it was said
        await pilot.press("escape")
        await settled(pilot)
        assert "CARRY ON" not in screen_text(app)
        assert "START" in screen_text(app)
        await pilot.press(*"oak")
        await until(pilot, lambda: f"{CASE}   " in screen_text(app), "the case")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CaseScreen), "the case's page")


async def test_a_case_s_page_has_everything_by_date_and_each_opens(open_app):
    app = open_app()
    async with app.run_test(size=(140, 40)) as pilot:
        await talked_about(pilot)
        app.open_case(CASE)
        await until(pilot, lambda: "The school will ring Nan" in screen_text(app), "the timeline")
        shown = screen_text(app)
        assert "Useful" in shown
        assert "Nan rang on 9 February." in shown
        moments = app.screen.query_one("#moments", OptionList)
        for kind, opened in (("session:", SummaryScreen), ("action:", FillingScreen), ("point:", ReadingScreen)):
            moments.focus()
            moments.highlighted = next(at for at, one in enumerate(moments.options) if (one.id or "").startswith(kind))
            await pilot.press("enter")
            await until(pilot, partial(on_screen, app, opened), kind)
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, CaseScreen), "the case again")
            await settled(pilot)
        await pilot.press("ctrl+n")
        await until(pilot, lambda: isinstance(app.screen, StartScreen), "the form")
        assert app.screen.query_one("#case", Input).value == CASE


async def test_what_happened_when_and_the_family_are_put_right_added_to_and_taken_out(open_app):
    app = open_app()
    async with app.run_test(size=(140, 40)) as pilot:
        await talked_about(pilot)
        app.open_case(CASE)
        await until(pilot, lambda: "Nan rang on 9 February." in screen_text(app), "the chronology")
        history = app.screen.query_one("#history", OptionList)

        async def opened(key: str) -> None:
            history.focus()
            history.highlighted = next(at for at, one in enumerate(history.options) if (one.id or "").startswith(key))
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, FieldsScreen), "the boxes")

        await opened("entry:")
        app.screen.query_one("#event", Input).value = "Nan rang the school."
        await pilot.press("f5")
        await until(pilot, lambda: "Nan rang the school." in screen_text(app), "the entry put right")
        await opened("new-member")
        app.screen.query_one("#called", Input).value = "the lodger"
        await pilot.press("f5")
        await until(pilot, lambda: "the lodger" in screen_text(app), "the lodger")
        await opened("entry:")
        await pilot.click("#take-out")
        await until(pilot, lambda: "Nan rang the school." not in screen_text(app), "that it is gone")
        await opened("new-member")
        app.screen.query_one("#called", Input).value = "Kay"
        app.screen.query_one("#known", Input).value = "no, never"
        await pilot.press("f5")
        await until(pilot, lambda: "Kay, nobody has met them" in screen_text(app), "that nobody has met her")


async def test_the_key_to_the_family_goes_to_its_first_line_and_a_team_has_no_family(open_app):
    app = open_app()
    async with app.run_test(size=(140, 40)) as pilot:
        await talked_about(pilot)
        app.open_case(CASE)
        await until(pilot, lambda: "Nan rang on 9 February." in screen_text(app), "the chronology")
        assert "Parents and other adults" in screen_text(app)
        await pilot.press("f6")
        assert app.focused is app.screen.query_one("#history")
        assert app.focused.highlighted_option is not None
        await begin(pilot, "Our team", "team-review")
        await leave(pilot)
        app.open_case("Our team")
        await until(pilot, lambda: "Team review" in screen_text(app), "the team")
        assert "Parents and other adults" not in screen_text(app)
        await pilot.press("f6")
        assert app.focused is app.screen.query_one("#moments")
