"""Everything that can happen in a session, as a list that only grows.

The list of events is the session: what people did and what the program decided, each with the time it happened.
Replaying it needs no library, no prompt files and no clock, because what was asked and what was quoted is in the
events themselves, word for word.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from assistant.noticing.observations import Danger, DangerKind, Noticing
from assistant.noticing.reading import Reading, Step
from assistant.retrieval.results import Hit

Stage = Literal["opening", "experience", "reflection", "analysis", "action", "closing"]
CardAnswer = Literal["done", "not-what-i-meant", "carry-on"]
Mark = Literal["useful", "not-this"]
Voice = Literal["supervisor", "practitioner"]
Keeps = Literal[
    "focus",
    "last-action",
    "explanation",
    "decision",
    "action",
    "step-gap",
    "outcome",
    "seen-or-heard",
    "contingency",
    "escalation",
    "risk",
    "child-told",
    "wellbeing",
    "take-away",
    "next-date",
    "to-supervision",
    "review-status",
    "review-evidence",
    "review-plan",
]


Source = Literal[
    "journey",
    "card",
    "steer",
    "still-open",
    "refused",
    "closing-early",
    "smaller",
    "again",
    "once-more",
    "asked-us",
    "elsewhere",
    "felt",
    "shaken",
    "thread",
    "probe",
    "beside",
]
"""What made a question be asked: the course of the journey and its themes; a card, a faint sign of danger or one left
open; a refusal, the end it brings, an answer that said nothing; a question that wasn't understood or wasn't answered;
a question to us, a wish, a feeling; something said or noticed; a review beside the case."""
_SOURCES: Mapping[str, Source] = {"act-now": "card", **{source: source for source in get_args(Source)}}


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)

    at: datetime


class CarriedAction(BaseModel):
    """An action agreed last time, to be looked at first."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: str
    text: str


class Beside(BaseModel):
    """Exact words of a review that a question is asked about, with where they stand."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    text: str
    review: str
    title: str
    publisher: str
    published: str | None
    section: str
    lines: tuple[int, int]
    point: str | None = None
    """Id of the learning point, where it is one."""


class Started(_Event):
    """A session began."""

    kind: Literal["started"] = "started"
    session: str
    journey: str
    case: str
    """The made-up name of the case."""
    minutes: int
    role: Literal["supervisor", "practitioner", "trainer", "team"] = "supervisor"
    supervisor: str = ""
    """The supervisor's role, where it was said: never a name."""
    worker: str = ""
    """The worker's, whose case it is."""
    subject: str | None = None
    """What the journey is about where it needs one: the scenario or the review."""
    carried: tuple[CarriedAction, ...] = ()
    """Actions of the last session on this case that are still open."""


class Planned(_Event):
    """The program put a theme on the agenda."""

    kind: Literal["planned"] = "planned"
    theme: str
    because: str


class AgendaChanged(_Event):
    """The user set the themes still to come, in this order; those left out are parked."""

    kind: Literal["agenda-changed"] = "agenda-changed"
    themes: tuple[str, ...]


class Asked(_Event):
    """The program asked a question."""

    kind: Literal["asked"] = "asked"
    question: str
    """`theme/stage/ordinal`, or `part/key` outside the themes. Asked once in a session."""
    theme: str
    stage: Stage
    text: str
    type: str = "open"
    intent: str = ""
    because: str
    beside: tuple[Beside, ...] = ()
    """What is shown above the question: the facts of a scenario, the point of a review."""
    said_first: tuple[str, ...] = ()
    """Read out before the question: what a scenario is about, its ground rules."""
    facilitator: str = ""
    """Notes for whoever leads the group, shown on demand."""
    keeps: Keeps | None = None
    """What the answer is for the record, where it is more than an answer."""
    probes: str | None = None
    """The question this one looks closer at."""
    choices: tuple[str, ...] = ()
    """The answers a closed question offers."""
    in_other_words: str = ""
    """How it is asked of somebody who doesn't understand it; empty where nobody wrote that."""

    @property
    def source(self) -> Source:
        """What made it be asked, which its name begins with."""
        return _SOURCES.get(self.question.partition("/")[0], "journey")

    @property
    def card(self) -> int | None:
        """The card of the session that it is about, counted from 1."""
        number = self.question.split("/")[1] if self.source == "card" else ""
        return int(number) if number.isascii() and number.isdigit() and len(number) < len("10000") else None


class Answered(_Event):
    """Somebody answered the question on the table."""

    kind: Literal["answered"] = "answered"
    question: str
    text: str = Field(min_length=1)
    voices: tuple[Voice | None, ...] = ()
    """Who said each line of it, where two people speak; empty where nobody said who."""


class Skipped(_Event):
    """The question on the table was passed over."""

    kind: Literal["skipped"] = "skipped"
    question: str


class WentBack(_Event):
    """The user went back to the question before the one on the table."""

    kind: Literal["went-back"] = "went-back"


class Noticed(_Event):
    """What the program noticed in the last answer."""

    kind: Literal["noticed"] = "noticed"
    question: str
    noticing: Noticing
    reading: Reading | None = None
    """What the answer was understood to say; None in sessions begun before answers were read."""


class CardShown(_Event):
    """An act-now card interrupted, or asked its one yes or no."""

    kind: Literal["card-shown"] = "card-shown"
    question: str
    danger: Danger | None
    """Nothing where somebody asked whether to ring and the account had shown no sign."""
    also: tuple[Danger, ...] = ()
    """Others that are sure, and stand on the same card."""
    asked: bool = False
    """Somebody asked whether to ring."""
    words: str
    """The whole sentence that showed it."""
    title: str = ""
    """What the sign is, in one sentence."""
    doubt: str = ""
    """The one yes or no that comes before a doubtful sign's card."""
    first: str = ""
    """When to ring 999: shown first and largest."""
    text: str
    """The rest of the card."""


class CardConfirmed(_Event):
    """The yes or no to a doubtful sign."""

    kind: Literal["card-confirmed"] = "card-confirmed"
    danger: DangerKind | None
    happening: bool
    """True also where they don't know: then the card is shown."""
    words: str = ""
    """What they said, where it was more than yes or no."""


class CardAnswered(_Event):
    """What the user said to an act-now card."""

    kind: Literal["card-answered"] = "card-answered"
    danger: DangerKind | None
    answer: CardAnswer
    words: str = ""


class CardNoticed(_Event):
    """What the program noticed in words typed to a card."""

    kind: Literal["card-noticed"] = "card-noticed"
    card: int
    """Which card of the session, counted from 0."""
    noticing: Noticing


class Offered(_Event):
    """Learning was set beside an answer; no hits means nothing in the library bears on it."""

    kind: Literal["offered"] = "offered"
    question: str
    hits: tuple[Hit, ...]
    because: str
    looked: bool = True
    """False when the answer held nothing that learning could be looked for by."""


class Marked(_Event):
    """The user marked a learning point."""

    kind: Literal["marked"] = "marked"
    hit: str
    mark: Mark


class SketchCorrected(_Event):
    """The user put the case sketch right."""

    kind: Literal["sketch-corrected"] = "sketch-corrected"
    entry: str
    """An entry's id (`child-1/age`; `child-1/role` for what somebody is to the case), a person's (`child-1`, to rename
    or strike out), or a role (`child`, to add somebody)."""
    text: str | None
    """What it should say; None strikes it out."""


class NoteWritten(_Event):
    """The private note beside the record, whole, as it now stands."""

    kind: Literal["note-written"] = "note-written"
    text: str


class ActionAdded(_Event):
    """The user put an action down, whatever was being asked."""

    kind: Literal["action-added"] = "action-added"
    text: str
    steps: tuple[Step, ...]
    """As it was read; in one piece where no step was."""


class TimeChanged(_Event):
    """The user made the session longer or shorter."""

    kind: Literal["time-changed"] = "time-changed"
    minutes: int = Field(gt=0)
    """How long it is now, from its beginning."""


class Paused(_Event):
    """The user stopped the clock; it goes on with whatever happens next."""

    kind: Literal["paused"] = "paused"


class Corrected(_Event):
    """After the end, an answer was put right for the record; it is not read anew, and nothing follows."""

    kind: Literal["corrected"] = "corrected"
    question: str
    text: str
    """Empty where the answer was taken off."""
    voices: tuple[Voice | None, ...] = ()
    asked: Asked | None = None
    """What it answers, where that had not been asked."""


class Resumed(_Event):
    """The session was taken up again after a break."""

    kind: Literal["resumed"] = "resumed"


class Finished(_Event):
    """The session ended, by the user's word or because the journey was complete."""

    kind: Literal["finished"] = "finished"
    by: Literal["user", "journey"]


Event = Annotated[
    Started
    | Planned
    | AgendaChanged
    | Asked
    | Answered
    | Skipped
    | WentBack
    | Noticed
    | CardShown
    | CardConfirmed
    | CardAnswered
    | CardNoticed
    | Offered
    | Marked
    | NoteWritten
    | SketchCorrected
    | ActionAdded
    | TimeChanged
    | Paused
    | Corrected
    | Resumed
    | Finished,
    Field(discriminator="kind"),
]

EVENT: TypeAdapter[Event] = TypeAdapter(Event, config=ConfigDict(defer_build=True))
"""Reads any event back from JSON."""
