"""Reads all that a session needs and that is nobody's record, before somebody is there to wait for it.

Processes forked after that share it (`app/web/prefork.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from pydantic import BaseModel

from assistant.conversation import events as e
from assistant.conversation.session import Session
from assistant.errors import ReflectError
from assistant.workspace.open_folder import OpenFolder


def read_beforehand(folder: OpenFolder) -> None:
    """Read it by way of a session that is kept nowhere.

    Mistakes in the user's own files are left for the app, which shows them.
    """
    from assistant.language.lazy_patterns import compile_all
    from assistant.store import migrating, sqlite  # noqa: F401 - so that nobody who opens records imports them

    if folder.opening.database_url is not None:
        with suppress(ReflectError):  # whoever signs in is told what is wrong with the address
            from assistant.store import postgres  # noqa: F401 - for the same
            from assistant.store.team_address import engine

            engine(folder.opening.database_url)  # loads the driver, and connects to nothing
    compile_all()
    with suppress(ReflectError):
        session = begun(folder)
        for words in ("Dad works nights.", "He was asleep upstairs, and mum said that all was well."):
            folder.stand_ins.finder.notice(words)
            session.answer(words)
        folder.learning.search("Dad works nights.")
    for model in _models(BaseModel):
        model.model_rebuild()  # or whoever first makes one builds what checks it: 1.5 MB a tab


def begun(folder: OpenFolder) -> Session:
    """A session that is kept nowhere, ready for an answer."""
    journey = next(journey for journey in folder.prompts.journeys.values() if journey.subject is None)
    started = e.Started(at=folder.now(), session="none", journey=journey.id, case="Child A", minutes=30)
    session = Session.begin(started, folder.knowledge.of(journey.role), _kept_nowhere, folder.now)
    session.go_on()
    session.make_ready()
    return session


def _kept_nowhere(event: e.Event) -> None:
    """Go the way of an event that is kept and read back, so that what it goes through has been made."""
    e.EVENT.validate_json(event.model_dump_json())


def _models(of: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Every model of ours that has been read, those of the rooms above too."""
    for model in of.__subclasses__():
        if model.__module__.startswith("assistant."):
            yield model
        yield from _models(model)
