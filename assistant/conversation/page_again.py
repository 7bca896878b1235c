"""The last page after it was spoken of: shown as it stands now, until the worker says that it's right or moves on.

Whoever asks us something there is answered, and whoever says what can't be read is asked which line is meant. The words
are in `prompts/listening.yaml`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.conversation import events as e
from assistant.conversation.corrections import correction, owned
from assistant.conversation.ending import agreed, ending
from assistant.conversation.page_turns import AGAIN, is_page, said_of_page, shown_again
from assistant.conversation.replies import asks_us, reply_in_a_line
from assistant.conversation.situation import Situation
from assistant.conversation.state import Turn
from assistant.language.late_patterns import late

MOST_SHOWN_AGAIN = 4
"""Whoever puts more right than this does it better in the record itself."""
_LEAVES_IT = late(
    r"\b(?:leave\s+it|it['’]?ll\s+do|(?:it|that|this)(?:['’]?s|\s+is)\s+(?:fine|right|ok(?:ay)?|good)|fix\s+it|sort\s+it|yes|yeah|yep|yup|that['’]?ll\s+do|better|all\s+good|ta|never\s+mind"
    r"|that['’]?s\s+(?:it|all|everything)|perfect|spot\s+on|i['’]?m\s+(?:done|happy|leaving|off))(?!\w)|^\W*(?:ok\W+)?(?:thanks|thank\s+you|cheers)\W*$",
    re.IGNORECASE,
)
"""Whoever says so, and changes nothing, is shown no page again."""
_GOES = late(
    r"\b(?:leave\s+it(?:\s+(?:now|there|at\s+that))?|(?:it|that)['’]?ll\s+(?:have\s+to\s+)?do|bye|i['’]?ve\s+got\s+to\s+go"
    r"|(?:write|sort|fix|do|finish|put)\b[^.]{0,20}\bmyself)(?!\w)",
    re.IGNORECASE,
)
"""Whoever says so has had enough of it: what they said is done, and the page isn't shown again."""
_STILL_WRONG = late(
    r"\W*(?:(?:no+|nope|nah|not\s+(?:really|quite|yet)|still|it['’]?s|that['’]?s|wrong|not\s+right|sorry|worse)\W*)+",
    re.IGNORECASE,
)
"""An answer to whether it's right now that says only that it isn't."""


def show_the_page_again(situation: Situation) -> e.Asked | None:
    """The page as it was put right, or as it stands, with a line on what couldn't be done or was asked."""
    turn = situation.state.current
    if turn is None or turn.answer is None or not is_page(turn.asked.question):
        return None
    if turn.asked.question.startswith(AGAIN) and _GOES.search(turn.answer):
        return None
    before = replace(situation.state, turns=situation.state.turns[:-1])
    reply = reply_in_a_line(situation, turn) if asks_us(turn) else ()
    if agreed(situation.state) != agreed(before):
        return _shown(situation, reply)
    if reply:
        return _shown(situation, reply)
    if correction(turn) is not None:
        return _shown(situation, (owned(situation, turn),))
    return (
        _shown(situation, (situation.knowledge.prompts.listening.ending.unread,)) if _unread(situation, turn) else None
    )


def _unread(situation: Situation, turn: Turn) -> bool:
    """Something was said of the page and nothing came of it; said twice running it's left."""
    if situation.knowledge.prompts.listening.ending.unread in turn.asked.said_first:
        return False
    answer = turn.answer or ""
    no = turn.asked.question.startswith(AGAIN) and _STILL_WRONG.fullmatch(answer) is not None
    return no or (said_of_page(turn).of_the_page and not _LEAVES_IT.search(answer))


def _shown(situation: Situation, before: tuple[str, ...]) -> e.Asked | None:
    times = shown_again(situation.state)
    if times >= MOST_SHOWN_AGAIN:
        return None
    again = situation.knowledge.prompts.listening.ending.again
    current = situation.state.current
    return situation.asks(
        f"{AGAIN}-{times + 1}" if times else AGAIN,
        again[times % len(again)],
        because="you put the page right, or asked about it",
        theme="ending",
        stage="closing",
        said_first=(*before, *ending(situation)),
        keeps=current.asked.keeps if current else None,
        in_other_words="",
    )
