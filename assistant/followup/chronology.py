"""A case's chronology: what happened when, who says so, and what it means for the child.

Drawn from the answers of every session of the case, in the worker's whole sentences, and from what somebody wrote or
put right by hand. A day is kept only where the words give one; "about Easter" stays as it was said. A plan is no
event, and what the worker said of themselves is not the child's history.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pydantic import BaseModel, ConfigDict

from assistant.conversation.state import State, Turn
from assistant.followup.corrected import corrections
from assistant.followup.personal import parted
from assistant.language.lazy_patterns import late
from assistant.language.paragraphs import sentences_in
from assistant.language.sentences import sentences
from assistant.language.spans import overlaps

LONG_WITHOUT = timedelta(days=90)
"""A longer time between two entries is marked: nothing happening and nothing written down look alike."""
_HISTORY: frozenset[str | None] = frozenset({None, "focus", "explanation", "risk", "last-action"})
_WHOLE_EVENT = 7
"""Words."""
_WHOLE_MEANING, _LONGEST_MEANING = 3, 30
_MEANS = late(
    r"(?:You wrote )?“(?P<words>[^”]+)”\.? (?:What['’]s the worry in that"
    r"|What['’]s that like for|Where does that leave (?!you))"
)
"""A question that asks what something means for the child."""
_NO_EVENT = late(
    r"^\W*(?:my |our )?supervision\b|^\W*(?:I|we) (?:did|had|went on|were on|missed) (?:the |our |my |some )?"
    r"(?:\w+ )?(?:training|course|induction|away day|appraisal|leave|holiday)\b|\bshort[- ]staffed\b"
    r"|^\W*(?:he|she|they) (?:told|said|mentioned)(?: me| us| to me)?(?: (?:that|this|it|so|all that|as much))? "
    r"(?:yesterday|today|last night|on \w+day|last \w+)\b"
    r"|^\W*(?:(?:well|but|and) )?I(?:['’]ve)? (?:just |already )?told you\b|^\W*I['’]?d (?:say|tell them)\b"
    r"|^\W*(?:it|that|this) (?:was|is|started|happened)\b(?:\W+\w+){0,5}\W*$"
    r"|\bI (?:did mean|meant|was going) to\b|\?\W*$",
    re.IGNORECASE,
)
"""The worker's own work; when something was told, without what; what was said here before, or will be said."""
_TODAY = late(r"\b(?:today|this (?:morning|afternoon)|(?:it|that)['’]?s|just now)\b", re.IGNORECASE)
"""Beside the name of the day that it is: "It's Monday, he's sore again today"."""
_BEGUN = 7
"""Days of a month in which "in March" is more likely that of last year, and no day is claimed."""
_NO_TELLER = frozenset({"he", "she", "they", "him", "her", "them", "it", "somebody", "someone"})
_MONTHS = "january february march april may june july august september october november december".split()
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_COUNT = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "couple of": 2,
    "a couple of": 2,
}
_WHEN = late(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{'|'.join(_MONTHS)})(?: (?P<year>\d{{4}}))?\b"
    rf"|\b(?:in|since|last|from|until|during|early|late|mid|back in|by|again in|twice in|and)[ -](?:early |late |mid-)?"
    rf"(?P<only_month>{'|'.join(_MONTHS)})(?: (?P<its_year>\d{{4}}))?\b"
    rf"|\b(?:on |last |this )?(?P<weekday>{'|'.join(_DAYS)})\b(?!s)"
    r"|\b(?P<yesterday>yesterday|last night)\b"
    r"|\b(?P<count>\d{1,2}|an?|one|two|three|four|five|six|(?:a )?couple of) (?P<length>day|week|month|year)s? ago\b"
    r"|\b(?P<words>(?:since|over|at|about|before|after|last|in|around) (?:the )?"
    r"(?:easter|half[- ]?term|christmas|new year|summer(?: holidays)?|autumn|winter|spring|last term))\b",
    re.IGNORECASE,
)
_TO_COME = late(
    r"\b(?:will|['’]ll|going to|next|due|tomorrow|plan(?:ned|ning)?|if|would|by (?:mon|tues|wednes|thurs|fri)day|every|"
    r"should|want to|need to|starts? (?:\w+ ){0,3}in)\b",
    re.IGNORECASE,
)
_PAST = late(
    r"\b(?:was|were|had|did|saw|seen|went|came|rang|told|said|asked|heard|met|found|made|gave|took|left|moved|started|"
    r"stopped|began|wrote|got|put|sent|turned|spoke|closed|'d|’d|\w{3,}ed)\b",
    re.IGNORECASE,
)


class Entry(BaseModel):
    """One thing that happened."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)

    id: str
    case: str
    session: str | None = None
    day: date | None = None
    whole_month: bool = False
    """The words name a month and no day of it."""
    said: str = ""
    """When it was, as it was said."""
    event: str
    source: str = ""
    """Who says so."""
    significance: str = ""
    """What it means for the child, for better or worse."""
    struck: bool = False
    """Somebody took it out."""


@dataclass(frozen=True)
class Row:
    """An entry as it is listed, after a gap that is longer than is easily explained."""

    entry: Entry
    weeks_without: int = 0


@dataclass(frozen=True)
class When:
    """A time as a sentence names it."""

    day: date | None
    """Nothing where the words give none: "about Easter"."""
    said: str
    whole_month: bool


def entries_of(states: Iterable[State], edits: Iterable[Entry] = ()) -> list[Entry]:
    """Every entry of a case by date, those without a day last; what was put right by hand counts."""
    by_hand = {entry.id: entry for entry in edits}
    found = [entry for state in states for entry in _told_in(state)]
    alike: dict[tuple[date | None, str, str], Entry] = {}
    for entry in [*(by_hand.pop(one.id, one) for one in found), *by_hand.values()]:
        if not entry.struck:
            alike.setdefault((entry.day, entry.said.casefold(), entry.event.casefold()), entry)
    return sorted(alike.values(), key=lambda entry: (entry.day is None, entry.day or date.max, entry.id))


def rows(entries: Sequence[Entry]) -> tuple[Row, ...]:
    """As a list to read, with long times without any entry marked."""
    listed, before = list[Row](), None
    for entry in entries:
        without = entry.day - before if entry.day and before else timedelta()
        listed.append(Row(entry, without.days // 7 if without > LONG_WITHOUT else 0))
        before = entry.day or before
    return tuple(listed)


def times_in(sentence: str, held: date) -> Iterator[When]:
    """Every time in the past that a sentence names, seen from the day of the session."""
    if _TO_COME.search(sentence):
        return
    for when in _WHEN.finditer(sentence):
        if when["weekday"] and not _PAST.search(sentence):
            continue
        day = _day(when, held)
        if day is not None and when["only_month"] and not when["its_year"] and (day.month == held.month):
            day = day if held.day > _BEGUN else None
        if when["weekday"] and _DAYS[held.weekday()] == when["weekday"].lower() and _TODAY.search(sentence):
            day = held
        if day is None or day <= held:
            whole_month = when["only_month"] is not None or when["length"] in {"month", "year"}
            yield When(day, when[0], whole_month=whole_month)


def _told_in(state: State) -> Iterator[Entry]:
    held, number = state.started.at.date(), 0
    put_right = corrections(state)
    for turn in state.turns:
        if not turn.answer or not _is_history(turn):
            continue
        case = parted(turn).case
        for start, end in sentences_in(turn.answer):
            words = turn.answer[start:end]
            event = " ".join(put_right.marked(words).split())
            if words in put_right.saying_so or words not in case or _NO_EVENT.search(event):
                continue
            if turn.asked.keeps == "last-action" and len(event.split()) < _WHOLE_EVENT:
                continue  # "Done, on the 9th" says nothing without the step
            for when in times_in(" ".join(put_right.put_right(words).split()), held):
                number += 1
                yield Entry(
                    id=f"{state.started.session}/when/{number:02}",
                    case=state.started.case,
                    session=state.started.session,
                    day=when.day,
                    whole_month=when.whole_month,
                    said=when.said,
                    event=event,
                    source=_source(turn, start, end),
                    significance=_meaning(state, words),
                )


def _meaning(state: State, words: str) -> str:
    """What the worker said it means for the child, where a question gave these words back and asked."""
    for turn in state.turns:
        asked = _MEANS.match(turn.asked.text)
        distress = turn.noticing and any(one.kind == "worker-distress" for one in turn.noticing.observations)
        if asked and turn.answer and not distress and asked["words"].rstrip(" …") in words.replace('"', ""):
            first = next((turn.answer[start:end] for start, end in sentences(turn.answer)), "")
            return first if _WHOLE_MEANING <= len(first.split()) <= _LONGEST_MEANING else ""
    return ""


def _is_history(turn: Turn) -> bool:
    """The answer tells what happened; what could be checked or is still to come is none of that."""
    return (
        turn.asked.keeps in _HISTORY
        and turn.asked.stage != "closing"
        and turn.asked.question != "explanations/rule-out"
    )


def _day(when: re.Match[str], held: date) -> date | None:
    if when["month"] or when["only_month"]:
        month = _MONTHS.index((when["month"] or when["only_month"]).lower()) + 1
        year = when["year"] or when["its_year"]
        day = int(when["day"] or 1)
        this_year = _made(int(year) if year else held.year, month, day)
        if this_year and not year and this_year > held:
            return _made(held.year - 1, month, day)
        return this_year
    if when["weekday"]:
        back = (held.weekday() - _DAYS.index(when["weekday"].lower()) - 1) % 7 + 1
        return held - timedelta(days=back)
    if when["yesterday"]:
        return held - timedelta(days=1)
    if when["length"]:
        number = _COUNT.get(when["count"].lower()) or int(when["count"])
        return held - timedelta(days=number * {"day": 1, "week": 7, "month": 30, "year": 365}[when["length"].lower()])
    return None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _source(turn: Turn, start: int, end: int) -> str:
    here = [said for said in (turn.reading.statements if turn.reading else ()) if overlaps(said.span, (start, end))]
    tellers = list(dict.fromkeys(said.teller for said in here if said.source == "told" and said.teller))
    tellers = [one for one in tellers if one.casefold() not in _NO_TELLER]
    if tellers:
        return f"told by {', '.join(tellers)}"
    if any(said.source == "told" for said in here):
        return "told to the worker"
    return "seen or heard by the worker" if any(said.source == "seen" for said in here) else "the worker's account"
