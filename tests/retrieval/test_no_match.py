from __future__ import annotations

import pytest

from assistant.retrieval.no_match import absent, is_outside
from assistant.retrieval.protocols import Meant, Subject


def nothing_known(_: str) -> bool:
    return False


SURE = (Subject("neglect", 0.9, name="Neglect"),)


@pytest.mark.parametrize(
    "meant",
    [
        Meant(subjects=SURE, elsewhere=0.2, words=6),
        Meant(subjects=SURE, words=6, strange=("dziecko", "nie", "przyszlo", "dzis")),
        Meant(subjects=(), words=0),
        Meant(subjects=(Subject("drift", 0.2),), words=1),
        Meant(subjects=(Subject("drift", 0.2),), words=7, near=0.2, close=0.2),
    ],
    ids=["the office", "another language", "no words", "one empty word", "far from everything"],
)
def test_what_has_nothing_to_do_with_practice_is_outside(meant: Meant) -> None:
    assert is_outside(meant, nothing_known)


@pytest.mark.parametrize(
    "meant",
    [
        Meant(subjects=SURE, words=1),
        Meant(subjects=SURE, elsewhere=0.2, words=6, names_practice=True),
        Meant(subjects=(Subject("drift", 0.2),), words=7, near=0.3, close=0.2),
    ],
    ids=["one telling word", "an office word beside one of practice", "a loose sentence"],
)
def test_what_somebody_may_need_is_not_outside(meant: Meant) -> None:
    assert not is_outside(meant, nothing_known)


def test_a_name_that_only_the_library_knows_is_looked_for() -> None:
    asked = Meant(subjects=(Subject("drift", 0.2),), words=1, strange=("wokingham",))
    assert is_outside(asked, nothing_known)
    assert not is_outside(asked, lambda term: term == "wokingham")


def test_what_the_library_lacks_is_named_and_shown_in_place_only_when_doubtful() -> None:
    weapons = Subject("weapons", 0.9, name="Weapons")
    assert absent([weapons], lambda _: 0.0) == ("Weapons", True)
    assert absent([weapons], lambda _: 0.8) is None
    assert absent([Subject("weapons", 0.2, name="Weapons")], lambda _: 0.0) is None
    assert absent([Subject("weapons", 0.4, name="Weapons")], lambda _: 0.0) == ("Weapons", False)


def test_a_second_subject_that_the_library_holds_is_shown_in_place_of_the_first() -> None:
    said = [Subject("weapons", 0.7, name="Weapons"), Subject("school", 0.3, name="School")]
    assert absent(said, lambda concept: 0.7 if concept == "school" else 0.0) == ("Weapons", False)


@pytest.mark.parametrize(
    ("meant", "outside"),
    [
        (Meant(subjects=SURE, words=6), True),
        (Meant(subjects=SURE, words=6, names_practice=True, elsewhere=0.05), True),
        (Meant(subjects=SURE, words=6, names_practice=True), False),
        (Meant(subjects=SURE, words=1), False),
    ],
    ids=["only meant", "named, but perhaps the office", "surely named", "a word by itself"],
)
def test_what_means_nothing_of_practice_is_outside_unless_it_surely_names_some(meant: Meant, outside: bool) -> None:
    assert not is_outside(meant, nothing_known)
    assert is_outside(meant, nothing_known, means_nothing=True) is outside
