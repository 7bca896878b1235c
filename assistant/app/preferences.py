"""What the user chose about the app itself: a small file of its own, with nothing about any case in it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from assistant.app.colours import DARK, THEMES
from assistant.app.lock_after import USUAL, kept_settings, minutes_in, settings_file

TEXT_WIDTHS = {60: "Narrow, 60 columns", 78: "Usual, 78 columns", 100: "Wide, 100 columns"}
"""How wide the conversation is, at most."""


@dataclass(frozen=True)
class Settings:
    """How the app looks and takes keys, and when it locks."""

    theme: str = DARK.name
    lock_minutes: int = USUAL
    """Minutes without a key after which the records are locked; none never."""
    enter_sends: bool = True
    """Enter sends an answer; otherwise it begins a line, and Ctrl+Enter or F5 sends."""
    text_width: int = 78
    """Columns of the conversation, at most."""
    numbers_asked: bool = False
    """Somebody was asked for the local numbers, and is not asked again."""

    def changed(self, **to: str | bool | int) -> Settings:
        """These settings with some of them changed."""
        return replace(self, **to)  # type: ignore[arg-type]  # the names are checked by dataclasses


def read_settings(home: Path) -> Settings:
    """The settings kept under `home`; where the file is missing or makes no sense, the usual ones."""
    kept = kept_settings(home)
    theme, width = kept.get("theme"), kept.get("text_width")
    known = {theme.name for theme in THEMES}
    return Settings(
        theme=theme if theme in known else DARK.name,
        lock_minutes=minutes_in(kept),
        enter_sends=kept.get("enter_sends") is not False,
        text_width=width if width in TEXT_WIDTHS else Settings.text_width,
        numbers_asked=kept.get("numbers_asked") is True,
    )


def save_preferences(settings: Settings, home: Path) -> None:
    """Keep them; a folder that cannot be written costs only the choice, and the records say so loudly enough."""
    file = settings_file(home)
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = file.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(settings)), encoding="utf-8")
        fresh.replace(file)
    except OSError:
        return
