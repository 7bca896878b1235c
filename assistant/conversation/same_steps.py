"""Which of the steps told in a session are one and the same, said twice.

Knows nothing of what becomes of them (`agreed_steps.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.conversation.naming_words import names
from assistant.language.lazy_patterns import late
from assistant.language.stems import alike, stems
from assistant.noticing.reading import Step
from assistant.noticing.step_owners import without_speaker
from assistant.noticing.steps import SPEAKER

_FEW = 2
"""Telling words: so few say that two steps are one only on the same day."""
_SAME_STEP = 0.5
"""Share of telling words from which on a step takes the place of one that stands there."""
_A_THING = late(r"\W*(?:and\s+)?(?:the|that|his|her|their)\b", re.IGNORECASE)
_HAS_TO_BE = late(r"\b(?:has|have|needs?|must|should|ought)\b", re.IGNORECASE)
""" "The review has to be told" is a job, whichever line speaks of the review."""
_GOES_TO = late(r"(?P<does>(?i:ring|call|see|email|tell|ask|meet|visit))\s+(?P<who>[A-Z]\w+)(?:\s+(?i:this|on|by|at))?")
_DOING = late(r"\b(?:see|ring|call|visit|ask|tell|write|meet|check|send|book|refer|speak)\b")


def same_step(one: Step, other: Step) -> bool:
    """Two drafts of one: in the same words, or nearly, or the same thing done by the same person on the same day."""
    if one.text.casefold() == other.text.casefold():
        return True
    apart = bool(one.who and other.who) and _doer(one) != _doer(other)
    if (
        not apart
        and one.by is not None
        and one.by == other.by
        and _does(one) & _does(other)
        and _about(one) & _about(other)
    ):
        return True
    if not apart and None in {one.by, other.by} and _only_goes_to(one, other):
        return True
    less = min(names(one.text), names(other.text), key=len)
    held = less <= names(one.text) & names(other.text)
    holds = held and (len(less) > _FEW or (len(less) == _FEW and one.by == other.by))
    like = alike(stems(one.text), stems(other.text)) >= _SAME_STEP
    like = like and alike(stems(_undated(one)), stems(_undated(other))) > _SAME_STEP
    return not apart and (holds or like)


def _only_goes_to(one: Step, other: Step) -> bool:
    """ "Ring Pat this afternoon", where it's said elsewhere what Pat will be rung about."""
    fewer, more = sorted((one, other), key=lambda step: len(step.text))
    whom = _GOES_TO.fullmatch(_undated(fewer).strip(" .,"))
    goes = _DOING.match(without_speaker(more.text).casefold())
    return whom is not None and goes is not None and goes[0] == whom["does"].casefold() and whom["who"] in more.text


def only_names(now: Sequence[Step], step: Step) -> int | None:
    """The one step whose words a few words name, and no job of their own: "the check, that's me, tomorrow"."""
    words = stems(step.text.partition(",")[0]) - stems(step.who)
    named = [place for place, one in enumerate(now) if words <= stems(one.text)]
    return (
        named[0]
        if _A_THING.match(step.text) and not _HAS_TO_BE.search(step.text) and 0 < len(words) <= _FEW and len(named) == 1
        else None
    )


def _undated(step: Step) -> str:
    """Its words without its day: two rings on one evening are two."""
    return step.text.replace(step.by_words, " ") if step.by_words else step.text


def _does(step: Step) -> frozenset[str]:
    return frozenset(_DOING.findall(step.text.casefold()))


def _about(step: Step) -> frozenset[str]:
    return names(_undated(step)) - frozenset(_DOING.findall(step.text.casefold()))


def _doer(step: Step) -> str:
    who = step.who.casefold()
    return "me" if who in SPEAKER else who
