"""A session that can be driven without a library, a clock or a disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from assistant.conversation import events as e
from assistant.conversation.observed import Danger, Noticing
from assistant.conversation.prompts import Prompts, load_prompts
from assistant.conversation.rules import Knowledge
from assistant.conversation.session import Session
from assistant.resources import PACKAGE
from assistant.retrieval.model import SearchResult

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@dataclass
class Ticking:
    """A clock that moves on by half a minute each time it is read."""

    now: datetime = START
    step: timedelta = timedelta(seconds=30)

    def __call__(self) -> datetime:
        self.now += self.step
        return self.now


@dataclass
class Sitting:
    """A session and the list its events are kept in."""

    session: Session
    kept: list[e.Event] = field(default_factory=list)


def silent_search(query: str) -> SearchResult:
    return SearchResult(query=query, nothing_bears=True, hits=())


def blind_notice(_: str) -> Noticing:
    return Noticing()


def plain_card(danger: Danger) -> str:
    return f"Act now: {danger.kind}"


@pytest.fixture(scope="session")
def prompts() -> Prompts:
    return load_prompts(PACKAGE / "no-such-home")


@pytest.fixture
def sit(prompts: Prompts) -> Callable[..., Sitting]:
    """Begin a supervision session; keyword arguments replace the search, the noticing or the minutes."""

    def begin(search=silent_search, notice=blind_notice, minutes=30, clock=None) -> Sitting:
        kept: list[e.Event] = []
        started = e.Started(at=START, session="s1", journey="supervision", case="Child A", minutes=minutes)
        knowledge = Knowledge(prompts=prompts, search=search, notice=notice, card=plain_card)
        session = Session.begin(started, knowledge, kept.append, clock or Ticking())
        session.go_on()
        return Sitting(session, kept)

    return begin
