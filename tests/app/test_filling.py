"""An action and a disagreement filled in: what stands there, what is kept, and what is never lost."""

from __future__ import annotations

from datetime import UTC, date, datetime

from textual.widgets import Input, OptionList, Select

from assistant.app.screens.actions import ActionsScreen
from assistant.app.screens.confirm import ConfirmScreen
from assistant.app.screens.filling import FieldBox, FillingScreen
from assistant.app.screens.home import HomeScreen
from assistant.app.screens.names import NamesScreen
from assistant.app.widgets.tick import Tick
from assistant.records.actions import Action
from assistant.records.escalations import Escalation
from tests.app.conftest import HOSTILE, screen_text, settled, until

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)


def agreed(text: str, *, n: int = 1, case: str = "[Child A]", person: str = "", by: date | None = None) -> Action:
    return Action(id=f"s/{n:02}", case=case, agreed=date(2026, 2, 20), text=text, person=person, by=by)


def disputed(words: str = "Whether the injury could be an accident", *, raised: datetime | None = None) -> Escalation:
    return Escalation(
        id="s/escalation",
        case="[Child A]",
        raised=raised or datetime(2026, 2, 25, 10, tzinfo=UTC),
        disputed=words,
        next_rung="Line managers",
        deadline=datetime(2026, 2, 26, 17, tzinfo=UTC),
    )
