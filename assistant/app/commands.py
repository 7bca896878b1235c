"""What can be done in a session by its name: after a stroke in the composer, and in the palette."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """One thing to do."""

    name: str
    """As it is typed, without the stroke; nothing where there is no composer to type it into."""
    title: str
    says: str
    action: str
    """The screen's action that does it."""


def named(typed: str, commands: Sequence[Command]) -> Command | None:
    """The command that the typed words begin to name, where only one can be meant."""
    wanted = typed.removeprefix("/").strip().casefold()
    meant = [command for command in commands if command.name.startswith(wanted)]
    exact = [command for command in meant if command.name == wanted]
    found = exact or meant
    return found[0] if wanted and len(found) == 1 else None
