"""Where the last page was answered, and what each answer says of it.

Owns which questions put the page before the worker. Knows nothing of what comes of the answers.
"""

from __future__ import annotations

import re

from assistant.conversation.page_remarks import Remarks, remarks
from assistant.conversation.state import State, Turn
from assistant.noticing.reading import Step

_ASKS_TO_PUT = re.compile(
    r"(?:we|i|you|could\s+you|can\s+you)\s+(?:should\s+|could\s+|need\s+to\s+)?(?:add|put)\b", re.IGNORECASE
)
AGAIN = "ending/page-again"
"""The same page as it was put right, once: asked twice whether it's right now, people give up."""
PAGE = frozenset({"ending/page", "ending/page-and-date", AGAIN})
"""The questions that put the page before the worker."""


def page_turns(state: State) -> tuple[Turn, ...]:
    """Where the page was answered."""
    return tuple(turn for turn in state.turns if turn.asked.question in PAGE and turn.answer)


def said_of_page(turn: Turn) -> Remarks:
    """What its answer says of the page."""
    return remarks(turn.answer or "", turn.asked.at.date())


def steps_said(turn: Turn) -> tuple[Step, ...]:
    """The steps in its answer; what is asked for of the page is none, however much it sounds like one."""
    steps = turn.reading.steps if turn.reading else ()
    about = said_of_page(turn).handled
    return tuple(
        step
        for step in steps
        if not any(start <= step.span[0] < end for start, end in about) and not _ASKS_TO_PUT.match(step.text)
    )
