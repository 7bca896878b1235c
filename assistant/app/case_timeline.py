"""Everything of one case by date, newest first: sessions, actions, disagreements and learning found useful.

Owns how each is named in a list. Knows nothing of widgets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from assistant.app.panel_models import short
from assistant.conversation.put_right import decision
from assistant.conversation.state import State
from assistant.followup.actions import Action
from assistant.followup.escalations import Escalation
from assistant.language.dates import format_date
from assistant.library.points import reading_text

SESSION, ACTION, DISPUTE, POINT = "session:", "action:", "dispute:", "point:"
"""What the key of a moment begins with; the id follows."""
_SHORT = 90
"""Characters of a decision, and of learning, that a list has room for."""


@dataclass(frozen=True)
class Moment:
    """One thing on the timeline."""

    key: str
    day: date
    what: str
    words: str
    more: str = ""


def timeline(
    states: Iterable[State], actions: Iterable[Action], escalations: Iterable[Escalation], journeys: Mapping[str, str]
) -> tuple[Moment, ...]:
    """Every moment; of one day the session comes before what came of it."""
    order = (SESSION, ACTION, DISPUTE, POINT)
    every = [
        *(moment for state in states for moment in _of_session(state, journeys)),
        *(_of_action(action) for action in actions),
        *(_of_dispute(one) for one in escalations),
    ]
    rank = {kind: place for place, kind in enumerate(order)}
    return tuple(sorted(every, key=lambda one: (-one.day.toordinal(), rank[one.key.partition(":")[0] + ":"])))


def _of_session(state: State, journeys: Mapping[str, str]) -> Iterator[Moment]:
    started = state.started
    decided = decision(state)
    name = journeys.get(started.journey, started.journey)
    standing = "" if state.finished else "not finished"
    yield Moment(f"{SESSION}{started.session}", started.at.date(), name, short(decided, _SHORT), standing)
    for hit in state.useful_learning:
        yield Moment(
            f"{POINT}{hit.id}", started.at.date(), "Useful", f"“{short(reading_text(hit.text), _SHORT)}”", hit.title
        )


def _of_action(action: Action) -> Moment:
    due = f"by {format_date(action.by)}" if action.by else action.by_said or "no date agreed"
    standing = "" if action.status == "open" else f", {action.status.replace('-', ' ')}"
    who = f"{action.person}, " if action.person else ""
    return Moment(f"{ACTION}{action.id}", action.agreed, "Action", action.text, f"{who}{due}{standing}")


def _of_dispute(one: Escalation) -> Moment:
    words = " ".join(one.disputed.split()) or "What it is about hasn't been said yet"
    return Moment(f"{DISPUTE}{one.id}", one.raised.date(), "Disagreement", words, "" if one.open else "settled")
