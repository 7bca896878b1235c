"""The sessions that are kept, as the lists of them show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from assistant.language.dates import format_date

if TYPE_CHECKING:
    from assistant.workspace.workspace import Workspace


ALIKE = 0.8
"""How much of two names must be the same letters for one to be taken for the other."""


@dataclass(frozen=True)
class Row:
    """A session as a list shows it."""

    session: str
    case: str
    about: str
    finished: bool = True
    mine: bool = True


def rows(workspace: Workspace, *, binned: bool = False) -> list[Row]:
    """Every session kept, or those in the bin, newest first; reads the store, so call it from a thread."""
    names = {journey.id: journey.name for journey in workspace.prompts.journeys.values()}
    found = []
    for kept in workspace.store.sessions(binned=binned):
        finished = "finished" if kept.finished else "not finished"
        about = (
            f"{names.get(kept.journey, kept.journey)}, {format_date(kept.started)}, {kept.started:%H:%M}, {finished}"
        )
        if kept.binned:
            about += f"; in the bin since {format_date(kept.binned)}"
        found.append(Row(kept.session, kept.case, about, kept.finished is not None, kept.mine))
    return found


def same_name(one: str, other: str) -> bool:
    """The same but for capitals and spaces."""
    return one.casefold().split() == other.casefold().split()


def case_like(typed: str, cases: Sequence[str]) -> str | None:
    """The case that a typed name may mean: the same name, one that it is a part of, or one of nearly the same letters.

    A single letter apart at the end is another case: "Child A" is not "Child B".
    """
    words = typed.casefold().split()
    if not words:
        return None
    for case in cases:
        if same_name(typed, case):
            return case
    for case in cases:
        others = case.casefold().split()
        if set(words) <= set(others):
            return case
        if all(len(word) > 1 for word in (words[-1], others[-1])):
            alike = SequenceMatcher(None, " ".join(words), " ".join(others)).ratio()
            if alike >= ALIKE:
                return case
    return None
