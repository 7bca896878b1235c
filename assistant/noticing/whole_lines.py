"""An answer to who does what, kept whole: a line for each number that was typed, and none of it lost.

A job that nothing read as one would be on no page and done by nobody; one too many is seen there and taken off. Owns
which sentences of such an answer are lines all the same. Knows nothing of how its parts are read, or of the page.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.language.lazy_patterns import late
from assistant.language.spans import Span, holding, overlaps
from assistant.noticing.plan_words import PlanWords
from assistant.noticing.planned_steps import as_read, step_of, whose
from assistant.noticing.reading import Part, PartKind, Step
from assistant.noticing.step_wording import says_what_is_done, to_stops

FEWEST_WORDS = 4
MOST_WORDS = 30
"""Of a sentence that is a line: longer ones tell something."""
_NUMBER = late(
    r"(?P<begins>\A\W{0,3}|[\n.;:!?,]\s*)?(?<!\d)(?P<number>\d{1,2})(?P<style>\s*[.):–-])?\s+(?=[^\W\d])"
    r"(?!(?:am|pm|times?|days?|weeks?|hours?|hrs?|minutes?|mins?|months?|years?|of|or|per|to|at|january|february|march|april|may|june|july"
    r"|august|september|october|november|december)\b)",
    re.IGNORECASE,
)
_COUNTS = late(
    r"\b(?:at|by|in|within|or|of|the|for|about|around|until|till|before|after|than|take|with|all|these|those)\s+\Z",
    re.IGNORECASE,
)
"""Before a number that is no line's."""
_WHOSE = late(r"\W*(?P<who>(?:[^\W\d][\w'’()]*\s*){1,4}?)\s*(?:[–:]|\s-)\s*(?=\w)")
""" "Jo – update the plan"."""
_STATES = (
    r"(?!(?:is|has|was|says|seems|looks|thinks|wants|likes|knows|feels|does|means|gets|goes|lives|works|needs"
    r"|keeps\s+(?:\w+ing|on)|always|never|still|just|also)\b)"
)
"""What somebody is or does all the time is nothing to be done."""
_SOMEBODY_DOES = late(
    r"\W*(?:(?i:and|then|so|also|plus|next|first|oh)\W+)*"
    rf"(?:(?i:me|i|we|us)(?:(?i:['’]ll)\b|\s+{_STATES}[a-z])"
    rf"|(?:(?i:my|the|our|his|her)\s+\w+(?:\s+\w+)?|(?:[a-z]+\s+)?[A-Z][\w'’]+(?:\s+[A-Z]\w+)?)(?:['’]ll\b|\s+(?:will|to|must|should|can)\b|\s+{_STATES}[a-z]+s\b))",
)
_TELLS = late(
    r"\b(?:was|were|had|did|didn['’]?t|said|went|told|asked|felt|thought|knew|saw|came|got|i['’]?m|i\s+am|feel|think|hope|know|don['’]?t|dont|can['’]?t|cant"
    r"|isn['’]?t|hasn['’]?t|haven['’]?t|worr\w+|scared|sorry|sure|wish|because|cos|it['’]?s|that['’]?s|is\s+(?:a|the|not|so)|has\s+been|have\s+been)\b|\?",
    re.IGNORECASE,
)
"""What tells of the case, or of oneself, and is to be done by nobody."""
_BETWEEN = late(r",\s+(?:(?:and|then|plus|also|so)\s+)*|\s+and\s+then\s+", re.IGNORECASE)
_DIGIT = late(r"\d|\b(?:first|second|third|last|both|all)\b", re.IGNORECASE)
_OF_A_STEP: frozenset[PartKind] = frozenset({"who", "when", "words"})
_TAKEN: frozenset[PartKind] = frozenset({"told", "decision", "question", "enough", "review"})


def kept_whole(
    answer: str, steps: Sequence[Step], parts: Sequence[Part], today: date, words: PlanWords
) -> tuple[Step, ...]:
    """The steps with what was typed beside a number whole, and with sentences that say who does what and were read as
    nothing."""
    items = list(_numbered(answer))
    found = [step for step in steps if not any(_holds(item, step.span) for item in items)]
    for item in items:
        found += _of_a_number(answer, item, [step for step in steps if _holds(item, step.span)], today, words)
    taken = [
        *items,
        *(step.span for step in steps),
        *(part.span for part in parts if part.kind in _TAKEN),
    ]
    for start, end in _clauses(answer):
        if not overlaps((start, end), *taken) and _says_who_does_what(answer[start:end], (start, end), parts):
            who = next((part.span for part in parts if part.kind == "who" and part.span == (start, part.span[1])), None)
            short = who is not None and len(answer[slice(*who)].split()) < FEWEST_WORDS
            found.append(step_of(answer, (start, end), who if short else None, None, today, words))
    return tuple(sorted(found, key=lambda step: step.span))


def of_new_steps(answer: str, parts: Sequence[Part]) -> tuple[Part, ...]:
    """Where steps are asked for a name or a day belongs to a line that stands already only if its clause says which:
    "take off 1, what I'll do is ring duty today"."""
    clauses = list(_clauses(answer, longest=0))
    return tuple(
        part
        if not part.lines
        or part.kind not in _OF_A_STEP
        or _DIGIT.search(answer[slice(*holding(clauses, part.span[0], part.span))])
        else part.model_copy(update={"lines": ()})
        for part in parts
    )


def _clauses(answer: str, longest: int = MOST_WORDS) -> Iterator[Span]:
    """Its sentences, and of one with more words than that the clauses between commas."""
    for start, end in to_stops(answer):
        if len(answer[start:end].split()) <= longest:
            yield start, end
            continue
        cuts = [start, *(cut.end() for cut in _BETWEEN.finditer(answer, start, end)), end]
        yield from itertools.pairwise(cuts)


def is_a_list(answer: str) -> bool:
    """Its lines are numbered by whoever typed them."""
    return any(_numbered(answer))


def _numbered(answer: str) -> Iterator[Span]:
    """From each number to the next, where they count up from 1 in one style; the first begins a sentence."""
    begins: list[re.Match[str]] = []
    for found in _NUMBER.finditer(answer):
        first = not begins
        if int(found["number"]) != len(begins) + 1 or _COUNTS.search(answer, 0, found.start("number")):
            continue
        if (found["begins"] is not None) if first else (bool(found["style"]) == bool(begins[0]["style"])):
            begins.append(found)
    if len(begins) > 1:
        starts = [one.start("number") for one in begins]
        yield from itertools.pairwise((*starts, len(answer)))


def _holds(item: Span, span: Span) -> bool:
    return item[0] <= span[0] < item[1]


def _of_a_number(answer: str, item: Span, steps: Sequence[Step], today: date, words: PlanWords) -> Iterator[Step]:
    """The one line of a number; more where several jobs were read there."""
    if len(steps) > 1:
        yield from steps
        return
    number = _NUMBER.match(answer, item[0])
    begins = number.end() if number else item[0]
    named = _WHOSE.match(answer, begins, item[1])
    whole = step_of(answer, (named.end() if named else begins, item[1]), None, None, today, words)
    read = steps[0] if steps else whole
    yield as_read(whole, read.model_copy(update={"who": whose(named["who"])}) if named else read)


def _says_who_does_what(words: str, span: Span, parts: Sequence[Part]) -> bool:
    if not FEWEST_WORDS <= len(words.split()) <= MOST_WORDS or _TELLS.search(words):
        return False
    here = {part.kind for part in parts if overlaps(span, part.span)}
    plainly = _SOMEBODY_DOES.match(words) is not None or says_what_is_done(words)
    return ("aside" not in here and bool(here)) or plainly
