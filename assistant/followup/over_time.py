"""What shows only across sessions: what a team's reviews moved, which themes were met, what actions came to.

Counts and changes, worked out from the events each time; never a grade of a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.conversation.events import Beside
from assistant.conversation.page_turns import of_the_page
from assistant.conversation.prompts import Prompts
from assistant.conversation.state import State
from assistant.followup.actions import Action
from assistant.noticing.observations import DangerKind

_MORE_THAN_IN_PASSING = 2
_TELLS: frozenset[str | None] = frozenset(
    {None, "focus", "last-action", "explanation", "risk", "escalation", "decision"}
)
"""What is kept of answers that tell of the case."""
_OF_DANGER: Mapping[DangerKind | None, str] = {
    "injury-non-mobile-baby": "bruising-in-babies",
    "suicide-or-serious-self-harm": "suicide-and-self-harm",
}
PointStatus = Literal["in place", "partly", "not yet", "not ours", "unclear"]


@dataclass(frozen=True)
class PointReviewed:
    """One learning point and where a team said it stood."""

    point: str
    beside: Beside
    status: PointStatus
    said: str
    evidence: str
    plan: str


@dataclass(frozen=True)
class Moved:
    """A learning point that stands elsewhere than the time before."""

    point: PointReviewed
    before: PointStatus


@dataclass(frozen=True)
class Counts:
    """What was met and done, in numbers."""

    sessions: int
    themes_met: tuple[tuple[str, int], ...]
    themes_never_met: tuple[str, ...]
    actions: int
    actions_done: int
    with_a_difference: int
    """Actions of which somebody said what became different for the child."""


def points_reviewed(state: State) -> list[PointReviewed]:
    """The points of one team review, in the order they were asked about."""
    answers: dict[str, dict[str, str]] = {}
    beside: dict[str, Beside] = {}
    for turn in state.turns:
        if not turn.answer or not turn.asked.beside or not (turn.asked.keeps or "").startswith("review-"):
            continue
        shown = turn.asked.beside[0]
        point = shown.point or shown.text
        beside[point] = shown
        answers.setdefault(point, {})[turn.asked.keeps or ""] = turn.answer
    return [
        PointReviewed(
            point=point,
            beside=beside[point],
            status=status_said(said.get("review-status", "")),
            said=said.get("review-status", ""),
            evidence=said.get("review-evidence", ""),
            plan=said.get("review-plan", ""),
        )
        for point, said in answers.items()
    ]


def status_said(words: str) -> PointStatus:
    """Which of the four answers it was, as far as the words show."""
    said = words.casefold()
    if "not our" in said or "not for us" in said:
        return "not ours"
    if any(word in said for word in ("not yet", "not in place", "nothing", "no ")) or said.strip(" .") in {"no", "not"}:
        return "not yet"
    if any(word in said for word in ("partly", "partial", "in part", "mostly", "some")):
        return "partly"
    if any(word in said for word in ("in place", "evidenced", "yes")):
        return "in place"
    return "unclear"


def moved(earlier: State, later: State) -> list[Moved]:
    """The points that a team places elsewhere than the time before."""
    before = {point.point: point.status for point in points_reviewed(earlier)}
    return [
        Moved(point, before[point.point])
        for point in points_reviewed(later)
        if point.point in before and before[point.point] != point.status
    ]


def counted(states: Sequence[State], actions: Iterable[Action], prompts: Prompts) -> Counts:
    """Themes talked about and never talked about, and what the actions came to."""
    met = Counter(theme for state in states for theme in _themes_met(state, prompts))
    agreed = list(actions)
    return Counts(
        sessions=len(states),
        themes_met=tuple(sorted(met.items(), key=lambda item: (-item[1], item[0]))),
        themes_never_met=tuple(theme for theme in sorted(prompts.themes) if theme not in met),
        actions=len(agreed),
        actions_done=sum(action.status == "done" for action in agreed),
        with_a_difference=sum(bool(action.difference) for action in agreed),
    )


def _themes_met(state: State, prompts: Prompts) -> set[str]:
    """What was talked about, whichever question brought it up.

    A theme's own question counts where its answer says something; words count in any answer that is above all about the
    theme, and in passing from the second answer on. Words about the page, the steps or how the worker is don't, for
    every session has them; a danger that was so does.
    """
    met, in_passing = set[str](), Counter[str]()
    for turn in state.turns:
        if not turn.answer or (turn.noticing is not None and turn.noticing.manner in {"empty", "refusal"}):
            continue
        met.add(turn.asked.theme)
        if turn.noticing is not None and turn.asked.keeps in _TELLS and not of_the_page(turn.asked.question):
            met.update(turn.noticing.themes[:1])
            in_passing.update(turn.noticing.themes[1:])
    so = (card.kind for card in state.cards if not (card.denied or card.doubtful))
    met |= {_OF_DANGER[kind] for kind in so if kind in _OF_DANGER}
    met |= {theme for theme, times in in_passing.items() if times >= _MORE_THAN_IN_PASSING}
    return met & set(prompts.themes)
