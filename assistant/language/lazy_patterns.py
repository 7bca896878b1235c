"""Patterns that are compiled when they are first used.

Those of the whole program take 0.1 s of processor, and no first question needs a tenth of them. Knows nothing of what
any of them says. A process that others are forked from compiles all of them beforehand, so that they're shared.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, cast

_ALL: list[_Late] = []


class _Late:
    """Stands for a pattern; whatever is looked up in it is looked up once."""

    def __init__(self, words: str, flags: int) -> None:
        self._made_of = words, flags
        _ALL.append(self)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(*self._made_of)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.compiled, name)
        setattr(self, name, found)
        return found


def late(words: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern that `re.compile` would make; a mistake in it shows at its first use."""
    return cast("re.Pattern[str]", _Late(words, flags))


def compile_all() -> None:
    """Compile every pattern of the modules that were imported."""
    for pattern in _ALL:
        pattern.compiled  # noqa: B018 - looked at so that it's made
