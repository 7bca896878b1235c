"""Who is meant by names and nouns that come late, loosely or without an apostrophe; and who is nobody of the case."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.noticing.reading import Known, KnownPerson, Reading
from tests.shipped import reader

READER = reader()


def read(words: str) -> Reading:
    return READER.read(words, Known(today=date(2026, 3, 2), question="What?", keeps="focus"))


def spoken_of(words: str) -> dict[str, set[str]]:
    """Everybody's names, by who they are."""
    people: dict[str, set[str]] = {}
    for one in read(words).people:
        if one.called:
            people.setdefault(one.person, set()).add(one.called)
    return people


@pytest.mark.parametrize(
    ("words", "person", "names"),
    [
        ("Mum works nights so it's dad has him, Lee. I'll call the boy Alfie.", "father-1", {"Dad", "Lee"}),
        (
            "I'll call him Alfie, he's two. Mum, Kerry, answers for him. Her stepdad's always there, Len, lovely man.",
            "wider-family-1",
            {"Kerry's stepdad", "Len"},
        ),
        (
            "I'll call her Shay, 13. Donna is the aunt and theres Donnas boyfriend Kev.",
            "man-1",
            {"the boyfriend", "Kev"},
        ),
    ],
)
def test_a_name_is_whoever_s_it_can_only_be(words: str, person: str, names: set[str]) -> None:
    assert spoken_of(words)[person] == names


@pytest.mark.parametrize(
    ("words", "children"),
    [
        ("I'm early help. Mum, say Donna, three kids, Ruby 11, Tyler 7 and Bo who's 2.", {"Ruby", "Tyler", "Bo"}),
        ("I've got carers, call them Maureen and Pete, twelve years fostering. They've got Keira who's 10.", {"Keira"}),
        ("It's a family I'll call them the Marlows, baby is Posy, 5 weeks.", {"Posy"}),
        ("2 sisters in kinship care w their aunt, call them Shay 13 and Mimi 9.", {"Shay", "Mimi"}),
        ("Mum is Rhian. Posy's 5. Her partner, call him Gareth, answers for her.", {"Posy"}),
        ("Call him Kian, he's 14. See Kian alone. I went on Tuesday and Tuesday was bad.", {"Kian"}),
    ],
)
def test_a_parent_a_carer_a_family_or_a_day_is_no_child(words: str, children: set[str]) -> None:
    named = (name for who, names in spoken_of(words).items() if who.startswith("child") for name in names)
    assert {name for name in named if name[0].isupper()} == children


def test_twenty_months_is_an_age_and_the_older_two_live_elsewhere() -> None:
    facts = read("It's Alfie, he's twenty months. Mum's Tasha, her older two live with their nan.").facts
    assert [fact.value for fact in facts if fact.subject == "age"] == ["twenty months"]
    assert not [fact for fact in facts if fact.subject == "lives"]


def test_each_uncle_is_one() -> None:
    people = spoken_of("It's Danny, 17. There's Uncle Tony, Uncle Mick and one they call Uncle Dee.")
    men = [names for who, names in people.items() if who.startswith("wider-family")]
    assert [name for names in men for name in names if name[0].isupper()] == ["Tony", "Mick", "Dee"]


def test_a_name_typed_with_an_s_and_no_apostrophe_is_no_second_child() -> None:
    people = spoken_of("Call her Shay, 13. I'd ring school to check Shays there.")
    assert [who for who in people if who.startswith("child")] == ["child-1"]


@pytest.mark.parametrize(
    "words",
    [
        "Half my families would kill for a grandad like that.",
        "The lad in the next room says they come at all hours.",
    ],
)
def test_nobody_of_the_case_is_nobody(words: str) -> None:
    assert not spoken_of(words)


@pytest.mark.parametrize(
    ("words", "agencies"),
    [
        ("She went out the front door.", set()),
        ("I rang the front door.", {"front door"}),
        ("I'd have torn a strip off a student for that.", set()),
        ("I'm one of those managers who sees it everywhere.", set()),
        ("She works nights at the hospital.", set()),
        ("The hospital rang the midwife.", {"hospital", "midwife"}),
        ('I wrote "good school, good nursery" and left.', set()),
        ("I've been a health visitor nineteen years.", set()),
    ],
)
def test_an_agency_is_one_that_has_to_do_with_the_case(words: str, agencies: set[str]) -> None:
    assert {fact.value for fact in read(words).facts if fact.subject == "agency"} == agencies


def test_the_age_at_a_check_is_no_age() -> None:
    assert not [fact for fact in read("He had fifteen words at his one year check.").facts if fact.subject == "age"]


def test_a_child_of_a_told_age_is_not_made_somebody_at_work() -> None:
    keira = KnownPerson(person="child-1", role="child", names=("Keira",), sex="female", age="14")
    for words in ("I'll ring our Sandra tonight, she's a DSL over there.", "Kayleigh and MASH are me."):
        known = keira.model_copy(update={"names": ("Keira", "Kayleigh")})
        facts = READER.read(words, Known(today=date(2026, 3, 2), people=(known,), question="How are you?")).facts
        assert not [fact for fact in facts if fact.subject == "role"]


def test_whoever_does_something_to_somebody_is_not_who_it_is_done_to() -> None:
    words = "It's Aaron, he's twelve. He cried when a man came in to change him. Dad rang him."
    him = [one.person for one in read(words).people if words[slice(*one.span)] == "him"]
    assert him[0] == "child-1"
    alone = "It's Aaron, he's twelve. There's a man in the house and I've not met him."
    assert [one.person for one in read(alone).people if alone[slice(*one.span)] == "him"] == ["man-1"]


def test_a_baby_without_its_apostrophe_and_twins_have_their_ages() -> None:
    words = "the babys seven weeks and the twins are three and theres a lad of 8"
    ages = {fact.of: fact.value for fact in read(words).facts if fact.subject == "age"}
    called = {who: next(iter(names)) for who, names in spoken_of(words).items()}
    assert {called[who]: age for who, age in ages.items()} == {
        "the baby": "seven weeks",
        "the twins": "three",
        "the lad": "8",
    }


def test_a_small_child_has_no_boyfriend() -> None:
    words = "It's Ruby, she's four. Mum's on her own. There's her boyfriend some nights."
    assert [one.person for one in read(words).people if words[slice(*one.span)] == "her"][-1] == "mother-1"
    older = "It's Ruby, she's fifteen. There's her boyfriend some nights."
    assert [one.person for one in read(older).people if older[slice(*one.span)] == "her"] == ["child-1"]


@pytest.mark.parametrize(
    ("words", "person", "name"),
    [
        ("Dad's name is Colin, he works days.", "father-1", "Colin"),
        ("Mum's name's Kelly.", "mother-1", "Kelly"),
    ],
)
def test_somebody_s_name_is_theirs(words: str, person: str, name: str) -> None:
    assert name in spoken_of(words)[person]
