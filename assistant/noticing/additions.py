"""What an answer asks to have on the page besides the lines that stand there: new steps, and what other places say.

Owns the words that ask for it outright. Knows nothing of what becomes of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.lazy_patterns import late
from assistant.language.spans import Span
from assistant.noticing.plain_stretches import cut_at, plain
from assistant.noticing.reading import Part, PartKind
from assistant.noticing.step_wording import ANOTHER

ADDS = late(
    r"\A\W*(?:(?:and|also|oh|please|can\s+you|could\s+you|just)\W+)*(?:add\b(?:\s+(?:(?:a\s+)?new\s+)?(?:one|line|step)\s*[,:–-]|\s+an?\s+(?:line|step|one)\s*[,:–-]|\s+(?:on\s+)?that(?=\s+(?:i|we)\b))?"
    r"|(?:a\s+)?new\s+(?:one|line|step)\s*[,:–-])(?!\s+(?:that|it|this)\b)\W*(?=(?P<what>.+))"
    r"|\bput\s+(?P<me>me)\s+down\s+(?:to|for)\s+(?=(?P<mine>.+))"
    r"|\bput\s+(?:on|down)\s*:\s*(?=(?P<on>.+))"
    r"|\bput\s+back\b(?!\s+(?:that|it|this|them|those|number|\d)\b)(?:\s+(?:in|on)\b)?\W*(?=(?P<back>.+))",
    re.IGNORECASE | re.DOTALL,
)
""" "Add …"; "put me down to ring gran", "put back I ring gran today", also at the end of a long breath."""
FEWEST_ADDED = 3
_AND_SOMEBODY = late(r",?\s+and\s+(?=(?:me|(?-i:[A-Z])\w+)\s+to\b)", re.IGNORECASE)
_IS_WHOSE = late(
    r"[\s,]+(?:that['’]?s|is|its|it['’]s)\s+(?P<who>(?!(?:the|a|an|on|in|at|by|to|not|that|what|still|\d)\b)\w[\w’']*(?:\s+(?!by\b|on\b|today|tonight|tom|next\b|this\b)[\w’']+){0,3}?)"
    r"(?:[\s,]+(?P<when>(?:by|on|today|tonight|tom|next|this|first\s+thing)\w*(?:\s+\w+){0,4}))?\s*\Z",
    re.IGNORECASE,
)
_ANOTHER = late(rf"[\s,]+(?:(?:and|so)\s+)?(?:that['’]?s|its|it['’]s|is)\s+{ANOTHER}", re.IGNORECASE)
AND_ANOTHER = late(
    r",?\s+(?:and|n)\s+(?=\w+(?:\s+\w+)*?(?:\s+(?:today|tonight|by|me|on)\b|\s+\w+\s+\w))", re.IGNORECASE
)
""" "… today and Pav gets housing on it by Friday": of what is put back, or a line is said to be, each is a step."""
_PLACES_SHOULD: tuple[tuple[PartKind, re.Pattern[str]], ...] = (
    (
        "told",
        late(
            r"\b(?:what\s+(?:the\s+)?\w+(?:['’]s|\s+is|\s+are|\s+gets?)\s+(?:to\s+be\s+|being\s+)?told|[\"“']?to\s+be\s+told[\"”']?)\s+"
            r"(?:should\s+(?:be|say|read)\s*:?|is\s*:)\s*(?P<what>\S[^.!?]*)",
            re.IGNORECASE,
        ),
    ),
    (
        "told",
        late(
            r"\b(?:what\s+\w+(?:['’]s|\s+is|\s+are)\s+told|(?:the\s+)?(?:to\s+be\s+)?told(?:\s+(?:bit|part|line|one))?)(?:['’]?s|\s+is)?\s+"
            r"(?:still\s+)?(?:wrong|missing|not\s+right)\W+(?:(?:i|it|that|and|but|so)\s+(?:did\s+say|said|should\s+(?:be|say)|is)(?:\s+(?:it|that|so))?\W+|it['’]?s\s+)?"
            r"(?P<what>(?!(?:but|and|i|it|that|still|take|put)\b)\S[^.!?]*)",
            re.IGNORECASE,
        ),
    ),
    (
        "review",
        late(
            r"\blook(?:ing)?\s+(?:at\s+(?:it|this)\s+)?again\s+(?:is|should\s+be)\s+(?P<what>(?:the\s+)?\w[^.!?,]*)",
            re.IGNORECASE,
        ),
    ),
    (
        "decision",
        late(
            r"[\"“']?\b(?:decided|the\s+decision|decision)\b[\"”']?(?:\s+(?:bit|line|part))?"
            r"(?:\s+(?:should\s+(?:just\s+)?(?:be|say|read)|is\s+(?:wrong|a\s+mess)\W+it['’]?s)\s*(?:just)?\s*:?|(?:\s+is)?\s*:|,\s+put\s*:?)"
            r"\s*(?P<what>\S[^.!?]*)",
            re.IGNORECASE,
        ),
    ),
)
"""What other places of the page should say."""


def as_steps(answer: str, span: Span) -> Iterator[Part]:
    """ "I ring gran today thats me and housing on the damp is Pav by Friday": each with whose it is and when."""
    for first, last in cut_at(AND_ANOTHER, answer, span):
        start, end = plain(answer, (first, last), cut=False)
        whose = _IS_WHOSE.search(answer, start, end)
        yield Part(kind="step", span=(start, whose.start() if whose else end))
        if whose:
            yield Part(kind="who", span=whose.span("who"))
            if whose["when"]:
                yield Part(kind="when", span=whose.span("when"))


def of_no_line(answer: str, sentence: Span, added: re.Match[str] | None) -> Iterator[tuple[Span, tuple[Part, ...]]]:
    """What is to be added, and what another place of the page should say."""
    start, end = sentence
    if added:
        begins, back = start + added.end(), added["what"] is None
        if back or len(added["what"].split()) >= FEWEST_ADDED:
            spans = cut_at(AND_ANOTHER if back else _AND_SOMEBODY, answer, (begins, end))
            steps = tuple(Part(kind="step", span=plain(answer, span, cut=False)) for span in spans)
            mine = (start + added.start("me"), start + added.end("me"))
            whose = (Part(kind="who", span=mine),) if added["me"] else ()
            yield (start + added.start() if back else start, end), (*whose, *steps)
    elif another := _ANOTHER.search(answer, start, end):
        begins = max((cut.end() for cut in AND_ANOTHER.finditer(answer, start, another.start())), default=start)
        yield (begins, another.end()), tuple(as_steps(answer, (begins, another.start())))
    for kind, pattern in _PLACES_SHOULD:
        if place_named := pattern.search(answer, start, end):
            what = plain(answer, (place_named.start("what"), end), cut=False)
            yield (place_named.start(), end), (Part(kind=kind, span=what),)
