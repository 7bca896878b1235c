"""When records that were left alone lock: the setting, and whether anybody was there. The line mode reads it too.

A computer that slept was left alone, however short it was: its lid was closed. Knows nothing of screens.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LOCK_AFTER = (5, 10, 30, 0)
"""Minutes that can be chosen; the last is never."""
USUAL = 10
LOOK_S = 2.0
"""How often it is looked whether anybody is still there."""
LOOK_IN_A_TAB_S = 10.0
"""The same where fifty may be left open, on a server that doesn't sleep."""


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


class Watch:
    """Since when nobody has touched a key, and whether the computer has slept since then."""

    def __init__(self) -> None:
        self.touch()

    def touch(self) -> None:
        """Somebody is there."""
        self._since = time.monotonic()
        self._slept = slept_s()

    def alone(self, minutes: int) -> bool:
        """Nobody was there for so many minutes, or the computer slept; never where none are said."""
        return bool(minutes) and (self.slept or time.monotonic() - self._since >= minutes * 60)

    @property
    def slept(self) -> bool:
        """The computer slept since somebody was last there."""
        return slept_s() - self._slept >= 1


def slept_s() -> float:
    """How many seconds this computer has slept since it was started; 0 where the system does not say."""
    for of_all, awake in (("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"), ("CLOCK_MONOTONIC", "CLOCK_UPTIME_RAW")):
        if hasattr(time, of_all) and hasattr(time, awake):  # Linux, then macOS
            return time.clock_gettime(getattr(time, of_all)) - time.clock_gettime(getattr(time, awake))
    return 0.0
