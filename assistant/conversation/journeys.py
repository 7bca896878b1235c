"""The course of one kind of session, and a scenario it may go through, as files of `prompts/` have them.

Owns the shapes of `prompts/journeys/` and `prompts/scenarios/`, and the names in a journey that must lead somewhere.
Reading the files is for `prompts`, going the course for `course`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field

from assistant.conversation.case_facts import CaseFact
from assistant.conversation.events import Keeps, Stage
from assistant.conversation.themes import Key, NamedPack, Question
from assistant.errors import Problem
from assistant.library.points import Kind
from assistant.noticing.probes import Words
from assistant.yaml_files import Location, Marks, PackModel, closest

Role = Literal["supervisor", "practitioner", "trainer", "team"]


class OnlyIf(PackModel):
    """A question is asked only after a certain answer to an earlier one of the same step."""

    asked: Key
    says: tuple[str, ...] = ()
    """Beginnings of words, any of which the answer must have."""
    says_none_of: tuple[str, ...] = ()
    """Beginnings of words, none of which the answer may have."""
    unless_asked: Key | None = None
    """Another question of the step that takes the place of this one where it was asked."""

    @property
    def either_way(self) -> bool:
        """Whatever the answer says, this question or the one that takes its place is asked."""
        return self.unless_asked is not None and not self.says and not self.says_none_of


class Way(PackModel):
    """Another way to ask a question."""

    text: Words
    needs: tuple[CaseFact, ...] = ()
    not_for: tuple[CaseFact, ...] = ()


class StepQuestion(Question):
    """A question that belongs to the course of a session rather than to a theme."""

    key: Key
    """Its name within the step; part of the question's id."""
    least_minutes: int = 0
    """Left out of sessions shorter than this."""
    most_minutes: int | None = None
    """Left out of sessions longer than this."""
    if_time: bool = False
    """Left out when the session's time is nearly spent."""
    unless_asked: Key | None = None
    """Another question of the step that takes the place of this one where it was asked."""
    ways: tuple[Way, ...] = ()
    """Other ways to ask it. One that needs something of the case is used where that is so; among the rest, and the
    first wording, the account decides, so that not every session sounds the same."""
    only_if: OnlyIf | None = None
    keeps: Keeps | None = None
    choices: tuple[Words, ...] = ()
    """The answers a closed question offers; one typed in other words is read by its first ones."""
    reads_out: Literal["gaps", "account", "steps", "ending"] | None = None
    """What is read out before it: every gap that a team has named, the account so far, the steps there are already, or
    the page at the end."""

    def lasts(self, minutes: int) -> bool:
        """Whether a session of so many minutes has it."""
        return self.least_minutes <= minutes and (self.most_minutes is None or minutes <= self.most_minutes)


class QuestionsStep(PackModel):
    """Questions asked in their order."""

    step: Literal["questions"]
    part: Key
    stage: Stage
    questions: tuple[StepQuestion, ...] = Field(min_length=1)


class LastActionsStep(PackModel):
    """The same questions about each action agreed last time; `{action}` stands for it."""

    step: Literal["last-actions"]
    part: Key
    stage: Stage
    questions: tuple[StepQuestion, ...] = Field(min_length=1)


class ThemesStep(PackModel):
    """Themes of reflection: some always met, others chosen for the account."""

    step: Literal["themes"]
    always: tuple[str, ...] = ()
    half_way: StepQuestion | None = None
    """Asked of a summary of what was said, half-way through."""


class ReadBackStep(PackModel):
    """A summary, of the account or of where the session ends, and one question of it."""

    step: Literal["read-back"]
    of: Literal["account", "ending"] = "account"
    part: Key
    stage: Stage
    questions: tuple[StepQuestion, ...] = Field(min_length=1, max_length=1)


class StepGapsStep(PackModel):
    """One question on what the steps leave out, asked only where they leave something out."""

    step: Literal["step-gaps"]
    part: Key
    stage: Stage
    questions: tuple[StepQuestion, ...] = Field(min_length=1, max_length=1)


class ScenesStep(PackModel):
    """The scenes of a scenario, what was found only afterwards, and the debrief."""

    step: Literal["scenes"]


class PointsStep(PackModel):
    """The same questions about each learning point of a review."""

    step: Literal["points"]
    part: Key
    kinds: tuple[Kind, ...]
    questions: tuple[StepQuestion, ...] = Field(min_length=1)


Step = Annotated[
    QuestionsStep | LastActionsStep | ThemesStep | ReadBackStep | StepGapsStep | ScenesStep | PointsStep,
    Field(discriminator="step"),
]


class Depth(PackModel):
    """How far a session of so many minutes goes."""

    minutes: int = Field(gt=0, le=24 * 60)
    questions_per_stage: int = Field(default=1, gt=0)
    more_themes: int = Field(default=0, ge=0)
    """How many themes are chosen for this account beside those always met."""
    probes: int = Field(default=0, ge=0)
    """How often, in all, the program may look closer at what an answer shows."""
    beside_reviews: int = Field(default=0, ge=0)
    """How often, in all, the case is held against a learning point just shown."""
    quoted_per_theme: int = Field(default=0, ge=0)
    """How many of the reviews' own questions are asked in each theme."""
    questions: int | None = Field(default=None, gt=0)
    """About how many questions so many minutes bear, closer looks among them. What the journey asks after its themes is
    set aside first, and the themes share the rest. Without it the themes are asked through."""


class ClosingEarly(PackModel):
    """For somebody who goes on refusing: an offer to close, and the few questions that are still worth asking."""

    said_first: Words
    questions: tuple[StepQuestion, ...] = Field(min_length=1, max_length=3)


class Journey(NamedPack):
    """The course of one kind of session."""

    role: Role
    subject: Literal["scenario", "review"] | None = None
    """What it is about, where it needs a choice."""
    depths: tuple[Depth, ...] = Field(min_length=1)
    steps: tuple[Step, ...] = Field(min_length=1)
    closing_early: ClosingEarly | None = None
    """Of its own, where the one that sessions about a case share (`probes.yaml`) does not fit."""

    def depth(self, minutes: int) -> Depth:
        """The deepest course that fits into `minutes`, or the shortest there is."""
        fitting = [depth for depth in self.depths if depth.minutes <= minutes]
        return max(fitting, key=lambda d: d.minutes) if fitting else min(self.depths, key=lambda d: d.minutes)

    @property
    def training(self) -> bool:
        """The account is invented: act-now cards say that they are for training."""
        return self.role == "trainer"


class Scene(PackModel):
    """One part of a scenario: facts that come out, and a pause with questions."""

    key: Key
    title: Words
    facts: tuple[Words, ...] = Field(min_length=1)
    """Word for word from the review, in its order."""
    facilitator: Words
    """Notes for whoever leads the group, shown on demand."""
    questions: tuple[StepQuestion, ...] = Field(min_length=1)


class Scenario(NamedPack):
    """A case told step by step from the case facts of a review."""

    review: str
    minutes: int = Field(gt=0, le=24 * 60)
    ground_rules: tuple[Words, ...] = Field(min_length=1)
    scenes: tuple[Scene, ...] = Field(min_length=1)
    found_after: Scene
    """What the review found only afterwards."""
    debrief: tuple[StepQuestion, ...] = Field(min_length=1)


def astray(journey: Journey, marks: Marks, themes: frozenset[str]) -> Iterable[Problem]:
    """Names in a journey that lead nowhere: themes that are not there, questions never asked before."""
    for place, step in enumerate(journey.steps):
        at: Location = ("steps", place)
        if isinstance(step, ThemesStep):
            for position, theme in enumerate(step.always):
                if theme not in themes:
                    message = f"always.{position}: no theme is called '{theme}'{closest(theme, themes)}"
                    yield marks.problem(message, (*at, "always", position))
        elif not isinstance(step, ScenesStep):
            before: set[str] = set()
            for position, question in enumerate(step.questions):
                where = (*at, "questions", position)
                if question.key in before:
                    yield marks.problem(f"key: '{question.key}' is used twice in this step", (*where, "key"))
                needed = (question.only_if.asked, question.only_if.unless_asked) if question.only_if else ()
                for key in needed:
                    if key is not None and key not in before:
                        message = f"only_if: no earlier question of this step has the key '{key}'"
                        yield marks.problem(message, (*where, "only_if"))
                before.add(question.key)
