"""Actions as calendar entries: one whole day each, on the day they are due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from assistant.export.docx_writer import writable
from assistant.followup.actions import Action


def calendar(actions: Iterable[Action], made: datetime) -> bytes:
    """An iCalendar file of the actions that are open and have a day."""
    from icalendar import Calendar, Event  # 0.1 s, and only when a calendar is written

    file = Calendar()
    file.add("prodid", "-//Reflect//Actions//EN")
    file.add("version", "2.0")
    for action in actions:
        if action.by is None or not action.open:
            continue
        entry = Event()
        entry.add("uid", f"{action.id.replace('/', '-')}@reflect")
        entry.add("dtstamp", made)
        entry.add("dtstart", action.by)
        if action.by < date.max:  # without an end it's that one day too
            entry.add("dtend", action.by + timedelta(days=1))
        entry.add("summary", writable(f"{action.case}: {action.text}"))
        entry.add("description", writable(_more(action)))
        entry.add("class", "PRIVATE")
        entry.add("transp", "TRANSPARENT")
        file.add_component(entry)
    return bytes(file.to_ical())


def _more(action: Action) -> str:
    lines = ["Contains information about a child."]
    if action.person:
        lines.append(f"Who: {action.person}")
    if action.seen_or_heard:
        lines.append(f"What will be seen or heard: {action.seen_or_heard}")
    if action.contingency:
        lines.append(f"If it is not done: {action.contingency}")
    return "\n".join(lines)
