"""The shape of `prompts/asked-us.yaml`: what people ask of the program, and what it says.

Which kind some words are is `question_kinds.py`'s, which words of an answer ask is `asking.py`'s, and when anything is
said is `replies.py`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from pydantic import Field, model_validator

from assistant.noticing.probes import Probe, Words
from assistant.yaml_files import Location, PackModel

Does = Literal["again", "why", "list", "read-back", "missing", "unanswered"]
"""What comes of a question beside its reply: ours is asked in other words, or with what it's for; the steps or what was
said so far are shown; what the account doesn't say is told; or what was asked before is answered."""


class AskedUs(PackModel):
    """One kind of thing that people ask of the program."""

    key: str
    """What is learnt to be asked (`KINDS` of stance_reader.py, after "asks/"), where it is one of those."""
    of: str | None = None
    """The key of what it is a kind of."""
    else_as: str | None = None
    """The key of the kind whose reply serves where it's surely this or one like it and not plain which."""
    examples: tuple[Words, ...] = ()
    """As people ask it."""
    hears: tuple[Words, ...] = ()
    """Phrases it is known by."""
    reply: Words
    """Said before what is asked next; `{minutes}` are those left, `{today}` is the day."""
    instead: Probe | None = None
    """What is asked next, where the question ended the answer; `{words}` gives it back."""
    hand_back: bool = False
    """It's theirs to judge: the reply begins with their own words, unless `instead` does."""
    does: Does | None = None


class QuestionsToUs(PackModel):
    """`prompts/asked-us.yaml`."""

    answered_once: Words
    """Said where the same is asked again; `{reply}` is what was said."""
    nothing_missing: Words
    unanswered: Words
    """Said to somebody who tells us that we didn't answer."""
    no_steps_yet: Words
    put_down: Words
    nothing_said_yet: Words
    by_job: dict[Words, dict[Words, tuple[Words, ...]]] = Field(default_factory=dict)
    """Of words in a reply whom they mean, and what the jobs are called of those to whom they mean that."""
    typing: dict[Words, Words] = Field(default_factory=dict)
    """How people type, and how it's mostly written: read before it's told what they ask."""
    not_for_us: tuple[Words, ...]
    """Questions that nobody need answer."""
    kinds: tuple[AskedUs, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _whole(self) -> QuestionsToUs:
        keys = [kind.key for kind in self.kinds]
        if twice := next((key for key in keys if keys.count(key) > 1), None):
            raise ValueError(f"kinds: '{twice}' is there twice")
        if unknown := [kind.else_as for kind in self.kinds if kind.else_as and kind.else_as not in keys]:
            raise ValueError(f"kinds: there is none with the key '{unknown[0]}'")
        if keys[-1] != "other":
            raise ValueError("kinds: the last has the key 'other', for what is of no other kind")
        return self

    def kind(self, key: str) -> AskedUs | None:
        """The kind of that key."""
        return next((kind for kind in self.kinds if kind.key == key), None)

    def for_job(self, reply: str, job: str) -> str:
        """A reply as it's said to somebody of a job: the longest of its names that we know decides."""
        from assistant.noticing.act_now_cards import job_called  # not needed for the first question

        meant = {words: job_called(job, whom) for words, whom in self.by_job.items()}
        known = {words: instead for words, instead in meant.items() if instead}
        if not known:
            return reply
        either = re.compile("|".join(map(re.escape, known)), re.IGNORECASE)  # at once, so none is put for another

        def put(found: re.Match[str]) -> str:
            instead = known[found[0].lower()]
            return instead[:1].upper() + instead[1:] if found[0][:1].isupper() else instead

        return either.sub(put, reply)

    @property
    def other(self) -> AskedUs:
        """For what is of no other kind."""
        return self.kinds[-1]

    def worded(self) -> Iterator[tuple[Location, Probe]]:
        """Every question, and where in the file it stands."""
        for place, kind in enumerate(self.kinds):
            if kind.instead is not None:
                yield ("kinds", place, "instead"), kind.instead
