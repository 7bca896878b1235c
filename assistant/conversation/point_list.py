"""The points of a team review as one list: where each stands, and what will be done about it.

Owns the list; which points a team is asked about is `team_points.py`'s, and the order of questions `course.py`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.conversation.journeys import Journey, PointsStep
from assistant.conversation.knowledge import Knowledge
from assistant.conversation.state import State, Turn
from assistant.conversation.team_points import first_words, is_gap, points_for_a_team
from assistant.library.points import LearningPoint, reading_text

PointStanding = Literal["now", "to come", "skipped", "in place", "gap", "not ours"]


@dataclass(frozen=True)
class PointLine:
    """One point of the list."""

    number: int
    text: str
    standing: PointStanding
    said: str = ""
    """The team's answer in its first words: "partly"."""
    plan: str = ""
    """What will be done about it."""
    turn: int | None = None
    """Where in the session its status was asked; None where it is still to come."""


def every_point(journey: Journey, points: tuple[LearningPoint, ...]) -> Iterator[tuple[PointsStep, LearningPoint]]:
    """Each point a team is asked about, with the step that asks, in order."""
    for step in journey.steps:
        if isinstance(step, PointsStep):
            yield from ((step, point) for point in points_for_a_team(points, step))


def point_list(state: State, knowledge: Knowledge) -> tuple[PointLine, ...]:
    """Every point of the review; none in other kinds of session."""
    journey = knowledge.prompts.journeys[state.started.journey]
    review = knowledge.review(state.started.subject or "") if journey.subject == "review" else None
    if review is None:
        return ()
    every = every_point(journey, knowledge.points(review.id))
    return tuple(_line(number, step, point, state) for number, (step, point) in enumerate(every, start=1))


def _line(number: int, step: PointsStep, point: LearningPoint, state: State) -> PointLine:
    asked = {
        turn.asked.keeps: place
        for place, turn in enumerate(state.turns)
        if turn.asked.question.startswith(f"{step.part}/{point.id}/")
    }
    place = asked.get("review-status")
    status = state.turns[place] if place is not None else None
    plan = state.turns[asked["review-plan"]].answer if "review-plan" in asked else None
    now = state.cursor in asked.values()
    return PointLine(
        number=number,
        text=reading_text(point.text),
        standing=_standing(status, now=now),
        said=first_words(status.answer).lower() if status is not None and status.answer else "",
        plan=plan or "",
        turn=place,
    )


def _standing(status: Turn | None, *, now: bool) -> PointStanding:
    if now:
        return "now"
    if status is None:
        return "to come"
    if status.answer is None:
        return "skipped"
    if "not our" in status.answer.casefold():
        return "not ours"
    return "gap" if is_gap(status) else "in place"
