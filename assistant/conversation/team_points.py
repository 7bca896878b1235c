"""What a team can answer for in a review, how its short answers are read, and which gaps it has named.

A review's findings hold practice, but also numbers about the country and what happened to one family; a team can hold
its own practice only against the first. Knows nothing of the order of questions (`course.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.conversation.journeys import PointsStep
from assistant.conversation.state import State, Turn
from assistant.language.lazy_patterns import late
from assistant.language.stems import alike, stems
from assistant.library.points import LearningPoint, reading_text

_STATISTICS = late(
    r"\d+\s?%|per ?cent|England and Wales|more (?:at risk|likely)\b.*\bthan|\b(?:19|20)\d\d\b", re.IGNORECASE
)
_ONE_FAMILY = late(r"\b(?:Child|Baby) [A-Z]\b|\b(?:Mother|Father|Mum|Dad)(?:'s|’s)?\b|\b(?:his|her) siblings?\b")
_REPEATS = 0.6
"""Of the telling words of two points; sharing more they ask a team the same."""
_FIRST_WORDS = late(r"[.;:\n–—(]|,(?=\s)|\b(?:but|because|though)\b")
_GAP = late(r"\b(?:partly|partial\w*|in part|mostly|some|not|no|nowhere|hardly|rarely)\b", re.IGNORECASE)
_NOT_OURS = late(r"\bnot (?:ours|our job|for us|our)\b", re.IGNORECASE)
_LONGEST_GAP = 110


def points_for_a_team(points: Iterable[LearningPoint], step: PointsStep) -> Iterator[LearningPoint]:
    """The points of the step's kinds that a team can answer for, each thing once."""
    kept: list[frozenset[str]] = []
    for point in points:
        if point.kind not in step.kinds or not _answerable(point):
            continue
        words = stems(point.text)
        if not any(alike(words, other) >= _REPEATS for other in kept):
            kept.append(words)
            yield point


def _answerable(point: LearningPoint) -> bool:
    if point.kind != "finding":
        return True
    text = reading_text(point.text)
    return not (_STATISTICS.search(text) or _ONE_FAMILY.search(text))


def first_words(answer: str) -> str:
    """What a choice answered in one's own words begins with: "Not really. We talk in the kitchen." is "Not really"."""
    return _FIRST_WORDS.split(answer.strip(), maxsplit=1)[0] or answer


def gaps_named(state: State) -> tuple[str, ...]:
    """Every point that is partly in place or not yet, as it stands in the review, a line each."""
    found = [turn for turn in state.turns if turn.asked.keeps == "review-status" and is_gap(turn)]
    return tuple(
        f"{number}. {_short(reading_text(turn.asked.beside[0].text))} ({first_words(turn.answer or '').lower()})"
        for number, turn in enumerate(found, start=1)
        if turn.asked.beside
    )


def is_gap(turn: Turn) -> bool:
    """Whether a team said that a point is partly in place or not yet."""
    said = first_words(turn.answer or "")
    return bool(_GAP.search(said)) and not _NOT_OURS.search(said)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_GAP else text[:_LONGEST_GAP].rsplit(" ", 1)[0] + " …"
