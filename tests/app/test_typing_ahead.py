"""Keys that are there before the screen is: each goes where whoever typed it meant it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.events import Key
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static

from assistant.app.app import ReflectApp
from assistant.app.screens.change_passphrase import ChangePassphraseScreen
from assistant.app.screens.fields import FieldsScreen
from assistant.app.screens.identifiers_asked import NamesScreen
from assistant.app.screens.numbers import NumbersScreen
from assistant.app.screens.person_form import PersonScreen
from assistant.app.screens.session_screen import SessionScreen
from assistant.app.screens.sign_in import SignInScreen
from assistant.app.screens.summary import SummaryScreen
from assistant.app.screens.unlock import UnlockScreen
from assistant.app.widgets.action_row import ActionRow
from assistant.app.widgets.composer import Composer
from assistant.app.widgets.danger_shown import DangerBand
from assistant.app.widgets.page_box import LineBox
from assistant.conversation.session import Session
from assistant.noticing.identifier_shapes import Identifier
from tests.app.conftest import answer, begin, knowing, question, screen_text, settled, until
from tests.app.test_page_at_the_end import ACTION, actions, finished
from tests.app.walk import notice

PASSPHRASE = "four ordinary test words"


def at_once(app: ReflectApp, typed: str) -> None:
    """Keys that have all come before the first of them is looked at; a new line is Enter."""
    assert app._driver is not None
    for letter in typed:
        key = {"\n": "enter", "\t": "tab"}.get(letter, letter)
        app._driver.send_message(Key(key, None if key in {"enter", "tab"} else letter))


async def test_a_passphrase_and_its_repeat_typed_at_once_open_the_records(open_app, monkeypatch):
    monkeypatch.delenv("REFLECT_PASSPHRASE_FILE")
    app = open_app(new=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.screen.query_one("#ways", OptionList).has_focus, "the two ways")
        await pilot.press("down")
        at_once(app, f"\n{PASSPHRASE}\n{PASSPHRASE}\n")
        await until(pilot, lambda: "Local numbers" in screen_text(app), "what comes once they're open")
        app.workspace().opening.lock()
        app.workspace().opening.unlock(PASSPHRASE)


async def test_what_is_typed_after_choosing_to_try_it_is_in_the_composer(open_app, monkeypatch):
    monkeypatch.delenv("REFLECT_PASSPHRASE_FILE")
    app = open_app(new=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.screen.query_one("#ways", OptionList).has_focus, "the two ways")
        at_once(app, "\nhe is six")
        await until(pilot, lambda: isinstance(app.screen, SessionScreen), "the made-up case")
        assert (await question(pilot)).text == "he is six"


@pytest.mark.parametrize(
    "screen",
    [
        lambda: UnlockScreen(new=True),
        ChangePassphraseScreen,
        SignInScreen,
        NumbersScreen,
        lambda: PersonScreen(None),
        lambda: FieldsScreen("Somebody", [("one", "One", ""), ("two", "Two", "")]),
    ],
)
async def test_letters_typed_at_once_after_enter_stand_in_the_next_box(open_app, screen: Callable[[], Screen[object]]):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.push_screen(screen())
        await settled(pilot)
        at_once(app, "first\nsecond")
        await settled(pilot)
        assert [box.value for box in app.screen.query(Input)][:2] == ["first", "second"]


async def test_letters_typed_at_once_after_enter_on_the_page_stand_in_the_next_box(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await finished(pilot, ACTION)
        row = app.screen.query(ActionRow).last()
        row.go_to()
        at_once(app, "See him alone\nthe worker\nnext term")
        await settled(pilot)
        boxes = [*(box.line for box in row.query(LineBox)), row.query_one(Input).value]
        assert boxes == ["See him alone", "the worker", "next term"]


async def test_a_box_of_names_that_comes_over_somebody_typing_holds_none_of_their_letters(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        find = app.screen.query_one("#find", Input)
        find.focus()
        await pilot.pause()
        found = Identifier(text="Sarah", start=0, end=5, kind="name")
        app.push_screen(NamesScreen((found,)))
        at_once(app, "Dad came")
        await settled(pilot)
        assert (app.screen.query_one("#name-0", Input).value, find.value) == ("S", "Dad came")
        await pilot.press("tab", *"the aunt")
        assert app.screen.query_one("#name-0", Input).value == "the aunt"


async def test_no_key_answers_the_names_while_they_have_only_just_come(open_app, monkeypatch):
    monkeypatch.setattr("assistant.app.timing.DEAF_S", 3600.0)
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.push_screen(NamesScreen((Identifier(text="Sarah", start=0, end=5, kind="name"),)))
        await pilot.press("tab", "enter", "f5", "escape")
        assert isinstance(app.screen, NamesScreen)
        assert app.screen.query_one("#name-0", Input).value == "S"


@pytest.mark.parametrize("typed", ["", "rang 999"])
async def test_one_move_and_enter_meets_a_card(open_app, monkeypatch, typed):
    monkeypatch.setattr("assistant.workspace.session_knowledge.Knowledge", knowing(notice, "Ring 999.\n" * 30))
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "he has a bruise")
        await until(pilot, lambda: screen.query_one(DangerBand).ways_on.focusable, "that it listens")
        await pilot.press("tab", *typed, "enter")
        await question(pilot)
        (card,) = screen.session.state.cards
        assert card.answered is not None
        assert (card.answered.answer, card.answered.words) == ("done", typed)


@pytest.mark.parametrize(("typed", "skipped"), [("skip", True), ("Skip.", True), ("skip that one", False)])
async def test_a_command_s_word_alone_is_the_command_and_with_anything_else_an_answer(open_app, typed, skipped):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        assert "alone skips" in screen_text(app)
        await pilot.press(*typed, "enter")
        await until(pilot, lambda: screen.ready and screen.session.state.turns[0].settled, "what comes of it")
        assert screen.session.state.turns[0].skipped == skipped
        assert screen.query_one(Composer).text == ""


async def test_a_command_typed_ahead_waits_in_the_composer(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        at_once(app, "He is six.\nskip\n")
        await until(pilot, lambda: screen.ready and bool(screen.session.state.answers), "the answer")
        await settled(pilot)
        assert screen.session.state.answers == ("He is six.",)
        assert screen.query_one(Composer).text == "skip"


async def test_on_the_last_page_each_enter_typed_ahead_is_an_answer(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "We stay.")
        workspace, state = app.workspace(), screen.session.state
        name = state.started.session
        asked = state.turns[0].asked.model_copy(update={"question": "ending/page", "keeps": "next-date"})
        workspace.store.append(name, len(workspace.store.events(name)), asked)
        app.open_session_screen(workspace.take_up(name))
        await until(pilot, lambda: "finish on the page" in screen_text(app), "the page")
        at_once(app, "add: I ring the school\nadd: Mum rings me\n")
        here = app.screen
        assert isinstance(here, SessionScreen)
        await until(pilot, lambda: here.ready and len(here.session.state.answers) > 2, "both")
        assert here.session.state.answers[1:] == ("add: I ring the school", "add: Mum rings me")


async def test_a_row_with_no_words_is_not_said_to_be_kept(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await finished(pilot, ACTION)
        row = app.screen.query(ActionRow).last()
        row.query(LineBox).last().focus()
        await pilot.press(*"Bel", "tab")
        await settled(pilot)
        assert isinstance(app.screen, SummaryScreen)
        assert "Not kept yet" in screen_text(app) and len(actions(app)) == 1


async def test_while_somebody_thinks_what_was_said_before_is_read(open_app, monkeypatch):
    read: list[tuple[str, ...]] = []
    monkeypatch.setattr(Session, "read_ahead", lambda session: read.append(session.state.answers))
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await answer(pilot, "He is six.")
        await until(pilot, lambda: ("He is six.",) in read, "that it's read")


async def test_what_stands_in_the_composer_is_read_at_a_pause_and_answers_nothing(open_app, monkeypatch):
    read: list[str] = []
    monkeypatch.setattr(Session, "read_draft", lambda session, words, wanted: read.append(words))
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        here = app.screen
        assert isinstance(here, SessionScreen)
        before = here.session.state
        await pilot.press(*"He is six.")
        await until(pilot, lambda: read[-1:] == ["He is six."], "that it's read")
        assert here.session.state == before
        assert here.query_one(Composer).text == "He is six."
        await pilot.press("enter")
        await until(pilot, lambda: here.ready and here.session.state.answers == ("He is six.",), "the answer")


async def test_a_command_that_is_being_typed_is_not_read_as_an_answer(open_app, monkeypatch):
    read: list[str] = []
    monkeypatch.setattr(Session, "read_draft", lambda session, words, wanted: read.append(words))
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        here = app.screen
        assert isinstance(here, SessionScreen)
        for typed in ("/sk", "  "):
            here.query_one(Composer).put(typed)
            here.read_what_may_be_sent()
        here.query_one(Composer).put("He is six.")
        here.read_what_may_be_sent()
        await until(pilot, lambda: bool(read), "what is an answer")
        assert read == ["He is six."]


@pytest.mark.parametrize("key", ["enter", "f5", "ctrl+s"])
async def test_what_is_typed_at_once_after_beginning_is_in_the_composer(open_app, key):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.prepare("supervision")
        await until(pilot, lambda: isinstance(app.focused, Input), "the form")
        at_once(app, "Oak family")
        app._driver.send_message(Key(key, None))
        at_once(app, "he is six")
        assert (await question(pilot)).text == "he is six"
        assert isinstance(app.screen, SessionScreen)
        assert app.screen.session.state.started.case == "Oak family"


async def test_what_is_typed_for_a_session_waits_while_its_name_is_put_right(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.prepare("supervision")
        await until(pilot, lambda: bool(app.screen.query("Choice")), "the form")
        at_once(app, "\nhe is six")
        await until(pilot, lambda: bool(str(app.screen.query_one("#problem", Static).render())), "what is wrong")
        await pilot.press(*"Oak", "enter")
        assert (await question(pilot)).text == "he is six"
