"""The questions and journeys as people wrote them, read from `prompts/` and checked.

Owns the shapes of those files. Choosing among the questions is the rules' business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from assistant.conversation.events import Stage
from assistant.errors import DataFileError, Problem
from assistant.packs import Marks, PackModel, closest, read_packs
from assistant.resources import laid_over

ThemeStage = Literal["experience", "reflection", "analysis", "action"]
STAGES: tuple[ThemeStage, ...] = ("experience", "reflection", "analysis", "action")
QuestionType = Literal[
    "open", "lineal", "circular", "reflexive", "hypothetical", "scaling", "exception", "strategic", "closed"
]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Question(PackModel):
    """One question a person wrote."""

    text: Words
    type: QuestionType
    intent: Words
    """Shown for 'why this question?'."""
    concepts: tuple[str, ...] = ()
    """Lexicon concepts that call it up before its neighbours."""


class Quoted(PackModel):
    """A question that a review asks its reader, word for word."""

    review: str
    text: Words


class StageQuestions(PackModel):
    """The questions of one theme, by stage; no stage is empty."""

    experience: tuple[Question, ...] = Field(min_length=1)
    reflection: tuple[Question, ...] = Field(min_length=1)
    analysis: tuple[Question, ...] = Field(min_length=1)
    action: tuple[Question, ...] = Field(min_length=1)

    def at(self, stage: ThemeStage) -> tuple[Question, ...]:
        """The questions of `stage`, in the order of the file."""
        questions: tuple[Question, ...] = getattr(self, stage)
        return questions


class NamedPack(PackModel):
    """A file whose `id` is its name without the ending."""

    id: str


class Theme(NamedPack):
    """A subject of reflection with its questions."""

    name: Words
    about: Words
    concepts: tuple[str, ...] = ()
    questions: StageQuestions
    quoted: tuple[Quoted, ...] = ()


class JourneyQuestion(Question):
    """A question that belongs to the course of the session rather than to a theme."""

    least_minutes: int = 0
    """Left out of sessions shorter than this."""


class Depth(PackModel):
    """How far a session of so many minutes goes."""

    minutes: int = Field(gt=0)
    questions_per_stage: int = Field(default=1, gt=0)
    more_themes: int = Field(default=0, ge=0)
    """How many themes are chosen for this account beside those always met."""


class Journey(NamedPack):
    """The course of one kind of session."""

    name: Words
    about: Words
    role: Literal["supervisor", "practitioner", "trainer", "team"]
    depths: tuple[Depth, ...] = Field(min_length=1)
    opening: tuple[JourneyQuestion, ...] = ()
    always: tuple[str, ...] = ()
    """Themes met in every session."""
    closing: tuple[JourneyQuestion, ...] = ()

    def depth(self, minutes: int) -> Depth:
        """The deepest course that fits into `minutes`, or the shortest there is."""
        fitting = [depth for depth in self.depths if depth.minutes <= minutes]
        return max(fitting or self.depths, key=lambda d: d.minutes if fitting else -d.minutes)


@dataclass(frozen=True)
class Prompts:
    """All that is read from `prompts/`."""

    themes: Mapping[str, Theme]
    journeys: Mapping[str, Journey]


def load_prompts(home: Path) -> Prompts:
    """Read every theme and journey, the user's own laid over the shipped ones.

    Raises DataFileError listing every fault in every file.
    """
    themes, journeys = read_themes(home), read_journeys(home)
    packs: list[tuple[NamedPack, Marks]] = [*themes, *journeys]
    problems = [problem for pack, marks in packs for problem in _misnamed(pack, marks)]
    known = {theme.id for theme, _ in themes}
    for journey, marks in journeys:
        for position, theme in enumerate(journey.always):
            if theme not in known:
                problem = f"always.{position}: no theme is called '{theme}'{closest(theme, known)}"
                problems.append(marks.problem(problem, ("always", position)))
    if problems:
        raise DataFileError(problems)
    return Prompts(
        themes={theme.id: theme for theme, _ in themes},
        journeys={journey.id: journey for journey, _ in journeys},
    )


def read_themes(home: Path) -> list[tuple[Theme, Marks]]:
    """Every theme file, with the lines of its values."""
    return read_packs(laid_over("prompts", "themes", suffix=".yaml", home=home), Theme)


def read_journeys(home: Path) -> list[tuple[Journey, Marks]]:
    """Every journey file, with the lines of its values."""
    return read_packs(laid_over("prompts", "journeys", suffix=".yaml", home=home), Journey)


def question_id(part: str, stage: Stage, ordinal: int) -> str:
    """`voice-of-the-child/experience/1`; ordinals count from 1."""
    return f"{part}/{stage}/{ordinal}"


def _misnamed(pack: NamedPack, marks: Marks) -> list[Problem]:
    if pack.id == marks.path.stem:
        return []
    return [marks.problem(f"id: '{pack.id}' should be '{marks.path.stem}', the name of the file", ("id",))]
