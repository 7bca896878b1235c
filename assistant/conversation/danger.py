"""Signs of immediate danger in somebody's words, and the act-now card for each.

Owns the reading of `prompts/act-now.yaml` (vocabularies, signs made of them, cards) and the finding of signs. A sign is
a few vocabularies said near one another; whether it is shown at once, asked about first or left alone depends on how it
is said (clauses.py). Two rules hold whatever the file says: words in another sentence never silence a sign, they can
only make it doubtful; and no amount of reassurance outweighs one. Knows nothing of screens or sessions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from pydantic import Field

from assistant.conversation.cards import Card, Number, read_numbers
from assistant.conversation.clauses import RESERVED, Account, Said, Stance, Text, stance, typed_as
from assistant.conversation.observed import Danger, DangerKind
from assistant.conversation.phrases import Phrases
from assistant.conversation.signs import Rule, found, name_problems, rule_problems, vocabulary_problems
from assistant.errors import DataFileError, Problem
from assistant.packs import Marks, PackModel, read_pack
from assistant.resources import laid_over

_MOST_SIGNS_SHOWN = 3


class Sign(Rule):
    """One way in which an account shows danger. The wording of the first thing it needs decides whether it is so."""

    kind: DangerKind
    unless: tuple[str, ...] = ()
    """Said in the same sentence, there is no sign; said nearby, there is doubt."""
    ask: bool = False
    """Always doubtful: one yes or no is asked first."""
    said_before: tuple[str, ...] = ()
    """Of what it needs, the vocabularies that may stand in an earlier answer ("a baby of ten weeks"). Then it asks."""


class ActNow(PackModel):
    """`prompts/act-now.yaml`."""

    typing: dict[str, str] = Field(default_factory=dict)
    """How tired people type, and the words they mean."""
    as_written: tuple[str, ...] = ()
    """Words that look like a misspelling of a sign and are not."""
    words: dict[str, tuple[str, ...]]
    signs: tuple[Sign, ...]
    cards: dict[DangerKind, Card]


@dataclass(frozen=True)
class DangerFinder:
    """Finds the signs of one file."""

    phrases: Phrases
    typed: Mapping[str, Sequence[str]]
    """How tired people type."""
    signs: tuple[Sign, ...]
    cards: Mapping[DangerKind, Card]
    numbers: Mapping[str, Number]

    def card(self, danger: Danger, words: str) -> str:
        """The text of the card for a danger and the words that showed it."""
        return self.cards[danger.kind].text(words, self.numbers)

    def read(self, characters: str) -> Text:
        """Words read as this finder reads them."""
        return Text(characters, self.typed)

    def find(self, text: Text, background: Collection[str] = ()) -> tuple[Danger, ...]:
        """Every kind of danger shown, most urgent first; each kind once, at its surest.

        `background` is what earlier answers established: what `background` found in them.
        """
        account = Account(text, self.phrases)
        shown: dict[DangerKind, list[_Shown]] = {}
        for sign in (*self.signs, *self._completed_by(background)):
            for one in _shown(account, sign):
                shown.setdefault(sign.kind, []).append(one)
        return tuple(_danger(account, kind, shown[kind]) for kind in _URGENCY if kind in shown)

    def background(self, text: Text) -> tuple[str, ...]:
        """The vocabularies said in an account that a sign in a later answer may lean on."""
        account = Account(text, self.phrases)
        leaned_on = sorted({name for sign in self.signs for name in sign.said_before})
        return tuple(
            name for name in leaned_on if any(stance(account, said) is not Stance.NOT_SO for said in account.said(name))
        )

    def _completed_by(self, background: Collection[str]) -> Iterator[Sign]:
        for sign in self.signs:
            if sign.said_before and set(sign.said_before) <= set(background):
                needs = tuple(name for name in sign.needs if name not in sign.said_before)
                yield sign.model_copy(update={"needs": needs, "ask": True})


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
    for parts in found(account, sign):
        sentence = account.sentence(parts[0])
        how = stance(account, parts[0])
        if how is Stance.NOT_SO or any(account.in_sentence(name, sentence) for name in sign.unless):
            continue
        nearby = any(account.between_sentences(name, sentence - 1, sentence + 1) for name in sign.unless)
        yield _Shown(sign.ask or how is Stance.DOUBTFUL or nearby, parts)


def _danger(account: Account, kind: DangerKind, shown: Sequence[_Shown]) -> Danger:
    sure = [one for one in shown if not one.doubtful]
    parts = {part for one in (sure or shown)[:_MOST_SIGNS_SHOWN] for part in one.parts}
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
    if problems := list(_problems(pack, marks)):
        raise DataFileError(problems)
    return DangerFinder(
        phrases=Phrases(pack.words, as_written=pack.as_written),
        typed=typed_as(pack.typing),
        signs=pack.signs,
        cards=pack.cards,
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
    for kind in get_args(DangerKind):
        if not any(sign.kind == kind for sign in pack.signs):
            yield marks.problem(f"signs: none is of the kind '{kind}'", ("signs",))
        if kind not in pack.cards:
            yield marks.problem(f"cards: there is none for '{kind}'", ("cards",))
    for name in RESERVED:
        if name not in pack.words:
            yield marks.problem(f"words: '{name}' is missing; it may be an empty list", ("words",))
