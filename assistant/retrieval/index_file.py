"""A search index kept in one file: named arrays, what they were made from, and proof that they are whole.

Owns the file format. One file, so that it is replaced in one step and never half new; opened by memory map, so that
opening costs nothing for what a query does not touch; the sum of every array is checked first, because an index that
is wrong in one byte would quote the wrong learning. Never pickle. Knows nothing of what the arrays mean.

    REFLECT-INDEX\\n | sum of the header | its length, 8 bytes | header: JSON | arrays, each from a multiple of 64 bytes

Two processes may open or write at once: each writes its own temporary file and puts it in place whole, a reader keeps
the file it has opened, and both would write the same bytes.

A file that travels with the program and isn't the one its manifest names (`learnt_files.py`) is left alone.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.learnt_files import ARRAYS, SUM, named

FORMAT = 1
"""Raised by hand whenever the meaning of an array changes."""

_ALIGNMENT = 64
Arrays = dict[str, NDArray[Any]]
MadeFrom = Mapping[str, str]
"""Checksums by name of everything the arrays depend on."""


class UnusableIndexError(Exception):
    """The saved index cannot be used; `str(error)` says why in words that fit after "because"."""


class NoIndexError(UnusableIndexError):
    """There is none yet."""


def write(path: Path, arrays: Mapping[str, NDArray[Any]], made_from: MadeFrom) -> None:
    """Put an index in place in one step. Raises OSError when the folder cannot be written."""
    entries: dict[str, Any] = {}
    at = 0
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        at += -at % _ALIGNMENT
        entries[name] = {
            "dtype": array.dtype.str,
            "shape": array.shape,
            "at": at,
            "sha256": hashlib.sha256(array.data).hexdigest(),
        }
        at += array.nbytes
    header = json.dumps({"format": FORMAT, "made_from": dict(made_from), "arrays": entries}, sort_keys=True).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(ARRAYS + hashlib.sha256(header).digest() + len(header).to_bytes(8, "little") + header)
            start = _aligned(file.tell())
            for name, entry in entries.items():
                file.seek(start + entry["at"])
                file.write(np.ascontiguousarray(arrays[name]).data)
            file.truncate(start + at)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def read(path: Path, made_from: MadeFrom) -> Arrays:
    """The arrays of a saved index, as read-only views of the file.

    Raises UnusableIndexError when it is missing, damaged, of another format, or made from other things.
    """
    header, content, start = _open(path)
    if header["format"] != FORMAT:
        raise UnusableIndexError("it was saved by another version of the program")
    if header["made_from"] != dict(made_from):
        changed = [name for name in made_from if header["made_from"].get(name) != made_from[name]]
        raise UnusableIndexError(f"the {' and the '.join(changed) or 'program'} changed")
    return {name: _array(content, start, entry) for name, entry in header["arrays"].items()}


def peek(path: Path, *names: str, made_from: MadeFrom) -> Arrays:
    """Some arrays of a saved index that need only agree with part of what it was made from; empty if they do not, or if
    it isn't the file its manifest names."""
    try:
        header, content, start = _open(path)
        if header["format"] != FORMAT or made_from.items() - header["made_from"].items() or not named(path):
            return {}
        return {name: _array(content, start, header["arrays"][name]) for name in names}
    except (UnusableIndexError, KeyError):
        return {}


def is_whole(path: Path) -> bool:
    """Whether every array of a saved index is as it was written; a file of another kind has none."""
    try:
        if not path.read_bytes().startswith(ARRAYS):
            return True
        header, content, start = _open(path)
        for entry in header["arrays"].values():
            _array(content, start, entry)
    except (UnusableIndexError, OSError):
        return False
    return True


def _open(path: Path) -> tuple[dict[str, Any], memoryview, int]:
    try:
        with path.open("rb") as file:
            content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except FileNotFoundError as error:
        raise NoIndexError("there is none yet") from error
    except (OSError, ValueError) as error:  # ValueError: an empty file cannot be mapped
        raise UnusableIndexError("it cannot be read") from error
    try:
        if content[: len(ARRAYS)] != ARRAYS:
            raise ValueError
        opens = len(ARRAYS) + SUM + 8
        length = int.from_bytes(content[opens - 8 : opens], "little")
        written = bytes(content[opens : opens + length])
        if hashlib.sha256(written).digest() != content[len(ARRAYS) : len(ARRAYS) + SUM]:
            raise ValueError
        header: dict[str, Any] = json.loads(written)
    except ValueError as error:
        raise UnusableIndexError("it is damaged") from error
    return header, content, _aligned(opens + length)


def _array(content: memoryview, start: int, entry: Mapping[str, Any]) -> NDArray[Any]:
    try:
        dtype, shape = np.dtype(entry["dtype"]), tuple(entry["shape"])
        at = start + entry["at"]
        run = content[at : at + dtype.itemsize * int(np.prod(shape, dtype=np.int64))]
        if hashlib.sha256(run).hexdigest() != entry["sha256"]:
            raise ValueError
        return np.frombuffer(run, dtype=dtype).reshape(shape) if run else np.empty(shape, dtype=dtype)
    except ValueError as error:
        raise UnusableIndexError("it is damaged") from error


def _aligned(at: int) -> int:
    return at + -at % _ALIGNMENT
