"""Where sentences end, and which of them cannot stand alone.

Owns two judgements about plain English, made by rule so that the same text is always cut the same way. NLTK's sentence
splitter needs a download this program never makes. Knows nothing of reviews.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.language.lazy_patterns import late
from assistant.language.run_on import turns
from assistant.language.spans import Span

_END = late(  # bounded: without, a run of 32,000 dots took 14 s
    r"(?P<stop>[.?!…])(?P<close>[.?!…*_)\]\"'”’¹²³⁴⁵⁶⁷⁸⁹⁰]{0,20})(?P<gap>\s+)(?=[\"'“‘(\[*_]*[A-Z0-9])"
)
_LONGEST_LABEL = 80
"""Characters: as far back and ahead as is looked to know an abbreviation."""
_ABBREVIATIONS = frozenset("e.g i.e etc cf vs dr mr mrs ms st tel ext fig para paras vol pp p ref approx".split())
_LAST_WORD = late(r"[\w.]+\Z")
_LABEL = late(
    r"\W*(?:key )?(?:finding|recommendation|lesson|theme|learning point|action|question|issue)\s*(?:no\.?\s*)?"
    r"\d{1,2}\Z",
    re.IGNORECASE,
)
"""Its full stop ends no sentence: what it numbers comes after it."""
_QUOTED = late(r"\A[\"“‘][^\"”’]*[.?!][\"”’]\s+\w")
"""Begins with somebody's question and says something about it."""

_LONGEST_QUOTED = 400
"""Characters of a quotation that is kept in one piece."""

_SPOKEN_END = late(r"(?<=[.!?…])[\"'”’)]*\s+|\n+")
_RUNS_ON = 45
"""Words without a full stop after which talk is cut all the same."""
_CUT = 30
_STRETCH = 20
_MARKS = (",", ";", ":", "–", "—", "-")

_INTERROGATIVE = late(
    r"(?:(?:and|but|so|if)\b[^?]{0,120}?,?\s*)?"
    r"(?:in (?:what|which)|to what|for whom|who|whom|whose|what|when|where|which|why|how|are|is|am|was|were|do|does|did"
    r"|have|has|had|can|could|would|will|should|shall|might|may|must)(?:n[’']t)?\b",
    re.IGNORECASE,
)
_OPENS_ON_WHAT_WENT_BEFORE = late(
    r"(?:and|but|so|also|however|therefore|thus|hence|instead|despite|nevertheless|consequently|furthermore|moreover"
    r"|additionally|similarly|likewise|as a result|in doing so|in addition|by then|both|neither"
    r"|(?:all |without |because of |for |after |before |following |by |from |with |of |given )?(?:this|these|those)"
    r"|each (?:is|was|has|had|of (?:these|them)|began|came|made|closed|brought|took|gave)"
    r"|he|she|they|it|his|her|hers|their|theirs|its|such)\b(?! case\b| review\b)",
    re.IGNORECASE,
)
_LEANS_ON_WHAT_WENT_BEFORE = late(
    r"\b(?:this|that) (?:was|is|had|would|has|meant|could|may|point|day|time|stage)\b", re.IGNORECASE
)
_ALSO = late(r"(?:\S+\s+){1,6}?also\b")
_ABOUT_IT = late(r"(?:.{0,60}\b(?:about|of|to|with|for)|[A-Z][a-z]+) (?:it|them)\b")
_PRONOUN = late(r"\b(?:he|him|she|(?P<several>they))\b")
_SEVERAL = late(r"\b[a-z]{3,}s\b", re.IGNORECASE)
_FAR = 80
"""Characters after which a pronoun has had room for its own noun."""
_NAMED = late(r"(?<!\A)\b[A-Z]")


def sentences(text: str) -> Iterator[Span]:
    """Offsets of each sentence of `text`, in order; together they hold everything but the white space between."""
    start = len(text) - len(text.lstrip())
    for end in _END.finditer(text):
        before = text[start : end.start()] if end.start() - start <= _LONGEST_LABEL else None
        last = text[max(start, end.start() - _LONGEST_LABEL) : end.start()]
        if end["stop"] == "." and _is_abbreviation(before, last, text[end.end() : end.end() + 1]):
            continue
        yield start, end.start("gap")
        start = end.end()
    if text[start:].strip():
        yield start, len(text.rstrip())


def spoken_sentences(text: str, *, at_turns: bool = False) -> Iterator[Span]:
    """Offsets of each sentence of talk as it is typed: no capital need follow a full stop, and what runs on without one
    is cut by length, or with `at_turns`, where not even a comma is typed, where clauses begin. Together they hold
    everything but the white space between."""
    at = 0
    for end in [*(match.end() for match in _SPOKEN_END.finditer(text)), len(text)]:
        words = list(re.finditer(r"\S+", text[at:end]))
        step = _CUT if len(words) > _RUNS_ON else max(1, len(words))
        by_turns = at_turns and len(words) > _RUNS_ON and not any(word[0].endswith(_MARKS) for word in words)
        cuts = list(_cut_at_turns([word[0] for word in words])) if by_turns else range(0, len(words), step)
        for first, after in pairwise([*cuts, len(words)]):
            yield at + words[first].start(), at + words[after - 1].end()
        at = end


def _cut_at_turns(words: Sequence[str]) -> Iterator[int]:
    """Where each stretch of some twenty words begins; one without a turn is cut by length."""
    yield 0
    first = last = 0
    for turn in [*turns(words), len(words)]:
        if turn - first > _STRETCH and last > first:
            yield last
            first = last
        while turn - first > _RUNS_ON:
            first += _CUT
            yield first
        last = max(turn, first)


def is_question(sentence: str) -> bool:
    """Whether a sentence asks: it ends as a question and begins as one."""
    bare = sentence.strip(" *_\"'“”‘’\n")
    if _QUOTED.match(sentence.strip(" *_\n")):
        return False
    return bare.endswith("?") and _INTERROGATIVE.match(bare) is not None


def stands_alone(sentence: str) -> bool:
    """Whether a sentence makes sense without the one before it.

    One that begins with 'This', 'However', 'She' or the like, says 'also', or has a pronoun before any name, does not.
    """
    bare = sentence.lstrip(" *_\"'“‘(")
    if _OPENS_ON_WHAT_WENT_BEFORE.match(bare) or _leans(bare) or _ALSO.match(bare):
        return False
    if _ABOUT_IT.match(bare):
        return False
    pronoun = _PRONOUN.search(bare)
    if pronoun is None or pronoun.start() > _FAR:
        return True
    before = bare[: pronoun.start()]
    return (_SEVERAL if pronoun["several"] else _NAMED).search(before) is not None


def standing_alone(text: str) -> list[list[Span]]:
    """The sentences of a paragraph in the smallest groups that each make sense alone."""
    groups: list[list[Span]] = []
    for start, end in sentences(text):
        leans = not is_question(text[start:end]) and not stands_alone(text[start:end])
        if groups and (leans or _within_quotation(text, groups[-1][0][0], start)):
            groups[-1].append((start, end))
        else:
            groups.append([(start, end)])
    return groups


def _within_quotation(text: str, begin: int, at: int) -> bool:
    """Whether somebody's words opened since `begin` are still being quoted at a place, and end after it."""
    said = text[max(begin, at - _LONGEST_QUOTED) : at]
    rest = text[at : at + _LONGEST_QUOTED]
    if said.count("“") > said.count("”"):
        closed = rest.find("”")
        return closed >= 0 and "“" not in rest[:closed]
    return said.count('"') % 2 == 1 and '"' in rest


def _leans(sentence: str) -> bool:
    """Whether 'this' or 'at that time' points back; where a year is given, the time is told."""
    return _LEANS_ON_WHAT_WENT_BEFORE.search(sentence) is not None and not re.search(r"\b\d{4}\b", sentence)


def _is_abbreviation(whole: str | None, before: str, after: str) -> bool:
    """Whether a full stop ends no sentence: `whole` is all of it so far where it is short, `before` its last words."""
    if whole is not None and _LABEL.match(whole):
        return True
    last = _LAST_WORD.search(before)
    if last is None:
        return False
    return is_abbreviated(before) or (last[0].lower() in {"no", "nos"} and after.isdigit())


def is_abbreviated(before: str) -> bool:
    """Whether the word before a full stop is one that is written with it."""
    last = _LAST_WORD.search(before)
    return last is not None and last[0].lower() in _ABBREVIATIONS
