from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.ages import ages, in_short, may_say_age


@pytest.mark.parametrize(
    ("text", "said", "term"),
    [
        ("a ten week old baby", "ten week old", "age:non-mobile-baby"),
        ("she is ten weeks", "ten weeks", "age:non-mobile-baby"),
        ("10wk baby with a mark", "10wk", "age:non-mobile-baby"),
        ("six-week-old twin", "six-week-old", "age:non-mobile-baby"),
        ("6wo on the ward", "6wo", "age:non-mobile-baby"),
        ("baby 3/12 old", "3/12 old", "age:non-mobile-baby"),
        ("three days old", "three days old", "age:non-mobile-baby"),
        ("removed at the age of 5 months", "5 months", "age:non-mobile-baby"),
        ("when he was aged seven months", "seven months", "age:baby"),
        ("a one year old child", "one year old", "age:baby"),
        ("a 2yo with a burn", "2yo", "age:toddler"),
        ("his 3 year old brother", "3 year old", "age:toddler"),
        ("thirteen years and seven months old", "thirteen years and seven months old", "age:teenager"),
        ("she's 15 and missing", "15", "age:teenager"),
        ("my Y9 girl", "Y9", "age:teenager"),
        ("a boy in year 4", "year 4", "age:child"),
        ("non-mobile babies", "non-mobile", "age:non-mobile-baby"),
        ("he can't crawl yet", "can't crawl", "age:non-mobile-baby"),
        ("a newborn", "newborn", "age:non-mobile-baby"),
        ("24 weeks pregnant", "24 weeks pregnant", "age:unborn"),
    ],
)
def test_an_age_is_read_as_a_stage_of_life(text: str, said: str, term: str) -> None:
    assert any(may_say_age(word) for word in re.split(r"[\s-]", text))
    assert [(text[age.start : age.end], age.term) for age in ages(text)] == [(said, term)]


@pytest.mark.parametrize(
    "text",
    [
        "waited ten weeks for the clinic",
        "almost 3 months in hospital",
        "it was six weeks ago",
        "I said I'd log it, and then it was five days",
        "it was about three months, I think",
        "that's only two weeks of records",
        "closed 5 months later",
        "at ten weeks into the plan",
        "every 2 weeks",
        "a 40 year old man",
        "1234567",
    ],
)
def test_a_length_of_time_and_a_grown_up_are_left_alone(text: str) -> None:
    assert ages(text) == []


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert all(age.start < age.end <= len(text) for age in ages(text))


@pytest.mark.parametrize(
    ("said", "short"),
    [
        ("15 year old", "15"),
        ("eight", "8"),
        ("eight year old", "8"),
        ("9", "9"),
        ("18 months old", "18 months"),
        ("", ""),
    ],
)
def test_an_age_is_said_in_short_after_a_name(said, short):
    assert in_short(said) == short
