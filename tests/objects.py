"""How many Python objects something is made of: of what tabs share, each that is looked at is copied with its page."""

from __future__ import annotations

import gc
from array import array
from types import ModuleType
from typing import Any


def objects_of(thing: Any) -> int:
    """Lists, dicts, strings, rows of numbers and all else within; not what its classes and functions are made of."""
    seen: dict[int, Any] = {}
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if id(one) not in seen and not isinstance(one, type | ModuleType) and not hasattr(one, "__code__"):
            seen[id(one)] = one
            waiting += [] if isinstance(one, array) else gc.get_referents(one)
    return len(seen)
