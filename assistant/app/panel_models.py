"""Where a session stands, put into the models the panels show. Pure functions of the state; nothing is decided here."""

from __future__ import annotations

from collections import Counter
from math import ceil

from assistant.conversation.prompts import Prompts
from assistant.conversation.state import State

CYCLE = ("experience", "reflection", "analysis", "action")
"""The stages of the reflective cycle, as the header draws them."""
NAMES = {
    "child": "Child",
    "mother": "Mother",
    "father": "Fathers, men",
    "wider-family": "Wider family",
    "professional": "Professionals",
}


def theme_name(theme: str, prompts: Prompts) -> str | None:
    """The name of a theme as people read it; None outside the themes."""
    known = prompts.themes.get(theme)
    return known.name if known else None


def people_named(state: State) -> Counter[str]:
    """How often each is named in all the answers so far; empty before anything was noticed."""
    people: Counter[str] = Counter()
    for turn in state.turns:
        if turn.noticing is not None:
            people.update({str(person): count for person, count in turn.noticing.people.items()})
    return people


def minutes_left(minutes: float) -> str:
    """The time still to come, in words."""
    left = ceil(minutes)
    if left > 1:
        return f"{left} minutes left"
    if left == 1:
        return "1 minute left"
    return "the time is up" if left == 0 else f"{-left} minutes over"


def short(words: str, room: int) -> str:
    """As much as a line has room for, cut at a word."""
    line = " ".join(words.split())
    return line if len(line) <= room else f"{line[:room].rsplit(' ', 1)[0]} …"


def stage_dots(stage: str) -> str:
    """How far round the reflective cycle: one dot for each stage, filled up to where we are."""
    reached = CYCLE.index(stage) + 1 if stage in CYCLE else len(CYCLE) if stage == "closing" else 0
    return "●" * reached + "○" * (len(CYCLE) - reached)


def themes_met(state: State) -> tuple[int, int]:
    """How many themes of the agenda were met, with the one on the table, and how many there are."""
    themes = {item.theme for item in state.agenda if not item.parked}
    return len(themes & {turn.asked.theme for turn in state.turns}), len(themes)
