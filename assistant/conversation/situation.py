"""Everything a rule may look at, and the small questions rules ask of it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from assistant.conversation.knowledge import Knowledge
from assistant.conversation.observed import Person, Span
from assistant.conversation.prompts import Depth, Journey, QuestionsStep, Scenario, ThemesStep
from assistant.conversation.state import State, Turn

LONGEST_QUOTE = 90
"""Characters of the user's words given back to them; longer ones are cut at a word."""

_JOINING = re.compile(r"^(?:(?:and|but|so|because|well|or|then)\b,?\s+)+", re.IGNORECASE)


@dataclass(frozen=True)
class Situation:
    """Where the session stands, what is known, and what time it is."""

    state: State
    knowledge: Knowledge
    now: datetime

    @property
    def journey(self) -> Journey:
        """The journey this session is on."""
        return self.knowledge.prompts.journeys[self.state.started.journey]

    @property
    def depth(self) -> Depth:
        """How far this session goes."""
        return self.journey.depth(self.state.started.minutes)

    @property
    def scenario(self) -> Scenario | None:
        """The scenario this session plays, where it plays one."""
        if self.journey.subject != "scenario":
            return None
        return self.knowledge.prompts.scenarios.get(self.state.started.subject or "")

    @cached_property
    def turns(self) -> Mapping[str, Turn]:
        """Every question asked so far, by its id."""
        return {turn.asked.question: turn for turn in self.state.turns}

    @cached_property
    def concepts(self) -> frozenset[str]:
        """Concepts of the learning offered so far: what the account has been about."""
        offered = [turn.offered for turn in self.state.turns if turn.offered]
        return frozenset(concept for offer in offered for hit in offer.hits for concept in hit.concepts)

    @cached_property
    def people(self) -> Counter[Person]:
        """How often each is named in the answers so far."""
        counts: Counter[Person] = Counter()
        for turn in self.state.turns:
            if turn.noticing is not None:
                counts.update(turn.noticing.people)
        return counts

    @property
    def background(self) -> frozenset[str]:
        """What the answers so far have established about the children, for danger told over several answers."""
        return frozenset(name for turn in self.state.turns if turn.noticing for name in turn.noticing.background)

    @cached_property
    def room(self) -> float:
        """How many questions the session still bears beside those of the parts after its themes.

        By the questions asked and by the clock, whichever leaves fewer: an hour of long answers bears fewer questions,
        and an hour of quick ones does not bear twice as many.
        """
        if self.depth.questions is None:
            return math.inf
        by_count = self.depth.questions - len(self.state.turns)
        share_of_time_left = self.state.minutes_left(self.now) / self.state.started.minutes
        return min(by_count, math.ceil(share_of_time_left * self.depth.questions)) - self._set_aside

    @property
    def _set_aside(self) -> int:
        """Questions of the parts after the themes that are asked whatever is answered."""
        steps = self.journey.steps
        themes = next((place for place, step in enumerate(steps) if isinstance(step, ThemesStep)), len(steps))
        after = [step for step in steps[themes:] if isinstance(step, QuestionsStep)]
        return sum(
            (question.only_if is None or question.only_if.either_way)
            and question.least_minutes <= self.state.started.minutes
            and f"{step.part}/{question.key}" not in self.turns
            for step in after
            for question in step.questions
        )

    @property
    def in_a_hurry(self) -> bool:
        """There is room only for the parts after the themes."""
        return self.room <= 0


def quoted(answer: str, span: Span) -> str:
    """The user's words at `span` as they are given back: on one line, without the "and" or "but" they began with.

    Words cut short, here or in the noticing, end in an ellipsis.
    """
    start, end = span
    words = _JOINING.sub("", " ".join(answer[start:end].split()))
    goes_on = answer[end : end + 1].isspace() and answer[end:].strip()[:1].isalnum()
    if len(words) > LONGEST_QUOTE:
        words, goes_on = words[:LONGEST_QUOTE].rsplit(" ", 1)[0], True
    return words + (" …" if goes_on else "")
