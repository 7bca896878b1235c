"""What an answer says of lines of the page that it names by their numbers: "3 is me, today", "take off 4".

Owns the few forms in which a line is named outright; there the words count, whatever is learnt. Everything else is
`closing_reader.py`'s. Knows nothing of what becomes of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from assistant.language.dates import TOMORROW, dates
from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.language.spans import Span, overlaps
from assistant.noticing.additions import ADDS, AND_ANOTHER, FEWEST_ADDED, as_steps, of_no_line
from assistant.noticing.lines_named import lines_named
from assistant.noticing.plain_stretches import cut_at, plain
from assistant.noticing.reading import Part, PartKind
from assistant.noticing.step_wording import says_what_is_done

_ANY_DAY = date(2026, 3, 2)
"""Only whether a day is named counts."""
_LEADS = late(
    r"\W*(?:(?:and|but|so|then|no|yes|yeah|nearly|well|oh|also|still|just|ok|okay|right|sorry|number|line|step|apart\s+from"
    r"|except(?:\s+for)?|the\s+list\s+is\s+right(?:\s+now)?)\b\W*)*\Z",
    re.IGNORECASE,
)
"""What may stand before a number that a clause begins with."""
_ASKS_TO = late(
    r"(?P<off>(?:take|cross|get|strike)\s+(?:off|out)|scrap|delete|remove|drop|bin|lose|get\s+rid\s+of|take\s+away)\s*\Z"
    r"|(?P<take>take|cross|get|strike|leave)\s*\Z"
    r"|(?P<other>make|move|change|give|put|join)\s*\Z|(?P<swap>swap(?:\s+round)?)\s*\Z",
    re.IGNORECASE,
)
"""Right before a number: what is to become of its line."""
_CLAUSE = late(
    r"[,;:–—]\s+|\s+(?=except|apart\s+from)|\s+-\s+|\s+(?:and|but|then|so)\s+(?=(?:number\s+)?\d|take|cross|put|make)",
    re.IGNORECASE,
)
_ONLY_A_NUMBER = late(r"\W*\d{1,2}\s*[.)]\s*")
_COMMA = late(r",\s+(?!(?:number\s+)?\d)")
_JOINED_ON = late(r"\W*(?:(?:and|by)\s+)?(?=\w)")
_AFTER_OFF = late(r"\s*(?:off|out)?\W*", re.IGNORECASE)
_OFF = late(r"\s*(?:off|out|away)\b", re.IGNORECASE)
_JOINS = late(
    r"\b(?:same|one)\s+(?:thing|step|job|as|one)\b|\b(?:are|is)\s+(?:really\s+|all\s+)?(?:the\s+same|one)\b|\btogether\b|\bpart\s+of\b|\bgoes?\s+(?:in\s+)?with\b"
    r"|\b(?:put|in)\s+(?:it\s+|them\s+|that\s+)?(?:in\s+|together\s+)?with\b|\bthat['’]?s\s+(?=(?:number\s+)?\d)|\bbelongs?\s+(?:to|with|in)\b",
    re.IGNORECASE,
)
_DROPS = late(
    r"\b(?:take|cross|get|leave)\s+(?:it|that|this|them|those)\s+(?:off|out)\b|\b(?:scrap|delete|remove|drop|lose|bin)\s+(?:it|that|them)\b"
    r"|\A\W*(?:(?:is|['’]s|goes|go|comes?|needs?\s+to\s+come|should\s+(?:come|go)|can\s+(?:come|go))\s+)?(?:off|out)\b|\A\W*can\s+go\b|\A\W*goes\W*\Z"
    r"|\A\W*(?:(?:on|in)\s+(?:your|ur|the|that|my)\s+(?:list|page)\W+)?(?:(?:is|['’]s|are)\s+not|(?:is|are)n['’]?t|(?:still\s+)?(?:isn|aren)['’]?t)"
    r"\s+(?:even\s+|really\s+|actually\s+)*(?:an?\s+|my\s+)?(?:steps?|jobs?|things?|actions?|tasks?)\b"
    r"|\A\W*(?:is|['’]s)\s+(?:just\s+|only\s+)?(?:an?\s+)?(?:question|remark|feeling|thought|reason)\b"
    r"|\A\W*(?:is|['’]s)?\s*still\s+(?:there|on)\b|\bshouldn['’]?t\s+be\s+(?:there|on)\b",
    re.IGNORECASE,
)
_TWO = late(r"\b(?:two|separate)\s+(?:different\s+)?(?:things|steps|jobs)\b|\bsplit\b", re.IGNORECASE)
_DONE = late(
    r"\A\W*(?:is|['’]s|has\s+been|are|have\s+been)?\s*(?:already\s+|all\s+)?(?:done|sorted|finished)\b|\bi['’]?ve\s+(?:already\s+)?(?:done|rung|sent|seen|told|asked|booked)\b",
    re.IGNORECASE,
)
_NOT = late(r"n['’]?t\b|\b(?:not|never)\b", re.IGNORECASE)
_ORDER = late(
    r"\A\W*(?:(?:is|['’]s|are|should|needs?\s+to|must|ought\s+to|has\s+to|be|go|goes|come|comes|at|to|the)\s+)*(?P<where>first\b(?!\s+thing)|(?:the\s+)?top\b|last\b(?!\s+\w+day)"
    r"|(?:the\s+)?bottom\b|(?:before|after|above|below)\s+(?:number\s+)?\d\b(?!\s*(?:am|pm|o)))",
    re.IGNORECASE,
)
_GRIPES = late(
    r"['’]?s?\s*(?:(?:has|is|have|are)\s+)?(?:(?:still|both|all|just)\s+)*(?:gone|back|reads?|says?|missing|lost|disappeared|wrong|changed|dropped"
    r"|(?:not|isn['’]?t|aren['’]?t)\s+(?:quite\s+)?right)\b(?!.*\b(?:put|take|cross|scrap)\b)",
    re.IGNORECASE,
)
""" "1's gone back to Maureen": nothing that it should say."""
_BUT_SAYS = late(
    r"\b(?:it['’]?s|its|should\s+(?:be|say)|is)\s+(?:just\s+)?[\"“](?P<what>[^\"”]{4,})[\"”]", re.IGNORECASE
)
""" "1 still isn't right, it's "ask Ryan about the door""."""
_ITS_WHO = late(
    r"(?:it['’]?s\s+)?(?P<who>(?:the|my|our|her|his)\s+\w+(?:\s+\w+)?|(?-i:[A-Z])\w+)\s+(?:who|that)\s+(?=\w)",
    re.IGNORECASE,
)
_DONE_TO_THEM = late(
    r"(?:(?:asks?|tells?|rings?|emails?|texts?|see|phone|speak\s+to|talk\s+to)\s+(?:him|her|them)|do\s+(?:it|that))\b(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
""" "4 is the dinner lady, I'll ask her, today": what's to be done stays."""
_NOT_JUST = late(r"\W*not\s+(?:just|only)\b", re.IGNORECASE)
_THATS = late(r"\bthat['’]?s\s+(?P<who>me|(?-i:[A-Z])\w+)\b", re.IGNORECASE)
_KEEPS = late(
    r"\A\W*(?:is|['’]s|are)?\s*(?:right|fine|ok(?:ay)?|good|correct|stays?|stay|(?:does|covers|says)\s+(?:it|that))\b(?P<but>\W+but\s+)?",
    re.IGNORECASE,
)
_IS = late(
    r"(?:['’]s\b)?\W*(?:(?:is|['’]s|are|that['’]?s|wants?|put|should|needs?|ought|must|has|have|to|be|say|says|read|reads|just|now|actually|also|really|still|meant)\b\s*)*[:=]?\s*",
    re.IGNORECASE,
)
_OF_A_STEP: frozenset[PartKind] = frozenset({"who", "when"})
_SHOULD_SAY = late(r"\b(?:say|says|read|reads|should\s+be)\W*\Z", re.IGNORECASE)
_BUT_RATHER = late(
    r"\W*(?:(?:is|['’]s|still|that['’]?s)\s*)*(?:n['’]?t|not|wrong)\b\s*(?:.{1,40}?)?[\s,]+(?:it['’]?s|its|but|that['’]?s)\s+(?=\S)",
    re.IGNORECASE,
)
""" "isn't Sue it's me"."""
_ME_DOING_IT = late(
    r"(?P<who>me)\s+[a-z]+ing(?:\s+(?:her|him|it|them|that|this|both|up))?(?:\s+(?:again|then|too))?(?=\s*(?:[,.;]|\Z))",
    re.IGNORECASE,
)
""" "2 is me ringing her": the words of its line stay."""
_ADDS_TO = late(
    r"\W*(?:only|with|without|if|unless|not|for|from|in|on|at|to|until|till|also|plus|about|when|once|after|before|by|including|as\s+long)\b|\W*[\"“]",
    re.IGNORECASE,
)
"""What may be added to a line's words."""
_NOT_A_WORD = late(r"\bnot\s+[\"“'‘]\w", re.IGNORECASE)
""" "Should say Mr Bassett, not "him""."""
_A_WORD_IS = late(r"\W*[\"“'‘]\w+[\"”'’]\s+(?:is|means|should\s+be)\s+(?P<what>[^.;!?]+)", re.IGNORECASE)
_ABOUT_A_WORD = late(
    r",?\s*(?:(?:because|cos|as)\s+)?[\"“'‘]\w+[\"”'’]\s+(?:could|might|may|can|would|doesn|isn|sounds|reads|looks|is\s+(?:anyone|anybody|no))",
    re.IGNORECASE,
)
""" "3 should say ask the manager, "her" could be anyone": said of the page."""
_NOT_SOMEBODY = late(r"\s*,?\s*not\s+(?:me|(?-i:[A-Z])\w+)\s*,", re.IGNORECASE)
_NAME = r"(?-i:[A-Z])[\w’'-]+"
_WHO = late(
    rf"(?:me|myself|i\s+do\b|i['’]m\s+(?:the\s+one|doing)\b.*|i['’]ll\s+do\s+(?:it|that)|both\s+of\s+us|us|(?:my|the|our)\s+\w+(?:\s+\w+)?|{_NAME}(?:\s+{_NAME})?)"
    rf"(?:(?:\s*,\s*|\s+)(?:and|n|&|with)\s+(?:me|(?:the|my|our)\s+\w+(?:\s+\w+)?|{_NAME}(?:\s+{_NAME})?))*"
    r"(?=\s*(?:[,.;!]|\Z)|\s+(?:by|today|tonight|tomorrow|on|before|after|once|now|at|not|this|next|asap|straight|as\s+well|too|again)\b)",
    re.IGNORECASE,
)
_AND_ALSO = late(r",\s*|\s+(?P<also>and\s+(?=[a-z]+\s+\w))", re.IGNORECASE)
_NO_NAME = late(
    r"(?:the\s+(?:most|best|first|last|main|one|only|worst|right|wrong|big|same|important)\b|(?:ring|call|phone|email|text|write|see|visit|meet|speak|talk|tell|ask|refer|report|book|arrange|check|chase|log|send|make|find|go)\b|the\s+(?:\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend)|\w+day\b|by|on|at|in|only|with|without|after|before|once|when|if|next|this|today|tonight|tomorrow|now|mon|tue|wed|thu|fri|sat|sun|january|february|march|april|may|june"
    r"|july|august|september|october|november|december)",
    re.IGNORECASE,
)
_WHEN = late(
    rf"(?:(?:by|before|b4|after|once|when|next|this|on|at|in|for|straight|first\s+thing|the\s+\d|today|tonight|{TOMORROW}|now|mon|tue|wed|thu|fri|sat|sun)\w*\b)",
    re.IGNORECASE,
)
_NO_DAY = late(rf"(?:{TOMORROW}|once|when|after|before|straight|now|first\s+thing|as\s+soon|by|next)\b", re.IGNORECASE)
_IT_SHOULD = late(
    r"(?:\A|[,;]\s*|\.\s+)(?:and\s+)?(?:(?:it|that)\s+should\s+(?:just\s+)?(?:say|read|be)|make\s+it\s+say|just\s+put)\s+(?P<what>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
""" "And it should read …": the line that was named last."""
_ANOTHER_IS = late(
    r",\s+(?:and\s+)?(?!(?:that|it|this|he|she|they|i|you|we|who|what|which|there|number|line|step|not)\b)[a-z][\w’']*(?:\s+[a-z]\w+){0,2}\s+(?:is|isn['’]?t|should\s+be)\s+"
    r"(?:(?:on|by|not)\s+)?(?:today|tonight|tomorrow|\w+day)\b",
    re.IGNORECASE,
)
""" "2 is Angela, the chronology is Wednesday": of another line, called by its words."""
_PUT_BACK = late(r"\bput\s+(?:it|that|them|those)\s+back\b", re.IGNORECASE)
_QUOTED = late(r"\"[^\"]+\"|“[^”]+”")
_FAR = 30
_SAYS_OF_IT = late(r"\s*(?:(?:is|isn|should|wants|needs)\b|['’]s\b|by\s+\w)", re.IGNORECASE)
_LAST_NUMBER = late(r"(?P<number>\b(?:number\s+)?(?:\d{1,2}|one|two|three|four|five|six|seven)\b)", re.IGNORECASE)
_BOTH_SAID = late(
    r"(?:\W|\b(?:really|actually)\b)*(?!(?:can|could|please|so|split|you|and|it)\b)\w+\s+\w", re.IGNORECASE
)
_LOOKS_AGAIN = late(r",?\s+(?:and\s+)?(?:i['’]?ll|ill|we['’]?ll|i\s+will)\s+look\b", re.IGNORECASE)
_ALL = late(
    r"(?:\A|[.,;]\s+|\b(?:and|they['’]?re|its|it['’]s)\s+)all\s+(?:of\s+(?:them|it)(?:['’]s)?\s+)?(?:is\s+|are\s+|by\s+)?(?P<who>me|mine)\b(?P<rest>(?:(?!\bexcept\b|\bapart\b)[^.,])*)",
    re.IGNORECASE,
)
""" "All me today, except 3"."""


def over(
    parts: Sequence[Part], answer: str, lines: int, outright: Sequence[tuple[Span, tuple[Part, ...]]] = ()
) -> tuple[Part, ...]:
    """The parts that were read, with what is said by numbers, or `outright`, in the place of what was read there."""
    whole = [span for span, _ in outright]
    found = [(span, edits) for span, edits in regions(answer, lines) if edits and not overlaps(span, *whole)]
    parts = [
        *(part for part in parts if not overlaps(part.span, *whole)),
        *chain.from_iterable(edits for _, edits in outright),
    ]
    left = [part for part in parts if not overlaps(part.span, *(span for span, _ in found))]
    for span, edits in found:
        left += _together(edits, [part for part in parts if overlaps(part.span, span)], answer)
    return tuple(sorted(left, key=lambda part: part.span))


def _together(edits: Sequence[Part], read: Sequence[Part], answer: str) -> Iterator[Part]:
    """Who and when, and words where none are said outright, as they were read of these lines; all else as it's said."""
    held = frozenset(chain.from_iterable(part.lines for part in edits))
    changed = {part.kind for part in edits} - {"drop", "done"}
    outright = [part for part in edits if part.kind == "words" and _says_it_all(answer, part)]
    whole = [*outright, *(part for part in edits if part.kind not in {"words", *_OF_A_STEP})]
    known = [
        part
        for part in (read if changed and "step" not in changed else ())
        if (part.kind in _OF_A_STEP or (part.kind == "words" and changed <= _OF_A_STEP))
        if part.lines and held.issuperset(part.lines)
        if not overlaps(part.span, *(one.span for one in whole))
        if part.kind == "who" or "join" not in changed
    ]
    read_as = {part.kind for part in known}
    yield from known
    for part in edits:
        if part.kind not in read_as and (part.kind != "words" or part in outright or not read_as):
            yield part


def _says_it_all(answer: str, part: Part) -> bool:
    """Words that stand in the place of a line's, whoever and whichever day they name."""
    said = answer[slice(*part.span)]
    return (
        says_what_is_done(said)
        or _NOT_JUST.match(said) is not None
        or _SHOULD_SAY.search(answer, 0, part.span[0]) is not None
    )


def regions(answer: str, lines: int) -> Iterator[tuple[Span, tuple[Part, ...]]]:
    """Stretches that speak of lines by their numbers, each with what it says; empty where it isn't known."""
    last, every = -1, tuple(chain.from_iterable(_apart(answer, *one) for one in lines_named(answer, lines)))
    for start, end in _sentences(answer):
        if back := _PUT_BACK.search(answer, start, end):  # what comes back is no line that stands there
            yield (back.start(), end), (Part(kind="aside", span=back.span()),)
            continue
        added = ADDS.search(answer[start:end])
        ended = start + added.start() if added and not added["what"] and lines else end
        looks = _LOOKS_AGAIN.search(answer, start, ended)
        ended = looks.start() if looks else ended
        here = [(number, held) for number, held in every if start <= number[0] < ended]
        named = [(number, held) for number, held in here if _begins(answer, start, number[0])]
        for place, (number, held) in enumerate(named):
            begins = _asked_from(answer, start, number[0])
            ends = _asked_from(answer, start, named[place + 1][0][0]) if place + 1 < len(named) else ended
            another = _ANOTHER_IS.search(answer, number[1], ends)
            ends = another.start() if another else ends
            span, parts = _said(answer, (begins, ends), number, held, every)
            yield span, parts
            last = -1 if any(part.kind == "drop" for part in parts) else held[0]
            if any(part.kind == "join" for part in parts):
                last = parts[0].lines[-1]
        if lines:
            yield from of_no_line(answer, (start, end), added)
        if lines and (everybody := _ALL.search(answer, start, end)):
            but = {line for _, places in named for line in places}
            meant = tuple(line for line in range(lines) if line not in but)
            at = (everybody.start("rest"), everybody.end("rest"))
            who = Part(kind="who", span=everybody.span("who"), lines=meant)
            yield everybody.span(), (who, *_when(answer, at, meant))
        found = _IT_SHOULD.search(answer[start:end])
        if found and last >= 0 and not any(start + found.start() < number[0] for number, _ in named):
            what = plain(answer, (start + found.start("what"), end))
            yield (start + found.start(), end), (Part(kind="words", span=what, lines=(last,)),)


def _apart(answer: str, number: Span, held: tuple[int, ...]) -> Iterator[tuple[Span, tuple[int, ...]]]:
    """ "Take off 4 and 5 is me": the last number belongs to what follows it."""
    off = _ASKS_TO.search(answer, max(0, number[0] - _FAR), number[0])
    if len(held) > 1 and off and (off["off"] or off["take"]) and _SAYS_OF_IT.match(answer, number[1]):
        *_, one = _LAST_NUMBER.finditer(answer, *number)
        yield (number[0], one.start()), held[:-1]
        yield one.span("number"), held[-1:]
    else:
        yield number, held


def _sentences(answer: str) -> Iterator[Span]:
    """A number with its full stop, as on the page, begins the sentence after it: "3. Ring Dawn tonight"."""
    begins: int | None = None
    for start, end in spoken_sentences(answer):
        first = start if begins is None else begins
        if _ONLY_A_NUMBER.fullmatch(answer, start, end):
            begins = first
            continue
        begins = None
        yield first, end
    if begins is not None:
        yield begins, len(answer)


def _begins(answer: str, start: int, at: int) -> bool:
    """A clause begins with this number, or with what is asked to be done to it."""
    clause = max((cut.end() for cut in _CLAUSE.finditer(answer, start) if cut.end() <= at), default=start)
    before = answer[clause:at]
    return _LEADS.fullmatch(before) is not None or _ASKS_TO.search(before) is not None


def _asked_from(answer: str, start: int, number: int) -> int:
    found = _ASKS_TO.search(answer, start, number)
    return found.start() if found else number


def _said(
    answer: str, region: Span, number: Span, held: tuple[int, ...], every: Sequence[tuple[Span, tuple[int, ...]]]
) -> tuple[Span, tuple[Part, ...]]:
    asked, rest = _ASKS_TO.search(answer, region[0], number[0]), answer[number[1] : region[1]]
    if asked and asked["swap"]:
        return region, (Part(kind="order", span=plain(answer, region), lines=held),)
    if _JOINS.search(answer, *region) and (joined := _joined(answer, region, held, every)):
        return region, joined
    if asked and (asked["off"] or (asked["take"] and _OFF.match(rest))):
        if _KEEPS.match(rest):  # "take off 5, 6 does it"
            held = held[:-1]
        return (region[0], number[1] + _AFTER_OFF.match(rest).end()), (  # type: ignore[union-attr]
            Part(kind="drop", span=(region[0], number[1]), lines=held),
        )
    return region, tuple(_becomes(answer, region, number, held))


def _becomes(answer: str, region: Span, number: Span, held: tuple[int, ...]) -> Iterator[Part]:
    """What a line is said to become, by what stands after its number."""
    rest, end = answer[number[1] : region[1]], region[1]
    if word := _A_WORD_IS.match(answer, number[1], end):
        yield Part(kind="words", span=plain(answer, word.span("what")), lines=held)
    elif _GRIPES.match(rest):
        yield _griped(answer, region, (number[1], end), held)
    elif _DROPS.search(rest):
        yield Part(kind="drop", span=plain(answer, region), lines=held)
    elif two := _TWO.search(rest):
        both = (number[1] + two.end(), end)
        if _BOTH_SAID.match(answer, *both) and len(cut_at(AND_ANOTHER, answer, both)) > 1:
            yield Part(kind="drop", span=(number[0], both[0]), lines=held)
            yield from as_steps(answer, both)
        else:
            yield Part(kind="split", span=plain(answer, region), lines=held)
    elif _DONE.search(rest) and not _NOT.search(rest):
        yield Part(kind="done", span=plain(answer, region), lines=held)
    elif found := _ORDER.match(rest):
        yield Part(kind="order", span=(number[0], number[1] + found.end()), lines=held)
        yield from _when(answer, (number[1] + found.end(), end), held)
    elif found := _KEEPS.match(rest):
        if found["but"]:
            yield Part(kind="words", span=plain(answer, (number[1] + found.end(), end)), lines=held)
        else:
            yield Part(kind="keep", span=plain(answer, region), lines=held)
    else:
        yield from _content(answer, (number[1], end), held)


def _griped(answer: str, region: Span, rest: Span, held: tuple[int, ...]) -> Part:
    """A complaint, or what it says the line should be: "1 still isn't right, it's "ask Ryan about the door""."""
    if rather := _BUT_SAYS.search(answer, *rest):
        return Part(kind="words", span=rather.span("what"), lines=held)
    if mine := _THATS.search(answer, *rest):
        return Part(kind="who", span=mine.span("who"), lines=held)
    return Part(kind="aside", span=plain(answer, region), lines=())


def _joined(
    answer: str, region: Span, held: tuple[int, ...], every: Sequence[tuple[Span, tuple[int, ...]]]
) -> tuple[Part, ...]:
    others = chain.from_iterable(places for at, places in every if region[0] <= at[0] < region[1])
    places = tuple(dict.fromkeys((*held, *others)))
    comma = _COMMA.search(answer, *region)
    span = plain(answer, (region[0], comma.start() if comma else region[1]))
    return (Part(kind="join", span=span, lines=places),) if len(places) > 1 else ()


def _content(answer: str, span: Span, held: tuple[int, ...]) -> Iterator[Part]:
    """Who, when, or how it should read."""
    start = span[0]
    rather = _BUT_RATHER.match(answer, start, span[1])
    lead = _IS.match(answer, start, span[1])
    start = rather.end() if rather else lead.end() if lead else start
    said_so = _SHOULD_SAY.search(answer, span[0], start) is not None
    if doing := _ME_DOING_IT.match(answer, start, span[1]):
        yield Part(kind="who", span=doing.span("who"), lines=held)
        yield from _when(answer, (doing.end(), span[1]), held)
        return
    if _NOT_JUST.match(answer, *span):  # "not just the phone, the tablet as well"
        yield Part(kind="words", span=plain(answer, (span[0], span[1]), cut=False), lines=held)
        return
    if whose := _ITS_WHO.match(answer, start, span[1]):
        yield Part(kind="who", span=whose.span("who"), lines=held)
        return
    who = None if said_so and _NOT_A_WORD.search(answer, *span) else _WHO.match(answer, start, span[1])
    if who and not _NO_NAME.match(who[0]):
        yield Part(kind="who", span=who.span(), lines=held)
        job = plain(answer, (who.end(), span[1]))
        said = answer[slice(*job)].removeprefix("I ").removeprefix("I'll ")
        only = _DONE_TO_THEM.fullmatch(said)
        if only:
            yield from _when(answer, (job[1] - len(only["rest"]), job[1]), held)
        elif len(said.split()) >= FEWEST_ADDED and says_what_is_done(said):
            yield Part(kind="words", span=job, lines=held)  # "4 is me, I ring Ruth, now"
        else:
            yield from _when(answer, (who.end(), span[1]), held)
        return
    if _WHEN.match(answer, start, span[1]) and (when := tuple(_when(answer, (start, span[1]), held))):
        yield from when
        return
    plainly = said_so or _ADDS_TO.match(answer, start, span[1]) or says_what_is_done(answer[start : span[1]])
    if not plainly:
        return  # "isn't right", "needs a date": no words of its own
    start -= answer[start - 1] in '"“'
    about = _ABOUT_A_WORD.search(answer, start, span[1])
    end = about.start() if about else span[1]
    words = plain(answer, (start, end), cut=not said_so or _NOT_A_WORD.search(answer, *span) is not None)
    if quoted := _QUOTED.match(answer, *words):  # what is said besides is no word of its line
        words = quoted.span()
    if len(answer[slice(*words)].split()) > 1:
        yield Part(kind="words", span=words, lines=held)


def _when(answer: str, span: Span, held: tuple[int, ...]) -> Iterator[Part]:
    """When, and what else is said of it besides."""
    passed = _NOT_SOMEBODY.match(answer, *span)
    start, end = plain(answer, (passed.end(), span[1]) if passed else span)
    begins = _JOINED_ON.match(answer, start, end)
    start = start if begins is None else max(start, begins.end() - (3 if begins[0].rstrip().endswith("by") else 0))
    joint = _AND_ALSO.search(answer, start, end)
    first = joint.start() if joint else end
    words = answer[start:first]
    if not words.strip() or not (dates(words, _ANY_DAY) or _NO_DAY.match(words)):
        return
    yield Part(kind="when", span=(start, first), lines=held)
    rest = plain(answer, (joint.end() if joint else end, end))
    also = joint is not None and joint["also"] is not None
    if (also or _NO_NAME.match(answer, *rest)) and not dates(answer[slice(*rest)], _ANY_DAY):
        yield Part(kind="words", span=rest, lines=held)
