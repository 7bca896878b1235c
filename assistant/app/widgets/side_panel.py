"""What stands beside the conversation: the plan, the people, what was agreed, the learning so far, a private note.

One panel that scrolls, without boxes in boxes. Where there is no room beside the conversation it is a drawer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assistant.app.colours import MUTED
from assistant.app.panel_models import PlanPart, parts_around
from assistant.app.widgets.agenda_panel import MARKS, AgendaPanel
from assistant.app.widgets.note import NotePanel
from assistant.app.widgets.people_list import PeoplePanel
from assistant.app.widgets.quoted import QuotedPanel
from assistant.app.widgets.team_review_panel import PointsPanel
from assistant.conversation.case_sketch import CaseSketch
from assistant.conversation.journeys import Journey
from assistant.conversation.point_list import PointLine
from assistant.conversation.state import State


class SidePanel(VerticalScroll, can_focus=False):
    """Everything one may want to glance at while talking."""

    DEFAULT_CSS = """
    SidePanel {
        width: 40;
        padding: 0 1;
        border-left: vkey $panel;
        scrollbar-size-vertical: 1;
    }
    SidePanel .side-part {
        width: 1fr;
        height: auto;
    }
    SidePanel .side-heading {
        color: $primary;
        text-style: bold;
        margin-top: 1;
    }
    """

    def __init__(self) -> None:
        super().__init__(id="side")
        self.note = NotePanel(id="note")

    def compose(self) -> ComposeResult:
        """Part under part, or the case beside the learning where there is room for both."""
        with Vertical(classes="side-part"):
            yield Static("Plan", classes="side-heading")
            yield Static(id="plan-before")
            yield AgendaPanel()
            yield PointsPanel()
            yield Static(id="plan-after")
            yield Static("People", classes="side-heading", id="people-heading")
            yield PeoplePanel()
            yield Static("Agreed so far", classes="side-heading")
            yield Static(id="agreed")
        with Vertical(classes="side-part"):
            yield Static("Learning", classes="side-heading")
            yield QuotedPanel()
            yield Static("Private note", classes="side-heading")
            yield self.note

    def begin(self) -> None:
        """To the plan, with its heading in view; a review's points are the plan of a team."""
        points = self.query_one(PointsPanel)
        (points if points.display else self.query_one(AgendaPanel)).focus(scroll_visible=False)
        self.scroll_home(animate=False)

    def show(self, state: State, journey: Journey, sketch: CaseSketch, points: Sequence[PointLine] = ()) -> None:
        """As the session now stands; a review's points stand in the place of an agenda, and no family is spoken of."""
        self.query_one(AgendaPanel).display = self.query_one(PeoplePanel).display = not points
        self.query_one("#people-heading").display = not points
        self.query_one(PointsPanel).display = bool(points)
        self.query_one(PointsPanel).show(points)
        before, after = parts_around(state, journey)
        self.query_one("#plan-before", Static).update(_parts(before))
        self.query_one("#plan-after", Static).update(_parts(after))
        self.query_one(QuotedPanel).show(state)
        self.query_one(PeoplePanel).show(sketch)
        self.query_one("#agreed", Static).update(Content("\n").join(_agreed(state)))


def _parts(parts: Sequence[PlanPart]) -> Content:
    return Content("\n").join(
        Content.styled(f"{MARKS[part.standing]} {part.name}", "bold" if part.standing == "now" else "")
        for part in parts
    )


def _agreed(state: State) -> Iterator[Content]:
    carried = [f"· {action.text} (last time)" for action in state.started.carried]
    agreed = [f"✓ {turn.answer}" for turn in state.turns if turn.answer and turn.asked.keeps == "action"]
    added = [f"✓ {action.text}" for action in state.added]
    lines = [*carried, *agreed, *added]
    yield from (Content(line) for line in lines)
    if not lines:
        yield Content.styled("Nothing yet.", MUTED)
