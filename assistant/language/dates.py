"""Days as people in Britain write them: which one somebody means by "Friday week" or "the 14th", and how one is shown.

Owns one table of the ways to write a day. Where words can mean two days, the nearer one that is still to come is meant,
for this program reads what people are going to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.language.ages import NUMBERS
from assistant.language.lazy_patterns import late

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAYS_OF = {"day": 1, "week": 7, "wk": 7, "fortnight": 14, "month": 30}
_FEASTS = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "boxing day": (12, 26),
    "new years eve": (12, 31),
    "new years day": (1, 1),
}
_LONGEST_LOOK_BACK = 180
"""Days. A date just past is more likely a slip or gone by than a promise for eleven months from now."""

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
TOMORROW = r"(?:tom+or+(?:ow?|a)|tom+oz|t+mo?r+o?w|tmr|tmoro|2mor+ow?|2mrw|2moz)s?"
"""As people type it; "tomorrows first" is tomorrow's."""
_FULL = r"monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_SHORT = r"mon|tues?|weds?|thurs?|thur?|fri"
_WEEKDAY = rf"(?P<weekday>{_FULL}|{_SHORT})\b(?!['’]s)"
_BY_NUMBER = re.compile(rf"\d|(?:{'|'.join(_MONTHS)})", re.IGNORECASE)
_IN_ONE = re.compile(rf"(?:{_FULL}|{_SHORT}),?\s+(?:the\s+)?", re.IGNORECASE)
"""A weekday before the day it falls on, which says it exactly: "Monday 7 December"."""
_COUNT = r"(?P<count>\d{1,2}|an?|(?:a\s+)?couple\s+of|" + "|".join(NUMBERS) + r")"
_LENGTH = rf"{_COUNT}\s+(?P<length>days?|weeks?|wks?|fortnights?|months?)"
_TH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)"
_TIME_OF_DAY = r"am|pm|morning|lunch|afternoon|tea|evening|night|\d"
_NO_DAY = (
    r"(?!\s+(?:birthday|floor|time|visit|week|month|year|percentile|centile|referral|review|one|anniversary))"
    rf"(?!\s+(?:of\s+)?{_MONTH.replace('?P<month>', '?:')})"
)


@dataclass(frozen=True)
class Named:
    """A day and the characters that name it."""

    start: int
    end: int
    day: date


def without(words: str, named: Sequence[Named]) -> str:
    """Words without the days named in them, given in order."""
    for one in reversed(named):
        words = words[: one.start] + words[one.end :]
    return words


def format_date(day: date) -> str:
    """A day in full, "2 March 2026"; `parse_date` reads it back."""
    return f"{day.day} {day:%B %Y}"


def parse_date(words: str, today: date) -> date | None:
    """The first day that `words` name, or nothing. A day without a year is the next one that comes."""
    named = next(iter(dates(words, today)), None)
    return named.day if named else None


def dates(words: str, today: date) -> list[Named]:
    """Every day that `words` name, in order."""
    found = sorted(_all(words, today), key=lambda named: (named.start, -named.end))
    apart: list[Named] = []
    for named in found:
        in_one = apart and _IN_ONE.fullmatch(words, apart[-1].start, named.start)
        if in_one and _BY_NUMBER.match(words, named.start):
            apart[-1] = Named(apart[-1].start, named.end, named.day)
        elif not apart or named.start >= apart[-1].end:
            apart.append(named)
    return apart


def _all(words: str, today: date) -> Iterator[Named]:
    for pattern, day_of in _WAYS:
        for match in pattern.finditer(words):
            with suppress(OverflowError, ValueError):  # a day that no calendar has
                if (day := day_of(match, today)) is not None:
                    yield Named(*match.span(), day)


# The ways, each a pattern and what day it means.


def _iso(match: re.Match[str], _: date) -> date | None:
    return _day(int(match["year"]), int(match["number"]), int(match["day"]))


def _in_month(match: re.Match[str], today: date) -> date | None:
    return _coming(today, _MONTHS.index(match["month"].lower()[:3]) + 1, int(match["day"]), match["year"])


def _slashed(match: re.Match[str], today: date) -> date | None:
    return _coming(today, int(match["number"]), int(match["day"]), match["year"])


def _ahead(match: re.Match[str], today: date) -> date | None:
    return today + timedelta(days=_length(match))


def _hours(match: re.Match[str], today: date) -> date | None:
    return today + timedelta(days=-(-int(match["hours"]) // 24))


def _counted_from(match: re.Match[str], today: date) -> date | None:
    """ "Two weeks today", "a week on Friday", "a fortnight tomorrow"."""
    base = match["base"].lower()
    start = today + timedelta(days={"today": 0, "tomorrow": 1}.get(base, 0))
    if base not in {"today", "tomorrow"}:
        start = _next_weekday(base, today)
    return start + timedelta(days=_length(match))


def _weekday_week(match: re.Match[str], today: date) -> date | None:
    """ "Friday week", "week on Friday"."""
    return _next_weekday(match["weekday"], today) + timedelta(days=7)


def _weekday_of_next_week(match: re.Match[str], today: date) -> date | None:
    return _monday(today) + timedelta(days=7 + _DAYS.index(match["weekday"].lower()[:3]))


def _weekday(match: re.Match[str], today: date) -> date | None:
    which = (match["which"] or "").lower()
    coming = _next_weekday(match["weekday"], today)
    if which == "last":
        return coming - timedelta(days=7)
    in_this_week = coming < _monday(today) + timedelta(days=7)
    return coming + timedelta(days=7 if which == "next" and in_this_week else 0)


def _ordinal(match: re.Match[str], today: date) -> date | None:
    """ "The 14th": of this month, or of the next where it has gone by."""
    this_month = _day(today.year, today.month, int(match["day"]))
    if this_month is not None and this_month >= today:
        return this_month
    year, month = divmod(today.year * 12 + today.month, 12)
    return _day(year, month + 1, int(match["day"]))


def _feast(match: re.Match[str], today: date) -> date | None:
    """A day that is the same every year."""
    name = " ".join(re.sub(r"['’]", "", match["feast"].lower()).split())
    month, day = _FEASTS[name]
    return _coming(today, month, day, None)


def _in_days(days: int) -> Callable[[re.Match[str], date], date]:
    return lambda _, today: today + timedelta(days=days)


def _end_of_week(match: re.Match[str], today: date) -> date | None:
    friday = _monday(today) + timedelta(days=4)
    if (match["which"] or "").lower() == "next":
        return friday + timedelta(days=7)
    return friday if friday >= today else friday + timedelta(days=7)


def _weekend(_: re.Match[str], today: date) -> date | None:
    return today if today.weekday() >= _DAYS.index("sat") else _monday(today) + timedelta(days=5)


def _next_week(match: re.Match[str], today: date) -> date | None:
    return _monday(today) + timedelta(days=7 if match["early"] else 11)


def _this_week(_: re.Match[str], today: date) -> date | None:
    friday = _monday(today) + timedelta(days=4)
    return max(friday, today)


def _end_of_month(match: re.Match[str], today: date) -> date | None:
    months = today.year * 12 + today.month - 1 + (2 if match["which"].lower() == "next" else 1)
    return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)


_YEAR = r"(?:,?\s+(?P<year>\d{4}))?"
_IN = r"\b(?:in|within)\s+(?:the\s+next\s+)?"
_WAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = tuple(
    (late(pattern, re.IGNORECASE), day_of)
    for pattern, day_of in (
        (r"\b(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})\b", _iso),
        (rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}(?!\s+(?:have|be|not|need)\b){_YEAR}", _in_month),
        (rf"\b{_MONTH}\s+(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b{_YEAR}", _in_month),
        (r"\b(?P<day>\d{1,2})/(?P<number>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?\b", _slashed),
        # With full stops a year must follow, or nothing at all: "4.30 at the clinic" is a time of day.
        (r"\b(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>\d{4}|\d{2})\b", _slashed),
        (r"\A\s*(?P<day>\d{1,2})\.(?P<number>\d{1,2})(?P<year>)\s*\Z", _slashed),
        (rf"{_IN}{_LENGTH}\b", _ahead),
        (rf"\b{_LENGTH}['’]?s?\s+time\b", _ahead),
        (rf"\b{_LENGTH}\s+from\s+(?:today|now)\b", _ahead),
        (rf"{_IN}(?P<hours>\d{{1,2}})\s*(?:hours?|hrs?)\b", _hours),
        (rf"\b{_LENGTH}\s+(?:on\s+|come\s+)?(?P<base>today|tomorrow|{_FULL}|{_SHORT})\b", _counted_from),
        (rf"(?<!this )(?<!next )(?<!last )\bweek\s+on\s+{_WEEKDAY}", _weekday_week),
        (rf"\b{_WEEKDAY}\s+week\b", _weekday_week),
        (rf"\b{_WEEKDAY}\s+(?:of\s+)?next\s+week\b", _weekday_of_next_week),
        (rf"\bnext\s+week,?\s+(?:on\s+)?{_WEEKDAY}", _weekday_of_next_week),
        (rf"\b(?:(?P<which>next|last|this)\s+)?{_WEEKDAY}", _weekday),
        (r"\b(?:(?P<which>next|last|this)|on|by|come)\s+(?P<weekday>sat|sun)\b", _weekday),
        (
            r"\b(?P<which>)(?P<weekday>(?-i:Sat|Sun))(?=\s+(?:am|pm|morning|lunch|afternoon|tea|evening|night|\d))",
            _weekday,
        ),
        (rf"\b(?:(?:on|by|before|until|{_FULL}|{_SHORT})(?:\s+the)?|the)\s+{_TH}\b{_NO_DAY}", _ordinal),
        (r"\b(?P<feast>christmas\s+eve|christmas\s+day|boxing\s+day|new\s+year['’]?s\s+(?:eve|day))\b", _feast),
        (r"\bday\s+after\s+tomorrow\b", _in_days(2)),
        (rf"\b{TOMORROW}\b", _in_days(1)),
        (r"\b(?:today|tonight|2nite|straight\s*away|this\s+(?:morning|afternoon|evening)|right\s+now)\b", _in_days(0)),
        (r"\byesterday\b", _in_days(-1)),
        (r"\bend\s+of\s+(?P<which>next|this|the)?\s*week\b", _end_of_week),
        (r"\b(?:the|this)\s+weekend\b", _weekend),
        (r"\b(?P<early>(?:early|beginning\s+of|start\s+of)\s+)?next\s+week\b", _next_week),
        (r"\bthis\s+week\b", _this_week),
        (r"\bend\s+of\s+(?P<which>next|this|the)\s+month\b", _end_of_month),
    )
)


def _length(match: re.Match[str]) -> int:
    written = " ".join(match["count"].lower().split())
    count = 1 if written in {"a", "an"} else 2 if written.endswith("couple of") else NUMBERS.get(written)
    return (int(written) if count is None else count) * _DAYS_OF[match["length"].lower().removesuffix("s")]


def _next_weekday(name: str, today: date) -> date:
    return today + timedelta(days=(_DAYS.index(name.lower()[:3]) - today.weekday() - 1) % 7 + 1)


def _monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


def _coming(today: date, month: int, day: int, year: str | None) -> date | None:
    if year:
        return _day(int(year) + (2000 if len(year) == len("26") else 0), month, day)
    this_year = _day(today.year, month, day)
    if this_year is not None and (today - this_year).days > _LONGEST_LOOK_BACK:
        return _day(today.year + 1, month, day)
    return this_year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
