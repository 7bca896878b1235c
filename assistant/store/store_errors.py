"""What can go wrong with what is kept; each message is one sentence that says what to do.

StoreError                  the store could not be read or written
+-- LockedError             it needs its passphrase first, or in a team's database somebody who signs in
+-- PassphraseError         the passphrase is wrong, or cannot be taken from where it should be
+-- DamagedStoreError       the file cannot be read although the passphrase is right
+-- ServerGoneError         the team's server went away, and may be back in a moment
+-- NotLetInError           the team's server does not let this name and password in
|   +-- NoPasswordError     it was given none and wants one
+-- ClashError              what was to be kept stands there already, or what it belongs to is gone
+-- UnreadableSessionError  one session cannot be read; the others can
+-- FileThereError          an export would replace a file
"""

from __future__ import annotations

from assistant.errors import ReflectError


class StoreError(ReflectError):
    """The store could not be read or written; the message says what to do."""


class LockedError(StoreError):
    """The store is shut and nothing here can open it."""


class PassphraseError(StoreError):
    """The passphrase is wrong, too short, or in a file that others can read."""


class DamagedStoreError(StoreError):
    """The file of the store cannot be read with the right passphrase."""

    def __init__(self, happened: str, then: str, *, partly: bool = False) -> None:
        super().__init__(f"{happened}; {then}")
        self.happened = happened
        """The same without what to do at a command line, for a face that can do it itself."""
        self.partly = partly
        """Other parts of the file can still be read."""


class ServerGoneError(StoreError):
    """The team's server does not answer; it may be starting again."""


class NotLetInError(StoreError):
    """The team's server does not let this name and password in."""


class NoPasswordError(NotLetInError):
    """The team's server wants a password, and none was given."""


class ClashError(StoreError):
    """What was to be kept stands there already, or what it belongs to doesn't."""

    def __init__(self) -> None:
        super().__init__("What this belongs to was changed or taken away in another window; start Reflect again.")


class UnreadableSessionError(StoreError):
    """One session cannot be read: a newer program kept it, or it is damaged."""


class FileThereError(StoreError):
    """There is a file of that name already; somebody has to say that it may go."""
