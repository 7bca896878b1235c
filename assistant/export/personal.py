"""Which of the worker's words are about the worker: they go into the supervision file, never into a child's record.

A whole answer is personal when its question asks after the worker. Of any other answer those sentences are in which the
worker's own distress, feelings or workload were noticed; what they say of the child stays. Nothing is said twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.conversation.state import Turn
from assistant.export.shortening import sentences_of

_KEPT: frozenset[str | None] = frozenset({"wellbeing", "take-away"})
_ABOUT_THE_WORKER = frozenset({"support-after-hard-visits", "human-factors"})
"""Themes whose questions at the reflection stage ask what the work does to the worker."""
_OWN_STATE = re.compile(
    r"\bI(?: (?:just|nearly|really|almost|always))? (?:cried|cry|sobbed|dread(?:ed)?|wept)\b"
    r"|\bI(?:['’]m| am| was| felt| feel| get| got| have been|['’]ve been| came (?:out|away))(?: \w+){0,3}? "
    r"(?:in tears|tearful|cry(?:ing)?|shak(?:ing|en|y)|sick|burn(?:t|ed)? out|exhausted|knackered|off sick|"
    r"anxious|scared|"
    r"frightened|ashamed|guilty|dreading|shattered)\b"
    r"|\bI (?:can|could|did|have)(?:n['’]?t|not| not) (?:been )?sle(?:ep|pt|eping)\b"
    r"|\b(?:my|our) (?:case ?load|workload|own (?:child|children|kids|mum|dad|family|childhood|tank))\b"
    r"|\b(?:I['’]?ve|I have|I['’]?ve got|I['’]?m on|I am on) (?:\w+ )?(?:\d+|twenty|thirty|"
    r"too many)[ \w-]{0,12} cases\b",
    re.IGNORECASE,
)
_OF_THEIR_FEELING = ("thread/feeling", "thread/owned", "probe/worker-distress")
"""Questions that stay with what the worker said of themselves."""
_OF_THE_CHILD = frozenset({"child-words", "child-behaviour"})
_QUOTED = re.compile(r"^(?P<more>Say more about )?(?:You wrote )?“(?P<words>[^”]+)”\.?\s*")
_MARKS = re.compile(r"[“”\"]|\s*…\s*$")


@dataclass(frozen=True)
class Parted:
    """One answer in two."""

    case: str
    """For the child's record; empty when the whole is personal."""
    personal: str


def parted(turn: Turn) -> Parted:
    """An answer, sentence by sentence."""
    answer = turn.answer or ""
    asked = turn.asked
    if asked.keeps in _KEPT or (asked.theme in _ABOUT_THE_WORKER and asked.stage == "reflection"):
        return Parted("", answer)
    spans = _noticed(turn, frozenset({"worker-distress"}))
    stays_with_them = asked.question.startswith(_OF_THEIR_FEELING)
    case, personal = list[str](), list[str]()
    for paragraph in sentences_of(answer):
        here: dict[bool, list[str]] = {True: [], False: []}
        for start, end in paragraph:
            words = answer[start:end]
            own = _OWN_STATE.search(words) is not None or _in(spans, start, end)
            own = own or (stays_with_them and not _tells_of_the_case(turn, start, end))
            here[own].append(words)
        case += [" ".join(here[False])] if here[False] else []
        personal += [" ".join(here[True])] if here[True] else []
    return Parted("\n".join(case), "\n".join(personal))


def asked_in_case(question: str, personal: str) -> str:
    """A question without the worker's own words that it gave back; `personal` holds all of those."""
    quoted = _QUOTED.match(question)
    if quoted and _MARKS.sub("", quoted["words"]) in _MARKS.sub("", personal):
        return question[quoted.end() :] or "Say more about that."
    return question


def _tells_of_the_case(turn: Turn, start: int, end: int) -> bool:
    """A sentence about somebody in the family; where a feeling is asked after, only what a child said or did is."""
    if turn.asked.question.startswith("thread/owned") and turn.reading is not None:
        return any(start <= who.span[0] < end and who.role != "worker" for who in turn.reading.people)
    return _in(_noticed(turn, _OF_THE_CHILD), start, end)


def _in(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(start < to and begin < end for begin, to in spans)


def _noticed(turn: Turn, kinds: frozenset[str]) -> list[tuple[int, int]]:
    if turn.noticing is None:
        return []
    return [span for seen in turn.noticing.observations if seen.kind in kinds for span in seen.spans]
