"""Whether words say that a thing is so: said outright, in doubt, or not said at all.

Owns an account cut into sentences, clauses and words, with where each vocabulary is said in it, and the judgement of
how a span of it is meant: negated, past, supposed, learned about, or a figure of speech. The words that turn meaning
are vocabularies with reserved names, in the same files as all the others. Knows nothing of danger.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from operator import attrgetter

from assistant.language.ages import ages
from assistant.language.lazy_patterns import late
from assistant.language.packed_phrases import Spans
from assistant.language.phrases import Phrases, plain
from assistant.language.run_on import RUNS_ON, turns

_TOKEN = late(r"[^\W_]+(?:['’][^\W_]+)*")
_SENTENCE_END = late(r"[.!?]+[\"'”’)]*(?:\s|\Z)|[!?]|\n|…")
_CLAUSE_END = late(r"[,;:()–—…]|\s[-/]\s")
_BETWEEN_SENTENCES = 50
"""Positions left empty between sentences, more than the longest gap in a phrase."""
_BETWEEN_CLAUSES = 4
"""Positions left empty between clauses: more than `..` reaches over and less than `...` does."""
_SCOPE = 9
"""Words that a negation reaches over."""
_LONGEST = 20
"""Words: more than any phrase of a vocabulary has."""
_LIST_LOOK = 6
_CHOICES = frozenset(("or", "nor"))
_JOINS = _CHOICES | {"and"}

_first = attrgetter("first")

RESERVED = (
    "not",
    "not-reaching",
    "not-passes",
    "list-word",
    "denied",
    "denied-after",
    "long-past",
    "past",
    "now",
    "over",
    "supposing",
    "not-supposing",
    "idly-supposing",
    "said",
    "learning",
    "learning-word",
    "here",
    "figure",
)
"""Vocabularies read here by name. A file that leaves one out leaves that turn of meaning unseen."""


class Stance(IntEnum):
    """How surely something is said to be so."""

    NOT_SO = 0
    DOUBTFUL = 1
    SO = 2


@dataclass(frozen=True, slots=True)
class Word:
    """A word, where it stands, and the sentence and clause it is in."""

    text: str
    start: int
    end: int
    position: int
    sentence: int
    clause: int


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of words that says a vocabulary: the indexes of its first word and of the word after its last."""

    first: int
    end: int

    def overlaps(self, other: Said) -> bool:
        """Whether they share a word."""
        return self.first < other.end and other.first < self.end

    def mostly_in(self, other: Said) -> bool:
        """Whether half its words or more are words of the other."""
        shared = min(self.end, other.end) - max(self.first, other.first)
        return 2 * shared >= self.end - self.first


class Text:
    """Words cut into sentences and clauses, with the ages in them; read once, whoever looks at it."""

    def __init__(self, characters: str, typed: Mapping[str, Sequence[str]]) -> None:
        self.words = list(_words(characters, typed))
        self.index = {word.position: index for index, word in enumerate(self.words)}
        self.ages = _ages(characters, self.words)


class Account:
    """A text with what it says in some vocabularies."""

    def __init__(self, text: Text, phrases: Phrases) -> None:
        self.words = text.words
        self._index = text.index
        matches = phrases.match([(word.position, word.text) for word in text.words], text.ages)
        self._said = {name: self._indexed(spans) for name, spans in matches.items()}
        self._sentences: dict[str, list[int]] = {}

    def said(self, name: str) -> Sequence[Said]:
        """Every place where the vocabulary is said, in order."""
        return self._said.get(name, ())

    def sentence(self, said: Said) -> int:
        """The sentence that it stands in, counted from 0."""
        return self.words[said.first].sentence

    def clause(self, said: Said) -> int:
        """The clause that it begins in."""
        return self.words[said.first].clause

    def in_sentence(self, name: str, sentence: int) -> list[Said]:
        """Where the vocabulary is said in one sentence."""
        return self.between_sentences(name, sentence, sentence)

    def between_sentences(self, name: str, first: int, last: int) -> list[Said]:
        """Where the vocabulary is said from one sentence to another, both included."""
        all_said = self.said(name)
        starts = self._starts(name)
        begin = bisect_left(starts, first)
        end = bisect_left(starts, last + 1)
        return list(all_said[begin:end])

    def beginning_between(self, name: str, first: int, last: int) -> Sequence[Said]:
        """Where the vocabulary begins to be said from one word to before another."""
        all_said = self.said(name)
        begin = bisect_left(all_said, first, key=_first)
        return all_said[begin : bisect_left(all_said, last, begin, key=_first)]

    def characters(self, said: Said) -> tuple[int, int]:
        """The characters of the text."""
        return self.words[said.first].start, self.words[said.end - 1].end

    def _starts(self, name: str) -> list[int]:
        if name not in self._sentences:
            self._sentences[name] = [self.sentence(said) for said in self.said(name)]
        return self._sentences[name]

    def _indexed(self, spans: Spans) -> list[Said]:
        """The longest match at each place where one begins."""
        return [Said(self._index[first], self._index[max(ends) - 1] + 1) for first, ends in sorted(spans.items())]


def typed_as(typing: Mapping[str, str]) -> dict[str, list[str]]:
    """How tired people type, ready for `Text`: "2nite" is tonight, "gonna" is going to."""
    return {plain(key): meant.split() for key, meant in typing.items()}


def stance(account: Account, said: Said) -> Stance:
    """How surely the account says this of its own case, now."""
    if any(said.mostly_in(figure) for figure in account.in_sentence("figure", account.sentence(said))):
        return Stance.NOT_SO
    return min(judge(account, said) for judge in (_negation, _denial, _time, _supposition, _learning))


def _negation(account: Account, said: Said) -> Stance:
    """A negation reaches forward over small words and lists, and stops at the first word that says something else."""
    sentence = account.sentence(said)
    negations = _before(account, "not", said) - _before(account, "not-reaching", said)
    listed = _before(account, "list-word", said)
    passed = listed | _before(account, "not-passes", said)
    clause = account.clause(said)
    only_listed = True
    for index in range(said.first - 1, max(-1, said.first - 1 - _SCOPE), -1):
        word = account.words[index]
        if word.sentence != sentence or (word.clause != clause and not (only_listed and _is_listed(account, said))):
            break
        clause = word.clause
        if index in negations:
            return Stance.NOT_SO
        joins = word.text in _JOINS
        if not (only_listed if joins else index in passed):
            break
        only_listed = only_listed and (joins or index in listed)
    return Stance.SO


def _is_listed(account: Account, said: Said) -> bool:
    """Whether it stands in a list: "no bruises, marks or burns", but not "no concerns, bruise seen"."""
    around = account.words[max(0, said.first - 1) : said.first] + account.words[said.end : said.end + _LIST_LOOK]
    return any(word.text in _CHOICES and word.sentence == account.sentence(said) for word in around)


def _denial(account: Account, said: Said) -> Stance:
    sentence, clause = account.sentence(said), account.clause(said)
    for found in account.in_sentence("denied", sentence):
        if found.first < said.first and account.clause(found) == clause:
            return Stance.DOUBTFUL
    for found in account.in_sentence("denied-after", sentence):
        if found.first >= said.end and account.clause(found) == clause:
            return Stance.DOUBTFUL
    return Stance.SO


def _time(account: Account, said: Said) -> Stance:
    sentence, clause = account.sentence(said), account.clause(said)
    now = account.in_sentence("now", sentence)
    if any(account.clause(found) == clause for found in now):
        return Stance.SO
    if account.in_sentence("long-past", sentence):
        return Stance.DOUBTFUL if now else Stance.NOT_SO
    if account.in_sentence("past", sentence) or account.between_sentences("over", sentence, sentence + 1):
        return Stance.DOUBTFUL
    return Stance.SO


def _supposition(account: Account, said: Said) -> Stance:
    sentence = account.sentence(said)
    reported = [found.first for found in account.in_sentence("said", sentence)]
    if account.in_sentence("idly-supposing", sentence):
        return Stance.DOUBTFUL if reported else Stance.NOT_SO
    meant = account.in_sentence("not-supposing", sentence)
    for found in account.in_sentence("supposing", sentence):
        if any(found.overlaps(other) for other in meant):
            continue
        threat = any(first < found.first for first in reported)  # "he said he'd kill her if she left" is no supposition
        if found.first < said.first and account.clause(found) == account.clause(said) and not threat:
            return Stance.DOUBTFUL
    return Stance.SO


def _learning(account: Account, said: Said) -> Stance:
    sentence = account.sentence(said)
    here = account.in_sentence("here", sentence)
    if account.in_sentence("learning", sentence):
        return Stance.DOUBTFUL if here else Stance.NOT_SO
    if account.in_sentence("learning-word", sentence) and not here:
        return Stance.DOUBTFUL
    before = account.between_sentences("learning", sentence - 1, sentence - 1)
    return Stance.DOUBTFUL if before and not here else Stance.SO


def _before(account: Account, name: str, said: Said) -> set[int]:
    """Words of the vocabulary that a negation of these might stand among: no more than it can reach over."""
    found = account.beginning_between(name, said.first - _SCOPE - _LONGEST, said.first)
    return {index for one in found for index in range(one.first, one.end)}


def _words(characters: str, typed: Mapping[str, Sequence[str]]) -> Iterator[Word]:
    sentence = clause = position = end = 0
    tokens = list(_TOKEN.finditer(characters))
    turning = _turning(characters, tokens)
    for place, match in enumerate(tokens):
        between = characters[end : match.start()]
        if place in turning:
            sentence += 1
            clause += 1
            position += _BETWEEN_CLAUSES
        elif not end or between == " ":
            pass
        elif _SENTENCE_END.search(between):
            sentence += 1
            clause += 1
            position += _BETWEEN_SENTENCES
        elif _CLAUSE_END.search(between):
            clause += 1
            position += _BETWEEN_CLAUSES
        word = plain(match.group())
        for meant in typed.get(word, (word,)):
            yield Word(meant, match.start(), match.end(), position, sentence, clause)
            position += 1
        end = match.end()


def _turning(characters: str, tokens: Sequence[re.Match[str]]) -> frozenset[int]:
    """The words that begin a clause where nothing marks it: each is read as a sentence, so that "she used to" says
    nothing of the rest. Words across it may still stand near one another."""
    marked = [
        place
        for place, (before, after) in enumerate(pairwise(tokens), start=1)
        if characters[before.end() : after.start()].strip(" ")
    ]
    found: set[int] = set()
    for first, after in pairwise([0, *marked, len(tokens)]):
        if after - first > RUNS_ON:
            found.update(first + turn for turn in turns([token[0] for token in tokens[first:after]]))
    return frozenset(found)


def _ages(characters: str, words: Sequence[Word]) -> dict[str, Spans]:
    """Ages as vocabularies: `age-non-mobile-baby`, `age-toddler` and so on."""
    found: dict[str, Spans] = {}
    starts = [word.start for word in words]
    for age in ages(characters):
        first = bisect_left(starts, age.start)
        last = bisect_left(starts, age.end) - 1
        if first <= last < len(words) and words[first].sentence == words[last].sentence:
            spans = found.setdefault(age.term.replace(":", "-"), {})
            spans[words[first].position] = [words[last].position + 1]
    return found
