"""The questions, journeys and scenarios as people wrote them, read from `prompts/` and checked.

Owns the shapes of those files. Choosing among the questions is the rules' business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field, StringConstraints

from assistant.conversation.events import Keeps, Stage
from assistant.conversation.observed import Noticing, ObservationKind, Person
from assistant.errors import DataFileError, Problem
from assistant.library.model import Kind
from assistant.packs import Location, Marks, Model, PackModel, closest, read_pack, read_packs
from assistant.resources import laid_over

ThemeStage = Literal["experience", "reflection", "analysis", "action"]
STAGES: tuple[ThemeStage, ...] = ("experience", "reflection", "analysis", "action")
QuestionType = Literal[
    "open", "lineal", "circular", "reflexive", "hypothetical", "scaling", "exception", "strategic", "closed"
]
Role = Literal["supervisor", "practitioner", "trainer", "team"]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Wording(PackModel):
    """How something is asked, and what for."""

    text: Words
    type: QuestionType
    intent: Words
    """Shown for 'why this question?'."""

    def filled(self, slots: Mapping[str, str]) -> Wording:
        """The same with each slot, such as `{words}`, replaced by its words."""
        text = self.text
        for slot, words in slots.items():
            text = text.replace(slot, words)
        return self.model_copy(update={"text": text})


class Question(Wording):
    """One question a person wrote."""

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

    id: Key
    name: Words
    about: Words


Pack = TypeVar("Pack", bound=NamedPack)


class Theme(NamedPack):
    """A subject of reflection with its questions."""

    concepts: tuple[str, ...] = ()
    questions: StageQuestions
    quoted: tuple[Quoted, ...] = ()


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


class StepQuestion(Question):
    """A question that belongs to the course of a session rather than to a theme."""

    key: Key
    """Its name within the step; part of the question's id."""
    least_minutes: int = 0
    """Left out of sessions shorter than this."""
    only_if: OnlyIf | None = None
    keeps: Keeps | None = None


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


class ScenesStep(PackModel):
    """The scenes of a scenario, what was found only afterwards, and the debrief."""

    step: Literal["scenes"]


class PointsStep(PackModel):
    """The same questions about each learning point of a review."""

    step: Literal["points"]
    part: Key
    kinds: tuple[Kind, ...]
    questions: tuple[StepQuestion, ...] = Field(min_length=1)


Step = Annotated[QuestionsStep | LastActionsStep | ThemesStep | ScenesStep | PointsStep, Field(discriminator="step")]


class Depth(PackModel):
    """How far a session of so many minutes goes."""

    minutes: int = Field(gt=0)
    questions_per_stage: int = Field(default=1, gt=0)
    more_themes: int = Field(default=0, ge=0)
    """How many themes are chosen for this account beside those always met."""
    probes: int = Field(default=0, ge=0)
    """How often, in all, the program may look closer at what an answer shows."""
    asked_after: int = Field(default=0, ge=0)
    """How often, in all, somebody whom the account leaves out is asked after."""
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
    minutes: int = Field(gt=0)
    ground_rules: tuple[Words, ...] = Field(min_length=1)
    scenes: tuple[Scene, ...] = Field(min_length=1)
    found_after: Scene
    """What the review found only afterwards."""
    debrief: tuple[StepQuestion, ...] = Field(min_length=1)


class Probe(Wording):
    """A closer look: `{words}` stands for the user's own words."""


class Refused(PackModel):
    """What meets a refusal: a sentence that takes it as it is, and a question that is easier to answer."""

    said_first: Words
    instead: Probe


class Missing(PackModel):
    """Somebody, or something of the child's, that several answers in a row have not mentioned."""

    key: Key
    person: Person | None = None
    kind: ObservationKind | None = None
    theme: str
    """Where it is asked about anyway: while this theme is still to come, nothing is asked here."""
    because: Words
    probe: Probe

    def named_in(self, noticing: Noticing) -> bool:
        """Whether an answer mentions it: by its person or kind where it has one, or else by its theme."""
        if self.person is not None:
            return noticing.people.get(self.person, 0) > 0
        if self.kind is not None:
            return any(observation.kind == self.kind for observation in noticing.observations)
        return self.theme in noticing.themes


class Probes(PackModel):
    """The closer looks that the moves of every journey share, from `prompts/probes.yaml`."""

    beside_a_review: tuple[Probe, ...] = Field(min_length=1)
    """Asked after learning was shown: the case held against the review, without hindsight."""
    beside_a_strength: tuple[Probe, ...] = ()
    """The same beside words that praise what was done."""
    beside_a_question: tuple[Probe, ...] = ()
    """The same beside a question that the review asks its reader."""
    beside_a_resource: tuple[Probe, ...] = ()
    """The same beside something to use."""
    praise: tuple[str, ...] = ()
    """Words by which a finding turns out to praise."""
    mirror: tuple[Probe, ...] = Field(min_length=1)
    """Asked when somebody who matters is missing from the account; `{mirror}` stands for the counts."""
    refused: tuple[Refused, ...] = ()
    """For the first refusals of a session, in turn."""
    refused_again: Words | None = None
    """Said before the next question after every later one."""
    closing_early: ClosingEarly | None = None
    """Offered after several refusals in a row."""
    smaller: dict[ThemeStage, tuple[Probe, ...]] = Field(default_factory=dict)
    """Asked after an answer that says nothing, by the stage of the question it was given to."""
    missing: tuple[Missing, ...] = ()
    """What to ask after when the account leaves it out, the most telling first."""

    def worded(self) -> Iterator[tuple[Location, Wording]]:
        """Every question, and where in the file it stands."""
        for part in ("beside_a_review", "beside_a_strength", "beside_a_question", "beside_a_resource", "mirror"):
            choices: tuple[Probe, ...] = getattr(self, part)
            yield from (((part, place), probe) for place, probe in enumerate(choices))
        for place, refused in enumerate(self.refused):
            yield ("refused", place, "instead"), refused.instead
        for place, question in enumerate(self.closing_early.questions if self.closing_early else ()):
            yield ("closing_early", "questions", place), question
        for stage, choices in self.smaller.items():
            yield from ((("smaller", stage, place), probe) for place, probe in enumerate(choices))
        for place, missing in enumerate(self.missing):
            yield ("missing", place, "probe"), missing.probe


class Rung(PackModel):
    """One step of the local way to take a disagreement further."""

    name: Words
    who: Words
    within: Words
    """How long before the next rung, in words."""
    working_hours: float = Field(gt=0)
    """The same in working hours, for the clock."""


class Ladder(PackModel):
    """The local escalation procedure, from `prompts/escalation.yaml`."""

    note: Words
    rungs: tuple[Rung, ...] = Field(min_length=1)

    def in_words(self) -> str:
        """The rungs on one line, numbered from the lowest."""
        return "; ".join(f"{number} {rung.name.lower()}" for number, rung in enumerate(self.rungs, start=1))


@dataclass(frozen=True)
class Prompts:
    """All that is read from `prompts/`."""

    themes: Mapping[str, Theme]
    journeys: Mapping[str, Journey]
    scenarios: Mapping[str, Scenario]
    probes: Probes
    ladder: Ladder


def load_prompts(home: Path) -> Prompts:
    """Read every file, the user's own laid over the shipped ones.

    Raises DataFileError listing every fault in every file.
    """
    themes, journeys, scenarios = read_themes(home), read_journeys(home), read_scenarios(home)
    packs: list[tuple[NamedPack, Marks]] = [*themes, *journeys, *scenarios]
    problems = [problem for pack, marks in packs for problem in _misnamed(pack, marks)]
    known = frozenset(theme.id for theme, _ in themes)
    for journey, marks in journeys:
        problems += _astray(journey, marks, known)
    probes, marks = read_probes(home)
    problems += _of_no_theme(probes, marks, known)
    if problems:
        raise DataFileError(problems)
    return Prompts(
        themes=_by_id(themes),
        journeys=_by_id(journeys),
        scenarios=_by_id(scenarios),
        probes=probes,
        ladder=_the_one("escalation.yaml", Ladder, home)[0],
    )


def read_themes(home: Path) -> list[tuple[Theme, Marks]]:
    """Every theme file, with the lines of its values."""
    return _read("themes", Theme, home)


def read_journeys(home: Path) -> list[tuple[Journey, Marks]]:
    """Every journey file, with the lines of its values."""
    return _read("journeys", Journey, home)


def read_scenarios(home: Path) -> list[tuple[Scenario, Marks]]:
    """Every scenario file, with the lines of its values."""
    return _read("scenarios", Scenario, home)


def _read(folder: str, model: type[Model], home: Path) -> list[tuple[Model, Marks]]:
    return read_packs(laid_over("prompts", folder, suffix=".yaml", home=home), model)


def read_probes(home: Path) -> tuple[Probes, Marks]:
    """The closer looks that every journey shares."""
    return _the_one("probes.yaml", Probes, home)


def _the_one(name: str, model: type[Model], home: Path) -> tuple[Model, Marks]:
    (path,) = laid_over("prompts", suffix=name, home=home)
    return read_pack(path, model)


def _by_id(packs: Iterable[tuple[Pack, Marks]]) -> dict[str, Pack]:
    return {pack.id: pack for pack, _ in packs}


def _misnamed(pack: NamedPack, marks: Marks) -> list[Problem]:
    if pack.id == marks.path.stem:
        return []
    return [marks.problem(f"id: '{pack.id}' should be '{marks.path.stem}', the name of the file", ("id",))]


def _astray(journey: Journey, marks: Marks, themes: frozenset[str]) -> Iterable[Problem]:
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


def _of_no_theme(probes: Probes, marks: Marks, themes: frozenset[str]) -> Iterable[Problem]:
    for place, missing in enumerate(probes.missing):
        if missing.theme not in themes:
            message = f"missing.{place}: no theme is called '{missing.theme}'{closest(missing.theme, themes)}"
            yield marks.problem(message, ("missing", place, "theme"))


def question_id(theme: str, stage: ThemeStage | Literal["quoted"], ordinal: int) -> str:
    """`voice-of-the-child/experience/1`; ordinals count from 1."""
    return f"{theme}/{stage}/{ordinal}"
