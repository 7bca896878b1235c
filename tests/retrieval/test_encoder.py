from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.retrieval.encoder import (
    TOKENIZER,
    TOKENIZER_SHA256,
    WEIGHTS,
    WEIGHTS_SHA256,
    Encoder,
    EncoderError,
    check_weights,
    find_model,
)
from assistant.retrieval.lately_read import LatelyRead
from assistant.retrieval.layers import WIDTH, Layers, layer_tensors
from assistant.retrieval.protocols import Vectors

GOLDEN = json.loads((Path(__file__).parent / "golden" / "encoder.json").read_text(encoding="utf-8"))
MODEL = find_model({})
needs_weights = pytest.mark.skipif(MODEL is None, reason="the weights are not installed")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    assert MODEL
    return Encoder(MODEL)


@needs_weights
def test_vectors_equal_the_reference_alone_and_in_a_batch(encoder: Encoder) -> None:
    expected = np.array(GOLDEN["vectors"])
    np.testing.assert_allclose(encoder.encode(GOLDEN["texts"]), expected, atol=1e-5)
    for text, vector in zip(GOLDEN["texts"], expected, strict=True):
        np.testing.assert_allclose(encoder.encode([text])[0], vector, atol=1e-5)


@needs_weights
def test_every_vector_has_length_one_and_no_text_gives_no_rows(encoder: Encoder) -> None:
    vectors = encoder.encode(["", "mum", "dad works nights " * 300, "lone surrogate \udce9"])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert encoder.encode([]).shape == (0, WIDTH)


@needs_weights
def test_a_text_means_the_same_whatever_stands_beside_it(encoder: Encoder) -> None:
    alone = encoder.encode(["nobody has met the father"])
    beside = encoder.encode(["a much longer sentence about something else entirely " * 5, "nobody has met the father"])
    np.testing.assert_allclose(beside[1:], alone, atol=1e-6)


def test_stretches_of_any_length_read_together_are_as_each_would_be_alone(encoder: Encoder) -> None:
    stretches = encoder.pieces(["She hit him.", "Nobody has met the father, who works nights.", "Why?"] * 7)
    together = encoder.states_of(stretches)
    for pieces, states in zip(stretches, together, strict=True):
        np.testing.assert_allclose(states, encoder.states(pieces), atol=1e-5)


@needs_weights
def test_what_one_has_read_a_model_taught_from_it_takes_up_where_they_part(encoder: Encoder, monkeypatch) -> None:
    alike = encoder.taught({name: encoder.weights[name] for name in layer_tensors([4, 5])})
    text = encoder.pieces(["He counted the stairs twice and then sat down on the last of them."])[0]
    states = encoder.states(text)
    read: list[int] = []
    through = Layers.through

    def noted(self: Layers, layers: Sequence[int], texts: Sequence[Vectors], *rest: Any) -> list[Vectors]:
        read.extend(layers if texts else ())
        return through(self, layers, texts, *rest)

    monkeypatch.setattr(Layers, "through", noted)
    np.testing.assert_allclose(alike.states(text), states, atol=1e-6)
    assert read == [4, 5]


@needs_weights
def test_a_model_taught_from_a_lower_layer_on_does_not_take_up_what_another_made_of_the_words(encoder: Encoder) -> None:
    (name,) = (name for name in layer_tensors([3]) if "intermediate.dense.weight" in name)
    assert MODEL
    other = Encoder(MODEL)
    text = encoder.pieces(["She laid the table for three."])[0]
    taught = other.taught({name: encoder.weights[name] * 1.5}).states(text)
    np.testing.assert_allclose(other.states(text), encoder.states(text), atol=1e-6)
    assert np.abs(taught - other.states(text)).max() > 0.01


def test_of_what_was_read_lately_what_was_asked_for_longest_ago_goes_first() -> None:
    lately: LatelyRead[str] = LatelyRead(most_rows=4)
    for name in "abc":
        lately.keep(name, np.full((2, WIDTH), ord(name), dtype=np.float32))
        assert lately.get("a") is not None
    assert lately.get("b") is None and lately.get("c") is not None


def test_a_folder_named_by_the_user_wins_over_the_installed_package(tmp_path: Path) -> None:
    assert find_model({"REFLECT_MODEL_DIR": str(tmp_path)}) == tmp_path


def test_a_folder_without_weights_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"holds no model\.safetensors; name the folder"):
        Encoder(tmp_path)


def test_other_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / WEIGHTS).write_bytes(b"not the published weights")
    with pytest.raises(EncoderError, match="not the published all-MiniLM-L6-v2"):
        Encoder(tmp_path)


def test_weights_checked_before_are_not_read_again(tmp_path: Path) -> None:
    (tmp_path / WEIGHTS).write_bytes(b"not the published weights")
    with pytest.raises(EncoderError, match="tokenizer"):
        Encoder(tmp_path, is_checked=True)


def test_the_checksums_in_the_guide_are_those_that_are_compared() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "guides" / "administrator.md").read_text(encoding="utf-8")
    assert WEIGHTS_SHA256 in guide and TOKENIZER_SHA256 in guide


@needs_weights
def test_a_changed_word_of_the_tokenizer_is_noticed_and_a_missing_one_is_said(tmp_path: Path) -> None:
    assert MODEL
    (tmp_path / WEIGHTS).symlink_to(MODEL / WEIGHTS)
    with pytest.raises(EncoderError, match=r"no readable tokenizer\.json"):
        Encoder(tmp_path, is_checked=True)
    published = (MODEL / TOKENIZER).read_text(encoding="utf-8")
    (tmp_path / TOKENIZER).write_text(published.replace('"father"', '"fatter"'), encoding="utf-8")
    with pytest.raises(EncoderError, match="is not the published"):
        Encoder(tmp_path, is_checked=True)


@needs_weights
def test_the_installed_weights_are_the_published_ones() -> None:
    assert MODEL
    check_weights(MODEL)
