"""What was agreed and what is disputed in all cases, by date, the late ones first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.app import keys
from assistant.app.colours import MUTED
from assistant.app.screens.form import fill_in
from assistant.app.screens.screen import BaseScreen
from assistant.app.widgets.footer import Keys
from assistant.followup.actions import Action
from assistant.followup.escalations import Escalation
from assistant.followup.follow_ups import Waiting
from assistant.language.dates import format_date


class ActionsScreen(BaseScreen[None]):
    """Everything somebody still has to do, and every disagreement that is not settled."""

    HELP = (
        "Enter opens what is highlighted: an action with everything agreed about it, or a disagreement with its next "
        "step. Space marks an action as done, and Ctrl+Z takes back the last change. Next time you'll be asked what "
        "has changed for the child."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        # Enter opens, as in every other list; a key that is pressed by habit marks nothing as done
        Binding(keys.TAKE_BACK, "undo", "Undo", tooltip="Take back the last change"),
        Binding("space", "done", "Done", tooltip="Mark the action as done"),
        Binding(keys.CLOSE, "app.go_home", "Home"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._waiting: dict[str, Waiting] = {}
        self._before: Action | Escalation | None = None
        """What was changed last, as it was."""

    def compose(self) -> ComposeResult:
        """A count and the list."""
        with Vertical(classes="page", id="actions"):
            yield Static("Actions", classes="heading")
            yield Static("Looking …", id="waiting", classes="muted")
            yield OptionList(id="open")
        yield Keys()

    def on_mount(self) -> None:
        """The list takes the first key."""
        self.query_one("#open").focus()
        self.beside(self._look, self._list)

    @on(OptionList.OptionHighlighted, "#open")
    def offer_what_can_be_done(self) -> None:
        """A disagreement is not done but settled, which its own form asks about."""
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Each key is there only while it would do something."""
        match action:
            case "undo":
                return self._before is not None
            case "done":
                return isinstance(self._highlighted(), Action)
        return True

    @on(OptionList.OptionSelected, "#open")
    def open_chosen(self) -> None:
        """Everything about it, to read and to fill in."""
        record = self._highlighted()
        if record is not None:

            def closed(*, kept: bool) -> None:
                if kept:
                    self._before = record
                self.beside(self._look, self._list)

            fill_in(self, record, lambda kept: closed(kept=bool(kept)))

    def action_done(self) -> None:
        """It is done."""
        record = self._highlighted()
        if isinstance(record, Action):
            self._before = record
            self._keep(record.model_copy(update={"status": "done"}))
            self.say("Marked as done. Ctrl+Z takes it back.")

    def action_undo(self) -> None:
        """As it was before the last change."""
        if self._before is not None:
            record, self._before = self._before, None
            self._keep(record)

    def _keep(self, record: Action | Escalation) -> None:
        workspace = self.reflect.workspace()

        def keep() -> list[Waiting]:
            workspace.follow_ups.keep(record)
            return self._look()

        self.beside(keep, self._list)

    def _look(self) -> list[Waiting]:
        return self.reflect.workspace().follow_ups.waiting()

    def _list(self, waiting: list[Waiting]) -> None:
        self._waiting = {each.record.id: each for each in waiting}
        options = self.query_one("#open", OptionList)
        highlighted = options.highlighted or 0
        options.set_options(Option(line(each), id=each.record.id) for each in waiting)
        options.highlighted = min(highlighted, len(waiting) - 1) if waiting else None
        self.query_one("#waiting", Static).update(Content(_counted(waiting)))
        self.refresh_bindings()

    def _highlighted(self) -> Action | Escalation | None:
        option = self.query_one("#open", OptionList).highlighted_option if self.is_mounted else None
        return self._waiting[option.id].record if option is not None and option.id is not None else None


def _counted(waiting: Sequence[Waiting]) -> str:
    if not waiting:
        return "Nothing to do at the moment. What you agree in a session appears here."
    actions = sum(isinstance(each.record, Action) for each in waiting)
    disputes = len(waiting) - actions
    late = sum(each.late for each in waiting)
    counted = [
        f"{count} {one if count == 1 else many}"
        for count, one, many in ((actions, "action", "actions"), (disputes, "disagreement", "disagreements"))
        if count
    ]
    return f"{' and '.join(counted)} open" + (f", {late} late" if late else "")


def line(waiting: Waiting) -> Content:
    """What it is in bold, and under it the case, the day, and who or which step."""
    record = waiting.record
    day = f"by {format_date(waiting.day)}" if waiting.day else "no date agreed"
    late = "LATE, " if waiting.late else ""
    if isinstance(record, Action):
        said, about = record.text, f"{late}{day}" + (f", {record.person}" if record.person else "")
    else:
        said = " ".join(record.disputed.split()) or "What the disagreement is about hasn't been said yet"
        about = f"disagreement, {late}{waiting.rung}, {day}"
    return Content.assemble(Content.styled(said, "bold"), "\n", Content.styled(f"{record.case}, {about}", MUTED))
