"""Steps put together from the parts of an answer: each job with who does it and by which day.

Owns which "me" and which "Thursday" belong to which job. Knows nothing of how parts are read (`closing_reader.py`), or
of what stands on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.language.dates import TOMORROW, dates
from assistant.language.lazy_patterns import late
from assistant.language.stems import stems
from assistant.noticing.observations import Span
from assistant.noticing.plan_words import PlanWords
from assistant.noticing.reading import Part, Step
from assistant.noticing.step_owners import DOES, owner_of
from assistant.noticing.step_wording import (
    STOP,
    clause_begins,
    named_with_a_day,
    plainly_told,
    to_stops,
    whole_jobs,
    wordings,
)

_ACROSS = 60
"""Characters that a full stop between two parts counts for."""
_BEFORE, _JOINT = 12, 20
"""And a name or day that stands before its job, since most come after; and a comma or "and" between."""
_NO_VERBS = frozenset(
    "and then so but that's thats that is it's its by for with or also oh maybe get have let ask me i i'll it "
    "will be can could to should who whose who's not no the my our yeah yes well right ok okay probably think "
    "just still basically say put both both's of us um er erm well you've you got want need needs i'd rather "
    "that’s it’s i’ll".split()
)
"""Before whoever does something: "that's", "ask", "it'll be"."""
_GONE_BY = late(
    r"(?:\w+\s+)?(?:saw|said|told|went|came|had|was|were|did|asked|rang|spoke|gave|took|made|thought|knew|wrote|found|felt|heard|left)\b",
    re.IGNORECASE,
)
"""What happened is no job, whatever reads it as one."""
_MISSED = late(
    r"\A\W*(?:(?:and|but|no|oh|well|now|also|so|nearly|still)\W+)*(?:what['’]?s\s+(?:still\s+)?missing\s+is\s+|missing\s*:\s*"
    r"|there['’]?s\s+(?:still\s+)?(?:an?|one|another)\s+(?:step|thing|line|bit|one)\s+missing\W+"
    r"|(?:you|u|ya)(?:['’]?ve|\s+have)?\s+(?:still\s+|also\s+|now\s+)?"
    r"(?:missed(?:\s+(?:off|out(?!\s+of)))?|lost|left\s+(?:off|out)|forgot(?:ten)?|dropped|not\s+(?:put|got))\s+)"
    r"(?:the\s+main\s+(?:one|thing)\W+)?",
    re.IGNORECASE,
)
_NOT_THERE = late(
    r"\W*(?:(?:and|but|also|so|now|no|oh|n)\W+)*(?:the\s+one\s+about\s+)?(?P<what>[^.,;!?]{4,90}?)(?:\s+(?:still\s+)?|(?=['’]s\s+(?:still\s+)?missing))"
    r"(?:(?:(?:is|are)n['’]?t|(?:is|are|still)\s+not)\s+(?:even\s+|still\s+)?(?:on\s+)?(?:there|it|here|the\s+(?:list|page))\b"
    r"|(?:is|are|['’]s)\s+(?:still\s+)?missing\b|(?:has|have|['’]s)\s+(?:now\s+)?(?:dropped\s+off|gone\s+missing|disappeared|vanished)\b"
    r"|(?:goes|needs\s+to\s+go|should\s+(?:go|be))\s+(?:on\s+)?(?:the\s+list|it|there)\b)",
    re.IGNORECASE,
)
_IS_MISSING = late(
    r"\s+(?:(?:has|have|['’]s)\s+(?:now\s+)?(?:gone\s+missing|dropped\s+off|disappeared)|(?:is|are)\s+(?:still\s+)?missing)\W*\Z",
    re.IGNORECASE,
)
_GOES_ON = late(r",?\s+(?:and|then|but|so|by)\W*\Z", re.IGNORECASE)
_OFF_THE_LIST = late(
    r"\s+(?:off|from|out\s+of)\s+(?:your|the|my|that)\s+(?:list|page)\Z|\s+(?:off|out)\Z", re.IGNORECASE
)
_WANTED = late(
    r"\W*(?:(?:and|but|also|so|oh|n|no)\W+)*(?:i\s+(?:still\s+)?want(?:ed)?|(?:you|u)\s+(?:still\s+)?(?:have|did)n['’]?t\s+(?:put|added|add|got|included?))\s+"
    r"(?P<what>[^.,;!?]{4,90}?)\s+(?:back\s+)?(?:on(?:\s+(?:the\s+list|it|there))?|in|down)(?=\W*\Z|[.,;!?])",
    re.IGNORECASE,
)
""" "Ringing Bev tonight still isn't there"."""
_WHOSE = late(
    r"(?:that['’]?s|both|all|,)\s+"
    r"(?P<who>[Mm]e\s+(?:and|n|&)\s+[A-Za-z][a-z]+|(?:[Mm]e|[A-Z][a-z]+)(?:\s+(?:and|n|&)\s+(?:me|[A-Z][a-z]+))?)\b"
)
_THAT_I = late(r"\bthat\s+i\b", re.IGNORECASE)
_THAT_I_DO = late(r"\bthat\s+i(?:['’]?(?:ll|m))?\s+\Z", re.IGNORECASE)
_THAT_IS = late(r",?\s+that['’]?s\b.*", re.IGNORECASE | re.DOTALL)
_SAYS_LITTLE = frozenset({"aside", "who", "when", "decision", "keep", "enough"})
_OTHERWISE = frozenset({"told", "review", "decision"})
_ONLY_A_TIME = late(
    r"(?:the\s+)?(?:to)?(?:nights?|days?|evenings?|weekends?|mornings?|when|time|rest|who|day)", re.IGNORECASE
)
""" "What's missing is tonight": nothing to be done."""
_MOST_MISSING = 18
_NO_STEP = late(r"both|it|them|that|those|one|two|all\s+of\s+them|all\s+that|the\s+lot|some|.*\bone", re.IGNORECASE)
_IS_DONE_TO = late(r"\s*(?:to\s+be|gets?|is\s+(?:to\s+be|being)|being|needs?\s+to\s+be)\s+\w+", re.IGNORECASE)
""" "Maureen to be told by me": she does nothing."""
_IS_ASKED = late(r"\s+(?:about|re|regarding)\s[^.;]*,\s*(?:me|i\s*['’]?ll)\b", re.IGNORECASE)
""" "HV about weighing him, me, Wednesday": they are who is rung."""
_BY_ME = late(r"\bby\s+me\b", re.IGNORECASE)
_IS_WHOSE = late(r"[\s,]*(?:is|that['’]?s|it['’]?s|its)\s+", re.IGNORECASE)
""" "Housing on the damp is Pav by Friday"."""
_NO_STEPS = late(
    r"\W*(?:(?:and|so|but|or|ok|well)\W+)*(?:before\s+(?:i|we)\b|(?:should|shd|shall|do|did|am|can|cn|must)\s+(?:i|we)\b"
    r"|i\s+(?:just\s+|do\s+)?(?:think|thought|feel|reckon|believe|suppose|guess|wonder|doubt)\s"
    r"(?!.*\b(?:should|needs?\s+to|must|ought|ha(?:s|ve)\s+to|going\s+to|i['’]?ll|we['’]?ll|to\s+be)\b)"
    r"|(?:it|that|this)(?:['’]d|\s+would)\s+(?:be|get|go|only|just|all|never|mean)\b"
    r"|(?:you|u)(?:['’]?re)?\s+(?:(?:just|always|still)\s+)*(?:keep|kept|jumping|going\s+(?:straight|back))\b|(?:you\s+)?(?:stop|keep)\s+(?:jumping|asking)\b|jumping\s+to\b"
    r"|(?:if|unless)\b(?!.*(?:[,;]|\b(?:i|we|me|then|to)\b)))",
    re.IGNORECASE,
)
"""A question, "shd I ring today", a thought, "I think she might manage it", what would come of it, "it'd be round the
family by teatime", or a complaint, "you keep jumping to the plan": no job."""
_OF_THE_LIST = late(
    r"\W*(?:(?:and|then|please|just)\W+)*(?:put|take|move|swap|get|cross|leave)\b.*\b(?:on|off|from|in|to)\s+(?:the|your|my)\s+(?:list|page)\b",
    re.IGNORECASE,
)
""" "Put the nurse back where she was on the list": said of the page."""
_NEVER_ANSWERED = late(
    r"\W*(?:(?:and|but|so)\W+)*(?:you|u)\b[^.?!]{0,30}?(?:\bnever|\bnot|n['’]?t)\s+(?:\w+\s+)?answer", re.IGNORECASE
)
""" "You never answered me about telling Kev"."""
_SUPPOSES = late(r"(?:if|unless)\b", re.IGNORECASE)
""" "If she doesn't pick up": no day, though it's said of a step."""
_COLON = late(r"\s*[:=–-]\s*")
_MOST_WORDS_OF_A_NAME = 4
_JOINS = late(r"[,;.:]|\b(?:and|then|n)\b", re.IGNORECASE)
_NEXT_ONE = late(
    rf",\s+(?:(?:and|then)\s+)?(?:today|tonight|{TOMORROW}|\w+day)?\s*\b(?:i|we)(?:['’]ll)?\W*\Z", re.IGNORECASE
)
""" "ring his mum before I go home, tomorrow I": how the next job begins."""
_SPEAKER = late(
    r"\W*(?:i|me|myself|mine)(?:['’]?(?:ll|m|d|ve))?(?:\W+(?:will|am|again|too|obviously|please|as\s+well))*\W*",
    re.IGNORECASE,
)
_I_DO = late(r"i['’]?(?:ll|m|d|ve)?\s+(?!and\b)\w+", re.IGNORECASE)
""" "I'll ring Bev": whose it is was read together with what is done."""
_DOES = late(
    r"(?:['’](?:s|ll|d|ve)|\s+(?:will|is|are|does|to|can|could|should|has\s+to|needs\s+to))\W*\Z", re.IGNORECASE
)
_LEADS = late(
    r"\A(?:(?:and|then|so|that['’]?s|thats|it['’]?s|its|by|for|with|say|put|give\s+it\s+to)\s+)+", re.IGNORECASE
)
_BOTH_DO = late(r"(?:[A-Z]\w+|[Mm]e|I) and (?:me|I|[A-Z]\w+)\b")
""" "Bev and me work out how"."""
_ME_DOING = late(r"me(?:,\s*|\s+)(?:to\s+)?\w+", re.IGNORECASE)
_SOMEBODY_TO = late(r"(?P<who>[A-Z]\w+(?:\s+[A-Z]\w+)?)\s+(?:to|should|will)\s+\w")
_A_DAY = late(rf"(?:today|tonight|{TOMORROW})\b", re.IGNORECASE)
_DUE = late(r"\bby\s+\Z", re.IGNORECASE)
_DUE_ON = late(r"by\s", re.IGNORECASE)
_A_WEEK = late(r"\bweek\b", re.IGNORECASE)
_SOME_TIME = late(r"\b(?:some\s?time|(?:at\s+)?some\s+point)\s+(?:in\s+|on\s+|during\s+|over\s+)?\Z", re.IGNORECASE)
""" "Sometime next week" is no day yet."""
_NOBODY = frozenset({"nobody", "no one", "somebody", "someone", "anyone", "anybody", "everyone", "everybody"})


def steps_in(answer: str, parts: Sequence[Part], today: date, words: PlanWords) -> tuple[Step, ...]:
    """The jobs newly to be done, in order."""
    parts = [_named(answer, part, parts) for part in parts]
    parts = sorted((*parts, *named_with_a_day(answer, parts)), key=lambda part: part.span)
    jobs = [part for part in whole_jobs(answer, parts) if not _GONE_BY.match(answer, part.span[0])]
    parts = [part for part in parts if _says_so(answer, part, jobs)]
    who = _belong(answer, jobs, [part for part in parts if part.kind == "who" and not part.lines])
    when = _belong(answer, jobs, [part for part in parts if part.kind == "when" and not part.lines], shared=False)
    beside = [tuple(filter(None, (who.get(place), when.get(place)))) for place in range(len(jobs))]
    told = [
        step_of(answer, span, who.get(place), when.get(place), today, words)
        for place, span in enumerate(wordings(answer, jobs, parts, beside))
    ]
    taken = [*(part.span for part in parts if part.kind not in _SAYS_LITTLE), *(step.span for step in told)]
    plainly = [step_of(answer, span, None, None, today, words) for span in plainly_told(answer, taken)]
    told = sorted((*told, *plainly), key=lambda step: step.span)
    told = [step for step in told if not _is_none(step.text, today)]
    return (*told, *_said_missing(answer, told, parts, today))


def _says_so(answer: str, part: Part, jobs: Sequence[Part]) -> bool:
    """Whoever does nothing there is nobody's name, and what's only supposed no day."""
    if part.kind == "who":
        return bool(part.lines) or (_acts(answer, part.span, jobs) and not _IS_ASKED.match(answer, part.span[1]))
    return part.kind != "when" or not _SUPPOSES.match(answer, part.span[0])


def _is_none(words: str, today: date) -> bool:
    not_to_be_done = (_NO_STEPS, _OF_THE_LIST, _NEVER_ANSWERED)
    return any(pattern.match(words) for pattern in not_to_be_done) or _is_only_a_day(words, today)


def _is_only_a_day(words: str, today: date) -> bool:
    named = dates(words, today)
    return bool(named) and not re.sub(
        r"\b(?:by|on|at|and|n)\b|\W", "", words[: named[0].start] + words[named[-1].end :]
    )


def missing_in(sentence: str) -> re.Match[str] | None:
    """Where a sentence says that something isn't on the page: "you've missed off …", "… still isn't there"."""
    return _MISSED.match(sentence) or _NOT_THERE.match(sentence) or _WANTED.match(sentence)


def _said_missing(answer: str, told: Sequence[Step], parts: Sequence[Part], today: date) -> Iterator[Step]:
    """What is said to be missing from the page is a job, also where it was read as none."""
    for start, stop in to_stops(answer):
        found = missing_in(answer[start:stop])
        if not found or any(start <= step.span[0] < stop for step in told):
            continue
        if any(start <= part.span[0] < stop and (part.lines or part.kind in _OTHERWISE) for part in parts):
            continue
        whole = answer[start:stop]
        rest = found["what"] if "what" in found.re.groupindex else whole[found.end() :]
        what = re.split(r"[,;.!?]", rest.strip())[0]
        if len(what.split()) == 1:  # "You've dropped Robbie, I'm seeing him on Thursday as well"
            what = re.split(r"[.!?]|,\s+(?:that|it)\b", rest.strip())[0]
        mine = "me" if _THAT_I.search(whole) else next((one["who"] for one in _WHOSE.finditer(whole)), "")
        by, by_words = day_of(whole, today)
        what = _OFF_THE_LIST.sub("", _THAT_IS.sub("", what))
        if (
            what
            and len(what.split()) <= _MOST_MISSING
            and not (
                _is_told(what, told)
                or _NO_STEP.fullmatch(what)
                or _ONLY_A_TIME.fullmatch(what)
                or _is_only_a_day(what, today)
            )
        ):
            yield Step(text=tidied(what), span=(start, stop), who=whose(mine), by=by, by_words=by_words)


def _is_told(what: str, told: Sequence[Step]) -> bool:
    """ "You've missed the log. I log what I read to mum"."""
    return any(stems(what) <= stems(step.text) for step in told)


def _named(answer: str, part: Part, parts: Sequence[Part]) -> Part:
    """ "Health visitor: weigh the baby": whoever stands before a colon is no job."""
    joined = _COLON.match(answer, part.span[1])
    few = len(answer[slice(*part.span)].split()) <= _MOST_WORDS_OF_A_NAME
    if part.kind == "step" and joined and few and any(joined.end() == other.span[0] for other in parts):
        return part.model_copy(update={"kind": "who", "lines": ()})
    return part


def _acts(answer: str, span: Span, jobs: Sequence[Part]) -> bool:
    """Nothing stands before it in its clause to which it could be done: "see Mason", but "that's Mason"."""
    if _IS_DONE_TO.match(answer, span[1]):
        return False
    if any(_IS_WHOSE.fullmatch(answer, job.span[1], span[0]) for job in jobs):
        return True
    before = answer[clause_begins(answer, span[0]) : span[0]]
    return all(word in _NO_VERBS for word in re.findall(r"[^\W\d][\w’']*", before.lower()))


def step_of(
    answer: str, span: Span, who: Span | None, when: Span | None, today: date, words: PlanWords | None = None
) -> Step:
    """One job, with who does it and when as they were said."""
    text = tidied(answer[slice(*span)])
    text = _NEXT_ONE.sub("", text) or text
    by, by_words = day_of(answer[slice(*when)] if when else text, today)
    vague = next((found[0] for one in words.vague if (found := one.pattern.search(text))), "") if words else ""
    return Step(
        text=text,
        span=span,
        who=owner_of(text, whose(answer[slice(*who)]) if who else _together(text) or _leads_with_me(answer, span)),
        by=by,
        by_words=by_words or (tidied(answer[slice(*when)]) if when else ""),
        vague=vague,
    )


def _leads_with_me(answer: str, span: Span) -> str:
    """ "Put in that I see Bea", where only what is done is the step."""
    return "me" if _THAT_I_DO.search(answer, 0, span[0]) else ""


def as_read(whole: Step, read: Step) -> Step:
    """A step as it was said, with who does it and when as they were `read` in it, where they were."""
    update = {"who": read.who or whole.who, "by": read.by or whole.by, "by_words": read.by_words or whole.by_words}
    return whole.model_copy(update=update)


def whose(words: str) -> str:
    """Who it is, in the worker's words: "I'll" is "me"."""
    words = _LEADS.sub("", words.strip(" ,.;:!-–()"))
    if _SPEAKER.fullmatch(words) or _I_DO.match(words):
        return "me"
    words = _DOES.sub("", words).strip(" ,.;:!-–(")
    words = re.sub(r"\AI\b(?=\s+and\b)", "me", words)
    return "" if words.casefold() in _NOBODY or _A_DAY.match(words) else words


def _together(text: str) -> str:
    if found := _BOTH_DO.match(text):
        return found[0]
    if _I_DO.match(text) or _BY_ME.search(text) or _ME_DOING.match(text):
        return "me"
    named = _SOMEBODY_TO.match(text)
    return named["who"] if named else ""


def day_of(words: str, today: date) -> tuple[date | None, str]:
    """The day named that isn't over, and the words that name it: one that it's to be done by before others, and the day
    itself before the week it's in."""
    ahead = [named for named in dates(words, today) if named.day >= today]
    due = [named for named in ahead if _DUE.search(words[: named.start]) or _DUE_ON.match(words, named.start)]
    found = next(iter(due or ahead), None)
    if found is None:
        return None, ""
    if some_time := _SOME_TIME.search(words, 0, found.start):
        return None, words[some_time.start() : found.end]
    if _A_WEEK.search(words, found.start, found.end):
        found = next(
            (one for one in ahead if one.day < found.day and not _A_WEEK.search(words, one.start, one.end)), found
        )
    return found.day, words[found.start : found.end]


def tidied(words: str) -> str:
    """Without what joins it to the rest, or says that it was missing."""
    words = _GOES_ON.sub("", _IS_MISSING.sub("", _MISSED.sub("", words.strip())))
    return re.sub(
        rf"\A(?:\d{{1,2}}[.):]?\s+(?=(?:\w+\s+to\s+)?{DOES}\b)|put\s+me\s+down\s+(?:to|for)\s+|(?:I|we)(?:['’]ve|\s+have)?\s+decided\s+(?:that\s+|to\s+)?(?=\w)|(?:(?:and|then|also|to|that['’]?s|thats)\s+)|add\b(?!\s+to\b)\W*)+",
        "",
        " ".join(words.split()).strip(" ,;:.–-"),
        flags=re.IGNORECASE,
    )


def _belong(answer: str, jobs: Sequence[Part], said: Sequence[Part], *, shared: bool = True) -> dict[int, Span]:
    """Which name, or day, is each job's: the nearest; and "me" is `shared` by those that follow in one breath."""
    sentence = _Sentence(answer)
    mine: dict[int, Span] = {}
    left = list(said)
    while left:
        far, place, part = min(
            (
                (_far(answer, part.span, job.span, sentence) + _ACROSS * (place in mine), place, number)
                for number, part in enumerate(left)
                for place, job in enumerate(jobs)
            ),
            default=(2 * _ACROSS, 0, 0),
        )
        if far >= 2 * _ACROSS:
            break
        mine.setdefault(place, left.pop(part).span)
    for place in range(1, len(jobs) if shared else 0):
        before = place - 1
        same = sentence(jobs[before].span[0]) == sentence(jobs[place].span[0])
        follows = before in mine and mine[before][0] < jobs[place].span[0]
        if place not in mine and same and follows and whose(answer[slice(*mine[before])]) == "me":
            mine[place] = mine[before]
    return mine


def _far(answer: str, said: Span, job: Span, sentence: _Sentence) -> int:
    first, last = sorted((said, job))
    between = answer[first[1] : last[0]]
    apart = len(between) + _BEFORE * (said < job) + _JOINT * (_JOINS.search(between) is not None)
    if said < job and _JOINS.search(between) and clause_begins(answer, said[0]) < said[0] and between.strip(" ,"):
        apart += _JOINT
    return apart + _ACROSS * abs(sentence(said[0]) - sentence(job[0]))


class _Sentence:
    """Which sentence holds a character; however long it runs, only its stop ends it."""

    def __init__(self, answer: str) -> None:
        self._ends = [found.end() for found in STOP.finditer(answer)]

    def __call__(self, at: int) -> int:
        return sum(end <= at for end in self._ends)
