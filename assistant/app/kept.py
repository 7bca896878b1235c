"""The sessions that are kept, as the lists of them show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.records.dates import written

if TYPE_CHECKING:
    from assistant.records.desk import Desk


@dataclass(frozen=True)
class Row:
    """A session as a list shows it."""

    session: str
    case: str
    about: str


def rows(desk: Desk) -> list[Row]:
    """Every session kept, newest first; reads the store, so call it from a thread."""
    names = {journey.id: journey.name for journey in desk.prompts.journeys.values()}
    found = []
    for kept in desk.store.sessions():
        finished = "finished" if kept.finished else "not finished"
        about = f"{names.get(kept.journey, kept.journey)}, {written(kept.started)}, {kept.started:%H:%M}, {finished}"
        found.append(Row(kept.session, kept.case, about))
    return found
