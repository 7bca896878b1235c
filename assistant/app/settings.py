"""What the user chose about the app itself: a small file of its own, with nothing about any case in it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from assistant.app.themes import DARK, THEMES


@dataclass(frozen=True)
class Settings:
    """How the app looks, and whether it has been introduced."""

    theme: str = DARK.name
    introduced: bool = False

    def changed(self, **to: str | bool) -> Settings:
        """These settings with some of them changed."""
        return replace(self, **to)  # type: ignore[arg-type]  # the names are checked by dataclasses


def read_settings(home: Path) -> Settings:
    """The settings kept under `home`; where the file is missing or makes no sense, the usual ones."""
    try:
        kept = json.loads(_file(home).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    theme = kept.get("theme") if isinstance(kept, dict) else None
    known = {theme.name for theme in THEMES}
    return Settings(
        theme=theme if theme in known else DARK.name,
        introduced=isinstance(kept, dict) and kept.get("introduced") is True,
    )


def keep_settings(settings: Settings, home: Path) -> None:
    """Keep them; a folder that cannot be written costs only the choice, and the records say so loudly enough."""
    file = _file(home)
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = file.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(settings)), encoding="utf-8")
        fresh.replace(file)
    except OSError:
        return


def _file(home: Path) -> Path:
    return home / "settings.json"
