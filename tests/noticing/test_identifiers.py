from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.noticing.identifier_shapes import nhs_number
from assistant.noticing.identifiers import (
    ORDINARY_WORDS,
    Finder,
    choices,
    notice_identifiers,
    open_finder,
    with_stand_ins,
)
from assistant.resources import PACKAGE, shipped
from assistant.retrieval.encoder import find_model
from assistant.workspace.workspace import Workspace
from tests.stores import CHEAP
from tools.learn_ordinary_words import ordinary_words

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
        ("fourth-report", 0.92, 0.95),  # spoken, 250; a part first seen stood at .84 and .96, and has been mended from
        # Typed by many hands, 300 in three parts; first seen .84 and 1.00, .79 and .92, .86 and .98, then mended from.
        ("fifth-report", 0.95, 0.95),
        ("sixth-report", 0.95, 0.95),  # 200, words that are names too; first seen 1.00 and .88, and mended from
        ("seventh-report", 0.96, 0.96),  # 195 in four voices; first seen .98 and .89, then mended from
        ("eighth-report", 0.96, 0.95),  # 99 in three more, written after that; first seen .89 and .88, then mended from
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
    sets = [
        [words for words, _ in labelled(part)]
        for part in (
            "work",
            "report",
            "second-report",
            "third-report",
            "fourth-report",
            "fifth-report",
            "sixth-report",
            "seventh-report",
            "eighth-report",
        )
    ]
    every = [words for one in sets for words in one]
    assert len(every) == len(set(every)) >= 580


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


def test_the_case_s_own_name_and_things_with_a_name_in_them_are_left_in_peace(finder: Finder):
    words = "Ruby was in the Moses basket. Honestly, CAMHS said no, and Kirsty Lane agreed."
    assert [one.text for one in notice_identifiers(words, finder, {}, "Ruby").identifiers] == ["Kirsty Lane"]
    (school,) = finder.notice("She goes to Oakfield Primary.")
    assert (school.kind, school.text, school.suggestion) == (
        "setting",
        "Oakfield Primary",
        "what it is, such as “the school”",
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("case ref LCS-2048817, and the log of 2025 says so", {("reference", "LCS-2048817")}),
        (
            "Occ log 4471 of 12/11/2026 and reg KV19 XRT",
            {("reference", "4471 of 12/11/2026"), ("reference", "KV19 XRT")},
        ),
        ("Her Snapchat is @lil_miss09.", {("username", "@lil_miss09")}),
        ("Her username on Snap is lil_miss, he showed me.", {("username", "lil_miss")}),
        ("Crime reference 42/11873/26 was given.", {("reference", "42/11873/26")}),
        ("She was at St Bede's, and born at St Mary's Hospital.", {("setting", "St Bede's")}),
        ("He lives with his mum in Stanhope Street; the bus goes up Ainsley Road.", {("address", "Stanhope Street")}),
        ("they've moved to 27 marlowe close in a 20 minute drive", {("address", "27 marlowe close")}),
    ],
)
def test_numbers_and_addresses_are_known_by_their_shape(finder: Finder, words: str, found: Marks):
    assert noticed(finder, words) == found


def test_the_made_up_name_of_a_case_is_left_in_peace_and_the_others_are_not(finder: Finder):
    for case, words, found in (
        ("Rowan family", "Rowan's been quiet since and Sheila thinks he's poorly", ["Sheila"]),
        ("Willow", "Willow won't sleep in her own room", []),
        ("Marcus, made up", "Marcus hides when Sheila calls", ["Sheila"]),
        ("Jenny Wren", "Jenny wants to know if she can go home", []),
        ("Baby T", "Baby T's gained well and Monique is pleased", ["Monique"]),
    ):
        assert [one.text for one in notice_identifiers(words, finder, {}, case).identifiers] == found


def test_of_two_with_one_first_name_each_has_a_stand_in_of_their_own():
    assert choices("Olivia B", "the friend") == {"Olivia B": "the friend"}


def test_a_stand_in_goes_everywhere_the_name_stands_as_a_whole():
    chosen = {"Kayleigh Smith": "the mother", "Kayleigh": "the mother", "Sam": "the uncle"}
    words = "Kayleigh Smith rang. Kayleigh's sample, Sam said. Samuel and Sam-I-am"
    assert with_stand_ins(words, chosen) == (
        "the mother rang. the mother's sample, the uncle said. Samuel and the uncle-I-am"
    )


def test_a_name_is_replaced_in_small_letters_too_unless_it_is_then_an_ordinary_word(finder: Finder):
    chosen = {"Kayleigh": "the mother", "Will": "the uncle"}
    words = "Then kayleigh rang Will, and I will ring."
    assert notice_identifiers(words, finder, chosen).words == "Then the mother rang the uncle, and I will ring."


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
    first = notice_identifiers(words, finder, {})
    assert first.words == words and first.put_in == ()
    assert [one.text for one in first.identifiers] == ["Kayleigh", "Darren"]
    then = notice_identifiers(words, finder, {"Kayleigh": "the mother", "Darren": "Darren"})
    assert then.words == "I met the mother and Darren."
    assert then.put_in == (("Kayleigh", "the mother"),) and then.identifiers == ()


def test_what_was_chosen_is_remembered_for_the_case(tmp_path: Path):
    workspace = Workspace(tmp_path, iterations=CHEAP)
    workspace.stand_ins.choose("Child A", {"Kayleigh Smith": "the mother"})
    assert workspace.stand_ins.notice("Child A", "Saw Kayleigh today").words == "Saw the mother today"
    (left,) = workspace.stand_ins.notice("Child B", "Saw Kayleigh today").identifiers
    assert (left.text, left.kind, left.suggestion) == ("Kayleigh", "name", "a role, such as “the aunt”")


def test_a_whole_account_is_looked_through_while_nobody_waits(finder: Finder):
    account = " ".join(words for half in ("work", "report") for words, _ in labelled(half)) * 10
    assert len(finder.notice(account)) > 700


def test_what_is_learnt_to_be_no_name_is_what_the_encoder_says_and_holds_no_first_name(finder: Finder):
    words = (shipped("models") / ORDINARY_WORDS).read_text(encoding="utf-8").split()
    assert words == sorted(words)
    assert not [word for word in words if finder.surely_a_name(word)]
    assert {"reporter", "tapestry"} <= set(words) and not {"ingrid", "hussain", "abbott"} & set(words)
    if (model := find_model()) is not None:
        # Any change of the prompts moves a few; a tenth means that it was learnt from something else.
        assert len(set(ordinary_words(model)) ^ set(words)) < len(words) / 10, "run tools.learn_ordinary_words"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("He moved up from Bradford with Jade Bradford and Mr Bolton.", {"Jade Bradford", "Mr Bolton"}),
        ("Tapestry shows nothing. The Reporter rang, and so did the Head.", set()),
        ("Dad drinks Stella, and Stella rang.", {"Stella"}),
        ("She only speaks Tigrinya. There was a can of Monster on Milton Keynes platform.", set()),
        ("She asked about Sarah's Law for Sarah.", {"Sarah"}),
        ("They named her Storm. Councillor Bright rang.", {"Storm", "Councillor Bright"}),
        ("Nobody told May till May, and in April June came. April asked why.", {"May", "April"}),
        ("skye told me the sky fell. think rob knows they'd rob you.", {"skye", "rob"}),
        ("Olivia B hit Olivia M about her A level and Vitamin K.", {"Olivia B", "Olivia M"}),
        ("Mark-making again. Threadworms. Ummm. He takes Amitriptyline.", set()),
    ],
)
def test_a_place_a_thing_and_a_word_at_the_beginning_are_nobody(finder: Finder, words: str, names: set[str]):
    assert {one.text for one in finder.notice(words)} == names


ROLES = (
    "team manager",
    "Team Manager",
    "Designated Safeguarding Lead",
    "Named Nurse",
    "Named Doctor for Safeguarding",
    "Designated Doctor",
    "Senior Practitioner",
    "Health Visitor",
    "health visitor",
    "Advanced Practitioner, MASH",
    "Independent Reviewing Officer",
    "IRO",
    "DSL",
    "Specialist Community Public Health Nurse",
    "Midwife",
    "Practice Supervisor",
    "Social Worker",
    "Newly qualified social worker (ASYE)",
    "Family Support Worker",
    "Deputy Head",
    "Head of Year 7",
    "Police Sergeant",
    "Detective Inspector",
    "Consultant Social Worker",
    "Early Help Lead",
    "Youth Justice Officer",
    "Foster carer's supervising social worker",
    "CAMHS Clinician",
    "Paediatrician",
    "Probation Officer",
)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_nobody_s_name(finder: Finder, role: str):
    assert finder.notice(role) == []
    assert finder.notice(f"I told the {role} about it.") == []
