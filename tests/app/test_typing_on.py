"""Somebody who never stops typing: whatever comes on the screen meanwhile, no letter is lost and none answers it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from itertools import count

from textual.events import Key
from textual.widgets import Input

from assistant.app.app import ReflectApp
from assistant.app.screens.session_screen import SessionScreen
from assistant.app.screens.summary import SummaryScreen
from assistant.app.widgets.composer import Composer
from assistant.app.widgets.words_field import WordsField
from tests.app.conftest import agree, begin, knowing, pick, question, screen_text, settled, until
from tests.app.walk import notice


async def sent(pilot, words: str, selector: str) -> None:
    """Send what stands in the composer with some words more, and type on until something to answer has come."""
    await pilot.press(*words, "enter")
    await until(pilot, lambda: bool(pilot.app.screen.query(selector)), selector)


async def test_no_letter_is_lost_and_none_answers_anything_through_a_whole_session(open_app, monkeypatch):
    monkeypatch.setattr("assistant.workspace.session_knowledge.Knowledge", knowing(notice, "Ring the duty team now."))
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        box = screen.query_one(Composer)
        await pilot.press(*"dad works nights", "enter", *"and ")  # typed while the answer is read
        await question(pilot)
        assert box.text == "and "
        await sent(pilot, "Sarah Jones rang", "NamesBlock")
        await pilot.press(*"no yes 1 ", "enter")
        assert screen.query("NamesBlock")
        await pick(pilot, "#names-answers", "made-up")
        await question(pilot)
        await sent(pilot, "Maybe a bruise", "DoubtBlock")
        await pilot.press(*"no one yet, probably ", "enter")
        assert screen.query("DoubtBlock")
        await pick(pilot, "#doubt-answers", "no")
        await question(pilot)
        await sent(pilot, "he has a bruise", "DangerBand")
        await pilot.press(*"done ", "enter")
        assert screen.query("DangerBand")
        await pick(pilot, "#card-answers", "done")
        await question(pilot)
        await pilot.press(*"we ri", "escape", *"ng ")  # Escape by mistake, and typed on over what it asks
        await until(pilot, lambda: app.focused is not None and app.focused.id == "no", "that it listens")
        await pilot.press("escape")
        screen.action_finish()
        await agree(pilot)
        await pilot.press(*"the school")
        await until(pilot, lambda: bool(app.screen.query(".-going-on")), "the page")
        await settled(pilot)
        last = app.screen.query_one(".-going-on", WordsField).now.words
        assert isinstance(app.screen, SummaryScreen)
    assert screen.session.state.answers == (
        "dad works nights",
        "and Sarah Jones rang",
        "no yes 1 Maybe a bruise",
        "no one yet, probably he has a bruise",
        "done we ring",
    )
    assert last == "done we ring\nthe school"
    assert [card.happening for card in screen.session.state.cards] == [False, None]


async def test_what_is_typed_after_enter_is_no_part_of_what_was_sent(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        box = await question(pilot)
        box.put("one")
        box.action_send()
        box.insert("two")  # before the screen has heard of it
        box.action_send()
        box.action_send()
        box.insert("three")
        await until(pilot, lambda: screen.ready and bool(screen.session.state.answers), "the answer")
        await settled(pilot)
        assert (screen.session.state.answers[0].split(), box.text) == (["one", "two"], "three")


async def test_what_is_typed_before_a_question_is_on_screen_is_in_the_composer(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        session = app.workspace().begin("supervision", case="Child A", minutes=30)
        app.open_session_screen(session)
        await until(pilot, lambda: isinstance(app.screen, SessionScreen), "the session")
        await pilot.press(*"he is six")
        assert (await question(pilot)).text == "he is six"


async def test_who_ends_the_session_while_an_answer_is_read_is_told_to_wait(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        screen._at_work = True
        screen.action_finish()
        await pilot.pause()
        assert app.screen is screen
        assert "still being read" in screen_text(app)


class Typist:
    """Somebody who types fifteen letters a second, whatever the screen does."""

    def __init__(self, app: ReflectApp) -> None:
        self._app = app
        self.typed = ""

    async def type_on(self) -> None:
        """Go on until cancelled."""
        for number in count():
            for letter in f"w{number}":
                assert self._app._driver is not None
                self._app._driver.send_message(Key(letter, letter))
                self.typed += letter
                await asyncio.sleep(1 / 15)


async def test_fifteen_keys_a_second_through_every_screen_on_the_way_to_the_page_at_the_end_are_all_kept(
    open_app, monkeypatch
):
    monkeypatch.setattr("assistant.app.screens.start.LONGEST_NAME", 5000)  # a busy machine takes long to show the form
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        typist = Typist(app)
        typing = asyncio.create_task(typist.type_on())
        find = app.screen.query_one("#find", Input)
        await until(pilot, lambda: len(find.value) > 3, "what is typed while the first screen opens")
        await pilot.press("ctrl+n")
        await until(pilot, lambda: bool(app.screen.query("Choice")) and app.screen.query_one("#case").value, "the form")
        case = app.screen.query_one("#case", Input)
        await pilot.press("f5")
        box = await question(pilot)
        screen = app.screen
        assert isinstance(screen, SessionScreen)
        for _ in range(2):
            await until(pilot, lambda: len(box.text) > 3, "words to send")
            await pilot.press("enter")
            await question(pilot)
        screen.action_finish()
        await agree(pilot)
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen), "the page")
        await until(pilot, lambda: bool(app.screen.query(".-going-on")), "what was still being typed")
        typing.cancel()
        with suppress(asyncio.CancelledError):
            await typing
        await settled(pilot)
        page = app.screen.query_one(".-going-on", WordsField).now.words
    *sent, last = screen.session.state.answers
    assert page.startswith(last)
    assert "".join("".join([find.value, case.value, *sent, page]).split()) == typist.typed
