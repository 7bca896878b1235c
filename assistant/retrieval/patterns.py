"""Finding the lexicon's patterns in a text.

Owns matching: words in order with small gaps or in any order nearby, hints, and words that mean another thing here.
Works on the terms of tokens.py with no word ignored, since "would not let me in" hangs on its small words. Pure
functions of text and lexicon; knows nothing of meaning, points or ranking.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from assistant.retrieval.lexicon import Concept, Pattern, patterns_of
from assistant.retrieval.tokens import Token, Tokenizer

_MOST_BETWEEN = 2
"""Other words allowed between two words of a pattern."""
_WINDOW = 7
"""Words within which a pattern in any order must lie."""
_HINT = 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """A concept found in a text by its words."""

    concept: str
    weight: float
    """1 where a pattern says it; less where it is only hinted."""
    spans: tuple[tuple[int, int], ...]
    """Characters of the words that show it."""


@dataclass(frozen=True, slots=True)
class _Places:
    """A pattern as terms: for each place, the terms any of which will do."""

    pattern: Pattern
    places: tuple[frozenset[str], ...]


class PatternFinder:
    """Finds every concept of a lexicon that a text's words name."""

    def __init__(self, concepts: Sequence[Concept], tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        patterns = [
            _Places(pattern, places)
            for concept in concepts
            for pattern in patterns_of(concept)
            for places in _as_terms(pattern, tokenizer)
        ]
        # A pattern is looked at only when its rarest place is in the text.
        uses: dict[str, int] = defaultdict(int)
        for pattern in patterns:
            for term in frozenset().union(*pattern.places):
                uses[term] += 1
        self._by_term: dict[str, list[_Places]] = defaultdict(list)
        for pattern in patterns:
            for term in min(pattern.places, key=lambda place: sum(uses[term] for term in place)):
                self._by_term[term].append(pattern)

    def find(self, text: str) -> list[Found]:
        """The concepts of a text, in the order of their ids."""
        tokens = [token for token in self._tokenizer.tokens(text) if not token.term.startswith("age:")]
        where: dict[str, list[int]] = defaultdict(list)
        for position, token in enumerate(tokens):
            where[token.term].append(position)
        matches: dict[str, list[tuple[Pattern, tuple[int, ...]]]] = defaultdict(list)
        excluded: dict[str, set[int]] = defaultdict(set)
        for pattern, positions in self._matches(where):
            if pattern.excluded:
                excluded[pattern.concept].update(positions)
            else:
                matches[pattern.concept].append((pattern, positions))
        found = []
        for concept in sorted(matches):
            kept = [match for match in matches[concept] if not _covered(match[1], excluded[concept])]
            if kept:
                found.append(_found(concept, kept, tokens))
        return found

    def _matches(self, where: dict[str, list[int]]) -> Iterator[tuple[Pattern, tuple[int, ...]]]:
        for term in sorted(where):
            for candidate in self._by_term.get(term, ()):
                places = [sorted({at for term in place for at in where.get(term, ())}) for place in candidate.places]
                if all(places):
                    search = _in_any_order if candidate.pattern.any_order else _in_order
                    for positions in search(places):
                        yield candidate.pattern, positions


def _as_terms(pattern: Pattern, tokenizer: Tokenizer) -> Iterator[tuple[frozenset[str], ...]]:
    """The places as terms; a word that is several terms ("dv") takes as many places, so it makes its own pattern."""
    choices: list[list[tuple[frozenset[str], ...]]] = []
    for place in pattern.places:
        single: set[str] = set()
        longer: list[tuple[frozenset[str], ...]] = []
        for word in place:
            terms = tokenizer.terms(word)
            if len(terms) == 1:
                single.add(terms[0])
            elif terms:
                longer.append(tuple(frozenset((term,)) for term in terms))
        choices.append(([(frozenset(single),)] if single else []) + longer)
    for chosen in product(*choices):
        yield tuple(place for part in chosen for place in part)


def _in_order(places: Sequence[Sequence[int]]) -> Iterator[tuple[int, ...]]:
    for first in places[0]:
        positions = [first]
        for place in places[1:]:
            after = next((at for at in place if positions[-1] < at <= positions[-1] + 1 + _MOST_BETWEEN), None)
            if after is None:
                break
            positions.append(after)
        else:
            yield tuple(positions)


def _in_any_order(places: Sequence[Sequence[int]]) -> Iterator[tuple[int, ...]]:
    for first in sorted({at for place in places for at in place}):
        positions = tuple(next((at for at in place if first <= at < first + _WINDOW), -1) for place in places)
        if -1 not in positions and len(set(positions)) == len(positions):
            yield positions


def _covered(positions: Iterable[int], excluded: set[int]) -> bool:
    """Whether half or more of the words mean another thing here."""
    inside = [position in excluded for position in positions]
    return 2 * sum(inside) >= len(inside)


def _found(concept: str, matches: Iterable[tuple[Pattern, tuple[int, ...]]], tokens: Sequence[Token]) -> Found:
    doubt = 1.0
    spans: set[tuple[int, int]] = set()
    for pattern, positions in matches:
        doubt *= _HINT if pattern.weak else 0
        spans.update((tokens[at].start, tokens[at].end) for at in positions)
    return Found(concept, 1 - doubt, tuple(sorted(spans)))
