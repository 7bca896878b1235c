"""What the rules may look things up in: prompts, the library, the search, and what can be noticed.

Brings them together for one session. Everything here answers the same words in the same way every time. What only an
answer needs is called for when there is one: opening it takes most of a second, and the first question waits for none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from assistant.conversation.called_questions import Called
from assistant.conversation.prompts import Prompts
from assistant.conversation.question_bank import QuestionBank
from assistant.conversation.question_kinds import QuestionKinds
from assistant.conversation.reranker import Candidate, Exchange, Fit
from assistant.library.points import LearningPoint, Review
from assistant.noticing.clause_vectors import Meaning
from assistant.noticing.observations import Danger, Noticing, ObservationKind
from assistant.noticing.probes import ProbeSet
from assistant.noticing.reading import Known, Reading, Telling
from assistant.retrieval.answer import Answer
from assistant.retrieval.results import Hit, SearchResult

if TYPE_CHECKING:  # and read with the first card: the first question waits for none
    from assistant.noticing.act_now_cards import CardWords
    from assistant.retrieval.practice_patterns import Pattern


class ShowCard(Protocol):
    """Gives an act-now card."""

    def __call__(
        self, danger: Danger | None, words: str, also: Sequence[Danger] = (), *, asked: bool = False, job: str = ""
    ) -> CardWords:
        """For a danger; for somebody who just asks whether to ring, without one or with `asked`; `job` is theirs."""


ReadCandidates = Callable[[Exchange, Sequence[Candidate]], tuple[Fit, ...] | None]
JudgeLearning = Callable[[Exchange, Sequence[str]], tuple[float, ...] | None]


@dataclass(frozen=True)
class Knowledge:
    """All that a session draws on beside the words of the people in it."""

    prompts: Prompts
    bears: Callable[[Answer], SearchResult]
    """The learning that bears on what was just said, which is seldom more than one point and often none."""
    notice: Callable[[str, frozenset[str]], Noticing]
    """What an account shows and leaves out, given the background that earlier answers established."""
    read: Callable[[str, Known], Reading]
    """What an answer says, given what is known so far."""
    card: ShowCard
    """The act-now card for a danger, the words that showed it, and what else is sure."""
    review: Callable[[str], Review | None]
    """A review by its id."""
    points: Callable[[str], tuple[LearningPoint, ...]]
    """The learning points of a review, in the order of the document."""
    chosen: Callable[[Mapping[str, Called]], Mapping[str, float]] = lambda _: {}
    """How surely people would choose each learning point, by its id, given the questions that an answer calls for."""
    quoted: Callable[[Answer, Mapping[str, float]], tuple[Hit, ...]] = lambda *_: ()
    """Of some learning points by their id, with how surely each bears on an answer, those that may be set beside it."""
    patterns: Callable[[Mapping[bytes, float], Answer], tuple[Pattern, ...]] = lambda *_: ()
    """What comes back in every review that an answer shows, given how well each question, by its key, would fit it."""
    of_a_pattern: Callable[[Answer, str], tuple[Hit, ...]] = lambda *_: ()
    """The learning that is about a pattern, by its name, and may be set beside an answer that shows it."""
    names_concepts: Callable[[str], tuple[str, ...]] = lambda _: ()
    """The concepts of the lexicon that some words name."""
    meaning: Meaning | None = None
    """Gives the meaning of answers; None where only words are gone by."""
    telling: Callable[[str], tuple[Telling, ...]] = lambda _: ()
    """What in an answer may be taken up, the most telling first."""
    fits: ReadCandidates = lambda *_: None
    """How well each of some questions would follow an answer; None where only words are gone by."""
    make_ready: Callable[[Exchange], None] = lambda _: None
    """Reads what was said before an answer that is still to come, which that will be read upon."""
    judges: JudgeLearning = lambda *_: None
    """How surely each piece of learning bears on an answer, as log odds; None where only words are gone by."""
    everyday: Callable[[], frozenset[str]] = frozenset
    """Those that every account names: they say nothing of what this one is about."""
    concepts: Mapping[str, str] = field(default_factory=dict)
    """The name of each concept of the lexicon by its id."""
    closer: Mapping[ObservationKind, ProbeSet] = field(default_factory=dict)
    """What to ask about each kind of observation, the most telling first."""
    open_bank: Callable[[], QuestionBank] | None = None
    """Gives the bank, where several sessions share one."""
    open_kinds: Callable[[], QuestionKinds] | None = None
    """Gives what tells the kinds of questions to us apart, where several sessions share it."""

    @cached_property
    def bank(self) -> QuestionBank:
        """The questions of every theme, ready to be weighed."""
        return self.open_bank() if self.open_bank else QuestionBank(self.prompts.themes, self.meaning)

    @cached_property
    def question_kinds(self) -> QuestionKinds:
        """Tells what kind of question is put to us."""
        return self.open_kinds() if self.open_kinds else QuestionKinds(self.prompts.asked_us, None)
