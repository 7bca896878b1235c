"""What an account shows and leaves out, from the words alone.

Owns the reading of `prompts/noticing.yaml` and what is found by it: who is in the account, counted by their nouns, and
twelve kinds of things said, each with the words that show it. Brings danger and themes together with these. Reading
the files is dear and looking at an account is cheap, so a `Noticer` is opened once and asked often.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import get_args

from pydantic import Field

from assistant.errors import DataFileError, Problem
from assistant.language.clauses import Account, Said
from assistant.language.phrases import Phrases
from assistant.noticing.danger_finder import DangerFinder, open_danger_finder
from assistant.noticing.danger_model import DangerModel
from assistant.noticing.observations import Manner, Noticing, Observation, ObservationKind, Person, Span
from assistant.noticing.other_senses import as_meant
from assistant.noticing.probes import Probe, ProbeSet
from assistant.noticing.proximity import Rule, found, name_problems, rule_problems, vocabulary_problems
from assistant.resources import data_dir, own_or_shipped
from assistant.yaml_files import Marks, PackModel, read_pack

_LONGEST_QUOTE = 16
"""Words of a clause that are quoted whole; of a longer one only the words that show the thing, and what follows."""

_MOST_BESIDE_A_REFUSAL = 8
"""Words beside those that refuse. Who writes more than these tells something after all."""


class Watch(Rule):
    """One kind of thing said."""

    kind: ObservationKind


class Named(PackModel):
    """The nouns of one kind of person, or the sound of one kind of answer."""

    words: tuple[str, ...]
    not_: tuple[str, ...] = Field(default=(), alias="not")
    """The same words meaning something else; for an answer, what it would not be of that kind with."""


class Closer(PackModel):
    """What may be asked about one kind of thing said."""

    theme: str
    probes: tuple[Probe, ...] = Field(min_length=2)


class ToNotice(PackModel):
    """`prompts/noticing.yaml`."""

    words: dict[str, tuple[str, ...]]
    people: dict[Person, Named]
    observations: tuple[Watch, ...]
    themes: dict[str, tuple[str, ...]]
    """For each theme, what it is about."""
    closer: dict[ObservationKind, Closer]
    manners: dict[Manner, Named] = Field(default_factory=dict)
    """For each way of telling nothing of the case, how it sounds."""


@dataclass(frozen=True)
class Noticer:
    """All that looks at an account."""

    danger: DangerFinder
    danger_model: DangerModel
    phrases: Phrases
    people: Mapping[Person, Named]
    watched: tuple[Watch, ...]
    themes: Mapping[str, tuple[str, ...]]
    closer: Mapping[ObservationKind, ProbeSet]
    """What may be asked about each kind, the most telling kind first."""
    manners: Mapping[Manner, Named]

    def notice(self, words: str, background: Collection[str] = ()) -> Noticing:
        """Everything noticed in `words`, said after answers with this `background`."""
        account = Account(self.danger.read(words), self.phrases)
        observations = tuple(_observations(account, self.watched))
        meant = as_meant(words)
        text = self.danger.read(meant)
        dangers = self.danger_model.weigh(meant, self.danger.look(text, background))
        act_now = tuple(danger for danger in dangers if danger.level != "faint")
        people = {person: _count(account, named) for person, named in self.people.items()}
        return Noticing(
            act_now=act_now,
            faint=tuple(danger for danger in dangers if danger.level == "faint"),
            background=self.danger.background(text),
            people=people,
            observations=observations,
            themes=tuple(self._called_up(account, observations)),
            manner=None if act_now else self._manner(account, people, observations),
        )

    def _manner(
        self, account: Account, people: Mapping[Person, int], observations: Sequence[Observation]
    ) -> Manner | None:
        """Whether the answer tells nothing of the case, and what it does instead."""
        said = {manner: _sounding(account, named) for manner, named in self.manners.items()}
        if len(_covered(said.get("empty", ()))) == len(account.words):
            return "empty"
        family = sum(people[person] for person in people if person != "professional")
        left = len(account.words) - len(_covered(said.get("refusal", ())))
        if said.get("refusal") and not family and left <= _MOST_BESIDE_A_REFUSAL:
            return "refusal"
        felt = said.get("feelings") or any(observation.kind == "worker-distress" for observation in observations)
        return "feelings" if felt and not family else None

    def _called_up(self, account: Account, observations: Sequence[Observation]) -> list[str]:
        """Themes the account is about, the most spoken of first, then those its observations call for."""
        spoken = {theme: sum(len(account.said(name)) for name in names) for theme, names in self.themes.items()}
        for observation in observations:
            theme = self.closer[observation.kind].theme
            if theme is not None:
                spoken[theme] = spoken.get(theme, 0) + 1
        return sorted((theme for theme, often in spoken.items() if often), key=lambda theme: -spoken[theme])


def open_noticer(home: Path) -> Noticer:
    """What looks at accounts on this machine. Raises DataFileError when a file it reads is wrong."""
    path = own_or_shipped("prompts", "noticing.yaml", home)
    pack, marks = read_pack(path, ToNotice)
    if problems := list(_problems(pack, marks)):
        raise DataFileError(problems)
    danger = open_danger_finder(home)
    return Noticer(
        danger=danger,
        danger_model=DangerModel(home),
        phrases=Phrases(pack.words),
        people=pack.people,
        watched=pack.observations,
        themes=pack.themes,
        closer={kind: ProbeSet(closer.probes, closer.theme) for kind, closer in pack.closer.items()},
        manners=pack.manners,
    )


@lru_cache(maxsize=4)
def _opened(home: Path) -> Noticer:
    return open_noticer(home)


def notice(words: str) -> Noticing:
    """Everything noticed in `words`, by the files in use on this machine."""
    return _opened(data_dir()).notice(words)


def _count(account: Account, named: Named) -> int:
    """How often such a person is named; "young mum" and "mum" in it are one naming."""
    others = [said for name in named.not_ for said in account.said(name)]
    namings = sorted(
        {said for name in named.words for said in account.said(name) if not _within(account, said, others)},
        key=lambda said: (said.first, -said.end),
    )
    count = end = 0
    for said in namings:
        if said.first >= end:
            count += 1
        end = max(end, said.end)
    return count


def _covered(said: Sequence[Said]) -> set[int]:
    return {index for one in said for index in range(one.first, one.end)}


def _sounding(account: Account, named: Named) -> list[Said]:
    """Where the answer sounds so; nowhere, when beside those words it says what it would not be of that kind with."""
    sounding = [one for name in named.words for one in account.said(name)]
    inside = _covered(sounding)
    beside = any(not inside.issuperset(range(one.first, one.end)) for name in named.not_ for one in account.said(name))
    return [] if beside else sounding


def _within(account: Account, said: Said, others: Sequence[Said]) -> bool:
    return any(said.overlaps(other) for other in others if account.sentence(other) == account.sentence(said))


def _observations(account: Account, watched: Sequence[Watch]) -> Iterator[Observation]:
    for kind in get_args(ObservationKind):
        spans = {
            _quote(account, parts[0]) for watch in watched if watch.kind == kind for parts in found(account, watch)
        }
        if spans:
            yield Observation(kind=kind, spans=tuple(_apart(sorted(spans))))


def _quote(account: Account, said: Said) -> Span:
    """The clause around the words, or the words and what follows them, so that quoting them makes sense."""
    words, first, end = account.words, said.first, said.end
    clause, last_clause = words[first].clause, words[end - 1].clause
    while first > 0 and words[first - 1].clause == clause and end - first < _LONGEST_QUOTE:
        first -= 1
    while end < len(words) and words[end].clause == last_clause and end - first < _LONGEST_QUOTE:
        end += 1
    return account.characters(Said(first, end))


def _apart(spans: Sequence[Span]) -> Iterator[Span]:
    """Spans with those that overlap made one."""
    start, end = spans[0]
    for other_start, other_end in spans[1:]:
        if other_start <= end:
            end = max(end, other_end)
        else:
            yield start, end
            start, end = other_start, other_end
    yield start, end


def _problems(pack: ToNotice, marks: Marks) -> Iterator[Problem]:
    yield from vocabulary_problems(pack.words, marks)
    for row, watch in enumerate(pack.observations):
        yield from rule_problems(watch, pack.words, ("observations", row), marks)
    for person, named in pack.people.items():
        yield from name_problems((*named.words, *named.not_), pack.words, ("people", person), marks)
    for person in get_args(Person):
        if person not in pack.people:
            yield marks.problem(f"people: '{person}' is missing", ("people",))
    for theme, names in pack.themes.items():
        yield from name_problems(names, pack.words, ("themes", theme), marks)
    for manner, named in pack.manners.items():
        yield from name_problems((*named.words, *named.not_), pack.words, ("manners", manner), marks)
    for kind in get_args(ObservationKind):
        if not any(watch.kind == kind for watch in pack.observations):
            yield marks.problem(f"observations: none is of the kind '{kind}'", ("observations",))
        if kind not in pack.closer:
            yield marks.problem(f"closer: '{kind}' has no probes", ("closer",))
    for kind, closer in pack.closer.items():
        for row, probe in enumerate(closer.probes):
            if "{words}" not in probe.text:
                problem = f"closer.{kind}: a probe gives the user's words back, so it needs {{words}}"
                yield marks.problem(problem, ("closer", kind, "probes", row))
