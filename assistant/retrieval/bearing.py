"""Which learning bears on what somebody has just said in a conversation: seldom, and then surely.

Searching and listening differ. Who types a query wants the best there is; who has just told something of a child is
interrupted by whatever is set beside it. So an answer is read clause by clause; a clause counts when one subject of
practice is surely meant by it, is not denied or long past, and is not a person or place that every account names; and a
point counts when it stands alone, is itself about that subject and lies near in meaning. Praise answers no trouble, and
what merely happened in another family is of no use unless it is the same rare thing: of 600 such points set beside
answers, none bore. What the conversation has been about weighs in as background: it decides between points, but it
brings none by itself, since it was said before.

Owns that judgement and its numbers. Knows nothing of sessions, of files or of screens.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.language.ages import ages
from assistant.language.sentences import sentences
from assistant.library.points import LearningPoint, reading_text
from assistant.retrieval.answer import Answer
from assistant.retrieval.point_quality import polarity, stands_alone_as_learning
from assistant.retrieval.protocols import Subject, Vectors

Scores = NDArray[np.float64]

LEAST_WORDS: Final = 8
"""Of an answer: "Friday." and "He's settled, I think" give nothing to look for."""
LEAST_CLAUSE: Final = 4
MOST_CLAUSES: Final = 10
"""Read by the encoder together: 60 ms."""
SURE: Final = 0.6
"""How likely one subject must be to be meant; words that name it make up for some of it."""
NAMED: Final = 0.15
LEAST_SHARE: Final = 0.25
"""Of that sureness, the part of each of several subjects that are close to each other."""
SURE_OF_EVERYDAY: Final = 0.93
"""The same for a person or place that every account names: "I've not met dad" is about fathers, "Dad brings nappies" is
not."""
SURE_OF_EVERYDAY_AND_NEAR: Final = 0.8
ABOUT: Final = 0.3
"""How far subject and point must agree, where they lie near in meaning."""
SURELY_ABOUT: Final = 0.55
"""The same where they do not: everyday speech and the words of a review seldom lie near."""
ABOUT_AND_A_RARE_WORD: Final = 0.2
NEAR: Final = 0.22
"""Cosine of the clause and the point."""
NEAR_ENOUGH_FOR_EVERYDAY: Final = 0.3
VERY_NEAR: Final = 0.38
AGREEMENT: Final = 1.5
MEANING: Final = 1.25
"""What a cosine of one adds, beside what agreeing in one subject altogether does."""
BACKGROUND: Final = 0.25
RARE_WORD: Final = 0.35
"""A word of the clause that hardly any other point has: the handbag of one child comes to the handbag of another."""
FOR_READER: Final = 0.05
SHOWN_BEFORE: Final = 0.2
"""Taken off for each point on the same subject that the conversation has seen."""
BEARS: Final = 1.05

_DENIED = re.compile(
    r"\b(?:no|not|never|nothing|none|without|isn['’]?t|wasn['’]?t|hasn['’]?t|n['’]t|nor)\b[^,.;:!?]{0,24}\Z",
    re.IGNORECASE,
)
_NONE_OF_IT = re.compile(
    r"^\W*(?:there(?:['’]?s| is| are| was| were) )?no(?:thing)?\b(?!body| one| longer)"
    r"|\bno (?:worries|trouble) at all\b",
    re.IGNORECASE,
)
_LONG_PAST = re.compile(
    r"\byears? (?:ago|back|since)\b|\bin (?:19|20)\d\d\b|\bused to\b"
    r"|\b(?:training|input on|podcast|dvd|course|film|telly|book)\b|\b(?:old|closed) (?:log|case|file)\b",
    re.IGNORECASE,
)
_BABY = re.compile(
    r"\b(?:bab(?:y|ies)|infants?|newborns?|non.mobile|unborn|under (?:1s|ones?|the age of one)|weeks old|bumps?)\b",
    re.I,
)


_AGES_OF_A_BABY = frozenset({"age:non-mobile-baby", "age:baby"})


def clauses(text: str) -> list[str]:
    """The sentences of an answer, and each with the next: one may say what the other is about."""
    single = [line[start:end] for line in text.split("\n") for start, end in sentences(line)]
    pairs = [f"{one} {other}" for one, other in pairwise(single) if len(one.split()) < LEAST_WORDS]
    wanted = dict.fromkeys(clause for clause in (*single, *pairs) if len(clause.split()) >= LEAST_CLAUSE)
    return list(wanted)[:MOST_CLAUSES]


def is_denied(clause: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the words that name a subject say that it is not so: "no bruises", "never hit her"."""
    return bool(_NONE_OF_IT.search(clause)) or bool(spans and _DENIED.search(clause[: spans[0][0]]))


def is_long_past(clause: str) -> bool:
    """Whether it tells of another time, or of what somebody learnt on a course."""
    return bool(_LONG_PAST.search(clause))


def speaks_of_a_baby(texts: Collection[str]) -> bool:
    """Whether a baby is spoken of, by name or by age. A bruise on a boy of six is another matter."""
    return any(_BABY.search(text) or any(age.term in _AGES_OF_A_BABY for age in ages(text)) for text in texts)


@dataclass(frozen=True, slots=True)
class Bearing:
    """The point that bears on an answer, and why."""

    position: int
    score: float
    clause: str
    subject: Subject
    agreement: float
    meaning: float | None


@dataclass
class Conversation:
    """What has been said so far, as subjects of practice; what was said longer ago weighs less."""

    about: dict[str, float] = field(default_factory=dict)

    def hear(self, heard: Iterable[Sequence[Subject]]) -> None:
        """Take in one answer's clauses."""
        self.about = {concept: 0.8 * weight for concept, weight in self.about.items()}
        for subject in (subject for clause in heard for subject in clause):
            self.about[subject.concept] = max(self.about.get(subject.concept, 0.0), subject.likely)


@dataclass(frozen=True, slots=True)
class Shelf:
    """What of a library this judgement looks at."""

    size: int
    point: Callable[[int], LearningPoint]
    carry: Callable[[str], tuple[NDArray[np.int32], Scores]]
    """The points that carry a concept and how much."""
    holding: Callable[[str], Iterable[NDArray[np.int32]]]
    """For each word of a clause that hardly any point holds, those that do."""
    vectors: Vectors | None
    for_reader: NDArray[np.bool_] | None = None
    """Which points speak to whoever is listening."""

    def agreement(self, wanted: Mapping[str, float]) -> Scores:
        """How far each point is about some subjects."""
        agreement = np.zeros(self.size)
        for concept, weight in wanted.items():
            points, carried = self.carry(concept)
            agreement[points] += weight * carried
        return agreement

    def share_a_rare_word(self, clause: str) -> NDArray[np.bool_]:
        """Which points share a rare word with a clause."""
        shared = np.zeros(self.size, dtype=np.bool_)
        for points in self.holding(clause):
            shared[points] = True
        return shared


def find_bearing(
    answer: Answer,
    said: Sequence[str],
    heard: Sequence[Sequence[Subject]],
    vectors: Vectors | None,
    talk: Conversation,
    shelf: Shelf,
) -> Bearing | None:
    """The point that bears on an answer, given its clauses with what each is about and means; mostly None."""
    background = np.minimum(shelf.agreement(talk.about), 1.0) if talk.about else np.zeros(shelf.size)
    a_baby = speaks_of_a_baby((answer.words, *answer.before))
    best: Bearing | None = None
    for number, (clause, subjects) in enumerate(zip(said, heard, strict=True)):
        meant = _surely_meant(clause, subjects)
        if not meant:
            continue
        agreement = shelf.agreement({subject.concept: subject.likely for subject in meant})
        near = None
        scores = AGREEMENT * agreement + BACKGROUND * background
        shared = shelf.share_a_rare_word(clause)
        scores[shared] += RARE_WORD
        if shelf.for_reader is not None:
            scores = scores + FOR_READER * shelf.for_reader
        may = agreement >= SURELY_ABOUT
        if vectors is not None and shelf.vectors is not None:
            near = shelf.vectors @ vectors[number]
            scores = scores + MEANING * near
            about = agreement >= np.where(shared, ABOUT_AND_A_RARE_WORD, ABOUT)
            may = (may & (near >= 0)) | (about & (near >= NEAR))
        for at in sorted(np.flatnonzero(may & (scores >= BEARS)).tolist(), key=lambda at: (-scores[at], at)):
            if best is not None and scores[at] <= best.score:
                break
            subject = max(meant, key=lambda subject: _carried(shelf, subject, at))
            close = 0.0 if near is None else float(near[at])
            least_near = NEAR_ENOUGH_FOR_EVERYDAY if subject.likely >= SURE_OF_EVERYDAY or subject.spans else VERY_NEAR
            if subject.everyday and close < least_near:
                continue
            score = float(scores[at]) - SHOWN_BEFORE * answer.subjects_shown.count(subject.concept)
            point = shelf.point(at)
            if polarity(point) == "strength" or (point.kind == "case-fact" and not shared[at]):
                continue
            if score < BEARS or (best and score <= best.score) or not fits(point, answer, a_baby=a_baby):
                continue
            best = Bearing(at, score, clause, subject, float(agreement[at]), None if near is None else float(near[at]))
    return best


def _surely_meant(clause: str, subjects: Sequence[Subject]) -> list[Subject]:
    """The subjects that a clause surely means, and means of now; two that are alike share its sureness."""
    if clause.rstrip().endswith("?") or is_long_past(clause):  # asked of us, or of another time
        return []
    meant = [
        subject
        for subject in subjects
        if subject.likely >= (SURE_OF_EVERYDAY_AND_NEAR if subject.everyday else LEAST_SHARE)
        and not is_denied(clause, subject.spans)
    ]
    named = NAMED if any(subject.spans for subject in meant) else 0.0
    return meant if sum(subject.likely for subject in meant) >= SURE - named else []


def _carried(shelf: Shelf, subject: Subject, position: int) -> float:
    points, carried = shelf.carry(subject.concept)
    return subject.likely * float(carried[points == position].sum())


def fits(point: LearningPoint, answer: Answer, *, a_baby: bool) -> bool:
    """Whether a point may be set beside an answer at all; `a_baby` says that one is spoken of."""
    if point.review in answer.passed_over:
        return False
    if point.id in answer.shown or not answer.shown.isdisjoint(point.also_in) or not stands_alone_as_learning(point):
        return False
    return a_baby or not any(_BABY.search(text) for text in (reading_text(point.text), *point.path))
