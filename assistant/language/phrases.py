"""Small vocabularies of phrases, built from one another, and where a text says them.

Owns the language that phrases are written in and the matching of them: `prompts/act-now.yaml` and
`prompts/noticing.yaml` name vocabularies ("injury", "baby") and build larger ones out of them, so that a few hundred
words cover sentences nobody listed. Knows nothing of what the vocabularies are about.

A phrase is words in order. `bruis*` is every word that begins so, `a|b_c` is either "a" or "b c", `word?` may be
missing, `<name>` is anything the vocabulary of that name matches, `..` lets up to three words of the same clause stand
between, `...` about eight words of the same sentence. No phrase reaches from one sentence into the next.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from assistant.language.packed_phrases import PackedPhrases, Spans

_GAPS = {"..": 3, "...": 9}
_WORD = re.compile(r"[a-z0-9]+\*?|<[a-z0-9-]+>")
_ENDINGS = ("", "e", "s", "es", "ed", "ing", "d", "y", "er")
_SHORTEST_MISSPELT = 6
"""Shorter words are too often another word when one letter changes."""
_LONGEST_MISSPELT = 40
"""No word that's looked for is longer; to try a word without each of its letters takes the square of its length."""
_VOWELS = frozenset("aeiou")


class PhraseError(ValueError):
    """A phrase is not written as phrases are."""


@dataclass(frozen=True, slots=True)
class _Place:
    options: frozenset[str]
    gap: int = 0


class Phrases:
    """Vocabularies made ready for matching.

    `as_written` are words that look like a misspelling of one that matters and are not. Raises PhraseError, naming
    the vocabulary, for a phrase that cannot be read or a circle of vocabularies.
    """

    def __init__(self, words: Mapping[str, Sequence[str]], *, as_written: Sequence[str] = ()) -> None:
        parsed = {name: [places for phrase in phrases for places in parse(phrase)] for name, phrases in words.items()}
        used = Counter(option for ways in parsed.values() for way in ways for place in way for option in place.options)
        options = [*dict.fromkeys([*used, *(f"<{name}>" for name in words)])]
        number = {option: at for at, option in enumerate(options)}
        self._stems = {option[:-1]: at for option, at in number.items() if option.endswith("*")}
        self._stem_lengths = sorted({len(stem) for stem in self._stems})
        self._literals = {option: at for option, at in number.items() if not option.endswith(("*", ">"))}
        self._as_written = frozenset(as_written)
        self._near = _misspellings(set(self._literals), set(self._stems))
        self._order = in_building_order(words)
        self._references = {option[1:-1]: at for option, at in number.items() if option.startswith("<")}
        ways = (
            (rank, [([number[option] for option in place.options], place.gap) for place in places])
            for rank, name in enumerate(self._order)
            for places in parsed[name]
        )
        self._packed = PackedPhrases(ways, {at: used[option] for option, at in number.items()})
        self._elements = lru_cache(maxsize=20_000)(self._elements_of)

    def match(self, words: Sequence[tuple[int, str]], given: Mapping[str, Spans]) -> dict[str, Spans]:
        """Where each vocabulary is said. `words` are positions and words; a jump in positions ends a sentence.

        `given` are vocabularies matched elsewhere, such as ages.
        """
        found = {self._references[name]: spans for name, spans in given.items() if name in self._references}
        for position, word in words:
            for element in self._elements(word):
                found.setdefault(element, {})[position] = [position + 1]
        # A phrase is looked for once its rarest place has been found, and vocabularies in the order they are built.
        waiting: dict[int, dict[int, None]] = defaultdict(dict)
        for option in found:
            for rank, phrase in self._packed.begun_by(option):
                waiting[rank][phrase] = None
        said = dict(given)
        for rank in range(len(self._order)):
            spans: Spans = {}
            for phrase in waiting.get(rank, ()):
                self._packed.match(phrase, found, spans)
            if spans:
                name = self._order[rank]
                reference = self._references[name]
                said[name] = found[reference] = _joined(found.get(reference), spans)
                for later, phrase in self._packed.begun_by(reference):
                    waiting[later][phrase] = None
        return said

    def _elements_of(self, word: str) -> tuple[int, ...]:
        known = self._exactly(word)
        if known or len(word) < _SHORTEST_MISSPELT or word in self._as_written:
            return known
        for meant in sorted(self._meant(word)):
            if elements := self._exactly(meant):
                return elements
        return ()

    def _exactly(self, word: str) -> tuple[int, ...]:
        found = [self._literals[word]] if word in self._literals else []
        for length in self._stem_lengths:
            if length > len(word):
                break
            if (stem := self._stems.get(word[:length])) is not None:
                found.append(stem)
        return tuple(found)

    def _meant(self, word: str) -> Iterator[str]:
        if len(word) > _LONGEST_MISSPELT:
            return
        for key in (word, *_one_letter_less(word)):
            for meant in self._near.get(key, ()):
                if _slip(word, meant):
                    yield meant


@lru_cache(maxsize=20_000)
def parse(phrase: str) -> list[tuple[_Place, ...]]:
    """The ways of a phrase: one for each choice of its optional words, and of alternatives that are several words."""
    choices: list[list[tuple[_Place, ...]]] = []
    for part in phrase.split():
        if part in _GAPS:
            choices.append([(_Place(frozenset(), _GAPS[part]),)])
            continue
        options = [option.split("_") for option in part.removesuffix("?").split("|")]
        for word in (word for option in options for word in option):
            if not _WORD.fullmatch(word):
                raise PhraseError(f"'{phrase}': '{part}' is not a word, word*, a|b, a_b|c or <vocabulary>")
        single = frozenset(option[0] for option in options if len(option) == 1)
        several = [tuple(_Place(frozenset((word,))) for word in option) for option in options if len(option) > 1]
        choices.append(([(_Place(single),)] if single else []) + several + ([()] if part.endswith("?") else []))
    ways = [tuple(place for places in chosen for place in places) for chosen in product(*choices)]
    if any(not way or way[0].gap or way[-1].gap for way in ways):
        raise PhraseError(f"'{phrase}': a phrase begins and ends with a word that must be there")
    return ways


def check(words: Mapping[str, Sequence[str]]) -> None:
    """Read vocabularies without making them ready. Raises PhraseError as `Phrases` does."""
    for phrase in (phrase for phrases in words.values() for phrase in phrases):
        parse(phrase)
    in_building_order(words)


def references(phrase: str) -> set[str]:
    """The vocabularies that a phrase is built from."""
    return set(re.findall(r"<([a-z0-9-]+)>", phrase))


def plain(token: str) -> str:
    """A token in lower case, without what apostrophes add: "Baby's" is baby, "can't" is cant."""
    word = token.lower().replace("’", "'")
    stem, mark, ending = word.rpartition("'")
    if mark and ending in {"s", "ve", "re", "m", "ll", "d"}:
        word = stem
    return word.replace("'", "")


def _joined(given: Spans | None, spans: Spans) -> Spans:
    joined = dict(given or {})
    for start, ends in spans.items():
        joined[start] = sorted({*joined.get(start, ()), *ends})
    return joined


def in_building_order(words: Mapping[str, Sequence[str]]) -> list[str]:
    """Names of vocabularies in an order in which each comes after all it is built from.

    Raises PhraseError where they are built in a circle.
    """
    order: dict[str, None] = {}
    doing: list[str] = []

    def visit(name: str) -> None:
        if name in order or name not in words:
            return
        if name in doing:
            raise PhraseError(f"{name} is built from itself, through {' and '.join(doing)}")
        doing.append(name)
        for other in sorted({other for phrase in words[name] for other in references(phrase)}):
            visit(other)
        doing.pop()
        order[name] = None

    for name in words:
        visit(name)
    return list(order)


def _misspellings(literals: set[str], stems: set[str]) -> dict[str, list[str]]:
    """Every word worth recognising when misspelt, under itself and itself less one letter."""
    near: dict[str, list[str]] = defaultdict(list)
    whole = {word for word in literals if len(word) >= _SHORTEST_MISSPELT}
    whole |= {stem + ending for stem in stems for ending in _ENDINGS if len(stem) >= _SHORTEST_MISSPELT - 2}
    for word in sorted(word for word in whole if len(word) >= _SHORTEST_MISSPELT):
        for key in {word, *_one_letter_less(word)}:
            near[key].append(word)
    return dict(near)


def _one_letter_less(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _slip(typed: str, meant: str) -> bool:
    """Whether a hurried hand makes `typed` of `meant`: a letter missed, doubled or swapped, or a wrong vowel."""
    if typed[0] != meant[0]:
        return False
    if len(typed) == len(meant):
        wrong = [at for at in range(len(typed)) if typed[at] != meant[at]]
        if len(wrong) == 2:
            first, second = wrong
            return second == first + 1 and typed[first] == meant[second] and typed[second] == meant[first]
        return len(wrong) == 1 and len(typed) > _SHORTEST_MISSPELT and {typed[wrong[0]], meant[wrong[0]]} <= _VOWELS
    return abs(len(typed) - len(meant)) == 1
