"""A paragraph or a list cut into the pieces that may each be a step: lines, numbers, sentences, another person's turn.

Owns the words at which it's cut. Knows nothing of which piece is a step.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from assistant.language.lazy_patterns import late
from assistant.language.sentences import sentences
from assistant.language.words_before import FAR, just_before
from assistant.noticing.observations import Span
from assistant.noticing.stances import Answer

WILL = (
    r"(?:['’](?:m|re|s)\s+)?(?:not\s+)?(?:will|to|['’]ll|is\s+going\s+to|are\s+going\s+to|has\s+agreed\s+to|has\s+promised\s+to"
    r"|needs?\s+to|ha(?:s|ve)\s+to|must|shall|can|should)\b"
)
_NUMBER = late(r"(?:^|(?<=\s))(?P<number>\d{1,2})(?:[.):]|\s-)?\s+(?=\D)")
_ITEM = late(r"\s*\d{1,2}(?:[.):]\s+(?=\D)|\s+(?=[A-Z]))")
_BULLET = late(
    r"[\s\-*•–]+|it\s+should\s+(?:say|be|read)\s+(?:that\s+)?|steps?\s*(?:\d|one|two|three)?\s*:\s+|\d{1,2}[.)]\s+|\s*(?:(?:oh|and|then|also|but|so|right|ok|okay|well)[,\s]+)+|(?:(?:it['’]?s|that['’]?s)\s+)?(?:two|three|four|five)\s+(?:things|steps|jobs)\s*[:,]\s*",
    re.IGNORECASE,
)
_LOOSE = ".,;:–-"
_LOOSE_WORD = late(r"(?<=[\s.,;])(?:and|then|but)\Z", re.IGNORECASE)
_LONGEST_LOOSE_WORD = 5
"""Characters: "then" and what stands before it."""
_BETWEEN_ACTORS = late(
    r"(?:[,;]\s*(?:and\s+|then\s+|but\s+)?|\s+and\s+(?:then\s+)?|\s+then\s+)(?:(?!(?:ask|tell|get|for|want|need|with|help|let|remind|the|a|both)\b)[a-z]+\s)?$",
    re.IGNORECASE,
)
DOES = (
    r"(?:report|keep|see|ring|visit|call|ask|tell|write|take|attend|speak|check|make|get|send|bring|book|meet|talk|look"
    r"|phone|chase|arrange|start|stop|refer|contact|give|find|watch|weigh)s"
)
_CUT_AT_A_NAME = late(rf",\s*(?:and\s+)?(?=[A-Z][\w.]*\s+(?:{DOES}|goes|does)\b)")
_CUT_AT_ME = late(
    r"(?:[,;]\s*(?:and\s+|then\s+)?|\s+and\s+)(?=me\s+(?:the|for|his|her|their)\b)"
    r"|[,;]\s*(?:and\s+|then\s+)?(?=me\s+(?:to\s+)?(?:ring|go|see|visit|call|phone|ask|tell|write|email|speak|talk|check|book|chase|meet|send|get)\s+\w)"
    r"|(?:[,;]\s*(?:and\s+|then\s+)?|\s+and\s+(?:then\s+)?)(?=I\s+(?:ring|go|see|visit|call|phone|ask|tell|write|email|speak|check|book|chase|meet|send)\b)"
    r"|[,;]\s*(?:and\s+)?(?=(?!him\b|her\b|them\b|it\b|need|want|how\b|what\b|when\b|going\b|able\b|ready\b|due\b)[\w’']+\s+to\s+(?:be\s+(?:told|seen|asked|rung|weighed)|look|bring|take|arrange|sort|find|speak|meet|ring|see|visit|call|ask|tell|write|check|chase|weigh)\b)",
    re.IGNORECASE,
)
""" "Me the plans tonight, me the dentist tomorrow"."""
_CUT_AT_DOING = late(
    r"[,;]\s*(?:and\s+)?(?:then\s+)?(?=(?:somebody|someone|ask|find\s+out|ring|see|visit|tell|check|write|email|speak|get|book|chase|call|phone|arrange|make|talk|send|weigh)\b)",
    re.IGNORECASE,
)
_LONGEST_STEP = 400
"""Characters."""
_JOINT = late(r"[,;]\s+(?:and\s+)?(?:then\s+)?|\s+and\s+(?:then\s+)?|\s+then\s+", re.IGNORECASE)
_ITS_OWN = late(
    r"\b(?:today|tonight|tomorrow|weds|(?:mon|tues|wednes|thurs|fri|satur|sun)day|next\s+week|this\s+(?:week|morning|afternoon|evening)|in\s+the\s+(?:morning|afternoon|evening)"
    r"|straight\s+(?:away|after)|first\s+thing|now|the\s+\d{1,2}(?:st|nd|rd|th)|me)\b"
    r"|^\W*[\w\s]{2,24}?\s(?:to|will)\s\w",
    re.IGNORECASE,
)
_ONLY_ADDS = late(
    r"\W*(?:because|cos|so|which|who|that|if|when|before|after|unless|until|by|on|at|in|with|without|not|but|he|she|they|it|i['’]?m)\b|\W*(?:me\b(?!\s+(?:to|for|the))|(?:today|tonight|tomorrow|first\s+thing|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)",
    re.IGNORECASE,
)
"""What comes after belongs to what came before."""
_FEWEST_OF_A_STEP = 2
_A_NAME_OF_A_THING = range(2, 8)
_STARTS_ANEW = late(
    r"(?:someone|somebody)\s+\w|i\s+(?:sit|take|do|speak|talk|tell|ask|weigh|bring|find|look|go|see|ring|call|write|check|refer|visit|meet|email|keep|get)\b"
    r"|(?:(?:the|my|our|her|his)\s+)?(?:mum|dad|nan|gran|grandma|grandad|aunt|uncle|manager|nurse|school|nursery|police|senco|teacher|(?-i:[A-Z])\w+)\s+(?:\w+s)\b(?<!is)(?<!was)(?<!has)",
    re.IGNORECASE,
)
"""Somebody does something."""
_ONE_BREATH = 2
"""Such cuts in a sentence from which on it's a list: "visit him Thursday, and ask Roy, and somebody should ring"."""


def pieces(answer: Answer) -> Iterator[tuple[int, int, bool]]:
    """The answer cut at lines, numbers, sentences and where another person takes over; and whether it was numbered."""
    for line_start, line_end in _lines(answer.characters):
        items = list(_numbered(answer.characters, line_start, line_end))
        for item in items:
            first = len(items) > 1 or item[0] > line_start
            for start, end in _sentences(answer.characters, *item):
                parts = (part for whole in _in_one_breath(answer, start, end) for part in _by_actor(answer, *whole))
                for piece in parts:
                    span = trimmed(answer.characters, *piece)
                    if span[0] < span[1]:
                        yield *span, first
                        first = False


def _lines(text: str) -> Iterator[Span]:
    for match in re.finditer(r"[^\n]+", text):
        yield match.span()


def _numbered(text: str, start: int, end: int) -> Iterator[Span]:
    """The items of "1 … 2 … 3 …", where the numbers count up from one at the beginning of the line."""
    cuts: list[tuple[int, int]] = []
    for match in _NUMBER.finditer(text, start, end):
        if int(match["number"]) == len(cuts) + 1 and (cuts or not text[start : match.start()].strip(" -*•")):
            cuts.append(match.span())
    if len(cuts) < 2:
        numbered = _ITEM.match(text, start, end)  # in a list with a line for each
        yield (cuts[0][1] if cuts else numbered.end() if numbered else start), end
        return
    for (_, item), (next_item, _) in zip(cuts, [*cuts[1:], (end, end)], strict=True):
        yield item, next_item


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Sentences, also where one begins in lower case, and parts between semicolons."""
    for first, last in sentences(text[start:end]):
        at = start + first
        for cut in re.finditer(
            r";\s+|(?<=[A-Za-z)])\.\s+(?=[a-z])|(?<=[a-z)][!?])\s+(?=[a-z])", text[start + first : start + last]
        ):
            yield at, start + first + cut.start()
            at = start + first + cut.end()
        yield at, start + last


def _by_actor(answer: Answer, start: int, end: int) -> Iterator[Span]:
    """ "Police check on the uncle, manager to sign it off": cut where somebody else is to do something."""
    at = start
    listed = list(_CUT_AT_DOING.finditer(answer.characters, start, end))
    cuts = (
        *_CUT_AT_A_NAME.finditer(answer.characters, start, end),
        *_CUT_AT_ME.finditer(answer.characters, start, end),
        *(listed if len(listed) >= _ONE_BREATH else ()),
    )
    for cut in sorted(cuts, key=re.Match.start):
        if cut.start() >= at:
            yield at, cut.start()
            at = cut.end()
    for actor_start, actor_end in actors(answer, at, end):
        so_far = answer.characters[max(at, actor_start - FAR) : actor_start]
        joined = _BETWEEN_ACTORS.search(so_far)
        if joined and so_far[: joined.start()].strip() and re.match(rf"\s*{WILL}", answer.characters[actor_end:end]):
            yield at, actor_start - len(so_far) + joined.start()
            at = actor_start - len(joined[0].split()[-1]) - 1 if joined[0][-2:-1].isalpha() else actor_start
    yield at, end


def _in_one_breath(answer: Answer, start: int, end: int) -> Iterator[Span]:
    """ "Visit Wednesday me and Kofi, probation ring today me, nursery to say who collects, list check": cut where what
    comes before and after each stands by itself; in a list of several also before what only names a thing."""
    text, at, cut = answer.characters, start, False
    joints = [*_JOINT.finditer(text, start, end)]
    doing = answer.doing
    imperatives = sum(one[0][0] in ",;" and one.end() in doing for one in joints)
    commas = sum(one[0][0] in ",;" for one in joints)
    listed_so = commas >= _ONE_BREATH and start in doing
    several = imperatives >= _ONE_BREATH or (imperatives > 0 and listed_so)
    for place, joint in enumerate(joints):
        stop = joints[place + 1].start() if place + 1 < len(joints) else end
        before, after = text[at : joint.start()], text[joint.end() : stop]
        comma, then = joint[0][0] in ",;", "then" in joint[0]
        both = _has_its_own(before) and (_has_its_own(after) if comma or not then else True)
        does = joint.end() in doing
        apart = both and (comma or does) and not _ONLY_ADDS.match(after)
        anew = _STARTS_ANEW.match(after) and not then and (_has_its_own(before) or _STARTS_ANEW.match(before))
        apart = apart or (comma and does and (several or cut)) or bool(anew)
        listed = comma and cut and not _ONLY_ADDS.match(after)
        if (apart or (listed and len(after.split()) in _A_NAME_OF_A_THING)) and len(after.split()) > 1:
            yield at, joint.start()
            at, cut = joint.end(), True
    yield at, end


def _has_its_own(words: str) -> bool:
    """A day, or somebody who does it; of a long breath the end, since all of it at every joint takes sixteen times as
    long for four times as much."""
    near = words[-_LONGEST_STEP:]
    return len(near.split()) > _FEWEST_OF_A_STEP and _ITS_OWN.search(near) is not None


def actors(answer: Answer, start: int, end: int) -> Iterator[Span]:
    """Everybody in this stretch who may do something."""
    named = answer.account.said("actor")
    begin = bisect_left(named, start, key=lambda said: answer.account.characters(said)[0])
    for place in range(begin, len(named)):
        span = answer.account.characters(named[place])
        if span[0] >= end:
            return
        if span[1] <= end:
            yield _whole_actor(answer, span)


def _whole_actor(answer: Answer, span: Span) -> Span:
    """With the article before it; without what "I'll" adds to "I"."""
    start, end = span
    text = answer.characters[start:end]
    cut = re.search(r"['’](?:ll|m|ve|d|re|s)\Z", text)
    article = re.search(
        r"(?:\b(?:the|my|our|her|his|their)\s+)\Z", just_before(answer.characters, start), re.IGNORECASE
    )
    return (start - len(article[0]) if article else start), end - (len(cut[0]) if cut else 0)


def trimmed(text: str, start: int, end: int) -> Span:
    """Without the bullets, loose words and full stops around it."""
    while (match := _BULLET.match(text, start, end)) and match.end() > start:
        start = match.end()
    while start < end:
        if text[end - 1].isspace() or text[end - 1] in _LOOSE:
            end -= 1
        elif loose := _LOOSE_WORD.search(text, max(start + 1, end - _LONGEST_LOOSE_WORD), end):
            end = loose.start()
        else:
            break
    return start, end
