"""The account so far, as the questions are weighed against it.

Owns what the answers say taken together: concepts, telling words, what each theme is called for by, how far each has
come. Weighs nothing (`question_weights.py`) and plans nothing (`next_question.py`).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from assistant.conversation.journeys import ThemesStep
from assistant.conversation.question_bank import QuestionBank
from assistant.conversation.situation import Situation, quoted
from assistant.conversation.state import Turn
from assistant.conversation.themes import STAGES, ThemeStage
from assistant.language.stems import stems
from assistant.noticing.observations import DangerKind, Level, Span

FOCUS = 2.0
"""The opening answer says what the session is about; every later one counts once."""
NOTICED = 0.5
CALLED_FOR = 0.6
"""A question of the theme fits what was said as well as any can."""
DANGER: Mapping[Level, float] = {"sure": 3.0, "doubtful": 1.0, "faint": 0.5}
"""A sign of danger that was not denied says what the account is about, the plainer the more."""
THEMES_OF_DANGER: Mapping[DangerKind, str] = {
    "injury-non-mobile-baby": "bruising-in-babies",
    "suicide-or-serious-self-harm": "suicide-and-self-harm",
    "child-missing-or-unseen": "voice-of-the-child",
    "violence-or-threat-now": "domestic-abuse",
    "sexual-abuse-disclosure": "voice-of-the-child",
    "poisoning-or-drugs-in-reach": "parental-substance-misuse",
    "unsafe-care-now": "cumulative-harm-and-neglect",
}
_ITS_OWN = 0.7
"""Of how much the main theme is called for."""
_HALF_KNOWN = 0.5
"""Concepts of the learning found, where the words name none themselves."""
_BEGUN, _WELL_UNDER_WAY = 0.35, 0.7
"""Shares of the questions of the themes after which the later stages are due."""
_STAGES_DUE: tuple[tuple[float, frozenset[ThemeStage]], ...] = (
    (_BEGUN, frozenset({"experience"})),
    (_WELL_UNDER_WAY, frozenset({"reflection", "analysis"})),
    (math.inf, frozenset({"analysis", "action"})),
)


@dataclass(frozen=True)
class Heard:
    """Something said that a question is a reply to."""

    answer: str
    span: Span | None
    fit: float
    """From 0 to 1."""

    @property
    def words(self) -> str:
        """The words, as they are given back; none where it's a reply to all of it."""
        return quoted(self.answer, self.span) if self.span else ""


@dataclass(frozen=True)
class AccountSoFar:
    """What was said in one session, up to now."""

    situation: Situation

    @property
    def bank(self) -> QuestionBank:
        """The questions."""
        return self.situation.knowledge.bank

    @cached_property
    def answered(self) -> tuple[Turn, ...]:
        """Turns that tell something of the case."""
        return tuple(turn for turn in self.situation.state.turns if turn.answer is not None and not _refused(turn))

    @cached_property
    def last(self) -> Turn | None:
        """The last of them."""
        return self.answered[-1] if self.answered else None

    @cached_property
    def concepts_now(self) -> frozenset[str]:
        """What the last answer is about."""
        return self._concepts_of(self.last) if self.last else frozenset()

    @cached_property
    def concepts_before(self) -> frozenset[str]:
        """What all the others are about."""
        return frozenset(concept for turn in self.answered[:-1] for concept in self._concepts_of(turn))

    def _concepts_of(self, turn: Turn) -> frozenset[str]:
        return concepts_of(turn) - self.situation.knowledge.everyday()

    @cached_property
    def words_now(self) -> frozenset[str]:
        """Telling words of the last answer."""
        return stems(self.last.answer or "") if self.last else frozenset()

    @cached_property
    def words_before(self) -> frozenset[str]:
        """Telling words of all the others."""
        return frozenset(word for turn in self.answered[:-1] for word in stems(turn.answer or ""))

    @cached_property
    def heard_now(self) -> Mapping[str, Heard]:
        """Questions that the last answer calls for, and what in it does."""
        return self._heard(self.answered[-1:])

    @cached_property
    def heard_before(self) -> Mapping[str, Heard]:
        """The same of all the others."""
        return self._heard(self.answered[:-1])

    def _heard(self, turns: tuple[Turn, ...]) -> Mapping[str, Heard]:
        found: dict[str, Heard] = {}
        for turn in turns:
            for name, one in self.bank.called(self.situation.exchange(turn)).items():
                found[name] = Heard(turn.answer or "", one.span, one.fit)
        return found

    @cached_property
    def calls(self) -> Mapping[str, float]:
        """How much the answers call for each theme."""
        weights: defaultdict[str, float] = defaultdict(float)
        cards = self.situation.state.cards
        denied = {(kind, card.shown.question) for card in cards if card.denied for kind in card.kinds}
        for turn in self.answered:
            often = FOCUS if turn.asked.keeps == "focus" else 1.0
            named = bool(turn.reading and turn.reading.concepts)
            for concept in self._concepts_of(turn):
                rarity = self.bank.theme_rarity(concept) * (1.0 if named else _HALF_KNOWN)
                for theme in self.bank.themes.values():
                    if concept in theme.concepts:
                        weights[theme.id] += often * rarity
            for place, theme_id in enumerate(turn.noticing.themes if turn.noticing else ()):
                weights[theme_id] += often * NOTICED / (place + 1)
            for seen in turn.noticing.observations if turn.noticing else ():
                closer = self.situation.knowledge.closer.get(seen.kind)
                if closer and closer.theme:
                    weights[closer.theme] += NOTICED
            for danger in (*turn.noticing.act_now, *turn.noticing.faint) if turn.noticing else ():
                if (danger.kind, turn.asked.question) not in denied and danger.kind in THEMES_OF_DANGER:
                    weights[THEMES_OF_DANGER[danger.kind]] += DANGER[danger.level]
            for name, one in self.bank.called(self.situation.exchange(turn)).items():
                if self.situation.fits(self.bank.by_id[name].question):
                    weights[name.partition("/")[0]] += often * CALLED_FOR * one.fit
        return {theme: weight for theme, weight in weights.items() if theme in self.bank.themes}

    @cached_property
    def main_theme(self) -> str | None:
        """What the account is most about; None before it is about anything."""
        parked = {item.theme for item in self.situation.state.agenda if item.parked}
        calls = {theme: weight for theme, weight in self.calls.items() if theme not in parked}
        return min(calls, key=lambda theme: (-calls[theme], theme)) if calls else None

    @cached_property
    def called_for(self) -> Mapping[str, float]:
        """How much each theme is called for beside the main one, from 0 to 1."""
        most = self.calls[self.main_theme] if self.main_theme else 1.0
        return {theme: min(1.0, weight / most) for theme, weight in self.calls.items()}

    @cached_property
    def themes_of_its_own(self) -> frozenset[str]:
        """The main theme and those that the account calls for nearly as much."""
        return frozenset(theme for theme, called in self.called_for.items() if called >= _ITS_OWN)

    @cached_property
    def theme_in_hand(self) -> str | None:
        """The theme of the last question, if it belonged to one."""
        turn = self.situation.state.current
        return turn.asked.theme if turn and turn.asked.theme in self.bank.themes else None

    @property
    def last_type(self) -> str:
        """The kind of the last question."""
        turn = self.situation.state.current
        return turn.asked.type if turn else ""

    @cached_property
    def asked_words(self) -> tuple[frozenset[str], ...]:
        """Telling words of each question asked."""
        return tuple(stems(f"{turn.asked.text} {turn.asked.intent}") for turn in self.situation.state.turns)

    @cached_property
    def asked_of(self) -> Counter[str]:
        """How many questions each theme has had."""
        return Counter(turn.asked.theme for turn in self.situation.state.turns)

    @property
    def asked(self) -> int:
        """How many questions were asked in all."""
        return len(self.situation.state.turns)

    @cached_property
    def asked_of_themes(self) -> int:
        """How many of them belong to themes."""
        return sum(self.asked_of[theme] for theme in self.bank.themes)

    @cached_property
    def asked_of_the_bank(self) -> int:
        """How many of those were questions of the themes, and no closer looks."""
        return sum(
            turn.asked.theme in self.bank.themes and turn.asked.question.startswith(f"{turn.asked.theme}/")
            for turn in self.situation.state.turns
        )

    def share_of(self, theme: str) -> int:
        """How many of the themes' questions one theme should have: the main one about half, the others the rest."""
        if math.isinf(self.situation.room):
            return 2 * len(STAGES)
        of_themes = self.asked_of_themes + max(0, int(self.situation.room))
        return math.ceil(of_themes / 2) if theme == self.main_theme else max(1, of_themes // len(STAGES))

    @cached_property
    def stages_due(self) -> frozenset[ThemeStage]:
        """What the questions should be about by now."""
        room = max(0.0, self.situation.room)
        gone = 0.0 if math.isinf(room) else self.asked_of_themes / max(1.0, self.asked_of_themes + room)
        return next(stages for until, stages in _STAGES_DUE if gone < until)

    def reached(self, theme: str) -> ThemeStage | None:
        """The latest stage a theme was asked about."""
        asked = {turn.asked.stage for turn in self.situation.state.turns if turn.asked.theme == theme}
        return next((stage for stage in reversed(STAGES) if stage in asked), None)

    @cached_property
    def fingerprint(self) -> str:
        """What this account is and no other: it decides between questions that are even."""
        words = sorted(self.words_before | self.words_now)
        return " ".join(words[:40])

    def concept_name(self, concept: str) -> str:
        """A concept as it is said."""
        name = self.situation.knowledge.concepts.get(concept, concept)
        return name[:1].lower() + name[1:] if name[1:2].islower() else name

    def theme_name(self, theme: str) -> str:
        """A theme as it is said in a sentence."""
        pack = self.bank.themes[theme]
        spoken = pack.spoken or pack.name[:1].lower() + pack.name[1:]
        for slot, words in self.situation.people_in_words.items():
            spoken = spoken.replace(slot, words)
        return spoken

    @cached_property
    def always(self) -> tuple[str, ...]:
        """Themes that every session of this journey meets."""
        steps = (step for step in self.situation.journey.steps if isinstance(step, ThemesStep))
        return tuple(theme for step in steps for theme in step.always)


def concepts_of(turn: Turn) -> frozenset[str]:
    """What an answer is about: the concepts its words name, or those of the learning that bears on it."""
    named = frozenset(turn.reading.concepts) if turn.reading else frozenset()
    if named or turn.offered is None:
        return named
    return frozenset(concept for hit in turn.offered.hits if not hit.weak for concept in hit.concepts)


def _refused(turn: Turn) -> bool:
    refusal = turn.noticing is not None and turn.noticing.manner == "refusal"
    return refusal or (turn.reading is not None and turn.reading.stance == "refuses")
