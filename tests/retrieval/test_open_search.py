from __future__ import annotations

from pathlib import Path

import pytest

from assistant.library.library import Library, open_library
from assistant.retrieval import encoder
from assistant.retrieval import open_search as opening_search
from assistant.retrieval.encoder import EncoderError, find_model
from assistant.retrieval.open_search import open_encoder, open_search
from assistant.retrieval.ranking import Retriever

needs_weights = pytest.mark.skipif(find_model({}) is None, reason="the weights are not installed")

THINGS_SAID = [
    ("Dad works nights so none of us have ever met him", "visits routinely made between 9am and 5pm"),
    ("baby of nine weeks has a tiny bruise, do I ring someone", "must be reported to MASH"),
    ("we only ever hear mum's side", "Professionals were too parent-focused"),
    ("manager never records why", "managerial oversight"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return open_library(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="module")
def search(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    return open_search(library, tmp_path_factory.mktemp("home"), environment={})


@needs_weights
@pytest.mark.parametrize(("said", "learning"), THINGS_SAID)
def test_what_is_said_in_ones_own_words_finds_the_learning(search: Retriever, said: str, learning: str) -> None:
    assert any(learning.lower() in hit.text.lower() for hit in search.search(said, limit=5).hits)


@pytest.mark.parametrize("said", ["what is the wifi password", "will it snow tonight", "999999", "zzz"])
def test_what_has_nothing_to_do_with_practice_finds_nothing(search: Retriever, said: str) -> None:
    assert search.search(said).nothing_bears


def test_without_the_weights_words_and_concepts_still_find(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening_search, "find_model", lambda environment: None)
    hits = open_search(library, tmp_path).search("we never met the father and do not know who he is").hits
    assert any("fathers" in hit.concepts for hit in hits)
    assert all(hit.meaning is None for hit in hits)


def test_a_folder_that_does_not_hold_the_model_is_refused_before_anything_is_built(
    library: Library, tmp_path: Path
) -> None:
    with pytest.raises(EncoderError, match="name the folder of all-MiniLM-L6-v2"):
        open_search(library, tmp_path, environment={"REFLECT_MODEL_DIR": str(tmp_path / "elsewhere")})


@needs_weights
def test_the_weights_are_read_through_once_and_then_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []
    monkeypatch.setattr(encoder, "check_weights", read.append)
    for _ in range(2):
        opening_search._opened.cache_clear()  # as in a process of its own
        open_encoder(tmp_path, {})
    assert len(read) == 1


@needs_weights
def test_all_that_read_meaning_in_a_process_share_one_encoder(tmp_path: Path) -> None:
    open_encoder(tmp_path, {})
    assert open_encoder(tmp_path, {}) is open_encoder(tmp_path, {})
