"""What an answer asks the program, and which of its words ask it.

Where it asks, and how likely each kind is, is known by `question_kinds.py`; here a kind is settled upon: the likeliest
where it's likely enough, else a more general one, else the question is handed back where it surely asks. Knows nothing
of what is said to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.conversation.asked_us import AskedUs
from assistant.conversation.question_kinds import Asked, QuestionKinds
from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.noticing.observations import Span

_AUX = (
    r"(?:should|shud|shall|ought|can|could|cud|may|must|do|does|did|am|is|are|was|were|have|has|had|will|would|wud|might)"
    r"(?:n['’]?t)?"
)
_LEADS_IN = (
    r"(?:(?:and|but|so|ok(?:ay)?|right|well|um|er|oh|like|then|also|sorry|please|anyway|honestly|hang\s+on"
    r"|by\s+the\s+way)\b[\s,.…-]*)*"
)
_ASKS = (
    rf"(?:{_AUX}\s+(?:\w+\s+)?(?:i|we|you|u|it|that|this|those|these|they|he|she|there|somebody|someone|anybody|anyone|mum|dad|the|my|her|his|a|[A-Z]\w+)\b"
    r"|d['’]?y(?:ou|a)\b|(?:what|wot|who|whose|which|how|why|where|when|at\s+what\s+point)\b)"
)
_ASKING = late(_ASKS, re.IGNORECASE)
_ASKS_FIRST = late(rf"\A\W*{_LEADS_IN}{_ASKS}", re.IGNORECASE)
_OF_WHOM = (
    r"(?:i|we|you|u|it|that|this|those|these|they|he|she|there|(?:some|any|every)(?:body|one|1)|other"
    r"|mum|mam|dad|parents)"
)
_TURNED = late(
    rf"\A\W*{_LEADS_IN}(?:(?:wh?[ao]t|who|whose|which|how|why|where|when)\s+(?:[\w'’]+\s+){{0,2}}?)?"
    rf"(?:{_AUX}\s+{_OF_WHOM}\b|d['’]?y(?:ou|a)\b)"
    rf"|\A\W*{_LEADS_IN}(?:wh?[ao]t|who)['’]?s\s+(?:that|this|it|left|on|next|the|my|going)\b"
    rf"|\A\W*{_LEADS_IN}(?:wdym|wot\s+if|any\s+chance|(?:owt|anything|summat)\s+(?:else\b|i\b|i['’]?ve\b))"
    rf"|\A\W*{_LEADS_IN}(?:gi(?:v?e)?s?\s+us|show\s+us|say\s+(?:it|that)\s+back|let['’]?s\s+(?:see|have\s+a\s+look)"
    r"|(?:just\s+)?tell\s+me\b|(?:give|chuck|stick|put|bring|pull)\b.*\b(?:list|jobs|actions|steps|lot)\b)"
    r"|.*(?:\bor\s+what|\b(?:is|are|have|did|should|was|could|do|will)n?['’]?t\s+(?:i|we|it|you))\W*\Z",
    re.IGNORECASE | re.DOTALL,
)
"""How a question without its mark is turned, wherever it begins."""
_BARE = late(
    r"(?:(?:so|but|and|or|well)\s+)*(?:should|shall|do|did|am|can|could|may|must|is|isn|was|will|would|have|has|does)(?:n?['’]?t)?"
    r"\s+(?:i|we|it|that|he|she|they|you)\W*",
    re.IGNORECASE,
)
_OF_SOMEBODY = late(
    r"\b(?:ask(?:s|ed|ing)?|said|says|saying|told|went|goes|thought|shouted|texted|wrote|wonder(?:s|ed)|want(?:s|ed)\s+to\s+know"
    r"|argu(?:ed?|ing|ment)|row(?:ed)?|discuss(?:ed|ing|ion)|debat(?:e|ed|ing)|talk(?:ed|ing)?\s+about|on\s+about"
    r"|(?:was|were|is|am)\s+like|'s\s+like)\W+(?:[\w’']+\W+){0,4}\Z",
    re.IGNORECASE,
)
"""Before a question that was put to somebody, or by somebody."""
_OF_US = late(
    r"\bi(?:['’]?ve|['’]?m|\s+did|\s+have)?\s+(?:\w+\s+)?ask(?:ed|ing)?(?:\s+(?:you|u|ya))?(?:\s+(?:if|whether|about))?\W*\Z",
    re.IGNORECASE,
)
"""Before what was put to us and is put again: "I asked you, do I tell his dad"."""
_TO_NOBODY = late(r",?\s*\b(?:eh|hey|huh|honestly)\W*\Z", re.IGNORECASE)
"""What ends a question that wants no answer, where it isn't about oneself: "Who'd be a kid, eh?"."""
_TO_THEMSELVES = late(
    r"(?:where|how)\s+(?:do|shall|should|to|can)\s+(?:i|we|you)?\s*(?:even\s+)?(?:start|begin|put\s+(?:it|this)|say\s+(?:it|this))\b|what(?:['’]s|\s+is)\s+the\s+word\b"
    r"|what\s+(?:can|do)\s+i\s+(?:even\s+)?say\W*(?:\Z|[,.;]|(?:there|it|he|she|they|we|i)(?:['’]?s)?\b)|where\s+was\s+i\b",
    re.IGNORECASE,
)
"""Said while somebody looks for words: "oh where do I start, there's five of them"."""
_OWN = late(r"\b(?:i|we|me|my|us|our|i['’]?m|i['’]?ve)\b", re.IGNORECASE)
_TAKEN_BACK = late(
    r"\A\W*(?:never\s*mind|forget\s+(?:it|that|i)|doesn['’]?t\s+matter|i(?:['’]ve)?\s+(?:keep\s+)?ask(?:ed|ing)?\s+myself|ignore\s+(?:me|that)|no\s+it['’]?s\s+fine|don['’]?t\s+worry)\b",
    re.IGNORECASE,
)
_STOPS = late(r"[.,;:!?…–—]\s*|\n\s*")
_CLAUSES = late(r"[,;:–—]\s*|\s+(?=(?:and|but|so)\s)")
_QUOTED = late(r"“[^”]*”|\"[^\"]*\"|(?<!\w)[‘'][^’'\n?]{2,}\?[’'](?!\w)")
_WHAT_NOW = late(r"what\s+(?:do|should|shall|can)\s+(?:i|we)\s+(?:do|say)\b", re.IGNORECASE)
""" "He says he wants to die, what do I do?" is asked of us and not by him."""
LIKELY, LIKELY_IN_GENERAL = 0.35, 0.5
"""From where on it gets the reply of its likeliest kind, or of the general one."""
SURELY = 0.85
"""From where on it's that kind whatever stands around it."""
SURELY_ASKS = 0.9
"""From where on what is of no known kind is handed back."""
SURELY_THAT = 0.5
"""With that, how likely its kind must be where it isn't put as a question: of 32 such that asked nothing, 28 are left
alone by it, and 7 of 56 that were heard rightly."""
FEWEST_WORDS = 4
"""Of what's handed back: "Do I?" is answered by whoever says it."""


def asks(words: str) -> bool:
    """Whether the words themselves ask, with or without their mark."""
    return _ASKS_FIRST.match(words) is not None or _TURNED.match(words) is not None


def says_nothing(clause: str) -> bool:
    """ "Should I?", "don't I?": nothing to give back but with the sentence it ends."""
    return _BARE.fullmatch(clause.strip()) is not None


@dataclass(frozen=True)
class Asking:
    """One question to the program."""

    span: Span
    words: str
    """As they are given back."""
    kind: AskedUs


def askings(kinds: QuestionKinds, other: AskedUs, answer: str, *, asked: str = "") -> tuple[Asking, ...]:
    """The questions of an answer to the program, in order; `asked` is what was answered."""
    heard = kinds.heard(asked, answer)
    found: dict[str, Asking] = {}
    for span, kind in _by_words(kinds, answer) if heard is None else _read(heard.asks, other, answer):
        words = answer[slice(*span)]
        found.setdefault(words if kind is other else kind.key, Asking(span, words, kind))
    return tuple(found.values())


def _read(heard: tuple[Asked, ...], other: AskedUs, answer: str) -> Iterator[tuple[Span, AskedUs]]:
    for one in heard:
        kind, sure = settled(one, other), one.kinds.likely[0][1] >= SURELY
        if kind is None or _is_taken_back(answer, one.span):
            continue
        if not sure and _is_for_nobody(answer, one.span, anywhere=kind is other):
            continue
        if not _is_put_as_one(answer, one.span) and not _surely_asks_that(one, kind):
            continue
        if kind is not other or len(answer[slice(*one.span)].split()) >= FEWEST_WORDS:
            yield one.span, kind


def _is_put_as_one(answer: str, span: Span) -> bool:
    """It has a question's mark or form: "I don't know if I did right" is told, mostly."""
    return "?" in answer[span[0] : span[1] + 1] or any(map(asks, _CLAUSES.split(answer[slice(*span)])))


def _surely_asks_that(one: Asked, kind: AskedUs) -> bool:
    """It asks, and what has an answer of its own."""
    return not kind.hand_back and one.likely >= SURELY_ASKS and one.kinds.likely[0][1] >= SURELY_THAT


def _is_taken_back(answer: str, span: Span) -> bool:
    """At once, or in the same breath: "what do i do, never mind i know what to do"."""
    after = (found.end() for found in _STOPS.finditer(answer, span[0], span[1] + 2))
    return any(_TAKEN_BACK.match(answer[start:]) for start in (*after, span[1]))


def _is_for_nobody(answer: str, span: Span, *, anywhere: bool = False) -> bool:
    """It's quoted, was asked of somebody or by somebody, or wants no answer; what's of no known kind also where
    somebody asked `anywhere` in it."""
    bare = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), answer)
    sentences = list(spoken_sentences(answer))
    asking = [found.start() for found in _ASKING.finditer(answer, *span)] or [span[0]]
    first, last = asking[0], max((end for start, end in sentences if start < span[1]), default=span[1])
    return (
        not bare[first : span[1]].strip()
        or any(_is_of_somebody(answer, sentences, at) for at in (asking if anywhere else asking[:1]))
        or (_TO_NOBODY.search(answer[first:last]) is not None and not _OWN.search(answer[first:last]))
        or _TO_THEMSELVES.match(answer, first) is not None
    )


def _is_of_somebody(answer: str, sentences: list[Span], at: int) -> bool:
    begins = max((start for start, _ in sentences if start <= at), default=0)
    before, asks = answer[begins:at], answer[at:]
    return bool(_OF_SOMEBODY.search(before) and not _OF_US.search(before) and not _WHAT_NOW.match(asks))


def settled(one: Asked, other: AskedUs) -> AskedUs | None:
    """The kind that a question is taken to be of; none where nothing can be said to it."""
    kind, likely = one.kinds.likely[0]
    if likely >= LIKELY:
        return kind
    if one.kinds.general is not None and one.kinds.in_general >= LIKELY_IN_GENERAL:
        return one.kinds.general
    return other if one.likely >= SURELY_ASKS else None


def _by_words(kinds: QuestionKinds, answer: str) -> Iterator[tuple[Span, AskedUs]]:
    """Where nothing is read for its meaning: a sentence that asks and is plainly like an example."""
    for start, end in spoken_sentences(answer):
        words = answer[start:end].strip()
        if not (words.endswith("?") or asks(words)) or _is_taken_back(answer, (start, end)):
            continue
        kind, likely = kinds.by_words(words).likely[0]
        if likely and not _is_for_nobody(answer, (start, end)):
            yield (start, end), kind
