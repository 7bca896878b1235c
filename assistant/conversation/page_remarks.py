"""What one answer says of the last page: what to take off, which days to change, and what is said of the case besides.

Owns the words in which a page is spoken of, clause by clause, so that a complaint about it never becomes a part of it.
Knows nothing of what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from assistant.conversation.page_grammar import OfLines, said_of_lines
from assistant.conversation.page_lines import LEADS_IN, Line, meant, spans_named
from assistant.conversation.page_rewording import Rewritten, who_and_when
from assistant.conversation.said_to_us import of_their_own, to_the_program
from assistant.conversation.typed_parts import named_in_quotes, names, overlap, sentences_and_clauses
from assistant.conversation.whose_steps import Claim, claims
from assistant.language.dates import dates
from assistant.language.late_patterns import late
from assistant.noticing.observations import Span
from assistant.noticing.steps import says_nothing_done

Place = Literal["", "acted", "decision", "step", "outcome", "child-told", "to-supervision", "open", "added"]
"""The line of the page that is spoken of; empty where it isn't said."""
_PATTERNS: tuple[tuple[Place, str], ...] = (
    ("acted", r"\bdone\s+already\b|\b(?:about\s+(?:the\s+)?)?danger\b"),
    ("decision", r"\bdecision\b|\bdecided\b"),
    ("outcome", r"\bif\s+(?:it|this)\s+works\b|\boutcome\b"),
    ("child-told", r"\bto\s+be\s+told\b|\b(?:being|getting)\s+told\b"),
    ("to-supervision", r"\bto\s+take\s+to\s+supervision\b"),
    ("open", r"\bstill\s+open\b"),
    ("added", r"\byou\s+added\b"),
    ("step", r"\bsteps?\b"),
)
_PLACES = {place: late(pattern, re.IGNORECASE) for place, pattern in _PATTERNS}
_ITS_NAME = names(
    "done already danger decision decided works outcome told being getting supervision open added without"
)
_LEADS_IN = r"^\W*(?:(?:and|also|please|no|oh|but|so|can\s+(?:you|we|i)|could\s+you|just|then|now|ok|yes|sorry)\W+)*"
_OFF = late(
    rf"{_LEADS_IN}(?:strike|delete|remove|scrap|lose|drop|take\s+(?:out|off)|cross\s+(?:out|off))\b"
    rf"|{_LEADS_IN}(?:take|cross|leave|strike|get|keep)\b.{{0,60}}\b(?:out|off)\b"
    r"|\bcan\s+you\s+(?:lose|drop|remove|delete)\b|\bthe\s+\w+\s+(?:one|bit|part|line)\s+is\s+(?:wrong|not\s+right)\b"
    r"|\bhave\s+it\s+without\b|\bwithout\s+the\b.*\b(?:bit|part|line)\b"
    r"|\bwhat(?:['’]?s|\s+is|\s+are)\b.*\bdoing\s+(?:on|in)\s+(?:there|it|that|here)\b"
    r"|\bstill\s+(?:(?:in|on)\s+(?:it|there|here|this|that|the\s+page)|in\W*$|there\W*$|here\W*$|up\s+there)",
    re.IGNORECASE,
)
"""To be taken off, wherever it stands."""
_NOT_SO = late(
    r"\b(?:isn|wasn|aren|ain)['’]?t\b|\b(?:is|are|was|['’]?s)\s+not\b|\bnot\b|\bnever\b|\bno\s+such\b|\bha(?:ve|d)n['’]?t\b",
    re.IGNORECASE,
)
_NO_GOOD = late(
    r"\b(?:is|are|was|['’]?s)\s+(?:all\s+|just\s+|total\s+|still\s+)?(?:wrong|nonsense|rubbish|untrue|a\s+mess|daft)\b",
    re.IGNORECASE,
)
"""Said of a line that is named: it is to go."""
_NEVER_ASKED = late(r"\bi\s+(?:never|did\s*n['’]?t|did\s+not)\s+ask\w*\b", re.IGNORECASE)
_POINTS_BACK = late(
    rf"{_LEADS_IN}(?:that|thats|that['’]s|it|its|it['’]s|this|they|them|those)\b|{_LEADS_IN}(?:take|leave|cross)\s+(?:that|it|this|them|her|him|those)\b",
    re.IGNORECASE,
)
_THE_WORRY = late(r"\b(?:the|a|my|our)\s+(?:real\s+|main\s+)?worry\b", re.IGNORECASE)
_AND_THIS = late(r"^\W*and\s+(?:the|my|his|her|their|that)\s+\w+(?:\s+\w+)?\W*$", re.IGNORECASE)
"""A word or two after something was to come off: "and the parking"."""
_LINES_IN_WORDS: Mapping[Place, re.Pattern[str]] = {
    "child-told": late(
        rf"{LEADS_IN}\W*(?:the\s+)?(?:(?:to\s+be|being|getting|gets?)\s+told|what\s+\w+(?:['’]s|\s+is|\s+are)\s+(?:being\s+)?told)\W*(?:bit|line|part|one)?",
        re.IGNORECASE,
    ),
    "outcome": late(
        rf"{LEADS_IN}\W*(?:the\s+)?(?:if\s+(?:it|this)\s+works|outcome)\W*(?:bit|line|part|one)?", re.IGNORECASE
    ),
    "to-supervision": late(
        rf"{LEADS_IN}\W*(?:the\s+)?to\s+take\s+to\s+supervision\W*(?:bit|line|part|one)?", re.IGNORECASE
    ),
}
_WRONG_HERE = late(
    r"\s*(?:is|was|['’]s)\s+(?:all\s+|just\s+|still\s+)?(?:wrong|not\s+right|rubbish|nonsense|old)\b\W*(?=(?:it|that|should|make)\b)",
    re.IGNORECASE,
)
_IS_INSTEAD = late(
    r"\s*(?:(?:(?:it|that)\s+)?(?:is|was|should\s+(?:be|say|read|just\s+(?:be|say))|needs\s+to\s+(?:be|say)|ought\s+to\s+(?:be|say)|to\s+be|says?)|['’]s|it['’]?s|that['’]?s|make\s+it|put|:)\s*:?\s+(?:just\s+|only\s+|actually\s+)*(?P<what>\w.*)",
    re.IGNORECASE | re.DOTALL,
)
_NO_GOOD_ALONE = late(
    r"(?:all\s+|just\s+|still\s+)?(?:wrong|nonsense|rubbish|untrue|not|missing|daft|a\s+mess|gone|fine|right|ok(?:ay)?|good)\b",
    re.IGNORECASE,
)
_ENOUGH = late(
    r"\b(?:leave\s+it(?!\s+(?:off|out|in))|(?:it|that)['’]?ll\s+(?:have\s+to\s+)?do|bye|i['’]?ve\s+got\s+to\s+go|never\s+mind|forget\s+it"
    r"|stop\s+(?:it\s+)?(?:now|there|here)|that['’]?s\s+(?:it|all|everything)(?!\s+\w)|i['’]?m\s+(?:done|off|leaving|happy)(?!\s+(?:with|to)\b)"
    r"|(?:write|sort|fix|do|finish|put)\b[^.]{0,20}\bmyself|i['’]?ll\s+(?:fix|sort|change)\s+(?:it|that))(?!\w)",
    re.IGNORECASE,
)
"""The one way in which somebody leaves the page."""
_HOW_IT_IS = late(
    r"^\W*(?:and\s+|but\s+|so\s+)?(?:(?:it|that|this)['’]?s\s+|is\s+)?(?:wrong|dangerous|not\s+right|fine|right|missing|done|better)\b"
    r"|\bi\s+keep\s+(?:on\s+)?(?:saying|telling)\b|\bi['’]?m\s+(?:tired|bragging)\b|\b(?:isn['’]?t|is\s+not|not)\s+done\b",
    re.IGNORECASE,
)
_OF_MYSELF = late(
    r"\W*(?:(?:and|but|so|no|sorry|honestly|god)\W+)*i(?:['’]?m|\s+am|\s+can['’]?t|\s+cannot|\s+won['’]?t|\s+don['’]?t|['’]?ve\s+(?:got\s+no|had)|\s+feel|\s+need|\s+want|\s+just\s+want|\s+could)\b",
    re.IGNORECASE,
)
_OF_SOMEBODY = late(
    r"\b(?:he|she|they|him|her|them|his|their|(?-i:[A-Z][a-z]+)|mum|dad|baby|child|children|kids?|boys?|girls?|school|nan|police|nurse|manager|ring|see|tell|visit|write|check|ask|call|book|speak|refer|meet)\b",
    re.IGNORECASE,
)
""" "I can't do this any more tonight" is of whoever types, and of nobody in the case."""
NOBODY_YET = "nobody named yet"
_OUGHT = late(r"\b(?:should|needs?\s+to|has\s+to|have\s+to|ought|must|wants?\s+to)\b[^?]*\Z", re.IGNORECASE)
_LEAD = late(rf"\A{LEADS_IN}\W*", re.IGNORECASE)
MOST_WORDS_OF_SOMETHING = 6
_NOT_PUT = late(
    rf"{LEADS_IN}\W*(?:(?:you(?:['’]ve|\s+have|\s+did)?(?:n['’]t|\s+not|\s+still\s+not|\s+never)\s+(?:put|got|included|written|added)|(?:not|n['’]t)\s+(?:put|got))\s+(?P<what>[^,.;]+?)\s+(?:on|in|down)\b(?:\s+(?:there|it|here|the\s+(?:list|page)))?"
    rf"|(?P<gone>[^,.;]+?)(?:['’]s|\s+is|\s+are|\s+still)?\s*(?:n['’]t|\s+not|\s+missing)\s*(?:even\s+)?(?:(?:on|from)\s+(?:there|it|here|the\s+(?:list|page))|down)\b)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_ADD_THAT = late(
    r"\W*(?:(?:and|so|please|can\s+you|could\s+you)\s+)*(?:add|put)\s+(?:that|it|this)(?:\s+(?:on|in|down))?\b(?P<how>.*)",
    re.IGNORECASE | re.DOTALL,
)
_I_SAID = late(r"\bi(?:['’]ve)?\s+(?:just\s+|already\s+)?(?:said|told\s+you)\s*(?:that\s+)?", re.IGNORECASE)
_MINE = late(r"\b(?:i['’]?(?:d|ll|m)|me|mine)\b", re.IGNORECASE)
_ASKS_A_CHANGE = late(
    r"\b(?:swap(?:ped)?|switch|(?:wrong|other)\s+way\s+(?:a?round|about)|(?:wrong|right|different)\s+order|(?:two|three|2|3)\s+(?:different\s+|separate\s+)?(?:things|steps)(?!\s*:)|\bis\s+the\s+\w+,?\s+not\s+the\s+\w+"
    r"|^\W*(?:(?:and|so|no)\s+)*(?:(?:drop|lose)\s+(?:it|that|them|this|those)|(?:take|cross|leave)\s+(?:it|that|them|this|those)\s+(?:off|out))(?:\s+(?:then|please|altogether|too))?\W*$"
    r"|\bthe\s+[\w\s]{2,25}\sone(?:['’]s|\s+(?:is|can|should|goes|comes|was))\b"
    r"|^\W*(?:(?:and|so|no)\s+)*(?:take|cross)\s+[^.,;]{2,40}\s(?:off|out)\W*$"
    r"|\bone\s+(?:comes|goes|can\s+come)\s+off\b|\b(?:put|move)\b.*\b(?:before|after|above|below)\b|\b(?:wants?|needs?)\s+to\s+go\b|^\W*[\w\s]{2,25}\s(?:before|after)\s+the\s[^,.]{2,25}$|\border(?:['’]s|\s+is)\s+(?:all\s+)?wrong\b"
    r"|^\W*(?:that|it)(?:['’]?s|\s+is)\s+\w+(?:\s+\w+)?,?\s+not\s+(?:me|him|her|them)\W*$|split|(?:is|are|was)(?:n['’]?t|\s+not)\s+(?:an?\s+)?(?:steps?|actions?|mine|me|for\s+me)\b|['’]s\s+not\s+(?:an?\s+)?(?:step|mine|me)\b|not\s+a\s+step)",
    re.IGNORECASE,
)
"""What is to be otherwise on the page, whichever line it is."""
_OF_THE_PAGE = late(
    r"\b(?:that|it)['’]?s\s+(?:just\s+|only\s+)?me\s+\w+ing\b|\bis(?:n['’]?t|\s+not)\s+(?:doing\s+anything|for\s+here)\b|^\W*leave\s+(?:it|that|them)\W*$|\b(?:not|n['’]t|never)\s+(?:even\s+)?listen\w*\b|\bare\s+you\s+(?:even\s+)?listening\b|\bput\s+(?:it|them|that)\s+back\b|\bgot\s+my\s+name\s+on\b|\bsquashed\b|\blumped\b|\b(?:run|stuck|joined|all)\s+together\b|\bnever\s+mind\b|\bforget\s+(?:it|that)\b|\bwho\s+said\s+anything\b|\bchanged\s+my\s+mind\b"
    r"|\bi\s+(?:never|didn['’]?t)\s+say\b|^\W*not\s+(?:tonight|today|tomorrow|now|me|him|her|them|yet|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\W*$|\bcan['’]?t\s+(?:even\s+)?(?:do|read)\s+(?:it|this|that)\s+right\b|"
    rf"{LEADS_IN}(?:make|move|change)\s+(?:it|that|this)\b"
    r"|\b(?:a\s+(?:bit\s+of\s+a\s+)?(?:mess|muddle|jumble)|nonsense|gibberish|garbled|jumbled|muddled|chopped|spliced)\b"
    rf"|{_LEADS_IN}(?:it|its|it['’]s|that|thats|that['’]s|the\s+page)\s+(?:(?:has|is|still|just|now|only|all|again)\s+)*"
    r"(?:says?|said|stuck|put|left|got|missed|spliced|there\s+if|wrong\W*$|right\W*$|fine\W*$|ok\W*$)"
    rf"|{_LEADS_IN}(?:i['’]?ll|i\s+will|i\s+can|ill)\s+(?:just\s+)?(?:fix|sort|change|edit|leave)\s+(?:it|that|them|this)\b"
    r"|\b(?:take|do|change|fix|edit)\s+(?:it|that|them|those)\b.*\bmyself\b|\bor\s+do\s+i\b"
    r"|\bjust\s+leave\s+it\b|^\W*(?:yes\W+|no\W+|but\W+)*leave\s+it\b|\bi\s+know\s+what\s+i['’]?m\s+doing\b|\bits?\s+all\s+there\b"
    r"|\bstill\s+(?:says|got|have|has|no|nobody)\b|\bnobody\s+named\b|\b(?:twice|three\s+times)\s+(?:now|already)\b"
    r"|^\W*(?:then|and|so)\s+\w+(?:\s+\w+)?\s+(?:is|are)\s+(?:fine|right|ok)\W*$"
    r"|^\W*(?:thank\s+you|thanks|sorry|please|ta|cheers)(?:\W+(?:thank\s+you|thanks|sorry|x))*\W*$"
    r"|\bi\s+(?:asked|was\s+asking|meant)\b|\bi\s+(?:already\s+)?said\b|\bwhich\s+(?:doesn|isn)['’]?t\b|\bcorrecting\s+you\b"
    r"|\b(?:that|it|you)(?:['’]?(?:s|ve)|\s+has|\s+have)\s+lost\s+(?:what|it)\b|\bsteps?\s+(?:is|are)\s+missing\b|\bwas\s+me\s+asking\b|\b(?:that|it)(?:['’]?s|\s+is)\s+(?:even\s+)?worse\b|\bit['’]?ll\s+do\b|\bthat['’]?s\s+(?:just\s+)?what\s+i\s+said\b|\bthere\s+isn['’]?t\s+a\b"
    r"|\b(?:not|isn['’]?t)\s+on\s+(?:there|it)\W*$|\bwhen\s+do\s+i\s+look\b|\bmy\s+bit\b|\b(?:it['’]?s|that['’]?s)\s+not(?:\s+(?:right|really|but\b.*))?\W*$|\bha(?:s|ve)\s+dropped\s+off\b"
    r"|\bfor\s+(?:god|goodness|heaven)['’]?s?\s+sake\b",
    re.IGNORECASE,
)
"""What is said of how the page was made, or of putting it right, and nothing of the case."""
_ONLY_YES = late(
    r"\W*(?:(?:yes|yep|yup|no|nope|yeah|ta|x|better|fine|good|great|cheers|thanks|thank\s+you|that['’]?s|much|just\s+asking|it['’]?s|is|it|that|this|all|right|done|sorted|perfect|lovely|correct|spot\s+on|there|now"
    r"|that['’]?ll\s+do|it['’]?ll\s+do|not\s+really|nearly|almost|oh|well|um|ok|okay|sorry|never\s+mind|then|please|me|to|looks|sounds)\b\W*)+",
    re.IGNORECASE,
)
_ONLY_NO = late(
    r"\W*(?:(?:no|nope|not\s+really|nearly|almost|oh|well|um|sorry|it['’]?s|that['’]?s)\b\W*)+", re.IGNORECASE
)
_MISSING_IS = late(
    r"^\W*(?:(?:and|but|oh|so|well)\W+)*(?:what['’]?s\s+|what\s+is\s+)?(?:missing|left\s+out)\s*(?:is|are|:)\s+",
    re.IGNORECASE,
)
_OPENS = late(r"^\W*(?:(?:and|oh|um|also)\s+)+", re.IGNORECASE)
_PUT_IN = late(
    r"^\W*(?:(?:and|but|so|no|please)\W+)*(?:(?:we|i|you|could\s+you|can\s+you|can\s+i)\s+(?:should\s+|could\s+|need\s+to\s+)?)?(?:add|put)\s+(?:in\s+|down\s+)?(?:that\s+)?",
    re.IGNORECASE,
)
_AT_THE_TOP = late(r"\s+(?:at\s+the\s+(?:top|end|bottom)|down|(?:on|in)\s+there)\b", re.IGNORECASE)
FEWEST_WORDS = 4
"""Of what is left of a sentence that was otherwise about the page."""


@dataclass(frozen=True)
class Strike:
    """Something is to come off."""

    place: Place
    about: frozenset[str]
    """The telling words by which it is named; none where the whole line is meant."""
    pointed: bool = False
    """It is named in the words before: "school isn't keeping him in, take that off"."""
    their_own: bool = False
    """It is somebody of the worker's own ("my sister"), whom no step is about."""
    worry: bool = False
    """It is no outcome but what worries them: it stays open instead."""


@dataclass(frozen=True)
class Remarks:
    """All that an answer says of the page."""

    strikes: tuple[Strike, ...]
    claims: tuple[Claim, ...]
    said_instead: tuple[tuple[Place, str], ...]
    """What a line should say, in its words."""
    beside: tuple[tuple[Span, str], ...]
    """What is said of the case: where, and the words without what leads into them."""
    handled: tuple[Span, ...]
    """The clauses that are about the page: none of them begins a step."""
    numbered: tuple[OfLines, ...]
    """What is said of its steps."""
    of_the_page: bool
    """Something was said of the page itself."""
    only_yes: bool
    """It is right, or done, and that is all."""
    enough: bool
    """They have had enough of the page: what they said is done, and they are let go."""
    adds: tuple[Rewritten, ...]
    """Steps that are said to be missing there."""
    not_done: bool
    """Something is to be changed, and it couldn't be read what."""


@lru_cache(maxsize=64)
def remarks(answer: str, today: date, lines: tuple[Line, ...] = (), *, again: bool = False) -> Remarks:
    """What an answer says of the page that showed these lines; `again`, where no day was asked for."""
    of_lines = said_of_lines(answer, today, lines) or tuple(_of_the_one_gap(answer, today, lines, days=again))
    spans = [one.span for one in of_lines]
    found = tuple(one for one in claims(answer, today) if not _any_overlap(one.spans, spans))
    rest = _Rest(answer, today, lines, of_lines, [*spans, *(span for claim in found for span in claim.spans)])
    for sentence, clauses in sentences_and_clauses(answer):
        rest.hear(sentence, clauses)
    return Remarks(
        strikes=tuple(rest.strikes),
        claims=found,
        said_instead=tuple(rest.instead),
        beside=tuple(rest.beside),
        handled=(*rest.handled, *spans),
        numbered=of_lines,
        of_the_page=bool(rest.handled or found or any(one.does != "right" for one in of_lines)),
        only_yes=_ONLY_YES.fullmatch(answer) is not None and _ONLY_NO.fullmatch(answer) is None,
        enough=_ENOUGH.search(answer) is not None,
        adds=tuple(rest.adds),
        not_done=rest.not_done or any(one.does == "unclear" for one in of_lines),
    )


@dataclass
class _Rest:
    """What an answer says besides what was read of its steps, gathered sentence by sentence."""

    answer: str
    today: date
    lines: tuple[Line, ...]
    of_lines: tuple[OfLines, ...]
    taken: list[Span]
    """Where a step was spoken of."""
    strikes: list[Strike] = field(default_factory=list)
    instead: list[tuple[Place, str]] = field(default_factory=list)
    beside: list[tuple[Span, str]] = field(default_factory=list)
    handled: list[Span] = field(default_factory=list)
    adds: list[Rewritten] = field(default_factory=list)
    not_done: bool = False
    last: Strike | None = None
    named_before: bool = False
    """The sentence before names a step, and nothing was read of it."""

    def hear(self, sentence: Span, clauses: tuple[Span, ...]) -> None:
        """One sentence: a line in new words, a step that is missing, or clause by clause."""
        words = self.answer[slice(*sentence)]
        if instead := _said_instead(words):
            self.instead.append(instead)
            self.handled.append(sentence)
        elif (missing := self._missing(words)) is not None:
            self.adds += [missing] if missing.text else []
            self.handled.append(sentence)
        else:
            self._clauses(sentence, clauses)

    def _missing(self, words: str) -> Rewritten | None:
        if self.beside and (that := _ADD_THAT.match(words)):
            said = who_and_when(that["how"], self.today)
            return replace(said, text=self.beside.pop()[1]) if said.who or said.by else Rewritten()
        return _missing_there(words, self.lines, self.today)

    def _clauses(self, sentence: Span, clauses: tuple[Span, ...]) -> None:
        words = self.answer[slice(*sentence)]
        only_this = any(one.span == sentence for one in self.of_lines) and len(words.split()) <= FEWEST_WORDS
        if self.beside and self.named_before and only_this:
            self.beside.pop()  # "Monday's a bank holiday. Tuesday"
        named = spans_named(self.answer, sentence, self.lines, self.today)
        self.named_before = bool(named)
        left: list[Span] = []
        struck = self.last if _AND_THIS.match(words) else None
        for span in clauses:
            if not _any_overlap((span,), self.taken):
                struck = self._clause(span, left, struck)
                self._look_for_what_is_named(span, left, clauses, named)
        self.last = struck
        about = [span for span in clauses if span not in left]
        self.handled += about
        self.beside += _runs(self.answer, sentence, left, clauses, fewest=FEWEST_WORDS if about else 1)

    def _clause(self, span: Span, left: list[Span], struck: Strike | None) -> Strike | None:
        """What it takes off; what is of the case is left."""
        words = self.answer[slice(*span)]
        if strike := _struck(words, struck, self.answer[slice(*left[-1])] if left else ""):
            if struck is None and left and strike.pointed:
                left.pop()
            self.strikes += [strike] if strike is not struck else []
            nowhere = not any(strike.about & names(line.text) for line in self.lines)
            self.not_done = self.not_done or (strike.place == "step" and bool(self.lines) and nowhere)
            return strike
        if _of_the_page(words) or (struck and _THE_WORRY.search(words)):
            self.not_done = self.not_done or _ASKS_A_CHANGE.search(words) is not None
        else:
            left.append(span)
        return struck

    def _look_for_what_is_named(
        self, span: Span, left: list[Span], clauses: Sequence[Span], named: Sequence[Span]
    ) -> None:
        """A step is named and nothing was read of it: it leads into what was, or it couldn't be read."""
        words = self.answer[slice(*span)]
        if span not in left:
            return
        if _any_overlap(clauses, self.taken) and _any_overlap((span,), named):
            left.remove(span)  # "you keep leaving the nursery without a name, it's Sal"
        elif _OUGHT.search(words) and any(start == span[0] + _lead(words) for start, _ in named):
            left.remove(span)
            self.not_done = True


def _lead(words: str) -> int:
    led = _LEAD.match(words)
    return led.end() if led else 0


def _any_overlap(spans: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(overlap(one, other) for one in spans for other in others)


def _said_instead(sentence: str) -> tuple[Place, str] | None:
    """ "To be told should be me and Donna together": a line in new words."""
    for place, pattern in _LINES_IN_WORDS.items():
        if not (named := pattern.match(sentence)):
            continue
        rest = sentence[named.end() :]
        if wrong := _WRONG_HERE.match(rest):
            rest = rest[wrong.end() :]
        if (
            (said := _IS_INSTEAD.match(rest))
            and not _NOT_SO.match(said["what"])
            and not _NO_GOOD_ALONE.match(said["what"])
        ):
            return place, said["what"].strip(' ."”')
    return None


def _of_the_page(words: str) -> bool:
    if _ASKS_A_CHANGE.search(words) or (_OF_MYSELF.match(words) and not _OF_SOMEBODY.search(words)):
        return True
    nothing = says_nothing_done(words.strip(" .!")) or _ONLY_YES.fullmatch(words) is not None
    return nothing or _OF_THE_PAGE.search(words) is not None or to_the_program(words)


def _struck(words: str, before: Strike | None, said_before: str) -> Strike | None:
    """What these words take off; the strike before them, or what was said before, where they only point back."""
    place: Place = next((place for place, pattern in _PLACES.items() if pattern.search(_unquoted(words))), "")
    denied = place and (_NOT_SO.search(words) or _NO_GOOD.search(words))
    off = _OFF.search(words)
    if _NEVER_ASKED.search(words):
        return Strike("acted", names(words))
    if before is not None and _AND_THIS.match(words):
        return Strike("", names(words))
    if not off and not denied:
        return None
    about = named_in_quotes(words) - _ITS_NAME or names(words) - _ITS_NAME
    if before is not None and (_POINTS_BACK.match(words) or not about) and (not place or denied):
        return before
    if not place and not about:
        meant = names(said_before)
        return Strike("", meant, pointed=True) if off and meant else None
    if place and _NO_GOOD.search(words):
        about = frozenset()
    worry = _THE_WORRY.search(words) is not None
    return Strike(place, about - names("worry") if worry else about, their_own=of_their_own(words), worry=worry)


def _unquoted(words: str) -> str:
    """Quotation marks around a heading's own name don't hide it; a longer quotation is somebody's words."""
    return re.sub(r"[\"“](?P<held>[^\"”]{12,})[\"”]", " ", words)


def _of_the_one_gap(answer: str, today: date, lines: Sequence[Line], *, days: bool) -> Iterator[OfLines]:
    """ "Me. Tomorrow": who does it, or when, and nothing else, where one line alone lacks it."""
    said = who_and_when(_LEAD.sub("", answer), today)
    if said.text or not (said.who or (said.by and days)):
        return
    lacking = [line for line in lines if (line.who == NOBODY_YET if said.who else line.day is None)]
    if len(lacking) == 1:
        yield OfLines((0, len(answer)), "says", (lacking[0].number,), (said,))


def _missing_there(sentence: str, lines: Sequence[Line], today: date) -> Rewritten | None:
    """ "You've not put my manager on there, Sue, I said I'd ring her": a step that isn't there, in those words."""
    found = _NOT_PUT.match(sentence)
    if found is None or not (what := found["what"] or found["gone"]):
        return None
    if meant(what, lines, today):
        return Rewritten()
    if len(what.split()) > MOST_WORDS_OF_SOMETHING or not names(what):
        return None
    rest = _I_SAID.sub("", found["rest"] or "").rstrip(" .!")
    days = [day for day in dates(rest, today) if day.day >= today]
    by, by_words = (days[0].day, rest[days[0].start : days[0].end]) if days else (None, "")
    who = "me" if _MINE.search(rest) else ""
    return Rewritten(f"{what}{rest}", who, by, by_words)


def _runs(
    answer: str, sentence: Span, left: Sequence[Span], clauses: Sequence[Span], *, fewest: int
) -> Iterator[tuple[Span, str]]:
    """What is left, with neighbouring clauses together; the whole sentence where nothing was taken from it."""
    if len(left) == len(clauses):
        yield sentence, _said(answer[slice(*sentence)])
        return
    together: list[Span] = []
    for span in left:
        if together and clauses.index(span) and clauses[clauses.index(span) - 1][1] == together[-1][1]:
            together[-1] = (together[-1][0], span[1])
        else:
            together.append(span)
    for span in together:
        words = _said(answer[slice(*span)])
        if len(words.split()) >= fewest:
            yield span, words


def _said(words: str) -> str:
    return put_in(words) or _OPENS.sub("", _MISSING_IS.sub("", words))


def nothing_to_do(words: str) -> bool:
    """What is said of the page and of leaving it is no step, however much it stands where one would."""
    return _of_the_page(words) or any(pattern.search(words) for pattern in (_ENOUGH, _HOW_IT_IS))


def put_in(words: str) -> str:
    """What these words ask to have put on the page; nothing where they don't."""
    bare = _PUT_IN.sub("", words)
    return _AT_THE_TOP.sub("", bare, count=1).strip(" ,;?") if bare != words else ""
