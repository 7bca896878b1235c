"""The last page put right a line at a time: somebody gives its number or first words, and says how it should be.

What they say takes the line's place as it was said, whatever is read in it. Owns which answers give only a number, and
what comes of a line said anew. Knows nothing of how the page is shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.conversation.events import Keeps
from assistant.conversation.page_turns import LINE, line_asked
from assistant.conversation.state import Turn
from assistant.language.lazy_patterns import late
from assistant.noticing.planned_steps import step_of
from assistant.noticing.reading import Step

_ONLY_A_NUMBER = late(
    r"\W*(?:(?:no|yes|yeah|ok(?:ay)?|just|it['’]?s|still|line|number|step|the|change|sorry)\W+)*(?P<number>\d{1,2})"
    r"(?:st|nd|rd|th)?(?:\W+(?:one|line|please|is|still|wrong|not|right|isn['’]?t|again|that|one['’]?s))*\W*",
    re.IGNORECASE,
)
""" "4", "number 4 please", "no, 4 is still wrong"."""
_CALLED: Mapping[Keeps, re.Pattern[str]] = {
    "decision": late(
        r"\W*(?:(?:no|the|it['’]?s|just|still)\W+)*(?:decided|decision)(?:\W+(?:line|bit|one|is|still|wrong|not|right))*\W*",
        re.IGNORECASE,
    ),
    "child-told": late(
        r"\W*(?:(?:no|the|it['’]?s|just|still)\W+)*(?:to\s+be|to|to\s+be\s+told|told)(?:\W+(?:line|bit|one|is|still|wrong|not|right))*\W*",
        re.IGNORECASE,
    ),
    "outcome": late(
        r"\W*(?:(?:no|the|it['’]?s|just|still)\W+)*(?:if\s+it\s+works|outcome)(?:\W+(?:line|bit|one|is|still|wrong|not|right))*\W*",
        re.IGNORECASE,
    ),
}
_OFF = late(
    r"\W*(?:(?:just|please|can\s+you|you\s+can|we\s+can|no)\W+)*(?:off|(?:take|get|cross|strike|leave|throw|scrap|bin|delete|remove|lose|drop)\b(?:\s+(?:it|that|this|that\s+one))?(?:\s+(?:off|out|away))?)"
    r"(?:\W+(?:please|thanks|the\s+(?:list|page)))*\W*",
    re.IGNORECASE,
)
_AS_IT_IS = late(
    r"\W*(?:(?:no|oh|actually|sorry)\W+)*(?:leave\s+it(?:\s+(?:as\s+it\s+is|be|alone))?|(?:it['’]?s|that['’]?s|is)\s+(?:fine|ok(?:ay)?|right|good)|never\s*mind|as\s+it\s+is|nothing)\W*",
    re.IGNORECASE,
)


def place_given(answer: str) -> Keeps | None:
    """What else stands on the page and is called by the first words of its line: "decided", "to be told"."""
    return next((keeps for keeps, named in _CALLED.items() if named.fullmatch(answer)), None)


def said_in_place(turn: Turn, keeps: Keeps) -> str | None:
    """What was said to stand in a place of the page; empty where it was taken off, None where it wasn't asked for."""
    answer = (turn.answer or "").strip()
    if turn.asked.question.rpartition("-")[2] != keeps.partition("-")[0] or not turn.asked.question.startswith(
        f"{LINE}/"
    ):
        return None
    return None if not answer or _AS_IT_IS.fullmatch(answer) else "" if _OFF.fullmatch(answer) else answer


def number_given(answer: str) -> int | None:
    """The number of a line, where an answer gives nothing else."""
    found = _ONLY_A_NUMBER.fullmatch(answer)
    return int(found["number"]) if found else None


def said_anew(steps: Sequence[Step], turn: Turn) -> list[Step]:
    """The steps after a line was said anew, in one piece, whatever was read in it."""
    place, answer = line_asked(turn.asked.question), (turn.answer or "").strip()
    if place is None or place >= len(steps) or _AS_IT_IS.fullmatch(answer):
        return list(steps)
    before, after = steps[:place], steps[place + 1 :]
    if _OFF.fullmatch(answer):
        return [*before, *after]
    read = turn.reading.steps if turn.reading is not None else ()
    whole = step_of(answer, (0, len(answer)), None, None, turn.asked.at.date())
    said = read[0] if read else whole
    now = whole.model_copy(
        update={"who": said.who or whole.who, "by": said.by or whole.by, "by_words": said.by_words or whole.by_words}
    )
    return [*before, now, *after]
