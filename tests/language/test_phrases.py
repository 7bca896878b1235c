from __future__ import annotations

from itertools import product
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.phrases import PhraseError, Phrases, in_building_order, parse, plain
from tests.objects import objects_of


def said(words: dict[str, list[str]], text: str) -> dict[str, dict[int, list[int]]]:
    return Phrases(words).match(list(enumerate(text.split())), {})


def test_a_phrase_lets_a_few_words_stand_between_and_no_more():
    words = {"fell": ["fell .. stairs"]}
    assert said(words, "fell down the stairs") == {"fell": {0: [4]}}
    assert said(words, "fell asleep before they reached the stairs") == {}


def test_either_word_will_do_and_one_may_be_missing():
    words = {"left": ["left the? baby|little_one alone"]}
    assert said(words, "left baby alone")["left"] == {0: [3]}
    assert said(words, "left the little one alone")["left"] == {0: [5]}


def test_a_vocabulary_can_be_built_from_another_in_any_order_of_the_file():
    words = {"hurt": ["hit <child>"], "child": ["child*", "boy"]}
    assert said(words, "hit children")["hurt"] == {0: [2]}


def test_a_jump_in_positions_ends_a_sentence():
    assert Phrases({"fell": ["fell .. stairs"]}).match([(0, "fell"), (50, "stairs")], {}) == {}


@pytest.mark.parametrize("typed", ["strangeld", "strangld", "strranngled", "strangle"])
def test_a_slip_of_the_hand_is_read_as_what_was_meant(typed):
    assert bool(said({"x": ["strangled", "strangle"]}, typed)) == (typed != "strranngled")


def test_a_word_that_only_looks_like_a_slip_is_left_alone():
    assert Phrases({"x": ["thought"]}, as_written=["though"]).match([(0, "though")], {}) == {}


def test_a_circle_of_vocabularies_is_refused():
    with pytest.raises(PhraseError, match="built from itself"):
        in_building_order({"a": ["<b>"], "b": ["<a>"]})


def test_phrases_are_no_objects_each_of_which_would_be_copied_into_every_tab():
    few, many = ["a b", "b c", "c d"], [" ".join(words) for words in product(ascii_lowercase[:4], repeat=3)]
    assert objects_of(Phrases({"x": [*few, *many]})) == objects_of(Phrases({"x": few}))


@pytest.mark.parametrize("phrase", ["", ".. end", "begin ..", "Capital", "a||b", "half-done"])
def test_a_phrase_that_cannot_be_read_is_refused(phrase):
    with pytest.raises(PhraseError):
        parse(phrase)


@given(st.text(min_size=1, max_size=20))
def test_a_plain_word_stays_plain(token):
    assert plain(plain(token)) in {plain(token), plain(token).replace("'", "")}
