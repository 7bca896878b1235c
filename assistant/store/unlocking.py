"""Opens the store: with a passphrase on one person's machine, with an account on a team's database.

A wrong passphrase changes nothing and makes the next try wait a little longer.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from assistant.store import passphrase_choice as secret
from assistant.store.encrypted_file import EncryptedFile
from assistant.store.key_derivation import ITERATIONS, Key
from assistant.store.passphrase_check import check_passphrase
from assistant.store.store_errors import (
    DamagedStoreError,
    LockedError,
    NoPasswordError,
    NotLetInError,
    PassphraseError,
    StoreError,
)
from assistant.store.where_kept import SEVERAL
from assistant.to_type import to_type

if TYPE_CHECKING:
    from assistant.store.store import Store

LONGEST_WAIT_S = 60


class Unlocking:
    """The way to the one store of a folder."""

    def __init__(
        self,
        home: Path,
        clock: Callable[[], datetime],
        *,
        environment: Mapping[str, str] = os.environ,
        iterations: int = ITERATIONS,
        sleep: Callable[[float], None] | None = None,
    ) -> None:
        self.encrypted_file = EncryptedFile(home / "store", iterations=iterations)
        self._clock = clock
        self._environment = environment
        self._sleep = sleep or time.sleep
        self._store: Store | None = None
        self._key: Key | None = None
        self.notice: str | None = None
        """What somebody should be told of the opening, if anything."""
        self._wrong = 0
        self._login = ""
        self._by_hand = False
        """Somebody signed in by typing, and does so again after the records were locked."""
        self._opening = RLock()

    @property
    def database_url(self) -> str | None:
        """Where the team's database is, if there is one."""
        return self._environment.get("REFLECT_DATABASE_URL") or None

    @property
    def new(self) -> bool:
        """Nothing was kept here before, so a passphrase is still to be chosen."""
        return self.database_url is None and not self.encrypted_file.exists

    def store(self) -> Store:
        """The open store; opened without asking anybody, where that can be done.

        Raises LockedError when somebody has to be asked first.
        """
        with self._opening:
            if self._store is None:
                self._open_unattended()
            if self._store is None and self.database_url is not None:
                raise LockedError(
                    f"The team's database asks who you are; run {to_type()} in a terminal and sign in, or put your "
                    "password where PostgreSQL's programs look for it: ~/.pgpass."
                )
            if self._store is None:
                raise LockedError(
                    "The records are locked; put the passphrase in a file that only you can read and name it in "
                    f"REFLECT_PASSPHRASE_FILE, or run {to_type()} in a terminal and type it."
                )
            return self._store

    def key(self) -> Key:
        """The key of the file that is open."""
        self.store()
        if self._key is None:
            raise StoreError("The team's database is backed up where it runs; ask whoever looks after it.")
        return self._key

    def set_passphrase(self, passphrase: str) -> None:
        """Choose the passphrase of a new store, and open it.

        Raises PassphraseError when it is too short, StoreError when there is a store already.
        """
        if not self._made(secret.accepted(passphrase)):
            raise StoreError("There are records here already; open them with their passphrase.")

    def unlock(self, passphrase: str) -> None:
        """Open the store that is there; after each wrong passphrase the next try waits twice as long.

        Raises PassphraseError when it is wrong, DamagedStoreError when the file cannot be read.
        """
        with self._opening:
            self._wait_after_a_wrong_one()
            try:
                with self.encrypted_file.alone():
                    self._open(check_passphrase(self.encrypted_file, passphrase))
            except PassphraseError:
                self._wrong += 1
                raise
            self._wrong = 0

    # A team's database

    @property
    def login(self) -> str:
        """Who is to sign in: whoever was last signed in here, or whose name the address has; empty for anybody."""
        from assistant.store.team_address import login_in  # SQLAlchemy takes 0.2 s, and only a team's address needs it

        return self._login or login_in(self.database_url or "")

    @property
    def opens_by_itself(self) -> bool:
        """Nobody has to type anything: a file, the keyring or an address says it all."""
        if self.database_url is not None:
            return not self._by_hand
        return bool(self._environment.get("REFLECT_PASSPHRASE_FILE")) or self._in_keyring.exists()

    @property
    def asks_again(self) -> bool:
        """Somebody has to type something after the records were locked."""
        return self.database_url is None or self._by_hand

    def sign_in(self, login: str, password: str) -> None:
        """Open the team's database as one person, who has just typed their password.

        After they left, only the same person comes back to what is on screen. Each wrong try makes the next wait.
        Raises NotLetInError when the server does not let them in, StoreError when it cannot be reached.
        """
        from assistant.store.postgres import TeamDatabase
        from assistant.store.store import Store
        from assistant.store.team_address import signed_in

        with self._opening:
            if self.login and login != self.login:
                raise NotLetInError(f"{self.login} signs in here. For somebody else, leave Reflect and start it again.")
            if not login or not password:
                raise NotLetInError("Type your name and your password.")
            self._wait_after_a_wrong_one()
            try:
                self._store = Store(TeamDatabase(signed_in(self.database_url or "", login, password), typed=True))
            except NotLetInError:
                self._wrong += 1
                raise
            self._wrong, self._login, self._by_hand = 0, login, True

    def change_passphrase(self, old: str, new: str) -> None:
        """Let another passphrase open the records; backups that the old one opens are replaced by a new one.

        Raises PassphraseError when the old one is wrong or the new one too short, and then nothing has changed.
        """
        with self._opening:
            secret.accepted(new)
            self.unlock(old)
            self.lock()
            with self.encrypted_file.alone():
                key = check_passphrase(self.encrypted_file, old)
                self.encrypted_file.begin_forgetting()  # the backups that the old passphrase opens
                key = self.encrypted_file.rekey(key, new)
                self.forget_passphrase()
                self._open(key)

    def remember_passphrase(self, passphrase: str) -> None:
        """Keep the passphrase in the system's keyring, as the user agreed.

        Raises PassphraseError where there is none.
        """
        secret.into_keyring(self.encrypted_file.folder, passphrase)
        self._in_keyring.touch(mode=0o600)

    def forget_passphrase(self) -> None:
        """Take the passphrase out of the system's keyring; it is asked for again from now on."""
        if self._in_keyring.exists():
            secret.out_of_keyring(self.encrypted_file.folder)
            self._in_keyring.unlink()

    def unattended(self) -> str | None:
        """The passphrase from its file or the system's keyring, where one was put there.

        Raises PassphraseError when it is there and may not be read.
        """
        passphrase = secret.from_file(self._environment)
        if passphrase is None and self._in_keyring.exists():
            passphrase = secret.from_keyring(self.encrypted_file.folder)
        return passphrase

    def finish_forgetting(self) -> int:
        """Leave no trace of what was deleted, in the store and in its backups; gives how many of these went.

        Raises StoreError when that cannot be done now; it is tried again at the next opening.
        """
        try:
            self.store().compact()
            return self.encrypted_file.finish_forgetting(self.key(), self._clock())
        except StoreError as error:
            raise StoreError(
                "What was deleted is gone from the records, but traces of it and old backups are still there. "
                f"That is finished the next time Reflect is opened. {error}"
            ) from error

    def lock(self) -> None:
        """Close the store; it asks for its passphrase again."""
        with self._opening:
            if self._store is not None:
                self._store.close()
            self._store = self._key = None

    def _wait_after_a_wrong_one(self) -> None:
        if self._wrong:
            self._sleep(min(2 ** (self._wrong - 1), LONGEST_WAIT_S))

    def _open_unattended(self) -> None:
        if self.database_url is not None:
            self._open_team(self.database_url)
            return
        passphrase = self.unattended()
        if passphrase is None:
            return
        try:
            made = not self.encrypted_file.exists and self._made(secret.accepted(passphrase))
            if not made:  # or another process was first, with the same file
                self.unlock(passphrase)
        except PassphraseError:
            if secret.from_file(self._environment) is not None:
                raise
            self._wrong = 0  # what the keyring has was changed since: it is asked for, and nobody guessed

    def _open_team(self, url: str) -> None:
        """As whose address it is; somebody has to sign in where they did before, or where the server asks for it."""
        from assistant.store.postgres import TeamDatabase
        from assistant.store.store import Store
        from assistant.store.team_address import login_in

        if self._by_hand or (self._environment.get(SEVERAL) and not login_in(url)):
            return
        with suppress(NoPasswordError):
            self._store = Store(TeamDatabase(url))

    def _made(self, passphrase: str) -> bool:
        """Whether there was no store, and now there is one, open."""
        with self._opening, self.encrypted_file.alone():
            if self.encrypted_file.exists:
                return False
            key = self.encrypted_file.new_key(passphrase)
            self._open(key)
            self.encrypted_file.remember(key)
            return True

    def _open(self, key: Key) -> None:
        from assistant.store.sqlite import SqlcipherDatabase
        from assistant.store.store import Store

        now = self._clock()
        self.encrypted_file.sweep()
        file = SqlcipherDatabase(self.encrypted_file, key, now)
        if missing := file.lost():
            file.accept_loss()
            file.close()
            raise DamagedStoreError(
                f"The last {missing} changes to the records are missing: the file beside them that held these was lost "
                "or damaged",
                f"open them again to go on with what is there, or run `{to_type('restore')}`.",
                partly=True,
            )
        self._store = Store(file)
        self._key = key
        self.notice = self._finished() or self.encrypted_file.back_up_daily(key, now)

    def _finished(self) -> str | None:
        """Finish what was stopped while something was deleted for good; gives the sentence for a person if it was."""
        if not self.encrypted_file.forgetting:
            return None
        try:
            self.finish_forgetting()
        except StoreError as error:
            return str(error)
        return "The backups were made anew, without what had been deleted for good."

    @property
    def _in_keyring(self) -> Path:
        return self.encrypted_file.folder / "in-keyring"
