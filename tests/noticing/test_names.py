"""The words around a name say whose it is; where they don't, it is nobody's that can be known."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.noticing.names import (
    denies_a_child,
    denies_that_it_was_a_child,
    is_of_the_workers,
    leads_on,
    says_something,
    says_who,
    whose_name,
)
from assistant.noticing.reading import Known
from tests.shipped import reader


def whose(text: str, name: str, *, about_a_child: bool = False) -> str | None:
    start = text.index(name)
    return whose_name(text, (start, start + len(name)), about_a_child=about_a_child)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We saw Tia, year 4, at the gate.", "Tia"),
        ("We saw Tia who's in Y6 now.", "Tia"),
        ("Yesterday Tia goes to nursery.", "Tia"),
        ("We saw Tia in her cot.", "Tia"),
        ("We saw Tia and her nan.", "Tia"),
        ("We met Tia's mum.", "Tia"),
        ("I heard of Tia's attendance.", "Tia"),
        ("I heard of Tia's new social worker.", "Tia"),
    ],
)
def test_a_class_a_cot_or_a_parent_of_theirs_makes_it_a_childs(text, name):
    assert whose(text, name) == "child"
    assert whose(text, name, about_a_child=True) == "child"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mrs Okafor was there.", "Okafor"),
        ("PC. Dunn was there.", "Dunn"),
        ("He is living with Carol now.", "Carol"),
        ("Me and Carol went.", "Carol"),
        ("I'll ask Carol about it.", "Carol"),
        ("Carol said it was fine.", "Carol"),
        ("Carol's just rang.", "Carol"),
        ("Carol from the hospital was there.", "Carol"),
        ("Carol at the front desk was there.", "Carol"),
    ],
)
def test_a_title_a_job_or_what_workers_do_makes_it_a_grown_ups(text, name):
    assert whose(text, name) == "grown-up"
    assert whose(text, name, about_a_child=True) == "grown-up"


@pytest.mark.parametrize(
    ("text", "name"),
    [("I asked Tia's mum.", "Tia"), ("Dr Tia in her cot.", "Tia"), ("Tia said year 4 is fine.", "Tia")],
)
def test_where_both_are_said_it_is_a_grown_ups(text, name):
    assert whose(text, name) == "grown-up"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tia was late.", "Tia"),
        ("Fine. Tia was late.", "Tia"),
        ("It's about Tia really.", "Tia"),
        ("I want to discuss little Tia today.", "Tia"),
        ("We'll call her Tia for now.", "Tia"),
    ],
)
def test_what_an_account_of_a_child_begins_to_speak_of_is_its_topic_and_elsewhere_nobodys(text, name):
    assert whose(text, name, about_a_child=True) == "topic"
    assert whose(text, name) is None


def test_a_name_in_passing_is_nobodys_that_can_be_known():
    assert whose("Then yesterday Tia was late.", "Tia", about_a_child=True) is None


def test_only_what_stands_just_before_and_after_the_name_counts():
    assert whose("Mrs Dunn was there. Then yesterday Tia was late. Carol said so.", "Tia", about_a_child=True) is None


@pytest.mark.parametrize("after", [" isn't a child", "'s not the child", " is not one of the kids", "'s an adult."])
def test_somebody_is_said_to_be_no_child(after):
    assert denies_a_child(f"She{after}", 3)


@pytest.mark.parametrize("after", [" is a child", "'s the parent at night", " isn't a worry", " said he isn't a child"])
def test_and_not_where_something_else_is_denied(after):
    assert not denies_a_child(f"She{after}", 3)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("That's not a child.", "That"),
        ("No, it isn't a child", "it"),
        ("well THIS is not the pupil", "THIS"),
        ("No, that's an adult.", "that"),
    ],
)
def test_whoever_a_question_asked_about_was_no_child(text, word):
    span = denies_that_it_was_a_child(text)
    assert span is not None
    assert text[slice(*span)] == word


@pytest.mark.parametrize(
    "text", ["That's a child.", "She's not a child.", "Not a child.", "That child is not mine.", ""]
)
def test_nothing_of_the_kind_is_said(text):
    assert denies_that_it_was_a_child(text) is None


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("She's my manager", True),
        ("She was actually the teacher", True),
        ("She is HER tutor", True),
        ("She told the teacher", False),
        ("She's late", False),
    ],
)
def test_after_she_somebody_is_said_to_be_of_the_workers(text, so):
    assert is_of_the_workers(text, 3) is so


@pytest.mark.parametrize("between", [", my new ", "'s the ", " who is her ", " (the ", ", ", " at the ", " the "])
def test_a_noun_after_a_name_says_who_it_is(between):
    assert says_who(between)


@pytest.mark.parametrize("between", ["", " ", "\n", " told the ", ", and ", " and ", ". The ", "'s not the "])
def test_a_noun_further_off_does_not(between):
    assert not says_who(between)


@pytest.mark.parametrize("said", ["I saw Ruby, and mum was out.", "Ruby and mum were both there."])
def test_whoever_is_named_beside_a_mother_is_not_the_mother(said):
    (mother,) = (one for one in reader().read(said, Known(today=date(2026, 3, 2))).people if one.role == "mother")
    assert said[slice(*mother.span)] == "mum"


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("Jayden was at school", True),
        ("Jayden's been off", True),
        ("Jayden.", False),
        ("Jayden", False),
        ("Jayden said school is fine", False),
        ("Jayden's working with us", True),
    ],
)
def test_something_is_said_of_a_name_and_not_by_it(text, so):
    assert leads_on(text, 6) is so


@pytest.mark.parametrize(
    ("text", "so"), [("She told me", True), ("She reckons so", True), ("She is late", False), ("She saidso", False)]
)
def test_after_she_somebody_says_something(text, so):
    assert says_something(text, 3) is so
