from __future__ import annotations

import pytest
from textual.widgets import Input

from assistant.app.screens.act_now import MORE, ActNowScreen
from assistant.app.screens.names import NamesScreen
from assistant.app.screens.session import SessionScreen
from assistant.conversation.moves import ActNow
from assistant.conversation.observed import Danger, Noticing
from tests.app.conftest import answer, begin, knowing, question, screen_text, settled, until


@pytest.fixture(autouse=True)
def bruise_is_danger(monkeypatch):
    def notice(words: str, *_: object) -> Noticing:
        at = words.find("bruise")
        if at < 0:
            return Noticing()
        danger = Danger(kind="injury-non-mobile-baby", confirm="maybe" in words, spans=((at, len(words)),))
        return Noticing(act_now=(danger,))

    monkeypatch.setattr("assistant.records.desk.Knowledge", knowing(notice, "Ring the duty team now. [/x]"))


async def test_danger_takes_the_whole_screen_and_quotes_the_words(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await answer(pilot, "a bruise on [Child A]")
        assert isinstance(app.screen, ActNowScreen)
        text = screen_text(app)
        assert "ACT NOW" in text
        assert "Ring the duty team now. [/x]" in text
        assert "bruise on [Child A]" in text


async def test_a_card_longer_than_the_screen_says_so_until_its_end_is_seen(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.push_screen(ActNowScreen(ActNow(kind="k", text="Act.", words="w", confirm=False)))
        await settled(pilot)
        assert MORE not in screen_text(app)
        app.pop_screen()
        app.push_screen(ActNowScreen(ActNow(kind="k", text="Act.\n" * 30, words="w", confirm=False)))
        await settled(pilot)
        assert MORE in screen_text(app)
        await pilot.press("end")
        await until(pilot, lambda: MORE not in screen_text(app), "the end of the card")


async def test_what_was_done_is_kept_and_the_session_goes_on(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "a bruise")
        app.screen.query_one("#did", Input).value = "rang at 10.40"
        await pilot.press("d")
        await until(pilot, lambda: app.screen is screen, "the session")
        await question(pilot)
        card = screen.session.state.cards[0]
        assert card.answered is not None
        assert (card.answered.answer, card.answered.words) == ("done", "rang at 10.40")
        assert len(screen.session.state.turns) == 2


async def test_a_doubtful_sign_asks_one_yes_or_no(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "maybe a bruise")
        assert "ONE QUESTION FIRST" in screen_text(app)
        assert "ACT NOW" not in screen_text(app)
        await pilot.press("d")
        assert isinstance(app.screen, ActNowScreen)
        await pilot.press("n")
        await until(pilot, lambda: app.screen is screen, "the session")
        await question(pilot)
        assert screen.session.state.cards[0].happening is False


async def test_a_doubtful_sign_that_is_so_becomes_the_card(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await answer(pilot, "maybe a bruise")
        await pilot.press("y")
        await until(pilot, lambda: "ACT NOW" in screen_text(app), "the card")


async def test_escape_does_not_wave_the_card_away(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await answer(pilot, "a bruise")
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, ActNowScreen)


async def test_a_card_not_yet_answered_waits_when_the_session_is_taken_up_again(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await answer(pilot, "a bruise")
    again = open_app()
    async with again.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(again.screen, ActNowScreen), "the card")


async def test_the_card_fits_a_terminal_of_40_by_12(open_app):
    app = open_app()
    async with app.run_test(size=(40, 12)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "a bruise")
        assert "ACT NOW" in screen_text(app)
        assert "Ring the duty team now." in screen_text(app)
        await pilot.click("#carry-on")
        await until(pilot, lambda: app.screen is screen, "the session")
        assert isinstance(app.screen, SessionScreen)


async def test_a_name_in_what_was_done_is_noticed_before_it_is_kept(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "a bruise")
        app.screen.query_one("#did", Input).value = "rang Sarah Jones at 10.40"
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, NamesScreen), "the names")
        assert screen.session.state.card is not None
        await pilot.press(*"the aunt", "f5")
        await until(pilot, lambda: app.screen is screen, "the session")
        await question(pilot)
        answered = screen.session.state.cards[0].answered
        assert answered is not None
        assert (answered.answer, answered.words) == ("done", "rang the aunt at 10.40")


async def test_whoever_wants_their_words_back_finds_the_card_with_them(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "a bruise")
        app.screen.query_one("#did", Input).value = "rang Sarah Jones"
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, NamesScreen), "the names")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ActNowScreen), "the card")
        assert app.screen.query_one("#did", Input).value == "rang Sarah Jones"
        assert screen.session.state.cards[0].answered is None
