"""What people fill in about an action or a disagreement: the fields, and how their words become the record.

Owns in which words each field is asked for, what stands in it from the session, and the sentence for a day that cannot
be read. Knows no screen, and keeps nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from assistant.conversation.prompts import Ladder
from assistant.followup import escalations as esc
from assistant.followup.actions import Action, Status, concerns
from assistant.language.dates import format_date, parse_date
from assistant.language.plain_text import clean
from assistant.noticing.plan_words import PlanWords, read_plan_words

STATUS_NAMES: Mapping[Status, str] = {
    "open": "Open",
    "done": "Done",
    "partly": "Partly done",
    "not-done": "Not done",
    "no-longer-needed": "No longer needed",
}
YES = "yes"
Typed = Mapping[str, str]
"""What stands in each field, as it was typed; of a choice its id, of a tick `YES` or nothing."""


@dataclass(frozen=True)
class Field:
    """One thing to fill in."""

    name: str
    label: str
    kind: Literal["words", "line", "day", "choice", "tick"] = "words"
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """Id and words of each thing that can be chosen."""


@dataclass(frozen=True)
class Filled:
    """A record as what was typed makes it."""

    record: Action | esc.Escalation
    unread: Mapping[str, str]
    """One sentence for each field that cannot be read; the record has there what it had before."""
    asks: Mapping[str, str]
    """What is missing or vague, field by field, as a question. It may stay so."""
    still: str = ""
    """What is missing as a whole, in one sentence."""


class Form(Protocol):
    """One record to fill in."""

    @property
    def heading(self) -> str:
        """What it is, and of which case."""

    @property
    def case(self) -> str:
        """The case it belongs to."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """What there is to fill in, from the top."""

    @property
    def typed(self) -> Typed:
        """What stands in the fields at first."""

    def filled(self, typed: Typed, now: datetime) -> Filled:
        """The record that `typed` makes."""


@dataclass(frozen=True)
class ActionForm:
    """Everything there is to say of one action."""

    action: Action
    words: PlanWords

    fields = (
        Field("text", "Action"),
        Field("outcome", "Outcome for the child"),
        Field("person", "Person: a role, never a name", "line"),
        Field("by", "By when", "day"),
        Field("seen_or_heard", "Seen or heard"),
        Field("review", "Review date", "day"),
        Field("contingency", "If it does not happen"),
        Field("status", "How it stands", "choice", choices=tuple(STATUS_NAMES.items())),
        Field("evidence", "Evidence", hint="What shows how it stands."),
        Field("difference", "Difference for the child", hint="What became different for the child."),
    )

    @property
    def heading(self) -> str:
        """Of which case."""
        return f"Action, {self.action.case}"

    @property
    def case(self) -> str:
        """The case it belongs to."""
        return self.action.case

    @property
    def typed(self) -> Typed:
        """What was said in the session, or completed since."""
        return _as_typed(self.action, self.fields)

    def filled(self, typed: Typed, now: datetime) -> Filled:
        """The action, and the gentle check of it while somebody still has something to do."""
        changes, unread = _read(self.fields, typed, self.typed, now.date())
        if not changes.get("text", self.action.text):
            unread["text"] = "Say what will be done; an action cannot be without."
            del changes["text"]
        action = self.action.model_copy(update=changes)
        found = concerns(action, self.words, now.date()) if action.open else []
        asks: dict[str, str] = {}
        for concern in found:
            said = f"“{concern.words}”: {concern.ask}" if concern.words else concern.ask
            asks[concern.field] = f"{asks[concern.field]} {said}" if concern.field in asks else said
        return Filled(action, unread, {name: ask for name, ask in asks.items() if name not in unread})


@dataclass(frozen=True)
class EscalationForm:
    """Everything there is to say of one disagreement, with the local ladder's rungs by name."""

    escalation: esc.Escalation
    ladder: Ladder

    @property
    def heading(self) -> str:
        """Of which case."""
        return f"Disagreement taken further, {self.escalation.case}"

    @property
    def case(self) -> str:
        """The case it belongs to."""
        return self.escalation.case

    @property
    def fields(self) -> tuple[Field, ...]:
        """In the order of a letter, and then what came of it."""
        by_itself = self.escalation.model_copy(update={"next_rung": "", "deadline": None})
        next_up = esc.next_rung(by_itself, self.ladder)
        rungs = tuple((rung.name, f"{rung.name}: {rung.who} ({rung.within})") for rung in self.ladder.rungs)
        by_the_clock = format_date(esc.due(by_itself, self.ladder).date())
        return (
            Field("disputed", "What is disputed, in one sentence"),
            Field("agencies", "Between which agencies", "line"),
            Field("child_risk", "What it means for the child if it is not settled"),
            Field("evidence", "What that rests on"),
            Field("source", "Where that comes from", "line"),
            Field("outcome_sought", "What is asked for"),
            Field(
                "immediate",
                "Somebody may come to harm now",
                "tick",
                f"It then goes straight to the last step: {self.ladder.rungs[-1].name}.",
            ),
            Field(
                "next_rung",
                "The step it goes to",
                "choice",
                "\n".join((*map(_came_of, self.escalation.steps), self.ladder.note)),
                (("", f"The next in order: {next_up.name}"), *rungs),
            ),
            Field("who", "Who it goes to: a role, never a name", "line"),
            Field("deadline", "The day for a reply", "day", f"Left empty: {by_the_clock}, by the local clock."),
            Field("interim_plan", "How the child is kept safe meanwhile"),
            Field("response", "What they answered", hint="With an answer this step is over, and the next one begins."),
            Field("settled", "It is settled", "tick"),
            Field("recorded_on_both_files", "On both agencies' files", "tick"),
            Field("learning", "What the local procedure should learn from it"),
        )

    @property
    def typed(self) -> Typed:
        """What the session kept, or was filled in since."""
        return {**_as_typed(self.escalation, self.fields), "response": "", "settled": ""}

    def filled(self, typed: Typed, now: datetime) -> Filled:
        """The disagreement; an answer ends the step in hand."""
        changes, unread = _read(self.fields, typed, self.typed, now.date())
        response, settled = changes.pop("response", ""), changes.pop("settled", False)
        if changes.get("deadline"):
            changes["deadline"] = esc.end_of(changes["deadline"], now)
        one = self.escalation.model_copy(update=changes)
        if response:
            one = esc.tried(one, self.ladder, now, response=response, agreed=True if settled else None)
        if settled:
            one = one.model_copy(update={"closed": now})
        still = f"Still to add before it can be sent: {'; '.join(one.missing)}." if one.missing else ""
        return Filled(one, unread, {}, still)


def form_of(record: Action | esc.Escalation, ladder: Ladder, home: Path) -> Form:
    """The form of a record.

    Raises DataFileError when the user's own plan words are wrong.
    """
    if isinstance(record, Action):
        return ActionForm(record, read_plan_words(home))
    return EscalationForm(record, ladder)


def _came_of(step: esc.Step) -> str:
    whom = f", {step.who}" if step.who else ""
    said = f": “{step.response}”" if step.response else ": no answer kept"
    return f"{step.rung}, {format_date(step.at.date())}{whom}{said}"


def _as_typed(record: Action | esc.Escalation, fields: tuple[Field, ...]) -> dict[str, str]:
    return {field.name: _shown(getattr(record, field.name, "")) for field in fields}


def _shown(value: object) -> str:
    match value:
        case datetime():
            return format_date(value.date())
        case date():
            return format_date(value)
        case bool():
            return YES if value else ""
        case None:
            return ""
        case _:
            return str(value)


def _read(fields: tuple[Field, ...], typed: Typed, before: Typed, today: date) -> tuple[dict[str, Any], dict[str, str]]:
    """What changed, read; and a sentence for what cannot be read. What is as it was keeps its very value."""
    changes: dict[str, Any] = {}
    unread: dict[str, str] = {}
    for field in fields:
        said = clean(typed.get(field.name, ""))
        if said == before[field.name]:
            continue
        if field.kind != "day":
            changes[field.name] = said == YES if field.kind == "tick" else said
        elif not said or (day := parse_date(said, today)):
            changes[field.name] = day if said else None
        else:
            unread[field.name] = "That day cannot be read; write it as Friday, 3 June or 2027-06-03, or leave it empty."
    return changes, unread
