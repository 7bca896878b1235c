"""What an answer says of a line of the page outright, over more than a clause, or by the line's own words.

"Put the ringing first", "1 doesn't say who him is. It's Darren", "1. Take the "maybe" out. Ask the nursery, me".
Owns these forms. Knows nothing of what becomes of a line; what is said right behind a number is `line_edits.py`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.language.spans import Span
from assistant.noticing.reading import Part
from assistant.noticing.step_wording import says_what_is_done

Edit = tuple[Span, tuple[Part, ...]]
_WHERE = r"(?:(?:very\s+)?(?:first(?!\s+thing)|top|last|bottom|beginning|start|end)\b)"
_PUT_AT = late(
    rf"\b(?:put|move|get|have|bring|stick|want)\s+(?P<what>[^.,;!?]{{2,60}}?)\s+(?:up\s+|down\s+|right\s+)?(?:(?:at|to|on)\s+)?(?:the\s+)?(?P<where>{_WHERE})"
    r"(?!\s+(?:of\s+(?!the\s+(?:list|page))|\w+day))",
    re.IGNORECASE,
)
_OUGHT_TO_BE = late(
    r"(?:\A|[,;]\s*|\b(?:and|but|so)\s+)(?P<what>[^.,;!?]{2,60}?)\s+(?:really\s+)?(?:should|ought\s+to|needs?\s+to|must|has\s+to|wants\s+to|is\s+to)\s+(?:really\s+)?(?:be|go|come|stand)\s+"
    rf"(?:up\s+|right\s+)?(?:(?:at|to|on)\s+)?(?:the\s+)?(?P<where>{_WHERE})",
    re.IGNORECASE,
)
_COMES_FIRST = late(
    rf"(?:\A|[,;]\s*|\b(?:and|but|so)\s+)(?P<what>[^.,;!?]{{2,60}}?)\s+(?P<where>{_WHERE})\W*\Z", re.IGNORECASE
)
_SWAP_BOTH = late(
    r"\b(?:swap|switch)\s+(?:them|those|these|the\s+two|it)(?:\s+(?:round|around|over))?\b", re.IGNORECASE
)
_TWO = 2
_OFF = late(
    r"\W*(?:(?:so|and|please|just|can\s+you)\W+)*(?:take|cross|get|leave)\s+(?:that|it|that\s+one|this)\s+(?:off|out)\b|\W*(?:scrap|delete|remove|drop|bin|lose)\s+(?:that|it)\b",
    re.IGNORECASE,
)
_PRONOUN = r"[\"“'‘]?(?P<word>him|her|he|she|they|them|it|his|their)[\"”'’]?"
IT_IS = r"\W*(?:it['’]?s|it\s+is|its|it\s+should\s+(?:be|say)|that['’]?s|it\s+means|i\s+mean[t]?|should\s+be)\s+"
_WHO_IS_MEANT = late(
    rf"(?:says?|saying|tell|clear|know|show)\s+who\s+{_PRONOUN}\s+(?:is|are){IT_IS}(?P<what>[^.,;!?]+)", re.IGNORECASE
)
_WHO_IS_IN = late(
    rf"\bwho(?:['’]?s|\s+is)\s+{_PRONOUN}\s+(?:in|on|at)\s+(?:number\s+|line\s+|step\s+)?(?P<line>\d{{1,2}})\b{IT_IS}(?P<what>[^.,;!?]+)",
    re.IGNORECASE,
)
_NUMBER = late(
    r"\W*(?:(?:and|but|also|so|no|oh|well)\W+)*(?:number\s+|line\s+|step\s+)?(?P<line>\d{1,2})\b(?!\s*(?:am|pm|o['’]?clock|st\b|nd\b|rd\b|th\b))",
    re.IGNORECASE,
)
WORDS_OUT = (
    r"(?:take|cross|leave|get|drop|lose|cut)\s+(?:the\s+)?(?:(?:off|out)\s+)?(?:the\s+)?"
    r"[\"“'‘](?P<word>[^\"”]{1,40}?)[\"”'’]"
)
_WORDS_OUT = late(rf"\W*{WORDS_OUT}(?:\s+(?:bit\s+)?(?:off|out))?", re.IGNORECASE)
""" "Take the "maybe" out"."""
_ASKS_OF_IT = late(r"[^.!?\d]{0,40}\?\s*", re.IGNORECASE)
_ITS_X_I_DO = late(
    r"\b(?:it['’]?s|its)\s+(?P<what>[^.,;!?]{2,50}?)\s+(?:that\s+)?(?P<who>i['’]?(?:m|ll\s+be)|i\s+am)\s+(?P<does>\w+ing)\b(?:,?\s+(?P<with>with\s+(?:the\s+|my\s+)?\w+))?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]{2,}")
_ENDING = re.compile(r"(?<=[a-z]{2})(?:ing|ed|es|s|e)\Z")
_DAY_OR_HOUR = (
    r"(?:(?:by\s+|on\s+|for\s+)?(?:today|tonight|tomorrow|(?:next\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
    r"|(?:by|before|at)\s+(?:\d{1,2}(?:[.:]\d\d)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon)(?:\s*(?:am|pm|o['’]?clock))?\b)"
)
_PUT_ON_A_DAY = late(
    rf"(?:\A|[.,;]\s*|\b(?:and|but|so|then)\s+)(?:put|make|change|move|set)\s+(?P<what>[^.,;!?\d]{{2,50}}?)\s+(?:step|one|line|bit)\s+(?:as|to|for|down\s+for)\s+"
    rf"(?P<day>{_DAY_OR_HOUR})",
    re.IGNORECASE,
)
""" "Put the head's step as before four o'clock"."""
_ON_A_DAY = late(
    r"(?:\A|[,;]\s*|\b(?:and|but|so)\s+)(?P<what>[^.,;!?\d]{2,50}?)(?:\s+(?:is|isn['’]?t|should\s+be|needs\s+to\s+be|wants\s+to\s+be)|['’]s)\s+(?:not\s+)?"
    rf"(?:\w+\s+(?:it['’]?s|its|but)\s+)?(?P<day>{_DAY_OR_HOUR})",
    re.IGNORECASE,
)
""" "The chronology is Wednesday not Friday", "school isn't tomorrow it's today"."""
_LITTLE = frozenset(
    "one thing line bit number step job the that this really list page main going be get got do to of for and in on at "
    "with by it is my me we an".split()
)
_SHARE = 0.5
_OF_A_LINE = re.compile(r"\A\d{1,2}\.\s+|\s+\([^()]*\)\Z")


def edits_in_words(answer: str, page: Sequence[str]) -> Iterator[Edit]:
    """Stretches that say something of lines so, each with what it says."""
    sentences = list(spoken_sentences(answer))
    if not page:
        return
    for place, (start, end) in enumerate(sentences):
        yield from _moved(answer, (start, end), page)
        yield from _taken_off(answer, sentences, place, page)
        yield from _meant(answer, (start, end), len(page))
        yield from _put_anew(answer, sentences, place, len(page))
        for found in (*_PUT_ON_A_DAY.finditer(answer, start, end), *_ON_A_DAY.finditer(answer, start, end)):
            line = line_named(found["what"], page)
            if line is not None:
                yield found.span(), (Part(kind="when", span=found.span("day"), lines=(line,)),)
        for found in _ITS_X_I_DO.finditer(answer, start, end):
            line = line_named(f"{found['what']} {found['does']}", page)
            if line is not None:
                whose = Part(kind="who", span=found.span("who"), lines=(line,))
                yield found.span(), (whose,)


def line_named(words: str, page: Sequence[str]) -> int | None:
    """The one line that some words name by its own; None where they name none, or several alike."""
    said = _roots(words)
    shares = [len(said & _roots(_OF_A_LINE.sub("", line))) for line in page]
    most = max(shares, default=0)
    return shares.index(most) if most and most >= _SHARE * len(said) and shares.count(most) == 1 else None


def _roots(words: str) -> frozenset[str]:
    """All words but the least, without their endings: "phoning" is what "phone" is."""
    return frozenset(_ENDING.sub("", word) for word in _WORD.findall(words.lower()) if word not in _LITTLE)


def _moved(answer: str, sentence: Span, page: Sequence[str]) -> Iterator[Edit]:
    """ "Put the school one first", "visit ought to be top", "swap them round"."""
    if len(page) == _TWO and (swap := _SWAP_BOTH.search(answer, *sentence)):
        yield sentence, (Part(kind="order", span=swap.span(), lines=(0, 1)),)
        return
    for pattern in (_PUT_AT, _OUGHT_TO_BE, _COMES_FIRST):
        found = pattern.search(answer, *sentence)
        if found is None:
            continue
        line = None if re.search(r"\d", found["what"]) else line_named(found["what"], page)
        plainly = pattern is not _COMES_FIRST or len(found["what"].split()) <= len("the words of a line".split())
        if line is not None and plainly:
            yield found.span(), (Part(kind="order", span=found.span(), lines=(line,)),)
            return


def _taken_off(answer: str, sentences: Sequence[Span], place: int, page: Sequence[str]) -> Iterator[Edit]:
    """ "The letter home is a bad idea. Take that off"."""
    off = _OFF.match(answer, *sentences[place])
    if off is None or not place:
        return
    before = answer[slice(*sentences[place - 1])].partition(",")[0]
    line = (
        None
        if re.search(r"\d", before)
        else line_named(re.split(r"\s(?:is|was|isn|needs|can|['’]s)\b", before)[0], page)
    )
    if line is not None:
        yield (sentences[place - 1][0], off.end()), (Part(kind="drop", span=off.span(), lines=(line,)),)


def _meant(answer: str, sentence: Span, lines: int) -> Iterator[Edit]:
    """ "1 doesn't say who him is. It's Darren"."""
    number = _NUMBER.match(answer, sentence[0])
    within = number and _WHO_IS_MEANT.search(
        answer, number.end(), min(len(answer), sentence[1] + len("It should be somebody's whole name"))
    )
    found = within or _WHO_IS_IN.search(answer, sentence[0])
    if found is None or found.start() > sentence[1]:
        return
    line = int((number if within and number else found)["line"]) - 1
    if 0 <= line < lines:
        begins = number.start("line") if within and number else found.start()
        yield (begins, found.end()), (Part(kind="words", span=(found.start("word"), found.end()), lines=(line,)),)


def _put_anew(answer: str, sentences: Sequence[Span], place: int, lines: int) -> Iterator[Edit]:
    """ "1. Take the "maybe" out, I'm doing it. Ask the nursery, me, by Thursday": the sentence after it is the line."""
    number = _NUMBER.match(answer, *sentences[place])
    if number is None or not 0 < int(number["line"]) <= lines:
        return
    line, at = int(number["line"]) - 1, number.end()
    following = _after(sentences, place, at)
    at = max(at, following[0][0]) if following and not answer[at : sentences[place][1]].strip(" .)") else at
    out = _WORDS_OUT.match(answer, at)
    asked = _ASKS_OF_IT.match(answer, at)
    if not out and not (asked and asked[0].strip(" ?.)")):
        return
    ends = (out or asked).end()  # type: ignore[union-attr]
    anew = next((one for one in following if one[0] >= ends - 1), None)
    if anew is not None and says_what_is_done(answer[slice(*anew)]):
        whole = (anew[0], len(answer[: anew[1]].rstrip(" .!")))
        yield (number.start("line"), anew[1]), (Part(kind="words", span=whole, lines=(line,)),)
    elif out:
        yield (number.start("line"), out.end()), (Part(kind="words", span=out.span(), lines=(line,)),)


def _after(sentences: Sequence[Span], place: int, at: int) -> list[Span]:
    """The next two sentences; a number with its full stop may be one."""
    return [one for one in sentences[place : place + 3] if one[1] > at and one[0] >= at - 1]
