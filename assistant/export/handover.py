"""Everything of one session that a document may hold, in the words people read, ready for a template.

Owns which words go where: what is the worker's own stands in `personal` and nowhere else, a card only where something
was real, a question only where it was answered. The private note is not in it; single lines of it come only when
somebody chose them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal, get_args

from assistant.conversation.acted_on import Acted
from assistant.conversation.events import Beside, Keeps
from assistant.conversation.filing import PLACES, filed, left_over
from assistant.conversation.page_turns import PAGE
from assistant.conversation.prompts import Prompts
from assistant.conversation.put_right import adds_something, decision_put_right, look_again, said_of_the_page
from assistant.conversation.state import Card as Shown
from assistant.conversation.state import State, Turn
from assistant.conversation.struck import acted_standing, without_struck
from assistant.conversation.voices import NAMES
from assistant.export.closing_words import day_to_come, when_again
from assistant.export.family import Family, family
from assistant.export.family_before import with_earlier
from assistant.export.personal import asked_in_case, parted
from assistant.export.shortening import shortened
from assistant.followup.actions import Action
from assistant.followup.chronology import Entry, Row, entries_of, rows
from assistant.followup.corrected import Corrections, corrections
from assistant.followup.escalations import Escalation
from assistant.followup.genogram import Member, members_of
from assistant.followup.over_time import Moved, PointReviewed, points_reviewed
from assistant.language.sentences import sentences, spoken_sentences
from assistant.library.points import lines_in_words, reading_text
from assistant.retrieval.results import Hit

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
STAGES = {
    "opening": "",
    "experience": "What happened",
    "reflection": "What it was like",
    "analysis": "What it may mean",
    "action": "What to do",
    "closing": "",
}


WORDS_OF_TALK = {15: 280, 30: 560, 60: 850}
"""How many of the worker's words a record keeps of what was talked about, by the session's minutes: with the rest of
the record, three pages after half an hour and four after an hour."""
WORDS_OF_AN_ANSWER = 70
"""The same for one answer that has a place of its own, such as an explanation. A decision is never shortened."""
OF_A_CASE: frozenset[str] = frozenset({"supervisor", "practitioner"})
"""Who leads the kinds of session in which a worker speaks of a case and of themselves."""
_PLACED: frozenset[str | None] = frozenset(
    {"last-action", "explanation", "decision", "action", "step-gap", "outcome", "seen-or-heard", "contingency",
     "escalation", "risk", "child-told", "next-date", "to-supervision", "review-status", "review-evidence",
     "review-plan"}
)  # fmt: skip
"""Answers with a place of their own in the record, and so not among what was talked about."""
_DENIED = re.compile(r"^\W*no\b|\bnot what i (?:meant|said)\b|\bmisread\b", re.IGNORECASE)
"""How a card is set aside in people's own words."""
_GAPS = "actions/gaps"
"""The question about steps with nobody or no day; where its answer fills none of them, it stands under them."""
_READ_BACK = frozenset({"read-back", "ending"})
"""The parts in which what was said is read back, to be put right."""
_FOLLOWS = ("thread/", "probe/", "steer/", "still-open/")
"""Questions that take up what was just said, whatever part of the session that was."""
_BROUGHT = "What was brought"
"""The heading of what a session opens with."""
_KEPT_AS: Mapping[str, Keeps] = {"risk/risk-direction": "risk", "risk/shown-by": "risk"}
"""What answers are kept as whose questions did not say so in earlier versions."""


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
    acted: tuple[Acted, ...]
    """What was done about danger while the session went on."""
    cards: tuple[Card, ...]
    learning: tuple[Quotation, ...]
    points: tuple[Point, ...]
    themes: tuple[str, ...]
    next_time: str = ""
    """When they meet again, in the worker's words."""
    next_day: date | None = None
    """The day they meet again, where the answer about it names one."""
    note_lines: tuple[str, ...] = ()
    """Lines of the private note that somebody chose to hand over."""
    appendix: bool = False
    """Somebody chose to hand over the transcript too, and what was shown beside it."""
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

    def brief(self, keeps: Keeps) -> tuple[Said, ...]:
        """The same, each shortened by whole sentences; what says nothing is left out."""
        short = ((said, shortened([said.answer], WORDS_OF_AN_ANSWER)[0]) for said in self.kept(keeps))
        return tuple(replace(said, answer=words) for said, words in short if words)


def handover(
    state: State,
    prompts: Prompts,
    *,
    actions: Iterable[Action] = (),
    escalation: Escalation | None = None,
    moved: Iterable[Moved] = (),
    titles: dict[str, str] | None = None,
    wanted: Wanted | None = None,
    history: History | None = None,
) -> Handover:
    """Gather one session; its history is that of the session alone where no other is given."""
    wanted, history = wanted or Wanted(), history or History((state,))
    started = state.started
    before = [family(one) for one in reversed(history.states) if one.started.at < started.at]
    sketched = with_earlier(family(state), before)
    journey = prompts.journeys.get(started.journey)
    useful = {hit for hit, mark in state.marks if mark == "useful"}
    case_actions = list(actions)
    carried = {action.id for action in started.carried}
    apart = started.role in OF_A_CASE
    whole = [(turn, _said(turn, useful, turn.answer or "")) for turn in state.turns if turn.settled]
    of_case = list(_of_the_case(whole)) if apart else whole
    note = [line for line in state.note.splitlines() if line.strip()]
    kept: dict[Keeps, tuple[Said, ...]] = {}
    for turn, said in whole if not apart else [*of_case, *((t, s) for t, s in whole if t.asked.keeps == "take-away")]:
        keeps = turn.asked.keeps or _KEPT_AS.get(turn.asked.question)
        answered = _filed(turn, said)
        answered = replace(answered, answer=without_struck(state, answered.answer))
        if keeps and answered.answer:
            kept[keeps] = (*kept.get(keeps, ()), answered)
    put_right = corrections(state)
    kept = {
        keeps: tuple(replace(said, answer=put_right.marked(said.answer)) for said in every)
        for keeps, every in kept.items()
    }
    if (decided := decision_put_right(state)) is not None:
        kept["decision"] = (Said("", decided),) if decided else ()
    asked_when = [words for turn, said in of_case if said.answer and (words := look_again(turn))]
    next_time, else_said = when_again(asked_when[-1:], started.at.date())
    quotations = {quoted.text: quoted for _, said in whole for quoted in said.learning}
    return Handover(
        case=started.case,
        journey=journey.name if journey else started.journey,
        about=_about(started.subject, prompts, titles or {}),
        held=started.at,
        minutes=state.minutes,
        session=started.session,
        role=started.role,
        supervisor=started.supervisor,
        worker=started.worker or sketched.job,
        finished=state.finished is not None,
        parts=tuple(_parts(of_case, prompts)),
        family=sketched,
        discussed=tuple(_by_theme(_parts(_briefly(of_case, state.minutes, put_right), prompts))),
        put_right=(
            *_put_right(of_case),
            *([Said("", else_said)] if adds_something(else_said) else []),
        ),
        of_gaps=tuple(said.answer for turn, said in of_case if said.answer and _fills_no_step(turn)),
        actions=tuple(action for action in case_actions if action.session == started.session),
        followed_up=tuple(action for action in case_actions if action.id in carried),
        escalation=escalation,
        acted=acted_standing(state) if apart else (),
        cards=tuple({(card.title, card.said): card for card in map(_card, filter(_real, state.cards))}.values()),
        learning=tuple(sorted(quotations.values(), key=lambda quoted: not quoted.useful)),
        points=tuple(_point(point, moved) for point in points_reviewed(state)),
        themes=tuple(
            dict.fromkeys(
                prompts.themes[turn.asked.theme].name
                for turn, said in whole
                if said.answer and turn.asked.theme in prompts.themes
            )
        ),
        next_time=next_time,
        next_day=day_to_come(next_time, started.at.date()),
        note_lines=tuple(note[number - 1] for number in wanted.note_lines if 0 < number <= len(note)),
        appendix=wanted.appendix,
        chronology=rows(entries_of(history.states, history.entries)) if apart else (),
        family_tree=members_of(history.states, history.members) if apart else (),
        personal=tuple(_of_the_worker(whole)) if apart else (),
        _kept=kept,
    )


def _of_the_case(whole: Sequence[tuple[Turn, Said]]) -> Iterator[tuple[Turn, Said]]:
    personal = "\n".join(parted(turn).personal for turn, _ in whole)
    for turn, said in whole:
        words = parted(turn).case
        if words or not said.answer:
            yield turn, replace(said, question=asked_in_case(said.question, personal), answer=_told_by(words, turn))


def _of_the_worker(whole: Iterable[tuple[Turn, Said]]) -> Iterator[Said]:
    for turn, said in whole:
        if words := parted(turn).personal:
            yield Said(said.question, _told_by(words, turn))


def _told_by(words: str, turn: Turn) -> str:
    """The words with who said them, where that was told apart; they are some of the whole sentences of the answer."""
    if not turn.voices:
        return words
    told = tuple(zip((turn.answer or "").split("\n"), turn.voices, strict=False))
    named = list[str]()
    for line in words.split("\n"):
        first = next((line[start:end] for start, end in sentences(line)), "")
        voice = next((voice for whole, voice in told if first and first in whole), None)
        named.append(f"{NAMES[voice]}: {line}" if voice else line)
    return "\n".join(named)


def _briefly(of_case: Iterable[tuple[Turn, Said]], minutes: int, put_right: Corrections) -> list[tuple[Turn, Said]]:
    """What was talked about, in about as many words as a record of that length has room for."""
    talked = [
        (turn, said)
        for turn, said in ((turn, _beside_what_is_filed(turn, said)) for turn, said in of_case)
        if said.answer
        and (turn.asked.keeps not in _PLACED or turn.asked.keeps in PLACES)
        and turn.asked.question not in {_GAPS, *_KEPT_AS}
        and (turn.asked.theme not in _READ_BACK or turn.asked.question.startswith(_FOLLOWS))
    ]
    room = WORDS_OF_TALK[max((length for length in WORDS_OF_TALK if length <= minutes), default=min(WORDS_OF_TALK))]
    short = [put_right.marked(words) for words in shortened([said.answer for _, said in talked], room)]
    return [(turn, Said(said.question, words)) for (turn, said), words in zip(talked, short, strict=True) if words]


def _filed(turn: Turn, said: Said) -> Said:
    """What of it belongs where its question keeps it."""
    kept = filed(turn)
    if kept.split() == (turn.answer or "").split():
        return said
    if said.answer != turn.answer:  # without what the worker said of themselves
        kept = " ".join(words for words in _sentences(said.answer) if words in kept)
    return replace(said, answer=kept)


def _beside_what_is_filed(turn: Turn, said: Said) -> Said:
    """Of an answer that has a place of its own, what was said beside it."""
    if turn.asked.keeps not in PLACES:
        return said
    beside = left_over(turn)
    return replace(said, answer=" ".join(words for words in _sentences(said.answer) if words in beside))


def _sentences(words: str) -> Iterator[str]:
    return (words[start:end] for start, end in spoken_sentences(words))


def _fills_no_step(turn: Turn) -> bool:
    read = turn.asked.keeps == "step-gap" and turn.reading is not None and turn.reading.steps
    return turn.asked.question == _GAPS and not read


def _put_right(of_case: Iterable[tuple[Turn, Said]]) -> Iterator[Said]:
    for turn, said in of_case:
        of_page = turn.asked.question in PAGE
        if (
            turn.asked.theme not in _READ_BACK
            or turn.asked.question.startswith(_FOLLOWS)
            or (turn.asked.keeps == "next-date" and not of_page)
        ):
            continue
        words = said.answer
        if of_page:
            words = " ".join(one for one in _sentences(said_of_the_page(turn)) if one in said.answer)
        if words and adds_something(words):
            yield replace(said, answer=shortened([words], WORDS_OF_AN_ANSWER)[0])


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


def _by_theme(parts: Iterable[Part]) -> Iterator[Part]:
    """Everything of one theme together, where it was first talked about."""
    together: dict[str, tuple[Said, ...]] = {}
    for part in parts:
        together[part.name] = (*together.get(part.name, ()), *part.said)
    return (Part(_BROUGHT if name == "Opening" else name, said) for name, said in together.items())


def _said(turn: Turn, useful: set[str], answer: str) -> Said:
    hits = turn.offered.hits if turn.offered else ()
    return Said(
        question=turn.asked.text,
        answer=answer,
        stage=STAGES.get(turn.asked.stage, ""),
        beside=tuple(Quotation(reading_text(shown.text), _source(shown)) for shown in turn.asked.beside),
        learning=tuple(Quotation(reading_text(hit.text), _source(hit), hit.id in useful) for hit in hits),
        nothing_bears=turn.offered is not None and turn.offered.looked and not hits,
    )


def _source(quoted: Beside | Hit) -> str:
    year = f", {quoted.published}" if quoted.published else ""
    return f"{quoted.title}, {quoted.publisher}{year}; “{quoted.section}”, {lines_in_words(quoted.lines)}"


def _real(card: Shown) -> bool:
    """Whether something was real or acted on: neither denied nor "not what I meant", nor only asked about."""
    if card.denied or card.doubtful or (card.kind is None and not (card.done and card.said)):
        return False
    if card.answered is None:
        return True  # a sure sign that nobody has answered yet
    # The first version took "No, nothing like that" for carrying on; its cards didn't say 999 first.
    return bool(card.shown.first) or not _DENIED.search(card.answered.words)


def _card(card: Shown) -> Card:
    shown = card.shown
    return Card(
        title=shown.title or shown.text.splitlines()[0],
        words=shown.words,
        raised=shown.at,
        acted=card.answered is not None and card.answered.answer == "done",
        said=" ".join(card.said),
        answered=card.answered.at if card.answered else None,
        text="\n".join(words for words in (shown.first, shown.text) if words),
    )


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
