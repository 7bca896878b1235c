"""What the first screen offers: sessions to go on with, what is due, cases talked about lately; and one search of all.

Reads the records and the library, so it is called from a thread. Knows nothing of widgets.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from assistant.app.panel_models import short
from assistant.app.session_list import rows
from assistant.followup.actions import Action
from assistant.language.dates import format_date
from assistant.library.points import reading_text
from assistant.store.store_errors import StoreError

if TYPE_CHECKING:
    from assistant.followup.escalations import Escalation
    from assistant.followup.follow_ups import Waiting
    from assistant.workspace.workspace import Workspace

CONTINUE, FILL, CASE, RECORD, POINT = "continue:", "fill:", "case:", "record:", "point:"
"""What the key of a line begins with; the id follows."""
SOON = timedelta(days=7)
MOST = 3
"""Lines of each kind on the first screen; Records, Actions and the library have them all."""
MOST_FOUND = 6
_SHORT = 70
_QUOTED = 42
"""Characters of a quotation that leave room for whose it is."""


@dataclass(frozen=True)
class Line:
    """One thing to choose."""

    key: str
    name: str
    about: str = ""
    late: bool = False


@dataclass(frozen=True)
class Offered:
    """What waits for somebody."""

    carry_on: tuple[Line, ...] = ()
    due: tuple[Line, ...] = ()
    recent: tuple[Line, ...] = ()
    late: int = 0
    """Everything whose day has passed, shown here or not."""
    today: date = date.min
    locks: bool = False
    """A passphrase, or somebody's sign-in, is asked for again when the records have been left alone."""
    notice: str = ""
    """What somebody should know of the opening of the records."""
    records: dict[str, Action | Escalation] = field(default_factory=dict)
    """What the lines that are due are about."""


def offered(workspace: Workspace) -> Offered:
    """As it stands now."""
    with suppress(StoreError):  # on a full disk nothing can be deleted for good, and the rest still opens
        workspace.deletion.empty_bin()
    today = workspace.now().date()
    waiting = workspace.follow_ups.waiting()
    soon = [each for each in waiting if each.late or (each.day is not None and each.day <= today + SOON)][:MOST]
    return Offered(
        carry_on=tuple(_carry_on(workspace)),
        due=tuple(_due(each, today) for each in soon),
        recent=tuple(_recent(workspace)),
        late=sum(each.late for each in waiting),
        today=today,
        locks=workspace.opening.asks_again,
        notice=workspace.opening.notice or "",
        records={each.record.id: each.record for each in soon},
    )


def found(workspace: Workspace, words: str) -> tuple[Line, ...]:
    """Cases, records, actions and learning in which the words stand, a few of each."""
    wanted = words.casefold()
    kept = rows(workspace)
    cases = dict.fromkeys(row.case for row in kept if wanted in row.case.casefold())
    saying = workspace.store.saying(words)
    lines = [Line(f"{CASE}{case}", case, "case") for case in list(cases)[:MOST]]
    lines += [Line(f"{RECORD}{row.session}", row.case, row.about) for row in kept if row.session in saying][:MOST_FOUND]
    actions = (one for one in workspace.follow_ups.actions() if wanted in one.text.casefold())
    lines += [Line(f"{CASE}{one.case}", _short(one.text), f"action, {one.case}") for one in actions][
        : len(lines) + MOST
    ]
    hits = workspace.learning.search(words).hits[:MOST]
    lines += [Line(f"{POINT}{hit.id}", f"“{short(reading_text(hit.text), _QUOTED)}”", hit.title) for hit in hits]
    return tuple(lines)


def _carry_on(workspace: Workspace) -> Iterator[Line]:
    for left in workspace.unfinished()[:MOST]:
        answered = len(left.state.answers)
        said = next((turn.answer for turn in reversed(left.state.turns) if turn.answer), "")
        count = "1 answer" if answered == 1 else f"{answered} answers"
        about = f"{count} so far. “{_short(said)}”" if said else "no answers yet"
        yield Line(f"{CONTINUE}{left.session}", f"Continue {left.state.started.case}", about)


def _due(each: Waiting, today: date) -> Line:
    record = each.record
    by = f"by {format_date(each.day)}" if each.day else ""
    about = f"{_short(record.text)}, {by}" if isinstance(record, Action) else f"disagreement: {each.rung}, {by}"
    name = f"{'Overdue' if each.late else 'Today' if each.day == today else 'Due'}: {record.case}"
    return Line(f"{FILL}{record.id}", name, about, each.late)


def _recent(workspace: Workspace) -> Iterator[Line]:
    cases: dict[str, date] = {}
    for kept in workspace.store.sessions():
        if kept.mine:
            cases.setdefault(kept.case, kept.started.date())
    for case, day in list(cases.items())[:MOST]:
        yield Line(f"{CASE}{case}", case, f"last session {format_date(day)}")


def _short(words: str) -> str:
    return short(words.rstrip().rstrip("."), _SHORT)
