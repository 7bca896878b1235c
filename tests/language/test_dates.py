from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.dates import dates, format_date, parse_date

THURSDAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", date(2026, 3, 12)),
        ("this afternoon, 3pm", date(2026, 3, 12)),
        ("2.40 today", date(2026, 3, 12)),
        ("tomorrow morning, first thing", date(2026, 3, 13)),
        ("tommorrow not thursday", date(2026, 3, 13)),
        ("tommorow", date(2026, 3, 13)),
        ("tomorow", date(2026, 3, 13)),
        ("tmrw", date(2026, 3, 13)),
        ("2moro", date(2026, 3, 13)),
        ("tmorrow", date(2026, 3, 13)),
        ("tomorrows first thing", date(2026, 3, 13)),
        ("tomorra then", date(2026, 3, 13)),
        ("2mrw", date(2026, 3, 13)),
        ("the day after tomorrow", date(2026, 3, 14)),
        ("Friday", date(2026, 3, 13)),
        ("Fri pm", date(2026, 3, 13)),
        ("by Wed", date(2026, 3, 18)),
        ("weds", date(2026, 3, 18)),
        ("Thurs teatime", date(2026, 3, 19)),
        ("Tues", date(2026, 3, 17)),
        ("Sat morning", date(2026, 3, 14)),
        ("on sat", date(2026, 3, 14)),
        ("this Friday", date(2026, 3, 13)),
        ("next Friday", date(2026, 3, 20)),
        ("next Wednesday", date(2026, 3, 18)),
        ("last Friday", date(2026, 3, 6)),
        ("Friday week", date(2026, 3, 20)),
        ("Term finishes Wednesday week", date(2026, 3, 25)),
        ("a week on Friday", date(2026, 3, 20)),
        ("week on Friday", date(2026, 3, 20)),
        ("a week Friday", date(2026, 3, 20)),
        ("two weeks on Monday", date(2026, 3, 30)),
        ("Friday of next week", date(2026, 3, 20)),
        ("next week, Friday", date(2026, 3, 20)),
        ("Monday next week", date(2026, 3, 16)),
        ("two weeks today", date(2026, 3, 26)),
        ("2 weeks today", date(2026, 3, 26)),
        ("a week today", date(2026, 3, 19)),
        ("a week tomorrow", date(2026, 3, 20)),
        ("a fortnight today", date(2026, 3, 26)),
        ("in a fortnight", date(2026, 3, 26)),
        ("in a fortnight's time", date(2026, 3, 26)),
        ("in two weeks' time", date(2026, 3, 26)),
        ("three weeks from today", date(2026, 4, 2)),
        ("within ten days", date(2026, 3, 22)),
        ("in the next 48 hours", date(2026, 3, 14)),
        ("within 24 hrs", date(2026, 3, 13)),
        ("in a couple of weeks", date(2026, 3, 26)),
        ("in 6 wks", date(2026, 4, 23)),
        ("on the 14th", date(2026, 3, 14)),
        ("by the 20th", date(2026, 3, 20)),
        ("the 3rd", date(2026, 4, 3)),
        ("Friday the 20th", date(2026, 3, 20)),
        ("Mon 16th", date(2026, 3, 16)),
        ("20 March", date(2026, 3, 20)),
        ("Monday 23 March", date(2026, 3, 23)),
        ("Monday, the 23rd of March", date(2026, 3, 23)),
        ("20th of march 2027", date(2027, 3, 20)),
        ("March 20th", date(2026, 3, 20)),
        ("20/3", date(2026, 3, 20)),
        ("20/03/26", date(2026, 3, 20)),
        ("20.3.26", date(2026, 3, 20)),
        ("2026-03-20", date(2026, 3, 20)),
        ("8 January", date(2026, 1, 8)),
        ("8 Jan 2027", date(2027, 1, 8)),
        ("end of week", date(2026, 3, 13)),
        ("end of the week", date(2026, 3, 13)),
        ("end of next week", date(2026, 3, 20)),
        ("over the weekend", date(2026, 3, 14)),
        ("this week", date(2026, 3, 13)),
        ("next week", date(2026, 3, 20)),
        ("early next week", date(2026, 3, 16)),
        ("end of the month", date(2026, 3, 31)),
        ("end of next month", date(2026, 4, 30)),
    ],
)
def test_a_day_is_counted_from_the_day_of_the_session(words, day):
    assert parse_date(words, THURSDAY) == day


@pytest.mark.parametrize(
    "words",
    [
        "",
        "soon",
        "asap",
        "at 4.30",
        "he sat on the floor",
        "the 2nd referral",
        "her 8th birthday",
        "the 9th centile",
        "child 2 may have seen",
        "on Mondays",
        "after Monday's visit",
        "for two weeks",
        "two weeks ago",
        "31 February",
        "99/99",
    ],
)
def test_what_names_no_day_is_none(words):
    assert parse_date(words, THURSDAY) is None


@pytest.mark.parametrize(
    ("words", "day"),
    [("until Boxing Day", date(2026, 12, 26)), ("on New Year's Day", date(2027, 1, 1))],
)
def test_a_day_that_is_the_same_every_year_is_the_one_that_comes(words: str, day: date):
    assert parse_date(words, date(2026, 12, 16)) == day


@pytest.mark.parametrize("today", [date.min, date.max])
@pytest.mark.parametrize(
    "words", ["tomorrow", "by Friday week", "in a fortnight", "by the weekend", "end of next month", "last Friday"]
)
def test_a_day_that_no_calendar_has_is_none(words: str, today: date):
    assert all(named.day.year in {1, 9999} for named in dates(words, today))


def test_a_day_named_on_that_day_is_a_week_off_and_an_ordinal_is_today():
    assert parse_date("Thursday", THURSDAY) == THURSDAY + timedelta(days=7)
    assert parse_date("the 12th", THURSDAY) == THURSDAY


def test_an_ordinal_that_has_gone_by_is_in_the_next_month_or_the_next_year():
    assert parse_date("the 5th", date(2026, 12, 20)) == date(2027, 1, 5)
    assert parse_date("the 31st", date(2026, 3, 31)) == date(2026, 3, 31)


def test_the_first_of_several_days_is_meant_and_each_is_found_where_it_stands():
    words = "Body map by tomorrow, manager on Friday week, review on the 30th"
    assert parse_date(words, THURSDAY) == THURSDAY + timedelta(days=1)
    found = [(words[named.start : named.end], named.day.day) for named in dates(words, THURSDAY)]
    assert found == [("tomorrow", 13), ("Friday week", 20), ("on the 30th", 30)]


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.text(max_size=60))
def test_any_words_can_be_read_for_days(today, words):
    found = dates(words, today)
    assert all(0 <= named.start < named.end <= len(words) for named in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_a_day_written_in_full_is_read_back(today, day):
    assert parse_date(format_date(day), today) == day
