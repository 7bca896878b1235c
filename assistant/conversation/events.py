"""Everything that can happen in a session, as a list that only grows.

The list of events is the session: what people did and what the program decided, each with the time it happened.
Replaying it needs no library, no prompt files and no clock, because what was asked and what was quoted is in the
events themselves, word for word.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from assistant.conversation.observed import Danger, DangerKind, Noticing
from assistant.retrieval.model import Hit

Stage = Literal["opening", "experience", "reflection", "analysis", "action", "closing"]
CardAnswer = Literal["done", "not-what-i-meant", "carry-on"]
Mark = Literal["useful", "not-this"]
Keeps = Literal[
    "focus",
    "last-action",
    "explanation",
    "decision",
    "action",
    "outcome",
    "contingency",
    "escalation",
    "wellbeing",
    "take-away",
    "to-supervision",
    "review-status",
    "review-evidence",
    "review-plan",
]


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    at: datetime


class CarriedAction(BaseModel):
    """An action agreed last time, to be looked at first."""

    model_config = ConfigDict(frozen=True)

    id: str
    text: str


class Beside(BaseModel):
    """Exact words of a review that a question is asked about, with where they stand."""

    model_config = ConfigDict(frozen=True)

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


class Answered(_Event):
    """Somebody answered the question on the table."""

    kind: Literal["answered"] = "answered"
    question: str
    text: str = Field(min_length=1)


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


class CardShown(_Event):
    """An act-now card interrupted, or asked its one yes or no."""

    kind: Literal["card-shown"] = "card-shown"
    question: str
    danger: Danger
    words: str
    """The words of the answer that showed it."""
    title: str = ""
    """What the sign is, in one sentence."""
    text: str


class CardConfirmed(_Event):
    """The yes or no to a doubtful sign."""

    kind: Literal["card-confirmed"] = "card-confirmed"
    danger: DangerKind
    happening: bool


class CardAnswered(_Event):
    """What the user said to an act-now card."""

    kind: Literal["card-answered"] = "card-answered"
    danger: DangerKind
    answer: CardAnswer
    words: str = ""


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


class NoteWritten(_Event):
    """The private note beside the record, whole, as it now stands."""

    kind: Literal["note-written"] = "note-written"
    text: str


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
    | Offered
    | Marked
    | NoteWritten
    | Resumed
    | Finished,
    Field(discriminator="kind"),
]

EVENT: TypeAdapter[Event] = TypeAdapter(Event)
"""Reads any event back from JSON."""
