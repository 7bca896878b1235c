"""What a line of a document most likely is, by its words, those of its headings and what the rules make of it.

Owns the use of what was learnt from `tools/training/lines/` (`models/lines.learnt`): of each word, pair of words and
sign how far it speaks for each kind of line, and for a line that is about the document, its meeting or its makers and
teaches nothing. What words mean was folded into them when they were learnt, so nothing else is needed to read them.
Knows nothing of blocks; what is done with the answer is for `parsing`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from assistant.learnt_files import text_of
from assistant.library.addressing import addressed_to, asks_for_action, begins_with_a_command
from assistant.library.points import Kind
from assistant.library.sections import section_of
from assistant.library.sentence_cues import (
    gives_an_age,
    goes_on_about_the_case,
    introduces_the_case,
    is_only_of_the_case,
    names_who_it_is_about,
    praises,
    qualifies,
    tells_what_was,
)

LEARNT = "lines.learnt"
KINDS: tuple[Kind, ...] = ("case-fact", "finding", "learning-point", "strength", "question", "resource")
NOTHING = "nothing"
CLASSES: tuple[str, ...] = (*KINDS, NOTHING)
"""In the order of the weights."""
ZERO = 79
"""The sign whose number is a weight of nothing; one sign a weight, from “!” to “~”."""
SPREAD = 0.75
"""Power of the number of words by which what they mean is divided: a long line says more than a short one."""
_LIKELY = 0.6
"""Likelihood from which a line is what it most likely is where only the rules' last resort says otherwise."""
_LEFT_OUT_FROM = 0.7
"""Likelihood of teaching nothing from which a line is left out: losing learning costs more than keeping none."""
_SURELY = 0.9
"""Where its heading or its own wording says otherwise."""
_BESIDE = 0.2
"""How far the lines before and after, under one heading, speak for a line's teaching nothing."""
_LEFT_ALONE = frozenset({"question", "theme", "resource"})
_TOLD_ANEW: frozenset[Kind] = frozenset({"case-fact", "finding", "learning-point", "strength"})
_SHORT, _LONG = 5, 18
_FIRST, _LAST = 5, 2
"""Lines that are among the first of a document, and the last."""
_FEW = 4
"""Lines that are too few to tell by what kind of document they stand in: the rules have them."""
_MANY = 8
"""Lines of a document that has first and last ones."""
_TOKEN = re.compile(r"[a-z']+|\d+|[?!:@]")
_MEANS = re.compile(r"[a-z']{2,}")


def place(at: int, number: int) -> dict[str, bool]:
    """Whether a line is among the first of so many, or the last; of a few, none is."""
    return {"begins": number >= _MANY and at < _FIRST, "ends": number >= _MANY and at >= number - _LAST}


class Line(NamedTuple):
    """A line as it stands: its words, the headings above it with what opens its list, and what the rules say it is."""

    text: str
    headings: Sequence[str]
    rule: Kind | None
    begins: bool = False
    """It is among the first lines of its document."""
    ends: bool = False
    """It is among the last."""
    said: bool = False
    """A label before it or the head of its column says what it is."""


def told(lines: Sequence[Line]) -> list[Kind | None]:
    """What each of a document's lines is; None for one that teaches nothing."""
    if len(lines) < _FEW:
        return [line.rule for line in lines]
    spoken = [_spoken(line) for line in lines]
    return [judged(line, spoken[at], _beside(lines, spoken, at)) for at, line in enumerate(lines)]


def judged(line: Line, spoken: Sequence[float], beside: float) -> Kind | None:
    """What a line is, by how far it speaks for each class and its neighbours for its teaching nothing."""
    rule: Kind = line.rule or "finding"
    if rule in _LEFT_ALONE or "?" in line.text or line.said:
        return rule
    enough = _LIKELY if rule == "finding" and not _is_promised(line) else _SURELY
    if _shares((*spoken[:-1], spoken[-1] + _BESIDE * beside))[-1] >= max(enough, _LEFT_OUT_FROM):
        return None
    shares = dict(zip(KINDS, _shares(spoken[:-1]), strict=True))
    likeliest = max(_TOLD_ANEW, key=lambda kind: (shares[kind], kind))
    return likeliest if shares[likeliest] >= enough else rule


def _is_promised(line: Line) -> bool:
    """Whether its heading says of a line what the rules say."""
    return bool(line.headings) and section_of(line.headings[-1]).kind == line.rule


def _beside(lines: Sequence[Line], spoken: Sequence[Sequence[float]], at: int) -> float:
    """How far the neighbours under the same heading teach nothing."""
    near = [each for each in (at - 1, at + 1) if 0 <= each < len(lines) and lines[each].headings == lines[at].headings]
    return sum(math.log(_shares(spoken[each])[-1] + 1e-4) - math.log(1 / len(CLASSES)) for each in near)


def _shares(spoken: Sequence[float]) -> list[float]:
    """The likelihoods of some classes, of which it is one."""
    most = max(spoken)
    parts = [math.exp(each - most) for each in spoken]
    return [part / sum(parts) for part in parts]


def _spoken(line: Line) -> list[float]:
    learnt = _learnt()
    total = [0.0] * len(CLASSES)
    for key, weight in [("always", 1.0), *signs(line), *meanings(line, learnt.weights)]:
        step = learnt.step_of_meaning if key.startswith("~") else learnt.step
        if (signed := learnt.weights.get(key)) is not None:
            for at, sign in enumerate(signed):
                total[at] += weight * step * (ord(sign) - ZERO)
    return total


class _Learnt(NamedTuple):
    step: float
    step_of_meaning: float
    weights: Mapping[str, str]
    """Of each sign, and after "~" of each word's meaning."""


@lru_cache(maxsize=1)
def _learnt() -> _Learnt:
    """Without the file every kind is as likely as any other, and the rules have the last word."""
    if (text := text_of(LEARNT)) is None:
        return _Learnt(0.0, 0.0, {})
    lines = text.splitlines()
    _, step, step_of_meaning = lines[0].split("\t")
    return _Learnt(float(step), float(step_of_meaning), dict(line.split("\t") for line in lines[1:]))


def meanings(line: Line, known: Mapping[str, object]) -> Iterator[tuple[str, float]]:
    """The words of a line and of its heading that have a meaning, each with its share of the whole."""
    for mark, text in (("~", line.text), ("~~", line.headings[-1] if line.headings else "")):
        words = [word for word in meaning_words(text) if mark + word in known]
        yield from ((mark + word, len(words) ** -SPREAD) for word in words)


def signs(line: Line) -> Iterator[tuple[str, float]]:
    """What can be seen of a line, each sign with its weight."""
    words = _tokens(line.text)
    seen = {f"w {word}" for word in words}
    seen |= {f"b {one} {other}" for one, other in pairwise(words)}
    seen |= {f"{at} {word}" for at, word in enumerate(words[:3])}
    seen |= {f"ends {ending}" for ending in ("ed", "ing") if any(word.endswith(ending) for word in words)}
    seen |= {f"h {word}" for word in _tokens(line.headings[-1] if line.headings else "")}
    seen |= {name for name, holds in _of_the_whole(line, len(words)) if holds}
    yield from ((key, 1.0) for key in sorted(seen))
    above = {f"g {word}" for heading in line.headings[:-1] for word in _tokens(heading)}
    yield from ((key, 0.5) for key in sorted(above))
    if line.rule is not None:
        yield f"rule {line.rule}", 0.5


def _of_the_whole(line: Line, words: int) -> Iterator[tuple[str, bool]]:
    text = line.text
    section = section_of(line.headings[-1]) if line.headings else None
    yield "begins", line.begins
    yield "begins under the title", line.begins and len(line.headings) == 1
    yield "ends", line.ends
    yield "short", words < _SHORT
    yield "long", words > _LONG
    yield "stops", text.rstrip().endswith((".", "?", "!"))
    yield "introduces", introduces_the_case(text)
    yield "names", names_who_it_is_about(text)
    yield "age", gives_an_age(text)
    yield "goes on", goes_on_about_the_case(text)
    yield "of the case", is_only_of_the_case(text)
    yield "praises", praises(text)
    yield "was", tells_what_was(text)
    yield "asks", asks_for_action(text)
    yield "asks somebody", asks_for_action(text, of_somebody=True)
    yield "commands", begins_with_a_command(text)
    yield "qualifies", qualifies(text)
    yield "addressed", addressed_to(text) is not None
    if section is not None:
        yield f"under {section.kind}", True
        yield "under a subject", section.subject
        yield "under what stands everywhere", section.standing


def meaning_words(text: str) -> list[str]:
    """The words of a text that may have a meaning by themselves."""
    return _MEANS.findall(_plain(text))


def _tokens(text: str) -> list[str]:
    return ["#" if word.isdigit() else word for word in _TOKEN.findall(_plain(text))]


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")
