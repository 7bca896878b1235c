"""Whose steps are said to be: "they're all me", "it's me for 2 and 3", "Bel's check is me", "the dentist, that's me".

Owns the few words in which somebody takes steps on, with the day where one is named beside it. Knows nothing of the
question they answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.conversation.typed_parts import names, sentences_and_clauses
from assistant.language.dates import Named, dates
from assistant.language.late_patterns import late
from assistant.noticing.observations import Span
from assistant.noticing.reading import Step

NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_ONE = rf"(?:\d|{'|'.join(NUMBERS)})\b"
_SEVERAL = rf"(?:steps?\s+|numbers?\s+)?(?P<numbers>\b{_ONE}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s+){_ONE})*)"
_MINE = r"(?:me|mine|for\s+me|down\s+to\s+me|my\s+(?:job|one|ones))\b(?!\s+(?:just\s+|only\s+)?\w+ing\b)"
_BY_NUMBER = (
    late(rf"\b(?:me|mine)\s+for\s+{_SEVERAL}(?!\s+(?:of|thing))", re.IGNORECASE),
    late(rf"{_SEVERAL}\s+(?:is|are)\s+(?:all\s+|both\s+)?{_MINE}", re.IGNORECASE),
)
_ALL = late(
    rf"\b(?:they(?:['’]?re|\s+are)|these\s+are|those\s+are|it(?:['’]?s|\s+is)|that(?:['’]?s|\s+is))\s+(?:all|both)\s+(?:of\s+(?:them|it)\s+)?{_MINE}"
    rf"|^\W*(?:(?:and|yes|no|sorry|well)\W+)*(?:all|both)\s+(?:of\s+(?:them|it|those)\s+)?(?:are\s+|is\s+)?{_MINE}"
    r"|\bme\s+for\s+(?:all|both|the\s+lot|everything)\b|\bi['’]?m\s+doing\s+(?:them\s+all|all\s+of\s+(?:them|it)|the\s+lot|both)\b",
    re.IGNORECASE,
)
_THAT_IS_ME = late(
    rf"^\W*(?:(?:and|so|but)\s+)?(?:that['’]?s|it['’]?s|that\s+is|which\s+is)\s+(?:also\s+)?{_MINE}", re.IGNORECASE
)
_IS_ME = late(
    rf"^(?P<what>.*\w)(?:\s+(?:is|are)\s+(?:also\s+)?{_MINE}|['’]s\s+(?:also\s+)?(?:me|mine)\s+too\b)(?!\s+(?:and|or|who|that)\b)",
    re.IGNORECASE,
)
_MEANT_ME = late(r"^(?P<what>.*\w)\W+i\s+(?:meant|said)\s+me\b", re.IGNORECASE)
_ME_FOR = late(
    r"^\W*(?:and\s+)?(?:it['’]?s\s+)?me\s+(?:now\s+|today\s+|tonight\s+|tomorrow\s+)?for\s+(?P<what>\D+)$",
    re.IGNORECASE,
)
_WHOSE = late(r"\b(\w+)['’]s\b")
_LEADS_IN = late(r"^\W*(?:(?:and|but|so|oh|um|also)\W+)*", re.IGNORECASE)
_NOT_THERE = late(
    r"(?:\s+|['’]s\s+|(?<=\w)s\s+)(?:has\s+|have\s+|is\s+|are\s+)?(?:dropped\s+off|fallen\s+off|missing|gone|(?:isn['’]?t|not)\s+(?:on\s+)?there)\b.*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Claim:
    """Steps that somebody says are theirs."""

    spans: tuple[Span, ...]
    """The clauses of the answer that say it."""
    everything: bool = False
    numbers: tuple[int, ...] = ()
    what: str = ""
    """In their words, where it is one step that is named."""
    day: Named | None = None
    by_words: str = ""

    def places(self, steps: Sequence[Step]) -> tuple[int, ...]:
        """Which of these steps it takes on."""
        if self.everything:
            return tuple(place for place, step in enumerate(steps) if not step.who)
        if self.numbers:
            return tuple(number - 1 for number in self.numbers if number <= len(steps))
        best = nearest(self.what, steps)
        return () if best is None else (best,)


def nearest(words: str, steps: Sequence[Step]) -> int | None:
    """The step that is meant by these words; None where none says half of them, or is about another's."""
    said, whose = names(words), names(" ".join(_WHOSE.findall(words)))
    found = [names(step.text) for step in steps]
    shared = [len(said & one) if whose <= one else 0 for one in found]
    best = max(range(len(steps)), key=lambda place: (shared[place], not steps[place].who), default=None)
    return best if best is not None and shared[best] and 2 * shared[best] >= len(said) else None


def claims(answer: str, today: date) -> Iterator[Claim]:
    """Every step that an answer takes on, in order."""
    for sentence, clauses in sentences_and_clauses(answer):
        whole = answer[slice(*sentence)]
        if by_number := next((found for pattern in _BY_NUMBER if (found := pattern.search(whole))), None):
            first, last = sentence[0] + by_number.start(), sentence[0] + by_number.end()
            held = tuple(one for one in clauses if one[0] < last and first < one[1])
            yield Claim(held, numbers=tuple(map(_number, re.findall(_ONE, by_number["numbers"], re.IGNORECASE))))
            continue
        for place, span in enumerate(clauses):
            words = answer[slice(*span)]
            if _ALL.search(words):
                yield Claim((span,), everything=True)
            elif (found := _IS_ME.match(words) or _MEANT_ME.match(words) or _ME_FOR.match(words)) and names(
                found["what"]
            ):
                yield _dated(answer, clauses, place, (span,), found["what"], today)
            elif _THAT_IS_ME.match(words) and place and names(answer[slice(*clauses[place - 1])]):
                what = answer[slice(*clauses[place - 1])]
                yield _dated(answer, clauses, place, (clauses[place - 1], span), what, today)


def _dated(answer: str, clauses: Sequence[Span], place: int, spans: tuple[Span, ...], what: str, today: date) -> Claim:
    """With the day that stands in the same clause or alone in the next."""
    here = dates(answer[slice(*clauses[place])], today)
    text = answer[slice(*clauses[place])]
    if not here and place + 1 < len(clauses):
        after = answer[slice(*clauses[place + 1])]
        if (here := dates(after, today)) and not names(_without(after, here)):
            text, spans = after, (*spans, clauses[place + 1])
        else:
            here = []
    day = here[0] if here else None
    bare = _NOT_THERE.sub("", _LEADS_IN.sub("", what)).strip(" .,;")
    return Claim(spans, what=bare, day=day, by_words=text[day.start : day.end] if day else "")


def _without(words: str, found: Sequence[Named]) -> str:
    for named in reversed(found):
        words = words[: named.start] + words[named.end :]
    return words


def _number(word: str) -> int:
    return NUMBERS.get(word.lower(), 0) or int(word)
