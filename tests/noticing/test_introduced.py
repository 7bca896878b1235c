"""Whom an account introduces by name as the child, or the children, it is about."""

from __future__ import annotations

import re

import pytest

from assistant.noticing.introduced import introduced, shown_as_names


def begun_with(text: str) -> list[str]:
    """Those introduced, of all the words with a capital that may be names."""
    names = {found.span() for found in re.finditer(r"(?<![\w-])[A-Z][\w-]+", text)} | set(shown_as_names(text))
    words = {"It", "Oh", "He", "Mum", "The", "School", "Right", "Well", "Two", "Went", "Neglect"}
    return [
        text[slice(*one)] for one in introduced(text, sorted(one for one in names if text[slice(*one)] not in words))
    ]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Oh it's Freddie. He was seven on Saturday.", ["Freddie"]),
        ("Blessing, year 8. Her stepdad comes in her room.", ["Blessing"]),
        ("Mason, he's just turned 5, and mum Carly's done the course.", ["Mason"]),
        ("Tia, she have 15 years, she lives with the mother.", ["Tia"]),
        ("Well, so it's a boy, Fern, 7, home educated.", ["Fern"]),
        ("It's a bump at the moment, so I'll call the baby Bean. Mum is Leanne, 29.", ["Bean"]),
        ("Cerys we'll call her, year 2, seven.", ["Cerys"]),
        ("Mum is Dawn, and it's Dawn I worry for. Alfie, ten, puts her to bed.", ["Alfie"]),
        ("Alfie, he's five weeks. Mum is Kayleigh, 21, first baby.", ["Alfie"]),
    ],
)
def test_a_child_is_introduced_by_a_name_at_the_start_or_with_an_age(said: str, names: list[str]) -> None:
    assert begun_with(said) == names


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Two of them, Corey 8 and Logan 5, with their nan, Maureen.", ["Corey", "Logan"]),
        ("The Brierleys. Shannon and three kids, Kian 11, Maisie 7, Tyler 3.", ["Kian", "Maisie", "Tyler"]),
        ("It's kids called Amber and Zac, 6 and 4, dad's called Wayne.", ["Amber", "Zac"]),
        ("Went to see Ruby (4) and her brother Jac (18 months).", ["Ruby", "Jac"]),
    ],
)
def test_several_are_introduced_where_they_are_named_together(said: str, names: list[str]) -> None:
    assert begun_with(said) == names


@pytest.mark.parametrize(
    "said",
    [
        "Pearl, the grandmother, has them both.",
        "The Osman kids. Neglect, low level, forever.",
        "Zara had the scan on Monday. It's her first baby.",
        "Craig wants me to close it.",
    ],
)
def test_a_grown_up_or_a_family_is_not_taken_for_the_child(said: str) -> None:
    assert begun_with(said) == []
