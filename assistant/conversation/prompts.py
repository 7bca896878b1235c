"""The questions, journeys and scenarios as people wrote them, read from `prompts/` and checked.

Owns the shapes of those files. Choosing among the questions is the rules' business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field, StringConstraints

from assistant.conversation.act_now_talk import ActNowTalk
from assistant.conversation.asked_us import QuestionsToUs
from assistant.conversation.case_facts import CaseFact
from assistant.conversation.events import Keeps, Stage
from assistant.conversation.listening import Listening
from assistant.errors import DataFileError, Problem
from assistant.library.points import Kind
from assistant.noticing.probes import Probe, Wording, Words
from assistant.resources import overlaid
from assistant.yaml_files import Location, Marks, Model, PackModel, closest, read_pack, read_packs
from assistant.yaml_kept import Kept

ThemeStage = Literal["experience", "reflection", "analysis", "action"]
STAGES: tuple[ThemeStage, ...] = ("experience", "reflection", "analysis", "action")
Role = Literal["supervisor", "practitioner", "trainer", "team"]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Question(Wording):
    """One question a person wrote."""

    concepts: tuple[str, ...] = ()
    """Lexicon concepts it is about; an answer that is about them too calls it up."""
    after: tuple[Words, ...] = ()
    """Things a worker might have just said, in their own words, to which it would be a good reply."""
    only_after: bool = False
    """It makes no sense before something like them was said."""
    needs: tuple[CaseFact, ...] = ()
    """What must be so of the case before it can be asked."""
    not_for: tuple[CaseFact, ...] = ()
    """What rules it out."""
    answered_by: tuple[CaseFact, ...] = ()
    """What, once it is known, has answered it."""


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

    spoken: Words | None = None
    """What it is about, as it is said in a sentence: "the men around {child}"."""
    concepts: tuple[str, ...] = ()
    needs: tuple[CaseFact, ...] = ()
    """What all of its questions need."""
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

    minutes: int = Field(gt=0)
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
    minutes: int = Field(gt=0)
    ground_rules: tuple[Words, ...] = Field(min_length=1)
    scenes: tuple[Scene, ...] = Field(min_length=1)
    found_after: Scene
    """What the review found only afterwards."""
    debrief: tuple[StepQuestion, ...] = Field(min_length=1)


class Refused(PackModel):
    """What meets a refusal: a sentence that takes it as it is, and a question that is easier to answer."""

    said_first: Words
    instead: Probe


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
    refused: tuple[Refused, ...] = ()
    """For the first refusals of a session, in turn."""
    refused_again: Words | None = None
    """Said before the next question after every later one."""
    closing_early: ClosingEarly | None = None
    """Offered after several refusals in a row."""
    smaller: dict[ThemeStage, tuple[Probe, ...]] = Field(default_factory=dict)
    """Asked after an answer that says nothing, by the stage of the question it was given to."""

    def worded(self) -> Iterator[tuple[Location, Wording]]:
        """Every question, and where in the file it stands."""
        for part in ("beside_a_review", "beside_a_strength", "beside_a_question", "beside_a_resource"):
            choices: tuple[Probe, ...] = getattr(self, part)
            yield from (((part, place), probe) for place, probe in enumerate(choices))
        for place, refused in enumerate(self.refused):
            yield ("refused", place, "instead"), refused.instead
        for place, question in enumerate(self.closing_early.questions if self.closing_early else ()):
            yield ("closing_early", "questions", place), question
        for stage, choices in self.smaller.items():
            yield from ((("smaller", stage, place), probe) for place, probe in enumerate(choices))


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
    listening: Listening
    asked_us: QuestionsToUs
    ladder: Ladder
    act_now_talk: ActNowTalk


def load_prompts(home: Path) -> Prompts:
    """Read every file, the user's own in place of the shipped ones.

    Raises DataFileError listing every fault in every file.
    """
    kept = Kept(home / "index" / "prompts.json")
    themes, journeys, scenarios = read_themes(home, kept), read_journeys(home, kept), read_scenarios(home, kept)
    packs: list[tuple[NamedPack, Marks]] = [*themes, *journeys, *scenarios]
    problems = [problem for pack, marks in packs for problem in _misnamed(pack, marks)]
    known = frozenset(theme.id for theme, _ in themes)
    for journey, marks in journeys:
        problems += _astray(journey, marks, known)
    probes, _ = read_probes(home, kept)
    listening, marks = read_listening(home, kept)
    problems += _of_no_theme(listening, marks, known)
    asked_us, _ = read_asked_us(home, kept)
    if problems:
        raise DataFileError(problems)
    ladder, _ = _the_one("escalation.yaml", Ladder, home, kept)
    act_now_talk, _ = read_act_now_talk(home, kept)
    kept.save()
    return Prompts(
        themes=_by_id(themes),
        journeys=_by_id(journeys),
        scenarios=_by_id(scenarios),
        probes=probes,
        listening=listening,
        asked_us=asked_us,
        ladder=ladder,
        act_now_talk=act_now_talk,
    )


def read_themes(home: Path, kept: Kept | None = None) -> list[tuple[Theme, Marks]]:
    """Every theme file, with the lines of its values."""
    return _read("themes", Theme, home, kept)


def read_journeys(home: Path, kept: Kept | None = None) -> list[tuple[Journey, Marks]]:
    """Every journey file, with the lines of its values."""
    return _read("journeys", Journey, home, kept)


def read_scenarios(home: Path, kept: Kept | None = None) -> list[tuple[Scenario, Marks]]:
    """Every scenario file, with the lines of its values."""
    return _read("scenarios", Scenario, home, kept)


def _read(folder: str, model: type[Model], home: Path, kept: Kept | None) -> list[tuple[Model, Marks]]:
    return read_packs(overlaid("prompts", folder, suffix=".yaml", home=home), model, kept)


def read_probes(home: Path, kept: Kept | None = None) -> tuple[Probes, Marks]:
    """The closer looks that every journey shares."""
    return _the_one("probes.yaml", Probes, home, kept)


def read_act_now_talk(home: Path, kept: Kept | None = None) -> tuple[ActNowTalk, Marks]:
    """What is said and heard once danger is found."""
    return _the_one("act-now-talk.yaml", ActNowTalk, home, kept)


def read_listening(home: Path, kept: Kept | None = None) -> tuple[Listening, Marks]:
    """What meets an answer, and what is asked about the strongest thing in one."""
    return _the_one("listening.yaml", Listening, home, kept)


def read_asked_us(home: Path, kept: Kept | None = None) -> tuple[QuestionsToUs, Marks]:
    """What people ask of the program, and what it says."""
    return _the_one("asked-us.yaml", QuestionsToUs, home, kept)


def _the_one(name: str, model: type[Model], home: Path, kept: Kept | None) -> tuple[Model, Marks]:
    (path,) = overlaid("prompts", suffix=name, home=home)
    return read_pack(path, model, kept)


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


def _of_no_theme(listening: Listening, marks: Marks, themes: frozenset[str]) -> Iterable[Problem]:
    for kind, questions in listening.threads.items():
        if questions.theme is not None and questions.theme not in themes:
            message = f"threads.{kind}: no theme is called '{questions.theme}'{closest(questions.theme, themes)}"
            yield marks.problem(message, ("threads", kind, "theme"))


def question_id(theme: str, stage: ThemeStage | Literal["quoted"], ordinal: int) -> str:
    """`voice-of-the-child/experience/1`; ordinals count from 1."""
    return f"{theme}/{stage}/{ordinal}"
