"""A long account made short by whole sentences: none is cut inside, none is reworded, and every gap is marked.

Which sentences stay is budgeted maximum coverage: each time the one that says most that is new for its length, with
more weight on what was seen, said by a child, or has a date or a number in it. Every answer that says anything keeps
at least its best sentence while there is room. Knows words and numbers, and nothing of sessions.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.language.paragraphs import sentences_of

GAP = "[…]"
_SPEAKER = re.compile(r"(?:Supervisor|Practitioner): ")
"""Who says a line; it stays, whichever of the line's sentences do."""
_SHORT = 20
"""An answer of so few words is kept whole: cutting it saves nothing."""
_FRAGMENT = 4
"""Words that say nothing by themselves: "Sundays after contact."."""
_LEANT_ON = 35
"""Words of a sentence that is kept for the sake of the next."""
_WORD = re.compile(r"[a-zà-ÿ]{4,}")
_BEGINNING = 6
_TELLING = re.compile(
    r"\d|[“\"]|\b(?:saw|seen|heard|smel[lt]\w*|said|says|told|asked|alone|bruis\w*|mark|hurt|hungry|wet|asleep|cried|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august"
    r"|september|"
    r"october|november|december|easter|christmas|nobody|never|not met|not seen)\b",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"^\W*(?:e[hr]m?|um+|well|no|nope|yes|yeah|ok(?:ay)?|sorry|honestly|dunno|"
    r"i don['’]?t (?:really )?(?:know(?: the answer)?(?: to that)?|"
    r"get (?:that|the|it|this)\b.*)|not sure|same|that['’]?s (?:it|all)|which one|"
    r"i['’]?ve (?:just|already) (?:said|told)\b.*|what(?: do you mean)?)\W*$",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"^\W*(?:(?:and|but|so|then|because|cos|which|who|or)\b|(?:s?he|they|it|that|this|these|those|his|her|their)\b)"
    r"|\b(?:told me|says?|said) s?he\b|\b(?:wrote|said|told|did|put|heard|saw|asked|recorded) (?:it|that|this)\b",
    re.IGNORECASE,
)
"""It leans on the sentence before it."""
_EXPLAINS = re.compile(r"\bI mean\W*\Z|^\W*(?:I mean|or rather)\b", re.IGNORECASE)
"""It says what the sentence before it means: "The talking, I mean."."""
_OF_SOMEBODY = re.compile(r"\b(?:her|him|them|she|he|they)\b", re.IGNORECASE)
_SAYS_WHO = re.compile(
    r"(?<=[a-z,;] )(?!\w+day\b)[A-Z][a-z]+|^\W*(?!(?:And|But|So|I|We|You|He|She|They|It|If|Then|What|When|That|The|My"
    r"|Now|There|Not|Yes|No)\b)[A-Z][a-z]+"
    r"|\b(?:mum|dad|mother|father|the \w+|baby|brother|sister|nan|gran)\b"
)
"""A sentence that has these says of whom it speaks."""


@dataclass
class _Sentence:
    answer: int
    line: int
    place: int
    """Where it stands, to prefer the earlier of two that say as much."""
    text: str
    says: frozenset[str]
    """The beginnings of its longer words, so that "drink" and "drinking" say the same."""
    words: int
    telling: bool
    asked: int = 0
    """How many words of the question it has."""
    speaker: str = ""
    """Who says it, where the line begins with that and this sentence doesn't."""
    kept: bool = field(default=False)


def shortened(answers: Sequence[str], words: int, asked: Sequence[str] = (), quoted: Collection[str] = ()) -> list[str]:
    """The answers in about so many words together; one that says nothing becomes empty.

    Of what is as long and says as much, what takes up the words of its question stays. What was `quoted`, as `plain`
    has it, stays always: a question that quotes it says nothing without it.
    """
    every = [
        list(_sentences(number, answer, _says(asked[number]) if asked else frozenset()))
        for number, answer in enumerate(answers)
    ]
    for said in every:
        short = sum(one.words for one in said) <= _SHORT
        for one in said:
            one.kept = short or is_quoted(one.text, quoted)
    pool = [one for said in every for one in said]
    if sum(one.words for one in pool) <= words:
        for one in pool:
            one.kept = True
    left = words - sum(one.words for one in pool if one.kept)
    known = {word for one in pool if one.kept for word in one.says}
    for said in every:
        if not any(one.kept for one in said):
            left = _keep_one(said, known, left)
    while (now := _keep_one(pool, known, left)) != left:
        left = now
    for said in every:
        _with_whom_it_means(said)
    return [_together(said) for said in every]


def plain(words: str) -> str:
    """Only the letters of it, as a quotation is found again: it leaves out the marks within it."""
    return re.sub(r"[\W_]+", " ", words).strip().casefold()


def is_quoted(sentence: str, quoted: Collection[str]) -> bool:
    """A quotation is from this sentence, or holds it."""
    own = plain(sentence)
    return any(words in own or (len(own.split()) > _FRAGMENT and own in words) for words in quoted)


def _with_whom_it_means(said: Sequence[_Sentence]) -> None:
    """ "He was drunk" says nothing without the sentence before it that says who, nor half of a quotation anything."""
    for before, one in zip(reversed(said[:-1]), reversed(said[1:]), strict=True):
        if one.kept and not before.kept and before.line == one.line and _leans(one):
            before.kept = before.words <= _LEANT_ON
    for one, after in pairwise(said):
        if (
            one.kept
            and not after.kept
            and after.line == one.line
            and (one.text.count('"') % 2 or _EXPLAINS.search(after.text))
        ):
            after.kept = after.words <= _LEANT_ON


def _leans(one: _Sentence) -> bool:
    of_whom = _OF_SOMEBODY.search(one.text) is not None and _SAYS_WHO.search(one.text) is None
    return one.words <= _FRAGMENT or of_whom or _LEANS.search(one.text) is not None or one.text.count('"') % 2 == 1


def _keep_one(among: Sequence[_Sentence], known: set[str], left: int) -> int:
    """Keep the best sentence that there is still room for, and say how much room is left."""
    fitting = [one for one in among if not one.kept and one.words <= left]
    best = max(fitting, key=lambda one: (_gain(one, known), -one.answer, -one.place), default=None)
    if best is None or _gain(best, known) <= 0:
        return left
    best.kept = True
    known |= best.says
    return left - best.words


def _gain(one: _Sentence, known: set[str]) -> float:
    new = len(one.says - known)
    return float((new + 2 * one.telling * bool(new) + 2 * min(one.asked, 2)) / max(one.words, 6) ** 0.4)


def _says(text: str) -> frozenset[str]:
    return frozenset(word[:_BEGINNING] for word in _WORD.findall(text.lower()))


def _sentences(number: int, answer: str, asked: frozenset[str]) -> Iterator[_Sentence]:
    place = 0
    for line, paragraph in enumerate(sentences_of(answer)):
        speaker = _SPEAKER.match(answer, paragraph[0][0])
        for start, end in paragraph:
            text = answer[start:end]
            named = speaker[0] if speaker and start != paragraph[0][0] else ""
            if not _EMPTY.match(text):
                says, telling = _says(text), _TELLING.search(text) is not None
                yield _Sentence(number, line, place, text, says, len(text.split()), telling, len(says & asked), named)
            place += 1


def _together(said: Sequence[_Sentence]) -> str:
    if not any(one.kept for one in said):
        return ""
    lines: dict[int, list[str]] = {}
    gap = False
    for one in said:
        here = lines.setdefault(one.line, [])
        if one.kept:
            here.append(one.text if here and here != [GAP] else f"{one.speaker}{one.text}")
        elif not gap:
            here.append(GAP)
        gap = not one.kept
    return "\n".join(" ".join(parts) for parts in lines.values() if parts)
