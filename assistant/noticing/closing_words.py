"""The same parts as `closing_reader.py` finds, by the few words that are sure: lines by their numbers, "me", a day.

Used where the encoder's weights are not installed, and for sessions kept before answers were read in parts. Says less
rather than something false: a clause that it doesn't know is no part of anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from assistant.language.dates import dates
from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.noticing.line_edits import over
from assistant.noticing.lines_named import lines_named
from assistant.noticing.observations import Span
from assistant.noticing.reading import Part, PartKind

_CLAUSE_ENDS = late(r"[,;]\s+|\s+[-–—]\s+|\s+(?:and|but)\s+(?=(?:number\s+)?\d)")
_DOES: tuple[tuple[PartKind, re.Pattern[str]], ...] = (
    ("order", late(r"\b(?:swap|first|last|before|after|top|bottom)\b", re.IGNORECASE)),
    ("join", late(r"\b(?:same|together|one\s+thing)\b", re.IGNORECASE)),
    ("split", late(r"\b(?:split|two\s+things|separate)\b", re.IGNORECASE)),
    ("done", late(r"\b(?:done|sorted|already)\b", re.IGNORECASE)),
    (
        "drop",
        late(
            r"\b(?:drop|strike|delete|remove|scrap|gone|out|off|isn['’]?t\s+a\s+step|not\s+a\s+step)\b", re.IGNORECASE
        ),
    ),
    ("keep", late(r"\b(?:right|fine|ok(?:ay)?|good|stays?|yes)\W*\Z", re.IGNORECASE)),
)
_MOST_WORDS_OF_A_NAME = 3
_WHO = late(
    r"\b(?:(?P<me>me|myself|i['’]ll|i\s+will)\b|(?:is|to|by|for)\s+(?P<who>(?:the\s+|my\s+)?(?-i:[A-Z])[\w.]+))",
    re.IGNORECASE,
)
_ENOUGH = late(
    r"\W*(?:(?:that['’]?ll|that\s+will|it['’]?ll|the\s+rest['’]?ll|the\s+rest\s+will)\s+do|that['’]?s\s+(?:it|all|fine|right|everything)|leave\s+it"
    r"|(?:the\s+rest|everything\s+else)['’]?s?\s+(?:is\s+)?(?:fine|right|ok(?:ay)?)|never\s+mind|i['’]?ve\s+got\s+to\s+go)\W*",
    re.IGNORECASE,
)


def parts_by_words(answer: str, lines: int, today: date, *, asked_of_them: bool = False) -> tuple[Part, ...]:
    """What an answer surely says of `lines` lines; where it was `asked_of_them`, who and when need no number."""
    named = tuple(lines_named(answer, lines))
    clauses = _clauses(answer, [span for span, _ in named])
    meant = [
        (span, tuple(chain.from_iterable(held for at, held in named if span[0] <= at[0] < span[1]))) for span in clauses
    ]
    known = [
        part
        for span, held in meant
        for part in _said(answer, span, held or (tuple(range(lines)) if asked_of_them else ()), today)
    ]
    return over(known, answer, lines)


def _clauses(answer: str, whole: Sequence[Span]) -> Iterator[Span]:
    """The clauses of an answer; numbers that are named together stay `whole`."""
    for start, end in spoken_sentences(answer):
        at = start
        for cut in _CLAUSE_ENDS.finditer(answer, start, end):
            if any(first < cut.end() and cut.start() < last for first, last in whole):
                continue
            yield at, cut.start()
            at = cut.end()
        yield at, end


def _said(answer: str, span: Span, lines: tuple[int, ...], today: date) -> Iterator[Part]:
    words = answer[slice(*span)]
    kind: PartKind | None = (
        "enough" if _ENOUGH.fullmatch(words) else "question" if words.rstrip().endswith("?") else None
    )
    if kind is not None:
        yield Part(kind=kind, span=span)
    elif lines and (kind := next((kind for kind, pattern in _DOES if pattern.search(words)), None)):
        yield Part(kind=kind, span=span, lines=lines)
    elif lines:
        yield from _who_and_when(words, span, lines, today)


def _who_and_when(words: str, span: Span, lines: tuple[int, ...], today: date) -> Iterator[Part]:
    days = dates(words, today)
    who = next(
        (
            found.span("me" if found["me"] else "who")
            for found in _WHO.finditer(words)
            if not any(day.start < found.end() and found.start() < day.end for day in days)
        ),
        None,
    )
    if who is None and not days and len(words.split()) <= _MOST_WORDS_OF_A_NAME:
        who = (0, len(words.rstrip(" .")))
    if who is not None:
        yield Part(kind="who", span=(span[0] + who[0], span[0] + who[1]), lines=lines)
    for day in days:
        yield Part(kind="when", span=(span[0] + day.start, span[0] + day.end), lines=lines)
