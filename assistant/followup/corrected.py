"""A day or a number that somebody gave and put right later in the session: "No, it was Thursday I saw him, not Friday".

Owns which earlier sentence that is about, so that no document states what was taken back. Says less rather than
something false: only days of the week, months and numbers, and only where one sentence can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.conversation.state import State
from assistant.language.lazy_patterns import late
from assistant.language.paragraphs import sentences_in

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_SMALL = r"one|two|three|four|five|six|seven|eight|nine"
_NUMBER = (
    rf"(?:\d{{1,3}}(?!\d)|(?:twenty|thirty|forty|fifty)(?:[- ](?:{_SMALL}))?|ten|eleven|twelve|thirteen|fourteen"
    rf"|fifteen|sixteen|seventeen|eighteen|nineteen|{_SMALL})"
)
_LEAD = r"(?:on |in |about |a |the |only )*"
_KINDS = (_DAY, _MONTH, _NUMBER)
_NOT = r"(?:(?:was|is|were|are)(?:n['’]?t| not)|not)"


def _ways(value: str) -> re.Pattern[str]:
    """ "It was Thursday, not Friday"; "it wasn't Monday I visited, it was Tuesday"."""
    return late(
        rf"\b(?P<new>{value})\b[^.;!?]{{0,40}}?,? (?:and )?not {_LEAD}(?P<old>{value})\b"
        rf"|\b{_NOT} {_LEAD}(?P<was>{value})\b[^.;!?]{{0,40}}?[,;–-] ?(?:but )?"
        rf"(?:(?:it|he|she|they|that)(?:['’](?:s|re)| is| was| are| were) )?{_LEAD}(?P<is>{value})\b",
        re.IGNORECASE,
    )


_WAYS = tuple(map(_ways, _KINDS))
_VISIT = late(r"\b(?:saw|seen|visit\w*|went|called|was there|came)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Correction:
    """One value that was taken back."""

    told: str
    """The sentence that has it."""
    old: str
    new: str


@dataclass(frozen=True)
class Corrections:
    """What was put right in a session."""

    found: tuple[Correction, ...] = ()
    saying_so: frozenset[str] = frozenset()
    """The sentences that put something right."""

    def put_right(self, words: str) -> str:
        """The words with what is so in place of what was taken back."""
        return self._changed(words, "{new}")

    def marked(self, words: str) -> str:
        """The words as they were said, with what is so in square brackets after them."""
        return self._changed(words, "{old} [put right later: {new}]")

    def _changed(self, words: str, how: str) -> str:
        for one in self.found:
            if one.told in words:
                said = re.compile(rf"\b{re.escape(one.old)}\b", re.IGNORECASE)
                changed = said.sub(lambda found, one=one: how.format(old=found[0], new=one.new), one.told)  # type: ignore[misc]
                words = words.replace(one.told, changed)
        return words


def corrections(state: State) -> Corrections:
    """What the answers of a session take back of what they said before."""
    before, found, saying = list[str](), list[Correction](), set[str]()
    for turn in state.turns:
        answer = turn.answer or ""
        for start, end in sentences_in(answer):
            sentence = answer[start:end]
            for old, new in _taken_back(sentence):
                told = _meant(sentence, old, before)
                if told is not None:
                    found.append(Correction(told, old, new))
                    saying.add(sentence)
            before.append(sentence)
    return Corrections(tuple(dict.fromkeys(found)), frozenset(saying))


def _taken_back(sentence: str) -> Iterator[tuple[str, str]]:
    for way in _WAYS:
        for said in way.finditer(sentence):
            old, new = said["old"] or said["was"], said["new"] or said["is"]
            if old.casefold() != new.casefold():
                yield old, new


def _meant(sentence: str, old: str, before: list[str]) -> str | None:
    """The sentence that has the value; of several the one that tells of a visit too, where the correction does."""
    named = re.compile(rf"\b{re.escape(old)}\b", re.IGNORECASE)
    having = [one for one in before if named.search(one)]
    if len(having) > 1 and _VISIT.search(sentence):
        having = [one for one in having if _VISIT.search(one)]
    return having[0] if len(set(having)) == 1 else None
