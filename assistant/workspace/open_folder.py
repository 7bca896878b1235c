"""One folder of kept things, opened: its records, its prompts, its library, and what is to be followed up.

Owns what is opened once and shared. What is done with it is the business of the other modules of this room.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.conversation.prompts import Prompts, load_prompts
from assistant.retrieval.results import SearchResult
from assistant.store.key_derivation import ITERATIONS
from assistant.store.store_errors import LockedError
from assistant.store.unlocking import Unlocking
from assistant.workspace.case_stand_ins import CaseStandIns
from assistant.workspace.library_search import LibrarySearch
from assistant.workspace.session_knowledge import SessionKnowledge

if TYPE_CHECKING:  # and read where they are wanted: what is not needed for a first question takes 0.2 s
    from assistant.followup.follow_ups import FollowUps
    from assistant.store.store import Store


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


def _new_id() -> str:
    return f"{_now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


class OpenFolder:
    """What everything that works on one folder shares."""

    def __init__(
        self,
        home: Path,
        *,
        search: Callable[[str], SearchResult] | None = None,
        clock: Callable[[], datetime] = _now,
        new_id: Callable[[], str] = _new_id,
        iterations: int = ITERATIONS,
    ) -> None:
        """`search` answers in the place of the library."""
        self.home = home
        self.now = clock
        self.new_id = new_id
        self.opening = Unlocking(home, clock, iterations=iterations)
        self._files = home
        self._search = search

    @property
    def locked(self) -> bool:
        """Somebody has to type the passphrase; tries first to open the records without. Call it from a thread.

        Raises StoreError when the records cannot be opened for another reason.
        """
        try:
            self.opening.store()
        except LockedError:
            return True
        return False

    @property
    def store(self) -> Store:
        """The open store.

        Raises LockedError when somebody has to be asked for the passphrase first.
        """
        return self.opening.store()

    @property
    def follow_ups(self) -> FollowUps:
        """Actions and escalations, and what of them is due."""
        from assistant.followup.follow_ups import FollowUps  # with the store, beside the first screen

        return FollowUps(self.store, self.prompts.ladder, self.now)

    @cached_property
    def prompts(self) -> Prompts:
        """The questions and journeys, the user's own in place of the shipped ones."""
        return load_prompts(self._files)

    @cached_property
    def learning(self) -> LibrarySearch:
        """The library, and the search over it."""
        return LibrarySearch(self.home, self._files, self._search)

    @cached_property
    def knowledge(self) -> SessionKnowledge:
        """What sessions look things up in."""
        return SessionKnowledge(self.home, self._files, self.prompts, self.learning)

    @cached_property
    def stand_ins(self) -> CaseStandIns:
        """Finds who could be recognised, and remembers what stands for them."""
        return CaseStandIns(lambda: self.knowledge.finder, self.opening)

    def leave_own_files(self) -> None:
        """Go on with the questions and lexicon that came with the program, while the user's own have mistakes in them.

        Nothing of the user's is touched; the next start reads them again.
        """
        self._files = self.home / "as-shipped"
        for held in ("prompts", "learning", "knowledge", "stand_ins"):
            vars(self).pop(held, None)
