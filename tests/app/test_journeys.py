"""Each journey from the first screen to its saved record, with nothing but keys; the record holds what was typed."""

from __future__ import annotations

import pytest
from textual.widgets import Input, OptionList

from assistant.app.app import ReflectApp
from assistant.app.screens.exporting import ExportingScreen
from assistant.app.screens.home import HomeScreen
from assistant.app.screens.records import RecordsScreen
from assistant.app.screens.session_screen import SessionScreen
from assistant.app.screens.summary import SummaryScreen
from assistant.app.widgets.names_asked import NamesBlock
from assistant.export.handover import FORMATS
from tests.app.conftest import agree, command, pick, screen_text, settled, until

CASE = "[Child A] [/x]"
WORDS = "[Child A] was in the [/x] kitchen: [bold]not a tag[/bold]."
JOURNEYS = ("supervision", "self-review", "scenario", "team-review")


async def chosen_at_home(pilot, journey: str) -> None:
    """Down the list with the arrow keys, and Enter."""
    await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen), "the first screen")
    await settled(pilot)
    options = pilot.app.screen.query_one(OptionList)
    await pilot.press("home", *["down"] * options.get_option_index(journey))
    assert options.highlighted_option.id == journey
    await pilot.press("enter")
    await until(pilot, lambda: bool(pilot.app.screen.query("Choice")), "the form")


def can_be_answered(app: ReflectApp) -> bool:
    return isinstance(app.screen, SessionScreen) and app.screen.ready


async def answered(pilot, words: str) -> None:
    """Type an answer key by key, send it, and leave as they are any words taken for a name."""
    app = pilot.app
    await until(pilot, lambda: can_be_answered(app), "a question to answer")
    session = app.screen.session
    before = len(session.state.answers)
    await pilot.press(*words, "enter")
    await until(
        pilot, lambda: len(session.state.answers) > before or bool(app.screen.query(NamesBlock)), "what follows"
    )
    if app.screen.query(NamesBlock):
        await pick(pilot, "#names-answers", "made-up")
    await until(pilot, lambda: len(session.state.answers) > before, "the answer kept")


@pytest.mark.parametrize("journey", JOURNEYS)
async def test_a_journey_goes_from_home_to_a_saved_record_of_what_was_typed_with_keys_alone(
    open_app, journey, tmp_path
):
    app = open_app()
    copies = tmp_path / "copies"
    copies.mkdir()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await chosen_at_home(pilot, journey)
        if journey in {"scenario", "team-review"}:
            assert app.screen.query_one("#subject").display
        assert app.focused is app.screen.query_one("#case")
        await pilot.press(*CASE, "enter")
        await answered(pilot, WORDS)
        await until(pilot, lambda: can_be_answered(app), "the second question")
        assert CASE in screen_text(app)
        await command(pilot, "/skip")
        await until(pilot, lambda: can_be_answered(app), "the third question")
        await answered(pilot, "second words")
        await until(pilot, lambda: can_be_answered(app), "the question after it")
        await command(pilot, "/finish")
        await agree(pilot)
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen), "the summary")
        assert f"{CASE}: the session is finished" in screen_text(app)
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, ExportingScreen), "in which form")
        await pilot.press(*["down"] * FORMATS.index("md"), "space")
        app.screen.query_one("#folder", Input).value = str(copies)
        await pilot.press("f5")
        await until(pilot, lambda: any(copies.glob("*.md")), "the copy")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "the first screen")
        await settled(pilot)
        app.visit("records")
        await until(pilot, lambda: "1 record" in screen_text(app), "the records")
        assert CASE in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen), "the record")
        said = "\n".join(str(block.render()) for block in app.screen.query(".said"))
        assert WORDS in said
        assert "second words" in said
        await pilot.press("escape")
        assert isinstance(app.screen, RecordsScreen)
    (copy,) = copies.glob("*.md")
    assert "kitchen" in copy.read_text(encoding="utf-8")


async def test_who_is_here_is_asked_by_role_for_supervision_and_offered_the_next_time(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await chosen_at_home(pilot, "self-review")
        assert not app.screen.query_one("#supervisor").display
        await pilot.press("escape")
        await chosen_at_home(pilot, "supervision")
        assert app.screen.query_one("#supervisor").display
        await pilot.press(*"Child A", "tab", *"team manager", "tab", *"social worker", "enter")
        await until(pilot, lambda: can_be_answered(app), "the first question")
        started = app.screen.session.state.started
        assert (started.supervisor, started.worker) == ("team manager", "social worker")
        assert app.workspace().roles_before() == ("team manager", "social worker")
