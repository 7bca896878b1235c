"""Where the last page was answered, and what each answer says of it.

Owns which questions put the page before the worker. Knows nothing of what comes of the answers.
"""

from __future__ import annotations

import re

from assistant.conversation.page_lines import shown_lines
from assistant.conversation.page_remarks import Remarks, nothing_to_do, remarks
from assistant.conversation.state import State, Turn
from assistant.language.late_patterns import late
from assistant.noticing.reading import Step

_ASKS_TO_PUT = late(
    r"(?:we|i|you|could\s+you|can\s+you)\s+(?:should\s+|could\s+|need\s+to\s+)?(?:add|put)\b", re.IGNORECASE
)
_OF_THE_DECISION = late(r"\W*(?:the\s+)?(?:decided|decision)\b", re.IGNORECASE)
AGAIN = "ending/page-again"
"""The same page as it was put right; the second time and after, with a number."""
_PAGE = frozenset({"ending/page", "ending/page-and-date"})


def is_page(question: str) -> bool:
    """Whether a question puts the page before the worker."""
    return question in _PAGE or question.startswith(AGAIN)


def shown_again(state: State) -> int:
    """How often the page was shown as it was put right."""
    return sum(turn.asked.question.startswith(AGAIN) for turn in state.turns)


def page_turns(state: State) -> tuple[Turn, ...]:
    """Where the page was answered."""
    return tuple(turn for turn in state.turns if is_page(turn.asked.question) and turn.answer)


def said_of_page(turn: Turn) -> Remarks:
    """What its answer says of the page."""
    today = turn.asked.at.date()
    shown = shown_lines(turn.asked.said_first, today)
    return remarks(
        turn.answer or "", today, shown, again=turn.asked.question.startswith(AGAIN) and turn.asked.keeps != "next-date"
    )


def done_on_page(turn: Turn) -> tuple[str, ...]:
    """The steps that are said there to be done already, as they were shown."""
    lines = shown_lines(turn.asked.said_first, turn.asked.at.date())
    done = [number for one in said_of_page(turn).numbered if one.does == "done" for number in one.numbers]
    return tuple(line.text for line in lines if line.number in done or line.number - len(lines) - 1 in done)


def steps_said(turn: Turn) -> tuple[Step, ...]:
    """The steps in its answer; what is asked for of the page is none, however much it sounds like one."""
    steps = turn.reading.steps if turn.reading else ()
    about = said_of_page(turn).handled
    return tuple(
        step
        for step in steps
        if not any(start <= step.span[0] < end for start, end in about)
        and not _ASKS_TO_PUT.match(step.text)
        and not _OF_THE_DECISION.match(step.text)
        and not nothing_to_do(step.text)
    )
