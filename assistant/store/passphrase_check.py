"""Checks a passphrase: the key made of it is tried on the encrypted file.

Owns what is said where it doesn't open: that the passphrase is wrong, that it was being changed just then, or that it
is right and the file is gone, empty or damaged. Who asks for it, and how long the next try waits, is `unlocking.py`'s.
"""

from __future__ import annotations

from itertools import product

from assistant.store.encrypted_file import EncryptedFile, clear_errors
from assistant.store.key_derivation import SALT, Key, forms
from assistant.store.lock_file import Lock, read_lock
from assistant.store.store_errors import DamagedStoreError, PassphraseError

_SMALLEST = 512
"""Bytes of the smallest page of a database; a shorter file is what a full disk or a crash leaves."""


def check_passphrase(file: EncryptedFile, passphrase: str) -> Key:
    """The key of the file that is there, tried on it.

    Raises PassphraseError when it does not open the file, DamagedStoreError when the passphrase is right and the
    file cannot be read; the file is then in `set_aside`.
    """
    head = _head(file)
    lock = read_lock(file.lock_file)
    if lock is None and not any(head):  # what a crash leaves; no salt is made of nothing but zeros
        raise DamagedStoreError(f"The file {file.path} is empty", file.how_to_restore())
    rounds = {lock.iterations if lock else file.iterations: None, file.iterations: None}
    # as the lock says, and as this program makes them, should the lock be wrong in it
    for words, iterations in product(forms(passphrase), rounds):
        key = Key.derive(words, head, iterations)
        if file.opens(key):
            if lock is None or lock != file.lock_of(key, iterations):
                file.remember(key, iterations)
            return key
    if lock is not None and _proved(lock, passphrase):
        if lock.changing:
            raise PassphraseError(
                "The passphrase was being changed when the program was stopped. Try the other one; nothing is lost."
            )
        aside = file.put_aside("damaged")
        raise DamagedStoreError(
            f"The store is damaged, and its file has been set aside, untouched, as {aside}", file.how_to_restore()
        )
    raise PassphraseError("That passphrase does not open the records. Nothing has been changed; try again.")


def _head(file: EncryptedFile) -> bytes:
    """The salt, which stands first in the file."""
    if not file.path.exists():
        raise DamagedStoreError(f"The file {file.path} is gone", file.how_to_restore())
    if file.path.stat().st_size < _SMALLEST:
        raise DamagedStoreError(f"The file {file.path} is empty", file.how_to_restore())
    with clear_errors(file.folder), file.path.open("rb") as opened:
        return opened.read(SALT)


def _proved(lock: Lock, passphrase: str) -> bool:
    """Whether it is the right one, as the lock tells where the file itself can't."""
    salt = bytes.fromhex(lock.salt)
    return any(lock.proves(Key.derive(words, salt, lock.iterations).check) for words in forms(passphrase))
