"""What is said of steps on the last page by their numbers: "take off 2 and 3", "4 is me", "swap 1 and 2".

Owns the ways in which a number points at a step, and what is then said of it. Knows nothing of which steps there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from assistant.conversation.said_to_us import to_the_program
from assistant.conversation.whose_steps import NUMBERS
from assistant.language.dates import Named, dates
from assistant.language.late_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.noticing.observations import Span

Does = Literal["strike", "same", "swap", "first", "split", "says", "right", "unclear"]
_WORDS = "|".join(NUMBERS)
_DIGIT = (
    r"(?<![\w:£/.-])[1-9](?![\w:/%]|\.\d|-\d)(?!\s*(?:am|pm|st|nd|rd|th|o['’]?clock|years?|yrs?|months?|weeks?|days?|hours?"
    r"|min\w*|times|kids|children|boys|girls|sisters|brothers|stone|kilos?|people|visits?|of\s+(?:us|them|those))\b)"
)
_NAMED = rf"(?:steps?|numbers?|nos?\.?|lines?|points?)\s+(?:[1-9](?![\w:])|(?:{_WORDS})\b)"
_ORDINAL = (
    r"\bthe\s+(?:first|second|third|fourth|fifth|last)(?:\s+(?:one|step|line)\b|(?=\s+(?:is|isn|and|can|should)\b))"
)
_ONE = rf"(?:{_NAMED}|{_ORDINAL}|{_DIGIT})"
_MORE = rf"(?:{_ONE}|\b(?:{_WORDS})\b(?=\s*(?:,|and\b|&|off\b|out\b|[.!]|$)))"
_JOINED = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s+)"
_SEVERAL = rf"{_ONE}(?:{_JOINED}{_MORE})*"
_LIST = rf"{_ONE}(?:{_JOINED}{_MORE}(?!\s+(?:is|isn|was|wasn|should|needs?|can)\b))*"
"""The same where nothing is said of the last of them by itself: "swap 1 and 2, and 2 is me"."""
_OFF = r"(?:strike|delete|remove|scrap|lose|drop|bin|take|cross|leave|get\s+rid\s+of)"
_BEFORE = late(
    rf"\b{_OFF}(?:\s+(?:off|out))?\s+(?:steps?\s+|numbers?\s+|lines?\s+)?(?P<numbers>{_LIST}|(?:{_WORDS})(?:(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+)(?:{_WORDS}))+)"
    r"(?:\s+(?:off|out|away))?",
    re.IGNORECASE,
)
_SWAP = late(
    rf"\b(?:swap|switch|turn)\s+(?:round\s+)?(?P<numbers>{_LIST})(?:\s+(?:round|over|about|a?round))?"
    rf"|(?P<those>{_SEVERAL})\s+(?:are\s+|should\s+be\s+|need\s+to\s+be\s+|want\s+to\s+be\s+)?(?:in\s+the\s+wrong\s+order|swapped|(?:the\s+)?(?:wrong|other)\s+way\s+(?:a?round|about))",
    re.IGNORECASE,
)
_FIRST = late(
    rf"\b(?:put|move)\s+(?P<numbers>{_ONE})\s+(?:first|(?:at|to)\s+the\s+top)\b|(?P<that>{_ONE})\s+(?:should\s+be|goes|comes|needs\s+to\s+be|has\s+to\s+be|is\s+really)\s+(?:first|at\s+the\s+top)\b",
    re.IGNORECASE,
)
_SAME = late(
    rf"(?P<numbers>{_SEVERAL})\s+(?:are|is|look|say|seem\s+to\s+be)\s+(?:(?:all|both|basically|really|nearly|almost|just|pretty\s+much|sort\s+of)\s+)*(?:the\s+same(?:\s+(?:thing|step|one))?|one(?:\s+(?:thing|step))?\b(?!\s+\w)|duplicates?|repeats?)(?:\s+(?:as|with)\s+(?P<as>{_ONE}))?"
    rf"|\b(?:put|make|join|merge|roll)\s+(?P<these>{_SEVERAL})\s+(?:together|in(?:to)?\s+one|one\b)"
    rf"|(?P<one>{_ONE})\s+(?:is\s+)?(?:just\s+)?(?:repeats?|a\s+repeat\s+of|duplicates?)\s+(?P<other>{_ONE})",
    re.IGNORECASE,
)
_TWICE = late(
    r"\b(?:two|a\s+couple|both)\b[^.]{0,24}\bthe\s+same\b|\bthe\s+same\s+(?:one|thing|step)\b[^.]{0,16}\btwice\b|\b(?:it|that|one)(?:['’]?s|\s+is)\s+(?:in\s+|on\s+|down\s+)?(?:there\s+)?twice\b|\bsaid\s+the\s+same\s+thing\s+twice\b|\bduplicate[sd]?\b",
    re.IGNORECASE,
)
_OPENS = late(
    rf"(?:^\W*(?:(?:no|yes|and|but|oh|so|then|ok|also|well|sorry)\W+)*|[,;:.!?]\s+|\s+[-–—]\s+|\b(?:and|but|so|then)\s+)(?=(?P<numbers>{_SEVERAL})\b)",
    re.IGNORECASE,
)
"""Where a clause begins with numbers: what follows is said of them."""
_NO_STEP = late(
    r"^\W*(?:(?:is|are|was|were)(?:n['’]?t|\s+not)|['’]s\s+not|never\s+was|was\s+never)\s+(?:really\s+|even\s+)?(?:an?\s+|any\s+|my\s+|mine\b|the\s+)?(?:real\s+|proper\s+)?(?:steps?|actions?|plans?|things?\s+(?:i|we)|something|what\s+i|mine|for\s+me)\b"
    r"|^\W*(?:is|are|was|['’]s)\s+(?:just\s+|only\s+)?(?:(?:what|how|something)\s+(?:i|we)\s+(?:\w+\s+)?(?:felt|feel|thought|think|said|meant|was)\b|(?:a|my)\s+(?:feeling|worry|thought|question)\b|me\s+(?:having|being|moaning|talking|thinking|ranting)\b)"
    r"|^\W*(?:can|should|needs?\s+to|has\s+to|have\s+to|must|wants?\s+to)\s+(?:go\b(?!\s+\w)|come\s+(?:off|out)\b|be\s+(?:taken\s+(?:off|out)|removed|deleted)\b)"
    r"|^\W*(?:off|out|gone|goes)\W*$",
    re.IGNORECASE,
)
_WRONG = late(
    r"^\W*(?:(?:is|are|['’]s)(?:n['’]?t|\s+not)?\s+(?:still\s+|all\s+|just\s+)?(?:wrong|right|true|rubbish|nonsense|a\s+mess|correct|what\s+i\s+said)(?:\s+(?:still|either|yet))?)\W*",
    re.IGNORECASE,
)
_RIGHT = late(r"^\W*(?:is|are|['’]s)\s+(?:all\s+|now\s+)?(?:fine|right|ok(?:ay)?|good|correct)\W*$", re.IGNORECASE)
_TWO_THINGS = late(
    r"^\W*(?:is|are|['’]s|should\s+be)\s+(?:really\s+|actually\s+)?(?:two|three|2|3|separate|different)\s*(?:things|steps|jobs|ones)?\b",
    re.IGNORECASE,
)
_SAYS = late(
    r"^\W*(?:(?:that['’]?s|it['’]?s|that\s+is|it\s+is|(?:it|that)\s+should\s+(?:be|say|read)|is|are|['’]s|was|should\s+(?:be|say|read)|(?:needs?|wants?|ought|was\s+meant|is\s+meant)\s+to\s+(?:be|say|read)|to\s+be|says?|just|meant|not|make\s+(?:it|that)|put|actually|really|for)\s*(?::|,)?\s+)*",
    re.IGNORECASE,
)
_INSTEAD = late(
    r"^\W*(?:(?:is|are|was)(?:n['’]?t|\s+not)|['’]s\s+not)\s+[^,;.]{1,40}[,;]\s*(?:but\s+)?(?=(?:it|that|they)['’]?s\b|(?:it|that)\s+(?:is|should))",
    re.IGNORECASE,
)
"""Of "3 isn't the GP, it's the nurse" what is not so."""
_ROLE = (
    r"(?:nurse|gp|hv|health\s+visitor|social\s+worker|manager|deputy|head|dsl|safeguarding\s+lead|midwife|school|nursery"
    r"|police|teacher|worker|supervisor|lead|paediatrician|doctor|dentist|mash|duty|mum|dad|nan|gran|grandad|aunt|uncle"
    r"|carers?|tutor|ta|senco|camhs|housing)"
)
_WHICH = (
    r"(?:school|named|duty|family|community|team|new|other|link|class|year|designated|practice|on[-\s]call|hospital"
    r"|support|cover|foster)"
)
_SOMEBODY = (
    rf"(?:me|i|myself|mine|us|both\s+of\s+us|(?:(?:the|my|her|his|their|our)\s+)?(?:{_WHICH}\s+)?{_ROLE}(?:['’]s)?"
    r"|(?-i:[A-Z])\w+(?:\s(?-i:[A-Z])\w+)?(?:['’]s)?)"
)
_ONLY_WHO = late(
    rf"\W*(?:all\s+|both\s+|also\s+)?(?P<who>{_SOMEBODY}(?:\s+(?:and|with|&)\s+{_SOMEBODY})*)\W*", re.IGNORECASE
)
_DOES = late(
    rf"^\W*(?P<who>{_SOMEBODY}(?:\s+and\s+{_SOMEBODY})*)(?:['’](?:ll|s|m|re)|\s+(?:will|is|are|am|to|visits?|visiting|rings?|ringing|sees?|seeing|asks?|tells?|does|doing|goes|going))\b",
    re.IGNORECASE,
)
_SAYS_NOTHING_MORE = late(
    r"\b(?:after\s+school|before\s+school|period\s+\w+|in\s+the\s+(?:morning|afternoon|evening)|first\s+thing|morning|afternoon|as\s+well|too|also|please|like\s+i\s+said|as\s+i\s+said"
    r"|i\s+said|by|on|at|for|before|latest|not|then|now|already|\d{1,2}(?:[.:]\d\d)?\s*(?:am|pm)?)\b",
    re.IGNORECASE,
)
_ANOTHER = late(
    r"[,;]\s*(?:and\s+)?(?=(?:i|we)(?:['’](?:ll|m|re)|\s+(?:will|am|are))\b|me\b(?!\s*[,.]|\s*$))", re.IGNORECASE
)
_BECAUSE = late(r"^[,;\s]*(?:it['’]?s|that['’]?s|they['’]?re|because|cos|as|since|which)\b[^.;]*", re.IGNORECASE)
_SAYS_ANEW = late(r"^\W*(?:is|are|['’]s)?\s*:|^\W*(?:should|needs?\s+to|ought\s+to)\s+(?:say|read)\b", re.IGNORECASE)
_SAYS_HOW = late(
    r"^\W*(?:every|each|weekly|daily|twice|once|to\s+be|with|without|at|in|only|not|alone|by|before|after|also|together|unannounced"
    r"|she['’]?s\s+to|he['’]?s\s+to|they['’]?re\s+to)\b",
    re.IGNORECASE,
)
""" "2 is every Friday": nothing else is to be done than what stands there."""
_NOT_THEM = late(rf"[\s,]+(?:and\s+)?not\s+{_SOMEBODY}\W*\Z", re.IGNORECASE)
_AND_ITS_DONE = late(
    r"\s+and\s+(?:it['’]?s|that['’]?s|i['’]?ve)\s+(?:been\s+)?(?:done|booked|sorted|rung)\b.*\Z", re.IGNORECASE
)
_NOW = late(r"\b(?:now|straight\s+away|right\s+away)\b", re.IGNORECASE)
_DAY_FIRST = late(r"^\W*(?:at\s+)?(?:\d{1,2}(?:[.:]\d\d)?\s*(?:am|pm)?\s*)?(?:and|but|,)\s+", re.IGNORECASE)
""" "Tuesday 10am and she's to be seen alone": after the day, what it is besides."""
_TAIL_OF_A_LIST = late(rf"\b(?:[1-9]|{_WORDS})\s*(?:,|&|\band\b)[\s,]*(?:and\s+)?\Z", re.IGNORECASE)
_VERB = late(r"\s+(?:is|isn|was|wasn|are|should|needs?|can|has|says)\b|\s*:", re.IGNORECASE)
_AT_ITS_HEAD = late(_SEVERAL, re.IGNORECASE)
_LEADS_ON = late(r"[\s,;]+(?:and|but|so|then)\W*\Z", re.IGNORECASE)
_PHRASES: tuple[tuple[Does, re.Pattern[str]], ...] = (
    ("same", _SAME),
    ("swap", _SWAP),
    ("first", _FIRST),
    ("strike", _BEFORE),
)
_EVERY = late(r"\b(?:every|each)\s*\Z", re.IGNORECASE)
_MINE = late(r"\bmine\b", re.IGNORECASE)
_OWNED = late(r"['’]s\b")
_ME = frozenset({"i", "me", "mine", "myself"})
_NAMES = {**NUMBERS, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_THE_ORDINAL_ONE = late(r"\b(first|second|third|fourth|fifth|last)\s+one\b", re.IGNORECASE)
_ANY_NUMBER = late(rf"\b(?:[1-9]|{'|'.join(_NAMES)})\b", re.IGNORECASE)
FEWEST_WORDS_OF_A_STEP = 2
MOST_WORDS_OF_SOMEBODY = 6


@dataclass(frozen=True)
class Rewritten:
    """A step in new words, or what is new of one: whatever is empty stays as it was."""

    text: str = ""
    who: str = ""
    by: date | None = None
    by_words: str = ""
    adds: bool = False
    """The text is only how, and comes after what is there."""


@dataclass(frozen=True)
class OfNumbers:
    """Something said of numbered steps."""

    span: Span
    does: Does
    numbers: tuple[int, ...] = ()
    """Counted from one; -1 is the last. None where two alike are meant and it isn't said which."""
    says: tuple[Rewritten, ...] = ()
    """What the one step becomes, or what each of several gets."""


@lru_cache(maxsize=64)
def said_of_numbers(answer: str, today: date) -> tuple[OfNumbers, ...]:
    """Everything an answer says of steps by their numbers, in order."""
    found: list[OfNumbers] = []
    for start, end in spoken_sentences(answer):
        words = answer[start:end]
        said = list(_by_phrase(words))
        said += [_said_of(words, span, today) for span in _clauses(words, [one.span for one in said])]
        in_order = sorted(said, key=lambda one: one.span)
        found += [replace(one, span=(start + one.span[0], start + one.span[1])) for one in in_order]
    return tuple(found)


def _by_phrase(sentence: str) -> Iterator[OfNumbers]:
    """What is asked for in so many words: to come off, to change places, to be one."""
    taken: list[Span] = []
    for does, pattern in _PHRASES:
        for found in pattern.finditer(sentence):
            numbers = tuple(dict.fromkeys(number for group in found.groups() if group for number in _numbers(group)))
            enough = len(numbers) > 1 or does in {"strike", "first"}
            if not enough or any(start < found.end() and found.start() < end for start, end in taken):
                continue
            because = _BECAUSE.match(sentence[found.end() :]) if does == "strike" else None
            taken.append((found.start(), found.end() + (because.end() if because else 0)))
            yield OfNumbers(taken[-1], does, numbers)
    if not taken and _TWICE.search(sentence):
        yield OfNumbers((0, len(sentence)), "same")


def _clauses(sentence: str, taken: Sequence[Span]) -> Iterator[Span]:
    """From each place where a clause begins with numbers to the next."""
    begins: list[int] = []
    named_until = -1
    for found in _OPENS.finditer(sentence):
        start, end = found.span("numbers")
        joined = _TAIL_OF_A_LIST.search(sentence[:start]) and not _VERB.match(sentence[end:])
        if start >= named_until and not joined and not any(first <= start < last for first, last in taken):
            begins.append(start)
            named_until = end
    stops = sorted((*begins, *(start for start, _ in taken), len(sentence)))
    for start in begins:
        stop = next(one for one in stops if one > start)
        if _AT_ITS_HEAD.sub("", sentence[start:stop], count=1).strip(" .,!?;"):
            yield start, stop


def _said_of(sentence: str, span: Span, today: date) -> OfNumbers:
    clause = sentence[slice(*span)]
    named = _AT_ITS_HEAD.match(clause)
    numbers, rest = (_numbers(named[0]), clause[named.end() :]) if named else ((), clause)
    rest = _LEADS_ON.sub("", rest)
    if _TWO_THINGS.match(rest):
        return OfNumbers(span, "split", numbers)
    if _NO_STEP.match(rest):
        return OfNumbers(span, "strike", numbers)
    if _RIGHT.match(rest):
        return OfNumbers(span, "right", numbers)
    if wrong := _WRONG.match(rest):
        rest = rest[wrong.end() :]
        if not rest.strip(" .,!;") or to_the_program(rest):
            return OfNumbers(span, "unclear", numbers)
    elif instead := _INSTEAD.match(rest):
        rest = rest[instead.end() :]
    bare = _SAYS.sub("", rest, count=1)
    only_is = not wrong and _SAYS_ANEW.match(rest) is None
    said = tuple(
        replace(one, adds=only_is and _SAYS_HOW.match(one.text) is not None)
        for part in _ANOTHER.split(bare)
        if (one := _rewritten(part, today)) != Rewritten()
    )
    return OfNumbers(span, "says", numbers, said) if said else OfNumbers(span, "unclear", numbers)


def _rewritten(words: str, today: date) -> Rewritten:
    """What a step becomes: somebody or a day alone change only that."""
    who, by, by_words, text = "", None, "", []
    bare_words = _AND_ITS_DONE.sub("", _NOT_THEM.sub("", words.strip(" .,;:!-–")))
    for part in re.split(r"[,;]\s*|\s+[-–—]\s+", bare_words):
        named = [day for day in dates(part, today) if day.day >= today and not _EVERY.search(part[: day.start])]
        bare = _without(part, named)
        if named and by is None:
            by, by_words = named[0].day, part[named[0].start : named[0].end]
        elif by is None and (now := _NOW.search(part)):
            by, by_words = today, now[0]
        bare = " ".join(_SAYS_NOTHING_MORE.sub(" ", bare).split())
        if (somebody := _ONLY_WHO.fullmatch(bare)) and len(bare.split()) <= MOST_WORDS_OF_SOMEBODY:
            named_now = _OWNED.sub("", _MINE.sub("me", " ".join(somebody["who"].split())))
            who = named_now if not who or named_now.casefold() in _ME else who  # "LADO, me": whoever rings them
        elif bare.strip(" .!") and not to_the_program(part):
            first = named[0] if named and not part[: named[0].start].strip() else None
            beside = _DAY_FIRST.match(part[first.end :]) if first else None
            text.append(part[first.end + beside.end() :] if first and beside else part)
    said = ", ".join(text).strip(" .")
    doing = _DOES.match(said)
    who = who or (doing["who"] if doing else "")
    said = said if len(said.split()) >= FEWEST_WORDS_OF_A_STEP else ""
    return Rewritten(said, "me" if who.casefold() in _ME else who, by, by_words)


def _without(words: str, named: Sequence[Named]) -> str:
    for day in reversed(named):
        words = f"{words[: day.start]} {words[day.end :]}"
    return words


def _numbers(words: str) -> tuple[int, ...]:
    """The numbers in these words; -1 for the last."""
    bare = _THE_ORDINAL_ONE.sub(r"\1", words)
    return tuple(_NAMES.get(found.lower(), 0) or int(found) for found in _ANY_NUMBER.findall(bare))
