"""Actions: who does what by when, what will be seen of it, and what became of it for the child.

Owns their shape, how they are read from the lines of a session, and the gentle check of a plan. The check names what is
missing or vague and asks; it never stops anybody, and it grades nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from assistant.conversation.events import CarriedAction
from assistant.conversation.state import State
from assistant.packs import PackModel, read_packs
from assistant.records.dates import meant
from assistant.resources import laid_over

Status = Literal["open", "done", "partly", "not-done", "no-longer-needed"]
STATUSES: tuple[Status, ...] = get_args(Status)
STILL_OPEN: frozenset[Status] = frozenset({"open", "partly"})
_WHO = re.compile(r"^[\s\d.)*•-]*(?P<who>[^.:;]{2,50}?)\s*(?::|\s(?:will|to|is going to|are going to|has agreed to)\s)")
_DONE = re.compile(r"^\W*(all )?(done|yes|completed?|finished|it was done|this was done|happened)\b", re.IGNORECASE)
_PARTLY = re.compile(r"^\W*(partly|partially|some|started|half)\b", re.IGNORECASE)
_EVERYBODY = 2
"""A plan of more than this many actions that one person carries alone is asked about."""


class Action(BaseModel):
    """One thing that was agreed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    case: str
    session: str | None = None
    agreed: date
    text: str
    """As it was said in the session."""
    outcome: str = ""
    """What will be different for the child."""
    person: str = ""
    """Who does it: a role, never a name."""
    by: date | None = None
    seen_or_heard: str = ""
    """What will be seen or heard, and by whom, when it is done."""
    review: date | None = None
    contingency: str = ""
    """What happens if it is not done, or is done and nothing changes."""
    status: Status = "open"
    evidence: str = ""
    difference: str = ""
    """What became different for the child."""

    @property
    def open(self) -> bool:
        """Somebody still has something to do."""
        return self.status in STILL_OPEN

    def late(self, today: date) -> bool:
        """Open, and its day has passed."""
        return self.open and self.by is not None and self.by < today


@dataclass(frozen=True)
class Concern:
    """Something in a plan that is missing or vague, and what to ask about it."""

    field: str
    ask: str
    words: str = ""
    """The words it is about, where it is about words."""


class VagueWords(PackModel):
    """Words that say little, and what to ask instead."""

    words: tuple[str, ...] = Field(min_length=1)
    ask: str


class PlanWords(PackModel):
    """`prompts/plan-words.yaml`."""

    vague: tuple[VagueWords, ...]
    activities: tuple[str, ...]


def read_plan_words(home: Path) -> PlanWords:
    """The words the gentle check knows, the user's own file in place of the shipped one."""
    ((words, _),) = read_packs(laid_over("prompts", suffix="plan-words.yaml", home=home), PlanWords)
    return words


def agreed_in(state: State) -> list[Action]:
    """The actions of a session: one for each line of each answer that is kept as actions."""
    held = state.started.at.date()
    lines = [
        (turn.asked.question, line.strip())
        for turn in state.turns
        if turn.asked.keeps == "action" and turn.answer
        for line in turn.answer.splitlines()
        if line.strip(" -*•.")
    ]
    return [
        Action(
            id=f"{state.started.session}/{number:02}",
            case=state.started.case,
            session=state.started.session,
            agreed=held,
            text=line.lstrip("-*• "),
            outcome=_said_of_plan(state, "outcome"),
            contingency=_said_of_plan(state, "contingency"),
            person=_who(line),
            by=meant(line, held),
        )
        for number, (_, line) in enumerate(lines, start=1)
    ]


def _said_of_plan(state: State, field: Literal["outcome", "contingency"]) -> str:
    # Asked once for all the steps together, so it stands with each of them.
    return " ".join(turn.answer.strip() for turn in state.turns if turn.asked.keeps == field and turn.answer)


def _who(line: str) -> str:
    found = _WHO.match(line)
    return found["who"].strip() if found else ""


def followed_up_in(state: State, open_before: Sequence[Action]) -> list[Action]:
    """The actions of last time as they stand after what was said of them; what is unclear stays open."""
    by_id = {action.id: action for action in open_before}
    carried = {number: action.id for number, action in enumerate(state.started.carried, start=1)}
    for turn in state.turns:
        if turn.asked.keeps != "last-action" or not turn.answer:
            continue
        _, number, key = turn.asked.question.rsplit("/", 2)
        action = by_id.get(carried.get(int(number), ""))
        if action is None:
            continue
        change = {"difference": turn.answer} if key == "difference" else _became(turn.answer)
        by_id[action.id] = action.model_copy(update=change)
    return list(by_id.values())


def _became(answer: str) -> dict[str, str]:
    status: Status = "done" if _DONE.match(answer) else "partly" if _PARTLY.match(answer) else "open"
    return {"status": status, "evidence": answer}


def carried(actions: Iterable[Action]) -> tuple[CarriedAction, ...]:
    """Open actions, as the next session on the case begins with them."""
    return tuple(CarriedAction(id=action.id, text=action.text) for action in actions if action.open)


def concerns(action: Action, words: PlanWords, today: date) -> list[Concern]:
    """What is missing or vague in one action."""
    found = []
    if not action.person:
        found.append(Concern("person", "Nobody is named. Who will do it?"))
    if action.by is None:
        found.append(Concern("by", "There is no date. By which day?"))
    elif action.late(today):
        found.append(Concern("by", f"{action.by:%d %B %Y} has passed. Is it done, or what is the new day?"))
    for vague in words.vague:
        for word in vague.words:
            if said := re.search(rf"\b{re.escape(word)}\w*", action.text, re.IGNORECASE):
                found.append(Concern("text", vague.ask, said[0]))
                break
    if not action.seen_or_heard:
        found.append(Concern("seen_or_heard", "What will be seen or heard when it is done, and by whom?"))
    if not action.outcome:
        found.append(Concern("outcome", "What will be different for the child?"))
    elif begins := next((word for word in words.activities if action.outcome.lower().startswith(word)), None):
        found.append(Concern("outcome", "That is something done. What will be different for the child?", begins))
    if not action.contingency:
        found.append(Concern("contingency", "What happens if it is not done?"))
    return found


def plan_concerns(actions: Sequence[Action]) -> list[Concern]:
    """What only shows in the plan as a whole."""
    waiting = [action for action in actions if action.open]
    people = {action.person.casefold() for action in waiting}
    if len(waiting) > _EVERYBODY and len(people) == 1 and people != {""}:
        return [Concern("person", "Everything is for one person to do. Who could share it?", waiting[0].person)]
    return []
