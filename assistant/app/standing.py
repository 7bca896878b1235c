"""Where a session stands, put into the models the panels show. Pure functions of the state; nothing is decided here."""

from __future__ import annotations

from collections import Counter
from math import ceil

from assistant.conversation.prompts import Prompts
from assistant.conversation.state import State


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
