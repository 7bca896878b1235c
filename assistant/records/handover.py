"""Everything of one session that a document may hold, in the words people read, ready for a template.

The private note is not in it; single lines of it come only when somebody chose them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

from assistant.conversation.events import Beside, Keeps
from assistant.conversation.prompts import Prompts
from assistant.conversation.state import Card as Shown
from assistant.conversation.state import State, Turn
from assistant.library.model import reading_text
from assistant.records.actions import Action
from assistant.records.escalations import Escalation
from assistant.records.over_time import Moved, PointReviewed, points_reviewed
from assistant.retrieval.model import Hit

DocumentKind = Literal["record", "plan", "to-supervision", "escalation", "team-feedback", "debrief", "cpd"]
KINDS: tuple[DocumentKind, ...] = get_args(DocumentKind)
BEST_FOR: Mapping[str, DocumentKind] = {
    "supervision": "record",
    "self-review": "to-supervision",
    "scenario": "debrief",
    "team-review": "team-feedback",
}
"""The document each journey is for, where nobody names another."""
Format = Literal["docx", "pdf", "html", "md", "json", "ics"]
FORMATS: tuple[Format, ...] = get_args(Format)
STAGES = {
    "opening": "",
    "experience": "What happened",
    "reflection": "What it was like",
    "analysis": "What it may mean",
    "action": "What to do",
    "closing": "",
}


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
    """An act-now card that was shown, and what was done."""

    title: str
    """What the sign is, in one sentence."""
    words: str
    """The words of the account that showed it."""
    raised: datetime
    answer: str
    answered: datetime | None
    """Nothing while nobody has answered."""
    happening: bool
    """False when it was asked about, and the answer was no."""
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
    finished: bool
    parts: tuple[Part, ...]
    actions: tuple[Action, ...]
    """What was agreed in this session."""
    followed_up: tuple[Action, ...]
    """What had been agreed before, as it now stands."""
    escalation: Escalation | None
    cards: tuple[Card, ...]
    learning: tuple[Quotation, ...]
    points: tuple[Point, ...]
    themes: tuple[str, ...]
    note_lines: tuple[str, ...] = ()
    """Lines of the private note that somebody chose to hand over."""
    _kept: dict[Keeps, tuple[Said, ...]] = field(default_factory=dict, repr=False)

    def kept(self, keeps: Keeps) -> tuple[Said, ...]:
        """The answers that are kept as one thing, for example as the decision."""
        return self._kept.get(keeps, ())


def handover(
    state: State,
    prompts: Prompts,
    *,
    actions: Iterable[Action] = (),
    escalation: Escalation | None = None,
    moved: Iterable[Moved] = (),
    titles: dict[str, str] | None = None,
    note_lines: Sequence[int] = (),
) -> Handover:
    """Gather one session. `note_lines` are the lines of the private note to hand over, counted from 1."""
    started = state.started
    journey = prompts.journeys.get(started.journey)
    useful = {hit for hit, mark in state.marks if mark == "useful"}
    case_actions = list(actions)
    carried = {action.id for action in started.carried}
    settled = [(turn, _said(turn, useful)) for turn in state.turns if turn.settled]
    note = [line for line in state.note.splitlines() if line.strip()]
    kept: dict[Keeps, tuple[Said, ...]] = {}
    for turn, said in settled:
        if turn.asked.keeps and said.answer:
            kept[turn.asked.keeps] = (*kept.get(turn.asked.keeps, ()), said)
    quotations = {quoted.text: quoted for _, said in settled for quoted in said.learning}
    return Handover(
        case=started.case,
        journey=journey.name if journey else started.journey,
        about=_about(started.subject, prompts, titles or {}),
        held=started.at,
        minutes=started.minutes,
        session=started.session,
        role=started.role,
        finished=state.finished is not None,
        parts=tuple(_parts(settled, prompts)),
        actions=tuple(action for action in case_actions if action.session == started.session),
        followed_up=tuple(action for action in case_actions if action.id in carried),
        escalation=escalation,
        cards=tuple(_card(card) for card in state.cards),
        learning=tuple(sorted(quotations.values(), key=lambda quoted: not quoted.useful)),
        points=tuple(_point(point, moved) for point in points_reviewed(state)),
        themes=tuple(
            dict.fromkeys(
                prompts.themes[turn.asked.theme].name
                for turn, said in settled
                if said.answer and turn.asked.theme in prompts.themes
            )
        ),
        note_lines=tuple(note[number - 1] for number in note_lines if 0 < number <= len(note)),
        _kept=kept,
    )


def private_lines(state: State) -> tuple[str, ...]:
    """The lines of the private note, for somebody to choose from."""
    return tuple(line for line in state.note.splitlines() if line.strip())


def _parts(settled: Iterable[tuple[Turn, Said]], prompts: Prompts) -> Iterable[Part]:
    name, gathered = "", list[Said]()
    for turn, said in settled:
        theme = prompts.themes.get(turn.asked.theme)
        here = theme.name if theme else turn.asked.theme.replace("-", " ")
        here = here[:1].upper() + here[1:]
        if here != name and gathered:
            yield Part(name, tuple(gathered))
            gathered = []
        name = here
        gathered.append(said)
    if gathered:
        yield Part(name, tuple(gathered))


def _said(turn: Turn, useful: set[str]) -> Said:
    hits = turn.offered.hits if turn.offered else ()
    return Said(
        question=turn.asked.text,
        answer=turn.answer or "",
        stage=STAGES.get(turn.asked.stage, ""),
        beside=tuple(Quotation(reading_text(shown.text), _source(shown)) for shown in turn.asked.beside),
        learning=tuple(Quotation(reading_text(hit.text), _source(hit), hit.id in useful) for hit in hits),
        nothing_bears=turn.offered is not None and turn.offered.looked and not hits,
    )


def _source(quoted: Beside | Hit) -> str:
    year = f", {quoted.published}" if quoted.published else ""
    first, last = quoted.lines
    lines = f"line {first}" if first == last else f"lines {first} to {last}"
    return f"{quoted.title}, {quoted.publisher}{year}; “{quoted.section}”, {lines}"


def _card(card: Shown) -> Card:
    shown = card.shown
    return Card(
        title=shown.title or shown.text.splitlines()[0],
        words=shown.words,
        raised=shown.at,
        answer=_card_answer(card),
        answered=card.answered.at if card.answered else None,
        happening=card.happening is not False,
        text=shown.text,
    )


def _card_answer(card: Shown) -> str:
    if card.happening is False:
        return "Asked whether this is so; the answer was no"
    if card.answered is None:
        return "No answer was given"
    said = {"done": "Done", "not-what-i-meant": "Not what was meant", "carry-on": "Carried on without acting"}
    answer = said[card.answered.answer]
    return f"{answer}: {card.answered.words}" if card.answered.words else answer


def _about(subject: str | None, prompts: Prompts, titles: dict[str, str]) -> str:
    if subject is None:
        return ""
    scenario = prompts.scenarios.get(subject)
    return scenario.name if scenario else titles.get(subject, subject)


def _point(point: PointReviewed, moved: Iterable[Moved]) -> Point:
    before = next((one.before for one in moved if one.point.point == point.point), "")
    return Point(
        quotation=Quotation(reading_text(point.beside.text), _source(point.beside)),
        section=point.beside.section,
        status=point.status,
        said=point.said,
        evidence=point.evidence,
        plan=point.plan,
        before=before,
    )
