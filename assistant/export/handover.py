"""What a template sees of one session: everything that a document may hold, in the words people read.

Owns the shape of it, and the kinds of document and file there are. Knows nothing of how a session is read for it; that
is `gathering.py`'s.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal, get_args

from assistant.conversation.acted_on import Acted
from assistant.conversation.events import Keeps
from assistant.conversation.state import State
from assistant.export.family import Family
from assistant.export.shortening import GAP, shortened
from assistant.export.weighed import gives_a_reason, says_which_way
from assistant.followup.actions import Action
from assistant.followup.chronology import Entry, Row
from assistant.followup.escalations import Escalation
from assistant.followup.genogram import Member

DocumentKind = Literal[
    "record",
    "personal",
    "plan",
    "to-supervision",
    "escalation",
    "team-feedback",
    "debrief",
    "cpd",
    "chronology",
    "genogram",
]
KINDS: tuple[DocumentKind, ...] = get_args(DocumentKind)
BEST_FOR: Mapping[str, DocumentKind] = {
    "supervision": "record",
    "self-review": "to-supervision",
    "scenario": "debrief",
    "team-review": "team-feedback",
}
"""The document each journey is for, where nobody names another."""
Format = Literal["docx", "pdf", "html", "md", "json", "ics", "svg"]
FORMATS: tuple[Format, ...] = tuple(form for form in get_args(Format) if form != "svg")
"""Those in which every document can be had; only a genogram is a picture."""
WORDS_OF_AN_ANSWER = 70
"""The same for one answer that has a place of its own, such as an explanation. A decision is never shortened."""
_TELLS = re.compile(
    r"\b(?:tell(?:ing)?|explain(?:ing)?|inform(?:ing)?)\s+(?P<whom>(?:(?:to|the|both)\s+)?[\w’']+(?:\s+(?:and|or)\s+[\w’']+)?)"
    r"|\bsay(?:ing)?\b[^.;]*?\bto\s+(?P<said>(?:the\s+)?[\w’']+)"
    r"|(?P<be>[\w’']+)\s+(?:to\s+be|is|are|gets?|will\s+be)\s+told\b",
    re.IGNORECASE,
)
""" "Tell Mum", and not "tell Pat about Dad"."""
OF_A_CASE: frozenset[str] = frozenset({"supervisor", "practitioner"})
"""Who leads the kinds of session in which a worker speaks of a case and of themselves."""


def _told_there(step: str) -> list[str]:
    """Whoever a step tells something."""
    return [next(filter(None, found.groups())) for found in _TELLS.finditer(step)]


@dataclass(frozen=True)
class Wanted:
    """What somebody chose to hand over; nothing that is not chosen crosses."""

    kind: DocumentKind | None = None
    """The journey's own document, if none is named."""
    note_lines: tuple[int, ...] = ()
    """Lines of the private note, counted from 1."""
    appendix: bool = False
    """The transcript too, and what was shown beside it."""
    redacted: bool = False
    """Without names and identifiers."""


@dataclass(frozen=True)
class History:
    """The sessions of a case, oldest first, and what was put right by hand."""

    states: tuple[State, ...]
    entries: tuple[Entry, ...] = ()
    members: tuple[Member, ...] = ()


@dataclass(frozen=True)
class Quotation:
    """Exact words of a review, with where they stand."""

    text: str
    source: str
    useful: bool = False


@dataclass(frozen=True)
class Said:
    """A question and what was answered; an empty answer means that it was passed over."""

    question: str
    answer: str
    stage: str = ""
    beside: tuple[Quotation, ...] = ()
    """What was shown above the question."""
    learning: tuple[Quotation, ...] = ()
    """What was set beside the answer."""
    nothing_bears: bool = False


@dataclass(frozen=True)
class Part:
    """The questions of one theme or step that were asked together."""

    name: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Card:
    """A sign of danger that was real or acted on."""

    title: str
    """What the sign is, in one sentence."""
    words: str
    """The words of the account that showed it."""
    raised: datetime
    acted: bool
    """Somebody said that it was done."""
    said: str
    """What was said of it, in the worker's words."""
    answered: datetime | None
    """Nothing while nobody has answered."""
    text: str
    """The whole card, as it was shown."""


@dataclass(frozen=True)
class Point:
    """A learning point of a team review and the team's answers."""

    quotation: Quotation
    section: str
    status: str
    said: str
    evidence: str
    plan: str
    before: str = ""
    """Where it stood last time, if it has moved."""


@dataclass(frozen=True)
class Handover:
    """One session, as a template sees it."""

    case: str
    journey: str
    """The name of the kind of session."""
    about: str
    """The scenario or the review, for sessions that have one."""
    held: datetime
    minutes: int
    session: str
    role: str
    """Who leads this kind of session."""
    supervisor: str
    """The supervisor's role, where it was said."""
    worker: str
    """The worker's."""
    finished: bool
    parts: tuple[Part, ...]
    """Every question that was answered or passed over, without what is the worker's own."""
    family: Family
    """The child and the family, from the case sketch."""
    discussed: tuple[Part, ...]
    """What was talked about, by theme, shortened by whole sentences."""
    put_right: tuple[Said, ...]
    """What was put right or added when it was read back."""
    actions: tuple[Action, ...]
    """What was planned in this session."""
    of_gaps: tuple[str, ...]
    """What was said when steps with nobody or no day were asked about, where it fills none of them."""
    followed_up: tuple[Action, ...]
    """What had been planned before, as it now stands."""
    escalation: Escalation | None
    cards: tuple[Card, ...]
    learning: tuple[Quotation, ...]
    points: tuple[Point, ...]
    themes: tuple[str, ...]
    of_risk: tuple[str, ...] = ()
    """What was said of the risk, where its direction wasn't asked for."""
    against: tuple[str, ...] = ()
    """What was said of what else it could be, where that wasn't asked for."""
    next_time: str = ""
    """When they meet again, in the worker's words."""
    next_day: date | None = None
    """The day they meet again, where the answer about it names one."""
    note_lines: tuple[str, ...] = ()
    """Lines of the private note that somebody chose to hand over."""
    appendix: bool = False
    """Somebody chose to hand over the transcript too, and what was shown beside it."""
    acted: tuple[Acted, ...] = ()
    """What was done about danger while the session went on."""
    chronology: tuple[Row, ...] = ()
    """The history of the case, by date."""
    family_tree: tuple[Member, ...] = ()
    """Everybody in the family, by generation."""
    personal: tuple[Said, ...] = ()
    """What the worker said of themselves: for the supervision file only."""
    _kept: dict[Keeps, tuple[Said, ...]] = field(default_factory=dict, repr=False)

    def kept(self, keeps: Keeps) -> tuple[Said, ...]:
        """The answers that are kept as one thing, for example as the decision."""
        return self._kept.get(keeps, ())

    @property
    def cut(self) -> bool:
        """Something of what was talked about is left out."""
        return any(GAP in said.answer for part in self.discussed for said in part.said)

    @property
    def risk_way_said(self) -> bool:
        """Something that was said of the risk says which way it's going."""
        return says_which_way(self.of_risk)

    @property
    def reason_said(self) -> bool:
        """The decision stands with what it rests on."""
        return any(gives_a_reason(said.answer) for said in self.kept("decision"))

    @property
    def parents_in_steps(self) -> str:
        """The steps in which a parent is told something, or nothing, as "step 2"."""
        steps = [
            f"step {number}"
            for number, action in enumerate(self.actions, start=1)
            if any(self.family.names_a_parent(whom) for whom in _told_there(action.text))
        ]
        return ", ".join(steps)

    @property
    def parents_unheard(self) -> bool:
        """Something will be said to the child, and nothing was said of what a parent will be told."""
        told = " ".join(f"{said.question} {said.answer}" for said in self.kept("child-told"))
        return bool(told) and self.family.known and not self.family.names_a_parent(told)

    def brief(self, keeps: Keeps) -> tuple[Said, ...]:
        """The same, each shortened by whole sentences; what says nothing is left out."""
        short = ((said, shortened([said.answer], WORDS_OF_AN_ANSWER)[0]) for said in self.kept(keeps))
        return tuple(replace(said, answer=words) for said, words in short if words)
