"""What every face calls the parts of a session, and the answers that a closed question offers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.conversation.events import Asked

STAGES: Mapping[str, str] = {
    "opening": "To begin",
    "experience": "What happened",
    "reflection": "What it was like",
    "analysis": "What it might mean",
    "action": "What to do",
    "closing": "To close",
}
BARE_WORDS = frozenset({"skip", "back", "why", "agenda", "pause", "longer", "shorter", "finish"})
"""What each of them does wherever somebody types it alone; with anything else it's an answer."""
_NUMBERED = re.compile(r"\d ([^;()]+)")
_LAST_OF_A_LIST = re.compile(r",? or ")


def choices_of(asked: Asked) -> tuple[str, ...]:
    """The answers that a closed question offers, or names in its own words after a colon or numbered in brackets."""
    if asked.choices:
        return asked.choices
    if asked.type != "closed":
        return ()
    numbered, _, _ = asked.text.partition(")")
    if "(1 " in numbered:
        return tuple(found.strip() for found in _NUMBERED.findall(numbered.partition("(")[2]))
    _, colon, listed = asked.text.rstrip("?").rpartition(":")
    parts = [part.strip() for part in _LAST_OF_A_LIST.sub(", ", listed).split(",") if part.strip()]
    return tuple(parts) if colon and len(parts) > 1 else ()


def bare_command(words: str) -> str | None:
    """The command that somebody types alone, with or without its stroke: "skip", "Why?"."""
    word = words.strip().lower().removeprefix("/").rstrip(" .?!")
    return word if word in BARE_WORDS else None


def chosen(asked: Asked, words: str) -> str:
    """The choice that a bare number stands for; the words themselves where they are anything else."""
    by_number = {str(number): choice for number, choice in enumerate(choices_of(asked), start=1)}
    return by_number.get(words.strip().rstrip("."), words)
