"""What somebody answers about a gap in the steps goes into the step it is about."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.conversation.step_answers import filled_in, given_to
from assistant.conversation.whose_steps import claims
from assistant.noticing.reading import Known, Step
from tests.shipped import reader

READER = reader()
MONDAY = date(2026, 3, 2)


def step(text: str, who: str = "", by: int | None = None, vague: str = "") -> Step:
    return Step(text=text, span=(0, len(text)), who=who, by=date(2026, 3, by) if by else None, vague=vague)


MONITOR = step("Keep monitoring", vague="monitoring")
VISIT = step("Unannounced visit to Nan's", by=6)
RING = step("Ring Dad", "me")


def after(answer: str, *steps: Step) -> list[tuple[str, str, int | None]]:
    """Text, who and day of each step once `answer` was given about all the steps, the worst first."""
    said = READER.read(answer, Known(today=MONDAY, keeps="step-gap")).steps
    return [(one.text, one.who, one.by.day if one.by else None) for one in filled_in(steps, steps, said)]


def test_a_name_and_a_day_alone_are_for_every_step_that_was_asked_about():
    assert after("me, by Friday", VISIT, RING) == [
        ("Unannounced visit to Nan's", "me", 6),
        ("Ring Dad", "me", 6),
    ]


def test_each_part_of_an_answer_goes_into_the_step_whose_words_it_uses():
    assert after("I'll ring Dad tomorrow. The family support worker will do the visit on Thursday.", VISIT, RING) == [
        ("Unannounced visit to Nan's", "The family support worker", 5),
        ("Ring Dad", "I", 3),
    ]


def test_somebody_named_for_the_one_step_there_is_does_that_step():
    assert after("the school nurse, next Tuesday", step("Weigh her")) == [("Weigh her", "the school nurse", 10)]


def test_a_vague_step_says_what_will_be_done():
    ((text, who, day),) = after("I'll go on Thursday before school and look in the bedrooms", MONITOR)
    assert text == "I'll go on Thursday before school and look in the bedrooms"
    assert (who, day) == ("I", 5)


def test_what_is_about_no_step_that_was_asked_about_is_one_of_its_own():
    assert after("I'll tell grandma what we're worried about by Wednesday", RING)[1:] == [
        ("I'll tell grandma what we're worried about by Wednesday", "I", 4)
    ]


@pytest.mark.parametrize("words", ["dunno", "I didn't want to upset her.", "no idea really"])
def test_an_answer_that_names_nothing_leaves_the_steps_as_they_were(words: str):
    assert after(words, MONITOR, VISIT) == [("Keep monitoring", "", None), ("Unannounced visit to Nan's", "", 6)]


def test_what_is_said_last_of_one_step_counts_and_of_several_only_fills_what_is_missing():
    check = step("Police check on Craig", "Police")
    assert after("I'll do the police check tomorrow", check) == [("Police check on Craig", "I", 3)]
    assert after("both by Friday, me", check, VISIT) == [
        ("Police check on Craig", "Police", 6),
        ("Unannounced visit to Nan's", "me", 6),
    ]


def test_what_is_named_in_one_word_is_the_step_that_has_it_though_others_were_asked_about():
    plans, dentist = step("read the two closed plans side by side", "me"), step("ring the dentist about corey", "me")
    said = READER.read("me the plans on Friday, me the dentist tomorrow", Known(today=MONDAY, keeps="step-gap")).steps
    filled = filled_in((plans, dentist, VISIT), (dentist,), said)
    assert [(one.text, one.by and one.by.day) for one in filled] == [
        ("read the two closed plans side by side", 6),
        ("ring the dentist about corey", 3),
        (VISIT.text, 6),
    ]


def test_what_somebody_takes_on_is_no_longer_for_someone():
    assert after("me for mum. and bel's check, me", step("maybe someone should ring mum?"))[0] == (
        "ring mum",
        "me",
        None,
    )


@pytest.mark.parametrize(
    ("words", "whose"),
    [
        ("they're all me, i said me at the start", ["me", "me", "Dawn"]),
        ("no sorry, all mine", ["me", "me", "Dawn"]),
        ("its me for 1 and 3, ive said that", ["me", "", "me"]),
        ("steps 2, 3 are mine", ["", "me", "me"]),
        ("Bel's check is me", ["me", "", "Dawn"]),
        ("the dentist, thats me, tomorrow", ["", "me", "Dawn"]),
        ("the dentist is me and the school nurse", ["", "", "Dawn"]),
        ("its not for me to say", ["", "", "Dawn"]),
        ("the check took me all day", ["", "", "Dawn"]),
    ],
)
def test_whose_steps_are_is_heard_however_it_is_said(words, whose):
    now = [step("someone to look at bel's check"), step("ring the dentist"), step("threshold", "Dawn")]
    for claim in claims(words, MONDAY):
        for place in claim.places(now):
            now[place] = given_to(now[place], "me")
    assert [one.who for one in now] == whose


def test_whoever_does_it_and_with_whom_is_no_step_of_its_own():
    ((text, who, _),) = after("me, with my teacher in the room", step("Language line for Safiya", by=9))
    assert text.startswith("Language line for Safiya")
    assert who == "me"


def test_a_day_that_somebody_will_do_it_by_fills_the_step():
    ((_, who, day),) = after("she'd do it by Sunday", step("Mum to write down which nights", "Mum"))
    assert (who, day) == ("Mum", 8)
