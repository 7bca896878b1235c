"""The best few hits across everything somebody said: not five about the first thing, nor the same thing twice.

Owns how a long text is taken apart, how the findings for its parts are put in one order, and when one learning point
says what another has said. Knows nothing of scores but that higher is better.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from assistant.library.points import LearningPoint
from assistant.retrieval import weights

MOST_PASSAGES = 6
"""Each passage is read by the encoder; six keep a long answer within its 50 ms."""
_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"[^.!?;\n]+[.!?;\n]*")
Item = TypeVar("Item", bound=Hashable)


def passages(text: str) -> list[str]:
    """A long text as a few passages of whole sentences, about equally long; a short one as it is."""
    words = len(text.split())
    if words < weights.LONG:
        return [text]
    most = max(words / MOST_PASSAGES, weights.LONG / 3)
    parts: list[str] = []
    room = 0.0
    for sentence in _SENTENCE.findall(text):
        length = len(sentence.split())
        if parts and (room >= length / 2 or len(parts) == MOST_PASSAGES):
            parts[-1] += sentence
        else:
            parts.append(sentence)
            room = most
        room -= length
    return [part.strip() for part in parts if part.strip()] or [text]


def words_of(point: LearningPoint) -> frozenset[str]:
    """What `repeats` compares; as printed, because stems take NLTK 0.2 ms a point and find the same repeats."""
    return frozenset(_WORD.findall(point.text.lower()))


def repeats(point: LearningPoint, words: frozenset[str], before: LearningPoint, words_before: frozenset[str]) -> bool:
    """Whether a point has little to add to one before it: nearly its words in another review, or a part of it."""
    if point.review == before.review:
        return point.text in before.text
    shorter = min(len(words), len(words_before))
    return shorter >= weights.LEAST_SAME and len(words & words_before) >= weights.SAME * shorter


def interleave(
    rankings: Sequence[Sequence[tuple[Item, float]]], subjects: Callable[[Item], Hashable], count: int
) -> list[Item]:
    """The best items of several rankings: what repeats a passage or a subject already heard counts for less."""
    chosen: list[Item] = []
    heard_passage: Counter[int] = Counter()
    heard_subject: Counter[Hashable] = Counter()
    waiting = [list(ranking) for ranking in rankings]
    while len(chosen) < count:
        best: tuple[float, int] | None = None
        pick: Item | None = None
        for number, ranking in enumerate(waiting):
            for item, score in ranking:
                if item in chosen:
                    continue
                worth = score * weights.USED_BEFORE ** (heard_passage[number] + heard_subject[subjects(item)])
                if best is None or worth > best[0]:
                    best, pick = (worth, number), item
        if best is None or pick is None:
            break
        chosen.append(pick)
        heard_passage[best[1]] += 1
        heard_subject[subjects(pick)] += 1
    return chosen
