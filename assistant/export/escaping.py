"""People's words as Markdown that shows them as typed: `[Child A]`, `# not a heading`, `<b>` and `1.` alike.

Only what Markdown would take for markup is escaped, so that the file still reads well in a plain editor.
"""

from __future__ import annotations

import re

_ANYWHERE = re.compile(r"([\\`*_\[\]|])|(~)(?=~)|(<)(?=[A-Za-z/!?])|(&)(?=#?\w+;)")
_LINE_START = re.compile(r"^([#>+=-])|^(\d+)(?=[.)])|^(~)(?=~)")


class Marked(str):
    """Text that is Markdown already."""

    __slots__ = ()


def inline(words: str) -> Marked:
    """Words within a line; line ends become spaces."""
    return _escaped(" ".join(words.split()))


def quoted(words: str) -> Marked:
    """Words as a quotation, line by line; an empty line parts two paragraphs."""
    lines = [_escaped(line.strip()) for line in words.strip().splitlines()] or [Marked()]
    quotation = []
    for number, line in enumerate(lines):
        goes_on = line and number + 1 < len(lines) and lines[number + 1]
        quotation.append(f"> {line}{chr(92) if goes_on else ''}".rstrip(" "))
    return Marked("\n".join(quotation))


def _escaped(line: str) -> Marked:
    anywhere = _ANYWHERE.sub(lambda found: "\\" + found[0], line)
    return Marked(_LINE_START.sub(lambda found: f"{found[2]}\\" if found[2] else "\\" + found[0], anywhere))
