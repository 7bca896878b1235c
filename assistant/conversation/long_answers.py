"""An answer that is longer than can be read while somebody waits: how much of it rules see, and what is said of that.

All of it is kept. Owns the limit; the words that say so are in `prompts/listening.yaml`.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.conversation import events as e
from assistant.conversation.knowledge import Knowledge
from assistant.conversation.state import State, Turn

MOST_READ = 12_000
"""Letters, four pages or two thousand words."""
LONG = 3_000
"""Letters, a page: from here on, reading takes more than a second where the machine is busy."""
MET_WITH = "That's long. Give me a moment with it."
"""Said at once of what's longer, while it is read."""
_BACK = 400
"""How far back from there the end of a sentence or of a word is looked for."""


def as_read(state: State) -> State:
    """The session as the rules see it: of a very long answer its beginning. What stands where is the same in both."""
    if not any(_long(turn) for turn in state.turns):
        return state
    return replace(state, turns=tuple(_begun(turn) if _long(turn) else turn for turn in state.turns))


def with_a_word_for_a_long_answer(state: State, knowledge: Knowledge, event: e.Event) -> e.Event:
    """The next question, after what was kept and what was read where the answer was longer than is read."""
    turn = state.current
    if not isinstance(event, e.Asked) or turn is None or not _long(turn):
        return event
    return event.model_copy(update={"said_first": (knowledge.prompts.listening.not_all_read, *event.said_first)})


def _long(turn: Turn) -> bool:
    return len(turn.answer or "") > MOST_READ


def _begun(turn: Turn) -> Turn:
    head = (turn.answer or "")[:MOST_READ]
    sentence = max(head.rfind(end, MOST_READ - _BACK) + 1 for end in (". ", "? ", "! ", "\n"))
    word = head.rfind(" ", MOST_READ - _BACK) + 1
    return replace(turn, answer=head[: sentence or word or MOST_READ].rstrip())
