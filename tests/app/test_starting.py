from __future__ import annotations

import subprocess
import sys

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

def open_desk(home):
    drawn.append(any(isinstance(screen, HomeScreen) and screen.query("#choices") for screen in app.screen_stack))
    raise SystemExit

app = ReflectApp(Path(sys.argv[1]), open_desk)

async def main():
    async with app.run_test() as pilot:
        await pilot.pause()
        for _ in range(200):
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
