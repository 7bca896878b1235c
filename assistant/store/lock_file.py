"""What tells a wrong passphrase from a damaged file: `lock.json`, beside the store.

Owns its shape and every way in which it may be unreadable. It holds no key: only proofs that a key is the right one.
While a passphrase is changed it holds the proof of both, so that a process killed meanwhile leaves records that one of
the two opens. A lock that cannot be read is as good as none, and is made again.
"""

from __future__ import annotations

import hmac
import json
import re
from dataclasses import dataclass
from pathlib import Path

_PROOF = re.compile(r"[0-9a-f]{64}")
_SALT = re.compile(r"[0-9a-f]{32}")
_MOST_ITERATIONS = 10_000_000
"""A digit more in a damaged file would keep somebody waiting for hours."""


@dataclass(frozen=True)
class Lock:
    """What the file says."""

    salt: str
    """The salt of the records, in hexadecimal; it is at the head of the file too."""
    iterations: int
    proofs: tuple[str, ...]
    """Of the key of the records, and of the one that is to replace it while that is being done."""

    @property
    def changing(self) -> bool:
        """A passphrase was being changed when this was written."""
        return len(self.proofs) > 1

    def proves(self, check: str) -> bool:
        """Whether `check` was made with a key that opens the records, or did before they were damaged."""
        return any(hmac.compare_digest(proof, check) for proof in self.proofs)


def read_lock(path: Path) -> Lock | None:
    """The lock, or None where there is none that can be used."""
    try:
        read = json.loads(path.read_bytes())
        proofs = [read["check"], *([read["next"]] if read.get("next") else [])]
        lock = Lock(read["salt"], read["iterations"], tuple(proofs))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    strings = isinstance(lock.salt, str) and all(isinstance(proof, str) for proof in proofs)
    whole = strings and _SALT.fullmatch(lock.salt) and all(map(_PROOF.fullmatch, proofs))
    return lock if whole and type(lock.iterations) is int and 0 < lock.iterations <= _MOST_ITERATIONS else None


def lock_bytes(lock: Lock) -> bytes:
    """The file's content."""
    content: dict[str, str | int] = {"salt": lock.salt, "iterations": lock.iterations, "check": lock.proofs[0]}
    if lock.changing:
        content["next"] = lock.proofs[1]
    return json.dumps(content).encode()
