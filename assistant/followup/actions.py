"""Actions: who does what by when, what will be seen of it, and what became of it for the child.

Owns their shape, how they are read from the lines of a session, and the gentle check of a plan. The check names what is
missing or vague and asks; it never stops anybody, and it grades nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from assistant.conversation.agreed_steps import steps_of
from assistant.conversation.events import CarriedAction
from assistant.conversation.filing import filed
from assistant.conversation.given_to import ME, without_owner
from assistant.conversation.page_turns import page_turns
from assistant.conversation.state import State, Turn
from assistant.followup.meant import meant_in
from assistant.followup.personal import OF_THEMSELVES, says_of_themselves
from assistant.language.dates import dates, format_date, parse_date
from assistant.language.lazy_patterns import late
from assistant.language.paragraphs import sentences_in
from assistant.noticing.plan_words import PlanWords
from assistant.noticing.reading import Step
from assistant.noticing.steps import SPEAKER

Status = Literal["open", "done", "partly", "not-done", "no-longer-needed"]
STATUSES: tuple[Status, ...] = get_args(Status)
STILL_OPEN: frozenset[Status] = frozenset({"open", "partly"})
_WHO = late(r"^[\s\d.)*•-]*(?P<who>[^.:;]{2,50}?)\s*(?::|\s(?:will|to|is going to|are going to|has agreed to)\s)")
_ONES = r"\b(?:[Tt]he|[Mm]y|[Oo]ur|[Hh]er|[Hh]is|[Tt]heir)\s+(?:[\w-]+\s+){0,2}"
_WILL = r"(?:will|to|is|are|has|should|must|can|needs)"
_NO_STEP = late(
    r"\W*(?:no|none|nothing(?:\s+(?:else|more))?|no\s+more|that['’]?s\s+(?:all|it|everything|the\s+lot)|n/?a"
    r"|not sure|don['’]?t know|dunno|idk|same|ok(?:ay)?|yes)(?:\W+(?:yet|really|"
    r"at the moment))?\W*$",
    re.IGNORECASE,
)
_BY_SAID = late(
    r"\b(?:by|before|after|until|at|within|during|in time for)\s+(?:the |her |his |their |our |my )?"
    r"(?:(?:end|start|beginning) of |next |first |summer |school |autumn |spring |core |child protection |strategy )*"
    r"(?:half[- ]?term|term|holidays?|easter|christmas|summer|new year|visit|meeting|group|conference|review|"
    r"supervision|"
    r"discharge|birth|hearing|he goes home|she goes home|they go home)\b"
    r"|\b(?:by|before|after|at|until) (?:about |half past |half |quarter (?:to|past) )?"
    r"(?:\d{1,2}(?:[:.]\d\d)?(?: ?(?:am|pm))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon"
    r"|midday|breakfast)\b(?! (?:of|or|and|days?|weeks?|months?|years?|hours?|kids|children|people|things)\b)"
    r"|\bstraight after\b|\bfirst thing\b",
    re.IGNORECASE,
)
"""A time for which no calendar of ours has a day: school holidays, a meeting."""
_TODAY = late(
    r"\b(?:before|by|at|after) (?:lunch(?: ?time)?|dinner(?: ?time)?|tea(?: ?time)?|home ?time|bed ?time"
    r"|pick[- ]?up|hand ?over)\b"
    r"|\bthis (?:morning|afternoon|evening|minute)\b|\b(?:straight|right) (?:away|now)\b|\bimmediately\b"
    r"|\bI(?:['’]ll| will)? (?:\w+ ){1,4}now\b|,\s*now\W*\Z|\bnow before\b"
    r"|\bwhen (?:we|I)(?:['’](?:re|ve|m)| are| have)? (?:done|finish)\w*\b",
    re.IGNORECASE,
)
"""Today, without its name."""
_ME = late(
    r"(?:\A|[,;–-]\s*)(?:me|myself)\b(?=\s*(?:[,.;]|\Z|(?:with|today|tonight|tomorrow|on|by|before|this|next)\b))",
    re.IGNORECASE,
)
"""Whoever types does it: "Ring the school, me, tomorrow"."""
_ME_AND = late(r"\b(?:me|I)\b(?= and )|(?<= and )(?:me|I)\b")
""" "Me" is nobody in a record that others read: "me and Philippa"."""
_DOES_IT = late(
    r"\A\W*(?P<who>(?:(?:Mr|Mrs|Ms|Miss|Dr) )?[A-Z][a-z]+) (?:asks|rings|speaks|tells|writes|sees|sends|gets"
    r"|checks|books|goes|"
    r"takes|phones|calls|emails|makes|brings|keeps|signs|reports|refers)\b"
)
""" "Philippa asks the police whether Lloyd is out"."""
_I = late(
    r"(?:\A|,\s*)\W*(?:(?:and|then|so|if\b.{0,60}?,?)\s+)?(?:I|i)(?:['’]ll|\s+(?:will|need to|have to|must"
    r"|don['’]?t))?"
    r"\s+(?!think|hope|wonder|suppose|know|want\b.{0,12}\bto\s+be)\w+"
)
""" "I ring Jo", "If Lee comes smelling I don't hand Alfie over"."""
_IF_IT_SLIPS = late(r"\W*(?:and |but )?if\b", re.IGNORECASE)
_ASKS_WHAT_IF = late(r"\bif (?:they|it|nobody|the answer|there['’]s no)\b[^.?]*\?", re.IGNORECASE)
_WHAT_IF = late(
    r"\bif (?:they|it|that|nobody|no ?one|s?he|not|I (?:can['’]?t|don['’]?t))\b[^.!?]*\bI\b"
    r"|\bI\b[^.!?]*\bif (?:they|nobody|no ?one|s?he|not)\b"
    r"|\bif they (?:won['’]?t|can['’]?t|cannae|say no)\b",
    re.IGNORECASE,
)
"""Says what comes after a no."""
_IF_NOT = late(
    r"\bif (?:[\w’']+ ){0,3}?(?:can['’]?t|cannae|cannot|won['’]?t|isn['’]?t|not|doesn['’]?t|don['’]?t|nobody|no one)\b"
    r"[^.!?]{0,40}\b(?:ring|phone|call|tell|email|escalat)\w*\b"
    r"|\bif [\w]+['’]s not\b[^.!?]{0,40}\b(?:ring|phone|call|tell|email|escalat)\w*\b",
    re.IGNORECASE,
)
"""The same, wherever it's said."""
_LONGEST = 35
"""Words of one sentence; in a longer one much else is said."""
_CORRECTS = late(r"\A\W*(?:no\W+)?(?:it|that)['’]?s\s+[^.!?]{1,30}\bnot\b[^.!?]{1,30}[.!]\s+(?=\S)", re.IGNORECASE)
""" "It's tonight not tomorrow. I ring them tonight": only the second is the step."""
_AND_THEN = late(r",?\s+(?:and|then|and then)\s+(?=\w)")
_WORKER = "the worker"
"""Who types in a session about a case."""
_DONE = late(r"^\W*(all )?(done|yes|completed?|finished|it was done|this was done|happened)\b", re.IGNORECASE)
_PARTLY = late(r"^\W*(partly|partially|some|started|half)\b", re.IGNORECASE)
_EVERYBODY = 2
"""A plan of more than this many actions that one person carries alone is asked about."""


class Action(BaseModel):
    """One thing that was agreed."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)

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
    by_said: str = ""
    """By when, as it was said, where no day can be read from it: "before half term"."""
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


def agreed_in(state: State) -> list[Action]:
    """The actions of a session: each step of each answer that is kept as actions, with its own person and day.

    Those put down at any moment come last.
    """
    held = state.started.at.date()
    read = (_no_day_s(step, held) for step in _steps(state, held))
    steps = [part for step in read for part in _each_with_its_day(step, held)]
    steps += meant_in(state, [step.text for step in steps])
    return [
        Action(
            id=f"{state.started.session}/{number:02}",
            case=state.started.case,
            session=state.started.session,
            agreed=held,
            text=_stands_alone(_CORRECTS.sub("", step.text), step),
            outcome=_said_of_plan(state, "outcome"),
            seen_or_heard=_said_of_plan(state, "seen-or-heard"),
            contingency=_said_of_plan(state, "contingency"),
            person=_WORKER if _is_the_worker_s(step) else _ME_AND.sub(_WORKER, _in_full(step)),
            by=step.by if step.by and step.by >= held else _today(step, held),
            by_said="" if step.by else _by_said(step.text),
        )
        for number, step in enumerate((one for one in steps if not _is_their_own(one, state)), start=1)
    ]


def _today(step: Step, held: date) -> date | None:
    """The day they speak, of what is to be done now or before lunch, where no day is said."""
    return held if step.by is None and _TODAY.search(step.text) and not dates(step.text, held) else None


def _stands_alone(text: str, step: Step) -> str:
    """Beside "the worker" a step says what is done, and not "I'll" or "me"."""
    return without_owner(text, ME) if _is_the_worker_s(step) else text


def _is_the_worker_s(step: Step) -> bool:
    return step.who.casefold() in SPEAKER or (
        not step.who and (_ME.search(step.text) or _I.search(step.text)) is not None
    )


def _is_their_own(step: Step, state: State) -> bool:
    """Said of how they are, and no step for the child: "I'll sleep tonight"."""
    after_them = (turn.answer or "" for turn in state.turns if turn.asked.keeps in OF_THEMSELVES)
    return says_of_themselves(step.text) and any(step.text.strip(" .") in answer for answer in after_them)


def _steps(state: State, held: date) -> Iterable[Step]:
    """As the answers were read; line by line in sessions kept before answers were."""
    planned = [turn for turn in state.turns if turn.asked.keeps == "action" and turn.answer]
    agreed, put_down = steps_of(state), [step for added in state.added for step in added.steps]
    if not planned or any(step not in put_down for step in agreed):
        return agreed  # also those that came with the decision, where "nothing else" was said to what else there is
    if any(turn.reading is not None and turn.reading.steps for turn in (*planned, *page_turns(state))):
        return agreed
    answered = (turn for turn in planned if turn.reading is None or not turn.reading.stands)
    lines = (line.strip().lstrip("-*• ") for turn in answered for line in (turn.answer or "").splitlines())
    asked = [
        Step(text=line, span=(0, len(line)), who=_who(line), by=parse_date(line, held))
        for line in lines
        if line.strip(" .") and not _NO_STEP.match(line)
    ]
    return [*asked, *put_down]


def _each_with_its_day(step: Step, held: date) -> Iterable[Step]:
    """ "See her on Wednesday and ring her dad by Friday" is two steps of one person."""
    days = dates(step.text, held)
    for first, second in pairwise(days):
        joined = _AND_THEN.match(step.text, first.end)
        if joined and joined.end() < second.start:
            yield step.model_copy(update={"text": step.text[: joined.start()], "by": first.day})
            rest = step.model_copy(update={"text": step.text[joined.end() :], "by": second.day})
            yield from _each_with_its_day(rest, held)
            return
    yield step


def _no_day_s(step: Step, held: date) -> Step:
    """The step, where a day was read as whoever does it: that's its day."""
    day = parse_date(step.who, held) if step.who else None
    return step.model_copy(update={"who": "", "by": step.by or day}) if day else step


def _in_full(step: Step) -> str:
    """ "The named doctor", where only "doctor" was read as whoever does it."""
    if not step.who and (named := _DOES_IT.match(step.text)):
        return named["who"]
    if not step.who or step.who[:1].isupper():
        return step.who
    found = re.search(rf"{_ONES}{re.escape(step.who)}(?=\s+{_WILL}\b)", step.text)
    return found[0] if found else step.who


def _by_said(text: str) -> str:
    found = _BY_SAID.search(text)
    return found[0] if found else ""


def _said_of_plan(state: State, field: Literal["outcome", "seen-or-heard", "contingency"]) -> str:
    # Asked once for all the steps together, so it stands with each of them.
    said = (filed(turn).strip() for turn in state.turns if turn.asked.keeps == field and turn.answer)
    beside = (*_if_it_slips(state), *_if_not(state)) if field == "contingency" else ()
    found = list(dict.fromkeys(words for words in (*said, *beside) if words))
    once = [one for one in found if not any(one in other and one != other for other in found)]
    return " ".join(one if one[-1:] in ".!?" or one == once[-1] else f"{one}." for one in once)


def _if_it_slips(state: State) -> Iterator[str]:
    """What was said of it on the last page, with the next day, or where it was asked what to do if they can't."""
    for turn in (*(one for one in state.turns if one.asked.keeps == "next-date"), *page_turns(state)):
        yield from (words for words in _statements(turn) if _IF_IT_SLIPS.match(words))
    for turn in state.turns:
        if _ASKS_WHAT_IF.search(turn.asked.text) and turn.asked.keeps not in {"action", "contingency"}:
            yield from (words for words in _statements(turn) if _WHAT_IF.search(words))


def _if_not(state: State) -> Iterator[str]:
    """What was said of it anywhere else: "if I can't get her I ring the duty team"; of a long breath the step alone."""
    for turn in state.turns:
        steps = [step.text for step in turn.reading.steps] if turn.reading else []
        whole = [words for words in _statements(turn) if len(words.split()) <= _LONGEST]
        yield from (words for words in (*whole, *steps) if _IF_NOT.search(words))


def _statements(turn: Turn) -> Iterator[str]:
    """The sentences of an answer that ask nothing."""
    answer = turn.answer or ""
    return (answer[start:end] for start, end in sentences_in(answer) if answer[end - 1 : end] != "?")


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
        found.append(Concern("by", f"{format_date(action.by)} has passed. Is it done, or what is the new day?"))
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
