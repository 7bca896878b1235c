from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.concept_classifier import Sentences, features, kept, learn_chooser, unkept
from assistant.retrieval.concept_vectors import MeaningModel

TERMS = [[["dad", "the"], ["father", "the"]], [["bruise", "the"], ["mark", "the"]], [["plan", "the"]]]
VECTORS = [np.eye(3, dtype=np.float32)[[at] * len(texts)] for at, texts in enumerate(TERMS)]


def test_what_a_text_is_about_is_chosen_by_its_words_and_by_its_meaning() -> None:
    chooser = learn_chooser(VECTORS, TERMS)
    assert chooser.scores([["dad"], ["mark"], ["plan"]], None).argmax(axis=1).tolist() == [0, 1, 2]
    assert chooser.scores([[], [], []], np.eye(3, dtype=np.float32)).argmax(axis=1).tolist() == [0, 1, 2]


def test_likelihoods_add_up_to_one() -> None:
    scores = learn_chooser(VECTORS, TERMS).scores([["dad", "plan"], ["unheard"], []], None)
    assert np.allclose(np.exp(scores).sum(axis=1), 1, atol=1e-6)


def test_a_concept_with_many_sentences_is_not_likelier_for_having_them() -> None:
    chooser = learn_chooser([np.repeat(VECTORS[0], 20, axis=0), *VECTORS[1:]], [TERMS[0] * 20, *TERMS[1:]])
    plain = np.exp(chooser.scores([[]], None)[0])
    assert plain.max() < 0.45


def test_learning_twice_gives_the_same() -> None:
    first, second = learn_chooser(VECTORS, TERMS), learn_chooser(VECTORS, TERMS)
    assert list(first.rows) == list(second.rows)
    assert np.array_equal(first.words, second.words)
    assert np.array_equal(first.meaning, second.meaning)


def test_the_nearest_sentence_counts_most_and_three_at_most_count() -> None:
    model = MeaningModel(np.zeros(2), np.eye(2), np.eye(2))
    at = np.radians([0, 60, 90, 180, 90])
    directions = np.stack([np.cos(at), np.sin(at)], axis=1).astype(np.float32)
    scores = Sentences(directions, np.array([0, 4])).scores(model, np.array([[1.0, 0.0]], dtype=np.float32))
    assert np.allclose(scores, np.array([[0.5 * 1 + 0.3 * 0.5 + 0.2 * 0, 0]]), atol=1e-6)


@given(st.lists(st.floats(-0.49, 0.49), min_size=1, max_size=8))
def test_sentences_are_kept_to_the_third_decimal(values: list[float]) -> None:
    assert np.allclose(unkept(kept(np.array([values]))), [values], atol=0.002)


def test_words_nobody_has_heard_weigh_nothing() -> None:
    rows, rarity = {"dad": 0, "plan": 1}, np.array([3.0, 4.0], dtype=np.float32)
    assert np.allclose(
        features([["dad", "plan", "dad", "unheard"], ["unheard"]], rows, rarity), np.array([[0.6, 0.8], [0.0, 0.0]])
    )
