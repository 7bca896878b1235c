from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.retrieval.concept_vectors import learn_meaning, learn_words, texts_of
from assistant.retrieval.lexicon import Concept


def test_a_concept_is_learnt_from_its_name_its_sentences_and_its_sure_patterns() -> None:
    concept = Concept.model_validate({
        "id": "fathers",
        "name": "Fathers",
        "everyday": ["never met dad|father", "?bloke"],
        "not": ["father christmas"],
        "sentences": ["who is dad", "Fathers"],
    })  # fmt: skip
    assert texts_of(concept) == ("Fathers", "who is dad", "never met dad")


def test_a_direction_in_which_sentences_of_one_concept_differ_counts_for_little() -> None:
    rng = np.random.default_rng(0)
    style = rng.normal(size=(2, 200, 1)) * np.array([0.0, 3.0, 0.0])
    concepts = np.array([[1.0, 0.0, 0.0], [-1.0, 0.0, 0.0]])[:, None, :] + style + rng.normal(0, 0.1, (2, 200, 3))
    model = learn_meaning(list(concepts.astype(np.float32)))
    scores = model.scores(np.array([[0.5, 4.0, 0.0], [-0.5, 4.0, 0.0]], dtype=np.float32))
    assert scores.argmax(axis=1).tolist() == [0, 1]
    raw = concepts.mean(axis=1)
    assert (model.directions[0] @ model.directions[1]) < (raw[0] @ raw[1]) / (
        np.linalg.norm(raw[0]) * np.linalg.norm(raw[1])
    ) + 0.1


def test_a_word_of_one_concept_says_more_than_a_word_of_all() -> None:
    model = learn_words([[["dad", "the"], ["father", "the"]], [["bruise", "the"]], [["plan", "the"]]])
    assert model.scores([["the", "dad"]])[0].argmax() == 0
    assert model.scores([["the"]])[0].max() == 0
    assert model.scores([["unheard"], []]).max() == 0


@settings(max_examples=30)
@given(
    st.lists(st.lists(st.lists(st.sampled_from("abcdef"), max_size=4), min_size=1, max_size=3), min_size=1, max_size=4)
)
def test_closeness_in_words_lies_between_nothing_and_one(texts: list[list[list[str]]]) -> None:
    scores = learn_words(texts).scores([["a", "b"], ["f"], []])
    assert ((scores >= 0) & (scores <= 1 + 1e-9)).all()
