"""What a session's rules look things up in, opened part by part from one folder's prompts, lexicon and models.

Owns when each part is opened: by the first answer, or beside its typing, 0.7 s that no first question waits for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from assistant.conversation.journeys import Role
from assistant.conversation.knowledge import Knowledge
from assistant.conversation.prompts import Prompts
from assistant.conversation.question_bank import QuestionBank
from assistant.conversation.question_kinds import QuestionKinds
from assistant.conversation.reranker import Exchange, Reranker
from assistant.noticing.asks_reader import open_asks_reader
from assistant.noticing.clause_vectors import Meaning
from assistant.retrieval.results import Hit
from assistant.workspace.library_search import LibrarySearch

if TYPE_CHECKING:  # and read where they are wanted: what is not needed for a first question takes 0.2 s
    from assistant.library.points import Audience, LearningPoint, Review
    from assistant.noticing.act_now_cards import CardWords
    from assistant.noticing.identifiers import Finder
    from assistant.noticing.noticer import Noticer
    from assistant.noticing.observations import Danger, Noticing
    from assistant.noticing.reader import Reader
    from assistant.noticing.reading import Known, Reading, Telling
    from assistant.noticing.salience import TellingReader
    from assistant.retrieval.answer import Answer
    from assistant.retrieval.lexicon import Concept

_Name = TypeVar("_Name")
_Value = TypeVar("_Value")
READERS: dict[Role, Audience] = {"supervisor": "manager", "practitioner": "practitioner"}
"""Whose learning points stand higher for whom."""
MOST_KEPT = 8
"""Answers whose readings are kept: those being written, and the last."""


class _Late(Mapping[_Name, _Value]):
    """A mapping that is made when somebody looks into it."""

    def __init__(self, make: Callable[[], Mapping[_Name, _Value]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Mapping[_Name, _Value]:
        return self._make()

    def __getitem__(self, name: _Name) -> _Value:
        return self._made[name]

    def __iter__(self) -> Iterator[_Name]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


class SessionKnowledge:
    """Gives the knowledge of a session; what is opened for one is there for the next."""

    def __init__(self, home: Path, files: Path, prompts: Prompts, learning: LibrarySearch) -> None:
        """`files` is where the user's own words and lexicon are."""
        self._files = files
        self._prompts = prompts
        self._learning = learning
        self._home = home
        self._meaning = Meaning(home)
        # what's read ahead of an answer is there when it's sent
        self._noticed = lru_cache(maxsize=MOST_KEPT)(self._notice)
        self._reading = lru_cache(maxsize=MOST_KEPT)(self._read)
        self._telling_of = lru_cache(maxsize=MOST_KEPT)(self._told)
        self._reranker = Reranker(home)

    def of(self, role: Role) -> Knowledge:
        """What a session of `role` draws on."""
        of_the_library = self._learning.is_of_the_library
        return Knowledge(
            prompts=self._prompts,
            bears=lambda answer: self._learning.beside(answer, READERS.get(role)),
            notice=self._noticed,
            read=self._reading,
            card=self._card,
            review=self._review,
            points=self._points,
            chosen=lambda called: self._bank.learning.bears(called) if of_the_library else {},
            quoted=self._quoted,
            patterns=self._learning.patterns,
            of_a_pattern=self._learning.of_a_pattern,
            names_concepts=self._learning.named,
            meaning=self._meaning,
            telling=self._telling_of,
            fits=self._reranker.read,
            make_ready=self._make_ready,
            judges=self._reranker.bears if of_the_library else lambda *_: None,
            everyday=lambda: self._everyday,
            concepts=self.concept_names,
            closer=_Late(lambda: self._noticer.closer),
            open_bank=lambda: self._bank,
            open_kinds=lambda: self._question_kinds,
        )

    @cached_property
    def concept_names(self) -> Mapping[str, str]:
        """The name of each concept of the lexicon by its id; the lexicon is read at the first look."""
        return _Late(lambda: {concept.id: concept.name for concept in self._lexicon})

    @property
    def finder(self) -> Finder:
        """Finds names: the one that answers are read with, which takes 0.12 s to open."""
        return self._reader.finder

    def _notice(self, words: str, background: frozenset[str]) -> Noticing:
        return self._noticer.notice(words, background)

    def _read(self, words: str, known: Known) -> Reading:
        return self._reader.read(words, known)

    def _card(
        self, danger: Danger | None, words: str, also: Sequence[Danger] = (), *, asked: bool = False, job: str = ""
    ) -> CardWords:
        return self._noticer.danger.card(danger, words, also, asked=asked, job=job)

    def _told(self, words: str) -> tuple[Telling, ...]:
        return self._telling.read(words)

    def _make_ready(self, exchange: Exchange) -> None:
        self._bank.make_ready(exchange)
        self._reranker.make_ready(exchange)

    def _review(self, review: str) -> Review | None:
        return self._learning.library.reviews.get(review)

    def _points(self, review: str) -> tuple[LearningPoint, ...]:
        return tuple(self._learning.library.points_of(review))

    def _quoted(self, answer: Answer, sure: Mapping[str, float]) -> tuple[Hit, ...]:
        points = [(point, how) for name, how in sure.items() if (point := self._counted(name))]
        return self._learning.quoted(answer, points)

    def _counted(self, name: str) -> LearningPoint | None:
        try:
            point = self._learning.library.by_id(name)
        except KeyError:  # somebody took the review out
            return None
        return point if self._bank.learning.was_counted(point) else None

    @cached_property
    def _bank(self) -> QuestionBank:
        return QuestionBank(self._prompts.themes, self._meaning)

    @cached_property
    def _question_kinds(self) -> QuestionKinds:
        return QuestionKinds(self._prompts.asked_us, open_asks_reader(self._home))

    @cached_property
    def _telling(self) -> TellingReader:
        from assistant.noticing.salience import TellingReader

        return TellingReader(self._meaning)

    @cached_property
    def _everyday(self) -> frozenset[str]:
        return frozenset(concept.id for concept in self._lexicon if concept.everyday_word)

    @cached_property
    def _lexicon(self) -> tuple[Concept, ...]:
        # 0.35 s of processor, at the beginning of every session
        from assistant.retrieval.lexicon import open_lexicon

        return open_lexicon(self._files)

    @cached_property
    def _noticer(self) -> Noticer:
        from assistant.noticing.noticer import open_noticer

        return open_noticer(self._files)

    @cached_property
    def _reader(self) -> Reader:
        from assistant.noticing.reader import open_reader

        return open_reader(self._files)
