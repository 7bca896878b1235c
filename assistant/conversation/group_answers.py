"""Answers that several people or tables of a group gave in one go, each put on a line of its own.

A bar parts two answers when what stands behind it begins with a name and a colon, as in `Table 1: ... | Table 2: ...`.
Records keep lines as they are, and no sign of one table's answer is then read together with another's.
"""

from __future__ import annotations

import re

_NEXT_TABLE = re.compile(r"[ \t]*\|[ \t]*(?=[^\W_][^:|\n]{0,30}:\s)")


def each_on_a_line(words: str) -> str:
    """The same words with a line end in place of each bar between two answers."""
    while (parted := _NEXT_TABLE.sub("\n", words)) != words:
        words = parted  # "|1:|1: ": the first is seen once the second has gone
    return words
