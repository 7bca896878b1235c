"""Every screen as it was when somebody last looked at it and found it good.

After a change that is meant: REFLECT_UPDATE_GOLDENS=1 pytest tests/app/test_pictures.py, then read the difference. The
words come first, so most changes can be judged without a picture; `make screenshots` draws them.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.app.themes import THEMES
from tests.app.conftest import knowing
from tests.app.painting import painted
from tests.app.walk import CARD, example_app, notice, walk

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_every_screen_in_every_theme_is_as_it_was_found_good(size, tmp_path, monkeypatch):
    monkeypatch.delenv("REFLECT_PASSPHRASE_FILE")
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("HOME", "/home/example")
    monkeypatch.chdir(tmp_path)  # the folder is named on screen, so it must have the same name everywhere
    monkeypatch.setattr("assistant.records.desk.Knowledge", knowing(notice, CARD))
    app = example_app(Path("kept"))
    changed, seen = [], set()
    async with app.run_test(size=size, notifications=True) as pilot:
        async for name in walk(pilot):
            for theme in THEMES:
                app.theme = theme.name
                app.clear_notifications()
                await pilot.pause()
                file = GOLDEN / f"{name}-{size[0]}x{size[1]}-{theme.name.replace(' ', '-')}.txt"
                seen.add(file)
                now = painted(app)
                if os.environ.get("REFLECT_UPDATE_GOLDENS"):
                    file.parent.mkdir(exist_ok=True)
                    file.write_text(now, encoding="utf-8")
                elif not file.exists() or file.read_text(encoding="utf-8") != now:
                    changed.append(file.name)
                    (tmp_path / file.name).write_text(now, encoding="utf-8")
            app.theme = "dark"
    assert changed == [], f"compare with what is in {tmp_path}"
    assert seen == set(GOLDEN.glob(f"*-{size[0]}x{size[1]}-*.txt"))
