"""The course of a journey: what each of its steps asks next.

A journey file is a list of steps, and each kind of step has one function here that gives its next question, or None
when the step is done. A new journey needs no Python; a new kind of step is one more function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.conversation import events as e
from assistant.conversation.agenda import next_of_the_themes
from assistant.conversation.prompts import (
    LastActionsStep,
    OnlyIf,
    PointsStep,
    QuestionsStep,
    ScenesStep,
    StepQuestion,
    ThemesStep,
)
from assistant.conversation.situation import Situation
from assistant.library.model import LearningPoint, reading_text

Beside = tuple[e.Beside, ...]


def next_of_the_journey(situation: Situation) -> e.Event | None:
    """The next question of the first step that is not done."""
    for step in situation.journey.steps:
        event = _NEXT[type(step)](situation, step)
        if event is not None:
            return event
    return None


def _questions(situation: Situation, step: QuestionsStep) -> e.Event | None:
    because = f"part of every {situation.journey.name.lower()}"
    scenario = situation.scenario
    said_first = (scenario.about, *scenario.ground_rules) if scenario and not situation.turns else ()
    part = _Part(step.part, stage=step.stage, theme=step.part, because=because, said_first=said_first)
    return _first_unasked(situation, part, step.questions)


def _last_actions(situation: Situation, step: LastActionsStep) -> e.Event | None:
    for number, action in enumerate(situation.state.started.carried, start=1):
        part = _Part(
            f"{step.part}/{number}",
            stage=step.stage,
            theme=step.part,
            because="this was agreed last time",
            slots={"{action}": action.text},
        )
        if asked := _first_unasked(situation, part, step.questions):
            return asked
    return None


def _scenes(situation: Situation, _: ScenesStep) -> e.Event | None:
    scenario = situation.scenario
    if scenario is None:
        return None
    for scene in (*scenario.scenes, scenario.found_after):
        name = f"{scenario.id}/{scene.key}"
        first = not any(question.startswith(f"{name}/") for question in situation.turns)
        part = _Part(
            name,
            stage="experience" if scene is not scenario.found_after else "analysis",
            theme=scene.title,
            because=f"the facts so far: {scene.title}",
            beside=_facts(situation, scenario.review, scene.facts) if first else (),
            facilitator=scene.facilitator,
        )
        if asked := _first_unasked(situation, part, scene.questions):
            return asked
    debrief = _Part(
        f"{scenario.id}/debrief", stage="closing", theme="Debrief", because="the debrief is as long as the play"
    )
    return _first_unasked(situation, debrief, scenario.debrief)


def untold_review(situation: Situation) -> str | None:
    """The review whose story a group is still being told: its learning would give the end away."""
    scenario = situation.scenario
    if scenario is None:
        return None
    told = any(question.startswith(f"{scenario.id}/{scenario.found_after.key}/") for question in situation.turns)
    return None if told else scenario.review


def _points(situation: Situation, step: PointsStep) -> e.Event | None:
    review = situation.knowledge.review(situation.state.started.subject or "")
    if review is None:
        return None
    for point in situation.knowledge.points(review.id):
        if point.kind not in step.kinds:
            continue
        part = _Part(
            f"{step.part}/{point.id}",
            stage="analysis",
            theme=point.section,
            because=f"the review asks every team to hold its practice against it: “{point.section}”",
            beside=(beside_of(situation, point),),
        )
        if asked := _first_unasked(situation, part, step.questions):
            return asked
    return None


_NEXT: dict[type, Callable[[Situation, Any], e.Event | None]] = {
    QuestionsStep: _questions,
    LastActionsStep: _last_actions,
    ThemesStep: next_of_the_themes,
    ScenesStep: _scenes,
    PointsStep: _points,
}


@dataclass(frozen=True)
class _Part:
    """What the questions of one part of a step have in common."""

    name: str
    stage: e.Stage
    theme: str
    because: str
    beside: Beside = ()
    said_first: tuple[str, ...] = ()
    facilitator: str = ""
    slots: Mapping[str, str] = field(default_factory=dict)


def _first_unasked(situation: Situation, part: _Part, questions: Iterable[StepQuestion]) -> e.Asked | None:
    for question in questions:
        name = f"{part.name}/{question.key}"
        if name in situation.turns or question.least_minutes > situation.state.started.minutes:
            continue
        if question.only_if and not _holds(situation, part.name, question.only_if):
            continue
        wording = question.filled({"{ladder}": situation.knowledge.prompts.ladder.in_words(), **part.slots})
        return e.Asked(
            at=situation.now,
            question=name,
            theme=part.theme,
            stage=part.stage,
            text=wording.text,
            type=wording.type,
            intent=wording.intent,
            because=part.because,
            beside=part.beside,
            said_first=part.said_first,
            facilitator=part.facilitator,
            keeps=question.keeps,
        )
    return None


def _holds(situation: Situation, part: str, condition: OnlyIf) -> bool:
    """The earlier answer is there and says what the condition wants; one passed over or refused says nothing."""
    turn = situation.turns.get(f"{part}/{condition.asked}")
    if turn is None or turn.answer is None or f"{part}/{condition.unless_asked}" in situation.turns:
        return False
    if turn.noticing is not None and turn.noticing.manner == "refusal":
        return False
    words = [word.strip(".,;:!?“”\"'()") for word in turn.answer.lower().replace("’", "'").split()]
    said = " " + " ".join(words)
    wanted = not condition.says or any(f" {start}" in said for start in condition.says)
    return wanted and not any(f" {start}" in said for start in condition.says_none_of)


def beside_of(situation: Situation, point: LearningPoint) -> e.Beside:
    """A learning point as it is set above a question."""
    review = situation.knowledge.review(point.review)
    return e.Beside(
        text=point.text,
        review=point.review,
        title=review.title if review else point.review,
        publisher=review.publisher if review else "",
        published=review.published if review else None,
        section=point.section,
        lines=point.lines,
        point=point.id,
    )


def _facts(situation: Situation, review_id: str, facts: Iterable[str]) -> Beside:
    """The facts of a scene with their place in the review; a fact that no longer stands there is left out."""
    points = situation.knowledge.points(review_id)
    found = []
    for fact in facts:
        holder = next((point for point in points if fact in point.text or fact in reading_text(point.text)), None)
        if holder is not None:
            found.append(beside_of(situation, holder).model_copy(update={"text": fact}))
    return tuple(found)
