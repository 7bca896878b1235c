"""What the program does when an answer says nothing, or refuses: it makes answering easier instead of carrying on.

Three rules. A refusal is taken as it is, in one sentence that names the ways out, and a question that asks less of the
user stands in for the next one. After several refusals in a row the program offers to close, and the end is no further
off than a few last questions. After an answer that says nothing a smaller question is asked of the same thing, once;
after that the session moves on. What counts as either is noticed in the words (`prompts/noticing.yaml`).
"""

from __future__ import annotations

import re

from assistant.conversation import events as e
from assistant.conversation.filing import says_plainly
from assistant.conversation.situation import Situation, quoted
from assistant.conversation.state import Turn
from assistant.conversation.themes import STAGES
from assistant.language.lazy_patterns import late

_OWNS_TO = late(
    r"\b(?:rather|sooner|prefer)\s+(?:to\s+)?not\s+(?:to\s+)?(?:know|look|see|think|find\s+out|be)\b"
    r"|\bdon['’]?t\s+want\s+(?:it\s+)?to\s+(?:be|know|see|find|think|believe)\b",
    re.IGNORECASE,
)
""" "I'd rather not know", "I don't want to be that school": that's telling, and refuses nothing."""
_STOPS = late(
    r"\W*(?:(?:let['’]?s|can\s+we|please|yes|ok|just|i['’]?d\s+like\s+to|i\s+want\s+to|we\s+can|i['’]?ll)\s+)*(?:stop|finish|end)(?:\s+(?:here|now|there|it|this))*\W",
    re.IGNORECASE,
)
REFUSALS_BEFORE_CLOSING = 3
"""In a row. Whoever refuses a third time has been offered another question twice."""
MOST_SMALLER = 3
"""In one session. Somebody who answers nothing four times does not want a fifth question about it."""


def close_early(situation: Situation) -> e.Event | None:
    """After refusals in a row: an offer to close, the last questions not yet asked, and the end.

    A journey about something else than a case (a scenario, a review) closes early only where it has its own words for
    that; a scenario has none, for it is for whoever leads the group to close.
    """
    journey = situation.journey
    shared = situation.knowledge.prompts.probes.closing_early if journey.subject is None else None
    closing = journey.closing_early or shared
    if closing is None:
        return None
    begun = any(turn.asked.source == "closing-early" for turn in situation.state.turns)
    if not begun and not _refused_in_a_row(situation) and not _takes_the_way_out(situation.state.current):
        return None
    kept = {turn.asked.keeps for turn in situation.state.turns if turn.settled and turn.asked.keeps}
    question = next(
        (
            one
            for one in closing.questions
            if f"closing-early/{one.key}" not in situation.turns and one.keeps not in kept
        ),
        None,
    )
    if question is None:
        return e.Finished(at=situation.now, by="journey")
    return situation.asks(
        f"closing-early/{question.key}",
        question,
        because=f"{REFUSALS_BEFORE_CLOSING} answers in a row said that you would rather not",
        theme="closing",
        stage="closing",
        said_first=() if begun else (closing.said_first,),
        keeps=question.keeps,
        in_other_words="",
    )


def _takes_the_way_out(turn: Turn | None) -> bool:
    """Offered to stop, they say "stop here"."""
    offered = turn is not None and turn.asked.source == "refused"
    return offered and turn is not None and _STOPS.match(turn.answer or "") is not None


def _refused_in_a_row(situation: Situation) -> bool:
    """The last answers that tell nothing hold so many refusals; a mere "no" among them, or a question passed over,
    neither counts nor ends the row."""
    refusals = 0
    for turn in reversed(situation.state.turns):
        if turn.answer is not None and not _tells_nothing(turn):
            break
        refusals += _refuses(turn)
    return refusals >= REFUSALS_BEFORE_CLOSING


def meet_a_refusal(situation: Situation) -> e.Event | None:
    """The first refusals each get their own sentence and question."""
    turn = _refused(situation)
    if turn is None or turn.answer is None or turn in situation.left_alone or _says_what_was_asked_for(turn):
        return None
    choices = situation.knowledge.prompts.probes.refused
    met = sum(other.asked.source == "refused" for other in situation.state.turns)
    if met >= len(choices) or turn.asked.stage == "closing":
        return None
    words = quoted(turn.answer, (0, len(turn.answer)))
    said_first = (choices[met].said_first,)
    because = f"you wrote “{words}”"
    return situation.asks(f"refused/{met + 1}", choices[met].instead, because=because, said_first=said_first)


def with_a_word_for_a_refusal(situation: Situation, event: e.Event) -> e.Event:
    """The next question, opened with the ways out when it comes straight after a refusal and does not name them."""
    word = situation.knowledge.prompts.probes.refused_again
    refused = _refused(situation)
    if refused is not None and _says_what_was_asked_for(refused):
        return event
    if not isinstance(event, e.Asked) or not word or refused is None or refused in situation.left_alone:
        return event
    if event.said_first and event.source in {"refused", "closing-early"}:
        return event
    return event.model_copy(update={"said_first": (word, *event.said_first)})


def _says_what_was_asked_for(turn: Turn) -> bool:
    """ "Dunno, you tell me. Keep going as we are": the record has what it needs of it."""
    return says_plainly(turn)


def _refused(situation: Situation) -> Turn | None:
    """The question on the table, when it was just refused."""
    turn = situation.state.current
    return turn if turn and _refuses(turn) else None


def _refuses(turn: Turn) -> bool:
    if _OWNS_TO.search(turn.answer or ""):
        return False
    by_manner = turn.noticing is not None and turn.noticing.manner == "refusal"
    return by_manner or (turn.reading is not None and turn.reading.stance == "refuses")


def _says_nothing(turn: Turn) -> bool:
    return turn.noticing is not None and turn.noticing.manner == "empty"


def _tells_nothing(turn: Turn) -> bool:
    return turn.noticing is not None and turn.noticing.manner in {"refusal", "empty"}


def ask_something_smaller(situation: Situation) -> e.Event | None:
    """Once in a theme, and never after a closer look."""
    turn = situation.state.current
    if turn is None or not _says_nothing(turn) or situation.in_a_hurry:
        return None
    asked = turn.asked
    stage = next((stage for stage in STAGES if stage == asked.stage), None)
    if asked.theme not in situation.knowledge.prompts.themes or stage is None or asked.probes or asked.type == "closed":
        return None
    smaller = [other.asked for other in situation.state.turns if other.asked.source == "smaller"]
    if len(smaller) >= MOST_SMALLER or any(other.theme == asked.theme for other in smaller):
        return None
    choices = situation.knowledge.prompts.probes.smaller.get(stage, ())
    unasked = [probe for probe in choices if probe.text not in {other.text for other in smaller}]
    if not unasked:
        return None
    because = "your answer was a short one, and a smaller question may be easier to answer"
    name = f"smaller/{len(smaller) + 1}"
    return situation.asks(name, unasked[0], because=because, probes=asked.question)
