"""The first screen: go on where we were, or start something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.app.screens.base import NARROW, BaseScreen
from assistant.app.themes import MUTED
from assistant.app.widgets.keys import Keys
from assistant.records.errors import DamagedStoreError

if TYPE_CHECKING:
    from assistant.records.actions import Action
    from assistant.records.escalations import Escalation

JOURNEYS = (
    ("supervision", "Supervision session", "two people think through one case"),
    ("self-review", "Self-review", "your own case, before supervision"),
    ("scenario", "Scenario", "a trainer and a group, step by step"),
    ("team-review", "Team review", "your practice held against a review"),
)
PLACES = (
    ("library", "Library", "search and read the published reviews"),
    ("records", "Records", "what was said and decided before"),
    ("actions", "Actions", "what was agreed or is disputed, by date"),
    ("settings", "Settings", "colours and the guided tour"),
    ("quit", "Quit", "what you have written is kept"),
)
ALWAYS = (*JOURNEYS, *PLACES)
NAME_WIDTH = 22
OVERDUE = 2
"""As many disagreements past their day are offered here; Actions has them all."""


@dataclass(frozen=True)
class _Left:
    """What the home screen says about a session that was left."""

    session: str
    case: str
    answered: int


@dataclass(frozen=True)
class _Overdue:
    """What it says about a disagreement whose day has passed."""

    record: Action | Escalation
    about: str


@dataclass(frozen=True)
class _Waiting:
    """What is waiting for somebody."""

    left: tuple[_Left, ...]
    late: int
    """Actions and escalations whose day has passed."""
    overdue: tuple[_Overdue, ...]
    """The escalations among them that have waited longest."""


class HomeScreen(BaseScreen[None]):
    """Where everything starts."""

    HELP = "Choose with the arrow keys and Enter, or with the mouse."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "library", "Library"),
        Binding("f6", "records", "Records"),
        Binding("f7", "actions", "Actions"),
        Binding("f8", "settings", "Settings"),
        Binding("q", "app.quit", "Quit"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._choices: list[tuple[str, str, str]] = list(ALWAYS)
        """What can be chosen: its id, its name and what it is."""
        self._overdue: dict[str, Action | Escalation] = {}
        self._damage_told = False

    def compose(self) -> ComposeResult:
        """A heading and the list of what can be done."""
        with VerticalScroll(classes="column"):
            yield Static("Reflect", classes="heading")
            yield Static("Think through a case, one good question at a time.", id="strapline", classes="muted")
            yield OptionList(id="choices")
            yield Static(id="late")
            yield Static("Everything you write stays on this computer.", id="promise", classes="muted")
        yield Keys()

    def on_mount(self) -> None:
        """The list takes the first key."""
        self._list(0)
        self.query_one(OptionList).focus()

    def on_resize(self) -> None:
        """There may be room for more than the names now, or no longer."""
        self._list(self.query_one(OptionList).highlighted or 0)

    def on_screen_resume(self) -> None:
        """Look each time for sessions that were left."""
        self.beside(self._look, self._offer)

    def failed(self, error: BaseException) -> None:
        """Records that cannot be read have a screen of their own, once: what can be read may still be wanted."""
        if isinstance(error, DamagedStoreError) and not self._damage_told:
            self._damage_told = True
            self.reflect.unlock(error)
        else:
            super().failed(error)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was chosen."""
        chosen = event.option_id or ""
        if chosen.startswith("continue:"):
            session = chosen.removeprefix("continue:")
            self.beside(
                lambda: self.reflect.desk().take_up(session), self.reflect.sit_down, waiting="Opening the session"
            )
        elif chosen.startswith("fill:"):
            # with the records, which the first screen does not wait for
            from assistant.app.screens.filling import fill_in

            fill_in(self, self._overdue[chosen.removeprefix("fill:")])
        elif chosen in {journey for journey, _, _ in JOURNEYS}:
            self.reflect.prepare(chosen)
        else:
            self.call_later(self.run_action, "app.quit" if chosen == "quit" else chosen)

    def action_library(self) -> None:
        """Search and read the reviews."""
        self.reflect.visit("library")

    def action_records(self) -> None:
        """What was said and decided before."""
        self.reflect.visit("records")

    def action_actions(self) -> None:
        """What was agreed, by date."""
        self.reflect.visit("actions")

    def action_settings(self) -> None:
        """How the app looks."""
        self.reflect.visit("settings")

    def _look(self) -> _Waiting | None:
        """What is waiting, or None when the records are locked."""
        from assistant.records.dates import written  # with the records, which the first screen does not wait for

        desk = self.reflect.desk()
        if desk.locked:
            return None
        left = desk.unfinished()[:3]
        sessions = tuple(_Left(one.session, one.state.started.case, len(one.state.answers)) for one in left)
        late = [each for each in desk.follow_ups.waiting() if each.late]
        overdue = tuple(
            _Overdue(each.record, f"disagreement, to {each.rung} by {written(each.day)}")
            for each in late
            if each.rung and each.day
        )[:OVERDUE]
        return _Waiting(sessions, len(late), overdue)

    def _offer(self, waiting: _Waiting | None) -> None:
        if waiting is None:
            self.reflect.unlock()
            return
        choices = self.query_one(OptionList)
        moved = (choices.highlighted or 0) > 0
        chosen = choices.highlighted_option.id if choices.highlighted_option else None
        offered = [
            (f"continue:{one.session}", f"Continue {one.case}", f"left with {_answers(one)}") for one in waiting.left
        ]
        offered += [(f"fill:{each.record.id}", f"Overdue: {each.record.case}", each.about) for each in waiting.overdue]
        self._overdue = {each.record.id: each.record for each in waiting.overdue}
        self._choices = [*offered, *ALWAYS]
        ids = [key for key, _, _ in self._choices]
        self._list(ids.index(chosen) if moved and chosen in ids else 0)
        self.query_one("#late", Static).update(_late(waiting.late))
        self.reflect.introduce()

    def _list(self, highlighted: int) -> None:
        """What can be chosen; on the narrowest screens only the names, which say enough, and no half a sentence."""
        narrowest = self.app.size.width < NARROW
        choices = self.query_one(OptionList)
        choices.set_options(
            Option(_choice(name, "" if narrowest else about), id=key) for key, name, about in self._choices
        )
        choices.highlighted = highlighted


def _late(late: int) -> Content:
    if not late:
        return Content()
    return Content(
        "! 1 thing agreed is late: see Actions." if late == 1 else f"! {late} things agreed are late: see Actions."
    )


def _answers(left: _Left) -> str:
    return "1 answer" if left.answered == 1 else f"{left.answered} answers"


def _choice(name: str, about: str) -> Content:
    gap = " " * max(2, NAME_WIDTH - len(name)) if about else ""
    return Content.assemble(Content.styled(name, "bold"), gap, Content.styled(about, MUTED))
