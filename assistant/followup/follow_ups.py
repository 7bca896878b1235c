"""What goes on after a session: its actions and its escalation are kept, followed up, and shown when they are due."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeVar

from pydantic import BaseModel, ValidationError

from assistant.conversation.events import CarriedAction
from assistant.conversation.prompts import Ladder
from assistant.conversation.state import State
from assistant.errors import ReflectError
from assistant.followup import actions as a
from assistant.followup import escalations as esc
from assistant.followup.chronology import Entry
from assistant.followup.genogram import Member
from assistant.store.store import FollowUp, Store
from assistant.to_type import to_type

Kept = TypeVar("Kept", bound=BaseModel)


@dataclass(frozen=True)
class Due:
    """Something that has waited too long."""

    what: Literal["action", "escalation"]
    id: str
    case: str
    words: str
    since: date


@dataclass(frozen=True)
class Waiting:
    """Something still to be done: an action, or a disagreement that is not settled."""

    record: a.Action | esc.Escalation
    day: date | None
    late: bool
    rung: str = ""
    """Where a disagreement goes next."""


class FollowUps:
    """Actions and escalations in the store."""

    def __init__(self, store: Store, ladder: Ladder, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._ladder = ladder
        self._clock = clock

    # Actions

    def actions(self, *, case: str | None = None) -> list[a.Action]:
        """Every action, in the order they were agreed."""
        return _readable(a.Action, [kept.body for kept in self._store.follow_ups("action", case=case)])

    def actions_of(self, worker: str | None) -> list[a.Action]:
        """My own actions, or those of somebody I supervise, who can see that I looked."""
        if worker is None:
            return self.actions()
        return _readable(a.Action, [body for kind, body in self._store.follow_ups_of(worker) if kind == "action"])

    def action(self, named: str) -> a.Action:
        """One action by its id.

        Raises ReflectError when there is none.
        """
        for action in self.actions():
            if action.id == named:
                return action
        raise ReflectError(f"There is no action {named}; `{to_type('actions list')}` shows them.")

    def save_action(self, action: a.Action) -> None:
        """Keep an action as it now stands."""
        body = action.model_dump_json()
        kept = FollowUp(action.id, "action", action.case, action.session, action.status, self._clock(), body)
        self._store.save_follow_up(kept)

    def take_out(self, action: a.Action) -> None:
        """Forget an action that was put down by mistake."""
        self._store.forget_follow_up(action.id)

    def carried(self, case: str) -> tuple[CarriedAction, ...]:
        """What the next session on a case begins with."""
        return a.carried(self.actions(case=case))

    # Escalations

    def escalations(self, *, case: str | None = None) -> list[esc.Escalation]:
        """Every escalation, in the order they were raised."""
        return _readable(esc.Escalation, [kept.body for kept in self._store.follow_ups("escalation", case=case)])

    def escalation(self, named: str) -> esc.Escalation:
        """One escalation by its id.

        Raises ReflectError when there is none.
        """
        for escalation in self.escalations():
            if escalation.id == named:
                return escalation
        raise ReflectError(f"There is no escalation {named}; `{to_type('escalations list')}` shows them.")

    def save_escalation(self, escalation: esc.Escalation) -> None:
        """Keep an escalation as it now stands."""
        status = "open" if escalation.open else "closed"
        body = escalation.model_dump_json()
        self._store.save_follow_up(
            FollowUp(escalation.id, "escalation", escalation.case, escalation.session, status, self._clock(), body)
        )

    # The history of a case

    def entries(self, case: str) -> tuple[Entry, ...]:
        """What of a case's chronology was written, put right or taken out by hand."""
        return tuple(_readable(Entry, [kept.body for kept in self._store.follow_ups("chronology", case=case)]))

    def members(self, case: str) -> tuple[Member, ...]:
        """Whom of a case's family somebody put in, put right or took out by hand."""
        return tuple(_readable(Member, [kept.body for kept in self._store.follow_ups("genogram", case=case)]))

    def put_right(self, edited: Entry | Member) -> None:
        """Keep an entry or a person as somebody has it."""
        kind = "chronology" if isinstance(edited, Entry) else "genogram"
        session = edited.session if isinstance(edited, Entry) else None
        body, status = edited.model_dump_json(), "struck" if edited.struck else "kept"
        self._store.save_follow_up(FollowUp(edited.id, kind, edited.case, session, status, self._clock(), body))

    # Together

    def take_from(self, state: State) -> None:
        """Keep what a session agreed, and what it said of the actions of last time.

        A session may be put away more than once; what was completed by hand since then stays.
        """
        before = self.actions(case=state.started.case)
        known = {action.id: action for action in before}
        agreed = a.agreed_in(state)
        for action in agreed:
            if action.id not in known or known[action.id].text != action.text:
                self.save_action(action)
            else:
                mine_now = known[action.id]
                filled = mine_now.model_copy(
                    update={
                        "outcome": mine_now.outcome or action.outcome,
                        "seen_or_heard": mine_now.seen_or_heard or action.seen_or_heard,
                        "contingency": mine_now.contingency or action.contingency,
                    }
                )
                if filled != mine_now:
                    self.save_action(filled)
        for action in a.followed_up_in(state, before):
            if action != known[action.id]:
                self.save_action(action)
        mine = {action.id for action in agreed}
        for action in before:
            if action.session == state.started.session and action.id not in mine:
                self._store.forget_follow_up(action.id)
        raised = esc.raised_in(state, self._ladder)
        if raised is not None and raised.id not in {kept.id for kept in self.escalations(case=raised.case)}:
            self.save_escalation(raised)

    def keep(self, record: a.Action | esc.Escalation) -> None:
        """Keep either as it now stands."""
        if isinstance(record, a.Action):
            self.save_action(record)
        else:
            self.save_escalation(record)

    def waiting(self) -> list[Waiting]:
        """Everything still to be done in all cases by its day, the longest waiting first and what has no day last."""
        now, ladder = self._clock(), self._ladder
        found = [
            Waiting(one, esc.due(one, ladder).date(), esc.overdue(one, ladder, now), esc.next_rung(one, ladder).name)
            for one in self.escalations()
            if one.open
        ]
        found += [Waiting(one, one.by, one.late(now.date())) for one in self.actions() if one.open]
        return sorted(found, key=lambda item: (not item.late, item.day or date.max, item.record.id))

    def due(self) -> list[Due]:
        """Actions whose day has passed, and escalations whose next rung is due; the longest waiting first."""
        return [_due(item.record, item.day) for item in self.waiting() if item.late and item.day is not None]


def _due(record: a.Action | esc.Escalation, since: date) -> Due:
    if isinstance(record, a.Action):
        return Due("action", record.id, record.case, record.text, since)
    return Due("escalation", record.id, record.case, record.disputed, since)


def _readable(model: type[Kept], bodies: Iterable[str]) -> list[Kept]:
    """Each that can be read; one that a newer program kept, or that is damaged, must not hide the others."""
    read = []
    for body in bodies:
        with suppress(ValidationError):
            read.append(model.model_validate_json(body))
    return read
