"""The words on a card, and the numbers of the place it is used in."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from assistant.errors import DataFileError, ReflectError
from assistant.noticing.act_now_cards import (
    LONGEST_NUMBER,
    MOST_NUMBERS,
    has_own_numbers,
    job_called,
    read_numbers,
    set_number,
)
from assistant.noticing.danger_finder import open_danger_finder
from assistant.noticing.observations import Danger, DangerKind
from tests.shipped import danger_finder

GOLDEN = Path(__file__).parent / "golden" / "cards.txt"
FINDER = danger_finder()
CALLED = {name: job.are for name, job in FINDER.jobs.items()}
KINDS: tuple[DangerKind, ...] = get_args(DangerKind)
JOBS = ("social worker", "teacher", "health visitor", "foster carer", "support worker", "police", "manager", "dsl")
HEIGHT, WIDTH = 10, 68
"""Lines and columns that the app has at 80x24 for a card without what is typed and the words that showed it."""


def sure(kind: DangerKind) -> Danger:
    return Danger(kind=kind, level="sure", spans=((0, 1),))


def height(text: str) -> int:
    return sum(max(1, -(-len(line) // WIDTH)) for line in text.splitlines())


@pytest.mark.parametrize("kind", KINDS)
def test_a_card_says_999_first_and_fits_a_small_screen(kind, tmp_path):
    for key in read_numbers(tmp_path):
        set_number(tmp_path, key, "01632 960000, option 2")
    card = open_danger_finder(tmp_path).card(sure(kind), "words they typed")
    assert card.first.startswith("999 ")
    assert height(card.rest) <= HEIGHT


@pytest.mark.parametrize("kind", KINDS)
def test_a_card_shows_a_number_that_is_set_or_the_national_one_and_never_a_gap(kind, tmp_path):
    card = FINDER.cards[kind]
    shown = FINDER.card(sure(kind), "x").rest
    assert "fill in" not in shown
    for key in card.who:
        number = FINDER.numbers[key]
        assert (number.name in shown) is bool(number.number)
        assert number.otherwise in shown
    set_number(tmp_path, card.who[0], "01632 960000")
    assert (
        f"{FINDER.numbers[card.who[0]].name}: 01632 960000" in open_danger_finder(tmp_path).card(sure(kind), "x").rest
    )


def test_a_knife_brings_no_word_about_forced_marriage_and_a_forced_marriage_its_own_steps():
    knife = FINDER.card(sure("violence-or-threat-now"), "He has a knife and he is on his way round.").rest
    flown = FINDER.card(sure("violence-or-threat-now"), "They're flying her out for a forced marriage.").rest
    assert "family" not in knife
    assert "before the family knows" in flown
    assert "Keep yourself safe" not in flown
    assert flown.endswith("Don't speak to the family, use a relative to interpret, or try to mediate.")
    assert knife.endswith(FINDER.cards["violence-or-threat-now"].do_not)


def test_two_sure_kinds_stand_on_one_card_the_first_of_them_with_its_steps():
    both = FINDER.card(sure("life-in-danger"), "x", (sure("poisoning-or-drugs-in-reach"),)).rest.splitlines()
    assert both[0] == FINDER.cards["life-in-danger"].title
    assert both[1] == f"Also: {FINDER.cards['poisoning-or-drugs-in-reach'].title}"
    assert f"1. {FINDER.cards['life-in-danger'].now[0]}" in both
    assert sum(number.line() in both for number in FINDER.numbers.values()) <= MOST_NUMBERS


def test_whoever_asks_whether_to_ring_is_told_yes_first():
    nothing_shown = FINDER.card(None, "Should I ring?", asked=True)
    assert "yes: ring now" in nothing_shown.rest
    assert "NSPCC helpline" in nothing_shown.rest
    shown = FINDER.card(sure("unsafe-care-now"), "x", asked=True).rest.splitlines()
    assert "yes, now" in shown[0]
    assert shown[1] == FINDER.cards["unsafe-care-now"].title


def cards_for(job: str) -> list[str]:
    every = [FINDER.card(sure(kind), "x", job=job) for kind in KINDS]
    return [
        card.rest for card in (*every, FINDER.card(None, "x", job=job), FINDER.card(None, "x", asked=True, job=job))
    ]


def test_a_social_worker_is_not_told_to_ring_social_care_but_their_own_manager():
    assert not any("social care" in card or "NSPCC" in card for card in cards_for("social worker"))
    assert all("manager" in card or "police" in card for card in cards_for("Newly qualified social worker"))


@pytest.mark.parametrize(
    ("job", "whom"),
    [
        ("teacher", "your DSL"),
        ("school", "your DSL"),
        ("School Nurse", "your named nurse"),
        ("health visitor", "named nurse"),
        ("foster carer", "child's social worker"),
        ("supervising social worker", "child's social worker"),
        ("family support worker", "your manager"),
    ],
)
def test_what_somebody_is_told_to_do_first_fits_their_job(job, whom):
    injury, unsafe = FINDER.cards["injury-non-mobile-baby"], FINDER.cards["unsafe-care-now"]
    name = job_called(job, CALLED)
    assert whom in injury.by_job[name][1] + unsafe.by_job[name][2]
    assert any(whom.removeprefix("your ") in card for card in cards_for(job)[:1])


@pytest.mark.parametrize("job", JOBS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_step_that_is_the_same_in_every_job_stands_on_the_card_for_each(kind, job):
    name, everybodys = job_called(job, CALLED), FINDER.cards[kind]
    shown = FINDER.card(sure(kind), "x", job=job).rest.splitlines()
    for number, step in enumerate(everybodys.now, start=1):
        assert f"{number}. {everybodys.by_job.get(name, {}).get(number, step)}" in shown


def test_a_card_that_nobody_asked_for_begins_with_what_the_sign_is():
    card = FINDER.cards["life-in-danger"]
    assert card.words(FINDER.numbers).rest.splitlines()[0] == card.title


@pytest.mark.parametrize("job", ["", "interpreter", "nursing home cook"])
def test_whoever_has_not_said_their_job_or_has_another_is_told_what_everybody_is(job):
    assert cards_for(job) == cards_for("")
    assert "Ring children's social care now" in cards_for(job)[KINDS.index("injury-non-mobile-baby")]


@pytest.mark.parametrize("job", JOBS)
def test_a_card_fits_a_small_screen_whatever_the_job(job, tmp_path):
    for key in read_numbers(tmp_path):
        set_number(tmp_path, key, "01632 960000, option 2")
    finder = open_danger_finder(tmp_path)
    assert all(height(finder.card(sure(kind), "x", job=job).rest) <= HEIGHT for kind in KINDS)
    assert job_called(job, CALLED)


def test_a_designated_lead_is_not_told_to_tell_theirs():
    assert not any("DSL" in card or "designated lead" in card for card in cards_for("designated safeguarding lead"))


def test_a_forced_marriage_has_its_own_steps_for_a_social_worker():
    flown = FINDER.card(
        sure("violence-or-threat-now"), "They're flying her out for a forced marriage.", job="social worker"
    )
    assert "1. Ring the police and your manager now, before the family knows." in flown.rest


def test_a_sign_that_does_not_tell_which_danger_says_nothing_of_having_been_asked():
    card = FINDER.card(None, "They look after him.")
    assert card.title == "A child may be in danger."
    assert "You asked" not in card.rest


def test_a_number_set_stays_set_beside_another_and_can_be_taken_away(tmp_path):
    set_number(tmp_path, "childrens-social-care", " 01632  960001 ")
    set_number(tmp_path, "paediatrician", "01632 960002")
    numbers = read_numbers(tmp_path)
    assert numbers["childrens-social-care"].line() == "Children's social care: 01632 960001"
    assert numbers["paediatrician"].number == "01632 960002"
    assert numbers["police"].number == "101"
    set_number(tmp_path, "childrens-social-care", "")
    assert read_numbers(tmp_path)["childrens-social-care"].line() == "NSPCC helpline: 0808 800 5000"


def test_a_whole_file_from_the_first_version_is_still_read(tmp_path):
    (tmp_path / "prompts").mkdir()
    kept = 'numbers:\n  childrens-social-care: {name: "Our front door", number: "01632 960003"}\n'
    (tmp_path / "prompts" / "local-numbers.yaml").write_text(kept, encoding="utf-8")
    assert read_numbers(tmp_path)["childrens-social-care"].line() == "Our front door: 01632 960003"


def own_file(home: Path, one: str) -> None:
    (home / "prompts").mkdir(parents=True)
    (home / "prompts" / "local-numbers.yaml").write_text(f"numbers:\n  {one}\n", encoding="utf-8")


def test_a_number_of_ones_own_that_is_blank_shows_the_national_one_unless_it_has_another(tmp_path):
    own_file(tmp_path / "one", 'childrens-social-care: {name: "Our front door", number: ""}')
    assert read_numbers(tmp_path / "one")["childrens-social-care"].line() == "NSPCC helpline: 0808 800 5000"
    own_file(tmp_path / "two", 'childrens-social-care: {name: "Door", number: "", otherwise: "Ring 01632 960009"}')
    assert read_numbers(tmp_path / "two")["childrens-social-care"].line() == "Ring 01632 960009"
    own_file(tmp_path / "three", 'front-desk: {name: "At night", number: ""}')
    assert read_numbers(tmp_path / "three")["front-desk"].line() == ""


def test_a_folder_has_numbers_of_its_own_once_one_is_set(tmp_path):
    assert not has_own_numbers(tmp_path)
    set_number(tmp_path, "police", "01632 960004")
    assert has_own_numbers(tmp_path)
    set_number(tmp_path, "police", "")
    assert not has_own_numbers(tmp_path)


def test_the_longest_number_is_kept_in_a_folder_that_was_not_there_as_a_person_reads_it(tmp_path):
    home, longest = tmp_path / "not" / "there", "ext. 12 – ask for the duty worker, please"[:LONGEST_NUMBER]
    assert len(longest) == LONGEST_NUMBER
    set_number(home, "police", longest)
    assert read_numbers(home)["police"].number == longest
    assert f'number: "{longest}"' in (home / "prompts" / "local-numbers.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("key", "number", "said"),
    [
        ("childrens-socialcare", "1", "did you mean 'childrens-social-care'"),
        ("police", "ask Sam", "doesn't look like a telephone number"),
        ("police", "1" * 41, "doesn't look like a telephone number"),
    ],
)
def test_what_cannot_be_a_number_is_refused_and_nothing_changes(tmp_path, key, number, said):
    with pytest.raises(ReflectError, match=said):
        set_number(tmp_path, key, number)
    assert read_numbers(tmp_path) == read_numbers(Path("/nonexistent"))


def test_a_number_file_with_a_mistake_is_left_as_it_is(tmp_path):
    (tmp_path / "prompts").mkdir()
    path = tmp_path / "prompts" / "local-numbers.yaml"
    path.write_text("numbers: [oh]\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"local-numbers\.yaml:1"):
        set_number(tmp_path, "police", "101")
    assert path.read_text(encoding="utf-8") == "numbers: [oh]\n"


def test_the_cards_read_as_a_person_should_read_them():
    shown = [FINDER.card(sure(kind), "") for kind in KINDS] + [FINDER.card(None, "", asked=True)]
    assert "\n\n".join(f"{card.first}\n{card.rest}" for card in shown) + "\n" == GOLDEN.read_text(encoding="utf-8")
