"""Finding the lexicon's patterns in a text.

Owns matching: words in order with small gaps or in any order nearby, hints, and words that mean another thing here.
Works on the terms of tokens.py with no word ignored, since "would not let me in" hangs on its small words. Pure
functions of text and lexicon; knows nothing of meaning, points or ranking.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, product
from typing import NamedTuple

from assistant.language.tokens import NOT, Token, Tokenizer
from assistant.retrieval.lexicon import Concept, Pattern, patterns_of

_MOST_BETWEEN = 2
"""Other words allowed between two words of a pattern."""
_WINDOW = 7
"""Words within which a pattern in any order must lie."""
_HINT = 0.5
_DENIES_WITHIN = 4
"""Words within which a negation reaches what a pattern in any order writes after it: "never lasts" is not in "his last
partner, but no one ran his name"."""
_NO = "no thing"
"""The term of a pattern's "no": any negation but one that is a person. "No show" is not in "nobody showed me"."""
_PERSONS = frozenset(("nobody", "none", "nothing", "nowhere"))
_ONE = re.compile(r"[ \-]one\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A concept found in a text by its words."""

    concept: str
    weight: float
    """1 where a pattern says it; less where it is only hinted."""
    spans: tuple[tuple[int, int], ...]
    """Characters of the words that show it."""


class Match(NamedTuple):
    """Where a text has a pattern."""

    concept: int
    weak: bool
    excluded: bool
    positions: tuple[int, ...]


class CompiledLexicon(NamedTuple):
    """Every pattern, and where to begin looking: a pattern is looked at only when its rarest place is in the text.

    Lists of numbers, so that it can be kept as JSON, and laid out in rows: as an object each, those that are looked at
    would be copied into every process that is forked from another.
    """

    concepts: list[str]
    terms: list[str]
    patterns: list[int]
    """Of each pattern its concept, what kind it is and how many places it has; of each place how many terms and which,
    any of which will do."""
    begins: list[int]
    """Where each pattern begins."""
    begun_by: list[int]
    """The patterns of which each term is in the rarest place, one term after another."""
    begun_from: list[int]
    """Where those of each term begin."""


_ANY_ORDER, _WEAK, _EXCLUDED = 1, 2, 4


def compile_patterns(concepts: Sequence[Concept], tokenizer: Tokenizer) -> CompiledLexicon:
    """Bring every pattern into terms (0.7 s for two hundred concepts, nearly all of it stemming)."""
    as_terms = [
        (number, _kind(pattern), places)
        for number, concept in enumerate(concepts)
        for pattern in patterns_of(concept)
        for places in _as_terms(pattern, tokenizer)
    ]
    uses = Counter(term for _, _, places in as_terms for place in places for term in place)
    numbers = {term: number for number, term in enumerate(uses)}
    patterns: list[int] = []
    begins: list[int] = []
    begun: list[list[int]] = [[] for _ in numbers]
    for at, (concept, kind, places) in enumerate(as_terms):
        for term in min(places, key=lambda place: sum(uses[term] for term in place)):
            begun[numbers[term]].append(at)
        begins.append(len(patterns))
        patterns += [concept, kind, len(places)]
        for place in places:
            patterns += [len(place), *(numbers[term] for term in place)]
    return CompiledLexicon(
        concepts=[concept.id for concept in concepts],
        terms=list(numbers),
        patterns=patterns,
        begins=begins,
        begun_by=[at for some in begun for at in some],
        begun_from=list(accumulate(map(len, begun), initial=0)),
    )


def _kind(pattern: Pattern) -> int:
    return _ANY_ORDER * pattern.any_order + _WEAK * pattern.weak + _EXCLUDED * pattern.excluded


class PatternFinder:
    """Finds every concept of a lexicon that a text's words name."""

    def __init__(self, lexicon: CompiledLexicon, tokenizer: Tokenizer) -> None:
        self._concepts = lexicon.concepts
        self._numbers = {term: number for number, term in enumerate(lexicon.terms)}
        self._patterns, self._begins = array("i", lexicon.patterns), array("i", lexicon.begins)
        self._begun_by, self._begun_from = array("i", lexicon.begun_by), array("i", lexicon.begun_from)
        self._negations = {self._numbers[term] for term in (NOT, _NO) if term in self._numbers}
        self._tokenizer = tokenizer

    def find(self, text: str) -> list[Found]:
        """The concepts of a text, in the order of their ids."""
        tokens = [token for token in self._tokenizer.tokens(text) if not token.term.startswith("age:")]
        where: dict[str, list[int]] = defaultdict(list)
        for position, token in enumerate(tokens):
            where[token.term].append(position)
            if token.term == NOT and not _is_a_person(text, token):
                where[_NO].append(position)
        matches: dict[str, list[Match]] = defaultdict(list)
        excluded: dict[str, set[int]] = defaultdict(set)
        for match in self._matches({self._numbers[term]: at for term, at in where.items() if term in self._numbers}):
            concept = self._concepts[match.concept]
            if match.excluded:
                excluded[concept].update(match.positions)
            else:
                matches[concept].append(match)
        found = []
        for concept in sorted(matches):
            kept = [match for match in matches[concept] if not _covered(match.positions, excluded[concept])]
            if kept:
                found.append(_found(concept, kept, tokens))
        return found

    def _matches(self, where: Mapping[int, Sequence[int]]) -> Iterator[Match]:
        begun = {at for term in where for at in self._begun_by[self._begun_from[term] : self._begun_from[term + 1]]}
        for at in sorted(begun):
            concept, kind, many = self._patterns[self._begins[at] : self._begins[at] + 3]
            terms = self._places(self._begins[at] + 3, many)
            places = [sorted({at for term in place for at in where.get(term, ())}) for place in terms]
            if all(places):
                found = _in_any_order(places, self._denying(terms)) if kind & _ANY_ORDER else _in_order(places)
                for positions in found:
                    yield Match(concept, bool(kind & _WEAK), bool(kind & _EXCLUDED), positions)

    def _places(self, at: int, many: int) -> list[Sequence[int]]:
        """The terms of each place of a pattern."""
        places: list[Sequence[int]] = []
        for _ in range(many):
            then = at + 1 + self._patterns[at]
            places.append(self._patterns[at + 1 : then])
            at = then
        return places

    def _denying(self, places: Sequence[Sequence[int]]) -> list[int]:
        return [at for at, place in enumerate(places[:-1]) if len(place) == 1 and place[0] in self._negations]


def _is_a_person(text: str, token: Token) -> bool:
    """Whether a negation stands for somebody or something: "nobody", "no one"."""
    return text[token.start : token.end].lower() in _PERSONS or bool(_ONE.match(text, token.end))


def _as_terms(pattern: Pattern, tokenizer: Tokenizer) -> Iterator[list[list[str]]]:
    """The places as terms; a word that is several terms ("dv") takes as many places, so it makes its own pattern."""
    choices: list[list[list[list[str]]]] = []
    for place, after in pairwise((*pattern.places, ())):
        terms = [[_NO] if word == "no" and "one" not in after else tokenizer.terms(word) for word in place]
        single = sorted({term for (term,) in (found for found in terms if len(found) == 1)})
        choices.append([[single]] * bool(single) + [[[term] for term in found] for found in terms if len(found) > 1])
    for chosen in product(*choices):
        yield [place for part in chosen for place in part]


def _first_within(place: Sequence[int], start: int, end: int) -> int:
    """The first of sorted positions from `start` and before `end`; -1 where there is none."""
    found = bisect_left(place, start)
    return place[found] if found < len(place) and place[found] < end else -1


def _in_order(places: Sequence[Sequence[int]]) -> Iterator[tuple[int, ...]]:
    for first in places[0]:
        positions = [first]
        for place in places[1:]:
            after = _first_within(place, positions[-1] + 1, positions[-1] + 2 + _MOST_BETWEEN)
            if after < 0:
                break
            positions.append(after)
        else:
            yield tuple(positions)


def _in_any_order(places: Sequence[Sequence[int]], denies: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """`denies` are the places of negations that have another after them, which they must come before."""
    for first in sorted({at for place in places for at in place}):
        positions = [_first_within(place, first, first + _WINDOW) for place in places]
        for number in denies:
            denied = positions[number + 1]
            last = bisect_left(places[number], denied) - 1
            near = places[number][last] if last >= 0 else -1
            positions[number] = near if near >= max(first, denied - _DENIES_WITHIN) else -1
        if -1 not in positions and len(set(positions)) == len(positions):
            yield tuple(positions)


def _covered(positions: Iterable[int], excluded: set[int]) -> bool:
    """Whether half or more of the words mean another thing here."""
    inside = [position in excluded for position in positions]
    return 2 * sum(inside) >= len(inside)


def _found(concept: str, matches: Iterable[Match], tokens: Sequence[Token]) -> Found:
    doubt = 1.0
    spans: set[tuple[int, int]] = set()
    for match in matches:
        doubt *= _HINT if match.weak else 0
        spans.update((tokens[at].start, tokens[at].end) for at in match.positions)
    return Found(concept, 1 - doubt, tuple(sorted(spans)))
