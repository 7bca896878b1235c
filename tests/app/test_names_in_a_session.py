from __future__ import annotations

import pytest
from textual.widgets import Input

from assistant.app.screens.summary import SummaryScreen
from assistant.app.stand_ins import put_in
from assistant.app.widgets.composer import Composer
from assistant.noticing.identifier_shapes import Identifier
from tests.app.conftest import agree, answer, begin, pick, question, said, until

WORDS = "Sarah Jones rang about him. Her number is 01865 123456."


async def test_a_name_is_shown_in_its_sentence_before_it_is_kept_and_a_role_put_in_its_place(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, WORDS)
        assert "Sarah Jones rang about him." in said(app, "NamesBlock")
        assert not screen.session.state.answers
        assert app.focused is screen.query_one(Composer)
        screen.query_one("#name-0", Input).focus()
        await pilot.press(*"the aunt")
        await pick(pilot, "#names-answers", "go")
        await question(pilot)
        assert screen.session.state.answers == ("the aunt rang about him. Her number is number left out.",)
        await answer(pilot, "I believe Sarah")
        assert "I believe the aunt" in screen.session.state.answers


def test_a_name_becomes_its_first_letter_another_that_begins_alike_more_of_them_and_a_school_what_it_is():
    found = [Identifier(0, len(name), "name", name) for name in ("Sarah Jones", "Sarah", "Sam")]
    found.append(Identifier(0, 16, "setting", "Oakfield Primary"))
    assert put_in(found) == {"Sarah Jones": "S", "Sarah": "S", "Sam": "Sa", "Oakfield Primary": "the school"}


async def test_a_stand_in_waits_in_the_box_and_one_pick_uses_it(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "Sarah Jones rang from Oakfield Primary")
        await pick(pilot, "#names-answers", "go")
        await question(pilot)
        assert screen.session.state.answers == ("S rang from the school",)


@pytest.mark.parametrize("emptied", [True, False], ids=["a box that is emptied", "made up"])
async def test_a_name_that_is_kept_stays_as_it_was_typed_and_is_not_asked_about_again(open_app, emptied):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "Sarah Jones rang")
        if emptied:
            screen.query_one("#name-0", Input).value = ""
        await pick(pilot, "#names-answers", "go" if emptied else "made-up")
        await until(pilot, lambda: bool(screen.session.state.answers), "the answer")
        await answer(pilot, "Sarah Jones rang again")
        assert screen.session.state.answers == ("Sarah Jones rang", "Sarah Jones rang again")


async def test_what_is_typed_while_names_are_asked_about_stays_in_the_composer_and_answers_nothing(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, WORDS)
        await pilot.press(*"go on then", "enter")
        assert screen.query("NamesBlock")
        assert screen.query_one(Composer).text == "go on then"
        await pick(pilot, "#names-answers", "back")
        assert (await question(pilot)).text == f"{WORDS}\ngo on then"
        assert screen.session.state.answers == ()


async def test_names_in_words_sent_by_finishing_are_noticed_too(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        (await question(pilot)).put("Sarah Jones rang")
        screen.action_finish()
        await agree(pilot)
        await until(pilot, lambda: bool(screen.query("NamesBlock")), "the names")
        screen.query_one("#name-0", Input).value = "the aunt"
        await pick(pilot, "#names-answers", "go")
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen), "the summary")
        assert screen.session.state.answers == ("the aunt rang",)
