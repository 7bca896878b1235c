"""One action on the page at the end of a session: what, who and by when, each put right where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from assistant.app.widgets.page_box import LineBox
from assistant.followup.actions import Action
from assistant.language.dates import format_date, parse_date


class _Cross(Static):
    """Takes the action off, for the mouse and the finger; for the keyboard its words are cleared."""

    def on_click(self, event: events.Click) -> None:
        """The same as clearing the words."""
        event.stop()
        if isinstance(self.parent, ActionRow):
            self.parent.clear()


class ActionRow(Horizontal):
    """Three boxes in a row."""

    @dataclass
    class Cleared(Message):
        """It's to come off."""

        row: ActionRow

    def __init__(self, action: Action, *, taken_off: bool = False) -> None:
        super().__init__(classes="" if action.text else "-empty")
        self.action = action.model_copy(update={"text": ""}) if taken_off else action
        """As it was kept last: one that was taken off and is put back isn't kept yet."""
        self._what = LineBox(action.text, "another action", "what")
        self._who = LineBox(action.person, "who", "who")
        self._when = Input(_day(action), placeholder="by when", classes="when", select_on_focus=False)

    def compose(self) -> ComposeResult:
        """What, who, by when."""
        yield self._what
        yield self._who
        yield self._when
        cross = _Cross("✕", classes="off")
        cross.tooltip = "Take this one off"
        yield cross

    def clear(self) -> None:
        """Take it off."""
        self._what.put("")
        self.post_message(self.Cleared(self))

    def go_to(self) -> None:
        """With the keyboard, to what is to be done."""
        self.screen.set_focus(self._what)

    def show_as_kept(self) -> None:
        """With a way to take it off, and the day as it was understood: “Tuesday” is a date."""
        self.remove_class("-empty")
        if not self._when.has_focus and self.action.by:
            self._when.value = _day(self.action)

    @property
    def says_something(self) -> bool:
        """It says what will be done, or did: with only who or when there's nothing to keep yet."""
        return bool(self._what.line or self.action.text)

    def now(self, today: date) -> Action:
        """The action as the boxes have it. A day that cannot be read stays as it was said."""
        when = " ".join(self._when.value.split())
        change: dict[str, object] = {"text": self._what.line, "person": self._who.line}
        if when != _day(self.action):
            day = parse_date(when, today)
            change |= {"by": day, "by_said": "" if day else when}
        return self.action.model_copy(update=change)


def _day(action: Action) -> str:
    return format_date(action.by) if action.by else action.by_said
