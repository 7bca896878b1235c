from __future__ import annotations

import base64

import pytest
from textual.events import Click

from assistant.app import clipboard
from assistant.app.screens.records import RecordsScreen
from assistant.app.screens.screen import POINT_COPIED, RECORD_COPIED
from assistant.app.screens.summary import SummaryScreen
from tests.app.conftest import FATHERS, answer, begin, leave, pick, screen_text, settled, until

CITED = f"“{FATHERS.text}”\nSerious Case Review – Child K. SVPP. “Invisible fathers”, line 63.\n"


@pytest.fixture
def copied(open_app):
    """An app whose computer has a clipboard that a test can look into."""
    app = open_app()
    held: list[str] = []

    def put(text: str) -> bool:
        held.append(text)
        return True

    app.put_on_clipboard = put
    return app, held


def told(app) -> str:
    return " ".join(screen_text(app).split())


async def test_a_card_is_copied_word_for_word_with_where_it_stands_to_both_clipboards(copied):
    app, held = copied
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await begin(pilot)
        await answer(pilot, "dad works nights")
        written: list[str] = []
        app._driver.write = written.append
        await pick(pilot, "LearningCard Chips", "copy")
        await until(pilot, lambda: bool(held), "the clipboard")
        await settled(pilot)
        assert held == [CITED]
        osc_52 = next(text for text in written if "]52;" in text)
        assert base64.b64decode(osc_52.split(";c;")[1].rstrip("\a")).decode() == CITED
        assert f"Copied: {POINT_COPIED}"[:30] in told(app)


@pytest.mark.parametrize("opened", [False, True])
async def test_a_record_is_copied_whole_from_the_list_and_from_its_own_screen(copied, opened):
    app, held = copied
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        screen = await begin(pilot, case="[Child A]")
        await answer(pilot, "dad works nights")
        await leave(pilot)
        await settled(pilot)
        app.visit("records")
        await settled(pilot)
        if opened:
            app.push_screen(RecordsScreen(screen.session.state.started.session))
            await until(pilot, lambda: isinstance(app.screen, SummaryScreen), "the record")
        await pilot.press("f2")
        await until(pilot, lambda: bool(held), "the clipboard")
        assert held == [app.workspace().documents.text(screen.session.state.started.session)]
        assert "dad works nights" in held[0]
        await settled(pilot)
        assert f"Copied: {RECORD_COPIED}." in told(app)


async def test_a_point_being_read_is_copied_as_it_stands_in_its_source(copied):
    app, held = copied
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        app.visit("library")
        await settled(pilot)
        await pilot.press("f2")
        await settled(pilot)
        assert "Open a learning point first" in told(app)
        await pilot.press(*"dad")
        await settled(pilot)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: len(app.screen.query("ReaderLine")) > 10, "the review")
        await pilot.press("f2")
        await until(pilot, lambda: bool(held), "the clipboard")
        review = app.workspace().learning.library.reviews["child-k"]
        assert held[0].split("”\n")[0].removeprefix("“") in review.text
        assert review.title in held[0]


async def test_words_marked_in_an_answer_are_copied_and_the_answer_is_not_taken_up_to_be_changed(copied):
    app, held = copied
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await begin(pilot)
        await answer(pilot, "dad works nights")
        said = app.screen.query_one(".said")
        await pilot.mouse_down(said, offset=(2, 0))
        await pilot.hover(said, offset=(10, 0))
        await pilot.mouse_up(said, offset=(10, 0))
        said.post_message(Click(said, 10, 0, 0, 0, 1, shift=False, meta=False, ctrl=False))  # as a terminal tells it
        await pilot.press("ctrl+c")
        await until(pilot, lambda: bool(held), "the clipboard")
        assert held[0].startswith("dad work")
        await settled(pilot)
        assert not app.screen.query("ChangeBox")


async def test_without_a_clipboard_of_its_own_nothing_is_promised_but_that_the_terminal_was_asked(open_app):
    app = open_app()
    app.put_on_clipboard = lambda _: False
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await begin(pilot)
        await answer(pilot, "dad works nights")
        await pick(pilot, "LearningCard Chips", "copy")
        await settled(pilot)
        assert "The terminal was asked to copy it" in told(app)


@pytest.mark.parametrize("elsewhere", ["SSH_CONNECTION", "TEXTUAL_DRIVER"])
def test_the_clipboard_of_a_computer_the_user_does_not_sit_at_is_left_alone(monkeypatch, elsewhere):
    monkeypatch.setattr("pyperclip.copy", lambda text: pytest.fail(f"copied {text}"))
    assert not clipboard.put("words about a child", {elsewhere: "x"})


def test_a_computer_without_a_clipboard_is_no_failure(monkeypatch):
    import pyperclip

    def none(text: str) -> None:
        raise pyperclip.PyperclipException("none")

    monkeypatch.setattr("pyperclip.copy", none)
    assert not clipboard.put("words", {})
