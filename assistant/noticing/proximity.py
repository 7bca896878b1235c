"""Things said near one another: the rule that danger and every other kind of noticing share.

Owns what such a rule may ask for and how its parts are found in an account, and the faults in a file of vocabularies
and rules. Knows nothing of what the rules are about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from assistant.errors import Problem
from assistant.language.clauses import Account, Said
from assistant.language.phrases import PhraseError, in_building_order, parse, references
from assistant.yaml_files import Marks, PackModel, closest

NEARBY = 2
"""Sentences on either side that still speak of the same thing."""
AGES = ("age-unborn", "age-non-mobile-baby", "age-baby", "age-toddler", "age-child", "age-teenager")
"""Vocabularies that need no list: ages are read from numbers."""
Vocabularies = Mapping[str, Sequence[str]]


class Rule(PackModel):
    """Vocabularies said near one another."""

    needs: tuple[str, ...]
    """The first is what is said; the others, found near it, make it count."""
    within: Literal["clause", "sentence", "nearby"] = "sentence"
    """How near: `nearby` reaches two sentences either way."""
    not_part_of: tuple[str, ...] = ()
    """Vocabularies that take the same words for something else."""


def found(account: Account, rule: Rule) -> Iterator[tuple[Said, ...]]:
    """Every place where the rule holds: what is said first, then the nearest of everything else it needs."""
    for said in account.said(rule.needs[0]):
        sentence = account.sentence(said)
        if any(said.mostly_in(other) for name in rule.not_part_of for other in account.in_sentence(name, sentence)):
            continue
        parts = _parts(account, rule, said)
        if parts is not None:
            yield parts


def _parts(account: Account, rule: Rule, said: Said) -> tuple[Said, ...] | None:
    sentence = account.sentence(said)
    reach = NEARBY if rule.within == "nearby" else 0
    parts = [said]
    for name in rule.needs[1:]:
        others = [
            other
            for other in account.between_sentences(name, sentence - reach, sentence + reach)
            if rule.within != "clause" or account.clause(other) == account.clause(said)
        ]
        if not others:
            return None
        parts.append(min(others, key=lambda other: (abs(other.first - said.first), other.first)))
    return tuple(parts)


def vocabulary_problems(words: Vocabularies, marks: Marks) -> Iterator[Problem]:
    """Phrases that cannot be read, and vocabularies that are not there or are built in a circle."""
    known = {*words, *AGES}
    readable = True
    for name, phrases in words.items():
        for row, phrase in enumerate(phrases):
            where = ("words", name, row)
            try:
                parse(phrase)
            except PhraseError as error:
                readable = False
                yield marks.problem(f"words.{name}: {error}", where)
            for other in sorted(references(phrase) - known):
                yield marks.problem(f"words.{name}: there is no vocabulary <{other}>{closest(other, known)}", where)
    if readable:
        try:
            in_building_order(words)
        except PhraseError as error:
            yield marks.problem(f"words: {error}", ("words",))


def rule_problems(rule: Rule, words: Vocabularies, where: tuple[str | int, ...], marks: Marks) -> Iterator[Problem]:
    """Vocabularies that the rule names and the file does not have."""
    yield from name_problems((*rule.needs, *rule.not_part_of), words, where, marks)


def name_problems(
    names: Iterable[str], words: Vocabularies, where: tuple[str | int, ...], marks: Marks
) -> Iterator[Problem]:
    """Names that no vocabulary has."""
    known = {*words, *AGES}
    place = ".".join(str(step) for step in where)
    for name in names:
        if name not in known:
            yield marks.problem(f"{place}: there is no vocabulary '{name}'{closest(name, known)}", where)
