"""What is read of `lock.json`, and what of it is as good as no file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.store.lock_file import Lock, lock_bytes, read_lock

SALT, ONE, OTHER = "0f" * 16, "a1" * 32, "b2" * 32


def read(folder: Path, content: Any) -> Lock | None:
    path = folder / "lock.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return read_lock(path)


def test_a_lock_says_its_salt_its_rounds_and_what_proves_a_key(tmp_path):
    lock = read(tmp_path, {"salt": SALT, "iterations": 256_000, "check": ONE})
    assert lock == Lock(SALT, 256_000, (ONE,))
    assert not lock.changing
    assert lock.proves(ONE)
    assert not lock.proves(OTHER)


def test_while_a_passphrase_is_changed_either_key_is_proved(tmp_path):
    lock = read(tmp_path, {"salt": SALT, "iterations": 1, "check": ONE, "next": OTHER})
    assert lock is not None
    assert lock.changing
    assert (lock.proves(ONE), lock.proves(OTHER), lock.proves("c3" * 32)) == (True, True, False)
    assert json.loads(lock_bytes(lock)) == {"salt": SALT, "iterations": 1, "check": ONE, "next": OTHER}
    assert json.loads(lock_bytes(Lock(SALT, 1, (ONE,)))) == {"salt": SALT, "iterations": 1, "check": ONE}


@pytest.mark.parametrize("none_yet", [None, "", 0])
def test_no_second_proof_is_no_change(tmp_path, none_yet):
    assert read(tmp_path, {"salt": SALT, "iterations": 1, "check": ONE, "next": none_yet}) == Lock(SALT, 1, (ONE,))


@pytest.mark.parametrize(
    "wrong",
    [
        {"salt": None},
        {"salt": 12},
        {"salt": SALT[:-1]},
        {"salt": SALT + "0"},
        {"salt": SALT.upper()},
        {"check": None},
        {"check": 12},
        {"check": ONE[:-1]},
        {"check": ONE + "0"},
        {"next": OTHER[:-1]},
        {"next": 12},
        {"iterations": "256000"},
        {"iterations": 2.0},
        {"iterations": True},
        {"iterations": 0},
        {"iterations": -1},
        {"iterations": 10_000_001},
    ],
)
def test_a_lock_with_anything_wrong_in_it_is_as_good_as_none(tmp_path, wrong):
    assert read(tmp_path, {"salt": SALT, "iterations": 10_000_000, "check": ONE}) is not None
    assert read(tmp_path, {"salt": SALT, "iterations": 10_000_000, "check": ONE, **wrong}) is None


@pytest.mark.parametrize("missing", ["salt", "iterations", "check"])
def test_a_lock_with_anything_missing_is_as_good_as_none(tmp_path, missing):
    whole = {"salt": SALT, "iterations": 1, "check": ONE}
    assert read(tmp_path, {name: value for name, value in whole.items() if name != missing}) is None


@pytest.mark.parametrize("content", [b"", b"[]", b"7", b'"x"', b"null", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_lock_at_all_is_as_good_as_none(tmp_path, content):
    assert read(tmp_path, content) is None
    assert read_lock(tmp_path / "not there") is None
    assert read_lock(tmp_path) is None
