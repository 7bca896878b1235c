"""Escalations: a professional disagreement taken further, rung by rung, until the child is safe enough.

Owns what is recorded of one and when its next rung is due. The ladder and its clocks are the local ones, from
`prompts/escalation.yaml`; working hours are counted on weekdays from nine to five, and bank holidays are not known.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from pydantic import BaseModel, ConfigDict

from assistant.conversation.prompts import Ladder, Rung
from assistant.conversation.state import State, Turn
from assistant.followup.disagreement import openly, role_named, rung_named, stated, what_is_disputed
from assistant.language.dates import parse_date

_OPENS, _SHUTS = time(9), time(17)
_SATURDAY = 5
_ASKS_FOR_A_DAY = re.compile(r"\b(?:which|what) (?:day|date)\b|\bwhen will\b|\bby when\b", re.IGNORECASE)
_ASKS_FOR_A_STEP = re.compile(r"\(1 [^()]+\)")
"""The ladder as it was shown in the question, whatever the local one has become since."""
WANTED = {
    "disputed": "what is disputed, in one sentence",
    "child_risk": "the child's risk if it is not settled",
    "evidence": "the evidence",
    "source": "where the evidence comes from",
    "outcome_sought": "the outcome sought",
    "next_rung": "the step",
    "who": "who it goes to",
    "deadline": "the day for a reply",
    "interim_plan": "how the child is kept safe meanwhile",
}
"""What a disagreement needs before it can be sent, field by field."""


class Step(BaseModel):
    """One rung that was tried."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)

    rung: str
    who: str = ""
    """The role that was contacted."""
    at: datetime
    response: str = ""
    answered: datetime | None = None
    agreed: bool | None = None


class Escalation(BaseModel):
    """One disagreement and how far it has been taken."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

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
    who: str = ""
    """The role that it goes to next."""
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

    @property
    def missing(self) -> tuple[str, ...]:
        """What is still to be said before it can be sent, in words."""
        return tuple(words for field, words in WANTED.items() if not getattr(self, field)) if self.open else ()


def next_rung(escalation: Escalation, ladder: Ladder) -> Rung:
    """The rung to go to now; straight to the top when somebody may come to harm."""
    if escalation.immediate:
        return ladder.rungs[-1]
    names = [rung.name for rung in ladder.rungs]
    if escalation.next_rung in names:
        return ladder.rungs[names.index(escalation.next_rung)]
    tried = [names.index(step.rung) for step in escalation.steps if step.rung in names]
    return ladder.rungs[min(max(tried, default=-1) + 1, len(names) - 1)]


def tried(
    escalation: Escalation,
    ladder: Ladder,
    at: datetime,
    *,
    rung: str = "",
    who: str = "",
    response: str = "",
    agreed: bool | None = None,
) -> Escalation:
    """The escalation after a rung was tried, the one in hand unless another is named; the next begins afresh."""
    step = Step(
        rung=rung or next_rung(escalation, ladder).name,
        who=who or escalation.who,
        at=at,
        response=response,
        answered=at if response else None,
        agreed=agreed,
    )
    afresh = {"next_rung": "", "who": "", "deadline": None}
    return escalation.model_copy(update={"steps": (*escalation.steps, step), **afresh})


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
        if at.date() == date.max:
            return at
        at = datetime.combine(at.date() + timedelta(days=1), _OPENS, at.tzinfo)


def raised_in(state: State, ladder: Ladder) -> Escalation | None:
    """The disagreement that a session took further, if one was stated; a worry that is stuck is none by itself.

    Each part comes from the question that asked for it: the day from the answer to by-when and nowhere else. A day that
    has passed, or cannot be read, is left open.
    """
    turns = [turn for turn in state.turns if turn.asked.keeps == "escalation" and turn.answer]
    asked = [turn.answer for turn in turns if turn.answer and not _only_a_step(turn) and stated(turn.answer)]
    told = [turn.answer for turn in state.turns if turn.answer and turn.asked.keeps is None and openly(turn.answer)]
    disputed = what_is_disputed([*told, *asked[:1]])
    if not disputed:
        return None
    held = state.started.at
    steps = [turn.answer or "" for turn in turns if _asks_which(turn)]
    days = [parse_date(turn.answer or "", held.date()) for turn in turns if _asks_when(turn)]
    day = next((day for day in days if day and day >= held.date()), None)
    return Escalation(
        id=f"{state.started.session}/escalation",
        case=state.started.case,
        session=state.started.session,
        raised=held,
        disputed=disputed,
        next_rung=next(filter(None, (rung_named(words, ladder) for words in steps)), ""),
        who=next(filter(None, map(role_named, steps)), ""),
        deadline=end_of(day, held) if day else None,
    )


def end_of(day: date, held: datetime) -> datetime:
    """The end of the working day, where `held` is."""
    return datetime.combine(day, _SHUTS, held.tzinfo)


def _asks_which(turn: Turn) -> bool:
    """The question shows the steps with their numbers."""
    return _ASKS_FOR_A_STEP.search(turn.asked.text) is not None


def _asks_when(turn: Turn) -> bool:
    return _ASKS_FOR_A_DAY.search(turn.asked.text) is not None


def _only_a_step(turn: Turn) -> bool:
    """It asks for a step or a day and for nothing else; one question asks what is stuck and for the step at once."""
    return _asks_when(turn) or (_asks_which(turn) and not re.search(r"\bwhat (?:keeps|is)\b", turn.asked.text))
