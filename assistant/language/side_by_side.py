"""Two pieces of work at once, where there are two processors: each does what it would alone.

NumPy lets go of the interpreter while it works. No thread outlives the work: a process forked later would wait for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

One = TypeVar("One")
Other = TypeVar("Other")


def side_by_side(one: Callable[[], One], other: Callable[[], Other]) -> tuple[One, Other]:
    """What both give. Neither may change what the other looks at."""
    if (os.cpu_count() or 1) == 1:
        return one(), other()
    with ThreadPoolExecutor(max_workers=1) as processor:
        beside = processor.submit(one)
        here = other()
        return beside.result(), here
