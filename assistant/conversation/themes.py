"""A theme of reflection and its questions, as a file of `prompts/themes/` has them.

Owns their shapes and a question's name. Reading the files is for `prompts`, choosing among the questions for the rules.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from assistant.conversation.case_facts import CaseFact
from assistant.noticing.probes import Wording, Words
from assistant.yaml_files import PackModel

ThemeStage = Literal["experience", "reflection", "analysis", "action"]
STAGES: tuple[ThemeStage, ...] = ("experience", "reflection", "analysis", "action")
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Question(Wording):
    """One question a person wrote."""

    concepts: tuple[str, ...] = ()
    """Lexicon concepts it is about; an answer that is about them too calls it up."""
    after: tuple[Words, ...] = ()
    """Things a worker might have just said, in their own words, to which it would be a good reply."""
    only_after: bool = False
    """It makes no sense before something like them was said."""
    needs: tuple[CaseFact, ...] = ()
    """What must be so of the case before it can be asked."""
    not_for: tuple[CaseFact, ...] = ()
    """What rules it out."""
    answered_by: tuple[CaseFact, ...] = ()
    """What, once it is known, has answered it."""


class Quoted(PackModel):
    """A question that a review asks its reader, word for word."""

    review: str
    text: Words


class StageQuestions(PackModel):
    """The questions of one theme, by stage; no stage is empty."""

    experience: tuple[Question, ...] = Field(min_length=1)
    reflection: tuple[Question, ...] = Field(min_length=1)
    analysis: tuple[Question, ...] = Field(min_length=1)
    action: tuple[Question, ...] = Field(min_length=1)

    def at(self, stage: ThemeStage) -> tuple[Question, ...]:
        """The questions of `stage`, in the order of the file."""
        questions: tuple[Question, ...] = getattr(self, stage)
        return questions


class NamedPack(PackModel):
    """A file whose `id` is its name without the ending."""

    id: Key
    name: Words
    about: Words


class Theme(NamedPack):
    """A subject of reflection with its questions."""

    spoken: Words | None = None
    """What it is about, as it is said in a sentence: "the men around {child}"."""
    concepts: tuple[str, ...] = ()
    needs: tuple[CaseFact, ...] = ()
    """What all of its questions need."""
    questions: StageQuestions
    quoted: tuple[Quoted, ...] = ()


def question_id(theme: str, stage: ThemeStage | Literal["quoted"], ordinal: int) -> str:
    """`voice-of-the-child/experience/1`; ordinals count from 1."""
    return f"{theme}/{stage}/{ordinal}"
