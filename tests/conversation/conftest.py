"""A session that can be driven without a library, a clock or a disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assistant.conversation import events as e
from assistant.conversation.knowledge import Knowledge
from assistant.conversation.observed import Danger, Noticing
from assistant.conversation.prompts import Prompts, load_prompts
from assistant.conversation.session import Session
from assistant.resources import PACKAGE
from assistant.retrieval.model import SearchResult

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@dataclass
class Ticking:
    """A clock that moves on by five seconds each time it is read."""

    now: datetime = START
    step: timedelta = timedelta(seconds=5)

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


def blind_notice(_: str, __: frozenset[str]) -> Noticing:
    return Noticing()


def plain_card(danger: Danger, words: str) -> str:
    return f"Act now: {danger.kind} ({words})"


def knowledge(prompts: Prompts, **replaced: Any) -> Knowledge:
    """Knowledge without a library: nothing bears on anything and nothing is noticed, unless replaced."""
    parts: dict[str, Any] = {
        "search": silent_search,
        "notice": blind_notice,
        "card": plain_card,
        "review": lambda _: None,
        "points": lambda _: (),
    }
    return Knowledge(prompts=prompts, **(parts | replaced))


@pytest.fixture(scope="session")
def prompts() -> Prompts:
    return load_prompts(PACKAGE / "no-such-home")


@pytest.fixture
def sit(prompts: Prompts) -> Callable[..., Sitting]:
    """Begin a session; further keyword arguments replace a part of what it knows."""

    def begin(minutes=30, clock=None, journey="supervision", subject=None, carried=(), **replaced) -> Sitting:
        kept: list[e.Event] = []
        started = e.Started(
            at=START, session="s1", journey=journey, case="Child A", minutes=minutes, subject=subject, carried=carried
        )
        session = Session.begin(started, knowledge(prompts, **replaced), kept.append, clock or Ticking())
        session.go_on()
        return Sitting(session, kept)

    return begin
