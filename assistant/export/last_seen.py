"""When each child was last seen, and by themselves, in the worker's own sentences that name the day.

Says less rather than something false: a sentence counts only where somebody saw the child it names, or the child was
there when the worker went, and only with a day that has a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.followup.chronology import times_in
from assistant.noticing.reading import Mention

_SAW = re.compile(
    r"\b(?P<who>I|we|(?:(?:the|his|her|their|my) )?(?:health visitor|hv|school nurse|nurse|midwife|gp|doctor|"
    r"paediatrician|police|family support worker|teacher|key ?worker|(?:learning |school )?mentor|designated lead|dsl|"
    r"advocate|counsellor|"
    r"psychologist|social worker|student))(?:['’]ve)?"
    r"(?: (?:have|has|had|did|both|also|last|only|just|then|finally)){0,2} "
    r"(?:saw|seen|see|met(?: with)?|visited|spoke (?:to|with)|talked (?:to|with)|sat (?:down )?with|"
    r"examined|weighed|observed|walked \w+ home with)\b",
    re.IGNORECASE,
)
_WENT = re.compile(
    r"\bwhen (?P<who>I|we) (?:went|visited|called|got there|arrived|came|was there|were there|knocked|dropped|left)\b",
    re.IGNORECASE,
)
_LAST_SEEN = re.compile(r"\blast (?:\w+ ){0,2}(?:seen|sighting)\b", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:not|never|nobody|no one|without seeing|couldn['’]t|didn['’]t|n['’]t)\b|n['’]t\b", re.IGNORECASE
)
_AWAY = re.compile(
    r"\b(?:at (?:school|nursery|(?:his|her|their|the)? ?(?:nan|gran|dad|friend|aunt)\w*)|was(?:n['’]t)? out\b|upstairs|"
    r"not (?:there|in)|wasn['’]t (?:there|in)|in bed|gone)",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"\b(?:alone|(?:on|by) (?:her|his|their) own|by (?:her|him|them)sel(?:f|ves)|one to one|without (?:mum|dad))\b",
    re.IGNORECASE,
)
_AND = re.compile(r"(?:\W|and|with|both|her|his|the|little|older|younger|big|brother|sister)*", re.IGNORECASE)
_NEAR = 25
"""Characters between "I saw" and the child that was seen."""
_WHOSE = re.compile(r"^(?:the|his|her|their|my) ")
_WORKER = frozenset({"i", "we"})
OTHERS = "others"
"""By somebody who isn't of the worker's trade, or isn't named."""


@dataclass(frozen=True)
class Seen:
    """The last time of one child."""

    day: date
    by: str = ""
    """Who saw them, where it was not the worker."""
    alone: bool = False


def seen_in(sentence: str, start: int, people: Iterable[Mention], held: date) -> dict[str, Seen]:
    """Each child that was seen in this sentence of an answer, where it begins at `start` of the answer."""
    days = [when.day for when in times_in(sentence, held) if when.day is not None and not when.whole_month]
    saw, went = _SAW.search(sentence), _WENT.search(sentence)
    seeing = saw or went
    if days and seeing is None and _LAST_SEEN.search(sentence):
        children = [
            who.person for who in people if start <= who.span[0] < start + len(sentence) and who.role == "child"
        ]
        return {children[0]: Seen(max(days), OTHERS)} if children else {}
    if not days or seeing is None or _NOT.search(sentence, 0, saw.end() if saw else len(sentence)):
        return {}
    here = [
        (who.person, who.span[0] - start, who.span[1] - start)
        for who in people
        if start <= who.span[0] < start + len(sentence)
    ]
    found = set(_seen_after(saw.end(), here, sentence)) if saw else set()
    if not saw and here and not _AWAY.search(sentence):
        found = {here[0][0]}
    by = "" if seeing["who"].lower() in _WORKER else _WHOSE.sub("", seeing["who"].lower())
    alone = _ALONE.search(sentence)
    by_themselves = alone is not None and not _NOT.search(sentence, seeing.end(), alone.start())
    return {person: Seen(max(days), by, by_themselves) for person in found}


def _seen_after(at: int, here: Sequence[tuple[str, int, int]], sentence: str) -> Iterator[str]:
    """Whoever "saw" has for its object: those named next, as long as only an "and" stands between them."""
    first = True
    for person, start, end in here:
        if start < at:
            continue
        between = sentence[at:start]
        if len(between) > _NEAR if first else not _AND.fullmatch(between):
            return
        yield person
        at, first = end, False


def later(before: Seen | None, now: Seen) -> Seen:
    """The later of two times."""
    return now if before is None or now.day >= before.day else before
