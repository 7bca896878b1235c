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
from assistant.records.dates import meant

_OPENS, _SHUTS = time(9), time(17)
_SATURDAY = 5
_FEW = 4
"""A rung or a day in this many words or fewer says nothing else."""
_NUMBERED = re.compile(
    r"^\W*(?:the )?(?:step|rung|number|level|stage|no\.?)?\s*(?P<first>\w+)\b(?! (?:hour|day|week|month|time)s?\b)|"
    r"\b(?:step|rung|number|level|stage) (?P<named>\w+)\b|[;,.:–-]\s*(?P<last>\d+)\W*$",
    re.IGNORECASE,
)
_ORDER = (
    ("1", "one", "first"),
    ("2", "two", "second"),
    ("3", "three", "third"),
    ("4", "four", "fourth"),
    ("5", "five", "fifth"),
    ("6", "six", "sixth"),
    ("7", "seven", "seventh"),
)
_COUNTED = {word: place for place, words in enumerate(_ORDER) for word in words}
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
        at = datetime.combine(at.date() + timedelta(days=1), _OPENS, at.tzinfo)


def raised_in(state: State, ladder: Ladder) -> Escalation | None:
    """The escalation that a session decided on, if it did.

    Of the answers kept as escalation the first that is more than a rung or a day says what is disputed; a rung and a
    day are taken from where they stand.
    """
    turns = [turn for turn in state.turns if turn.asked.keeps == "escalation" and turn.answer]
    if not turns:
        return None
    held = state.started.at
    rungs = [_rung_in(turn, ladder) for turn in turns]
    days = [meant(turn.answer or "", held.date()) for turn in turns]
    disputed = next(
        (
            place
            for place, turn in enumerate(turns)
            if len((turn.answer or "").split()) > _FEW or not (rungs[place] or days[place])
        ),
        None,
    )
    # what is disputed may name a manager or a day in passing, unless the same question asked for the step
    elsewhere = [place for place, turn in enumerate(turns) if place != disputed or _asks_which(turn, ladder)]
    day = next((days[place] for place in elsewhere if days[place]), None)
    return Escalation(
        id=f"{state.started.session}/escalation",
        case=state.started.case,
        session=state.started.session,
        raised=held,
        disputed="" if disputed is None else turns[disputed].answer or "",
        next_rung=next((rungs[place] for place in elsewhere if rungs[place]), ""),
        deadline=end_of(day, held) if day else None,
    )


def rung_named(words: str, ladder: Ladder, *, by_number: bool = True) -> str:
    """The rung that somebody means by its name or, where they were shown its number, by that; or nothing.

    The lowest of several, because a disagreement starts there.
    """
    said = words.casefold()
    for rung in ladder.rungs:
        name = rung.name.casefold().removeprefix("the ")
        if name in said or name.removesuffix("s") in said:
            return rung.name
    if by_number:
        for found in _NUMBERED.finditer(said):
            place = _COUNTED.get(next(filter(None, found.groups())))
            if place is not None and place < len(ladder.rungs):
                return ladder.rungs[place].name
    return ""


def end_of(day: date, held: datetime) -> datetime:
    """The end of the working day, where `held` is."""
    return datetime.combine(day, _SHUTS, held.tzinfo)


def _rung_in(turn: Turn, ladder: Ladder) -> str:
    return rung_named(turn.answer or "", ladder, by_number=_asks_which(turn, ladder))


def _asks_which(turn: Turn, ladder: Ladder) -> bool:
    """The question shows the rungs with their numbers."""
    return ladder.in_words() in turn.asked.text
