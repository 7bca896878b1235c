"""What kind of question some words are: near its examples, near its middle, alike in words, however typed."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.conversation.question_places import QuestionPlaces
from assistant.conversation.question_words import QuestionWords
from assistant.conversation.typing_table import Typing


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("shud i ring 2nite", "should i ring tonight"),
        ("Wot do I do 2 b safe", "what do I do to be safe"),
        ("d’you reckon", "do you reckon"),
        ("the 2 of them", "the 2 of them"),
        ("wotsit", "wotsit"),
    ],
)
def test_words_are_put_as_they_are_mostly_written(prompts, typed, written):
    assert Typing(prompts.asked_us.typing).written(typed).words == written


def test_a_place_in_the_written_words_leads_back_to_what_was_typed():
    typed = "shes out n shud i ring"
    written = Typing({"shud": "should", "n": "and"}).written(typed)
    assert written.words == "shes out and should i ring"
    assert typed[written.typed_at(written.words.index("should")) :] == "shud i ring"
    assert typed[written.typed_at(written.words.index("ring")) :] == "ring"
    assert written.typed_at(len(written.words)) == len(typed)


def test_the_longest_of_what_is_typed_counts():
    assert Typing({"2": "two", "got 2": "got to"}).written("ive got  2 go, 2 kids").words == "ive got to go, two kids"


def test_nothing_is_changed_where_there_is_no_table():
    assert Typing({}).written("shud i").words == "shud i"


def test_what_examples_of_a_kind_differ_in_counts_for_little_from_its_middle():
    along, across = np.eye(3, dtype=np.float32)[:2]
    one = [along + side * across for side in (-3, -1, 1, 3)]
    other = [-along + side * across for side in (-3, -1, 1, 3)]
    places = QuestionPlaces(["one"] * 4 + ["other"] * 4, np.array([*one, *other], dtype=np.float32))
    some = 0.5 * along + 3 * across
    _, middles = places.near(some)
    assert middles["one"] > 2 * some[0] / np.linalg.norm(some) > 0 > middles["other"]


def test_the_nearest_examples_speak_for_their_kind():
    places = np.eye(4, dtype=np.float32)
    examples, _ = QuestionPlaces(["a", "a", "b", "b"], places).near(places[1] + 0.1 * places[2])
    assert examples["a"] > examples["b"]


def test_words_side_by_side_say_more_than_the_same_words_apart():
    words = QuestionWords(["have", "is", "is", "have"], ["should I have", "have I should", "is I", "should I have not"])
    like = words.like("should I have")
    assert like["have"] > like["is"] > 0


def test_what_every_example_has_says_nothing():
    words = QuestionWords(["a", "b"], ["do I ring", "do I wait"])
    assert not any(words.like("do I sing").values())
