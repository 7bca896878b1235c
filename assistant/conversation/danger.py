"""Signs of immediate danger in somebody's words, and the act-now card for each.

Owns the reading of `prompts/act-now.yaml` (vocabularies, signs made of them, cards) and the finding of signs. A sign is
a few vocabularies said near one another; whether it is shown at once, asked about first or left alone depends on how it
is said (clauses.py). Two rules hold whatever the file says: words in another sentence never silence a sign, they can
only make it doubtful; and no amount of reassurance outweighs one. Knows nothing of screens or sessions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field

from assistant.conversation.clauses import RESERVED, Account, Said, Stance, stance
from assistant.conversation.observed import Danger, DangerKind
from assistant.conversation.phrases import PhraseError, Phrases, parse, references
from assistant.errors import DataFileError, Problem
from assistant.packs import Marks, PackModel, closest, read_pack
from assistant.resources import laid_over

_NEARBY = 2
"""Sentences on either side that still speak of the same thing."""
_MOST_SIGNS_SHOWN = 3
_AGES = ("age-unborn", "age-non-mobile-baby", "age-baby", "age-toddler", "age-child", "age-teenager")


class Sign(PackModel):
    """One way in which an account shows danger: vocabularies said near one another."""

    kind: DangerKind
    needs: tuple[str, ...]
    """The first is the sign itself, and its wording decides whether it is so; the others make it one."""
    within: Literal["clause", "sentence", "nearby"] = "sentence"
    """How near: `nearby` reaches two sentences either way."""
    unless: tuple[str, ...] = ()
    """Said in the same sentence, there is no sign; said nearby, there is doubt."""
    not_part_of: tuple[str, ...] = ()
    """Vocabularies that take the sign's own words for something else."""
    ask: bool = False
    """Always doubtful: one yes or no is asked first."""


class CardWords(PackModel):
    """What an act-now card says."""

    title: str
    question: str
    """The yes or no that is asked first where the words are doubtful."""
    now: tuple[str, ...]
    who: tuple[str, ...]
    do_not: tuple[str, ...]
    write_down: tuple[str, ...]


class ActNow(PackModel):
    """`prompts/act-now.yaml`."""

    typing: dict[str, str] = Field(default_factory=dict)
    """How tired people type, and the words they mean."""
    as_written: tuple[str, ...] = ()
    """Words that look like a misspelling of a sign and are not."""
    words: dict[str, tuple[str, ...]]
    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class DangerFinder:
    """Finds the signs of one file."""

    phrases: Phrases
    signs: tuple[Sign, ...]

    def find(self, text: str) -> tuple[Danger, ...]:
        """Every kind of danger shown, most urgent first; each kind once, at its surest."""
        account = Account(text, self.phrases)
        shown: dict[DangerKind, list[_Shown]] = {}
        for sign in self.signs:
            for found in _shown(account, sign):
                shown.setdefault(sign.kind, []).append(found)
        return tuple(_danger(account, kind, shown[kind]) for kind in _URGENCY if kind in shown)


_URGENCY: tuple[DangerKind, ...] = (
    "life-in-danger",
    "injury-non-mobile-baby",
    "suicide-or-serious-self-harm",
    "violence-or-threat-now",
    "poisoning-or-drugs-in-reach",
    "sexual-abuse-disclosure",
    "unsafe-care-now",
    "child-missing-or-unseen",
)


@dataclass(frozen=True, slots=True)
class _Shown:
    doubtful: bool
    parts: tuple[Said, ...]


def _shown(account: Account, sign: Sign) -> Iterator[_Shown]:
    for said in account.said(sign.needs[0]):
        sentence = account.sentence(said)
        if any(said.overlaps(other) for name in sign.not_part_of for other in account.in_sentence(name, sentence)):
            continue
        parts = _parts(account, sign, said)
        if parts is None or any(account.in_sentence(name, sentence) for name in sign.unless):
            continue
        how = stance(account, said)
        if how is Stance.NOT_SO:
            continue
        nearby = any(account.between_sentences(name, sentence - 1, sentence + 1) for name in sign.unless)
        yield _Shown(sign.ask or how is Stance.DOUBTFUL or nearby, parts)


def _parts(account: Account, sign: Sign, said: Said) -> tuple[Said, ...] | None:
    """The nearest of everything the sign needs, or None where something is not said."""
    sentence = account.sentence(said)
    reach = _NEARBY if sign.within == "nearby" else 0
    parts = [said]
    for name in sign.needs[1:]:
        others = [
            other
            for other in account.between_sentences(name, sentence - reach, sentence + reach)
            if sign.within != "clause" or account.clause(other) == account.clause(said)
        ]
        if not others:
            return None
        parts.append(min(others, key=lambda other: (abs(other.first - said.first), other.first)))
    return tuple(parts)


def _danger(account: Account, kind: DangerKind, shown: Sequence[_Shown]) -> Danger:
    sure = [found for found in shown if not found.doubtful]
    parts = {part for found in (sure or shown)[:_MOST_SIGNS_SHOWN] for part in found.parts}
    return Danger(kind=kind, confirm=not sure, spans=_merged(account.characters(part) for part in parts))


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
    (path,) = laid_over("prompts", suffix="act-now.yaml", home=home)
    pack, marks = read_pack(path, ActNow)
    problems = [*vocabulary_problems(pack.words, marks), *_sign_problems(pack, marks)]
    if problems:
        raise DataFileError(problems)
    return DangerFinder(Phrases(pack.words, typed=pack.typing, as_written=pack.as_written), pack.signs)


def vocabulary_problems(words: dict[str, tuple[str, ...]], marks: Marks) -> Iterator[Problem]:
    """Phrases that cannot be read and vocabularies that are not there."""
    known = {*words, *_AGES}
    for name, phrases in words.items():
        for row, phrase in enumerate(phrases):
            where = ("words", name, row)
            try:
                parse(phrase)
            except PhraseError as error:
                yield marks.problem(f"words.{name}: {error}", where)
            for other in sorted(references(phrase) - known):
                yield marks.problem(f"words.{name}: there is no vocabulary <{other}>{closest(other, known)}", where)
    try:
        Phrases(words, typed={})
    except PhraseError as error:
        yield marks.problem(f"words: {error}", ("words",))


def _sign_problems(pack: ActNow, marks: Marks) -> Iterator[Problem]:
    known = {*pack.words, *_AGES}
    for row, sign in enumerate(pack.signs):
        for name in (*sign.needs, *sign.unless, *sign.not_part_of):
            if name not in known:
                problem = f"signs.{row}: there is no vocabulary '{name}'{closest(name, known)}"
                yield marks.problem(problem, ("signs", row))
    for kind in get_args(DangerKind):
        if not any(sign.kind == kind for sign in pack.signs):
            yield marks.problem(f"signs: none is of the kind '{kind}'", ("signs",))
    for name in RESERVED:
        if name not in pack.words:
            yield marks.problem(f"words: '{name}' is missing; it may be an empty list", ("words",))


def card_text(danger: Danger) -> str:
    """The text of the card for `danger`."""
    return danger.kind
