"""The sentences of each line of an account: people end a thought with a line as often as with a full stop.

Many type no capitals, so a small letter may begin a sentence too. None is ever cut where its writer put no stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.lazy_patterns import late
from assistant.language.sentences import is_abbreviated, sentences
from assistant.language.spans import Span

_TYPED_END = late(r"(?<![.…])(?:\.(?!\.)|[!?]+)[)\"”’']?(?P<gap>\s+)(?=[a-z])")
"""A stop after which a small letter goes on; three dots are no stop."""
_LONGEST_LABEL = 80
"""Characters: as far back as is looked to know an abbreviation."""


def sentences_of(text: str) -> Iterator[list[Span]]:
    """The sentences of each line that has any."""
    at = 0
    for line in text.split("\n"):
        found = [(at + start, at + end) for span in sentences(line) for start, end in _as_typed(line, *span)]
        if found:
            yield found
        at += len(line) + 1


def sentences_in(text: str) -> Iterator[Span]:
    """All of them."""
    return (span for line in sentences_of(text) for span in line)


def _as_typed(line: str, start: int, end: int) -> Iterator[Span]:
    for stop in _TYPED_END.finditer(line, start, end):
        before = line[max(start, stop.start() - _LONGEST_LABEL) : stop.start()]
        if is_abbreviated(before) or _is_quoted(line[start : stop.start("gap")]):
            continue
        yield start, stop.start("gap")
        start = stop.end()
    yield start, end


def _is_quoted(words: str) -> bool:
    """A quotation that was opened goes on; one that ended is followed by who said it."""
    inside = words.count('"') % 2 == 1 or words.count("“") > words.count("”")
    return inside or re.search(r"[\"”]\s*\Z", words) is not None
