"""Days as people in Britain write them: which one somebody means by "by Friday" or "12 March", and how one is shown."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_SLASHED = re.compile(r"\b(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?\b")
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}\b\.?,?(?: (\d{{4}}))?", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (\d{{4}}))?", re.IGNORECASE)
_IN = re.compile(r"\b(?:in|within) (\d{1,2}|a|one|two|three|four|five|six) (day|week|month)s?\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(next )?(monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b", re.IGNORECASE)


def written(day: date) -> str:
    """A day in full, "2 March 2026"; `meant` reads it back."""
    return f"{day.day} {day:%B %Y}"


def meant(words: str, today: date) -> date | None:
    """The first day that `words` name, or nothing. A day without a year is the next one that comes."""
    if found := _ISO.search(words):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_MONTH.search(words):
        return _coming(today, _month(found[2]), int(found[1]), found[3])
    if found := _MONTH_DAY.search(words):
        return _coming(today, _month(found[1]), int(found[2]), found[3])
    if found := _SLASHED.search(words):
        return _coming(today, int(found[2]), int(found[1]), found[3])
    if found := _IN.search(words):
        number = _NUMBERS.get(found[1].lower()) or int(found[1])
        return today + timedelta(days=number * {"day": 1, "week": 7, "month": 30}[found[2].lower()])
    return _in_words(words.lower(), today)


def _in_words(words: str, today: date) -> date | None:
    if re.search(r"\btomorrow\b", words):
        return today + timedelta(days=1)
    if re.search(r"\b(today|tonight|straight away)\b", words):
        return today
    if found := _WEEKDAY.search(words):
        ahead = (_DAYS.index(found[2]) - today.weekday() - 1) % 7 + 1
        in_the_week_after = found[1] and today.weekday() + ahead < len(_DAYS)
        return today + timedelta(days=ahead + (7 if in_the_week_after else 0))
    if re.search(r"\bend of (the|this) week\b", words):
        return today + timedelta(days=(4 - today.weekday()) % 7)
    if re.search(r"\bend of (the|this) month\b", words):
        return (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    if re.search(r"\bnext week\b", words):
        return today + timedelta(days=11 - today.weekday())
    return None


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()[:3]) + 1


def _coming(today: date, month: int, day: int, year: str | None) -> date | None:
    if year:
        return _day(int(year) + (2000 if len(year) == len("26") else 0), month, day)
    this_year = _day(today.year, month, day)
    # a day just past is more likely a slip or a date gone by than a promise for eleven months from now
    if this_year is not None and (today - this_year).days > 180:
        return _day(today.year + 1, month, day)
    return this_year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
