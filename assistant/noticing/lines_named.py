"""Where an answer names lines of a page by their numbers: "2", "number two", "3 and 4".

Owns which numbers count something else (a time, a day, "three weeks"). Knows nothing of what is said of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.lazy_patterns import late
from assistant.noticing.observations import Span

_NUMBER = late(
    r"(?<![\d.:/£])\b(?:number\s+)?(?P<number>[1-9]\d?|one|two|three|four|five|six|seven)\b"
    r"(?!\s*(?:(?:am|pm|o['’]?clock|st|nd|rd|th)\b|weeks?|days?|months?|years?|minutes?|mins|hours?|hrs|times?|of\b|more\b|or\b|things?\b|each\b|%)|[-.:/]\d|\d)",
    re.IGNORECASE,
)
_BEFORE_NO_NUMBER = late(
    r"\b(?:at|by|till|until|before|after|past|around|about|the|this|that|no|another|any|every|which|only|just|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\s+\Z",
    re.IGNORECASE,
)
"""Before a time of day, or one that is no number."""
_TOGETHER = late(r"\s*(?:,|and|&|\+|with|or)\s*", re.IGNORECASE)
_THROUGH = late(r"\s*(?:to|through|–|-)\s*", re.IGNORECASE)
_NUMBERS = {word: number for number, word in enumerate("one two three four five six seven".split(), start=1)}
_GOES_ON = late(r"\W*(?:is|isn|['’]s|should|and|me\b|needs|can|was|wants)", re.IGNORECASE)
"""After a number that is written as a word."""


def lines_named(answer: str, lines: int) -> Iterator[tuple[Span, tuple[int, ...]]]:
    """Where each is named, as characters, with its place from 0; several at once stand together."""
    held: list[int] = []
    start = end = 0
    for found in _NUMBER.finditer(answer):
        number = _NUMBERS.get(found["number"].lower()) or int(found["number"])
        in_words = not found["number"].isdigit() and not found[0].lower().startswith("number")
        if number > lines or _BEFORE_NO_NUMBER.search(answer, max(0, found.start() - 12), found.start()):
            continue
        if in_words and not _GOES_ON.match(answer, found.end()):
            continue
        if held and _THROUGH.fullmatch(answer, end, found.start()) and held[-1] < number - 1:
            held += range(held[-1] + 1, number)
        elif held and _TOGETHER.fullmatch(answer, end, found.start()):
            held.append(number - 1)
        else:
            if held:
                yield (start, end), tuple(held)
            held, start = [number - 1], found.start()
        end = found.end()
    if held:
        yield (start, end), tuple(held)
