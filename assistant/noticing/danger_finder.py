"""Signs of immediate danger in somebody's words, and the act-now card for each.

Owns the reading of `prompts/act-now.yaml` (vocabularies, signs made of them, cards) and the finding of signs. A sign is
a few vocabularies said near one another; whether it is shown at once, asked about first or left alone depends on how it
is said (clauses.py). Two rules hold in the finding, whatever the file says: words in another sentence never silence a
sign, they can only make it doubtful; and no amount of reassurance outweighs one. What becomes of a sign once the whole
answer is weighed is danger_model.py's. Knows nothing of screens or sessions.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import get_args

from pydantic import Field

from assistant.errors import DataFileError, Problem
from assistant.language.clauses import RESERVED, Account, Said, Stance, Text, stance, typed_as
from assistant.language.phrases import Phrases
from assistant.noticing.act_now_cards import Card, CardWords, Job, Number, Steps, job_called, read_numbers
from assistant.noticing.danger_decision import LIMITS, URGENCY, Limit, Look, Sighting
from assistant.noticing.observations import ABOUT_THE_WORKER, TO_SUPPOSE, Danger, DangerKind
from assistant.noticing.proximity import AGES, Rule, found, name_problems, rule_problems, vocabulary_problems
from assistant.resources import own_or_shipped
from assistant.yaml_files import Marks, PackModel, closest, read_pack

_MOST_SIGNS_SHOWN = 3
TURNS = tuple(name for name in RESERVED if name not in {"not", "not-reaching", "not-passes", "list-word"})
"""Words that turn what is said: past, resolved, denied, supposed, reported, learned about."""


class Sign(Rule):
    """One way in which an account shows danger. The wording of the first thing it needs decides whether it is so."""

    kind: DangerKind
    unless: tuple[str, ...] = ()
    """Said in the same sentence, there is no sign; said nearby, there is doubt."""
    ask: bool = False
    """Always doubtful: one yes or no is asked first."""
    plain: bool = False
    """So specific that it is raised wherever the rest of the answer does not speak against it."""
    said_before: tuple[str, ...] = ()
    """Of what it needs, the vocabularies that may stand in an earlier answer ("a baby of ten weeks"). Then it asks."""


class LimitRule(PackModel):
    """Whatever is weighed, a kind is raised no further than this where none of some vocabularies is said."""

    kind: DangerKind
    at_most: Limit
    when: tuple[str, ...] = ()
    """Only where one of these is said; without any, always."""
    unless: tuple[str, ...] = ()
    """Not where one of these is said. What was said in an earlier answer counts as well."""
    here: bool = False
    """It holds only for what the answer itself says: a parent abroad in the first answer is no reason in the tenth."""
    unless_here: tuple[str, ...] = ()
    """Not where one of these is said in the answer itself, however it is meant."""


class ActNow(PackModel):
    """`prompts/act-now.yaml`."""

    typing: dict[str, str] = Field(default_factory=dict)
    """How tired people type, and the words they mean."""
    as_written: tuple[str, ...] = ()
    """Words that look like a misspelling of a sign and are not."""
    words: dict[str, tuple[str, ...]]
    signs: tuple[Sign, ...]
    limits: tuple[LimitRule, ...] = ()
    jobs: dict[str, Job] = Field(default_factory=dict)
    """Whose steps on a card may be others."""
    cards: dict[DangerKind, Card]
    any_danger: Card
    """For a sign that doesn't tell which danger."""
    asked: Card
    """For somebody who asks whether to ring, when nothing has shown danger."""
    asked_first: str = Field(min_length=1)
    """Said first where something has."""


@dataclass(frozen=True)
class DangerFinder:
    """Finds the signs of one file."""

    phrases: Phrases
    typed: Mapping[str, Sequence[str]]
    """How tired people type."""
    signs: tuple[Sign, ...]
    limits: tuple[LimitRule, ...]
    jobs: Mapping[str, Job]
    cards: Mapping[DangerKind, Card]
    any_danger: Card
    asked: Card
    asked_first: str
    numbers: Mapping[str, Number]

    def card(
        self, danger: Danger | None, words: str, also: Sequence[Danger] = (), *, asked: bool = False, job: str = ""
    ) -> CardWords:
        """The card for a danger and the words that showed it, with other sure ones; without one, for whoever just asks,
        or where the words don't tell which. `job` is the worker's in words; empty where they haven't said."""
        others = [self._for(job, self.cards[other.kind]) for other in also]
        opening = self.asked_first if asked else ""
        card = self.cards[danger.kind] if danger else self.asked if asked else self.any_danger
        account = Account(self.read(words), self.phrases)
        for steps in card.instead:
            if account.said(steps.said):
                card = card.model_copy(update={"now": steps.now, "by_job": steps.by_job, "do_not": steps.do_not})
                break
        return self._for(job, card).words(self.numbers, also=others, opening=opening if danger else "")

    def _for(self, job: str, card: Card) -> Card:
        name = job_called(job, {name: one.are for name, one in self.jobs.items()})
        return card.for_job(name, self.jobs[name]) if name else card

    def read(self, characters: str) -> Text:
        """Words read as this finder reads them."""
        return Text(characters, self.typed)

    def look(self, text: Text, background: Collection[str] = ()) -> Look:
        """Everything that is weighed: the signs, most urgent first, each kind once and at its surest; and what speaks
        for or against them.

        `background` is what earlier answers established: what `background` found in them.
        """
        account = self._account(text)
        shown: dict[DangerKind, list[_Shown]] = {}
        traits = {name for name in self._weighed if account.said(name)}
        traits |= {TO_SUPPOSE, ABOUT_THE_WORKER}.intersection(background)
        for sign in (*self.signs, *self._completed_by(background)):
            for one in _shown(account, sign):
                traits.update(f"{name} {one.how.name}" for name in (" + ".join(sign.needs), sign.kind, "any"))
                if one.how is not Stance.NOT_SO:
                    shown.setdefault(sign.kind, []).append(one)
        signs = tuple(_danger(account, kind, shown[kind]) for kind in URGENCY if kind in shown)
        return Look(signs, frozenset(traits), self._limits(account, background), len(account.words))

    def background(self, text: Text) -> tuple[str, ...]:
        """The vocabularies said in an account that what a later answer says may lean on."""
        account = self._account(text)
        of_limits = (name for rule in self.limits if not rule.here for name in (*rule.when, *rule.unless))
        leaned_on = sorted({*(name for sign in self.signs for name in sign.said_before), *of_limits})
        return tuple(name for name in leaned_on if _is_said(account, name))

    @cached_property
    def _account(self) -> Callable[[Text], Account]:
        """What is looked at is asked once more for what later answers lean on."""
        return lru_cache(maxsize=1)(lambda text: Account(text, self.phrases))

    @cached_property
    def _weighed(self) -> tuple[str, ...]:
        """Vocabularies that speak for or against danger by being said."""
        of_signs = (name for sign in self.signs for name in (*sign.needs, *sign.unless, *sign.not_part_of))
        return tuple(sorted({*of_signs, *AGES, *TURNS}))

    def _limits(self, account: Account, background: Collection[str]) -> Mapping[DangerKind, Limit]:
        def holds(rule: LimitRule) -> bool:
            before: Collection[str] = () if rule.here else background
            so = {name for name in (*rule.when, *rule.unless) if name in before or _is_said(account, name)}
            lifted = so.intersection(rule.unless) or any(account.said(name) for name in rule.unless_here)
            return not lifted and (not rule.when or bool(so.intersection(rule.when)))

        holding = [(rule.kind, rule.at_most) for rule in self.limits if holds(rule)]
        return dict(sorted(holding, key=lambda one: LIMITS.index(one[1])))

    def _completed_by(self, background: Collection[str]) -> Iterator[Sign]:
        for sign in self.signs:
            if sign.said_before and set(sign.said_before) <= set(background):
                needs = tuple(name for name in sign.needs if name not in sign.said_before)
                yield sign.model_copy(update={"needs": needs, "ask": True})


@dataclass(frozen=True, slots=True)
class _Shown:
    how: Stance
    plain: bool
    parts: tuple[Said, ...]


def _shown(account: Account, sign: Sign) -> Iterator[_Shown]:
    for parts in found(account, sign):
        sentence = account.sentence(parts[0])
        how = stance(account, parts[0])
        if any(account.in_sentence(name, sentence) for name in sign.unless):
            how = Stance.NOT_SO
        nearby = any(account.between_sentences(name, sentence - 1, sentence + 1) for name in sign.unless)
        yield _Shown(min(how, Stance.DOUBTFUL) if sign.ask or nearby else how, sign.plain, parts)


def _is_said(account: Account, name: str) -> bool:
    return any(stance(account, said) is not Stance.NOT_SO for said in account.said(name))


def _danger(account: Account, kind: DangerKind, shown: Sequence[_Shown]) -> Sighting:
    sure = [one for one in shown if one.how is Stance.SO]
    parts = {part for one in (sure or shown)[:_MOST_SIGNS_SHOWN] for part in one.parts}
    plain = [one for one in shown if one.plain]
    return Sighting(
        kind=kind,
        level="sure" if sure else "doubtful",
        spans=_merged(account.characters(part) for part in parts),
        plain=("sure" if any(one.how is Stance.SO for one in plain) else "doubtful") if plain else None,
    )


def _merged(spans: Iterator[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def open_danger_finder(home: Path) -> DangerFinder:
    """The shipped signs, or the user's own file where there is one.

    Raises DataFileError with every mistake in it.
    """
    path = own_or_shipped("prompts", "act-now.yaml", home)
    pack, marks = read_pack(path, ActNow)
    if problems := list(_problems(pack, marks)):
        raise DataFileError(problems)
    return DangerFinder(
        phrases=Phrases(pack.words, as_written=pack.as_written),
        typed=typed_as(pack.typing),
        signs=pack.signs,
        limits=pack.limits,
        jobs=pack.jobs,
        cards=pack.cards,
        any_danger=pack.any_danger,
        asked=pack.asked,
        asked_first=pack.asked_first,
        numbers=read_numbers(home),
    )


def _problems(pack: ActNow, marks: Marks) -> Iterator[Problem]:
    yield from vocabulary_problems(pack.words, marks)
    for row, sign in enumerate(pack.signs):
        yield from rule_problems(sign, pack.words, ("signs", row), marks)
        yield from name_problems(sign.unless, pack.words, ("signs", row), marks)
        if set(sign.said_before) - set(sign.needs[1:]):
            message = "said_before: only what the sign needs beside the first can have been said before"
            yield marks.problem(message, ("signs", row, "said_before"))
    for row, rule in enumerate(pack.limits):
        yield from name_problems((*rule.when, *rule.unless, *rule.unless_here), pack.words, ("limits", row), marks)
    for kind in get_args(DangerKind):
        if not any(sign.kind == kind for sign in pack.signs):
            yield marks.problem(f"signs: none is of the kind '{kind}'", ("signs",))
        if kind not in pack.cards:
            yield marks.problem(f"cards: there is none for '{kind}'", ("cards",))
    for kind, card in pack.cards.items():
        yield from name_problems([steps.said for steps in card.instead], pack.words, ("cards", kind, "instead"), marks)
    for name in RESERVED:
        if name not in pack.words:
            yield marks.problem(f"words: '{name}' is missing; it may be an empty list", ("words",))
    yield from _job_problems(pack, marks)


def _job_problems(pack: ActNow, marks: Marks) -> Iterator[Problem]:
    """Steps for a job that isn't there, and for a step that isn't."""
    standing: list[tuple[tuple[str | int, ...], Card | Steps]] = [
        (("any_danger",), pack.any_danger),
        (("asked",), pack.asked),
        *((("cards", kind), card) for kind, card in pack.cards.items()),
        *(
            (("cards", k, "instead", row), one)
            for k, card in pack.cards.items()
            for row, one in enumerate(card.instead)
        ),
    ]
    for where, card in standing:
        for job, steps in card.by_job.items():
            place = ".".join(map(str, (*where, "by_job", job)))
            if job not in pack.jobs:
                yield marks.problem(f"{place}: there is no such job{closest(job, pack.jobs)}", (*where, "by_job", job))
            for number in steps:
                if not 1 <= number <= len(card.now):
                    problem = f"{place}: there is no step {number}, only {len(card.now)}"
                    yield marks.problem(problem, (*where, "by_job", job))
