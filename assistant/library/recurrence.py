"""The same learning in several reviews.

Owns the judgement that two points teach the same, made from their words alone: the cosine of their stems, each weighed
by how few points have it. Words that every bulletin uses say nothing and are left out; words that name a practice (a
genogram, escalation, the men in a family) say more than their number, and one of them in common lowers the bar.
The bars were set on the pairs of the five shipped bulletins, read one by one. Knows nothing of search.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.library.model import LearningPoint, reading_text

LEARNING = frozenset({"finding", "learning-point", "strength", "theme"})
ALIKE = 0.30
"""Cosine from which two points that share two stems teach the same."""
ALIKE_ON_A_PRACTICE = 0.17
"""Cosine from which they do when what they share names a practice."""
MOST_LINKS = 6
"""Links kept for one point, the nearest first: a card has no room for more."""
_COMMONEST = 2_000
"""A stem in more points than this brings no candidates of its own: in a library of 100,000 it would bring them all."""

_STOP = frozenset(
    """a about across after again against all also an and any are around as at be because been before being below
    between both but by can common could did different do does done during each e.g etc ever every for from
    further had has have he help helped her him his how however i if in included including into is it its lack
    less level made make making many may might more most much must no not of on once only or other our out over
    own paid per provide provided rather required resource resources result results same she should since so
    some such take taken than that the their them then there these they this those through time to too under up
    upon use used using very was way we well were what when where whether which while who why will with within
    without would you young your action actions agencies agency appear appeared area areas available case
    consider considered consideration child children effective example families family focus given good
    identified identify impact important improve improved improvement increase increased increases information
    involved issue issues joint local offer offered offers outcome outcomes people person plan plans practice
    practitioner practitioners process professional professionals relevant respond response responses review
    reviews service services situation support supported understand understanding understood need needed needs
    work worked working especially""".split()
)
_PRACTICES = (
    "genogram escalate supervision voice curiosity threshold chronology consultation man bruising suicide language"
)
_SAME = {"men": "man", "male": "man", "males": "man", "father": "man", "fathers": "man"}
_ENDINGS = tuple("ations ation ments ment ities ions ings ity ion ing ies ers ate als al ed es er ly s e y".split())
_SHORTEST_STEM = 4
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*[A-Za-z]")


@dataclass(frozen=True)
class Recurring:
    """One thing that reviews keep finding."""

    points: tuple[LearningPoint, ...]
    """The points that teach it, at most one of each review, the most typical first."""

    @property
    def reviews(self) -> tuple[str, ...]:
        return tuple(point.review for point in self.points)


def links(points: Iterable[LearningPoint]) -> dict[str, tuple[str, ...]]:
    """For each point the points of other reviews that teach the same, the nearest first; only points with any."""
    known = [(point.id, point.review, frozenset(_stems(point.text))) for point in points if point.kind in LEARNING]
    postings: dict[str, list[int]] = defaultdict(list)
    for at, (_, _, stems) in enumerate(known):
        for stem in sorted(stems):
            postings[stem].append(at)
    weights = {
        stem: math.log(1 + len(known) / len(holders)) * (1.6 if stem in _PRACTICE_STEMS else 1.0)
        for stem, holders in postings.items()
    }
    norms = [math.sqrt(sum(weights[stem] ** 2 for stem in sorted(stems))) for _, _, stems in known]
    found: dict[str, tuple[str, ...]] = {}
    for at, (name, review, stems) in enumerate(known):
        near = sorted(
            (-cosine, known[other][0])
            for other, cosine in _near(at, stems, postings, weights, norms)
            if known[other][1] != review
        )
        if near:
            found[name] = tuple(other for _, other in near[:MOST_LINKS])
    return found


def recurring(points: Iterable[LearningPoint]) -> list[Recurring]:
    """What keeps coming back, most reviews first; `points` carry their `also_in`."""
    known = {point.id: point for point in points}
    groups: list[Recurring] = []
    for point in known.values():
        members = [point]
        for other in (known[name] for name in point.also_in if name in known):
            if all(other.review != member.review and _linked(other, member) for member in members):
                members.append(other)
        if len(members) > 1:
            groups.append(Recurring(tuple(members)))
    groups.sort(key=lambda group: (-len(group.points), group.points[0].id))
    told: set[frozenset[str]] = set()
    kept: list[Recurring] = []
    for group in groups:
        pairs = {frozenset(pair) for pair in combinations((point.id for point in group.points), 2)}
        if told.isdisjoint(pairs):
            kept.append(group)
        told |= pairs
    return kept


def _linked(one: LearningPoint, other: LearningPoint) -> bool:
    return other.id in one.also_in or one.id in other.also_in


def _near(
    at: int,
    stems: frozenset[str],
    postings: Mapping[str, Sequence[int]],
    weights: Mapping[str, float],
    norms: Sequence[float],
) -> Iterable[tuple[int, float]]:
    dots: dict[int, float] = defaultdict(float)
    shared: dict[int, int] = defaultdict(int)
    on_a_practice: set[int] = set()
    for stem in sorted(stems):
        holders = postings[stem]
        if len(holders) > _COMMONEST:
            continue
        square = weights[stem] ** 2
        for other in holders:
            dots[other] += square
            shared[other] += 1
        if stem in _PRACTICE_STEMS:
            on_a_practice.update(holders)
    for other, dot in dots.items():
        cosine = dot / (norms[at] * norms[other])
        if (cosine >= ALIKE and shared[other] > 1) or (cosine >= ALIKE_ON_A_PRACTICE and other in on_a_practice):
            yield other, cosine


def _stems(text: str) -> Iterable[str]:
    for word in _WORD.findall(reading_text(text)):
        lowered = word.lower().replace("’", "'")
        if lowered not in _STOP:
            yield _stem(lowered)


def _stem(word: str) -> str:
    """A word without its ending. NLTK's stemmers are better and take a quarter of a second to import."""
    word = word.removesuffix("'").removesuffix("'s")
    if word in _SAME:
        return _SAME[word]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


_PRACTICE_STEMS = frozenset(_stem(word) for word in _PRACTICES.split())
