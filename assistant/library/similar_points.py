"""The same learning in several reviews.

Owns the judgement that two points teach the same, made from their words alone: the cosine of their stems, each weighed
by how few points have it. Words that every bulletin uses say nothing and are left out; words that name a practice (a
genogram, escalation, the men in a family) say more than their number, and one of them in common lowers the bar.
The bars were set on the pairs of the five shipped bulletins, read one by one. Knows nothing of search.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby, permutations

from assistant.language.stems import without_ending
from assistant.library.points import LearningPoint, reading_text

LEARNING = frozenset({"finding", "learning-point", "strength", "theme"})
ALIKE = 0.30
"""Cosine from which two points that share two stems teach the same."""
ALIKE_ON_A_PRACTICE = 0.17
"""Cosine from which they do when what they share names a practice."""
MOST_LINKS = 6
"""Links kept for one point, the nearest first: a card has no room for more."""
NAMED_PRACTICE = 1.6
"""How much more a stem that names a practice weighs."""
_BUDGET = 1_000
"""Points looked at for one point, those that share its rarest stems first. Enough for every point that shares any in
a library of a few thousand; in one of 100,000 it keeps the work from growing with its square."""
_CANDIDATES = 40
"""Points compared in full with one point."""
_ROUNDING = 1e-9

_A_LIST = 4
"""Subjects parted by slashes that make a theme a list; "and/or" and "his/her" part two."""

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
_PROPER_NAME = re.compile(r"[A-Z][\w'’-]* .*[A-Z]")
_BOTH_PARENTS = re.compile(r"\bmother and father\b|\bfather and mother\b|\bmum and dad\b", re.IGNORECASE)
"""Named together they are the couple; it is the father named alone whom reviews find nobody considered."""
Weights = Mapping[str, float]
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*[A-Za-z]")


@dataclass(frozen=True, slots=True)
class _Known:
    id: str
    review: str
    stems: frozenset[str]
    practices: frozenset[str]
    """Those that name a practice in what the point says, not only in what it asks its reader or in a tool's name."""
    norm: float


@dataclass(frozen=True)
class Recurring:
    """One thing that reviews keep finding."""

    points: tuple[LearningPoint, ...]
    """The points that teach it, at most one of each review, the most typical first."""

    @property
    def reviews(self) -> tuple[str, ...]:
        return tuple(point.review for point in self.points)


Part = tuple[str, str, frozenset[str], frozenset[str]]
"""A point as it is compared: its id and review, its stems, and those of them that name a practice."""


def links(points: Iterable[LearningPoint]) -> dict[str, tuple[str, ...]]:
    """For each point the points of other reviews that teach the same, the nearest first; only points with any."""
    parts = parts_of(points)
    return {name: nearest_first(near) for name, near in near_points(parts, holders_of(parts)).items()}


def parts_of(points: Iterable[LearningPoint]) -> list[Part]:
    """What of some points is compared."""
    return [part for point in points if point.kind in LEARNING for part in _parts(point)]


def holders_of(parts: Sequence[Part]) -> Counter[str]:
    """How many of the parts hold each stem; a stem weighs by how few do."""
    return Counter(stem for _, _, stems, _ in parts for stem in stems)


def near_points(
    parts: Sequence[Part], holders: Mapping[str, int], total: int | None = None, *, of: Collection[str] | None = None
) -> dict[str, dict[str, float]]:
    """What teaches the same as each point, or as each point of the reviews `of`.

    `holders` and `total` may be of the library as it was: a stem's weight changes little as a library grows.
    """
    total = len(parts) if total is None else total
    postings: dict[str, list[int]] = defaultdict(list)
    for at, (_, _, stems, _) in enumerate(parts):
        for stem in stems:
            postings[stem].append(at)
    weights = {
        stem: math.log(1 + total / (holders.get(stem) or 1)) * (NAMED_PRACTICE if stem in _PRACTICE_STEMS else 1.0)
        for stem in postings
    }
    known = [
        # Sorted, because a sum of floats in the order of a set would change from run to run.
        _Known(name, review, stems, practices, math.sqrt(sum(weights[stem] ** 2 for stem in sorted(stems))) or 1.0)
        for name, review, stems, practices in parts
    ]
    nearest = _Nearest(known, postings, weights)
    found: dict[str, dict[str, float]] = {}
    looked_at = (at for at in range(len(known)) if of is None or known[at].review in of)
    for name, own in groupby(looked_at, key=lambda at: known[at].id):
        near: dict[str, float] = {}
        for at in own:
            for other, cosine in nearest.to(at):
                near[other] = max(cosine, near.get(other, 0.0))
        if near:
            found[name] = near
    return found


def nearest_first(near: Mapping[str, float]) -> tuple[str, ...]:
    """The nearest points of those near to one, as many as are kept."""
    return tuple(sorted(near, key=lambda other: (-near[other], other))[:MOST_LINKS])


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
    told: set[tuple[str, str]] = set()
    kept: list[Recurring] = []
    for group in groups:
        # A point already told beside another review's says nothing new beside a second point of that review.
        pairs = {(point.id, other.review) for point, other in permutations(group.points, 2)}
        if told.isdisjoint(pairs):
            kept.append(group)
            told |= pairs
    return kept


def _linked(one: LearningPoint, other: LearningPoint) -> bool:
    return other.id in one.also_in or one.id in other.also_in


def _parts(point: LearningPoint) -> Iterator[tuple[str, str, frozenset[str], frozenset[str]]]:
    """A point as it is compared: a theme that is a list of subjects, each for itself."""
    subjects = point.text.split("/") if point.kind == "theme" else []
    for text in subjects if len(subjects) >= _A_LIST else [point.text]:
        said = text
        for aside in (*point.questions, *filter(_PROPER_NAME.match, point.resources)):
            said = said.replace(aside, " ")
        stems = frozenset(_stems(text))
        spoken = stems if said == text else _stems(said)
        yield point.id, point.review, stems, _PRACTICE_STEMS.intersection(spoken)


class _Nearest:
    """Finds the points that teach what one of them does."""

    def __init__(self, known: Sequence[_Known], postings: Mapping[str, Sequence[int]], weights: Weights) -> None:
        # numpy takes 60 ms to import, and a library whose links are kept never needs it here. In plain Python the links
        # of 10,000 points, a third of which share their learning, took 6 s.
        import numpy as np

        self._np = np
        self._known = known
        self._holders = {stem: np.array(holders) for stem, holders in postings.items()}
        self._squares = {stem: weight**2 for stem, weight in weights.items()}
        self._dots = np.zeros(len(known))
        """Of the point looked at with every other; all zero between two of them."""
        self._norms = np.array([point.norm for point in known])
        signs = {stem: 1 << bit for bit, stem in enumerate(sorted(_PRACTICE_STEMS))}
        self._practices = np.array([sum(signs[stem] for stem in point.practices) for point in known])
        _, self._reviews = np.unique([point.review for point in known], return_inverse=True)

    def to(self, at: int) -> Iterator[tuple[str, float]]:
        """The ids of the points that teach what the one at `at` does, and how near they are."""
        point = self._known[at]
        for other in map(self._known.__getitem__, self._candidates(at)):
            shared = point.stems & other.stems
            cosine = sum(self._squares[stem] for stem in sorted(shared)) / (point.norm * other.norm)
            on_a_practice = not point.practices.isdisjoint(other.practices)
            if (cosine >= ALIKE and len(shared) > 1) or (cosine >= ALIKE_ON_A_PRACTICE and on_a_practice):
                yield other.id, cosine

    def _candidates(self, at: int) -> list[int]:
        """The points of other reviews that may be alike, those likeliest by the stems looked up."""
        np, point = self._np, self._known[at]
        stems = sorted(point.stems, key=lambda stem: (len(self._holders[stem]), stem))
        spent = accumulate(len(self._holders[stem]) for stem in stems)
        looked_up = [stem for stem, so_far in zip(stems, spent, strict=True) if so_far <= _BUDGET]
        if not looked_up:
            return []
        for stem in looked_up:
            self._dots[self._holders[stem]] += self._squares[stem]
        others = np.concatenate([self._holders[stem] for stem in looked_up])  # some of them more than once
        dots = self._dots[others]
        self._dots[others] = 0.0
        unseen = sum(self._squares[stem] for stem in stems[len(looked_up) :])
        at_best = (dots + unseen) / (self._norms[others] * point.norm)
        bars = np.where(self._practices[others] & self._practices[at], ALIKE_ON_A_PRACTICE, ALIKE)
        alike = (at_best >= bars - _ROUNDING) & (self._reviews[others] != self._reviews[at])
        likely = dict(zip(others[alike].tolist(), (dots[alike] / self._norms[others[alike]]).tolist(), strict=True))
        return sorted(likely, key=lambda other: (-likely[other], other))[:_CANDIDATES]


def _stems(text: str) -> Iterable[str]:
    for word in _WORD.findall(_BOTH_PARENTS.sub("parents", reading_text(text))):
        lowered = word.lower().replace("’", "'")
        if lowered not in _STOP:
            yield _stem(lowered)


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """A word without its ending. NLTK's stemmers are better and take a quarter of a second to import.

    Remembered, because a library says the same words over and over: half the time of linking 100,000 points went here.
    """
    word = word.removesuffix("'").removesuffix("'s")
    if word in _SAME:
        return _SAME[word]
    return without_ending(word, _ENDINGS, _SHORTEST_STEM)


_PRACTICE_STEMS = frozenset(_stem(word) for word in _PRACTICES.split())
