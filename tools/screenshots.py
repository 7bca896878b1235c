"""`make screenshots`: draws the README's pictures from the walk through the app, so that they never go stale.

`python -m tools.screenshots [FOLDER] [--every]` draws the chosen few into docs/screenshots, or with --every each
screen at each size in each theme, to look at before a release.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from pathlib import Path
from unittest.mock import patch

from textual.app import App
from textual.widgets import Input, TextArea

from assistant.app.colours import THEMES
from tests.app.conftest import knowing
from tests.app.walk import CARD, example_app, notice, walk

CHOSEN = {
    "home-overdue": "dark",
    "learning": "dark",
    "act-now": "dark",
    "reader": "light",
    "case": "light",
    "summary": "dark",
}
WRITTEN = (
    "A strategy discussion today. Two accounts of one mark don't fit each other, and Child A can't yet roll.",
    "Ring social care and ask for the medical",
    "me",
    "today",
    "Somebody outside the family has seen Child A every day, and we know how the mark came.",
    "",
    "Her big brother: nobody's cross, and a doctor is looking at the baby. From the health visitor, tonight.",
    "Thursday, before the medical's report",
)
"""What stands on the last page, so that it can be seen for what it is."""
FONT_FROM_ELSEWHERE = re.compile(r"@font-face \{.*?\}", re.DOTALL)
"""A picture asks nothing of any other server; the reader's own monospace font will do."""
SIZES = ((80, 24), (120, 40))


def fill(app: App[None]) -> None:
    """Write on the last page what somebody might."""
    boxes = app.screen.query_one("#page").query("Input, TextArea")
    for box, words in zip(boxes, WRITTEN, strict=False):
        if isinstance(box, TextArea):
            box.text = words
        elif isinstance(box, Input):
            box.value = words


async def draw(folder: Path, size: tuple[int, int], *, every: bool) -> None:
    """Draw the walk at one size."""
    home = Path(tempfile.mkdtemp())
    app = example_app(home)
    async with app.run_test(size=size, notifications=True) as pilot:
        async for name in walk(pilot):
            for theme in THEMES:
                if not every and CHOSEN.get(name) != theme.name:
                    continue
                app.theme = theme.name
                if name == "summary" and not every:
                    fill(app)
                app.clear_notifications()
                await pilot.pause()
                title = f"{name}-{size[0]}x{size[1]}-{theme.name.replace(' ', '-')}" if every else name
                drawn = app.export_screenshot(title="Reflect").replace(str(home), "~/reflect")
                drawn = FONT_FROM_ELSEWHERE.sub("", drawn)
                (folder / f"{title}.svg").write_text(drawn, encoding="utf-8")
            app.theme = "dark"


def main(arguments: list[str]) -> None:
    """Draw them."""
    os.environ.pop("REFLECT_PASSPHRASE_FILE", None)
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    every = "--every" in arguments
    named = [argument for argument in arguments if argument != "--every"]
    folder = Path(named[0]) if named else Path(__file__).parents[1] / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with patch("assistant.workspace.session_knowledge.Knowledge", knowing(notice, CARD)):
        for size in SIZES if every else SIZES[1:]:
            asyncio.run(draw(folder, size, every=every))


if __name__ == "__main__":
    main(sys.argv[1:])
