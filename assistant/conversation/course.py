"""The course of a journey: what each of its steps asks next.

A journey file is a list of steps, and each kind of step has one function here that gives its next question, or None
when the step is done. A new journey needs no Python; a new kind of step is one more function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from assistant.conversation import events as e
from assistant.conversation.agreed_steps import steps_of
from assistant.conversation.ending import step_lines, the_page
from assistant.conversation.journeys import (
    LastActionsStep,
    OnlyIf,
    PointsStep,
    QuestionsStep,
    ReadBackStep,
    ScenesStep,
    StepGapsStep,
    StepQuestion,
    ThemesStep,
)
from assistant.conversation.next_question import next_of_the_themes
from assistant.conversation.page_turns import page_turns
from assistant.conversation.point_list import every_point
from assistant.conversation.read_back import read_back
from assistant.conversation.said_before import decided_before, wants_the_plan
from assistant.conversation.situation import Situation
from assistant.conversation.step_gaps import sure_gaps
from assistant.conversation.team_points import first_words, gaps_named
from assistant.library.points import LearningPoint, reading_text

Beside = tuple[e.Beside, ...]
FEWEST_BEFORE_A_SUMMARY = 4
"""Questions of the themes. Fewer leave nothing to sum up."""


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
            slots={"action": action.text},
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
    every = list(every_point(situation.journey, situation.knowledge.points(review.id)))
    for number, (other, point) in enumerate(every, start=1):
        if other is not step:
            continue
        part = _Part(
            f"{step.part}/{point.id}",
            stage="analysis",
            theme=point.section,
            because=f"{number} of {len(every)}: the review asks every team about “{point.section}”",
            beside=(beside_of(situation, point),),
        )
        if asked := _first_unasked(situation, part, step.questions):
            return asked
    return None


def _themes(situation: Situation, step: ThemesStep) -> e.Event | None:
    """The themes, with a summary half-way; once what comes after has begun they are not gone back to."""
    decided = any(turn.asked.stage == "action" and turn.asked.keeps == "decision" for turn in situation.state.turns)
    if decided or wants_the_plan(situation.state):
        return None
    half_way = None
    if step.half_way and _half_way(situation):
        half_way = _question_of_a_summary(situation, "read-back", step.half_way, read_back(situation), "analysis")
    return half_way or next_of_the_themes(situation, step)


def _half_way(situation: Situation) -> bool:
    of_themes = sum(turn.asked.theme in situation.knowledge.prompts.themes for turn in situation.state.turns)
    return of_themes >= FEWEST_BEFORE_A_SUMMARY and of_themes >= situation.room > 1


def _read_back_step(situation: Situation, step: ReadBackStep) -> e.Event | None:
    said_first = the_page(situation) if step.of == "ending" else read_back(situation)
    return _question_of_a_summary(situation, step.part, step.questions[0], said_first, step.stage)


def _question_of_a_summary(
    situation: Situation, part: str, question: StepQuestion, said_first: tuple[str, ...], stage: e.Stage
) -> e.Asked | None:
    if not said_first:
        return None
    because = "what was said is read back, so that you can put it right"
    part_of = _Part(part, stage=stage, theme=part, because=because, said_first=said_first)
    return _first_unasked(situation, part_of, (question,))


def _step_gaps(situation: Situation, step: StepGapsStep) -> e.Event | None:
    gaps = () if situation.short_of_time else sure_gaps(situation)
    if not gaps or page_turns(situation.state):  # what is added to the last page is not asked about again
        return None
    part = _Part(step.part, stage=step.stage, theme=step.part, because="a step leaves something out", said_first=gaps)
    return _first_unasked(situation, part, step.questions)


_NEXT: dict[type, Callable[[Situation, Any], e.Event | None]] = {
    QuestionsStep: _questions,
    LastActionsStep: _last_actions,
    ThemesStep: _themes,
    ReadBackStep: _read_back_step,
    StepGapsStep: _step_gaps,
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
        if name in situation.turns or not question.lasts(situation.state.minutes):
            continue
        if f"{part.name}/{question.unless_asked}" in situation.turns or (question.if_time and situation.short_of_time):
            continue
        if question.keeps == "child-told" and any(turn.asked.keeps == "child-told" for turn in situation.state.turns):
            continue  # of a baby the parents are asked about, whoever turns out to be there besides
        if not situation.fits(question) or (question.only_if and not _holds(situation, part.name, question.only_if)):
            continue
        ladder = situation.knowledge.prompts.ladder.in_words()
        slots = {"decided": decided_before(situation.state), **part.slots}
        wording = situation.worded(_as_it_is_asked(situation, question), ladder=ladder, **slots)
        return situation.asks(
            name,
            wording,
            because=part.because,
            theme=part.theme,
            stage=part.stage,
            beside=part.beside,
            said_first=(*part.said_first, *_read_out(situation, question)),
            facilitator=part.facilitator,
            keeps=question.keeps,
            choices=question.choices,
        )
    return None


def _as_it_is_asked(situation: Situation, question: StepQuestion) -> StepQuestion:
    """One of the ways to ask it: one made for such a case, or else the one that the account tips the balance to."""
    fitting = [
        way for way in question.ways if situation.has(way.needs) and not situation.facts.intersection(way.not_for)
    ]
    texts = [way.text for way in fitting if way.needs] or [question.text, *(way.text for way in fitting)]
    opening = next((turn.answer for turn in situation.state.turns if turn.answer), "")
    return question.model_copy(update={"text": texts[crc32(f"{opening}{question.key}".encode()) % len(texts)]})


def _read_out(situation: Situation, question: StepQuestion) -> tuple[str, ...]:
    match question.reads_out:
        case "gaps":
            return gaps_named(situation.state)
        case "account":
            read = () if _was_read_back(situation) else read_back(situation)
            return (*read, situation.knowledge.prompts.listening.read_back.put_right) if read else ()
        case "ending":
            return the_page(situation)
        case "steps":
            return step_lines(situation, steps_of(situation.state))
        case None:
            return ()


def _was_read_back(situation: Situation) -> bool:
    """The account had a question of its own before anything was decided."""
    steps = (step for step in situation.journey.steps if isinstance(step, ReadBackStep) and step.of == "account")
    return any(f"{step.part}/{question.key}" in situation.turns for step in steps for question in step.questions)


def _holds(situation: Situation, part: str, condition: OnlyIf) -> bool:
    """The earlier answer is there and says what the condition wants; one passed over or refused says nothing."""
    turn = situation.turns.get(f"{part}/{condition.asked}")
    if turn is None or turn.answer is None or f"{part}/{condition.unless_asked}" in situation.turns:
        return False
    if turn.noticing is not None and turn.noticing.manner == "refusal":
        return False
    answer = first_words(turn.answer) if turn.asked.choices else turn.answer
    words = [word.strip(".,;:!?“”\"'()") for word in answer.lower().replace("’", "'").split()]
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
