"""From a passphrase to the key that opens the records.

Owns how many rounds that takes and in which characters a passphrase counts. Knows nothing of files.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass

ITERATIONS = 256_000
"""SQLCipher 4's own number of PBKDF2-HMAC-SHA512 rounds."""
SALT = 16
"""Bytes at the head of an encrypted file."""


@dataclass(frozen=True)
class Key:
    """What opens one file: the key as SQLCipher takes it, and the salt that stands at the head of the file."""

    raw: str
    salt: str

    @classmethod
    def derive(cls, passphrase: str, salt: bytes, iterations: int) -> Key:
        """The key that SQLCipher itself would work out."""
        return cls(hashlib.pbkdf2_hmac("sha512", passphrase.encode(), salt, iterations, 32).hex(), salt.hex())

    @property
    def check(self) -> str:
        """Shows that a key is the right one without showing the key."""
        return hmac.new(bytes.fromhex(self.raw), b"reflect store", "sha256").hexdigest()


def forms(passphrase: str) -> list[str]:
    """A passphrase as its key is made, composed: a Mac may type é as two characters. Then as it was typed."""
    return list(dict.fromkeys([unicodedata.normalize("NFC", passphrase), passphrase]))
