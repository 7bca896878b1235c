"""What can be noticed in an account: the shapes only. The JSON of `Noticing` is relied on from outside."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Span = tuple[int, int]
Person = Literal["child", "mother", "father", "wider-family", "professional"]
DangerKind = Literal[
    "injury-non-mobile-baby",
    "suicide-or-serious-self-harm",
    "child-missing-or-unseen",
    "violence-or-threat-now",
    "sexual-abuse-disclosure",
    "poisoning-or-drugs-in-reach",
    "unsafe-care-now",
    "life-in-danger",
]
ObservationKind = Literal[
    "child-words",
    "child-behaviour",
    "child-seen-alone",
    "self-reported",
    "assumption",
    "unclear-language",
    "monitor-only",
    "drift",
    "isolated-events",
    "optimism",
    "challenge-avoided",
    "worker-distress",
]
Manner = Literal["empty", "refusal", "feelings"]
"""How an answer meets its question when it tells nothing of the case: with nothing, with a refusal, with how the
worker feels."""


class Danger(BaseModel):
    """A sign of immediate danger in the words; `confirm` when it is doubtful and one yes or no is asked first."""

    model_config = ConfigDict(frozen=True)

    kind: DangerKind
    confirm: bool
    spans: tuple[Span, ...]


class Observation(BaseModel):
    """Something noticed in the account, with the words that show it."""

    model_config = ConfigDict(frozen=True)

    kind: ObservationKind
    spans: tuple[Span, ...]


class Noticing(BaseModel):
    """All that was noticed in one account; spans are character offsets into it."""

    model_config = ConfigDict(frozen=True)

    act_now: tuple[Danger, ...] = ()
    people: dict[Person, int] = {}
    """How often each is named; pronouns are not counted."""
    observations: tuple[Observation, ...] = ()
    background: tuple[str, ...] = ()
    """What later answers may lean on, such as that the child is a baby: vocabularies of `prompts/act-now.yaml`."""
    themes: tuple[str, ...] = ()
    """Themes of reflection that the account calls up, best first."""
    manner: Manner | None = None
    """None for an answer that tells something of the case."""
