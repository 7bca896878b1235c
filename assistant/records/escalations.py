"""Escalations: a professional disagreement taken further, rung by rung, until the child is safe enough.

Owns what is recorded of one and when its next rung is due. The ladder and its clocks are the local ones, from
`prompts/escalation.yaml`; working hours are counted on weekdays from nine to five, and bank holidays are not known.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from pydantic import BaseModel, ConfigDict

from assistant.conversation.prompts import Ladder, Rung
from assistant.conversation.state import State
from assistant.records.dates import meant

_OPENS, _SHUTS = time(9), time(17)
_SATURDAY = 5


class Step(BaseModel):
    """One rung that was tried."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rung: str
    who: str = ""
    """The role that was contacted."""
    at: datetime
    response: str = ""
    answered: datetime | None = None
    agreed: bool | None = None


class Escalation(BaseModel):
    """One disagreement and how far it has been taken."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    case: str
    session: str | None = None
    raised: datetime
    disputed: str
    """What is disputed, in one sentence."""
    agencies: str = ""
    child_risk: str = ""
    """What it means for the child if it is not settled."""
    evidence: str = ""
    source: str = ""
    outcome_sought: str = ""
    interim_plan: str = ""
    """How the child is kept safe meanwhile."""
    immediate: bool = False
    """Somebody may come to harm now: rungs are skipped."""
    next_rung: str = ""
    """Where it goes next, if that was decided; otherwise one rung up."""
    deadline: datetime | None = None
    """When it goes there, if that was decided; otherwise by the local clock."""
    steps: tuple[Step, ...] = ()
    recorded_on_both_files: bool = False
    learning: str = ""
    closed: datetime | None = None

    @property
    def open(self) -> bool:
        """Not settled yet."""
        return self.closed is None and not any(step.agreed for step in self.steps)


def next_rung(escalation: Escalation, ladder: Ladder) -> Rung:
    """The rung to go to now; straight to the top when somebody may come to harm."""
    if escalation.immediate:
        return ladder.rungs[-1]
    names = [rung.name for rung in ladder.rungs]
    if escalation.next_rung in names:
        return ladder.rungs[names.index(escalation.next_rung)]
    tried = [names.index(step.rung) for step in escalation.steps if step.rung in names]
    return ladder.rungs[min(max(tried, default=-1) + 1, len(names) - 1)]


def due(escalation: Escalation, ladder: Ladder) -> datetime:
    """When the next rung is due: the deadline that was set, or the clock of the rung that was tried last."""
    if escalation.immediate:
        return escalation.steps[-1].at if escalation.steps else escalation.raised
    if escalation.deadline is not None:
        return escalation.deadline
    last = escalation.steps[-1] if escalation.steps else None
    hours = next((rung.working_hours for rung in ladder.rungs if last and rung.name == last.rung), None)
    return after_working_hours(last.at if last else escalation.raised, hours or ladder.rungs[0].working_hours)


def overdue(escalation: Escalation, ladder: Ladder, now: datetime) -> bool:
    """Open, and past the time for its next rung."""
    return escalation.open and due(escalation, ladder) < now


def after_working_hours(start: datetime, hours: float) -> datetime:
    """The moment `hours` of working time after `start`."""
    at, left = start, timedelta(hours=hours)
    while True:
        shuts = datetime.combine(at.date(), _SHUTS, at.tzinfo)
        at = max(at, datetime.combine(at.date(), _OPENS, at.tzinfo))
        if at.weekday() < _SATURDAY and at < shuts:
            if left <= shuts - at:
                return at + left
            left -= shuts - at
        at = datetime.combine(at.date() + timedelta(days=1), _OPENS, at.tzinfo)


def raised_in(state: State, ladder: Ladder) -> Escalation | None:
    """The escalation that a session decided on, if it did.

    Of the answers kept as escalation the first says what is disputed; a rung and a day are taken from where they stand.
    """
    answers = [turn.answer for turn in state.turns if turn.asked.keeps == "escalation" and turn.answer]
    if not answers:
        return None
    held = state.started.at
    rest = "\n".join(answers[1:])
    day = next((found for answer in answers[1:] if (found := meant(answer, held.date()))), None)
    return Escalation(
        id=f"{state.started.session}/escalation",
        case=state.started.case,
        session=state.started.session,
        raised=held,
        disputed=answers[0],
        next_rung=_rung_named(rest, ladder),
        deadline=_end_of(day, held) if day else None,
    )


def _rung_named(words: str, ladder: Ladder) -> str:
    said = words.casefold()
    named = [rung.name for rung in ladder.rungs if rung.name.casefold() in said or rung.name.casefold()[:-1] in said]
    return named[0] if named else ""


def _end_of(day: date, held: datetime) -> datetime:
    return datetime.combine(day, _SHUTS, held.tzinfo)
