"""Where a session stands, put into the models the panels show. Pure functions of the state; nothing is decided here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from assistant.app import content
from assistant.conversation.journeys import Journey, PointsStep, QuestionsStep, ReadBackStep, StepGapsStep, ThemesStep
from assistant.conversation.moves import Standing
from assistant.conversation.prompts import Prompts
from assistant.conversation.state import State, Turn
from assistant.conversation.wording import STAGES
from assistant.retrieval.results import Hit

CYCLE = ("experience", "reflection", "analysis", "action")
"""The stages of the reflective cycle, as the header draws them."""
NAMES = {
    "child": "Child",
    "mother": "Mother",
    "father": "Fathers, men",
    "wider-family": "Wider family",
    "professional": "Professionals",
}


def theme_name(theme: str, prompts: Prompts) -> str | None:
    """The name of a theme as people read it; None outside the themes."""
    known = prompts.themes.get(theme)
    return known.name if known else None


def people_named(state: State) -> Counter[str]:
    """How often each is named in all the answers so far; empty before anything was noticed."""
    people: Counter[str] = Counter()
    for turn in state.turns:
        if turn.noticing is not None:
            people.update({str(person): count for person, count in turn.noticing.people.items()})
    return people


def why_nothing(state: State, place: int) -> str:
    """Why nothing is quoted under an answer, as a sentence; nothing where that was said in this session already."""
    *before, here = (_why_nothing(turn) for turn in state.turns[: place + 1])
    return content.sentence(here) if here and here not in before else ""


def quoted_under(state: State, place: int) -> tuple[Hit, ...]:
    """What is quoted under an answer: not the point that is asked about next, which stands over its own question."""
    offered = state.turns[place].offered
    if offered is None or not offered.looked:
        return ()
    after = state.turns[place + 1].asked.beside if place + 1 < len(state.turns) else ()
    next_asked = {(one.review, one.lines) for one in after}
    return tuple(hit for hit in offered.hits if (hit.review, hit.lines) not in next_asked)


def quoted_before(state: State, place: int) -> bool:
    """The question just before was asked of the same words, which stand over it."""
    beside = state.turns[place].asked.beside
    return bool(beside) and place > 0 and state.turns[place - 1].asked.beside == beside


def last_found_nothing(state: State) -> bool:
    """Nothing in the reviews is close to the newest answer."""
    answered = [turn for turn in state.turns if turn.offered is not None and turn.offered.looked]
    return bool(answered) and _why_nothing(answered[-1]) != ""


def _why_nothing(turn: Turn) -> str:
    offered = turn.offered
    return offered.because if offered is not None and offered.looked and not offered.hits else ""


def minutes_left(minutes: float) -> str:
    """The time still to come, in words."""
    left = ceil(minutes)
    if left > 1:
        return f"{left} minutes left"
    if left == 1:
        return "1 minute left"
    return "the time is up" if left == 0 else f"{-left} minutes over"


def short(words: str, room: int) -> str:
    """As much as a line has room for, cut at a word."""
    line = " ".join(words.split())
    return line if len(line) <= room else f"{line[:room].rsplit(' ', 1)[0]} …"


def stage_dots(stage: str) -> str:
    """How far round the reflective cycle: one dot for each stage, filled up to where we are."""
    reached = CYCLE.index(stage) + 1 if stage in CYCLE else len(CYCLE) if stage == "closing" else 0
    return "●" * reached + "○" * (len(CYCLE) - reached)


def where_we_are(state: State, prompts: Prompts) -> tuple[str, ...]:
    """The stage and the theme on the table, in words; then in fewer words, down to none."""
    if state.current is None:
        return ("",)
    asked = state.current.asked
    dots, stage = stage_dots(asked.stage), STAGES.get(asked.stage, "")
    themes = {item.theme for item in state.agenda if not item.parked}
    met = len(themes & {turn.asked.theme for turn in state.turns})
    counted = f"{met} of {len(themes)} themes" if themes else ""
    name = theme_name(asked.theme, prompts)
    fuller = [f"{stage} {dots}   {name}, {counted}"] if name and counted else []
    return (*fuller, f"{stage} {dots}   {counted}".rstrip(), f"{stage} {dots}", dots, "")


def header(case: str, journey: str, where: Sequence[str], left: str, width: int) -> str:
    """One line of so many columns: whose session on the left, where we are, the time left at the right edge."""
    for whose in (f"{case} · {journey}", case):
        for part in where:
            line = f"{whose}   {part}".rstrip()
            if len(line) + 2 + len(left) <= width:
                return f"{line}{left:>{width - len(line)}}"
    room = max(1, width - len(left) - 3)
    return f"{case[:room]}… {left}"


@dataclass(frozen=True)
class PlanPart:
    """A part of the session outside its themes."""

    name: str
    standing: Standing


def parts_around(state: State, journey: Journey) -> tuple[tuple[PlanPart, ...], tuple[PlanPart, ...]]:
    """What comes before the themes of the plan, or a review's points, and what comes after them; where each stands."""
    steps = list(journey.steps)
    pivot = next((place for place, step in enumerate(steps) if isinstance(step, ThemesStep | PointsStep)), len(steps))
    now = (state.current.asked.stage, state.current.asked.theme) if state.current else ("", "")
    met = {turn.asked.theme for turn in state.turns}
    around: tuple[dict[str, set[str]], dict[str, set[str]]] = ({}, {})
    for place, step in enumerate(steps):
        if isinstance(step, QuestionsStep | ReadBackStep | StepGapsStep):
            around[place > pivot].setdefault(step.stage, set()).add(step.part)

    def standing(stage: str, parts: set[str]) -> Standing:
        at_it = now[0] == stage and now[1] in parts
        return "now" if at_it else "done" if parts & met else "to come"

    before, after = (
        tuple(PlanPart(STAGES.get(stage, stage), standing(stage, parts)) for stage, parts in side.items())
        for side in around
    )
    return before, after
