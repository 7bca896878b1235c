from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant import learnt_files
from assistant.retrieval import index_file
from assistant.retrieval.adapted_encoder import AdaptedEncoder
from assistant.retrieval.encoder import Encoder, find_model
from assistant.retrieval.layers import layer_tensors
from assistant.retrieval.taught_layers import kept, taught_encoder

SAID = "sent it in three weeks ago and never heard a thing back"
ANSWERS = "Referrers were not routinely informed of the outcome of their referral."
ON_THE_SAME = "Referrals were screened promptly and the threshold was applied consistently."


@pytest.fixture(scope="module")
def published() -> Encoder:
    folder = find_model()
    assert folder is not None
    return Encoder(folder)


@pytest.fixture(scope="module")
def encoder(published: Encoder) -> AdaptedEncoder:
    return AdaptedEncoder(published)


def test_the_space_of_concepts_is_the_published_one_to_the_bit(published: Encoder, encoder: AdaptedEncoder) -> None:
    texts = [SAID, ANSWERS, "ok", ""]
    assert np.array_equal(encoder.encode_both(texts)[0], published.encode(texts))


def test_what_is_said_lies_nearer_to_what_answers_it_than_to_another_passage_on_the_same(
    encoder: AdaptedEncoder,
) -> None:
    said, answers, same = encoder.encode_both([SAID, ANSWERS, ON_THE_SAME])[1]
    assert said @ answers > said @ same + 0.1


def test_rows_are_of_length_one_and_do_not_hang_on_what_they_are_read_with(encoder: AdaptedEncoder) -> None:
    together = encoder.encode_both([SAID, ANSWERS, ON_THE_SAME])[1]
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-6)
    np.testing.assert_allclose(encoder.encode_both([SAID])[1][0], together[0], atol=1e-5)


def test_what_is_asked_for_only_in_the_published_space_changes_nothing_in_the_other(encoder: AdaptedEncoder) -> None:
    parts = [SAID, "three weeks ago and never heard"]
    every, taught = encoder.encode_both([ANSWERS, *parts])
    own, adapted = encoder.encode_both([ANSWERS], parts)
    assert np.array_equal(own, every)
    assert np.array_equal(adapted, taught[:1])


@pytest.mark.parametrize(
    ("words", "outside"),
    [
        ("has anyone got a charger for the old phones", True),
        ("the heating's gone again on the second floor", True),
        ("dad was in the car the whole time and nobody's spoken to him", False),
        (SAID, False),
    ],
)
def test_the_office_is_told_from_practice(encoder: AdaptedEncoder, words: str, outside: bool) -> None:
    vectors, adapted = encoder.encode_both([words])
    assert encoder.is_outside(vectors[0], adapted[0]) is outside


def test_taught_layers_are_kept_within_a_hundredth_of_their_change(published: Encoder) -> None:
    (name, *_) = layer_tensors([5])
    change = np.random.default_rng(1).normal(0, 0.01, published.weights[name].shape).astype(np.float32)
    tensors = {one: np.array(published.weights[one]) for one in layer_tensors([5])}
    tensors[name] += change
    read = taught_encoder(published, kept(tensors, published.weights), [5]).weights[name]
    off = np.abs(read - tensors[name]).max(axis=-1) / np.abs(change).max(axis=-1)
    assert off.max() < 0.01


def test_the_sum_of_a_file_changes_with_any_array(tmp_path: Path) -> None:
    sums = set()
    for number in (1, 1, 2):
        index_file.write(tmp_path / "file", {"a": np.array([number]), "b": np.zeros(9)}, {})
        sums.add(learnt_files.sum_of(tmp_path / "file"))
    assert len(sums) == 2
