"""Asking once more: what the record needs and the answer wasn't.

Once for each question, in other words, and never of somebody who refuses or doesn't know. What they said instead is met
first, here in a line or by `replies.py` with a question of its own. The words are in `prompts/listening.yaml`.
"""

from __future__ import annotations

from assistant.conversation import events as e
from assistant.conversation.corrections import owned
from assistant.conversation.filing import PLACES, begins_with_wrong, filed, says_undecided
from assistant.conversation.page_turns import AGAIN
from assistant.conversation.situation import Situation
from assistant.conversation.state import Turn
from assistant.noticing.reading import Reading, Stance

_NO_WISH_TO_SAY: frozenset[Stance] = frozenset({"refuses", "unsure", "already-answered"})


def ask_once_more(situation: Situation) -> e.Asked | None:
    """What was asked for the record and got something else, after that was met."""
    turn = situation.state.current
    asked_first = situation.turns.get(turn.asked.probes) if turn and turn.asked.probes else turn
    return once_more(situation, asked_first) if asked_first else None


def once_more(situation: Situation, turn: Turn, said_first: tuple[str, ...] = ()) -> e.Asked | None:
    """The question of this turn in other words; None where it was answered, or has been asked again."""
    if (
        situation.journey.subject is not None
        or not _unanswered(turn, met=turn is not situation.state.current)
        or turn.asked.keeps is None
    ):
        return None
    listening = situation.knowledge.prompts.listening
    name = f"once-more/{turn.asked.question}"
    probe = listening.once_more.questions.get(turn.asked.keeps)
    if turn.asked.question.startswith(AGAIN):
        return None
    again = {name, f"again/{turn.asked.question}"} & situation.turns.keys()
    if probe is None or again or turn.asked.source in {"once-more", "again"}:
        return None
    stance = turn.reading.stance if turn.reading else "answers"
    met = turn is not situation.state.current
    corrects = stance == "corrects-us" or begins_with_wrong(turn)
    line = owned(situation, turn) if corrects else listening.once_more.before
    wording = probe.filled(situation.people_in_words)
    return turn.asked.model_copy(
        update={
            "at": situation.now,
            "question": name,
            "source": "once-more",
            "text": wording.text,
            "type": wording.type,
            "intent": wording.intent,
            "in_other_words": "",
            "because": "the record needs it, and what you wrote was about something else",
            "said_first": said_first or (() if met else (line,)),
        }
    )


def _unanswered(turn: Turn, *, met: bool) -> bool:
    """Words were given and none of them can be kept as what was asked for; what they said instead has been `met`."""
    reading = turn.reading or Reading()
    manner = turn.noticing.manner if turn.noticing else "told"
    if turn.answer is None or reading.stance in _NO_WISH_TO_SAY or manner in {"refusal", "empty"}:
        return False
    if turn.asked.keeps == "action":
        return bool(reading.stands) and not reading.steps
    if turn.asked.keeps == "decision" and says_undecided(turn):
        return met  # that nothing is decided is an answer, until something else came between
    return turn.asked.keeps in PLACES and not filed(turn)
