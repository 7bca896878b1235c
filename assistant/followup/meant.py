"""Who is to be rung or told about a danger, by what was typed to its card: a step that is still to be taken.

Only where nothing that was planned is that already, and nothing says that it was done since. Knows nothing of a plan's
shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.conversation.acted_on import acted_on, means_to_ring
from assistant.conversation.naming_words import names
from assistant.conversation.said_to_us import questions_to_us, to_the_program
from assistant.conversation.state import State
from assistant.language.dates import parse_date
from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.noticing.reading import Step

_CALLS = names("ring call phone tell speak report refer contact let")
_AT_ONCE = late(
    r"\b(?:now|straight away|(?:right )?after this|(?:when|once|as soon as|soon as) (?:we|I)(?:['’]?ve"
    r"| have)? (?:done|finish\w*))\b",
    re.IGNORECASE,
)
_ME = "me"


def meant_in(state: State, planned: Sequence[str]) -> Iterator[Step]:
    """What was meant and stands nowhere; a call of which it isn't said to whom is whichever call stands there."""
    held = state.started.at.date()
    standing = [*planned, *(done.words for done in acted_on(state))]
    for words in dict.fromkeys(one for card in state.cards if card.real for said in card.said for one in _meant(said)):
        if not _stands(words, standing):
            standing.append(words)
            yield Step(text=words.rstrip(". "), span=(0, len(words)), who=_ME, by=_by(words, held))


def _meant(said: str) -> Iterator[str]:
    for start, end in spoken_sentences(said):
        words = said[start:end]
        if means_to_ring(words) and not to_the_program(words) and not questions_to_us(words):
            yield words


def _stands(words: str, standing: Sequence[str]) -> bool:
    whom = names(words) - _CALLS
    return any(names(one) & (whom or _CALLS) for one in standing)


def _by(words: str, held: date) -> date | None:
    return held if _AT_ONCE.search(words) else parse_date(words, held)
