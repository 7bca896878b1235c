"""Whatever reads with taught layers is opened only with the encoder that they were taught from."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.retrieval import index_file, taught_layers
from assistant.retrieval.encoder import find_model
from assistant.retrieval.open_search import open_encoder
from assistant.retrieval.taught_layers import opened

pytestmark = pytest.mark.skipif(find_model() is None, reason="the encoder's weights are not installed")


@pytest.fixture
def learnt(tmp_path, monkeypatch):
    """Writes what was learnt from an encoder of this checksum, in place of what is shipped."""
    monkeypatch.setattr(taught_layers, "shipped", lambda _: tmp_path)

    def write(checksum):
        arrays = {"heads": np.arange(3, dtype=np.float32)}
        index_file.write(tmp_path / "some.learnt", arrays, made_from={"encoder": checksum})

    return write


def checksum(home):
    encoder = open_encoder(home)
    assert encoder is not None
    return encoder.checksum


def heads_of(_, arrays):
    return list(arrays["heads"])


def test_what_was_learnt_is_read_with_the_encoder_it_was_learnt_from(tmp_path, learnt):
    learnt(checksum(tmp_path))
    assert opened(tmp_path, "some.learnt", ("heads",), heads_of) == [0, 1, 2]


def test_what_was_learnt_from_another_encoder_is_not_read(tmp_path, learnt):
    learnt("another")
    assert opened(tmp_path, "some.learnt", ("heads",), heads_of) is None


def test_nothing_is_read_where_nothing_is_learnt(tmp_path, learnt):
    assert opened(tmp_path, "some.learnt", ("heads",), heads_of) is None


def test_nothing_is_read_without_the_weights(tmp_path, learnt, monkeypatch):
    learnt(checksum(tmp_path))
    monkeypatch.setattr("assistant.retrieval.open_search.find_model", lambda _: None)
    assert opened(tmp_path, "some.learnt", ("heads",), heads_of) is None
