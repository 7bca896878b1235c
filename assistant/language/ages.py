"""Ages as people write them, read as the stage of life they mean.

Owns the way from "ten weeks old", "10wk baby", "aged 7 months" or "Y9" to one of a few terms such as
`age:non-mobile-baby`, because what reviews teach hangs on the stage and never on the number. A length of time that is
nobody's age ("waited ten weeks") is left alone. Knows nothing of indexes or the lexicon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.language.lazy_patterns import late

# fmt: off
_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
# fmt: on
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBERS = {word: value for value, word in enumerate(_UNITS)} | {word: 20 + 10 * i for i, word in enumerate(_TENS)}

MONTHS_BEFORE_A_BABY_MOVES = 7
"""Babies begin to crawl from about seven months; the protocols on bruising speak of those who cannot yet."""

_NUMBER = r"(?P<number>\d{1,2}(?:\.5)?|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r")"
_YEARS_AND = r"(?:(?P<years>\d{1,2}|" + "|".join(_UNITS) + r")\s+(?:years?|yrs?)\s*(?:and|,|&)?\s*)?"
_UNIT = r"(?P<unit>days?|weeks?|wks?|months?|mths?|mos?|years?|yrs?|/7|/52|/12|(?:do|wo|mo|yo)\b|y/o|m/o|w/o)"
_BEFORE = r"(?:age|aged|age of|is|was|he'?s|she'?s|at|only|just|now|baby|infant|newborn|child)"
_PERSON = r"(?:baby|babies|babe|infant|boy|girl|child|newborn|twins?|son|daughter|bairn|tot|toddler|lad)"
_NOT_AN_AGE = r"(?:since|ago|later|wait|into|pregnan|gestation|before|until|apart|of|from|to|late|overdue|after)"

_AGE = late(
    rf"(?P<cue>\b{_BEFORE}\s+(?:(?:only|just|about|nearly|almost|now)\s+)?)?"
    rf"\b{_YEARS_AND}{_NUMBER}[\s-]*{_UNIT}(?![a-z])"
    rf"(?P<old>[\s-]*old\b)?(?P<person>[\s-]*{_PERSON}\b)?(?!\s+{_NOT_AN_AGE})",
    re.IGNORECASE,
)
_OF_A_TIME = late(
    r"\b(?:it|that|this|there|which)(?:\s+(?:is|was)|['’]?s)\s+(?:(?:only|just|about|nearly|almost|now)\s+)*\Z",
    re.IGNORECASE,
)
"""Up to a number: "it was about five days" is nobody's age."""
_FAR_BEFORE = 40
"""Characters before a number that say whose it is."""
_BARE_YEARS = late(
    rf"\b(?:aged?|(?:she|he|daughter|son|girl|boy|child)(?:['’]?s|\s+is|\s+was))\s+(?:only\s+|just\s+|now\s+)?{_NUMBER}"
    r"(?=\s*(?:[,.;!?)]|and\b|but\b|with\b|who\b|so\b|$))",
    re.IGNORECASE,
)
_SCHOOL_YEAR = late(r"\b(?:y|yr|year)\s?(?P<number>1[0-3]|[1-9])\b(?!\s*(?:old|ago|plan))", re.IGNORECASE)
_CANNOT_MOVE = late(
    r"\b(?:(?:non|pre|im|not\s+yet|isn['’]?t)[\s-]?mobile|new[\s-]?borns?|neonat\w*"
    r"|(?:not|can['’]?t|cannot|can\s+not|doesn['’]?t|isn['’]?t|too\s+young\s+to)\s+(?:yet\s+|even\s+)?"
    r"(?:crawl|roll|move\s+about|sit\s+up)\w*)\b",
    re.IGNORECASE,
)
_UNBORN = late(r"\bun[\s-]?born\b|\b\d{1,2}\s?(?:weeks?|wks?)\s+(?:pregnan\w+|gestation)", re.IGNORECASE)
_WORD_OF_AGE = late(
    r"[\w'’]*\d|(?:" + "|".join(NUMBERS) + r")\Z|(?:un|new)?born|neonat|(?:im)?mobile|crawl|roll|move|sit",
    re.IGNORECASE,
)


_IN_YEARS = late(
    rf"(?P<number>\d{{1,2}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})[\s-]*(?:years?|yrs?|y/?o)?"
    r"[\s-]*(?:old)?",
    re.IGNORECASE,
)


def in_short(age: str) -> str:
    """An age as it stands in brackets after a name: "15 year old" is "15", "eight" is "8"."""
    years = _IN_YEARS.fullmatch(age.strip())
    if years is None:
        return re.sub(r"[\s-]+old\Z", "", age.strip())
    return str(NUMBERS.get(years["number"].lower(), years["number"]))


@dataclass(frozen=True, slots=True, order=True)
class Age:
    """A stage of life and the characters that say so."""

    start: int
    end: int
    term: str
    is_number: bool = True
    """Whether the characters are a number and its unit, which say nothing else."""


def may_say_age(word: str) -> bool:
    """Whether a text with this word in it may name an age; a text without such a word names none."""
    return _WORD_OF_AGE.match(word) is not None


def ages(text: str) -> list[Age]:
    """Every age in a text, in order."""
    found = [Age(*match.span(), "age:non-mobile-baby", is_number=False) for match in _CANNOT_MOVE.finditer(text)]
    found += [Age(*match.span(), "age:unborn", is_number=False) for match in _UNBORN.finditer(text)]
    for match in _AGE.finditer(text):
        unit = match["unit"].lower()
        says_old = unit in {"do", "wo", "mo", "yo", "y/o", "m/o", "w/o"}
        start = match.start("years" if match["years"] else "number")
        cue = match["cue"] and not _OF_A_TIME.search(text, max(0, start - _FAR_BEFORE), start)
        if cue or match["old"] or match["person"] or says_old:
            months = 12 * _number(match["years"] or "0") + _number(match["number"]) * _months(unit)
            found.append(Age(start, match.end("old" if match["old"] else "unit"), _stage(months)))
    for match in _BARE_YEARS.finditer(text):
        found.append(Age(match.start("number"), match.end("number"), _stage(_number(match["number"]) * 12)))
    for match in _SCHOOL_YEAR.finditer(text):
        found.append(Age(*match.span(), "age:teenager" if int(match["number"]) >= 7 else "age:child"))
    return sorted(age for age in found if age.term != "age:adult")


def _number(written: str) -> float:
    return float(NUMBERS.get(written.lower(), written))


def _months(unit: str) -> float:
    match unit[0], unit:
        case ("d", _) | (_, "/7"):
            return 12 / 365
        case ("w", _) | (_, "/52"):
            return 12 / 52
        case ("m", _) | (_, "/12"):
            return 1
        case _:
            return 12


def _stage(months: float) -> str:
    for limit, term in (
        (MONTHS_BEFORE_A_BABY_MOVES, "age:non-mobile-baby"),
        (18, "age:baby"),
        (48, "age:toddler"),
        (144, "age:child"),
        (216, "age:teenager"),
    ):
        if months < limit:
            return term
    return "age:adult"
