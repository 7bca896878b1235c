"""What the pictures show: the course of a session, themes over many sessions, a review's place in the library.

Pure functions; they count what happened and grade nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from assistant.app.panel_models import NAMES, people_named, theme_name
from assistant.app.widgets.bars import Bar
from assistant.conversation.prompts import Prompts
from assistant.conversation.state import LONGEST_PAUSE, State, Turn
from assistant.conversation.wording import STAGES
from assistant.followup.over_time import Counts


@dataclass(frozen=True)
class Picture:
    """Bars under a heading, with a sentence that says what they count."""

    heading: str
    says: str
    bars: tuple[Bar, ...]


def course(state: State, prompts: Prompts) -> tuple[Picture, ...]:
    """What was talked about when, and who was named."""
    parts = [_part(turns, ends, prompts) for turns, ends in _parts(state)]
    pictures = [
        Picture("Timeline of the session", "When each part began, and how many questions it had.", tuple(parts))
    ]
    if people := people_named(state):
        named = tuple(Bar(name, people[who], _named(people[who])) for who, name in NAMES.items())
        pictures.append(Picture("Who you've mentioned", "How often each one comes up in the answers.", named))
    return tuple(pictures)


def over_time(counts: Counts, unread: int, prompts: Prompts) -> tuple[Picture, ...]:
    """The themes of all my sessions, most often met first; those never talked about have a picture of their own."""

    def name(theme: str) -> str:
        return theme_name(theme, prompts) or theme

    left_out = f" Left out: {_counted(unread, 'session')} that could not be read." if unread else ""
    met = tuple(Bar(name(theme), count, f"in {count} of {counts.sessions}") for theme, count in counts.themes_met)
    never = tuple(Bar(each, 0, "never") for each in sorted(map(name, counts.themes_never_met), key=str.casefold))
    said = f"How many of {_counted(counts.sessions, 'session')} each one came up in." if met else "None yet."
    return _with_bars(
        Picture("Themes talked about", f"{said}{left_out}", met),
        Picture("Never talked about", f"{_counted(len(never), 'theme')} not discussed in any session yet.", never),
    )


def place_in_library(
    review: str, title: str, speaking: Mapping[str, Mapping[str, int]], points: Mapping[str, int], prompts: Prompts
) -> tuple[Picture, ...]:
    """Which themes a review speaks to, beside the others: first those it speaks to more than they do.

    `speaking` counts points by theme and review, `points` all of a review's points.
    """
    mine, theirs = points[review], sum(points.values()) - points[review]

    def bar(theme: str) -> tuple[float, Bar]:
        own = speaking[theme].get(review, 0)
        others = sum(speaking[theme].values()) - own
        apart = own / max(1, mine) - others / max(1, theirs)
        return apart, Bar(theme_name(theme, prompts) or theme, own, f"{own} of {mine}; others {others} of {theirs}")

    ranked = sorted((bar(theme) for theme in speaking), key=lambda pair: (-pair[0], pair[1].name))
    bars = [one for _, one in ranked]
    says = (
        "How many of its learning points are about each theme, compared with all the other reviews. "
        "The biggest differences come first."
    )
    return _with_bars(
        Picture(title, says, tuple(one for one in bars if one.count)),
        Picture("Themes it doesn't cover", "Other reviews may.", tuple(one for one in bars if not one.count)),
    )


def _with_bars(first: Picture, *others: Picture) -> tuple[Picture, ...]:
    """The first always, because it says what was counted; the others where they have anything to show."""
    return (first, *(picture for picture in others if picture.bars))


def _parts(state: State) -> list[tuple[list[Turn], datetime]]:
    """Turns one after another on the same theme, and when the last of them was over."""
    parts: list[list[Turn]] = []
    for turn in state.turns:
        if parts and parts[-1][-1].asked.theme == turn.asked.theme:
            parts[-1].append(turn)
        else:
            parts.append([turn])
    ends = [part[0].asked.at for part in parts[1:]]
    last = state.finished.at if state.finished else state.last_at
    return list(zip(parts, [*ends, last or state.started.at], strict=True))


def _part(turns: Sequence[Turn], ends: datetime, prompts: Prompts) -> Bar:
    times = [*(turn.asked.at for turn in turns), ends]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    minutes = round(sum((gap for gap in gaps if gap <= LONGEST_PAUSE), timedelta()).total_seconds() / 60)
    stages = list(dict.fromkeys(turn.asked.stage for turn in turns))
    theme = turns[0].asked.theme
    name = theme_name(theme, prompts) or theme[:1].upper() + theme[1:].replace("-", " ")
    went = ", ".join(STAGES.get(stage, stage).lower() for stage in stages)
    passed = sum(turn.skipped for turn in turns)
    skipped = f", {passed} skipped" if passed else ""
    took = _counted(minutes, "minute") if minutes else "under a minute"
    said = f"{_counted(len(turns), 'question')}{skipped}, {took}: {went}"
    return Bar(f"{turns[0].asked.at:%H:%M} {name}", len(turns), said)


def _named(count: int) -> str:
    return "not mentioned" if not count else "once" if count == 1 else f"{count} times"


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
