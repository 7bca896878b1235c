"""What the program does when somebody says that they stop here: it shows the page and lets them go.

Owns the words that end a session in the middle of an answer. Knows nothing of refusals (`refusals.py`), which only make
answering easier, or of how the page is put right (`page_again.py`).
"""

from __future__ import annotations

import re

from assistant.conversation import events as e
from assistant.conversation.ending import page_so_far
from assistant.conversation.page_again import show_what_changed
from assistant.conversation.page_turns import PAGE, is_page
from assistant.conversation.situation import Situation
from assistant.conversation.state import Turn
from assistant.language.lazy_patterns import late
from assistant.language.quotations import blanked

_WISHES = late(
    r"(?:^|[.!?;,–—\n]\s*|\b(?:and|but|so|ok(?:ay)?|right|well|no|please|anyway|sorry|look|oh|thanks)\s+)(?:"
    r"(?:(?:can|could|shall|may|might)\s+(?:we|i)|let['’]?s|i['’]?d\s+like\s+to|i\s+want\s+to|i['’]?m\s+going\s+to|i['’]?ll|i\s+need\s+to|we\s+should)\s+(?:(?:please|just)\s+)*"
    r"(?:stop|finish|end|leave\s+it|leave\s+that|call\s+it)(?:\s+(?:it|things))?(?:\s+(?:a\s+day|there|here|now|at\s+that|for\s+(?:now|today|tonight)))+"
    r"(?:\s+(?:please|then|if\s+(?:that['’]?s|it['’]?s|you\s+don['’]?t|i\s+may).*|(?:and|so|because|cos)\s+(?:i|let)\b.*))*"
    r"|(?:can|could|shall|may)\s+(?:we|i)\s+(?:please\s+|just\s+)*(?:stop|finish|wrap\s+up)(?:\s+(?:up|now|please))*"
    r"|(?:please\s+)?stop(?:\s+(?:here|there|now|please))*"
    r"|i\s+said\s+(?:stop|i\s+was\s+(?:done|finished|going))(?:\s+(?:twice|already|now))*"
    r"|(?:i['’]?ve|i\s+have)\s+(?:really\s+)?(?:got\s+to|to)\s+(?:go|run|stop|get\s+off|leave\s+it(?:\s+(?:there|here))?)(?:\s+(?:now|here|there|soon))*"
    r"|i\s+(?:really\s+)?(?:must|need\s+to|gotta|got\s+to)\s+(?:go|run|stop|get\s+off)(?:\s+(?:now|here|there))*"
    r"|(?:that['’]?s|thats)\s+me\s+(?:done|finished|off)(?:\s+(?:now|then))*"
    r"|(?:i\s+think\s+)?(?:i['’]?m|im|we['’]?re)\s+(?:done|finished)(?:\s+(?:really|now|here|then|with\s+(?:this|it)))*"
    r"|(?:that['’]?s|that\s+is)\s+enough\s+for\s+(?:now|today|one\s+day)"
    r")(?=\s*(?:[.!?,;–—\n]|\b(?:love|thanks|thank\s+you|honest|now\s+love)\b|$))",
    re.IGNORECASE,
)
""" "Can we stop there now please", "I've got to go."; not "can we stop him going"."""
_UNTIL = late(r"\b(?:if|when|until|till|once|before|after)\s+\W*\Z", re.IGNORECASE)
""" "When I've got to go": no wish."""


def let_them_stop(situation: Situation) -> e.Event | None:
    """Somebody who says that they stop is shown what they take with them, and again only where they change it."""
    state = situation.state
    if situation.journey.training or not any(map(wants_to_stop, state.turns)):
        return None
    if shown := show_what_changed(situation):
        return shown
    page = page_so_far(situation)
    if not page or any(is_page(turn.asked.question) for turn in state.turns):
        return e.Finished(at=situation.now, by="journey")
    return situation.asks(
        PAGE,
        situation.knowledge.prompts.listening.ending.stopping,
        because="you said that you're stopping",
        theme="ending",
        stage="closing",
        said_first=page,
        in_other_words="",
    )


def wants_to_stop(turn: Turn) -> bool:
    """Its answer ends the session in so many words, outside what is quoted; who was offered an end is led to it."""
    if turn.asked.source == "refused":
        return False
    answer = blanked(turn.answer or "")
    return any(not _UNTIL.search(answer, 0, found.start() + 1) for found in _WISHES.finditer(answer))
