"""Every screen as it was when somebody last looked at it and found it good.

After a change that is meant: REFLECT_UPDATE_GOLDENS=1 pytest tests/app/test_golden_screens.py, then read the
difference. The words come first, so most changes can be judged without a picture; `make screenshots` draws them. Each
screen is here once: what themes change is held by the tests of contrast, what sizes change by those of the screens.
"""

from __future__ import annotations

import os
from pathlib import Path

from textual.pilot import Pilot

from assistant.app.app import ReflectApp
from tests.app.conftest import knowing, settled, until
from tests.app.painting import painted
from tests.app.walk import CARD, example_app, notice, walk

GOLDEN = Path(__file__).parent / "golden"


async def standing_still(pilot: Pilot[None], app: ReflectApp) -> str:
    """The screen once every row of buttons listens and it looks twice the same: what scrolls last may come late."""
    await until(pilot, lambda: not app.screen.query("Chips.-deaf"), "that the buttons listen")
    for _ in range(20):
        before = painted(app)
        await settled(pilot)
        if painted(app) == before:
            return before
    raise AssertionError("the screen never stands still")


async def test_every_screen_is_as_it_was_found_good(tmp_path, monkeypatch):
    monkeypatch.delenv("REFLECT_PASSPHRASE_FILE")
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("HOME", "/home/example")
    monkeypatch.chdir(tmp_path)  # the folder is named on screen, so it must have the same name everywhere
    monkeypatch.setattr("assistant.workspace.session_knowledge.Knowledge", knowing(notice, CARD))
    app = example_app(Path("kept"))
    changed, seen = [], set()
    async with app.run_test(size=(110, 32), notifications=True) as pilot:
        async for name in walk(pilot):
            app.clear_notifications()
            now = await standing_still(pilot, app)
            file = GOLDEN / f"{name}.txt"
            seen.add(file)
            if os.environ.get("REFLECT_UPDATE_GOLDENS"):
                file.parent.mkdir(exist_ok=True)
                file.write_text(now, encoding="utf-8")
            elif not file.exists() or file.read_text(encoding="utf-8") != now:
                changed.append(file.name)
                (tmp_path / file.name).write_text(now, encoding="utf-8")
    assert changed == [], f"compare with what is in {tmp_path}"
    assert seen == set(GOLDEN.glob("*.txt"))
