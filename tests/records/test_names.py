from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.records.desk import Desk
from assistant.records.names import Finder, before_keeping, choices, nhs_number, open_finder, with_stand_ins
from assistant.resources import PACKAGE
from tests.records.conftest import CHEAP

LABELLED = Path(__file__).parent / "labelled"
Marks = set[tuple[str, str]]


@pytest.fixture(scope="module")
def finder() -> Finder:
    return open_finder(PACKAGE / "no-such-home")


def labelled(half: str) -> list[tuple[str, Marks]]:
    """Each sentence with what is marked in it, as (kind, words)."""
    read = []
    for line in LABELLED.joinpath(f"names-{half}.txt").read_text(encoding="utf-8").splitlines():
        marks = {(kind, re.sub("['’]s$", "", words)) for kind, words in re.findall(r"\{([a-z-]+):([^}]*)\}", line)}
        read.append((re.sub(r"\{[a-z-]+:([^}]*)\}", r"\1", line), marks))
    return read


def noticed(finder: Finder, words: str) -> Marks:
    return {(one.kind, one.text) for one in finder.notice(words)}


@pytest.mark.parametrize(
    ("half", "precision", "recall"),
    [
        ("work", 0.97, 0.97),
        ("report", 0.93, 0.95),
        ("second-report", 0.93, 0.95),
        ("third-report", 0.9, 0.95),
    ],
)
def test_what_is_noticed_in_the_labelled_sentences(
    finder: Finder, half: str, precision: float, recall: float, capsys: pytest.CaptureFixture[str]
):
    right = wrong = missed = 0
    for words, marks in labelled(half):
        found = noticed(finder, words)
        right, wrong, missed = right + len(found & marks), wrong + len(found - marks), missed + len(marks - found)
    with capsys.disabled():
        print(f"\n{half}: precision {right / (right + wrong):.3f}, recall {right / (right + missed):.3f}", end=" ")
    assert right / (right + wrong) >= precision
    assert right / (right + missed) >= recall


def test_there_are_enough_labelled_sentences_and_no_sentence_is_in_two_sets():
    sets = [[words for words, _ in labelled(part)] for part in ("work", "report", "second-report", "third-report")]
    every = [words for one in sets for words in one]
    assert len(every) == len(set(every)) >= 280


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("943 476 5919", True),
        ("9434765919", True),
        ("9434765918", False),
        ("1111111111", False),
        ("401 023 2137", True),
    ],
)
def test_an_nhs_number_is_known_by_its_check_digit(written: str, right: bool):
    assert nhs_number(written) is right


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("We met Małgorzata and Đorđe at home", {"Małgorzata", "Đorđe"}),
        ("the uncle is Jan van der Berg", {"Jan van der Berg"}),
        ("it was Fatima al-Sayed who rang", {"Fatima al-Sayed"}),
        ("Then PC Hargreaves and Grandma Jean came", {"PC Hargreaves", "Grandma Jean"}),
        ("I saw KEVIN and courtney", {"KEVIN", "courtney"}),
        ("Hope said no. Hope matters.", {"Hope"}),
        ("Summer was hard. On Wednesdays he went back to Gdansk with Home-Start by Great Ormond Street.", set()),
    ],
)
def test_names_are_found_in_every_spelling_and_ordinary_words_are_not(finder: Finder, words: str, found: set[str]):
    assert {one.text for one in finder.notice(words)} == found


def test_a_stand_in_goes_everywhere_the_name_stands_as_a_whole():
    chosen = {"Kayleigh Smith": "the mother", "Kayleigh": "the mother", "Sam": "the uncle"}
    words = "Kayleigh Smith rang. Kayleigh's sample, Sam said. Samuel and Sam-I-am"
    assert with_stand_ins(words, chosen) == (
        "the mother rang. the mother's sample, the uncle said. Samuel and the uncle-I-am"
    )


def test_a_name_is_replaced_in_small_letters_too_unless_it_is_then_an_ordinary_word(finder: Finder):
    chosen = {"Kayleigh": "the mother", "Will": "the uncle"}
    words = "Then kayleigh rang Will, and I will ring."
    assert before_keeping(words, finder, chosen).words == "Then the mother rang the uncle, and I will ring."


def test_stand_ins_do_not_stand_in_for_each_other():
    assert with_stand_ins("Ann and Bea", {"Ann": "Bea", "Bea": "Ann"}) == "Bea and Ann"


@given(st.text(max_size=80))
def test_places_are_places_in_the_words_and_do_not_overlap(words: str):
    finder = open_finder_once()
    end = 0
    for one in finder.notice(words):
        assert words[one.start : one.end] == one.text and one.start >= end
        end = one.end


_OPENED: list[Finder] = []


def open_finder_once() -> Finder:
    if not _OPENED:
        _OPENED.append(open_finder(PACKAGE / "no-such-home"))
    return _OPENED[0]


def test_a_choice_for_a_full_name_holds_for_the_first_name_and_a_title_alone_is_no_name():
    assert choices("Kayleigh Smith", "the mother") == {"Kayleigh Smith": "the mother", "Kayleigh": "the mother"}
    assert choices("Mr Okafor", "the teacher") == {"Mr Okafor": "the teacher"}
    assert choices("SR4 7PN", "left out") == {"SR4 7PN": "left out"}


def test_nothing_is_replaced_until_somebody_chose_and_then_it_is_said(finder: Finder):
    words = "I met Kayleigh and Darren."
    first = before_keeping(words, finder, {})
    assert first.words == words and first.put_in == ()
    assert [one.text for one in first.identifiers] == ["Kayleigh", "Darren"]
    then = before_keeping(words, finder, {"Kayleigh": "the mother", "Darren": "Darren"})
    assert then.words == "I met the mother and Darren."
    assert then.put_in == (("Kayleigh", "the mother"),) and then.identifiers == ()


def test_what_was_chosen_is_remembered_for_the_case(tmp_path: Path):
    desk = Desk(tmp_path, iterations=CHEAP)
    desk.choose_stand_in("Child A", "Kayleigh Smith", "the mother")
    assert desk.before_keeping("Child A", "Saw Kayleigh today").words == "Saw the mother today"
    (left,) = desk.before_keeping("Child B", "Saw Kayleigh today").identifiers
    assert (left.text, left.kind, left.suggestion) == ("Kayleigh", "name", "a role, such as “the aunt”")


def test_a_whole_account_is_looked_through_while_nobody_waits(finder: Finder):
    account = " ".join(words for half in ("work", "report") for words, _ in labelled(half)) * 10
    assert len(finder.notice(account)) > 700
