"""What is piped into a command: one account or query a line, none so long that it would keep the program busy.

Owns how such a line is read as a JSON object, where it is one.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from assistant.errors import ReflectError

MOST_CHARACTERS = 20_000
"""Six pages. It is read in a second; half a million characters took forty."""


def within_reason(words: str, line: int = 1) -> str:
    """The words as they are. Raises ReflectError when there are too many."""
    if len(words) > MOST_CHARACTERS:
        raise ReflectError(
            f"Line {line} has {len(words):,} characters; {MOST_CHARACTERS:,} at the most. Give it in several parts."
        )
    return words


def piped_lines() -> Iterator[str]:
    """Each line of standard input, without its end; whatever is not UTF-8 in it is replaced.

    Raises ReflectError for a line that is too long.
    """
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    for number, line in enumerate(sys.stdin, 1):
        yield within_reason(line.rstrip("\r\n"), number)


def object_in(line: str) -> dict[str, object] | None:
    """The JSON object that a line is; None where it is words, or nested too deep to be read."""
    if not line.lstrip().startswith("{"):
        return None
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None
