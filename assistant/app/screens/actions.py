"""What was agreed in all cases, by date, the late ones first."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.app.screens.base import BaseScreen
from assistant.app.themes import MUTED
from assistant.app.widgets.keys import Keys
from assistant.records.actions import Action


class ActionsScreen(BaseScreen[None]):
    """Everything somebody still has to do."""

    HELP = (
        "Enter says that an action is done; F7 takes it back. What became different for the child is asked next time."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f7", "undo", "Undo", tooltip="Take back what was just said to be done"),
        Binding("escape", "app.go_home", "Home"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._actions: dict[str, Action] = {}
        self._done: Action | None = None

    def compose(self) -> ComposeResult:
        """A count and the list."""
        with Vertical(id="actions"):
            yield Static("Actions", classes="heading")
            yield Static("Looking …", id="waiting", classes="muted")
            yield OptionList(id="open")
        yield Keys()

    def on_mount(self) -> None:
        """The list takes the first key."""
        self.query_one("#open").focus()
        self.beside(self._look, self._list)

    @on(OptionList.OptionSelected, "#open")
    def mark_done(self, event: OptionList.OptionSelected) -> None:
        """It is done."""
        action = self._actions[event.option_id or ""]
        self._done = action
        self.refresh_bindings()
        self._keep(action.model_copy(update={"status": "done"}))
        self.say("Marked as done. F7 takes it back.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Undo is there only while it would do something."""
        return self._done is not None if action == "undo" else True

    def action_undo(self) -> None:
        """It is not done after all."""
        if self._done is not None:
            self._keep(self._done)
            self._done = None
            self.refresh_bindings()

    def _keep(self, action: Action) -> None:
        desk = self.reflect.desk()

        def keep() -> tuple[list[Action], date]:
            desk.follow_ups.keep_action(action)
            return self._look()

        self.beside(keep, self._list)

    def _look(self) -> tuple[list[Action], date]:
        desk = self.reflect.desk()
        waiting = [action for action in desk.follow_ups.actions() if action.open]
        return sorted(waiting, key=lambda action: (action.by or date.max, action.id)), desk.now().date()

    def _list(self, found: tuple[list[Action], date]) -> None:
        actions, today = found
        self._actions = {action.id: action for action in actions}
        options = self.query_one("#open", OptionList)
        highlighted = options.highlighted or 0
        options.set_options(Option(_line(action, today), id=action.id) for action in actions)
        options.highlighted = min(highlighted, len(actions) - 1) if actions else None
        late = sum(action.late(today) for action in actions)
        self.query_one("#waiting", Static).update(Content(_counted(len(actions), late)))


def _counted(waiting: int, late: int) -> str:
    if not waiting:
        return "Nothing is waiting. What is agreed in a session appears here."
    things = "1 action is open" if waiting == 1 else f"{waiting} actions are open"
    return f"{things}, {late} late" if late else things


def _line(action: Action, today: date) -> Content:
    when = f"by {action.by.day} {action.by:%B %Y}" if action.by else "no day was agreed"
    late = "LATE, " if action.late(today) else ""
    about = f"{action.case}, {late}{when}" + (f", {action.person}" if action.person else "")
    return Content.assemble(Content.styled(action.text, "bold"), "\n", Content.styled(about, MUTED))
