"""What the record says of danger: the cards shown for something real, or after which somebody means to ring.

Each stands with the words that raised it and what was said of it. What the worker said of themselves is taken out of
that, and what they only said to the program. Knows nothing of what a card may say, nor of what was done about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.conversation.said_to_us import questions_to_us, to_the_program
from assistant.conversation.state import Card as Shown
from assistant.conversation.state import State
from assistant.export.handover import Card
from assistant.followup.personal import says_of_themselves
from assistant.language.paragraphs import sentences_in

_DENIED = re.compile(r"^\W*no\b|\bnot what i (?:meant|said)\b|\bmisread\b", re.IGNORECASE)
"""How a card is set aside in people's own words."""
_MEANS_TO_RING = re.compile(
    r"\bI(?:['’]?ll| will|['’]?m (?:going to|gonna)|['’]?d)\b[^.!?]{0,30}?\b"
    r"(?:ring|call|phone|tell|speak|report|refer|contact|let)\b",
    re.IGNORECASE,
)
_WHETHER_TO_RING = "Whether somebody should be rung."
_ONLY_TO_US = re.compile(
    r"^\W*(?:(?:so|and|ok(?:ay)?|anyway)\W+)?(?:can|could|shall) we\b|\bu?r? ?scaring me\b|^\W*(?:yeah|ok(?:ay)?)\W*$"
    r"|\byou['’]?ve shown me\b|\bi['’]?ve read it\b",
    re.IGNORECASE,
)


def cards_met(state: State) -> tuple[Card, ...]:
    """The cards that belong in a record, each once."""
    return tuple({(card.title, card.said): card for card in map(_card, filter(_real, state.cards))}.values())


def said_of_themselves(state: State) -> Iterator[str]:
    """What the worker said of themselves when a card was shown."""
    for card in filter(_real, state.cards):
        yield from (words for words in _sentences(card.said) if says_of_themselves(words))


def _real(card: Shown) -> bool:
    """Whether something was real or acted on: neither denied nor "not what I meant", nor only asked about."""
    if card.denied or card.doubtful:
        return False
    if card.kind is None:
        return bool(card.said) and (card.done or _MEANS_TO_RING.search(" ".join(card.said)) is not None)
    if card.answered is None:
        return True  # a sure sign that nobody has answered yet
    # The first version took "No, nothing like that" for carrying on; its cards didn't say 999 first.
    return bool(card.shown.first) or not _DENIED.search(card.answered.words)


def _card(card: Shown) -> Card:
    shown = card.shown
    asked = " ".join(shown.words[start:end] for start, end in questions_to_us(shown.words)) if card.kind is None else ""
    return Card(
        title=_WHETHER_TO_RING if card.kind is None else shown.title or shown.text.splitlines()[0],
        words=asked or shown.words,
        raised=shown.at,
        acted=card.answered is not None and card.answered.answer == "done",
        said=" ".join(words for words in _sentences(card.said) if not says_of_themselves(words) and not _to_us(words)),
        answered=card.answered.at if card.answered else None,
        text="\n".join(words for words in (shown.first, shown.text) if words),
    )


def _to_us(words: str) -> bool:
    return to_the_program(words) or bool(questions_to_us(words)) or _ONLY_TO_US.search(words) is not None


def _sentences(said: Iterable[str]) -> Iterator[str]:
    for words in said:
        yield from (words[start:end] for start, end in sentences_in(words))
