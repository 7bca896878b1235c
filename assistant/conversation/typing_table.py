"""Words as people type and say them, put as they are mostly written: "wot shud i do" is "what should i do".

Only for telling what a question asks; nothing is shown so. The table is `typing` of `prompts/asked-us.yaml`. Knows
nothing of questions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Written:
    """Words as they are mostly written, and where each character of them was typed."""

    words: str
    _places: tuple[int, ...]

    def typed_at(self, place: int) -> int:
        """Where the words as they were typed have what begins at `place` of these."""
        return self._places[place]


class Typing:
    """Puts words as they are mostly written."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._table = {self._key(typed): written for typed, written in table.items()}

    def written(self, words: str) -> Written:
        """The words with what the table has for them."""
        parts: list[str] = []
        places: list[int] = []
        done = 0
        for found in self._typed.finditer(words) if self._typed else ():
            written = self._table[self._key(found[0])]
            parts += words[done : found.start()], written
            places += (*range(done, found.start()), *(found.start() for _ in written))
            done = found.end()
        return Written("".join((*parts, words[done:])), (*places, *range(done, len(words) + 1)))

    @cached_property
    def _typed(self) -> re.Pattern[str] | None:
        longest_first = sorted(self._table, key=len, reverse=True)
        either = "|".join(re.escape(typed).replace(r"\ ", r"\s+").replace("'", "['’]") for typed in longest_first)
        return re.compile(rf"(?<![\w’'])(?:{either})(?![\w’'])", re.IGNORECASE) if either else None

    def _key(self, typed: str) -> str:
        return _SPACE.sub(" ", typed.casefold().replace("’", "'"))
