from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import learnt_files
from assistant.retrieval import index_file

MADE_FROM = {"library": "a", "program": "b"}
ARRAYS: index_file.Arrays = {
    "documents": np.arange(1000, dtype=np.int32),
    "impacts": np.linspace(0, 1, 1000),
    "vectors": np.zeros((3, 4), dtype=np.float32),
    "nothing": np.zeros((0, 7), dtype=np.float32),
}


def saved(folder: Path) -> Path:
    path = folder / "index" / "library"
    index_file.write(path, ARRAYS, MADE_FROM)
    return path


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    arrays = index_file.read(saved(tmp_path), MADE_FROM)
    assert arrays.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert arrays[name].dtype == array.dtype
        assert np.array_equal(arrays[name], array)


def test_the_arrays_of_a_saved_index_cannot_be_changed(tmp_path: Path) -> None:
    arrays = index_file.read(saved(tmp_path), MADE_FROM)
    with pytest.raises(ValueError, match="read-only"):
        arrays["impacts"][0] = 1


def test_the_same_arrays_are_the_same_bytes(tmp_path: Path) -> None:
    one = saved(tmp_path / "one").read_bytes()
    index_file.write(tmp_path / "two", dict(reversed(ARRAYS.items())), dict(reversed(MADE_FROM.items())))
    assert one == (tmp_path / "two").read_bytes()


def test_no_index_is_told_from_one_that_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(index_file.NoIndexError):
        index_file.read(tmp_path / "none", MADE_FROM)


def test_an_index_made_from_other_things_says_which_changed(tmp_path: Path) -> None:
    path = saved(tmp_path)
    with pytest.raises(index_file.UnusableIndexError, match=r"^the library changed$"):
        index_file.read(path, MADE_FROM | {"library": "c"})
    with pytest.raises(index_file.UnusableIndexError, match=r"^the library and the program changed$"):
        index_file.read(path, {"library": "c", "program": "d"})


def test_an_index_of_another_format_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path)
    monkeypatch.setattr(index_file, "FORMAT", index_file.FORMAT + 1)
    with pytest.raises(index_file.UnusableIndexError, match="another version"):
        index_file.read(path, MADE_FROM)


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_one_wrong_byte_anywhere_is_noticed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = saved(tmp_path_factory.mktemp("index"))
    content = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    try:
        arrays = index_file.read(path, MADE_FROM)
    except index_file.UnusableIndexError:
        return
    # the byte was of the padding between arrays
    assert all(np.array_equal(arrays[name], array) for name, array in ARRAYS.items())


@pytest.mark.parametrize("kept", [0, 5, 20, 200, -1])
def test_a_file_cut_short_is_noticed(tmp_path: Path, kept: int) -> None:
    path = saved(tmp_path)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(index_file.UnusableIndexError, match=r"damaged|cannot be read"):
        index_file.read(path, MADE_FROM)


def test_part_of_an_index_can_be_taken_over_when_that_part_still_holds(tmp_path: Path) -> None:
    path = saved(tmp_path)
    assert index_file.peek(path, "vectors", made_from={"program": "b"}).keys() == {"vectors"}
    assert index_file.peek(path, "vectors", made_from={"program": "c"}) == {}
    assert index_file.peek(path, "unheard-of", made_from={"program": "b"}) == {}
    assert index_file.peek(tmp_path / "none", "vectors", made_from={"program": "b"}) == {}


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path)
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        index_file.write(path, {"documents": np.zeros(1)}, MADE_FROM)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_processes_that_write_and_read_at_once_do_no_harm(tmp_path: Path) -> None:
    probe = (
        "import sys, pathlib; from assistant.retrieval import index_file\n"
        "from tests.retrieval.test_index_file import *\n"
        "for _ in range(30):\n"
        "    index_file.write(pathlib.Path(sys.argv[1]), ARRAYS, MADE_FROM)\n"
        "    assert index_file.read(pathlib.Path(sys.argv[1]), MADE_FROM)['documents'][-1] == 999\n"
    )
    path = tmp_path / "index"
    running = [subprocess.Popen([sys.executable, "-c", probe, str(path)]) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert [file.name for file in tmp_path.iterdir()] == ["index"]


def test_a_file_that_is_not_the_one_its_manifest_names_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "some.learnt"
    index_file.write(path, {"rows": np.arange(3)}, {})
    manifest = learnt_files.manifest_of(path)
    manifest.write_text(json.dumps({"sum": learnt_files.sum_of(path)}), encoding="utf-8")
    assert learnt_files.named(path)
    assert index_file.peek(path, "rows", made_from={}).keys() == {"rows"}
    index_file.write(path, {"rows": np.arange(4)}, {})
    assert not learnt_files.named(path)
    assert index_file.peek(path, "rows", made_from={}) == {}
    for other in ("nothing of the kind", "[]", '"sum"', "7", "null", "[" * 100_000, '{"sum": []}', "{}"):
        manifest.write_text(other, encoding="utf-8")
        assert index_file.peek(path, "rows", made_from={}) == {}
    manifest.write_bytes(b"\xff\xfe\x00")
    assert index_file.peek(path, "rows", made_from={}) == {}
    manifest.unlink()
    assert index_file.peek(path, "rows", made_from={}).keys() == {"rows"}, "one made on this machine has none"


def test_the_sum_of_a_file_that_is_no_index_is_that_of_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("a word\n" * 100, encoding="utf-8")
    assert learnt_files.sum_of(path) == hashlib.sha256(path.read_bytes()).hexdigest()
