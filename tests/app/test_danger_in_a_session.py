"""What cannot wait is seen by whoever types, and answered only by a move of its own."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from assistant.app.widgets.composer import Composer
from assistant.noticing.observations import Danger, Noticing
from tests.app.conftest import answer, begin, knowing, pick, question, said, screen_text, settled, until

FIRST = "999 now."
"""What a card says first."""


@pytest.fixture(autouse=True)
def bruise_is_danger(monkeypatch):
    def notice(words: str, *_: object) -> Noticing:
        at = words.find("bruise")
        if at < 0:
            return Noticing()
        danger = Danger(
            kind="injury-non-mobile-baby", level="doubtful" if "maybe" in words else "sure", spans=((at, len(words)),)
        )
        return Noticing(act_now=(danger,))

    monkeypatch.setattr(
        "assistant.workspace.session_knowledge.Knowledge", knowing(notice, "Ring the duty team now. [/x]")
    )


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
async def test_a_sure_sign_stands_over_the_composer_with_its_ways_on_in_view(open_app, size):
    app = open_app()
    async with app.run_test(size=size) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "a bruise on [Child A]")
        text = screen_text(app)
        assert FIRST in text and "Ring the duty team now. [/x]" in text
        assert "Done" in text and "Carry on" in text
        assert "bruise on [Child A]" in said(app, "#band")
        await pick(pilot, "#card-answers", "carry-on")
        await question(pilot)
        assert len(screen.session.state.turns) == 2


async def test_what_was_done_is_kept_and_the_session_goes_on(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "a bruise")
        screen.query_one("#did", Input).focus()
        await pilot.press(*"rang at 10.40", "enter")
        await question(pilot)
        card = screen.session.state.cards[0]
        assert card.answered is not None
        assert (card.answered.answer, card.answered.words) == ("done", "rang at 10.40")
        assert not screen.query("#band")
        assert "Act now, done: rang at 10.40" in said(app, "#stream")


async def test_a_doubtful_sign_is_one_yes_or_no_in_the_conversation(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "maybe a bruise")
        assert "One question first" in screen_text(app)
        assert FIRST not in screen_text(app)
        await pick(pilot, "#doubt-answers", "no")
        await question(pilot)
        assert screen.session.state.cards[0].happening is False
        assert not screen.query("#doubt")


async def test_a_doubtful_sign_that_is_so_becomes_the_card(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await answer(pilot, "maybe a bruise")
        await pick(pilot, "#doubt-answers", "yes")
        await until(pilot, lambda: FIRST in screen_text(app), "the card")


@pytest.mark.parametrize("words", ["maybe a bruise", "a bruise"])
async def test_nothing_typed_ahead_or_sent_answers_it_and_the_words_stay(open_app, monkeypatch, words):
    monkeypatch.setattr("assistant.app.timing.DEAF_S", 3600.0)
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await pilot.press(*words, "enter", *"no one yet, probably", "tab", "enter", *" done", "enter")
        await until(pilot, lambda: bool(screen.query("#doubt, #band")), "the danger")
        await settled(pilot)
        card = screen.session.state.card
        assert card is not None and card.waiting and card.happening is None
        await pilot.press(*" y n", "enter")
        await settled(pilot)
        assert screen.session.state.card == card
        kept = screen.query_one(Composer).text + screen._unsent()
        assert "no one yet, probably" in kept and "y n" in kept
        assert screen.session.state.answers == (words,)


async def test_escape_does_not_wave_it_away_and_it_waits_when_the_session_is_taken_up_again(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "a bruise")
        await pilot.press("escape", "escape")
        await settled(pilot)
        assert screen.query("#band")
    again = open_app()
    async with again.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: bool(again.screen.query("#band")), "the card")


async def test_a_name_in_what_was_done_is_noticed_before_it_is_kept(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "a bruise")
        screen.query_one("#did", Input).value = "rang Sarah Jones at 10.40"
        await pick(pilot, "#card-answers", "done")
        await until(pilot, lambda: bool(screen.query("NamesBlock")), "the names")
        assert screen.session.state.card is not None
        await pick(pilot, "#names-answers", "back")
        assert screen.query_one("#did", Input).value == "rang Sarah Jones at 10.40"
        await pick(pilot, "#card-answers", "done")
        await until(pilot, lambda: bool(screen.query("NamesBlock")), "the names")
        screen.query_one("#name-0", Input).value = "the aunt"
        await pick(pilot, "#names-answers", "go")
        await question(pilot)
        answered = screen.session.state.cards[0].answered
        assert answered is not None
        assert (answered.answer, answered.words) == ("done", "rang the aunt at 10.40")
