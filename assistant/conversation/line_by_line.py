"""A line of the last page said anew, after its number or first words were given: what comes of it.

What somebody says takes the line's place as it was said, whatever is read in it; a question, or "I don't know",
changes nothing. Knows nothing of how the page is shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.conversation.line_called import Called, number_given
from assistant.conversation.page_turns import LINE, line_asked
from assistant.conversation.state import Turn
from assistant.language.lazy_patterns import late
from assistant.language.stems import stems
from assistant.noticing.planned_steps import as_read, day_of, step_of, tidied, whose
from assistant.noticing.reading import Stance, Step

_THAT_LINE = r"(?:it|that|this|(?:the|that|this)\s+(?:line|one)|(?:line\s+|number\s+)?\d{1,2})"
_OFF = late(
    r"\W*(?:(?:just|please|can\s+you|you\s+can|we\s+can|no)\W+)*(?:off|leave\s+(?:it|that|this)(?:\s+one)?\s+(?:off|out)"
    rf"|(?:take|get|cross|strike|throw)\s+(?:{_THAT_LINE}\s+(?:off|out|away)|(?:off|out)\s+{_THAT_LINE})"
    rf"|(?:scrap|bin|delete|remove|lose|drop)\b(?:\s+{_THAT_LINE})?)(?:\W+(?:please|thanks|ta|the\s+(?:list|page)))*\W*",
    re.IGNORECASE,
)
_AS_IT_IS = late(
    r"\W*(?:(?:no|oh|actually|sorry|yes|yeah)\W+)*(?:(?:leave|keep)(?:\s+(?:it|that|this)(?:\s+one)?)?(?:\s+(?:as\s+(?:it\s+)?is|be|alone))?"
    r"|(?:it['’]?s|that['’]?s|is)\s+(?:fine|ok(?:ay)?|right|good)(?:\s+as\s+it\s+is)?|never\s*mind|as\s+it\s+is|nothing|yes|yeah|no)"
    r"(?:\W+(?:please|thanks|thank\s+you|ta))*\W*",
    re.IGNORECASE,
)
_NO_LINE: frozenset[Stance] = frozenset({"asks-us", "refuses", "unsure", "elsewhere"})
_MOST_OF_WHO_AND_WHEN = 6
"""Words of an answer that only says who, or by when."""


def said_in_place(turn: Turn, keeps: Called) -> str | None:
    """What was said to stand in a place of the page; empty where it was taken off, None where it wasn't asked for."""
    question = turn.asked.question
    if not question.startswith(f"{LINE}/") or question.rpartition("-")[2] != keeps.partition("-")[0]:
        return None
    answer = _said(turn)
    return None if not answer else "" if _OFF.fullmatch(answer) else answer


def said_anew(steps: Sequence[Step], turn: Turn) -> list[Step]:
    """The steps after a line was said anew, in one piece, whatever was read in it."""
    place, answer = _place(steps, turn), _said(turn)
    if place is None or not answer:
        return list(steps)
    before, after = steps[:place], steps[place + 1 :]
    return [*before, *after] if _OFF.fullmatch(answer) else [*before, _line(steps[place], turn, answer), *after]


def _said(turn: Turn) -> str:
    """What was said of a line; empty where it's to stay as it is, or what was said is no line."""
    answer = (turn.answer or "").strip()
    stands = turn.reading.stands if turn.reading is not None else ()
    no_line = answer.endswith("?") or number_given(answer) is not None or any(one.stance in _NO_LINE for one in stands)
    unsaid = turn.noticing is not None and turn.noticing.manner in {"empty", "refusal"}
    return "" if _AS_IT_IS.fullmatch(answer) or ((no_line or unsaid) and not _OFF.fullmatch(answer)) else answer


def _place(steps: Sequence[Step], turn: Turn) -> int | None:
    """Where the line stands now that was shown, though others may have come or gone since."""
    asked = line_asked(turn.asked.question)
    if asked is None:
        return None
    shown = stems(" ".join(turn.asked.said_first))
    in_order = sorted(range(len(steps)), key=lambda place: place != asked)
    return next((place for place in in_order if stems(steps[place].text) - stems("me") <= shown), None)


def _line(step: Step, turn: Turn, answer: str) -> Step:
    """The step as it's said anew; only who does it or when, where nothing else is said."""
    reading = turn.reading if turn.corrected_at is None else None
    parts = reading.parts or () if reading is not None else ()
    if parts and {part.kind for part in parts} <= {"who", "when"} and len(answer.split()) <= _MOST_OF_WHO_AND_WHEN:
        who = next((whose(answer[slice(*part.span)]) for part in parts if part.kind == "who"), "") or step.who
        by, by_words = day_of(answer, turn.asked.at.date())
        when = next((tidied(answer[slice(*part.span)]) for part in parts if part.kind == "when"), "")
        changed = {"by": by, "by_words": by_words or when} if by or when else {}
        return step.model_copy(update={"who": who, **changed})
    whole = step_of(answer, (0, len(answer)), None, None, turn.asked.at.date())
    return as_read(whole, reading.steps[0]) if reading is not None and reading.steps else whole
