"""Ordinary talk that comes near to danger and is left alone, and the same talk with real danger in it, which isn't."""

from __future__ import annotations

import pytest

from assistant.noticing.other_senses import as_meant
from assistant.retrieval.encoder import find_model
from tests.shipped import noticer
from tools.labelled_sentences import LABELLED, read_sentences

NOTICER = noticer()
NEAR = list(read_sentences(LABELLED / "own-near-misses.txt"))

pytestmark = pytest.mark.skipif(find_model() is None, reason="the encoder's weights are not installed")


@pytest.mark.parametrize("words", [words for label, words in NEAR if label == "quiet"])
def test_ordinary_talk_that_comes_near_to_danger_interrupts_nobody(words):
    assert NOTICER.notice(words).act_now == ()


@pytest.mark.parametrize("words", [words for label, words in NEAR if label == "rings"])
def test_the_same_talk_with_danger_in_it_is_shown_or_asked_about(words):
    assert NOTICER.notice(words).act_now


def limits(words, *before):
    background = {name for one in before for name in NOTICER.danger.background(NOTICER.danger.read(one))}
    return NOTICER.danger.look(NOTICER.danger.read(words), background).limits


DOT = "It moves fine. Her sample came back with a red dot on the lid. Shes 31 weeks."


def test_a_baby_not_born_yet_has_no_injury_whenever_that_was_said():
    assert limits(DOT, "its not a child yet as such, the babys not born")["injury-non-mobile-baby"] == "silent"
    assert "injury-non-mobile-baby" not in limits(DOT)


@pytest.mark.parametrize(
    "born",
    [
        "Her older baby has a bruise.",
        "He's ten weeks.",
        "He was born on Friday.",
        "She's pregnant again.",
        "Her toddler.",
    ],
)
def test_another_baby_or_a_birth_ends_that(born):
    assert limits(f"{DOT} {born}", "The baby's not born yet.").get("injury-non-mobile-baby") != "silent"


def test_a_first_baby_is_no_baby_to_come() -> None:
    assert "injury-non-mobile-baby" not in limits(DOT, "It's a baby, eleven weeks, first baby. I saw her at clinic.")


def test_an_earlier_baby_counts_in_every_later_answer():
    before = ("The unborn is on a plan.", "She has another baby, nine weeks old.")
    assert limits("There was a bruise on his cheek.", *before).get("injury-non-mobile-baby") != "silent"


def test_where_nothing_of_a_body_or_a_mark_is_said_no_card_is_about_one():
    assert limits("He's nine months and so smiley, she carries him everywhere.")["injury-non-mobile-baby"] == "faint"
    assert "injury-non-mobile-baby" not in limits("One leg's fatter than the other.")
    assert "injury-non-mobile-baby" not in limits("I was on training when they rang: a black eye.")


def test_a_parent_abroad_in_the_first_answer_is_no_reason_in_the_tenth():
    away = "Mum's in Portugal, meant to be back soonish."
    assert limits(away)["child-missing-or-unseen"] == "faint"
    assert limits("Third time I've been and it's curtains shut.", away)["child-missing-or-unseen"] == "doubtful"
    assert limits(f"{away} He's not been in school since.").get("child-missing-or-unseen") != "faint"


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("he's a lump, 9 months", "he's a chap, 9 months"),
        ("Wound up. Bit ashamed", "tense up. Bit ashamed"),
        ("it wound him up all day", "it tense him up all day"),
        ("Mark is her dad, there's a mark on her", "Liam is her dad, there's a mark on her"),
        ("a bruiser of a boy", "a charmer of a boy"),
        ("Three kids and a bump.", "Three kids and a womb."),
        ("Her bump shows, midwife says", "Her womb shows, midwife says"),
        ("a lump sum for the cot", "a bulk sum for the cot"),
        ("We scratched our heads", "We wonder    our heads"),
        ("so mark brought the baby", "so Liam brought the baby"),
        ("It has hit them hard", "It has met them hard"),
    ],
)
def test_a_word_in_another_sense_is_weighed_as_the_plain_one(words, meant):
    assert as_meant(words) == meant


@pytest.mark.parametrize(
    ("words", "level"),
    [
        (
            "No answer again, left a card. Rang her and she was at her mum's with the kids, I could hear them. "
            "Rebooked for Monday.",
            "doubtful",
        ),
        (
            "She has them in the bath, the twins, ten months, while she does her lashes downstairs. I could hear them "
            "splashing.",
            "sure",
        ),
    ],
)
def test_care_is_surely_unsafe_only_where_the_words_say_of_what(words, level):
    assert [(danger.kind, danger.level) for danger in NOTICER.notice(words).act_now] == [("unsafe-care-now", level)]


@pytest.mark.parametrize("aside", ["if im honest", "If I'm being honest,", "not gonna lie", "to be honest", "tbh"])
def test_an_aside_about_honesty_changes_nothing(aside):
    told = "she's on her own in the flat and she's three"
    assert NOTICER.notice(told).act_now
    assert [danger.kind for danger in NOTICER.notice(f"{aside} {told}").act_now] == ["unsafe-care-now"]
    assert as_meant("if he honest to God came") == "if he honest to God came"


@pytest.mark.parametrize(
    "words",
    [
        "he's a lump on his head",
        "There was a wound on his leg.",
        "she's a big lump behind her ear",
        "He's got a lump",
        "There was a lump.",
        "It was a big lump, boggy",
        "Mark on his arm, purple",
        "we had a bump on his head looked at",
        "She's pregnant and her bump on the head hurts",
        "two boys and a bump on the baby",
        "the baby bump his head",
        "He hit them hard",
        "cream on the mark, and",
        "so mark came up on his arm",
        "İ he's a mark on the leg",
    ],
)
def test_what_is_on_somebody_is_never_read_otherwise(words):
    assert as_meant(words) == words


@pytest.mark.parametrize(
    "said",
    [
        "Why have you put that up? I didn't say she was injured. I just, she had a little mark. On her cheek.",
        "Don't write this. She had a little mark on her cheek and I thought oh that's the dummy.",
    ],
)
def test_a_mark_on_a_baby_told_of_before_is_asked_about_whatever_is_said_with_it(said):
    before = NOTICER.danger.background(NOTICER.danger.read("Baby is Posy, 5 weeks, and a brother Alfie who's 3."))
    assert [danger.kind for danger in NOTICER.notice(said, before).act_now][:1] == ["injury-non-mobile-baby"]
