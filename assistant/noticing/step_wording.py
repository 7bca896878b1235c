"""How much of what was said is a step's wording, and where a plan told in one breath is cut.

Owns the cutting: between two steps stands a comma, a full stop or an "and", and nothing of a clause is left behind, so
that "see Maisie at school tomorrow on her own if Lorraine agrees" stays one step. Knows nothing of who does it or when.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from assistant.language.lazy_patterns import late
from assistant.language.spans import Span, overlaps
from assistant.noticing.reading import Part

STOP = late(r"[.!?…]+[\"”’)]*\s+|\n+")
"""Where a sentence ends, however long it runs."""
_JOINT = late(r"[,;.:!?\n–—]\s*|\b(?:and|then|but|so|n)\s+", re.IGNORECASE)
_SUPPOSES = late(r"(?:if|unless|when|once)\b", re.IGNORECASE)
_MOST_SUPPOSED = 9
"""Words of a condition that waits for what then is done."""
_NO = late(r",?\s+no\b", re.IGNORECASE)
""" "Time alone with her, no, I never have"."""
_TELLS = late(
    r"\b(?:she|he|they|i)\s+(?:just\s+|then\s+)?(?:said|asked|told)\b(?!\s+(?:to|you)\b)|\bused\s+to\b|\bif\b.*\bi['’]d\s+(?:say|have|tell|want)\b",
    re.IGNORECASE,
)
_ASKED_FOR = late(r"\b(?:put\s+back|add)\s+", re.IGNORECASE)
""" "I said only 4 put back I ring gran": what was said isn't told of what follows."""
_FEW_BEFORE, _MOST_BEFORE, _MOST_TOGETHER = 2, 7, 10
"""Words before a job in its clause that belong to it: "see Mason and Tyler"; more where they say who does it."""
_SUBJECT = late(
    r"W?hat['’]?s\s+missing\s+is\b|(?!W[he][a-z]|How|Th[aeio]|It)(?:(?:[Ii]|[Mm]e|[Ww]e|[Ss]he|[Hh]e|[Tt]hey)\b|[A-Z][a-z]+|(?:[Mm]y|[Tt]he)\s+\w+)"
)
_ME = late(r"(?:me|I)\b")
_SOMEBODY_AND = late(r"(?:(?:[Tt]he|[Mm]y)\s+[a-z]+(?:\s+[a-z]+)?|\b[A-Z]\w+(?:\s+[a-z]+)?)\s+(?:and|n)\s+\Z")
""" "the health visitor and me to go together"."""
_LEADS = late(r"\W*(?:(?:and|then|also|n|so|oh)\W+)*", re.IGNORECASE)
_NO_JOB = late(r"\b(?:nobody|no\s+one|that|it|they|he|she)\b", re.IGNORECASE)
_MOST_NAMED = 6
_NAMED_THING = late(
    r"\W*(?:(?:and|then|also|n|so|oh|plus)\W+)*(?P<thing>[^\W\d][\w’'-]*(?:\s+[\w’'-]+){0,5}?)(?:,|\s+-|:)\s+(?:that['’]?s\s+)?",
    re.IGNORECASE,
)
""" "And the NRM, me, by tomorrow"."""
_WILL = late(r"(?:will|can|could|shall|should|would|do|did|must)", re.IGNORECASE)
""" "I will when we finish" says nothing to be done."""
_NO_THING = late(r"\b(?:missing|gone|lost|wrong|right|is|are|was|i|we)\b|n['’]t\b", re.IGNORECASE)
_SAYS_WHY = late(
    r"\W*(?:(?:and|so|but)\s+)?(?:what\s.{2,30}?\s(?:is|was)|(?:it|that|this)(?:['’]?s|\s+is|\s+was))\s*\Z",
    re.IGNORECASE,
)
""" "What tips it is the arm going up": no job, whatever reads it as one."""
_BESIDE = 20
"""Characters between a job and what is said of it."""
ANOTHER = r"(?:another|a\s+(?:new|separate|different))\s+(?:one|step|job|thing)\b"
""" "That's another one"."""
_ENDS = late(
    r"[.!?\n;–—]|\s-\s|,?\s+(?:because|cos|coz|cause|which|so\s+(?:that\s+)?(?:he|she|they|it|we|i|there))\b"
    r"|(?:,|\s+(?:and|but|so))\s*(?:(?:and|but|so|then|as)\s+)?(?:he|she|they|it|that|this|these|there|nobody|you|i|we|its|thats|theres|those)(?:['’]\w+)?\s"
    rf"|,\s+(?:and|but|so|then|or)\b|[\s,]+(?:that['’]?s|its|it['’]s)\s+{ANOTHER}"
    r"|\s+(?:and|n)\s+(?:i|we)(?:['’]?ll|\s+will)\s+look\b|\s+(?:and|n)\s+(?:somebody|someone)\s+(?:needs?|has|should|must|to|will)\b",
    re.IGNORECASE,
)
"""Where a job's own words end: at a reason, or where another clause begins."""
_TAIL = late(r"(?:[\s,;:–—-]|\b(?:and|then|but|so|or|n|also)\b)*\Z", re.IGNORECASE)
_FEWEST_LISTED = 2
"""Ends of lines from which on an answer is a list, in which every line is a step."""
_NUMBERED = re.compile(r"(?:\A|\n)\s*\d")
_LISTED = late(r"\W*(?!you\b|and\s+you\b)\w+\s+\w+\s+\w+", re.IGNORECASE)
_LEAST_DONE = 2
"""Words after what is done: "I'm going to ring now" takes leave."""
_PLAINLY = late(
    r"(?i:\W*(?:(?:and|then|so|oh|well|ok|right|first|also|but|yes|yeah|no|n|add|missing)\W+)*)"
    r"(?:(?:(?i:I|we|me)|[A-Z][a-z]+(?:\s+and\s+(?:me|I))?)(?i:['’]?ll\s+|\s+(?:will|to|needs?\s+to|has\s+to|have\s+to|must|should|(?:am|is|are)\s+going\s+to)\s+|['’]?m\s+(?:going\s+to|gonna)\s+)"
    r"(?i:(?:also|then|just|go\s+and|definitely)\s+)*)?"
    r"(?i:(?:ring|call|phone|email|text|message|write\s+(?:up|to|down)|see|visit|meet|speak\s+to|talk\s+to|tell|ask|refer|report|book|arrange"
    r"|check|chase|log|request|send|make\s+sure|find\s+out|go\s+(?:and|round|to|back)|late\s+entry|amend|add\s+to\s+(?:the|my)|to\s+(?-i:[A-Z])\w+)\b(?=(?P<what>.*)))",
    re.DOTALL,
)
_SOMEBODY_NEEDS = late(
    r"(?<=\w)[\s,]+(?:and|n)\s+(?P<what>(?:somebody|someone)\s+(?:needs?\s+to|has\s+to|should|must|to|will)\s+\w+\s+\w+)",
    re.IGNORECASE,
)
""" "… and somebody needs to get housing on that damp", in the middle of a breath."""
_ME_TO = late(r"\W*[Mm]e(?:\s+to\s+[A-Z]\w+|,\s+(?!I\b)[a-z]+)\s+\S+\s+\S")
""" "Me to Bev by half seven", "Me, say sorry to mum before I go"."""
_ME_DOING = late(r"\W*(?:me|[A-Z][a-z]+)\s+(?:to\s+)?(?!thing|nothing|during|evening|morning)[a-z]+ing\b\s+\S")


def to_stops(answer: str) -> Iterator[Span]:
    """Each sentence with its stop, however long it runs."""
    return itertools.pairwise((0, *(found.end() for found in STOP.finditer(answer)), len(answer)))


def whole_jobs(answer: str, parts: Sequence[Part]) -> list[Part]:
    """Jobs that were read apart although nothing stands between them are one; a reason is none."""
    jobs: list[Part] = []
    for job in (part for part in parts if part.kind == "step"):
        if _SAYS_WHY.match(answer[clause_begins(answer, job.span[0]) : job.span[0]]) or _is_told(answer, job.span):
            continue
        if jobs and _goes_on(answer, jobs[-1].span, job.span, parts):
            jobs[-1] = jobs[-1].model_copy(update={"span": (jobs[-1].span[0], job.span[1])})
        else:
            jobs.append(job)
    return jobs


def named_with_a_day(answer: str, parts: Sequence[Part]) -> Iterator[Part]:
    """What stands between somebody and a day, and was read as nothing, is a job: "me n Tia McDonald's Friday"."""
    for start, stop in to_stops(answer):
        within = [part for part in parts if start <= part.span[0] < stop and part.kind != "aside"]
        if [part.kind for part in within] != ["who", "when"] or any(part.lines for part in within):
            continue
        who, when = (part.span for part in within)
        if thing := _NAMED_THING.fullmatch(answer, start, who[0]):
            if not (
                _NO_JOB.search(thing["thing"])
                or _NO_THING.search(thing["thing"])
                or answer[who[1] : when[0]].strip(" ,")
            ):
                yield Part(kind="step", span=thing.span("thing"))
            continue
        words = [word for word in answer[who[1] : when[0]].split() if not _WILL.fullmatch(word)]
        leads = _LEADS.fullmatch(answer, start, who[0]) and not _NO_JOB.search(answer, *who)
        if leads and 0 < len(words) <= _MOST_NAMED:
            yield Part(kind="step", span=(who[1], when[0]))


def _is_told(answer: str, job: Span) -> bool:
    """Something that happened, or would if: "I asked and she said she puts the chair on the door"."""
    begins = max((found.end() for found in STOP.finditer(answer, 0, job[0])), default=0)
    if asked := _ASKED_FOR.search(answer, begins, job[0] + 1):
        begins = asked.end()
    return _TELLS.search(answer, begins, job[0]) is not None or _NO.match(answer, job[1]) is not None


def _goes_on(answer: str, before: Span, after: Span, parts: Sequence[Part]) -> bool:
    between = answer[before[1] : after[0]]
    if any(part.kind not in {"who", "when"} and _within(part.span, (before[1], after[0])) for part in parts):
        return False
    said = answer[slice(*before)]
    supposes = _SUPPOSES.match(said) is not None and len(said.split()) <= _MOST_SUPPOSED
    return not _JOINT.search(between) or (supposes and between.strip() == ",")


def _within(span: Span, whole: Span) -> bool:
    return whole[0] <= span[0] and span[1] <= whole[1]


def wordings(answer: str, jobs: Sequence[Part], parts: Sequence[Part], beside: Sequence[Sequence[Span]]) -> list[Span]:
    """The words of each job, with whose and when it is where they stand beside it: the worker's own words say most."""
    cores = [_with_beside(answer, parts, job.span, near) for job, near in zip(jobs, beside, strict=True)]
    begins = [_begins(answer, parts, core[0]) for core in cores]
    return [
        (begin, _ends(answer, parts, core[1], begins[place + 1] if place + 1 < len(begins) else len(answer)))
        for place, (begin, core) in enumerate(zip(begins, cores, strict=True))
    ]


def _with_beside(answer: str, parts: Sequence[Part], job: Span, beside: Sequence[Span]) -> Span:
    start, end = job
    for span in sorted(beside, key=lambda span: max(span[0] - end, start - span[1])):
        between = (span[1], start) if span[1] <= start else (end, span[0])
        others = overlaps(between, *(part.span for part in parts if part.kind != "aside"))
        near = between[1] - between[0] <= _BESIDE and not re.search(r"[.!?\n]", answer[slice(*between)])
        if near and not others:
            start, end = min(start, span[0]), max(end, span[1])
    return start, end


def _begins(answer: str, parts: Sequence[Part], start: int) -> int:
    """Where the clause begins, if what stands before the job in it belongs to it."""
    begins = clause_begins(answer, start)
    with_me = _SOMEBODY_AND.search(answer, 0, begins) if _ME.match(answer, begins) else None
    begins = with_me.start() if with_me else begins
    before = answer[begins:start]
    most = _MOST_TOGETHER if with_me else _MOST_BEFORE if _SUBJECT.match(before) else _FEW_BEFORE
    within = overlaps((begins, start), *(part.span for part in parts if part.kind not in {"aside", "who"}))
    return start if within or len(before.split()) > most else begins


def clause_begins(answer: str, at: int) -> int:
    """Where the clause begins that holds these characters."""
    return max((found.end() for found in _JOINT.finditer(answer, 0, at)), default=0)


def _ends(answer: str, parts: Sequence[Part], end: int, at_most: int) -> int:
    """Where what is said of a job ends: at another part, at a reason, or where the next begins."""
    others = (
        part.span[0] for part in parts if (part.lines or part.kind not in {"aside", "when"}) and part.span[0] >= end
    )
    at_most = min(at_most, *others, len(answer))
    found = _ENDS.search(answer, end, at_most)
    ends = found.start() if found else at_most
    return max(end, ends - len(_TAIL.search(answer[end:ends])[0]))  # type: ignore[index]


def plainly_told(answer: str, taken: Sequence[Span]) -> Iterator[Span]:
    """Sentences that say what somebody will do and were read as nothing, or what stands there before the first job."""
    listed = answer.strip().count("\n") >= _FEWEST_LISTED and not _NUMBERED.search(answer)
    for needed in _SOMEBODY_NEEDS.finditer(answer):
        stop = min((span[0] for span in taken if span[0] > needed.start("what")), default=len(answer))
        ends = _ENDS.search(answer, needed.end("what"), stop)
        span = (needed.start("what"), ends.start() if ends else stop)
        if not overlaps(span, *taken):
            yield span[0], span[1] - len(_TAIL.search(answer[slice(*span)])[0])  # type: ignore[index]
    for start, stop in to_stops(answer):
        first = min((span[0] for span in taken if start <= span[0] < stop), default=stop)
        if overlaps((start, first), *taken):
            continue
        found = _PLAINLY.match(answer, start, first)
        if (
            (found and len(found["what"].split()) >= _LEAST_DONE)
            or _ME_TO.match(answer, start, first)
            or (
                listed
                and first == stop
                and _LISTED.match(answer, start, stop)
                and (not start or answer[start - 1] == "\n")
            )
        ):
            words = answer[start:first].rstrip()
            end = start + len(words) - len(_TAIL.search(words)[0])  # type: ignore[index]
            yield start, end


def says_what_is_done(words: str) -> bool:
    """Words that would be a step by themselves: "ring Donna", "me asking Hamid about a week"."""
    return _PLAINLY.match(words) is not None or any(one.match(words) for one in (_ME_TO, _ME_DOING))
