"""What one answer says of the last page: what to take off, which days to change, and what is said of the case besides.

Owns the words in which a page is spoken of, clause by clause, so that a complaint about it never becomes a part of it.
Knows nothing of what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from assistant.conversation.page_numbers import OfNumbers, said_of_numbers
from assistant.conversation.said_to_us import of_their_own, to_the_program
from assistant.conversation.typed_parts import named_in_quotes, names, overlap, sentences_and_clauses
from assistant.conversation.whose_steps import Claim, claims
from assistant.language.dates import Named, dates
from assistant.language.late_patterns import late
from assistant.noticing.observations import Span
from assistant.noticing.steps import says_nothing_done

Place = Literal["", "acted", "decision", "step", "outcome", "child-told", "to-supervision", "open", "added"]
"""The line of the page that is spoken of; empty where it isn't said."""
_PATTERNS: tuple[tuple[Place, str], ...] = (
    ("acted", r"\bdone\s+already\b|\b(?:about\s+(?:the\s+)?)?danger\b"),
    ("decision", r"\bdecision\b|\bdecided\b"),
    ("outcome", r"\bif\s+(?:it|this)\s+works\b|\boutcome\b"),
    ("child-told", r"\bto\s+be\s+told\b|\b(?:being|getting)\s+told\b"),
    ("to-supervision", r"\bto\s+take\s+to\s+supervision\b"),
    ("open", r"\bstill\s+open\b"),
    ("added", r"\byou\s+added\b"),
    ("step", r"\bsteps?\b"),
)
_PLACES = {place: late(pattern, re.IGNORECASE) for place, pattern in _PATTERNS}
_ITS_NAME = names(
    "done already danger decision decided works outcome told being getting supervision open added without"
)
_LEADS_IN = r"^\W*(?:(?:and|also|please|no|oh|but|so|can\s+(?:you|we|i)|could\s+you|just|then|now|ok|yes|sorry)\W+)*"
_OFF = late(
    rf"{_LEADS_IN}(?:strike|delete|remove|scrap|lose|drop|take\s+(?:out|off)|cross\s+(?:out|off))\b"
    rf"|{_LEADS_IN}(?:take|cross|leave|strike|get|keep)\b.{{0,60}}\b(?:out|off)\b"
    r"|\bcan\s+you\s+(?:lose|drop|remove|delete)\b|\bthe\s+\w+\s+(?:one|bit|part|line)\s+is\s+(?:wrong|not\s+right)\b"
    r"|\bhave\s+it\s+without\b|\bwithout\s+the\b.*\b(?:bit|part|line)\b"
    r"|\bwhat(?:['’]?s|\s+is|\s+are)\b.*\bdoing\s+(?:on|in)\s+(?:there|it|that|here)\b"
    r"|\bstill\s+(?:(?:in|on)\s+(?:it|there|here|this|that|the\s+page)|in\W*$|there\W*$|here\W*$|up\s+there)",
    re.IGNORECASE,
)
"""To be taken off, wherever it stands."""
_NOT_SO = late(
    r"\b(?:isn|wasn|aren|ain)['’]?t\b|\b(?:is|are|was|['’]?s)\s+not\b|\bnot\b|\bnever\b|\bno\s+such\b|\bha(?:ve|d)n['’]?t\b",
    re.IGNORECASE,
)
_NO_GOOD = late(
    r"\b(?:is|are|was|['’]?s)\s+(?:all\s+|just\s+|total\s+|still\s+)?(?:wrong|nonsense|rubbish|untrue|a\s+mess|daft)\b",
    re.IGNORECASE,
)
"""Said of a line that is named: it is to go."""
_NEVER_ASKED = late(r"\bi\s+(?:never|did\s*n['’]?t|did\s+not)\s+ask\w*\b", re.IGNORECASE)
_POINTS_BACK = late(
    rf"{_LEADS_IN}(?:that|thats|that['’]s|it|its|it['’]s|this|they|them|those)\b|{_LEADS_IN}(?:take|leave|cross)\s+(?:that|it|this|them|her|him|those)\b",
    re.IGNORECASE,
)
_THE_WORRY = late(r"\b(?:the|a|my|our)\s+(?:real\s+|main\s+)?worry\b", re.IGNORECASE)
_AND_THIS = late(r"^\W*and\s+(?:the|my|his|her|their|that)\s+\w+(?:\s+\w+)?\W*$", re.IGNORECASE)
"""A word or two after something was to come off: "and the parking"."""
_MAKE_IT = late(
    rf"{_LEADS_IN}(?:make|move|change|put\s+(?=it|that|this))\s*(?:it\s+|that\s+|this\s+)?(?P<what>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_SHOULD_BE = late(r"\b(?:should\s+be|is\s+meant\s+to\s+be|needs\s+to\s+be)\b", re.IGNORECASE)
_NOT_THE = late(r"^\W*(?:and\s+|so\s+)?not\s+(?:on\s+|by\s+)?$", re.IGNORECASE)
_ROUND = late(r"\b(?:wrong|other)\s+way\s+(?:a?round|about)\b|\bswap(?:ped)?\b|\bback\s+to\s+front\b", re.IGNORECASE)
_WEEKDAY = late(r"\b(?P<day>mon|tue|wed|thu|fri|sat|sun)[a-z]*\b", re.IGNORECASE)
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_OF_THE_PAGE = late(
    r"\b(?:a\s+(?:bit\s+of\s+a\s+)?(?:mess|muddle|jumble)|nonsense|gibberish|garbled|jumbled|muddled|chopped|spliced)\b"
    rf"|{_LEADS_IN}(?:it|its|it['’]s|that|thats|that['’]s|the\s+page)\s+(?:(?:has|is|still|just|now|only|all|again)\s+)*"
    r"(?:says?|said|stuck|put|left|got|missed|spliced|there\s+if|wrong\W*$|right\W*$|fine\W*$|ok\W*$)"
    rf"|{_LEADS_IN}(?:i['’]?ll|i\s+will|i\s+can|ill)\s+(?:just\s+)?(?:fix|sort|change|edit|leave)\s+(?:it|that|them|this)\b"
    r"|\b(?:take|do|change|fix|edit)\s+(?:it|that|them|those)\b.*\bmyself\b|\bor\s+do\s+i\b"
    r"|\bjust\s+leave\s+it\b|^\W*(?:yes\W+|no\W+|but\W+)*leave\s+it\b|\bi\s+know\s+what\s+i['’]?m\s+doing\b|\bits?\s+all\s+there\b"
    r"|\bstill\s+(?:says|got|have|has|no|nobody)\b|\bnobody\s+named\b|\b(?:twice|three\s+times)\s+(?:now|already)\b"
    r"|^\W*(?:then|and|so)\s+\w+(?:\s+\w+)?\s+(?:is|are)\s+(?:fine|right|ok)\W*$"
    r"|^\W*(?:thank\s+you|thanks|sorry|please|ta|cheers)(?:\W+(?:thank\s+you|thanks|sorry|x))*\W*$"
    r"|\bi\s+(?:asked|was\s+asking|meant)\b|\bi\s+(?:already\s+)?said\b|\bwhich\s+(?:doesn|isn)['’]?t\b|\bcorrecting\s+you\b"
    r"|\b(?:that|it|you)(?:['’]?(?:s|ve)|\s+has|\s+have)\s+lost\s+(?:what|it)\b|\bsteps?\s+(?:is|are)\s+missing\b|\bwas\s+me\s+asking\b|\b(?:that|it)(?:['’]?s|\s+is)\s+(?:even\s+)?worse\b|\bit['’]?ll\s+do\b|\bthat['’]?s\s+(?:just\s+)?what\s+i\s+said\b|\bthere\s+isn['’]?t\s+a\b"
    r"|\b(?:not|isn['’]?t)\s+on\s+(?:there|it)\W*$|\bwhen\s+do\s+i\s+look\b|\bmy\s+bit\b|\b(?:it['’]?s|that['’]?s)\s+not(?:\s+(?:right|really|but\b.*))?\W*$|\bha(?:s|ve)\s+dropped\s+off\b"
    r"|\bfor\s+(?:god|goodness|heaven)['’]?s?\s+sake\b",
    re.IGNORECASE,
)
"""What is said of how the page was made, or of putting it right, and nothing of the case."""
_ONLY_YES = late(
    r"\W*(?:(?:yes|yep|yup|no|yeah|nope|ta|x|better|fine|good|great|cheers|thanks|that['’]?s|much|it['’]?s\s+fine|that['’]?ll\s+do|not\s+really|nearly|almost|oh|well|um|ok|sorry)\W*)+",
    re.IGNORECASE,
)
_MISSING_IS = late(
    r"^\W*(?:(?:and|but|oh|so|well)\W+)*(?:what['’]?s\s+|what\s+is\s+)?(?:missing|left\s+out)\s*(?:is|are|:)\s+",
    re.IGNORECASE,
)
_OPENS = late(r"^\W*(?:(?:and|oh|um|also)\s+)+", re.IGNORECASE)
_PUT_IN = late(
    r"^\W*(?:(?:and|but|so|no|please)\W+)*(?:(?:we|i|you|could\s+you|can\s+you|can\s+i)\s+(?:should\s+|could\s+|need\s+to\s+)?)?(?:add|put)\s+(?:in\s+|down\s+)?(?:that\s+)?",
    re.IGNORECASE,
)
_AT_THE_TOP = late(r"\s+(?:at\s+the\s+(?:top|end|bottom)|down|(?:on|in)\s+there)\b", re.IGNORECASE)
FEWEST_WORDS = 4
"""Of what is left of a sentence that was otherwise about the page."""


@dataclass(frozen=True)
class Strike:
    """Something is to come off."""

    place: Place
    about: frozenset[str]
    """The telling words by which it is named; none where the whole line is meant."""
    pointed: bool = False
    """It is named in the words before: "school isn't keeping him in, take that off"."""
    their_own: bool = False
    """It is somebody of the worker's own ("my sister"), whom no step is about."""
    worry: bool = False
    """It is no outcome but what worries them: it stays open instead."""


@dataclass(frozen=True)
class NewDay:
    """Something is to be done on another day."""

    about: frozenset[str]
    day: date
    words: str
    instead_of: date | None = None


@dataclass(frozen=True)
class Remarks:
    """All that an answer says of the page."""

    strikes: tuple[Strike, ...]
    claims: tuple[Claim, ...]
    days: tuple[NewDay, ...]
    swaps: tuple[tuple[int, int], ...]
    """Days of the week that change places."""
    beside: tuple[tuple[Span, str], ...]
    """What is said of the case: where, and the words without what leads into them."""
    handled: tuple[Span, ...]
    """The clauses that are about the page: none of them begins a step."""
    numbered: tuple[OfNumbers, ...]
    """What is said of steps by their numbers."""
    of_the_page: bool
    """Something was said of the page itself."""


@lru_cache(maxsize=64)
def remarks(answer: str, today: date) -> Remarks:
    """What an answer says of the page."""
    numbered = said_of_numbers(answer, today)
    by_number = [one.span for one in numbered]
    found = tuple(
        one
        for one in claims(answer, today)
        if not any(overlap(span, other) for span in one.spans for other in by_number)
    )
    claimed = {span for claim in found for span in claim.spans}
    strikes: list[Strike] = []
    days: list[NewDay] = []
    swaps: list[tuple[int, int]] = []
    beside: list[tuple[Span, str]] = []
    handled: list[Span] = []
    last: Strike | None = None
    for sentence, clauses in sentences_and_clauses(answer):
        moved = [] if any(overlap(sentence, other) for other in by_number) else _moved(answer, sentence, clauses, today)
        days += moved
        left: list[Span] = []
        struck = last if _AND_THIS.match(answer[slice(*sentence)]) else None
        for span in clauses:
            words = answer[slice(*span)]
            if span in claimed or any(overlap(span, other) for other in by_number):
                continue
            if strike := _struck(words, struck, answer[slice(*left[-1])] if left else ""):
                if struck is None and left and strike.pointed:
                    left.pop()
                strikes += [strike] if strike is not struck else []
                struck = strike
            elif pair := _swapped(words):
                swaps += [] if moved else [pair]
            elif not (_is_move(words, today) or _of_the_page(words) or (struck and _THE_WORRY.search(words))):
                left.append(span)
        last = struck
        about = [span for span in clauses if span not in left]
        handled += about
        if moved and _instead(answer, sentence, today):
            continue
        beside += _runs(answer, sentence, left, clauses, fewest=FEWEST_WORDS if about else 1)
    of_the_page = bool(handled or found or days or any(one.does != "right" for one in numbered))
    return Remarks(
        tuple(strikes), found, tuple(days), tuple(swaps), tuple(beside), (*handled, *by_number), numbered, of_the_page
    )


def _moved(answer: str, sentence: Span, clauses: Sequence[Span], today: date) -> list[NewDay]:
    """Days that are to be changed in this sentence."""
    return _instead(answer, sentence, today) or [
        move for span in clauses if (move := _made(answer[slice(*span)], today))
    ]


def _of_the_page(words: str) -> bool:
    nothing = says_nothing_done(words.strip(" .!")) or _ONLY_YES.fullmatch(words) is not None
    return nothing or _OF_THE_PAGE.search(words) is not None or to_the_program(words)


def _struck(words: str, before: Strike | None, said_before: str) -> Strike | None:
    """What these words take off; the strike before them, or what was said before, where they only point back."""
    place: Place = next((place for place, pattern in _PLACES.items() if pattern.search(_unquoted(words))), "")
    denied = place and (_NOT_SO.search(words) or _NO_GOOD.search(words))
    off = _OFF.search(words)
    if _NEVER_ASKED.search(words):
        return Strike("acted", names(words))
    if before is not None and _AND_THIS.match(words):
        return Strike("", names(words))
    if not off and not denied:
        return None
    about = named_in_quotes(words) - _ITS_NAME or names(words) - _ITS_NAME
    if before is not None and (_POINTS_BACK.match(words) or not about) and (not place or denied):
        return before
    if not place and not about:
        meant = names(said_before)
        return Strike("", meant, pointed=True) if off and meant else None
    if place and _NO_GOOD.search(words):
        about = frozenset()
    worry = _THE_WORRY.search(words) is not None
    return Strike(place, about - names("worry") if worry else about, their_own=of_their_own(words), worry=worry)


def _unquoted(words: str) -> str:
    """Quotation marks around a heading's own name don't hide it; a longer quotation is somebody's words."""
    return re.sub(r"[\"“](?P<held>[^\"”]{12,})[\"”]", " ", words)


def _is_move(words: str, today: date) -> bool:
    """A day is to be changed, though perhaps it isn't said of what: "make it Thursday"."""
    bare = _MAKE_IT.match(words) is not None and bool(dates(words, today))
    return bare or _made(words, today) is not None


def _made(words: str, today: date) -> NewDay | None:
    """ "Make it Shelley tomorrow after school", "the visit should be Friday"."""
    found = _MAKE_IT.match(words)
    ahead = dates(words, today)
    if not ahead or not (found or _SHOULD_BE.search(words)):
        return None
    about = names(_without(words, ahead)) - names("change move after school")
    return NewDay(about, ahead[0].day, words[ahead[0].start : ahead[0].end]) if about else None


def _instead(answer: str, sentence: Span, today: date) -> list[NewDay]:
    """ "Next Friday, not the 1st": a day in another's place."""
    words = answer[slice(*sentence)]
    found = dates(words, today)
    for first, second in pairwise(found):
        if _NOT_THE.match(words[first.end : second.start]):
            day = words[first.start : first.end]
            return [NewDay(names(_without(words, found)), first.day, day, instead_of=second.day)]
    return []


def _swapped(words: str) -> tuple[int, int] | None:
    """ "Monday and Weds are the wrong way round"."""
    named = [_WEEK.index(found["day"].lower()) for found in _WEEKDAY.finditer(words)]
    two = tuple(dict.fromkeys(named))
    return (two[0], two[1]) if len(two) > 1 and _ROUND.search(words) else None


def _runs(
    answer: str, sentence: Span, left: Sequence[Span], clauses: Sequence[Span], *, fewest: int
) -> Iterator[tuple[Span, str]]:
    """What is left, with neighbouring clauses together; the whole sentence where nothing was taken from it."""
    if len(left) == len(clauses):
        yield sentence, _said(answer[slice(*sentence)])
        return
    together: list[Span] = []
    for span in left:
        if together and clauses.index(span) and clauses[clauses.index(span) - 1][1] == together[-1][1]:
            together[-1] = (together[-1][0], span[1])
        else:
            together.append(span)
    for span in together:
        words = _said(answer[slice(*span)])
        if len(words.split()) >= fewest:
            yield span, words


def _said(words: str) -> str:
    return put_in(words) or _OPENS.sub("", _MISSING_IS.sub("", words))


def put_in(words: str) -> str:
    """What these words ask to have put on the page; nothing where they don't."""
    bare = _PUT_IN.sub("", words)
    return _AT_THE_TOP.sub("", bare, count=1).strip(" ,;") if bare != words else ""


def _without(words: str, found: Sequence[Named]) -> str:
    for named in reversed(found):
        words = words[: named.start] + " " + words[named.end :]
    return words
