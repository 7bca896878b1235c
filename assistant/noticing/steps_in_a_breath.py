"""Steps typed in one breath, cut into lines where one job ends and the next begins.

Owns that judgement, by the words alone: "ring duty now write it up then friday me and Jo go round". Each cut takes the
place of a space, so that whatever is found afterwards stands where it was typed. Knows nothing of what a step is
(`planned_steps.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.dates import TOMORROW
from assistant.language.lazy_patterns import late
from assistant.noticing.step_owners import DOES, THOUGHT

_RUNS_ON = 9
"""Words without any mark between them in which cuts are looked for."""
_LEAST = 3
"""Words of a job before the next may begin."""
_BREATH = late(r"(?:[^.,;:!?\n–—()]|(?<=\d)[.:](?=\d))+")
_DAY = (
    rf"(?:today|tonight|{TOMORROW}|now|straight\s+away|(?:(?:on|by|before|next|this)\s+)*(?:mon|tues?|weds?|wednes|thurs?|fri|satur|sun)(?:day)?"
    r"|this\s+(?:morning|afternoon|evening|week)|(?:by|before|at)\s+(?:\d{1,2}(?:[.:]\d\d)?(?:\s*[ap]m)?|lunch|tea(?:time)?|home\s?time|the\s+end\s+of\s+the\s+(?:day|week))|first\s+thing)"
)
_ME_NEXT = rf"(?:i|we)(?:['’]?ll|['’]?m)?\s+(?:(?:will|also|then|need\s+to|have\s+to|can)\s+)*{DOES}(?:ing)?\b"
_OTHERS_NEXT = (
    r"(?:(?:the|my|our)\s+(?:[\w’'-]+\s+){1,3}?|(?:me\s+and\s+)?(?-i:[A-Z])[\w’'-]+\s+)"
    rf"(?:will\s+|to\s+)?{DOES}(?:e?s)?\b"
)
_HOW_IT_GOES = r"(?!(?:see|check|ask|find\s+out|say)\s+(?:how|if|whether|what|who|when|where|she|he|they)(?:['’]?s)?\b)"
_NEXT = late(
    rf"\s(?:(?P<then>(?:and\s+)?then\s+(?:{_DAY}\s+)?(?:{_ME_NEXT}|{_OTHERS_NEXT}|me\s+and\s|{DOES}\b))"
    rf"|(?P<me>{_ME_NEXT})|(?P<day>{_DAY}\s+(?:{_ME_NEXT}|me\s+and\s+\w+\s+{DOES}\b)))",
    re.IGNORECASE,
)
_AFTER_A_DAY = late(rf"\b{_DAY}\s(?=(?:and\s+)?{_HOW_IT_GOES}(?:{DOES}\b|{_OTHERS_NEXT}))", re.IGNORECASE)
_HAS_A_DAY = late(rf"\b{_DAY}\b", re.IGNORECASE)
_HANGS_ON = frozenset(
    "if as to so or and but who how why that what when once then till with from than like which where while until "
    "after since before unless whether because cos say says said think know hope sure tell told everything anything "
    "nothing all by for about i".split()
)
"""Before "I ring" these make it part of what went before."""
_TELLS = late(r"\b(?:tell|telling|say|saying|ask|asking)\s+(?:\w+\s+){0,4}\Z", re.IGNORECASE)
_SUPPOSES = late(r"\b(?:if|unless|(?:\A|(?<=[.!?\n]))\W*(?:when|once|as\s+soon\s+as))\b", re.IGNORECASE)
"""What comes of a condition belongs to it, and so does what comes after that."""
_WHETHER = late(r"\b(?:ask|asks|asking|see|check|find\s+out|know)\b[^,.;]{0,60}?\bif\b", re.IGNORECASE)
""" "Ask the drug worker if she can" supposes nothing."""
_SENTENCE = late(r"[.!?\n](?!\d)")
_THOUGHT = late(rf"(?:i|we)\s+{THOUGHT}\b", re.IGNORECASE)


def in_lines(answer: str) -> str:
    """The same characters, but for a line's end wherever another job begins."""
    cut = list(answer)
    for breath in _BREATH.finditer(answer):
        if len(breath[0].split()) < _RUNS_ON:
            continue
        said_before = _SENTENCE.split(answer[: breath.start()])[-1]
        if not _SUPPOSES.search(_WHETHER.sub(" ", said_before)):
            for place in _cuts(answer, breath.start(), breath.end(), len(said_before.split())):
                cut[place] = "\n"
    return "".join(cut)


def _cuts(answer: str, start: int, end: int, before: int) -> Iterator[int]:
    """`before` is how many words its sentence has before it: "ask her, by Friday and get the nurse to …"."""
    found = sorted(
        {
            *((match.start(), match.lastgroup) for match in _every(_NEXT, answer, start, end)),
            *((match.end() - 1, "after") for match in _every(_AFTER_A_DAY, answer, start, end)),
        }
    )
    begins = start
    for place, how in found:
        job, rest = answer[begins:place], answer[place:end]
        if _SUPPOSES.search(job):
            return
        words = len(job.split()) + (before if begins == start else 0)
        if min(words, len(rest.split(maxsplit=_LEAST))) >= _LEAST and _ends(job, rest, how):
            yield place
            begins = place + 1


def _every(pattern: re.Pattern[str], answer: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Also those that begin within another."""
    at = start
    while found := pattern.search(answer, at, end):
        yield found
        at = found.start() + 1


def _ends(job: str, rest: str, how: str | None) -> bool:
    """The job is whole without what follows."""
    if how == "after":
        return True
    if job.lower().split()[-1] in _HANGS_ON:
        return False
    if how == "then":
        return True
    if _TELLS.search(job) or _THOUGHT.match(rest.lstrip()):
        return False
    return how == "me" or _HAS_A_DAY.search(job) is not None
