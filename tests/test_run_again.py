from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.run_again import starts_a_process

ROOT = Path(__file__).resolve().parent.parent
HOOKS = "from tests.run_again import pytest_collection_modifyitems, pytest_runtest_setup, pytest_timeout_set_timer\n"
SETTINGS = "[pytest]\naddopts = -raR -p no:cacheprovider\ntimeout = 1\n"
TESTS = """\
import subprocess, time

attempts = []

def test_comes_late():
    attempts.append(subprocess)
    assert len(attempts) == 3

def test_hangs_when_it_is_run_again():
    attempts.append(subprocess)
    assert len(attempts) == 5
    time.sleep(60)

def test_of_a_rule():
    assert 1 + 1 == 3
"""


def starts_one() -> object:
    return subprocess.run


def comes_to_one() -> object:
    return starts_one()


def only_reckons() -> int:
    return sum(range(3))


def test_a_test_that_starts_a_process_is_known_also_through_a_function_of_its_own():
    assert starts_a_process(starts_one)
    assert starts_a_process(comes_to_one)
    assert not starts_a_process(only_reckons)


def test_what_drives_a_process_is_run_again_and_said_to_be_and_neither_a_rule_nor_what_hangs(tmp_path):
    for name, text in (("conftest.py", HOOKS), ("pytest.ini", SETTINGS), ("test_made_up.py", TESTS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); import pytest; pytest.main()"]
    wide = os.environ | {"COLUMNS": "200"}
    said = subprocess.run(command, cwd=tmp_path, env=wide, capture_output=True, text=True, check=False).stdout
    assert "2 failed, 1 passed, 3 rerun" in said
    assert said.count("RERUN test_made_up.py::test_comes_late") == 2
    assert "FAILED test_made_up.py::test_hangs_when_it_is_run_again - Failed: Timeout (>1.0s)" in said
    assert "FAILED test_made_up.py::test_of_a_rule - assert (1 + 1) == 3" in said
