from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.retrieval.index_building import AT_A_TIME, AT_ONCE
from assistant.retrieval.protocols import Vectors
from assistant.retrieval.ranking import Retriever, open_retriever
from assistant.retrieval.reading_ahead import ReadingAhead
from tests.retrieval.made_up import Library, point

BUILD = (
    "import sys, pathlib; from assistant.library.library import open_library;"
    "from assistant.retrieval.ranking import open_retriever;"
    "home = pathlib.Path(sys.argv[1]); found = open_retriever(open_library(home), home).search('bruised baby');"
    "print(found.model_dump_json())"
)


def building(home: Path, seed: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(home)],
        env=os.environ | {"PYTHONHASHSEED": seed},
        stdout=subprocess.PIPE,
        text=True,
    )


def saved(home: Path) -> bytes:
    return (home / "index" / "library").read_bytes()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("built")
    building(home, "0").communicate()
    return home


@pytest.mark.parametrize("seed", ["1", "42"])
def test_the_shipped_library_gives_the_same_file_under_any_hash_seed(built: Path, tmp_path: Path, seed: str) -> None:
    building(tmp_path, seed).communicate()
    assert hashlib.sha256(saved(tmp_path)).digest() == hashlib.sha256(saved(built)).digest()


def test_processes_that_build_at_once_each_answer_and_leave_one_whole_index(built: Path, tmp_path: Path) -> None:
    processes = [building(tmp_path, str(seed)) for seed in range(3)]
    answers = {process.communicate()[0] for process in processes}
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert len(answers) == 1
    assert saved(tmp_path) == saved(built)
    assert [file.name for file in (tmp_path / "index").iterdir()] == ["library"]


class CountingEncoder:
    """Stands for the encoder: made-up vectors, and what it was asked to read."""

    checksum = "counting"

    def __init__(self) -> None:
        self.read: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.read += texts
        vectors = np.array([[1.0, len(text), text.count("a")] for text in texts], dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def encode_both(self, texts: Sequence[str], also: Sequence[str] = ()) -> tuple[Vectors, Vectors]:
        vectors = self.encode([*texts, *also])
        return vectors, vectors[: len(texts)]

    def is_outside(self, vector: Vectors, adapted: Vectors) -> bool:
        return False


class StoppedError(Exception):
    pass


def many_points(count: int) -> Library:
    return Library(
        [point(f"area/visits/{number}", f"The visit numbered {number} was late.") for number in range(count)]
    )


def open_many(home: Path, encoder: CountingEncoder, count: int, **choices: Any) -> Retriever:
    return open_retriever(many_points(count), home, encoder=encoder, **choices)


def test_a_large_library_is_searched_by_words_at_once_and_says_that_its_meaning_waits(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    retriever = open_many(tmp_path, encoder, AT_ONCE + 1, at_once=True)
    assert encoder.read == []
    assert retriever.is_unread
    assert retriever.notice is not None
    assert f"{AT_ONCE + 1} of the library's {AT_ONCE + 1} points" in retriever.notice
    found = retriever.search("late visit")
    assert found.unread
    assert found.hits


def test_a_small_library_is_read_for_its_meaning_before_the_first_answer(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    retriever = open_many(tmp_path, encoder, AT_ONCE, at_once=True)
    assert len(encoder.read) == AT_ONCE
    assert not retriever.is_unread
    assert not retriever.search("late visit").unread


def test_who_stops_reading_for_meaning_loses_nothing_that_was_read(tmp_path: Path) -> None:
    count = 3 * AT_A_TIME
    reported: list[int] = []

    def stop(what: str, done: int, total: int) -> None:
        assert total == count
        reported.append(done)
        if done >= 2 * AT_A_TIME:
            raise StoppedError

    first, second = CountingEncoder(), CountingEncoder()
    with pytest.raises(StoppedError):
        open_many(tmp_path, first, count, progress=stop)
    assert reported == [AT_A_TIME, 2 * AT_A_TIME]
    assert len(first.read) == 2 * AT_A_TIME
    assert not open_many(tmp_path, second, count).is_unread
    assert len(second.read) == AT_A_TIME
    assert [file.name for file in (tmp_path / "index").iterdir()] == ["library"]


class SignallingEncoder(CountingEncoder):
    """Says when it has read something."""

    def __init__(self) -> None:
        super().__init__()
        self.has_read = threading.Event()

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = super().encode(texts)
        self.has_read.set()
        return vectors


def test_points_read_while_documents_are_added_are_not_read_again(tmp_path: Path) -> None:
    ahead, after = SignallingEncoder(), CountingEncoder()
    library = many_points(2 * AT_A_TIME)
    with ReadingAhead(lambda: ahead, tmp_path / "index" / "library") as reading:
        reading.take(library.point(at) for at in range(AT_A_TIME))
        assert ahead.has_read.wait(60)
    assert len(ahead.read) == AT_A_TIME
    assert not open_many(tmp_path, after, 2 * AT_A_TIME).is_unread
    assert len(after.read) == AT_A_TIME
    assert not set(after.read) & set(ahead.read)


@pytest.mark.parametrize("taken", [0, 3])
def test_few_points_wait_for_the_index_and_no_encoder_is_no_fault(tmp_path: Path, taken: int) -> None:
    with ReadingAhead(lambda: None, tmp_path / "library") as reading:
        reading.take(many_points(taken).point(at) for at in range(taken))
    assert list(tmp_path.iterdir()) == []
