"""A long account made short by whole sentences: none is cut inside, none is reworded, and every gap is marked.

Which sentences stay is budgeted maximum coverage: each time the one that says most that is new for its length, with
more weight on what was seen, said by a child, or has a date or a number in it. Every answer that says anything keeps
at least its best sentence while there is room. Knows words and numbers, and nothing of sessions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.language.paragraphs import sentences_of

GAP = "[…]"
_SPEAKER = re.compile(r"(?:Supervisor|Practitioner): ")
"""Who says a line; it stays, whichever of the line's sentences do."""
_SHORT = 20
"""An answer of so few words is kept whole: cutting it saves nothing."""
_WORD = re.compile(r"[a-zà-ÿ]{4,}")
_BEGINNING = 6
_TELLING = re.compile(
    r"\d|[“\"]|\b(?:saw|seen|heard|smel[lt]\w*|said|says|told|asked|alone|bruis\w*|mark|hurt|hungry|wet|asleep|cried|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august|september|"
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
_SAYS_NOT_WHO = re.compile(
    r"^\W*(?:(?:and|but|so|then|because)\W+)?(?:s?he|they|it|that|this|his|her|their)\b"
    r"|\b(?:told me|says?|said) s?he\b",
    re.IGNORECASE,
)
"""It leans on the sentence before it."""


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
    speaker: str = ""
    """Who says it, where the line begins with that and this sentence doesn't."""
    kept: bool = field(default=False)


def shortened(answers: Sequence[str], words: int) -> list[str]:
    """The answers in about so many words together; one that says nothing becomes empty."""
    every = [list(_sentences(number, answer)) for number, answer in enumerate(answers)]
    for said in every:
        if sum(one.words for one in said) <= _SHORT:
            for one in said:
                one.kept = True
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


def _with_whom_it_means(said: Sequence[_Sentence]) -> None:
    """ "He was drunk" says nothing without the sentence before it that says who."""
    for before, one in zip(reversed(said[:-1]), reversed(said[1:]), strict=True):
        if one.kept and not before.kept and before.line == one.line and _SAYS_NOT_WHO.search(one.text):
            before.kept = before.words <= _SHORT


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
    return float((new + 2 * one.telling * bool(new)) / max(one.words, 6) ** 0.5)


def _sentences(number: int, answer: str) -> Iterator[_Sentence]:
    place = 0
    for line, paragraph in enumerate(sentences_of(answer)):
        speaker = _SPEAKER.match(answer, paragraph[0][0])
        for start, end in paragraph:
            text = answer[start:end]
            named = speaker[0] if speaker and start != paragraph[0][0] else ""
            if not _EMPTY.match(text):
                says = frozenset(word[:_BEGINNING] for word in _WORD.findall(text.lower()))
                telling = _TELLING.search(text) is not None
                yield _Sentence(number, line, place, text, says, len(text.split()), telling, named)
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
