"""Every question of every theme, made ready to be weighed: what it is about, how rare that is.

Owns what can be worked out from the prompts alone, once. Knows nothing of any session; which question is asked is
`question_weights.py`'s business.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.conversation.called_learning import CalledLearning
from assistant.conversation.called_questions import Called, Calling
from assistant.conversation.question_finder import key_of
from assistant.conversation.themes import STAGES, Question, Theme, ThemeStage, question_id
from assistant.language.stems import stems
from assistant.noticing.clause_vectors import Meaning


@dataclass(frozen=True)
class BankQuestion:
    """One question of a theme, where it belongs, and its place in the file."""

    id: str
    theme: str
    stage: ThemeStage
    question: Question
    words: frozenset[str]
    """What it asks and what for, in stems."""


class QuestionBank:
    """All questions of all themes."""

    def __init__(self, themes: Mapping[str, Theme], meaning: Meaning | None = None) -> None:
        self.themes = themes
        self.questions = tuple(
            BankQuestion(
                question_id(theme.id, stage, ordinal),
                theme.id,
                stage,
                question.model_copy(update={"needs": (*theme.needs, *question.needs)}),
                stems(f"{question.text} {question.intent}"),
            )
            for theme in themes.values()
            for stage in STAGES
            for ordinal, question in enumerate(theme.questions.at(stage), start=1)
        )
        self.by_id = {bank.id: bank for bank in self.questions}
        calling = Calling({bank.id: bank.question for bank in self.questions}, meaning)
        self.called = calling.called
        """The questions that an answer calls for, and how well each fits."""
        self.make_ready = calling.make_ready
        """Reads what was said before an answer that is still to come."""
        self.learning = CalledLearning({bank.id: bank.question for bank in self.questions})
        """The learning that bears on an answer, by those questions."""
        self._concepts_used = Counter(c for bank in self.questions for c in bank.question.concepts)
        self._words_used = Counter(word for bank in self.questions for word in bank.words)
        self._themes_with = Counter(concept for theme in themes.values() for concept in theme.concepts)

    def by_key(self, called: Mapping[str, Called]) -> dict[bytes, float]:
        """How well each question that a whole answer calls for fits it, by its key."""
        return {key_of(self.by_id[name].question): one.fit for name, one in called.items() if one.span is None}

    def concept_rarity(self, concept: str) -> float:
        """From 0 to 1: a concept that few questions are about says more about which one fits."""
        return _rarity(self._concepts_used[concept], len(self.questions))

    def word_rarity(self, word: str) -> float:
        """The same of a word."""
        return _rarity(self._words_used[word], len(self.questions))

    def theme_rarity(self, concept: str) -> float:
        """The same of a concept among themes."""
        return _rarity(self._themes_with[concept], len(self.themes))


def _rarity(used: int, of: int) -> float:
    return math.log(of / used) / math.log(of) if used and of > 1 else 0.0
