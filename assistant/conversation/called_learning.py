"""Which learning of the shipped reviews bears on an answer, told by the questions that the answer calls for.

Talk doesn't lie near what a review writes, but what people would ask next tells what an answer is about. Owns the use
of what was counted in `tools/training/next-questions/` (`python -m tools.count_called_learning`): answers for which
some people chose, out of the whole bank, the questions they'd be glad to ask, and others the learning that bears: how
often each learning was chosen where each question was. Knows nothing of sessions, nor of learning that nobody could
choose, as that of a team's own reviews.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.conversation.called_questions import Called
from assistant.conversation.question_finder import key_of
from assistant.conversation.themes import Question
from assistant.library.points import LearningPoint, reading_text
from assistant.resources import shipped

if TYPE_CHECKING:
    from assistant.retrieval.index_file import Arrays

LEARNT = "bears.learnt"
PARTS = ("keys", "points", "texts", "chosen", "usual")
"""Of each question its key; the ids of the learning, a line each, and a key of its words; how likely each learning is
where each question is chosen, a row a question; and whatever is chosen."""
MOST = 15
"""Questions gone by. Of six writers nothing was counted from, what is likeliest was chosen in 32 of a hundred answers
on which anything bears, among three in 50; with 6 questions 28 and 47, with all 29 and 45; by nearness of meaning 12
and 28."""


MOST_UNCOUNTED = 0.5
"""Of the questions gone by, the share that may be somebody's own or reworded."""


def text_key(point: LearningPoint) -> bytes:
    """Sixteen bytes that any change to its words changes."""
    return hashlib.sha256(reading_text(point.text).encode()).digest()[:16]


class CalledLearning:
    """What was counted, for some questions by their id."""

    def __init__(self, questions: Mapping[str, Question]) -> None:
        self._questions = questions

    def bears(self, called: Mapping[str, Called]) -> dict[str, float]:
        """For each learning point, by its id, how likely it is that it would be chosen; nothing where only the words
        of an answer call for questions, or where most of those called for were never there to be chosen."""
        best = sorted(called.items(), key=lambda one: -one[1].fit)[:MOST]
        if not self._arrays or not best or any(one.span is not None for _, one in best):
            return {}
        import numpy as np

        chosen, usual = self._arrays["chosen"], self._arrays["usual"]
        rows = [self._rows.get(key_of(self._questions[name])) for name, _ in best]
        if sum(row is None for row in rows) > MOST_UNCOUNTED * len(rows):
            return {}
        likely = np.array([usual if row is None else chosen[row] for row in rows], dtype=np.float64)
        # a fit is the root of how likely a question is to be chosen
        share = np.array([one.fit**2 for _, one in best])
        return dict(zip(self._points, (share / share.sum() @ likely).tolist(), strict=True))

    def was_counted(self, point: LearningPoint) -> bool:
        """Whether a point still says what was chosen."""
        row = self._places.get(point.id)
        return row is not None and self._arrays["texts"][row].tobytes() == text_key(point)

    @cached_property
    def reviews(self) -> frozenset[str]:
        """The reviews out of which people could choose."""
        return frozenset(point.split("/", 1)[0] for point in self._points) if self._arrays else frozenset()

    @cached_property
    def _arrays(self) -> Arrays:
        from assistant.retrieval import index_file

        return index_file.peek(shipped("models") / LEARNT, *PARTS, made_from={})

    @cached_property
    def _rows(self) -> Mapping[bytes, int]:
        return {key.tobytes(): row for row, key in enumerate(self._arrays["keys"])}

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {point: row for row, point in enumerate(self._points)} if self._arrays else {}

    @cached_property
    def _points(self) -> list[str]:
        points: str = self._arrays["points"].tobytes().decode()
        return points.split("\n")
