"""What kind of question some words are: near what was learnt of it or its examples, alike in words, however typed."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.conversation.asked_us import AskedUs
from assistant.conversation.question_kinds import QuestionKinds, key_of
from assistant.conversation.question_words import QuestionWords
from assistant.conversation.typing_table import Typing
from assistant.noticing.asks_reader import Said, TaughtReader, ToUs


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


class ReadBeforehand(TaughtReader):
    """Stands in for what was learnt: each word has its place, and nothing was learnt of any kind but `known`."""

    width = 3
    _places_of: ClassVar = {"ring": (1, 0, 0), "write": (0, 1, 0), "wait": (0, 0, 1)}

    def __init__(self, **known: str) -> None:
        self.kinds = {key_of(key): self.place(word) for key, word in known.items()}

    def place(self, words: str) -> NDArray[Any]:
        of_words = [self._places_of.get(word, (0, 0, 0)) for word in words.split()]
        found = np.array(of_words, dtype=np.float32).reshape(-1, 3).sum(axis=0)
        return np.asarray(found / max(float(np.linalg.norm(found)), 1e-9))

    def read(self, question: str, answer: str) -> ToUs:
        at = answer.find("ring")
        return ToUs((Said((at, at + 4), 0.9, (self.place("ring"),)),) if at >= 0 else (), ((0, 3),))


def bank_of(prompts, **examples: tuple[str, ...]):
    kinds = [AskedUs(key=key, examples=some, reply=f"{key}.") for key, some in examples.items()]
    return prompts.asked_us.model_copy(update={"kinds": (*kinds, prompts.asked_us.other)})


def test_a_kind_is_as_likely_as_the_place_that_was_learnt_for_it_is_near(prompts):
    bank = bank_of(prompts, whom=("wait",), when=("ring",))
    kinds = QuestionKinds(bank, ReadBeforehand(whom="ring", when="write"))
    assert kinds.of_place(np.array([1, 0, 0])).likely[0][0].key == "whom"


def test_a_kind_that_somebody_added_lies_in_the_middle_of_its_examples(prompts):
    bank = bank_of(prompts, whom=(), added=("wait", "wait write"))
    kinds = QuestionKinds(bank, ReadBeforehand(whom="ring"))
    assert kinds.of_place(np.array([0, 0.3, 0.95])).likely[0][0].key == "added"


def test_what_is_said_to_us_is_told_by_where_it_was_typed(prompts):
    kinds = QuestionKinds(bank_of(prompts, whom=("ring",)), ReadBeforehand())
    heard = kinds.heard("", "shud i ring")
    assert heard is not None
    assert "shud i ring"[slice(*heard.asks[0].span)] == "ring"
    assert heard.aside == ()  # of "shud" nothing is left that was typed


def test_words_side_by_side_say_more_than_the_same_words_apart():
    words = QuestionWords(["have", "is", "is", "have"], ["should I have", "have I should", "is I", "should I have not"])
    like = words.like("should I have")
    assert like["have"] > like["is"] > 0


def test_what_every_example_has_says_nothing():
    words = QuestionWords(["a", "b"], ["do I ring", "do I wait"])
    assert not any(words.like("do I sing").values())
