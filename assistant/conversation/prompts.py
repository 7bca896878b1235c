"""The questions, journeys and scenarios as people wrote them, read from `prompts/` and checked.

Owns the reading of those files, and the shapes of the small ones; `themes` and `journeys` have the others. Choosing
among the questions is the rules' business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import Field

from assistant.conversation.act_now_talk import ActNowTalk
from assistant.conversation.asked_us import QuestionsToUs
from assistant.conversation.journeys import ClosingEarly, Journey, Scenario, astray
from assistant.conversation.listening import Listening
from assistant.conversation.themes import NamedPack, Theme, ThemeStage
from assistant.errors import DataFileError, Problem
from assistant.noticing.probes import Probe, Wording, Words
from assistant.resources import overlaid, own_or_shipped
from assistant.yaml_files import Location, Marks, Model, PackModel, closest, read_pack, read_packs
from assistant.yaml_kept import Kept

Pack = TypeVar("Pack", bound=NamedPack)


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
    working_hours: float = Field(gt=0, le=2000)
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
        problems += astray(journey, marks, known)
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
    path = own_or_shipped("prompts", name, home)
    return read_pack(path, model, kept)


def _by_id(packs: Iterable[tuple[Pack, Marks]]) -> dict[str, Pack]:
    return {pack.id: pack for pack, _ in packs}


def _misnamed(pack: NamedPack, marks: Marks) -> list[Problem]:
    if pack.id == marks.path.stem:
        return []
    return [marks.problem(f"id: '{pack.id}' should be '{marks.path.stem}', the name of the file", ("id",))]


def _of_no_theme(listening: Listening, marks: Marks, themes: frozenset[str]) -> Iterable[Problem]:
    for kind, questions in listening.threads.items():
        if questions.theme is not None and questions.theme not in themes:
            message = f"threads.{kind}: no theme is called '{questions.theme}'{closest(questions.theme, themes)}"
            yield marks.problem(message, ("threads", kind, "theme"))
