"""Copying the whole store and bringing a copy back, for whoever has the passphrase.

Owns which copy is brought back. How copies are kept is `store/backups.py`'s.
"""

from __future__ import annotations

from pathlib import Path

from assistant.store.store_errors import StoreError
from assistant.workspace.open_folder import OpenFolder


class BackingUp:
    """The copies of one folder's store."""

    def __init__(self, folder: OpenFolder) -> None:
        self._opening = folder.opening
        self._now = folder.now

    def back_up(self, to: Path | None = None) -> Path:
        """Copy the whole store, encrypted as it is, to its backups or to a file."""
        return self._opening.encrypted_file.backup(self._opening.key(), self._now(), to=to)

    def last_good(self, passphrase: str | None = None) -> Path | None:
        """The backup that `restore` brings back, if there is one; without a passphrase it is not tried.

        Call it from a thread.
        """
        file = self._opening.encrypted_file
        passphrase = passphrase or self._opening.unattended()
        return file.last_good(passphrase) if passphrase else next(iter(file.backups.all()), None)

    def restore(self, passphrase: str, backup: Path | None = None) -> Path | None:
        """Put a backup in the place of the store, the last good one unless one is named; gives where the old one went.

        Raises StoreError when there is none, PassphraseError when the passphrase does not open it.
        """
        file = self._opening.encrypted_file
        kept = file.backups.all()
        if backup is None and not kept:
            raise StoreError("There is no backup here to restore; name the file that holds one.")
        self._opening.lock()
        return file.restore(passphrase, backup or file.last_good(passphrase) or kept[0], self._now())
