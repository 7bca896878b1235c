from __future__ import annotations

import subprocess
import sys
from threading import Event

import pytest
from textual.widgets import Input

from assistant.app.preferences import Settings, save_preferences
from assistant.app.screens.home import HomeScreen
from assistant.app.screens.numbers import NumbersScreen
from assistant.app.session_list import case_like
from assistant.noticing.act_now_cards import read_numbers
from assistant.store.encrypted_file import EncryptedFile
from assistant.store.store_errors import StoreError
from tests.app.conftest import agree, begin, leave, question, screen_text, settled, until


def told(app) -> str:
    return " ".join(screen_text(app).split())


HEAVY = {"pydantic", "yaml", "nltk", "numpy", "sqlalchemy", "tokenizers", "markdown_it", "aiohttp", "jinja2"}


def test_nothing_heavy_is_imported_before_the_first_screen():
    probe = (
        "import sys; import assistant.cli, assistant.app.app; "
        f"print(*sorted({HEAVY!r} & {{name.split('.')[0] for name in sys.modules}}))"
    )
    ended = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, timeout=120, check=True)
    assert ended.stdout.split() == []


def test_the_first_screen_is_drawn_before_the_desk_is_opened(tmp_path):
    probe = """
import asyncio, sys
from pathlib import Path
from assistant.app.app import ReflectApp
from assistant.app.screens.home import HomeScreen

drawn = []

def open_workspace(home):
    drawn.append(any(isinstance(screen, HomeScreen) and screen.query("#choices") for screen in app.screen_stack))
    raise SystemExit

app = ReflectApp(Path(sys.argv[1]), open_workspace)

async def main():
    async with app.run_test() as pilot:
        await pilot.pause()
        for _ in range(6000):
            if drawn:
                break
            await asyncio.sleep(0.01)

try:
    asyncio.run(main())
except BaseException:
    pass
print(drawn)
"""
    ended = subprocess.run(
        [sys.executable, "-c", probe, str(tmp_path)], capture_output=True, text=True, timeout=120, check=False
    )
    assert "[True]" in ended.stdout


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("oak family", "Oak family"),
        ("oak", "Oak family"),
        ("Oak famly", "Oak family"),
        ("Willow", None),
        ("Child B", None),
        ("", None),
    ],
)
def test_a_typed_name_is_taken_for_the_case_it_may_mean_and_for_no_other(typed, meant):
    assert case_like(typed, ("Oak family", "Child A")) == meant


async def test_a_name_like_that_of_a_case_there_is_is_asked_about_and_can_still_be_a_case_of_its_own(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await begin(pilot, case="Oak family")
        await leave(pilot)
        app.prepare("supervision")
        await until(pilot, lambda: bool(app.screen.query("Choice")), "the form")
        await pilot.press(*"oak", "enter")
        await until(pilot, lambda: "already a case called “Oak family”" in screen_text(app), "the question")
        await pilot.press("escape")
        await settled(pilot)
        await pilot.press("enter")
        await question(pilot)
        assert app.screen.session.state.started.case == "oak"
        await leave(pilot)
        app.prepare("supervision")
        await until(pilot, lambda: bool(app.screen.query("Choice")), "the form")
        await pilot.press(*"oak famly", "enter")
        await agree(pilot)
        await question(pilot)
        assert app.screen.session.state.started.case == "Oak family"


async def test_the_local_numbers_are_asked_for_once_before_anything_else(open_app, tmp_path):
    save_preferences(Settings(), tmp_path)
    app = open_app(new=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, lambda: bool(app.screen.query("#police")), "the numbers")
        assert isinstance(app.screen, NumbersScreen)
        app.screen.query_one("#out-of-hours", Input).value = "01632 960 123"
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "the first screen")
        assert read_numbers(tmp_path)["out-of-hours"].number == "01632 960 123"


async def test_who_would_rather_not_say_the_numbers_now_is_not_asked_again(open_app, tmp_path):
    save_preferences(Settings(), tmp_path)
    for asked in (True, False):
        app = open_app(new=True)
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: bool(pilot.app.screen.query("#police, #choices")), "a screen")
            await settled(pilot)
            assert isinstance(app.screen, NumbersScreen) is asked
            await pilot.press("escape") if asked else None


async def test_where_no_number_was_filled_in_none_is_said_to_be_saved(open_app, tmp_path):
    save_preferences(Settings(), tmp_path)
    app = open_app(new=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, lambda: bool(app.screen.query("#police")), "the numbers")
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "the first screen")
        await settled(pilot)
        assert not [message.message for message in app._notifications]


async def test_the_first_screen_says_that_the_daily_backup_could_not_be_made(open_app, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(EncryptedFile, "backup", full)
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Today's backup could not be made. The disk is full." in told(app), "notice")


async def test_what_is_typed_before_the_records_are_unlocked_looks_for_nothing_and_begins_the_passphrase(
    open_app, monkeypatch
):
    monkeypatch.delenv("REFLECT_PASSPHRASE_FILE")
    typed, look = Event(), HomeScreen._look

    def once_it_was_typed(self: HomeScreen):
        typed.wait(30)
        return look(self)

    before = open_app().workspace()
    before.opening.set_passphrase("four ordinary test words")
    before.opening.lock()
    monkeypatch.setattr(HomeScreen, "_look", once_it_was_typed)
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        home = next(screen for screen in app.screen_stack if isinstance(screen, HomeScreen))
        await pilot.press(*"five")
        typed.set()
        await until(pilot, lambda: app.screen is not home, "that a passphrase comes first")
        await settled(pilot)
        assert not list(app._notifications)
        assert home.query_one("#find", Input).value == ""
        await pilot.press(*" six")
        assert app.screen.query_one("#passphrase", Input).value == "five six"
