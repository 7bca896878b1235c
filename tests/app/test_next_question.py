from __future__ import annotations

from textual.widgets import OptionList

from assistant.app.screens.choose_theme import ThemesScreen
from assistant.app.widgets.agenda_panel import ADD, AgendaPanel
from assistant.conversation.state import replay
from tests.app.conftest import answer, begin, settled, until


def themes(app) -> list[str]:
    return [option.id or "" for option in app.screen.query_one(AgendaPanel).options if option.id != ADD]


async def under_way(pilot):
    """A session far enough on to have an agenda, with the panel in hand."""
    session = await begin(pilot)
    for words in ("Dad works nights.", "He plays on the stairs."):
        await answer(pilot, words)
    await until(pilot, lambda: len(themes(pilot.app)) >= 3, "the agenda")
    pilot.app.screen.query_one(AgendaPanel).focus()
    return session


async def test_a_theme_is_brought_forward_parked_and_taken_up_again_with_the_keyboard(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await under_way(pilot)
        first, second, third = themes(app)[:3]
        question = screen.session.state.current
        await pilot.press("home", "down", "down", "enter")
        await until(pilot, lambda: themes(app)[:3] == [third, first, second], "the theme brought forward")
        await pilot.press("home", "delete")
        await until(pilot, lambda: themes(app)[-1] == third, "the theme parked")
        assert "(parked)" in str(app.screen.query_one(AgendaPanel).options[-2].prompt)
        await pilot.press("end", "up", "enter")
        await until(pilot, lambda: themes(app)[0] == third, "the theme taken up again")
        assert screen.session.state.current == question
        kept = app.workspace().store.events(screen.session.state.started.session)
        assert [item.theme for item in replay(kept).agenda] == themes(app)


async def test_a_click_brings_a_theme_forward(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await under_way(pilot)
        second = themes(app)[1]
        panel = app.screen.query_one(AgendaPanel)
        height = len(panel.options[0].prompt.wrap(panel.scrollable_content_region.width))
        await pilot.click(panel, offset=(4, height))
        await until(pilot, lambda: themes(app)[0] == second, "the theme brought forward")


async def test_any_theme_can_be_added_by_name(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await under_way(pilot)
        app.screen.add_class("-open")
        app.screen.query_one(AgendaPanel).focus()
        await pilot.press("end", "enter")
        await until(pilot, lambda: isinstance(app.screen, ThemesScreen), "the names of the themes")
        names = app.screen.query_one(OptionList)
        names.highlighted = names.get_option_index("domestic-abuse")
        await pilot.press("enter")
        await until(pilot, lambda: themes(app)[0] == "domestic-abuse", "the theme added")


async def test_letters_typed_over_the_plan_go_to_the_composer_and_change_nothing(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        session = await under_way(pilot)
        before = themes(app)
        await pilot.press(*"pa")
        await settled(pilot)
        assert app.screen is session
        assert session.query_one("#answer").text == "pa"
        assert themes(app) == before


async def test_leaving_the_names_changes_nothing(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await under_way(pilot)
        before = themes(app)
        app.screen.add_class("-open")
        app.screen.query_one(AgendaPanel).focus()
        await pilot.press("end", "enter")
        await until(pilot, lambda: isinstance(app.screen, ThemesScreen), "the names of the themes")
        await pilot.press("escape")
        await settled(pilot)
        assert themes(app) == before
