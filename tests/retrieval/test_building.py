from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

BUILD = (
    "import sys, pathlib; from assistant.library.shelf import open_library;"
    "from assistant.retrieval.engine import open_retriever;"
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
