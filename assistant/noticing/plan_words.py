"""Words in a plan that sound like something being done and say little: `prompts/plan-words.yaml`.

Owns the shape of that file and where a plan uses such a word. Knows nothing of steps or actions.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from pydantic import Field

from assistant.resources import own_or_shipped
from assistant.yaml_files import PackModel, read_packs


class VagueWords(PackModel):
    """Words that say little, and what to ask instead."""

    words: tuple[str, ...] = Field(min_length=1)
    ask: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any word that begins with one of these."""
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, self.words))})\w*", re.IGNORECASE)


class PlanWords(PackModel):
    """`prompts/plan-words.yaml`."""

    vague: tuple[VagueWords, ...]
    activities: tuple[str, ...]

    def asked_about(self, plan: str) -> str:
        """What to ask about a step's vague word (`Step.vague`)."""
        return next((vague.ask for vague in self.vague if vague.pattern.match(plan)), "")


def read_plan_words(home: Path) -> PlanWords:
    """The words the gentle check knows, the user's own file in place of the shipped one."""
    ((words, _),) = read_packs([own_or_shipped("prompts", "plan-words.yaml", home)], PlanWords)
    return words
