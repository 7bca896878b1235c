"""Deleting sessions and cases: to the bin, out of it again, and for good.

Owns that nothing deleted for good is left in a backup. How long is local policy's, `store/retention.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from assistant.store.where_kept import WITH_A_TEAM
from assistant.workspace.open_folder import OpenFolder

if TYPE_CHECKING:  # and read by whoever deletes
    from assistant.store.retention import Receipt
    from assistant.store.store import Kept, Store

BIN_DAYS = 30
"""How long a deleted session can be put back."""


class Deletion:
    """Deletes what one folder keeps."""

    def __init__(self, folder: OpenFolder) -> None:
        self._folder = folder

    def due(self) -> list[Kept]:
        """Sessions kept longer than the local policy says."""
        from assistant.store.retention import due_for_deletion, read_retention

        folder = self._folder
        return due_for_deletion(folder.store.sessions(), read_retention(folder.home), folder.now())

    def put_in_bin(self, session: str) -> None:
        """Delete a session in such a way that it can be put back for `BIN_DAYS`."""
        self._folder.store.put_in_bin(session, self._folder.now())

    def put_back(self, session: str) -> None:
        """Take a session out of the bin."""
        self._folder.store.put_back(session)

    def empty_bin(self) -> int:
        """Forget for good my sessions that have lain in the bin long enough; gives how many."""
        now = self._folder.now()
        binned = self._folder.store.sessions(binned=True)
        due = [kept for kept in binned if kept.mine and kept.binned and now - kept.binned > timedelta(days=BIN_DAYS)]
        for kept in due:
            self.forget_session(kept.session)
        return len(due)

    def forget_session(self, session: str) -> Receipt:
        """Delete one session for good: from the store and its backups."""
        return self._forget(lambda store: store.forget_session(session))

    def forget_case(self, case: str) -> Receipt:
        """Delete everything of one case for good."""
        return self._forget(lambda store: store.forget_case(case))

    def _forget(self, delete: Callable[[Store], dict[str, int]]) -> Receipt:
        """Delete something with the backups that hold it; stopped on the way, it is finished at the next opening.

        Raises StoreError when it cannot be finished now, and says how much of it was done.
        """
        from assistant.store.retention import Receipt

        opening = self._folder.opening
        if opening.database_url is not None:
            return Receipt(self._folder.now(), delete(self._folder.store), WITH_A_TEAM)
        opening.encrypted_file.begin_forgetting()
        deleted = delete(self._folder.store)
        return Receipt(self._folder.now(), {**deleted, "backups": opening.finish_forgetting()})
