from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.conversation.prompts import load_prompts
from assistant.conversation.question_bank import QuestionBank
from assistant.conversation.reranker import Exchange
from assistant.library.library import open_library
from assistant.noticing.clause_vectors import Meaning
from assistant.retrieval.adapted_encoder import AdaptedEncoder
from assistant.retrieval.answer import Answer
from assistant.retrieval.open_search import open_encoder, open_search
from assistant.retrieval.practice_patterns import SHOWN, Pattern, PracticePatterns

LIBRARY = open_library(Path("no-such-home"))
POINT = LIBRARY.by_id("child-k/invisible-fathers/1")
VOICE = "Children’s voices do not yet come through consistently in planning and records."
UNHEARD = "child-unheard"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def encoder(home: Path) -> AdaptedEncoder:
    published = open_encoder(home)
    assert published is not None
    return AdaptedEncoder(published)


@pytest.fixture(scope="module")
def patterns(encoder: AdaptedEncoder) -> PracticePatterns:
    return PracticePatterns(encoder.checksum)


def shown(home: Path, encoder: AdaptedEncoder, patterns: PracticePatterns, asked: str, said: str) -> list[Pattern]:
    bank = QuestionBank(load_prompts(home).themes, Meaning(home))
    called = bank.by_key(bank.called(Exchange(asked, said)))
    return list(patterns.shown(called, encoder.encode_both([said])[1][0]))


def test_a_child_who_is_hardly_ever_seen_shows_that_it_is_not_heard(home, encoder, patterns) -> None:
    said = (
        "Kayleigh thinks it's her job I reckon. She said she does Alfie because mum's back's bad. Jordan, I couldn't "
        "tell you, I hardly see Jordan, he's always at school or upstairs."
    )
    found = shown(home, encoder, patterns, "How does it look from where the children are standing?", said)
    assert [one.name for one in found[:1]] == [UNHEARD]
    assert all(one.sure >= SHOWN for one in found)


def test_what_is_plain_and_ordinary_shows_none(home, encoder, patterns) -> None:
    said = "Fine, they'd had their tea and she showed me her new reading book."
    assert shown(home, encoder, patterns, "How was the visit?", said) == []


def test_every_point_that_was_counted_for_a_pattern_is_in_the_shipped_reviews(patterns: PracticePatterns) -> None:
    every = patterns.shown({}, np.full(384, 100.0, dtype=np.float32)) + patterns.shown({}, np.full(384, -100.0))
    assert every
    assert {point for one in every for point in one.counted} <= {point.id for point in LIBRARY}


@pytest.mark.parametrize(
    ("text", "about"),
    [(VOICE, True), ("Inspectors walked about the building and had lunch with staff.", False)],
)
def test_a_point_is_about_what_it_says_in_other_words(encoder, patterns, text: str, about: bool) -> None:
    point = POINT.model_copy(update={"text": text})
    assert bool(patterns.about(UNHEARD, [point].__getitem__, encoder.encode([text]))[0]) is about


def test_a_point_without_a_word_of_it_is_about_something_near_it(encoder, patterns) -> None:
    wordless = POINT.model_copy(update={"text": "What young people say does not yet come through in planning."})
    assert patterns.about(UNHEARD, [wordless].__getitem__, encoder.encode([VOICE]))[0] == 0


def test_nothing_is_shown_by_what_was_learnt_with_another_encoder() -> None:
    assert PracticePatterns("another").shown({}, np.ones(384, dtype=np.float32)) == ()


def test_what_has_been_seen_and_what_is_passed_over_is_not_set_beside_an_answer(home: Path) -> None:
    talk = open_search(LIBRARY, home).talk
    answer = Answer("I have not seen the children by themselves, mum was in the room the whole time.")
    found = talk.of_a_pattern(answer, UNHEARD)
    assert found
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    seen = Answer(answer.words, shown=frozenset({found[0].id}))
    assert found[0].id not in {hit.id for hit in talk.of_a_pattern(seen, UNHEARD)}
    over = Answer(answer.words, passed_over=frozenset({hit.review for hit in found}))
    assert talk.of_a_pattern(over, UNHEARD) == ()
