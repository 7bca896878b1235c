"""What YAML files said when they were last read, so that reading them again takes a tenth of the time.

Owns one file in the folder of what can be made again. It holds plain values by the checksum of the text that they were
read from, behind a checksum of its own: what no file says any more is never found, and damage is as good as nothing.
What is found is checked by the models as if it had just been read.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

FORMAT = 1
"""Raised by hand whenever the same text is read as other values."""


class Kept:
    """The values of some files, in one file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._before = _read(file)
        self._now: dict[str, Any] = {}

    def value(self, text: str) -> Any:
        """What the text was read as; None where that isn't known."""
        name = _sum(text.encode())
        if (found := self._before.get(name)) is not None:
            self._now[name] = found
        return found

    def keep(self, text: str, value: Any) -> None:
        """Remember what the text was read as."""
        self._now[_sum(text.encode())] = value

    def save(self) -> None:
        """Keep what was asked for or remembered, and nothing else; where that can't be done, it's read anew next time.

        Nothing is made where the program keeps nothing yet.
        """
        if self._now.keys() == self._before.keys() or not self._file.parent.parent.is_dir():
            return
        import tempfile  # 4 ms, and hardly ever anything is new

        held = json.dumps({"format": FORMAT, "values": self._now}, ensure_ascii=False).encode()
        with suppress(OSError):
            self._file.parent.mkdir(exist_ok=True, mode=0o700)
            handle, unfinished = tempfile.mkstemp(dir=self._file.parent, prefix=f".{self._file.name}.")
            with os.fdopen(handle, "wb") as file:
                file.write(_sum(held).encode() + b"\n" + held)
            Path(unfinished).replace(self._file)


def _read(file: Path) -> dict[str, Any]:
    try:
        proof, _, held = file.read_bytes().partition(b"\n")
    except OSError:
        return {}
    if proof != _sum(held).encode():
        return {}
    said = json.loads(held)
    return dict(said["values"]) if said["format"] == FORMAT else {}


def _sum(held: bytes) -> str:
    return hashlib.sha256(held).hexdigest()
