"""How surely words say a thing, with a small vocabulary made for these tests: none of the shipped words are needed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.clauses import Account, Said, Stance, Text, stance, typed_as
from assistant.language.phrases import Phrases

WORDS = {
    "bruise": ["bruise", "bruises"],
    "other": ["burns", "marks"],
    "not": ["no", "never", "not", "nobody"],
    "not-reaching": ["no doubt", "not only"],
    "not-passes": ["any", "sign", "of", "a", "had"],
    "list-word": ["bruise|bruises", "burns", "marks", "cuts"],
    "denied": ["denies"],
    "denied-after": ["false alarm"],
    "long-past": ["years ago"],
    "past": ["used to", "before i met"],
    "now": ["today", "again"],
    "over": ["healed"],
    "supposing": ["if", "imagine"],
    "not-supposing": ["as if"],
    "idly-supposing": ["my nightmare"],
    "said": ["said"],
    "learning": ["training"],
    "learning-word": ["podcast"],
    "here": ["i saw"],
    "figure": ["bruise the ego"],
}
PHRASES = Phrases(WORDS)


def read(characters: str) -> Account:
    return Account(Text(characters, typed_as({"2day": "to day", "brooz": "bruise"})), PHRASES)


def how(characters: str, name: str = "bruise", place: int = 0) -> Stance:
    account = read(characters)
    return stance(account, account.said(name)[place])


@pytest.mark.parametrize(
    "words",
    [
        "There's a bruise on her arm.",
        "No doubt there is a bruise.",
        "Not only a bruise.",
        "Nobody came. A bruise on her arm.",
        "No concerns, bruise seen.",
        "Not seen by us, a bruise there.",
        "He used to shout, there's a bruise today.",
        "A bruise. She denies shouting.",
        "A bruise and she denies it.",
        "If he comes again, bruise or no bruise, ring.",
        "He looked as if a bruise hurt him.",
        "He said he would bruise her if she left.",
        "We had training on Monday. I saw a bruise.",
        "A bruise, and a false alarm at school.",
    ],
)
def test_what_is_said_outright_is_so(words):
    assert how(words) is Stance.SO


@pytest.mark.parametrize(
    "words",
    [
        "No bruise.",
        "She never had a bruise.",
        "No sign of any bruise.",
        "No burns, marks or bruises.",
        "No bruises, marks or burns.",
        "That would only bruise the ego.",
        "A bruise, years ago.",
        "My nightmare is a bruise.",
        "In training we saw a bruise.",
    ],
)
def test_what_is_denied_past_dreaded_or_learned_about_is_not_so(words):
    assert how(words) is Stance.NOT_SO


@pytest.mark.parametrize(
    "words",
    [
        "She denies a bruise.",
        "The bruise was a false alarm.",
        "He used to bruise easily.",
        "There was a bruise before I met them.",
        "She had a bruise. It has healed.",
        "If there was a bruise I'd ring.",
        "Imagine a bruise there.",
        "He said my nightmare is a bruise.",
        "On a podcast there was a bruise.",
        "A bruise, years ago, and again.",
        "In training on Monday. The bruise was on her arm.",
        "In training I saw a bruise.",
    ],
)
def test_what_may_or_may_not_be_so_is_doubtful(words):
    assert how(words) is Stance.DOUBTFUL


def test_a_negation_reaches_over_small_words_and_stops_at_the_first_that_says_something_else():
    assert how("no sign of a bruise") is Stance.NOT_SO
    assert how("no lights and a bruise") is Stance.SO


def test_a_negation_reaches_nine_words_back_and_no_further():
    assert how("no " + "any " * 8 + "bruise") is Stance.NOT_SO
    assert how("no " + "any " * 9 + "bruise") is Stance.SO


def test_every_member_of_a_denied_list_is_denied_and_one_after_a_full_stop_is_not():
    assert how("No burns, marks or bruises.", "other", 1) is Stance.NOT_SO
    assert how("No burns, cuts or marks. Bruises.") is Stance.SO


def test_today_in_the_same_clause_outweighs_long_ago():
    assert how("years ago I'd have left it, the bruise is there again today") is Stance.SO


def test_what_is_over_counts_in_the_next_sentence_and_not_in_the_one_after():
    assert how("A bruise. It has healed.") is Stance.DOUBTFUL
    assert how("A bruise. We waited. It has healed.") is Stance.SO


def test_sentences_end_at_stops_and_clauses_at_commas():
    account = read("A bruise, a bruise. A bruise")
    assert [account.sentence(said) for said in account.said("bruise")] == [0, 0, 1]
    assert [account.clause(said) for said in account.said("bruise")] == [0, 1, 2]


def test_what_is_said_is_found_by_its_sentence():
    account = read("A bruise. Nothing. A bruise and a bruise. A bruise.")
    assert len(account.in_sentence("bruise", 2)) == 2
    assert len(account.between_sentences("bruise", 0, 2)) == 3
    assert account.in_sentence("bruise", 1) == []
    assert account.in_sentence("never heard of", 0) == []


def test_the_characters_of_what_is_said_are_those_that_were_typed():
    words = "He has a brooz, a bruise."
    account = read(words)
    assert [words[slice(*account.characters(said))] for said in account.said("bruise")] == ["brooz", "bruise"]


def test_a_stretch_is_mostly_in_another_from_half_its_words():
    assert Said(0, 2).mostly_in(Said(1, 5))
    assert not Said(0, 3).mostly_in(Said(2, 5))
    assert Said(0, 2).overlaps(Said(1, 3))
    assert not Said(0, 2).overlaps(Said(2, 3))


def test_an_age_is_a_vocabulary_of_its_own():
    account = Account(Text("She is 6 weeks old. He is 15.", {}), Phrases({"baby": ["<age-non-mobile-baby>"]}))
    assert [account.characters(said) for said in account.said("baby")] == [(7, 18)]


@given(st.text(max_size=200))
def test_whatever_is_typed_each_word_stands_where_it_says(characters):
    words = Text(characters, {}).words
    assert all(word.start < word.end <= len(characters) for word in words)
    assert [word.position for word in words] == sorted({word.position for word in words})
    assert [word.clause for word in words] == sorted(word.clause for word in words)


def test_in_talk_without_a_stop_used_to_says_nothing_of_another_clause():
    run = "she used to be really shut down with me and the house was fine and {} and we talked about the bus"
    assert how(run.format("the baby he has a bruise on his jaw")) is Stance.SO
    own = "she used to have a bruise on her arm and the house was fine and we talked about nursery and the bus"
    assert how(own) is Stance.DOUBTFUL
