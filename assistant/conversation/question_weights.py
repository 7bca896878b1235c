"""What speaks for each question of the bank after what was said; which comes is `next_question.py`'s.

Owns the table of weights and the weighing. `account.py` says what there is to weigh against. Deterministic: the same
session gives the same question, and where two weigh the same, the account itself tips the balance, so that different
cases do not all fall to the first question in a file.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from assistant.conversation.account import AccountSoFar
from assistant.conversation.question_bank import BankQuestion
from assistant.conversation.themes import STAGES, ThemeStage
from assistant.language.stems import alike


class Weights(NamedTuple):
    """What counts for a question and what against it, and why it counts so much."""

    heard_now: float = 18.0
    """The last answer says something that it was written to come after, as like it as can be."""
    heard_before: float = 5.0
    """An earlier answer said it and something else came first."""
    about_now: float = 1.5
    """A concept the last answer is about, at its rarest: what was just said comes before what was said earlier."""
    about_the_account: float = 1.0
    """The same of any earlier answer."""
    same_words: float = 0.8
    """A telling word that both it and the last answer use, at its rarest."""
    same_words_before: float = 0.5
    main_theme: float = 3.0
    """The account is most about its theme: the course belongs to this case."""
    called_for: float = 2.0
    """Any other theme, by how much the account calls for it beside the main one."""
    stays_with_it: float = 1.5
    """Its theme is the one in hand: people stay with a subject for more than one question."""
    stage_due: float = 2.0
    """What happened first, what it stirs and means next, what to do last."""
    opens_the_child: float = 1.0
    """Asked early, not once: the child before the grown-ups."""
    already_like_it: float = -6.0
    """As many words as this share in common with one asked already: people hear it as the same."""
    same_type: float = -0.6
    """The same kind of question twice running tires."""
    enough_of_it: float = -3.0
    """Its theme has had its share of the questions."""
    faint_danger: float = 9.0
    """The question that a faint sign of danger asks, unless something said outright weighs more; it is come back to
    before anything is decided."""
    faint_of_any: float = 2.0
    """The same where the words don't say which danger: any question that fits the account comes first."""
    tie: float = 0.5
    """What the account tips the balance by, when all else is even."""


WEIGHTS = Weights()
_MOST_SHARED = 3
"""Concepts or words counted; more would weigh long answers for their length."""
_ALIKE_FROM = 0.34
EARLY = 4
"""The first questions, in which the child comes before the grown-ups."""


@dataclass(frozen=True)
class Weighed:
    """A question, how well it fits, and the strongest reason in words."""

    bank: BankQuestion
    weight: float
    because: str


def weigh(bank: BankQuestion, account: AccountSoFar) -> Weighed:
    """How well one question fits now. The reason given is the one that weighed most."""
    reasons = sorted(_reasons(bank, account), key=lambda reason: -reason[0])
    because = next((words for weight, words in reasons if weight > 0 and words), "it follows from what you've said")
    return Weighed(bank, sum(weight for weight, _ in reasons), because)


def _reasons(bank: BankQuestion, account: AccountSoFar) -> Iterator[tuple[float, str]]:
    yield from _what_was_said(bank, account)
    yield from _where_it_belongs(bank, account)
    likeness = max((alike(bank.words, words) for words in account.asked_words), default=0.0)
    if likeness > _ALIKE_FROM:
        yield WEIGHTS.already_like_it * likeness, ""
    if bank.question.type == account.last_type:
        yield WEIGHTS.same_type, ""
    yield WEIGHTS.tie * _toss(account.fingerprint + bank.id), ""


def _what_was_said(bank: BankQuestion, account: AccountSoFar) -> Iterator[tuple[float, str]]:
    if heard := account.heard_now.get(bank.id):
        because = f"you said “{heard.words}”" if heard.words else "it follows what you've just told"
        yield WEIGHTS.heard_now * heard.fit, because
    elif heard := account.heard_before.get(bank.id):
        because = f"you said earlier “{heard.words}”" if heard.words else "it follows what you told earlier"
        yield WEIGHTS.heard_before * heard.fit, because
    about = frozenset(bank.question.concepts)
    now = _rarest(about & account.concepts_now, account)
    for concept, rarity in now:
        yield WEIGHTS.about_now * rarity, f"you've just spoken of {account.concept_name(concept)}"
    for concept, rarity in _rarest((about & account.concepts_before) - account.concepts_now, account):
        yield WEIGHTS.about_the_account * rarity, f"you mentioned {account.concept_name(concept)}"
    rarities = sorted((account.bank.word_rarity(word) for word in bank.words & account.words_now), reverse=True)
    yield from ((WEIGHTS.same_words * rarity, "") for rarity in rarities[:_MOST_SHARED])
    before = (bank.words & account.words_before) - account.words_now
    rarities = sorted((account.bank.word_rarity(word) for word in before), reverse=True)
    yield from ((WEIGHTS.same_words_before * rarity, "") for rarity in rarities[:_MOST_SHARED])


def _where_it_belongs(bank: BankQuestion, account: AccountSoFar) -> Iterator[tuple[float, str]]:
    name = account.theme_name(bank.theme)
    if bank.theme == account.main_theme:
        yield WEIGHTS.main_theme, f"what you've said is most about {name}"
    else:
        yield WEIGHTS.called_for * account.called_for.get(bank.theme, 0.0), f"what you've said touches on {name}"
    if bank.theme == account.theme_in_hand:
        yield WEIGHTS.stays_with_it, ""
    if bank.stage in account.stages_due:
        yield WEIGHTS.stage_due, ""
    if bank.theme == "voice-of-the-child" and account.asked < EARLY:
        yield WEIGHTS.opens_the_child, "the child comes first"
    if account.asked_of[bank.theme] >= account.share_of(bank.theme):
        yield WEIGHTS.enough_of_it, ""


def _rarest(concepts: frozenset[str], account: AccountSoFar) -> list[tuple[str, float]]:
    rarities = [(concept, account.bank.concept_rarity(concept)) for concept in concepts]
    return sorted(rarities, key=lambda pair: (-pair[1], pair[0]))[:_MOST_SHARED]


def _toss(words: str) -> float:
    """A number from 0 to 1 that the words alone decide."""
    return zlib.crc32(words.encode()) / 0xFFFFFFFF


def stages_from(reached: ThemeStage | None) -> tuple[ThemeStage, ...]:
    """The stages a theme may be asked about next: never back, and never from what happened straight to what to do."""
    if reached is None:
        return ("experience", "reflection")
    if reached == "experience":
        return ("experience", "reflection", "analysis")
    return STAGES[STAGES.index(reached) :]
