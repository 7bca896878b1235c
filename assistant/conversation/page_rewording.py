"""What a step on the last page becomes: who does it, by when, or in other words.

Owns how a name and a day are told from new words. Of a step that was named by words only who and when are read, unless
it is said that the words are what it should say. Knows nothing of which step it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from assistant.conversation import page_words as w
from assistant.conversation.said_to_us import to_the_program
from assistant.language.dates import Named, dates
from assistant.language.late_patterns import late

_NOT_BEFORE = late(r"\bnot\s+(?:on\s+|by\s+|till\s+|until\s+|this\s+|the\s+)*\Z", re.IGNORECASE)
""" "Thursday, not Friday"."""


_ROLE = (
    r"(?:nurse|gp|hv|health\s+visitor|social\s+worker|manager|deputy|head|dsl|safeguarding\s+lead|midwife|school|nursery"
    r"|police|teacher|worker|supervisor|lead|paediatrician|doctor|dentist|mash|duty|mum|dad|nan|gran|grandad|aunt|uncle"
    r"|carers?|tutor|ta|senco|camhs|housing|therapist|counsellor|psychologist|mentor|key\s?worker|sister|consultant|registrar|officer|sergeant|pcso|landlord|secretary|office|solicitor|guardian|coach|ot|lado)"
)

_WHICH = (
    r"(?:school|named|duty|family|community|team|new|other|link|class|year|designated|practice|on[-\s]call|hospital"
    r"|support|cover|foster)"
)

_SOMEBODY = (
    rf"(?:me|i|myself|mine|us|both\s+of\s+us|(?:(?:the|my|her|his|their|our)\s+)?(?:{_WHICH}\s+)?{_ROLE}(?:['’]s)?(?:,?\s(?-i:[A-Z])\w+)?"
    r"|(?-i:[A-Z])\w+(?:\s(?-i:[A-Z])\w+)?(?:['’]s)?)"
)

_ONLY_WHO = late(
    rf"\W*(?:all\s+|both\s+|also\s+|with\s+)?(?P<who>{_SOMEBODY}(?:\s+(?:and|with|&|or)\s+{_SOMEBODY})*)(?:\s(?:in|from|at|on|by)\s(?:(?:the|my)\s)?\w+|\s(?:the|my)\s\w+|\sjob)?\W*",
    re.IGNORECASE,
)

_DOES = late(
    rf"^\W*(?P<who>{_SOMEBODY}(?:\s+and\s+{_SOMEBODY})*)(?:['’](?:ll|s|m|re)|\s+(?:will|is|are|am|to|visits?|visiting|rings?|ringing|sees?|seeing|asks?|tells?|does|doing|goes|going|\w+ing)|(?<=[a-z])\s+(?-i:[a-z])\w+s)\b",
    re.IGNORECASE,
)

_SAYS_NOTHING_MORE = late(
    r"\b(?:after\s+school|before\s+school|period\s+\w+|in\s+the\s+(?:morning|afternoon|evening)|first\s+thing|morning|afternoon|as\s+well|too|also|please|like\s+i\s+said|as\s+i\s+said"
    r"|actually|really|instead|probably|i\s+think|from|i\s+said|by|on|at|for|before|latest|not|then|now|already|\d{1,2}(?:[.:]\d\d)?\s*(?:am|pm)?)\b",
    re.IGNORECASE,
)

_AS_AN_ASIDE = late(r"\W*(?:(?:that|so|he|she|they|it)['’]?(?:s|re)|because|cos|since)\b", re.IGNORECASE)

_AND_ITS = late(r"[,;]\s*|\s+[-–—]\s+|\s+(?:and|so)\s+(?=(?:it|that|he|she|they)['’]?(?:s|re)\b|⟦0⟧)", re.IGNORECASE)

_CANT = late(r"\W*(?:can['’]?t|cannot|won['’]?t|doesn['’]?t|didn['’]?t)\b", re.IGNORECASE)
_NO_GOOD = late(
    r"\W*(?:(?:is|['’]s)\s+)?(?:no\s+good|too\s+(?:late|soon|early)|no\s+use|not\s+going\s+to\s+work|a\s+bank\s+holiday)\b",
    re.IGNORECASE,
)
""" "Thursday's no good, she doesn't work Thursdays, so Wednesday"."""
_SO = late(r"^\W*(?:so\s+|make\s+it\s+|say\s+)+", re.IGNORECASE)
_AWAY = late(r"\W*(?:(?:is|['’]s)\s+)?(?:off|on\s+leave|away|sick|busy|not\s+in|out|ill)\b(?!\W*\Z)", re.IGNORECASE)

_DAY_AT_ONCE = late(r"\w", re.IGNORECASE)

_WHO_DOING = late(rf"\W*(?P<who>{_SOMEBODY})\s+(?-i:[a-z])\w+ing\b", re.IGNORECASE)
""" "It's me asking Sadia"."""


_I_DO = late(r"i\s+(?!don|can|won|think|mean)\w", re.IGNORECASE)

_ITS_NAME_AND = late(r"\W*(?:the\s+)?\w+(?:['’]s|\s+is)\s+(?P<rest>.+)", re.IGNORECASE | re.DOTALL)

_NOT_THEM = late(rf"[\s,]+(?:and\s+)?not\s+{_SOMEBODY}\W*\Z", re.IGNORECASE)

_NOW = late(r"\b(?:now|straight\s+away|right\s+away)\b", re.IGNORECASE)

_DAY_FIRST = late(r"^\W*(?:at\s+)?(?:\d{1,2}(?:[.:]\d\d)?\s*(?:am|pm)?\s*)?(?:and|but|,)\s+", re.IGNORECASE)
""" "Tuesday 10am and she's to be seen alone": after the day, what it is besides."""

_EVERY = late(r"\b(?:every|each)\s*\Z", re.IGNORECASE)

_MINE = late(r"\bmine\b", re.IGNORECASE)

_OWNED = late(r"['’]s\b")

_ME = frozenset({"i", "me", "mine", "myself"})

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


def who_and_when(words: str, today: date) -> Rewritten:
    """What these words say besides: who does it, by when, and whatever else they say as its text."""
    parts = [rewritten(part, today) for part in re.split(r"[,;.]\s*", words) if part.strip()]
    text = " ".join(part.text for part in parts if part.text) or (
        "" if all(part != Rewritten() for part in parts) else words
    )
    day = next((part for part in parts if part.by), Rewritten())
    return Rewritten(text, next((part.who for part in parts if part.who), ""), day.by, day.by_words)


def each_of_them(words: str, today: date) -> Iterator[Rewritten]:
    """ "… is two things, mum takes her by Wednesday, then if not me Thursday": each in the words it was given."""
    words = re.sub(rf"\A\s*in\s+{w.MARK}\W*", "", words)
    parts = [part.strip(" .,;:") for part in w.AND_THEN.split(words) if part.strip(" .,;:")]
    if len(parts) > 1:
        for part in parts:
            yield replace(rewritten(part, today), text=part)


def of_a_step_in_words(words: str, today: date, *, anew: bool) -> Rewritten:
    """Who does it or by when; new words only where it is said that they are what it should say."""
    whole = rewritten(words, today)
    if _AWAY.match(words):
        words = ",".join(_AND_ITS.split(words)[1:])
        whole = rewritten(words, today)
    if not words.strip() or _CANT.match(words):
        return Rewritten()
    if _NO_GOOD.match(words):
        after = (who_and_when(_SO.sub("", part), today) for part in reversed(_AND_ITS.split(words)[1:]))
        return next((said for said in after if said.by and not said.text), Rewritten())
    if mine := w.I_WILL.fullmatch(words):
        return replace(rewritten(mine["when"] or "", today), text="", who="me")
    if not whole.text:
        return whole
    parts = [rewritten(w.SAYS.sub("", part, count=1), today) for part in _AND_ITS.split(words.strip(" .!"))]
    if doing := _WHO_DOING.match(words):
        parts[0] = replace(parts[0], text="", who="me" if doing["who"].casefold() in _ME else doing["who"])
    if anew and (of_that := _ITS_NAME_AND.match(words)) and not (again := who_and_when(of_that["rest"], today)).text:
        return again
    plain = list(takewhile(lambda part: not part.text, parts))
    if anew and not plain:
        return whole
    who = next((part.who for part in plain if part.who), "")
    day = next((part for part in plain or parts[:1] if part.by), Rewritten())
    if plain and not day.by and len(parts) > len(plain) and _DAY_AT_ONCE.match(parts[len(plain)].by_words):
        day = parts[len(plain)]
    return Rewritten("", who, day.by, day.by_words)


def rewritten(words: str, today: date) -> Rewritten:
    """What a step becomes: somebody or a day alone change only that."""
    who, by, by_words, text = "", None, "", []
    bare_words = _NOT_THEM.sub("", words.strip(" .,;:!-–"))
    for part in re.split(r"[,;]\s*|\s+[-–—]\s+", bare_words):
        days = [day for day in dates(part, today) if day.day >= today and not _EVERY.search(part[: day.start])]
        named = [day for day in days if not _NOT_BEFORE.search(part[: day.start])]
        bare = _without(part, days)
        if named and by is None:
            by, by_words = named[0].day, part[named[0].start : named[0].end]
        bare = " ".join(_SAYS_NOTHING_MORE.sub(" ", w.SAYS.sub("", bare, count=1)).split())
        of_somebody = _ONLY_WHO.fullmatch(bare) is not None
        if by is None and not of_somebody and (now := _NOW.search(part)):  # "it's Bea now" is of no day
            by, by_words = today, now[0]
        if (somebody := _ONLY_WHO.fullmatch(bare)) and len(bare.split()) <= MOST_WORDS_OF_SOMEBODY:
            named_now = _OWNED.sub("", _MINE.sub("me", " ".join(somebody["who"].split())))
            who = named_now if not who or named_now.casefold() in _ME else who  # "LADO, me": whoever rings them
        elif (who or by) and _AS_AN_ASIDE.match(part):
            continue
        elif bare.strip(" .!") and not to_the_program(part):
            first = named[0] if named and not part[: named[0].start].strip() else None
            beside = _DAY_FIRST.match(part[first.end :]) if first else None
            text.append(part[first.end + beside.end() :] if first and beside else part)
    said = ", ".join(text).strip(" .")
    doing = _DOES.match(said)
    who = who or (doing["who"] if doing else "I" if _I_DO.match(said) else "")
    said = said if len(said.split()) >= FEWEST_WORDS_OF_A_STEP else ""
    return Rewritten(said, "me" if who.casefold() in _ME else who, by, by_words)


def _without(words: str, named: Sequence[Named]) -> str:
    for day in reversed(named):
        words = f"{words[: day.start]} {words[day.end :]}"
    return words
