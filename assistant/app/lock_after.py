"""After how long without a key the records lock: the one setting that the line mode reads too, without the screens."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LOCK_AFTER = (5, 10, 30, 0)
"""Minutes that can be chosen; the last is never."""
USUAL = 10


def settings_file(home: Path) -> Path:
    """Where what was chosen about the app is kept."""
    return home / "settings.json"


def kept_settings(home: Path) -> dict[str, Any]:
    """What is kept of the settings; nothing where the file is missing or makes no sense."""
    try:
        kept = json.loads(settings_file(home).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def lock_minutes(home: Path) -> int:
    """As it was chosen; where the file is missing or makes no sense, the usual time."""
    return minutes_in(kept_settings(home))


def minutes_in(kept: Mapping[str, Any]) -> int:
    """The same, of settings that have been read."""
    minutes = kept.get("lock_minutes")
    return minutes if minutes in LOCK_AFTER else USUAL
