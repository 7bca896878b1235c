"""Words as the index knows them.

Owns the way from a text to terms, each with the characters it came from: words, NLTK's Snowball stems, the
spellings of `corpus/spellings.yaml`, compounds, ages and negation. The same way is used for learning points and for
queries, which is the whole of why they meet. Knows nothing of scores.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import Field, field_validator

from assistant.errors import DataFileError, Problem
from assistant.language.ages import NUMBERS, ages, may_say_age
from assistant.resources import overlaid
from assistant.yaml_files import Marks, PackModel, read_pack

NOT = "not"
"""The one term that every word of negation becomes."""

_NEGATIONS = frozenset(
    ("no", "not", "never", "none", "nobody", "nothing", "neither", "nor", "nowhere", "cannot", "without")
)
_WORD = r"\d+|[^\W\d_][^\W_]*(?:['’][^\W\d_]+)*"
_WORDS = re.compile(_WORD)
_BETWEEN_PARTS = re.compile(r"[ \-‐‑–]\Z")

# American to British where stems would differ; used on both sides, so a word folded needlessly does no harm.
_FOLDS = (
    (re.compile(r"iz(e|ed|es|er|ers|ing|ation|ations|ational)\Z"), r"is\1"),
    (re.compile(r"yz(e|ed|es|er|ing)\Z"), r"ys\1"),
    (re.compile(r"(?<=[a-z]{2})our(?=\Z|s\Z|ed\Z|ing\Z|al|able|hood|ly|ite|er)"), "or"),
    (re.compile(r"(?<=[a-z])ae(?!l|r)"), "e"),
)


class Token(NamedTuple):
    """One term and the characters of the text that gave it."""

    term: str
    start: int
    end: int


class Spellings(PackModel):
    """`corpus/spellings.yaml`: how people write."""

    spellings: dict[str, str] = Field(default_factory=dict)
    forms: dict[str, str] = Field(default_factory=dict)
    abbreviations: dict[str, str] = Field(default_factory=dict)
    misspellings: dict[str, str] = Field(default_factory=dict)
    compounds: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    """Words separated by spaces, in as many lines as one likes; so for `ignored`."""
    ignored: tuple[str, ...] = ()

    @field_validator("compounds")
    @classmethod
    def _two_words(cls, compounds: tuple[str, ...]) -> tuple[str, ...]:
        for compound in compounds:
            if len(compound.split()) != 2:
                raise ValueError(f"'{compound}' is not two words")
        return compounds

    @cached_property
    def means(self) -> dict[str, str]:
        """Every written form with what it stands for."""
        return self.spellings | self.forms | self.abbreviations | self.misspellings


def read_spellings(home: Path) -> Spellings:
    """The spellings as shipped, or the user's own file of that name in `home`."""
    path = next(path for path in overlaid("corpus", suffix=".yaml", home=home) if path.name == "spellings.yaml")
    spellings, marks = read_pack(path, Spellings)
    problems = _problems(spellings, marks)
    if problems:
        raise DataFileError(problems)
    return spellings


def _problems(spellings: Spellings, marks: Marks) -> list[Problem]:
    problems: list[Problem] = []
    first: dict[str, str] = {}
    for group in ("spellings", "forms", "abbreviations", "misspellings"):
        for written, meant in getattr(spellings, group).items():
            where = (group, written)
            if written in first:
                problems.append(marks.problem(f"'{written}' is already given under {first[written]}", where))
            first.setdefault(written, group)
            if written == meant.lower():
                problems.append(marks.problem(f"'{written}' stands for itself; leave the line out", where))
            if not re.fullmatch(_WORD, written) or written != written.lower():
                problems.append(marks.problem(f"'{written}' is not one word in lower case", where))
    return problems


@dataclass(frozen=True, slots=True)
class _Word:
    """What one written word gives, wherever it stands."""

    stems: tuple[str, ...]
    stem: str
    """Of the word alone, ignored or not: what compounds are looked up by."""
    may_say_age: bool


class Tokenizer:
    """Turns texts into terms. Remembers the words it has met, so a library of any size is read quickly."""

    def __init__(self, spellings: Spellings) -> None:
        # NLTK brings 440 modules and 0.2 s with it whichever part is asked for; nothing else in retrieval imports it.
        from nltk.stem.snowball import SnowballStemmer

        self._snowball: Any = SnowballStemmer("english")
        self._means = spellings.means
        self._exact = frozenset(spellings.exact)
        self._ignored = frozenset(word for line in spellings.ignored for word in line.split())
        self.roles = frozenset(self._stem(word) for line in spellings.roles for word in line.split())
        """Terms for who people are."""
        self._known: dict[str, _Word] = {}
        self._compounds: dict[tuple[str, str], tuple[str, str]] = {}
        self._firsts: set[str] = set()
        self._solid: dict[str, tuple[str, str]] = {}
        for compound in spellings.compounds:
            first, second = compound.split()
            parts = (self._stem(first + second), self._stem(second))
            self._compounds[self._stem(first), parts[1]] = parts
            self._firsts.add(self._stem(first))
            self._solid[parts[0]] = parts
        self.checksum = hashlib.sha256(spellings.model_dump_json().encode()).hexdigest()

    def tokens(self, text: str) -> list[Token]:
        """The terms of a text in the order they stand in it."""
        tokens: list[Token] = []
        # NLTK's RegexpTokenizer guards any pattern with a timeout, which takes a millisecond a text; this one is simple
        spans = [word.span() for word in _WORDS.finditer(text)]
        words = [self._word(text[start:end]) for start, end in spans]
        at = 0
        while at < len(spans):
            start, end = spans[at]
            parts = self._compound(text, spans, words, at) if words[at].stem in self._firsts else None
            if parts:
                tokens += [Token(part, start, spans[at + 1][1]) for part in parts]
                at += 2
            else:
                tokens += [Token(stem, start, end) for stem in words[at].stems]
                at += 1
        stages = ages(text) if any(word.may_say_age for word in words) else []
        if not stages:
            return tokens
        numbers = sorted((age.start, age.end) for age in stages if age.is_number)
        starts = [start for start, _ in numbers]
        reached = [0, *accumulate((end for _, end in numbers), max)]
        rest = [token for token in tokens if token.end > reached[bisect_right(starts, token.start)]]
        return sorted(
            rest + [Token(age.term, age.start, age.end) for age in stages], key=lambda token: (token.start, token.term)
        )

    def terms(self, text: str) -> list[str]:
        """Only the terms."""
        return [token.term for token in self.tokens(text)]

    def _compound(
        self, text: str, spans: Sequence[tuple[int, int]], words: Sequence[_Word], at: int
    ) -> tuple[str, str] | None:
        """The terms of the compound that begins at the word `at`, if one does."""
        if at + 1 == len(spans) or not _BETWEEN_PARTS.fullmatch(text[spans[at][1] : spans[at + 1][0]]):
            return None
        return self._compounds.get((words[at].stem, words[at + 1].stem))

    def _word(self, written: str) -> _Word:
        known = self._known.get(written)
        if known is None:
            known = self._known[written] = self._read(written.lower().replace("’", "'"))
        return known

    def _read(self, word: str) -> _Word:
        if word.endswith("n't"):
            return _Word((NOT,), NOT, may_say_age=False)
        word = word.split("'")[0] or word
        meant = self._means.get(word, word).split()
        stems: list[str] = []
        for part in meant:
            if part in _NEGATIONS:
                stems.append(NOT)
            elif part not in self._ignored:
                stem = self._stem(part)
                stems += self._solid.get(stem, (stem,))
        return _Word(tuple(stems), self._stem(meant[-1]), may_say_age(word))

    def _stem(self, word: str) -> str:
        if word in NUMBERS:
            return str(NUMBERS[word])
        if word in self._exact:
            return word
        if word.removesuffix("s") in self._exact:
            return word.removesuffix("s")
        for pattern, british in _FOLDS:
            word = pattern.sub(british, word)
        return str(self._snowball.stem(word))
