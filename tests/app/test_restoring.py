"""Records that cannot be read, as the user of the app meets them."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from assistant.app.screens.home import HomeScreen
from assistant.app.screens.unlock import UnlockScreen
from tests.app.conftest import begin, screen_text, settled, until
from tests.app.test_keys import shown_keys

PASSPHRASE = "four ordinary test words"


def told(app) -> str:
    return " ".join(screen_text(app).split())


def offered(app) -> set[str]:
    return {key for key, _ in shown_keys(app.screen)}


@pytest.fixture
async def kept(open_app, monkeypatch):
    """A folder of records with a backup of them, and its app closed."""
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        app.workspace().backups.back_up()
        encrypted_file = app.workspace().opening.encrypted_file
        app.workspace().opening.lock()
    monkeypatch.delenv("REFLECT_PASSPHRASE_FILE")
    return encrypted_file


def spoil(file):
    damaged = b"\0" * 4096 + file.read_bytes()[4096:]
    file.write_bytes(damaged)
    return damaged


@pytest.mark.parametrize("size", [(40, 20), (80, 24), (120, 40)])
async def test_damaged_records_are_told_and_one_key_puts_the_last_good_copy_in_their_place(open_app, kept, size):
    damaged = spoil(kept.path)
    app = open_app()
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: isinstance(app.screen, UnlockScreen), "the passphrase")
        assert not app.screen.query_one("#restore").display
        await pilot.press(*PASSPHRASE, "enter")
        await until(pilot, lambda: "can be brought back" in told(app), "the copy that is offered")
        assert "Your records cannot be read" in told(app)
        assert "A copy from 2 Mar 2026, 10:0" in told(app)
        assert "reflect restore" not in told(app)
        assert app.screen.query_one("#restore").display and not app.screen.query_one("#open").display
        (aside,) = kept.set_aside.glob("*.db")
        assert aside.read_bytes() == damaged
        await pilot.press("f5")
        await until(
            pilot, lambda: isinstance(app.screen, HomeScreen) and "Continue Child A" in told(app), "the records"
        )
        assert any("is in place" in notice.message for notice in app._notifications)


async def test_a_copy_that_cannot_be_read_either_is_passed_over_for_the_one_before_it(open_app, kept):
    older = sorted(kept.backups.folder.glob("*.db"))[0]
    newer = kept.backups.folder / "reflect-20260303-090000.db"
    newer.write_bytes(older.read_bytes())
    spoil(newer)
    spoil(kept.path)
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, lambda: isinstance(app.screen, UnlockScreen), "the passphrase")
        await pilot.press(*PASSPHRASE, "enter")
        await until(pilot, lambda: "A copy from 2 Mar 2026" in told(app), "the older copy")
        await pilot.press("enter")
        await until(pilot, lambda: "Continue Child A" in told(app), "the records")


async def test_where_there_is_no_copy_it_is_said_and_nothing_is_offered(open_app, kept):
    for backup in kept.backups.folder.glob("*.db"):
        backup.unlink()
    kept.path.unlink()
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, UnlockScreen), "the passphrase")
        await pilot.press(*PASSPHRASE, "enter")
        await until(pilot, lambda: "No copy on this computer will open" in told(app), "that there is none")
        assert "is gone" in told(app)
        assert not app.screen.query_one("#restore").display


async def test_a_wrong_passphrase_offers_no_copy(open_app, kept):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, UnlockScreen), "the passphrase")
        await pilot.press(*"wrong words here", "enter")
        await until(pilot, lambda: "does not open the records" in told(app), "what is wrong")
        assert not app.screen.query_one("#restore").display
        assert "copy" not in told(app)


async def test_damage_met_behind_a_passphrase_from_a_file_has_the_same_offer(open_app, kept, monkeypatch, tmp_path):
    words = tmp_path / "words"
    words.write_text(PASSPHRASE)
    words.chmod(0o600)
    monkeypatch.setenv("REFLECT_PASSPHRASE_FILE", str(words))
    spoil(kept.path)
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, lambda: "A copy from 2 Mar 2026" in told(app), "the copy that is offered")
        assert not app.screen.query_one("#passphrase", Input).value
        await pilot.press("f5")
        await until(pilot, lambda: "Continue Child A" in told(app), "the records")


async def test_where_only_a_part_is_damaged_what_can_be_read_may_still_be_used(open_app, kept, monkeypatch):
    from assistant.store.store_errors import DamagedStoreError

    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, lambda: isinstance(app.screen, UnlockScreen), "the passphrase")

        def unreadable():
            raise DamagedStoreError("Part of the store cannot be read", "restore it.", partly=True)

        monkeypatch.setattr(app.workspace(), "unfinished", unreadable)
        await pilot.press(*PASSPHRASE, "enter")
        await until(pilot, lambda: "Part of the store cannot be read." in told(app), "what happened")
        await until(pilot, lambda: "A copy from 2 Mar 2026" in told(app), "the copy that is offered")
        assert "Type your passphrase and press F5" in told(app)
        app.screen.query_one("#go-on").focus()
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        app.visit("records")
        await until(pilot, lambda: "1 record" in told(app), "the records that can be read")
