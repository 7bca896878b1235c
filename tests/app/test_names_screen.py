from __future__ import annotations

from textual.widgets import Input

from assistant.app.screens.names import NamesScreen
from assistant.app.screens.summary import SummaryScreen
from tests.app.conftest import answer, begin, question, screen_text, until

WORDS = "Sarah Jones rang about him. Her number is 01865 123456."


async def test_a_name_is_noticed_before_it_is_kept_and_a_role_put_in_its_place(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await begin(pilot)
        await answer(pilot, WORDS)
        assert isinstance(app.screen, NamesScreen)
        assert "“Sarah Jones”" in screen_text(app)
        assert not screen.session.state.answers
        await pilot.press(*"the aunt", "f5")
        await until(pilot, lambda: bool(screen.session.state.answers), "the answer")
        await question(pilot)
        assert "the aunt rang about him. Her number is number left out." in screen.session.state.answers
        await answer(pilot, "I believe Sarah")
        assert "I believe the aunt" in screen.session.state.answers
        assert [note.message for note in app._notifications] == ["Put in as you chose before: “the aunt” for “Sarah”."]


async def test_a_box_left_empty_leaves_the_words_as_they_were_typed_and_does_not_ask_again(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "Sarah Jones rang")
        await pilot.press("f5")
        await until(pilot, lambda: bool(screen.session.state.answers), "the answer")
        await answer(pilot, "Sarah Jones rang again")
        assert screen.session.state.answers == ("Sarah Jones rang", "Sarah Jones rang again")


async def test_escape_gives_the_words_back_and_keeps_nothing(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, WORDS)
        await pilot.press("escape")
        assert (await question(pilot)).text == WORDS
        assert screen.session.state.answers == ()


async def test_names_in_words_sent_by_finishing_are_noticed_too(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        (await question(pilot)).put("Sarah Jones rang")
        await pilot.press("f9", "y")
        await until(pilot, lambda: isinstance(app.screen, NamesScreen), "the names")
        app.screen.query_one("#name-0", Input).value = "the aunt"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen), "the summary")
        assert screen.session.state.answers == ("the aunt rang",)
