"""The library of one folder and the search over it: opened at the first look, read again when a review comes or goes.

Owns who waits while the index is read. What bears on words is the retriever's to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from assistant.errors import ReflectError
from assistant.retrieval.filter_choices import EVERYTHING, Filters
from assistant.retrieval.results import Hit, SearchResult

if TYPE_CHECKING:  # and read where they are wanted: the first question needs no library
    from assistant.conversation.themes import Theme
    from assistant.library.library import Library
    from assistant.library.points import Audience, LearningPoint
    from assistant.retrieval.answer import Answer
    from assistant.retrieval.practice_patterns import Pattern
    from assistant.retrieval.ranking import Retriever

MOST_ASKED = 20_000
"""Letters of what is searched for; they take a second, and a search keeps nothing that could be lost."""
READING = "reading the library"
"""The thread in which new points are read for their meaning."""


class _LibraryChangedError(Exception):
    """What was being read is not the library any more."""


class LibrarySearch:
    """The reviews of a folder, the user's own beside the shipped ones, and what of them bears on words."""

    def __init__(self, home: Path, files: Path, instead: Callable[[str], SearchResult] | None = None) -> None:
        """`files` is where the user's own lexicon is; `instead` answers in the place of the library."""
        self._home = home
        self._files = files
        self._instead = instead
        self._loading = Lock()

    @cached_property
    def library(self) -> Library:
        """The reviews, the user's own beside the shipped ones."""
        from assistant.library.library import open_library

        return open_library(self._home)

    @property
    def is_of_the_library(self) -> bool:
        """Something else may answer in its place."""
        return self._instead is None

    def search(
        self, words: str, *, audience_first: Audience | None = None, filters: Filters = EVERYTHING
    ) -> SearchResult:
        """The learning that bears on `words`, of what `filters` lets through; points for `audience_first` stand higher.

        The first call loads the library and its index.
        """
        words = words[:MOST_ASKED]
        if self._instead is not None:
            return self._instead(words)
        return self._opened().search(words, audience_first=audience_first, filters=filters)

    def beside(self, answer: Answer, reader: Audience | None) -> SearchResult:
        """The one point that surely bears on an answer, or none; for whom it's read."""
        if self._instead is not None:
            return self._instead(answer.words)
        return self._opened().talk.beside(answer, audience_first=reader)

    def quoted(self, answer: Answer, points: Iterable[tuple[LearningPoint, float]]) -> tuple[Hit, ...]:
        """Of points with how surely they bear on an answer, those that may be set beside it."""
        return self._opened().talk.quoted(answer, points)

    def patterns(self, called: Mapping[bytes, float], answer: Answer) -> tuple[Pattern, ...]:
        """What of that which comes back in every review an answer shows."""
        return self._opened().talk.patterns(called, answer) if self._instead is None else ()

    def of_a_pattern(self, answer: Answer, name: str) -> tuple[Hit, ...]:
        """The points that are about a pattern and may be set beside an answer that shows it."""
        return self._opened().talk.of_a_pattern(answer, name)

    def named(self, words: str) -> tuple[str, ...]:
        """The concepts of the lexicon that some words name."""
        return self._opened().talk.named(words) if self._instead is None else ()

    def count_by_review(self, themes: Iterable[Theme]) -> dict[str, dict[str, int]]:
        """For each theme, how many learning points of each review bear on it."""
        retriever = self._opened()
        return {
            theme.id: retriever.count_by_review(Filters(concepts=frozenset(theme.concepts)))
            for theme in themes
            if theme.concepts
        }

    def make_ready(self) -> None:
        """Prepare the library for searching; what takes long goes on beside everything else. Call it from a thread."""
        if self._instead is None:
            self._opened()

    def read_again(self) -> None:
        """After a review was added or taken out: the next search is of the library as it now is."""
        with self._loading:
            for held in ("library", "_retriever"):
                vars(self).pop(held, None)

    def _opened(self) -> Retriever:
        """One thread opens it, and the others wait for that."""
        with self._loading:
            return self._retriever

    @cached_property
    def _retriever(self) -> Retriever:
        # NLTK and the index cost 0.3 s or more; a session's first question does not wait for them
        from assistant.retrieval.open_search import open_search

        retriever = open_search(self.library, self._files, at_once=True)
        if retriever.is_unread:
            Thread(target=self._read_meaning, args=(self.library,), name=READING, daemon=True).start()
        return retriever

    def _read_meaning(self, library: Library) -> None:
        """Read new points for their meaning; the searches that follow use it. Given up when the library changes."""
        from assistant.retrieval.open_search import open_search

        def go_on(*_: object) -> None:
            if vars(self).get("library") is not library:
                raise _LibraryChangedError

        with suppress(_LibraryChangedError, ReflectError, OSError):
            whole = open_search(library, self._files, progress=go_on)
            with self._loading:
                if vars(self).get("library") is library:
                    vars(self)["_retriever"] = whole
