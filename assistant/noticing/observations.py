"""What can be noticed in an account: the shapes only. The JSON of `Noticing` is relied on from outside."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, computed_field, model_validator

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

TO_SUPPOSE, ABOUT_THE_WORKER = "asked to suppose", "asked about the worker"
"""In the background of an answer: what its question invites. Then much is said that isn't so, or isn't of a child."""

Level = Literal["sure", "doubtful", "faint"]
"""How plain a sign of danger is: a sure one shows its card, a doubtful one asks one yes or no, a faint one only steers
what is asked next."""


class Danger(BaseModel):
    """A sign of immediate danger in the words."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    kind: DangerKind
    level: Level
    spans: tuple[Span, ...]
    borne_out: bool = True
    """What was said bears on its kind. Otherwise it says that there may be danger, and only guesses at which."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def confirm(self) -> bool:
        """One yes or no is asked first."""
        return self.level == "doubtful"

    @model_validator(mode="before")
    @classmethod
    def _kept_before_there_were_levels(cls, kept: Any) -> Any:
        """Sessions kept by the first version say only whether a yes or no was asked first."""
        if isinstance(kept, dict) and "level" not in kept and "confirm" in kept:
            return {**kept, "level": "doubtful" if kept["confirm"] else "sure"}
        return kept


class Observation(BaseModel):
    """Something noticed in the account, with the words that show it."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    kind: ObservationKind
    spans: tuple[Span, ...]


class Noticing(BaseModel):
    """All that was noticed in one account; spans are character offsets into it."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    act_now: tuple[Danger, ...] = ()
    """The sure and the doubtful, most urgent first: the first is the one that leads."""
    faint: tuple[Danger, ...] = ()
    """Signs that interrupt nothing and steer what is asked next, most urgent first."""
    people: dict[Person, int] = {}
    """How often each is named; pronouns are not counted."""
    observations: tuple[Observation, ...] = ()
    background: tuple[str, ...] = ()
    """What later answers may lean on, such as that the child is a baby: vocabularies of `prompts/act-now.yaml`."""
    themes: tuple[str, ...] = ()
    """Themes of reflection that the account calls up, best first."""
    manner: Manner | None = None
    """None for an answer that tells something of the case."""
