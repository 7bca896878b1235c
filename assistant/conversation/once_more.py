"""Asking once more: what the record needs and the answer wasn't, and the last page after it was put right.

Once for each question, in other words, and never of somebody who refuses or doesn't know. What they said instead is met
first, here in a line or by `replies.py` with a question of its own. The words are in `prompts/listening.yaml`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.conversation import events as e
from assistant.conversation.corrections import correction, owned
from assistant.conversation.ending import agreed, ending
from assistant.conversation.filing import PLACES, begins_with_wrong, filed, says_undecided
from assistant.conversation.page_turns import AGAIN, PAGE, said_of_page
from assistant.conversation.situation import Situation
from assistant.conversation.state import Turn
from assistant.noticing.reading import Reading, Stance

_LEAVES_IT = re.compile(
    r"\b(?:leave\s+it|it['’]?ll\s+do|(?:it|that|this)(?:['’]?s|\s+is)\s+(?:fine|right|ok(?:ay)?|good)|fix\s+it|sort\s+it|yes|yeah|yep|yup|that['’]?ll\s+do|better|all\s+good|ta|never\s+mind)(?!\w)",
    re.IGNORECASE,
)
"""Whoever says so is shown no page again."""
_NO_WISH_TO_SAY: frozenset[Stance] = frozenset({"refuses", "unsure"})


def ask_once_more(situation: Situation) -> e.Asked | None:
    """What was asked for the record and got something else, after that was met."""
    turn = situation.state.current
    asked_first = situation.turns.get(turn.asked.probes) if turn and turn.asked.probes else turn
    return once_more(situation, asked_first) if asked_first else None


def once_more(situation: Situation, turn: Turn, said_first: tuple[str, ...] = ()) -> e.Asked | None:
    """The question of this turn in other words; None where it was answered, or has been asked again."""
    if situation.journey.subject is not None or not _unanswered(turn) or turn.asked.keeps is None:
        return None
    listening = situation.knowledge.prompts.listening
    name = f"once-more/{turn.asked.question}"
    probe = listening.once_more.questions.get(turn.asked.keeps)
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


def _unanswered(turn: Turn) -> bool:
    """Words were given and none of them can be kept as what was asked for."""
    reading = turn.reading or Reading()
    manner = turn.noticing.manner if turn.noticing else "told"
    if turn.answer is None or reading.stance in _NO_WISH_TO_SAY or manner in {"refusal", "empty"}:
        return False
    if turn.asked.keeps == "action":
        return bool(reading.stands) and not reading.steps
    if turn.asked.keeps == "decision" and says_undecided(turn):
        return False  # that nothing is decided is an answer
    return turn.asked.keeps in PLACES and not filed(turn)


def show_the_page_again(situation: Situation) -> e.Asked | None:
    """The page as it was put right, before the session closes."""
    turn = situation.state.current
    if turn is None or turn.asked.question not in PAGE:
        return None
    before = replace(situation.state, turns=situation.state.turns[:-1])
    if agreed(situation.state) != agreed(before):
        return _page_again(situation)
    words = situation.knowledge.prompts.listening.ending
    unread = said_of_page(turn).of_the_page and not _LEAVES_IT.search(turn.answer or "")
    return _page_again(situation, (words.unread,)) if unread else None


def reply_on_the_page(situation: Situation) -> e.Asked | None:
    """Whoever asks us something, or says what is missing, where the page stands is met before the session closes."""
    turn = situation.state.current
    if turn is None or turn.asked.question not in PAGE:
        return None
    if correction(turn) is not None:
        return _page_again(situation, (owned(situation, turn),))
    asks = turn.reading is not None and turn.reading.stand("asks-us") is not None
    return _page_again(situation) if asks else None


def _page_again(situation: Situation, before: tuple[str, ...] = ()) -> e.Asked | None:
    if AGAIN in situation.turns:
        return None
    return situation.asks(
        AGAIN,
        situation.knowledge.prompts.listening.ending.again,
        because="you put the page right, or asked about it",
        theme="ending",
        stage="closing",
        said_first=(*before, *ending(situation)),
        in_other_words="",
    )
