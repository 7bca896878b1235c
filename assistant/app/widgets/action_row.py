"""One action on the page at the end of a session: what, who and by when, each put right where it stands."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input

from assistant.followup.actions import Action
from assistant.language.dates import format_date, parse_date


class ActionRow(Horizontal):
    """Three boxes in a row."""

    def __init__(self, action: Action) -> None:
        super().__init__()
        self.action = action
        """As it was kept last."""

    def compose(self) -> ComposeResult:
        """What, who, by when."""
        action = self.action
        yield Input(action.text, placeholder="another action", classes="what", select_on_focus=False)
        yield Input(action.person, placeholder="who", classes="who", select_on_focus=False)
        yield Input(_day(action), placeholder="by when", classes="when", select_on_focus=False)

    def now(self, today: date) -> Action:
        """The action as the boxes have it. A day that cannot be read stays as it was said."""
        what, who, when = (" ".join(box.value.split()) for box in self.query(Input))
        change: dict[str, object] = {"text": what, "person": who}
        if when != _day(self.action):
            day = parse_date(when, today)
            change |= {"by": day, "by_said": "" if day else when}
        return self.action.model_copy(update=change)


def _day(action: Action) -> str:
    return format_date(action.by) if action.by else action.by_said
