"""A question that takes up what was noticed, as it is written in a file.

Owns the shape of one question and of the probes for each kind of observation. Which is asked is the conversation's
business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import StringConstraints

from assistant.language.agreement import is_several, with_several
from assistant.yaml_files import PackModel

QuestionType = Literal[
    "open", "lineal", "circular", "reflexive", "hypothetical", "scaling", "exception", "strategic", "closed"
]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Wording(PackModel):
    """How something is asked, and what for."""

    text: Words
    type: QuestionType
    intent: Words
    """Shown for 'why this question?'."""
    in_other_words: Words | None = None
    """How it is asked of somebody who didn't understand it."""

    def filled(self, slots: Mapping[str, str]) -> Wording:
        """The same with each slot, such as `{words}`, replaced by its words."""
        again = _filled(self.in_other_words, slots) if self.in_other_words else None
        return self.model_copy(update={"text": _filled(self.text, slots), "in_other_words": again})


def _filled(text: str, slots: Mapping[str, str]) -> str:
    """With the slots' words in it; what was quoted comes last, so that nothing is changed in it."""
    for slot, words in sorted(slots.items(), key=lambda one: one[0] == "{words}"):
        said = slot in text
        text = text.replace(slot, words)
        if said and is_several(words):
            text = with_several(text, words)
    return text


class Probe(Wording):
    """A closer look: `{words}` stands for the user's own words."""


@dataclass(frozen=True)
class ProbeSet:
    """What may be asked when something was noticed, and the theme it calls for."""

    probes: tuple[Probe, ...]
    theme: str | None = None
