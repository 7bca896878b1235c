"""What came with the program, read once in each process of tests instead of once for each folder.

A folder without files of its own reads what every other such folder reads: the prompts, the lexicon, what notices
danger and names, the shipped reviews and their index. Here the first that asks reads them and the rest are handed the
same, which spares each session that a test plays a second of processor. A folder with files of its own reads those.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from assistant.conversation.question_bank import QuestionBank
from assistant.conversation.question_kinds import QuestionKinds
from assistant.library.library import Library, open_library
from assistant.noticing.asks_reader import TaughtReader, open_asks_reader
from assistant.noticing.danger_finder import open_danger_finder
from assistant.noticing.identifiers import open_finder
from assistant.noticing.noticer import open_noticer
from assistant.noticing.reader import open_reader
from assistant.retrieval.open_search import open_search
from assistant.retrieval.ranking import Retriever
from assistant.workspace.workspace import Workspace
from tests.stores import CHEAP

NOWHERE = Path("/nonexistent")
reader = cache(partial(open_reader, NOWHERE))
noticer = cache(partial(open_noticer, NOWHERE))
finder = cache(partial(open_finder, NOWHERE))
danger_finder = cache(partial(open_danger_finder, NOWHERE))

OWN = {
    "load_prompts": ("prompts",),
    "open_noticer": ("prompts",),
    "open_reader": ("prompts",),
    "open_lexicon": ("corpus",),
    "open_library": ("corpus", "library"),
}
"""What reads shipped files, and the folders in which a user's own would be read beside them or in their place."""
READ_BY = {
    "assistant.workspace.open_folder": ("load_prompts",),  # the rest it reads late, from where it is
    "assistant.noticing.noticer": ("open_noticer",),
    "assistant.noticing.reader": ("open_reader",),
    "assistant.retrieval.lexicon": ("open_lexicon",),
    "assistant.library.library": ("open_library",),
    "assistant.commands.prompts": ("open_library", "open_lexicon"),
}


@pytest.fixture(scope="session")
def used_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which somebody has searched: its index of the shipped reviews is ready."""
    home = tmp_path_factory.mktemp("used-before")
    open_search(open_library(home), home)
    return home


@pytest.fixture(scope="session", autouse=True)
def shipped_read_once(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[None]:
    """Every workspace and command in this process."""
    nowhere = tmp_path_factory.mktemp("nowhere")

    def once(name: str, read: Callable[[Path], Any]) -> Callable[[Path], Any]:
        first = cache(lambda: read(nowhere))
        return lambda home: read(home) if _has_any(home, OWN[name]) else first()

    library = once("open_library", open_library)

    @cache
    def retriever() -> Retriever:
        return open_search(library(nowhere), request.getfixturevalue("used_before"))

    def searched_once(of: Library, home: Path, **how: Any) -> Retriever:
        named = "REFLECT_MODEL_DIR" in how.get("environment", os.environ)
        return open_search(of, home, **how) if of is not library(nowhere) or named else retriever()

    with pytest.MonkeyPatch.context() as patch:
        for place, names in READ_BY.items():
            module = importlib.import_module(place)
            for name in names:
                read = library if name == "open_library" else once(name, getattr(module, name))
                patch.setattr(module, name, read)
        patch.setattr("assistant.retrieval.open_search.open_search", searched_once)
        for made, make in (("QuestionBank", _made_once(QuestionBank)), ("QuestionKinds", _made_once(QuestionKinds))):
            patch.setattr(f"assistant.conversation.knowledge.{made}", make)
            patch.setattr(f"assistant.workspace.session_knowledge.{made}", make)
        patch.setattr("assistant.workspace.session_knowledge.open_asks_reader", _asks_reader)
        patch.setitem(Workspace.__init__.__kwdefaults__ or {}, "iterations", CHEAP)
        yield


@cache
def _asks_reader(_: Path) -> TaughtReader | None:
    return open_asks_reader(NOWHERE)


def _made_once(make: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """What is made of the very same prompts and weights is handed to each that asks; of the last four, for some are
    made of a test's own."""
    last: list[tuple[object, object, object]] = []

    def made(read: object, meaning: object = None) -> object:
        weights = getattr(meaning, "checksum", meaning)
        for of, made_with, there in last:
            if of is read and made_with == weights:
                return there
        last[:] = [*last[-3:], (read, weights, make(read, meaning))]
        return last[-1][2]

    return made


def _has_any(home: Path, folders: Iterable[str]) -> bool:
    return any(path.is_file() for folder in folders for path in (home / folder).rglob("*"))
