"""Who could be recognised in words about to be kept, and what was chosen to stand for them in a case.

Owns that a choice is asked for once. Which words are a name is `noticing/identifiers.py`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from assistant.store.unlocking import Unlocking

if TYPE_CHECKING:  # and read with the first words that are to be kept
    from assistant.noticing.identifiers import Finder, Noticed


class CaseStandIns:
    """The stand-ins of every case in one store."""

    def __init__(self, finder: Callable[[], Finder], opening: Unlocking) -> None:
        self._finder = finder
        self._opening = opening

    def notice(self, case: str, words: str) -> Noticed:
        """Look through words about to be kept; what was chosen for this case before is put in, and said."""
        from assistant.noticing.identifiers import notice_identifiers

        return notice_identifiers(words, self.finder, self._opening.store().stand_ins(case), case)

    def choose(self, case: str, chosen: Mapping[str, str]) -> None:
        """Remember what stands for each name in this case; the name itself, to leave it and not ask again."""
        from assistant.noticing.identifiers import choices

        for found, stand_in in chosen.items():
            for name, kept in choices(found, stand_in).items():
                self._opening.store().remember_stand_in(case, name, kept)

    @property
    def finder(self) -> Finder:
        """Finds names and numbers in words."""
        return self._finder()
