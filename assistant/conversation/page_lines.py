"""Which line of the last page somebody means who names it by a word of it, by its day, or by "it".

Whatever way a line is named, it is written as its mark (`⟦3⟧`, `⟦0⟧` for what was just spoken of), so that what is said
of it is read in one grammar (`page_grammar.py`). The lines are those that were shown. Knows nothing of what is said of
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.conversation.said_to_us import of_their_own
from assistant.conversation.typed_parts import PAST, names, sentences_and_clauses
from assistant.language.dates import Named, dates
from assistant.language.late_patterns import late
from assistant.noticing.observations import Span

IT = 0
"""The mark of what was just spoken of."""
_SHOWN = late(r"(?P<number>\d{1,2})\.\s+(?P<text>.+)\s+\((?P<who>[^()]*(?:\([^()]*\))?[^()]*),\s+(?P<day>[^,()]+)\)\Z")
LEADS_IN = (
    r"(?:\W*\b(?:no|nope|and|but|oh|so|then|also|please|sorry|right|well|yes|yeah|ok(?:ay)?|um|actually|just|now|still|hang\s+on|because|cos"
    r"|(?:like\s+|as\s+)?i(?:['’]ve)?\s+(?:just\s+|already\s+)?(?:said|told\s+you|mean|meant)|i\s+think|i(?=\s+(?:want|need)\b)|(?:can|could)\s+you|you(?:['’]ve)?\s+(?:still\s+)?(?:put|got|have|wrote)|it(?:['’]s)?\s+(?:still\s+)?(?:says|got))\b[\s,]*)*"
)
_COPULA = (
    r"(?:\s+(?=i['’]?ll\s)|\s+knows\b|['’]s(?:\s+not)?|\s+(?:(?:is|are|was|were|should|can|could|needs?|has|have|goes?|comes?|will|ought|wants?|gets?|isn|aren|wasn|shouldn|hasn|haven|hadn|can)(?:['’]?t)?\b(?=\s)"
    r"|i(?:['’]ve)?\s+(?:already\s+|just\s+)*(?:did|done|rang|rung|sent|asked|booked|told)\b|(?:first|last|at\s+the\s+(?:top|bottom|end))\b|(?:by\s+|on\s+)?(?:the\s+\d|today|tomorrow|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)))"
)
_COPULAS = late(_COPULA, re.IGNORECASE)
_ANYTHING = late(r"(?P<head>[^⟦⟧]{2,70})")
_WORD = late(r"[\w’']+")
_SMALL = frozenset(
    "dr mr mrs miss ms up out off down back over round the a an my our his her their your that this of to for with at "
    "on in and about by one bit step part line thing it they them those these s i me".split()
)
_DOES_TO = (
    r"(?:take|put|move|drop|lose|bin|scrap|delete|remove|cross|strike|swap|switch|leave|get\s+rid\s+of|get|bring|give|make"
    r"|change|split|do|have|want|need)"
)
_OBJECT = late(
    rf"(?P<verb>{_DOES_TO})\s+(?:off\s+|out\s+|round\s+)?(?P<head>[^⟦⟧]{{2,60}}?)(?=\s+(?:off|out|away|first|last|(?:at|to|on)\s+the\s+(?:top|bottom|end)|before|after|above|below|under|to\s+\w+|round|over|into|in\s+two|up|down|on|for|with|by|and|today|tonight|tomorrow|next|the\s+\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|\s*[,.!?]|\s*\Z)",
    re.IGNORECASE,
)
_BESIDE = late(
    r"\b(?:before|after|above|below|under)\s+(?:i\s+|we\s+)?(?P<head>(?!(?:school|work|lunch|tea|dinner|nursery|that|this|registration|hours|half|christmas|easter)\b)[^⟦⟧,.!?]{2,50}?)\s*(?=[,.!?]|\Z)",
    re.IGNORECASE,
)
_FOR = late(r"\bfor\s+(?P<head>[^⟦⟧,.!?]{2,40})\W*\Z", re.IGNORECASE)
_ABOUT = late(
    r"\b(?:(?:anything|something|that|mind)\s+about|things\s+in|(?:it|that)(?:['’]s|\s+still|\s+just)?\s+says|can['’]?t\s+(?:do|make|manage))\s+(?P<head>[^⟦⟧,.!?]{2,40}?)\W*\Z"
    r"|\byou(?:['’]ve)?\s+(?:(?:keep|kept|still|never|not|have|haven['’]?t|didn['’]?t)\s+)*(?:leav\w+|left|put\w*|miss\w*|forg\w+|los\w+|got|hav\w+)\s+(?P<of>[^⟦⟧,.!?]{2,50}?)(?=\s+(?:without|on|in|as|off|down|out|with|for|there|wrong|twice|again)\b|\W*\Z)",
    re.IGNORECASE,
)
_TWO = late(r"(?P<one>.+?)\s+(?:and|with)\s+(?P<other>.+)", re.IGNORECASE)
_SWAPS = late(r"swap|switch|turn", re.IGNORECASE)
_WITH = late(r"\b(?:with|and|for)\s+(?P<head>[^⟦⟧,.!?]{2,50}?)\s*(?=[,.!?]|\Z|\s(?:round|over)\b)", re.IGNORECASE)
_MAY_STAND_BESIDE = late(r"(?:put|move|get|bring|do|have|want|need)\b", re.IGNORECASE)
_NUMBERED = late(r"(?<![\w:£/.-])[1-9](?![\w:/%])")
_OBJECT_BEFORE = late(rf"\b{_DOES_TO}\s+(?:off\s+|out\s+|round\s+)?\Z", re.IGNORECASE)
_ABOUT_IT = late(r"\b(?:about|you(?:['’]ve)?|in|says|can['’]?t\s+\w+)\b[^,;]*\Z", re.IGNORECASE)
_IT = late(r"(?:it|that|this|they|them|those|these)\b", re.IGNORECASE)
_MAKE_IT = late(r"(?:make|move|change|put)\s+(?:it|that|this)\s+(?P<what>.+)", re.IGNORECASE)
""" "Make it Shelley tomorrow after school"."""
_NOT_DOING = late(
    r"\W*(?:(?:no|and|but|so|actually|sorry)\W+)*(?:(?:i|we)(?:['’]?(?:m|re)|\s+am|\s+are)\s+not|(?:i|we)\s+won['’]?t(?:\s+be)?|not|don['’]?t|no\s+need\s+to)\s+(?:going\s+to\s+)?(?P<what>\w+(?:ing)?\s+[^,.;]{2,50})\W*\Z",
    re.IGNORECASE,
)
""" "I'm not ringing mum": what is to be done by nobody."""
_IN_ORDER = late(
    r"(?:(?:i|we)(?:['’]?(?:m|re|ll)|\s+will)?\s+)?(?P<one>[^,.;]{2,50}?)\s+(?:(?P<how>before|after)|(?:goes\s+|comes\s+|should\s+be\s+)?(?:first,?\s+)?(?:and\s+)?then)\s+(?:i\s+|we\s+)?(?P<other>[^,.;]{2,50}?)\W*\Z",
    re.IGNORECASE,
)
""" "I'm telling her before I refer", "dad first then the referral"."""
_AWAY_SO = late(r"(?:['’]s|\s+is)\s+(?:off|on\s+leave|away|sick|busy|out|ill|late|not\s+in)\b.*\sso\s", re.IGNORECASE)
_TURNS = late(r"\s(?:so|but|and)\s+", re.IGNORECASE)
_THEN = late(r"(?:and\s+)?then\b", re.IGNORECASE)
_ENDS_FIRST = late(r"\bfirst\W*\Z", re.IGNORECASE)
_A_PERSON_IS = late(
    r"(?P<who>(?:(?-i:[A-Z])[\w.]*\s?){1,3}|i|me)(?:(?:['’]s|['’]m|\s+is|\s+does|\s+has)\s+(?:doing\s+|for\s+|on\s+|taking\s+)?|(?:['’]ll|\s+(?:can|will|could|should|to))\s+(?:do|take|have|sort|handle)\s+)(?P<what>the\s+[^,.;]+?)(?:,?\s+(?:and\s+)?not\s+(?:the\s+)?[^,.;]+)?\W*\Z",
    re.IGNORECASE,
)
_BARE = late(
    r"^(?:the|my|our|that|this|his|her|their|your)\s+|\s+(?:one|ones|bit|step|part|line|thing)(?:['’]s)?\Z",
    re.IGNORECASE,
)
_SOMEBODY = late(r"\b(?:them|him|her|it)\b", re.IGNORECASE)
_A_NAME = late(r"(?:(?:Mr|Mrs|Ms|Miss|Dr)\s+)?[A-Z]\w+")
_SAYS_ONE = late(r"\s+(?:one|bit|step|part|line)\Z", re.IGNORECASE)
_ONLY_WEEKDAY = late(r"(?:the\s+)?(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*(?:\s+one)?", re.IGNORECASE)
DOING = names("ring see tell ask speak visit call check write send meet talk book go email text phone")
"""What is done names no line by itself where something else is named beside it."""


@dataclass(frozen=True)
class Line:
    """A step as it was shown."""

    number: int
    text: str
    who: str
    day: date | None


@dataclass(frozen=True)
class Marked:
    """Words with a mark for each line that is named in them."""

    words: str
    at: tuple[int, ...]
    """Of each of their characters, where in the answer it stands."""

    def span(self, first: int, last: int) -> Span:
        """The same stretch of the answer."""
        return self.at[first], self.at[last]


@lru_cache(maxsize=64)
def shown_lines(said_first: tuple[str, ...], today: date) -> tuple[Line, ...]:
    """The steps of a page as they were put before the worker."""
    found = (_SHOWN.fullmatch(line) for line in said_first)
    return tuple(
        Line(int(one["number"]), one["text"], one["who"], next((day.day for day in dates(one["day"], today)), None))
        for one in found
        if one
    )


def marked(answer: str, sentence: Span, lines: Sequence[Line], today: date) -> Marked:
    """A sentence with every line that is named in it as its mark."""
    start, end = sentence
    places = sorted(_named(answer, sentence, lines, today))
    words, at, done = "", list[int](), start
    begun = _NUMBERED.search(answer, start, end) is not None
    for (first, last), mark in places:
        heads = not _OBJECT_BEFORE.search(answer[start:first]) and not _ABOUT_IT.search(answer[start:first])
        if not mark:
            begun = True
            continue
        if first < done or (begun and mark == f"⟦{IT}⟧" and heads):
            continue  # "1 is wrong, it's the nurse": it goes on from there
        begun = begun or heads
        words += answer[done:first] + mark
        at += [*range(done, first), *([first] * len(mark))]
        done = last
    return Marked(words + answer[done:end], (*at, *range(done, end), end))


def _named(answer: str, sentence: Span, lines: Sequence[Line], today: date) -> Iterator[tuple[Span, str]]:
    held = next((held for _, held in sentences_and_clauses(answer[slice(*sentence)])), ())
    clauses = _whole_orders(answer[slice(*sentence)], held)
    for first, last in clauses:
        begins = sentence[0] + first
        words = answer[begins : sentence[0] + last]
        lead = re.match(LEADS_IN, words, re.IGNORECASE)
        at = lead.end() if lead else 0
        if whole := _whole_clause(words, at, lines, today):
            yield (begins + at, begins + len(words)), whole
            continue
        marks = list(_in_clause(words, at, begins, lines, today))
        turned = [
            one for cut in _TURNS.finditer(words, at) for one in _in_clause(words, cut.end(), begins, lines, today)
        ]
        if not marks or (_AWAY_SO.search(words) and any(mark not in {"", f"⟦{IT}⟧"} for _, mark in turned)):
            marks = turned
        yield from marks


def _whole_clause(words: str, at: int, lines: Sequence[Line], today: date) -> str:
    """A clause that says of a line in its own way what the grammar says of a mark."""
    if (person := _A_PERSON_IS.match(words, at)) and (number := meant(person["what"], lines, today)):
        return f"⟦{number}⟧ is {person['who'].strip()}"
    made = _MAKE_IT.match(words, at)
    if made and (days := dates(made["what"], today)):
        day = made["what"][days[0].start : days[0].end]
        if number := meant(_without(made["what"], days), lines, today):
            return f"⟦{number}⟧ is {day}"
    if (refused := _NOT_DOING.match(words)) and (number := meant(refused["what"], lines, today)):
        return f"drop ⟦{number}⟧"
    if (order := _IN_ORDER.match(words, at)) and (both := _two(order, lines, today)):
        return f"⟦{both[0]}⟧ {order['how'] or 'before'} ⟦{both[1]}⟧"
    return ""


def _whole_orders(sentence: str, clauses: Sequence[Span]) -> Sequence[Span]:
    """ "Dad first, then the referral" is one clause."""
    joined: list[Span] = []
    for first, last in clauses:
        if joined and _THEN.match(sentence, first) and _ENDS_FIRST.search(sentence[slice(*joined[-1])]):
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _two(order: re.Match[str], lines: Sequence[Line], today: date) -> tuple[int, int] | None:
    one, other = meant(order["one"], lines, today), meant(order["other"], lines, today)
    return (one, other) if one and other and one != other else None


def _in_clause(words: str, at: int, begins: int, lines: Sequence[Line], today: date) -> Iterator[tuple[Span, str]]:
    """The object of what is to be done, or else whatever the clause begins with; and what it is to stand beside."""
    done = _OBJECT.match(words, at)
    heads = list(_heads(words, at))
    found = done or next((one for one in heads if _mark(one["head"], lines, today)), None)
    if found is None and heads and names(heads[0]["head"]):
        yield (begins + at, begins + at), ""  # something that isn't shown: "it" is that
    if done and not _mark(done["head"], lines, today):
        yield (begins + done.start(), begins + done.end()), ""  # what comes after is said of something not shown
    beside = found is not None and (done is None or _MAY_STAND_BESIDE.match(done["verb"]))
    swapped = _WITH.search(words, done.end("head")) if done and _SWAPS.match(done["verb"]) else None
    for one in (
        found,
        swapped,
        _BESIDE.search(words, at) if beside else None,
        _FOR.search(words, at),
        _ABOUT.search(words),
    ):
        group = "of" if one and one.groupdict().get("of") else "head"
        if one and (mark := _mark(one[group], lines, today)):
            first, last = one.span(group)
            yield (begins + first, begins + last), mark


def _heads(words: str, at: int) -> Iterator[re.Match[str]]:
    """Everything that the clause may begin with: up to a verb first, the shortest of them; then up to an "'s"."""
    found = list(_COPULAS.finditer(words, at))
    for copula in sorted(found, key=lambda one: one[0].lstrip("’'")[:1] == "s"):
        if (head := _ANYTHING.match(words, at, copula.start())) and _names_a_thing(head["head"]):
            yield head


def _names_a_thing(head: str) -> bool:
    """Nothing is said in it yet: "the school one", and not "school said she"."""
    words = _WORD.findall(head)
    return all((names(word) or word.lower() in _SMALL) and word.lower() not in PAST for word in words)


def _mark(words: str, lines: Sequence[Line], today: date) -> str:
    if _IT.fullmatch(words.strip()):
        return f"⟦{IT}⟧"
    if of_their_own(words):
        return ""
    if number := meant(words, lines, today):
        return f"⟦{number}⟧"
    if two := _TWO.fullmatch(words.strip()):
        one, other = (meant(two[part], lines, today) for part in ("one", "other"))
        days = _ONLY_WEEKDAY.fullmatch(two["one"].strip()) and _ONLY_WEEKDAY.fullmatch(two["other"].strip())
        return f"⟦{one}⟧ and ⟦{other}⟧{' days' if days else ''}" if one and other else ""
    return ""


def meant(words: str, lines: Sequence[Line], today: date, *, by_doing: bool = False) -> int:
    """The number of the line that these words name; zero for none, or where two are named as well."""
    bare = _BARE.sub("", _BARE.sub("", words.strip()).strip())
    if _ONLY_WEEKDAY.fullmatch(words.strip()):
        weekdays = {day.day.weekday() for day in dates(bare, today)}
        held = [line for line in lines if line.day and line.day.weekday() in weekdays]
        return held[0].number if len(held) == 1 else 0
    days = dates(bare, today)
    said = names(_without(bare, days)) or frozenset()
    if not said or (_TWO.fullmatch(bare) and len(days) > 1):
        return 0
    scored = []
    for line in lines:
        have = names(f"{line.text} {line.who}")
        shared = said & have
        if (
            shared
            and 2 * len(shared) >= len(said)
            and (not shared <= DOING or (said <= DOING and (by_doing or not _SOMEBODY.search(words))))
        ):
            scored.append((len(shared), len(shared) / len(have), line.number))
    if not scored:
        return 0
    best = max(scored)
    if _A_NAME.fullmatch(bare) and sum(one[0] == best[0] for one in scored) > 1:
        return 0  # somebody who is in several says nothing of one
    tied = [one for one in scored if one[:2] == best[:2]]
    return best[2] if len(tied) == 1 or _SAYS_ONE.search(words) else 0


def _without(words: str, days: Sequence[Named]) -> str:
    for day in reversed(days):
        words = f"{words[: day.start]} {words[day.end :]}"
    return words


def spans_named(answer: str, sentence: Span, lines: Sequence[Line], today: date) -> tuple[Span, ...]:
    """Where a sentence names a line by its words."""
    return tuple(span for span, mark in _named(answer, sentence, lines, today) if mark not in {"", f"⟦{IT}⟧"})
