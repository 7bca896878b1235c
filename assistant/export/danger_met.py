"""What the record says of danger: the cards shown for something real, or after which somebody means to ring.

Each stands with the words that raised it, and what was said of the danger and of what is done about it; every gap is
marked. What else was said there of the case stands in the account of it, what the worker said of themselves in the
personal part, and what was only said to the program nowhere. Knows nothing of what a card may say.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from assistant.conversation.acted_on import acted_on, is_done, means_to_ring
from assistant.conversation.said_to_us import questions_to_us, to_the_program
from assistant.conversation.state import Card as Shown
from assistant.conversation.state import State
from assistant.export.handover import Card
from assistant.export.only_here import without_a_number
from assistant.export.shortening import GAP
from assistant.followup.personal import says_of_themselves
from assistant.language.paragraphs import sentences_in
from assistant.language.spans import holding

_DENIED = re.compile(r"^\W*no\b|\bnot what i (?:meant|said)\b|\bmisread\b", re.IGNORECASE)
"""How a card is set aside in people's own words."""
_SETS_ASIDE = re.compile(
    r"\b(?:you['’]?re|your|ur) wrong\b|\bno ?(?:body|one)['’]?s (?:talking|saying|said|going to|about to)\b"
    r"|\bnot what i (?:meant|said)\b|\bmisread\b|\bi (?:did ?n['’]?t|never) (?:say|said|mean)\b|\A\W*no(?:\W+no)*\W*\Z",
    re.IGNORECASE,
)
_WHETHER_TO_RING = "Whether somebody should be rung."
_ONLY_TO_US = re.compile(
    r"^\W*(?:(?:so|and|ok(?:ay)?|anyway)\W+)?(?:can|could|shall) we\b|\bu?r? ?scaring me\b|^\W*(?:yeah|ok(?:ay)?)\W*$"
    r"|\byou['’]?ve (?:just )?shown me\b|\bi['’]?ve read it\b|\A\W*(?:and )?i asked\b|\A[^“\"]*\?\W*\Z",
    re.IGNORECASE,
)
_OF_DANGER = re.compile(
    r"\A\W*(?:(?:but|and|well|so)\W+)?(?:yes|yeah|aye|no)\b|\b(?:safe|hurt\w*|hit\w*|kick\w*|punch\w*|grab\w*"
    r"|thr[eo]w\w*|chok\w*|strangl\w*"
    r"|touch\w*|burn\w*"
    r"|bruis\w*|injur\w*|bleed\w*|breath\w*|knife|weapon|threat\w*|kill\w*|die[sd]?|dying|dead|overdos\w*|tablets"
    r"|pills|missing"
    r"|alone|asleep|upstairs|(?:at|in) (?:home|school|nursery|bed|hospital|a ?& ?e)|at (?:his|her|their) \w+"
    r"|in the (?:house|flat|room)"
    r"|ambulance|police|101|999"
    r"|with (?:him|her|them|me|us|mum|dad|nan|gran))\b",
    re.IGNORECASE,
)
"""Who is hurt or safe, and where they are."""
_FEWEST = 5
"""Words of a sentence that says something by itself."""
_UP_TO_HERE = "…"


def cards_met(state: State) -> tuple[Card, ...]:
    """The cards that belong in a record: each once, whoever typed to it again, and with all that was said of it."""
    acted = {done.title: done.words for done in acted_on(state)}
    met: dict[tuple[str, str], list[Shown]] = {}
    for card in filter(_real, state.cards):
        met.setdefault((_title(card), _raised_by(state, card)), []).append(card)
    return tuple(_card(cards, title, words, acted) for (title, words), cards in met.items())


def said_beside(state: State) -> str:
    """What was said of the case when a card was shown, and of no danger."""
    every = dict.fromkeys(words for card in filter(_real, state.cards) for words in _of_the_case(card))
    kept = (words for words in every if not _is_of_danger(words) and len(words.split()) >= _FEWEST)
    return "\n".join(map(without_a_number, kept))


def of_the_case(state: State) -> list[str]:
    """All that was said of the case when a card was shown."""
    return [words for card in filter(_real, state.cards) for words in _of_the_case(card)]


def titles_of_danger(state: State) -> tuple[str, ...]:
    """What was asked about, each once."""
    return tuple(dict.fromkeys(_title(card) for card in filter(_real, state.cards)))


def said_of_themselves(state: State) -> Iterator[str]:
    """What the worker said of themselves when a card was shown."""
    for card in filter(_real, state.cards):
        yield from (words for words in _sentences(card.said) if says_of_themselves(words))


def denials(state: State) -> str:
    """The sentences that only set a card aside, "nobody's talking about ending their life", as `_plain` writes them."""
    denied = (words for card in state.cards if card.denied for words in _sentences(card.said))
    return " / ".join(_plain(words) for words in denied if _SETS_ASIDE.search(words) or _to_us(words))


def without_denials(words: str, denied: str) -> str:
    """The words without such sentences, which may stand there with a capital or less a "no"."""
    lines = (
        [line[start:end] for start, end in sentences_in(line) if f" {_plain(line[start:end])} " not in f" {denied} "]
        for line in words.split("\n")
    )
    return "\n".join(" ".join(kept) for kept in lines if kept) if denied else words


def _plain(words: str) -> str:
    return re.sub(r"\W+", " ", words).strip().lower()


def _real(card: Shown) -> bool:
    """Whether something was real or acted on: neither denied nor "not what I meant", nor only asked about."""
    if card.denied or card.doubtful:
        return False
    if card.kind is None:
        return bool(card.said) and (card.done or any(map(means_to_ring, card.said)))
    if card.answered is None:
        return True  # a sure sign that nobody has answered yet
    # The first version took "No, nothing like that" for carrying on; its cards didn't say 999 first.
    return bool(card.shown.first) or not _DENIED.search(card.answered.words)


def _title(card: Shown) -> str:
    return _WHETHER_TO_RING if card.kind is None else card.shown.title or card.shown.text.splitlines()[0]


def _card(cards: list[Shown], title: str, words: str, acted: Mapping[str, str]) -> Card:
    first, last = cards[0], cards[-1]
    done = acted.get("" if first.kind is None else title)
    said = _of_it(
        [words for card in cards for words in _sentences(card.said)], {*chain.from_iterable(map(_of_the_case, cards))}
    )
    return Card(
        title=title,
        words=words,
        raised=first.shown.at,
        acted=done is not None,
        said=said,
        answered=last.answered.at if last.answered else None,
        text="\n".join(words for words in (first.shown.first, first.shown.text) if words),
    )


def _raised_by(state: State, card: Shown) -> str:
    """The words that raised it, in whole sentences of the answer they are from."""
    shown = card.shown.words
    if card.kind is None:
        return " ".join(shown[start:end] for start, end in questions_to_us(shown)) or shown
    bare = shown.strip(f"{_UP_TO_HERE} ")
    for turn in state.turns if shown.startswith(_UP_TO_HERE) else ():
        answer = turn.answer or ""
        at = answer.find(bare) if turn.asked.question == card.shown.question else -1
        if at >= 0:
            return answer[holding(sentences_in(answer), at, (at, at))[0] : at + len(bare)]
    return shown


def _of_it(said: Sequence[str], of_the_case: Collection[str]) -> str:
    """The sentences about the danger, and of somebody who says nothing of it the first; every gap between is marked."""
    kept = {words for words in said if words in of_the_case and _is_of_danger(words)}
    kept = kept or set([words for words in said if words in of_the_case][:1])
    parts = list[str]()
    for words in dict.fromkeys(said):
        if words in kept:
            parts.append(words)
        elif parts and parts[-1] != GAP:
            parts.append(GAP)
    return " ".join(parts[:-1] if parts and parts[-1] == GAP else parts)


def _is_of_danger(words: str) -> bool:
    return _OF_DANGER.search(words) is not None or means_to_ring(words) or is_done(words)


def _of_the_case(card: Shown) -> list[str]:
    return [words for words in _sentences(card.said) if not says_of_themselves(words) and not _to_us(words)]


def _to_us(words: str) -> bool:
    return to_the_program(words) or bool(questions_to_us(words)) or _ONLY_TO_US.search(words) is not None


def _sentences(said: Iterable[str]) -> Iterator[str]:
    for words in said:
        yield from (words[start:end] for start, end in sentences_in(words))
