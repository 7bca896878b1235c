"""One case on one page: what was said, agreed and disputed by date, who is in the family, and what happened when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.app import keys
from assistant.app.case_timeline import ACTION, DISPUTE, POINT, SESSION, Moment, timeline
from assistant.app.colours import MUTED
from assistant.app.screens.fields import FieldsScreen, Filled
from assistant.app.screens.form import fill_in
from assistant.app.screens.learning_point import ReadingScreen
from assistant.app.screens.names_first import names_first
from assistant.app.screens.screen import BaseScreen
from assistant.app.screens.summary import SummaryScreen
from assistant.app.widgets.footer import Keys
from assistant.conversation.state import State, replay
from assistant.export.genogram_drawing import in_words
from assistant.export.handover import OF_A_CASE
from assistant.followup.actions import Action
from assistant.followup.chronology import Entry, entries_of, rows
from assistant.followup.escalations import Escalation
from assistant.followup.genogram import GENERATIONS, Member, member_id, members_of
from assistant.language.dates import format_date, parse_date

_ROWS = {"grandparents": "Grandparents", "parents": "Parents and other adults", "children": "Children"}
_MEMBER, _ENTRY, _NEW_MEMBER, _NEW_ENTRY = "member:", "entry:", "new-member", "new-entry"


@dataclass(frozen=True)
class _Case:
    """What is known of it."""

    moments: tuple[Moment, ...]
    records: dict[str, Action | Escalation]
    finished: frozenset[str]
    members: tuple[Member, ...]
    entries: tuple[Entry, ...]
    of_a_family: bool = True
    """A team that goes through a review has none."""


class CaseScreen(BaseScreen[None]):
    """The timeline, and beside it the family and the chronology."""

    HELP = (
        "Enter opens what is highlighted: a record, an action, a disagreement, or learning in its review. On the right "
        "are the family and what happened when, drawn from what was said. Enter there puts an entry right."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(keys.NEW, "new", "New session", tooltip="Start a supervision session on this case"),
        Binding(
            keys.OTHER_PART, "side", "Family", key_display="F6", tooltip="To the family and the chronology, and back"
        ),
        Binding(keys.CLOSE, "leave", "Back"),
    ]

    def __init__(self, case: str) -> None:
        super().__init__()
        self._of_case = case
        self._case = _Case((), {}, frozenset(), (), ())

    def compose(self) -> ComposeResult:
        """Both lists."""
        yield Static(Content(self._of_case), id="bar")
        with Container(id="case-page"):
            with Vertical(id="by-date"):
                yield Static("What was said and agreed", classes="part")
                yield OptionList(id="moments")
            with Vertical(id="family"):
                yield OptionList(id="history")
        yield Keys()

    def on_mount(self) -> None:
        """The newest thing comes first."""
        self.query_one("#moments").focus()

    def on_screen_resume(self) -> None:
        """Look each time."""
        self.beside(self._look, self._show)

    def _look(self) -> _Case:
        workspace = self.reflect.workspace()
        history, follow_ups = workspace.documents.history(self._of_case, of_every_kind=True), workspace.follow_ups
        of_the_case = [state for state in history.states if state.started.role in OF_A_CASE]
        actions, disputes = follow_ups.actions(case=self._of_case), follow_ups.escalations(case=self._of_case)
        journeys = {journey.id: journey.name for journey in workspace.prompts.journeys.values()}
        return _Case(
            moments=timeline(history.states, actions, disputes, journeys),
            records={**{one.id: one for one in actions}, **{one.id: one for one in disputes}},
            finished=frozenset(state.started.session for state in history.states if state.finished),
            members=members_of(of_the_case, history.members),
            entries=tuple(entries_of(of_the_case, history.entries)),
            of_a_family=bool(of_the_case) or not history.states,
        )

    def _show(self, case: _Case) -> None:
        self._case = case
        self.set_class(not case.of_a_family, "-no-family")
        self.refresh_bindings()
        moments, history = self.query_one("#moments", OptionList), self.query_one("#history", OptionList)
        at = moments.highlighted
        moments.set_options(Option(_moment(one), id=one.key) for one in case.moments)
        moments.highlighted = min(at or 0, len(case.moments) - 1) if case.moments else None
        there = history.highlighted
        history.set_options(_history(case))
        history.highlighted = min(there, history.option_count - 1) if there is not None else None

    @on(OptionList.OptionSelected, "#moments")
    def open_moment(self, event: OptionList.OptionSelected) -> None:
        """Whatever it is."""
        chosen = event.option_id or ""
        kind, _, key = chosen.partition(":")
        match f"{kind}:":
            case prefix if prefix == SESSION and key in self._case.finished:
                self._read(key)
            case prefix if prefix == SESSION:
                self.a_session_opens()
                self.beside(
                    lambda: self.reflect.workspace().take_up(key),
                    self.reflect.open_session_screen,
                    waiting="Opening the session",
                )
            case prefix if prefix in {ACTION, DISPUTE}:
                fill_in(self, self._case.records[key], lambda _: None)
            case prefix if prefix == POINT:
                self.app.push_screen(ReadingScreen(self.reflect.workspace(), key))

    def _read(self, session: str) -> None:
        workspace = self.reflect.workspace()

        def show(state: State) -> None:
            self.app.push_screen(SummaryScreen(workspace, state, ""))

        self.beside(lambda: replay(workspace.store.events(session)), show, waiting="Opening the record")

    @on(OptionList.OptionSelected, "#history")
    def put_right(self, event: OptionList.OptionSelected) -> None:
        """Somebody in the family, or something that happened."""
        chosen = event.option_id or ""
        if chosen == _NEW_MEMBER or chosen.startswith(_MEMBER):
            member = next((one for one in self._case.members if one.id == chosen.removeprefix(_MEMBER)), None)
            self._edit_member(member)
        elif chosen == _NEW_ENTRY or chosen.startswith(_ENTRY):
            entry = next((one for one in self._case.entries if one.id == chosen.removeprefix(_ENTRY)), None)
            self._edit_entry(entry)

    def _edit_member(self, member: Member | None) -> None:
        fields = [
            ("called", "What you call them (a made-up name, or the aunt)", member.called if member else ""),
            ("age", "Age", member.age if member else ""),
            ("note", "Anything to note", member.note if member else ""),
            ("known", "Has anybody met them? Yes or no", "no" if member and not member.known else "yes"),
        ]

        def filled(said: Filled | None) -> None:
            if said is None or (said and not said["called"]):
                return
            by_hand = {"source": "put in by hand", "known": not said.get("known", "").casefold().startswith("n")}
            said = {key: words for key, words in said.items() if key != "known"}
            if member is None:
                if said:
                    named = member_id(self._of_case, said["called"])
                    self._keep(Member(id=named, case=self._of_case, **said, **by_hand))
            else:
                self._keep(member.model_copy(update={**said, **by_hand} if said else {"struck": True}))

        heading = f"Put right: {member.called}" if member else "Add somebody"
        self.app.push_screen(FieldsScreen(heading, fields, removable=member is not None), filled)

    def _edit_entry(self, entry: Entry | None) -> None:
        fields = [
            ("when", "When", _when(entry) if entry else ""),
            ("event", "What happened", entry.event if entry else ""),
            ("significance", "What it means for the child", entry.significance if entry else ""),
        ]
        today = self.reflect.workspace().now().date()

        def filled(said: Filled | None) -> None:
            if said is None or (said and not said["event"]):
                return
            if not said:
                if entry is not None:
                    self._keep(entry.model_copy(update={"struck": True}))
                return
            change: dict[str, object] = {"event": said["event"], "significance": said["significance"]}
            if entry is None or said["when"] != _when(entry):
                day = parse_date(said["when"], today)
                change |= {"day": day, "said": said["when"], "whole_month": False}
            begun = entry or Entry(
                id=f"{self.reflect.workspace().new_id()}/when",
                case=self._of_case,
                event=said["event"],
                source="by hand",
            )
            self._keep(begun.model_copy(update=change))

        heading = "Put right" if entry else "Add something that happened"
        self.app.push_screen(FieldsScreen(heading, fields, removable=entry is not None), filled)

    def _keep(self, edited: Entry | Member) -> None:
        """Without names that somebody could be recognised by."""
        boxes = ("called", "note") if isinstance(edited, Member) else ("event", "significance")

        def keep(words: tuple[str, ...]) -> _Case:
            said = dict(zip(boxes, words, strict=True))
            self.reflect.workspace().follow_ups.put_right(edited.model_copy(update=said))
            return self._look()

        names_first(self, self._of_case, [getattr(edited, box) for box in boxes], keep, self._show)

    def action_new(self) -> None:
        """A session on this case."""
        self.reflect.prepare("supervision", case=self._of_case)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """There may be no other list to go to."""
        return action != "side" or self._case.of_a_family

    def action_side(self) -> None:
        """To the other list; where only one has room, it takes the place of the first."""
        self.toggle_class("-side")
        there = self.query_one("#history" if self.has_class("-side") else "#moments", OptionList)
        there.focus()
        if there.highlighted is None:
            there.action_first()

    def action_leave(self) -> None:
        """The nearest thing first."""
        if self.has_class("-side"):
            self.action_side()
        else:
            self.app.pop_screen()


def _moment(one: Moment) -> Content:
    more = f" ({one.more})" if one.more else ""
    return Content.assemble(
        Content.styled(f"{format_date(one.day)}  {one.what}", "bold"),
        Content.styled(more, MUTED),
        f"\n{one.words}" if one.words else "",
    )


def _history(case: _Case) -> list[Option | None]:
    """Part under part, with a quiet rule between them."""
    options: list[Option | None] = []
    for generation in GENERATIONS:
        here = [member for member in case.members if member.generation == generation]
        options.append(Option(Content.styled(_ROWS[generation], "bold"), disabled=True))
        options += [Option(Content(in_words(member)), id=f"{_MEMBER}{member.id}") for member in here]
        if not here:
            options.append(Option(Content.styled("Nobody noted.", MUTED), disabled=True))
        options.append(None)
    options.insert(-1, Option(Content.styled("+ add somebody", MUTED), id=_NEW_MEMBER))
    options.append(Option(Content.styled("What happened when", "bold"), disabled=True))
    for row in rows(case.entries):
        if row.weeks_without:
            gap = f"{row.weeks_without} weeks with nothing noted"
            options.append(Option(Content.styled(gap, MUTED), disabled=True))
        said = Content.assemble(Content.styled(f"{_when(row.entry)}  ", MUTED), row.entry.event)
        options.append(Option(said, id=f"{_ENTRY}{row.entry.id}"))
    options.append(Option(Content.styled("+ add something that happened", MUTED), id=_NEW_ENTRY))
    return options


def _when(entry: Entry) -> str:
    if entry.day is None or entry.whole_month:
        return entry.said or (f"{entry.day:%B %Y}" if entry.day else "")
    return format_date(entry.day)
