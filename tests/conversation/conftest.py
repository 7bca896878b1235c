"""A session that can be driven without a library, a clock or a disk."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from assistant.conversation import events as e
from assistant.conversation.knowledge import Knowledge
from assistant.conversation.prompts import Prompts, load_prompts
from assistant.conversation.question_kinds import QuestionKinds
from assistant.conversation.session import Session
from assistant.conversation.state import Turn
from assistant.noticing.act_now_cards import CardWords
from assistant.noticing.asks_reader import open_asks_reader
from assistant.noticing.observations import Danger, Noticing
from assistant.noticing.reading import Known, Reading
from assistant.resources import PACKAGE
from assistant.retrieval.results import SearchResult
from tests.shipped import NOWHERE, reader

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
    known: Knowledge | None = None
    clock: Ticking | None = None

    def another(self) -> Sitting:
        """One that has come as far as this, to go on by itself: a session is nothing but its events."""
        assert self.known is not None
        assert self.clock is not None
        kept, clock = [*self.kept], replace(self.clock)
        return Sitting(Session(kept, self.known, kept.append, clock), kept, self.known, clock)


GoingOn = Callable[[Hashable, Callable[[], Sitting]], Sitting]
"""From a place a sitting has come to, or from where it's now played to it."""


def silent_search(query: str) -> SearchResult:
    return SearchResult(query=query, nothing_bears=True, hits=())


def blind_notice(_: str, __: frozenset[str]) -> Noticing:
    return Noticing()


def plain_card(
    danger: Danger | None, words: str, also: Sequence[Danger] = (), *, asked: bool = False, job: str = ""
) -> CardWords:
    kinds = ", ".join(sign.kind for sign in (danger, *also) if sign) or "nothing shown"
    return CardWords(title=f"Act now: {kinds}", first="999 now.", rest=f"{'Asked. ' if asked else ''}{kinds} ({words})")


def knowledge(prompts: Prompts, **replaced: Any) -> Knowledge:
    """Knowledge without a library: nothing bears on anything and nothing is noticed, unless replaced."""
    parts: dict[str, Any] = {
        "search": silent_search,
        "notice": blind_notice,
        "read": lambda *_: Reading(),
        "card": plain_card,
        "review": lambda _: None,
        "points": lambda _: (),
    }
    known = parts | replaced
    search = known.pop("search")
    return Knowledge(prompts=prompts, **({"bears": lambda answer: search(answer.words)} | known))


def answered(keeps: str, words: str, question: str = "What next?") -> Turn:
    """A turn whose question keeps something, and what was answered to it, as it's read."""
    asked = e.Asked(
        at=datetime(2026, 3, 2, tzinfo=UTC), question="a/b", theme="a", stage="action", text=question, type="open",
        intent="Because.", because="It is next.", keeps=keeps,
    )  # fmt: skip
    return Turn(asked=asked, answer=words, reading=reader().read(words, Known(today=date(2026, 3, 2), keeps=keeps)))


@pytest.fixture(scope="session")
def prompts() -> Prompts:
    return load_prompts(PACKAGE / "no-such-home")


@pytest.fixture(scope="session")
def kinds(prompts: Prompts) -> QuestionKinds:
    """What tells the kinds of questions to us apart, as it is shipped."""
    return QuestionKinds(prompts.asked_us, open_asks_reader(NOWHERE))


@pytest.fixture(scope="session")
def sit(prompts: Prompts) -> Callable[..., Sitting]:
    """Begin a session; further keyword arguments replace a part of what it knows."""

    def begin(
        minutes=30, clock=None, journey="supervision", subject=None, carried=(), worker="", **replaced
    ) -> Sitting:
        kept: list[e.Event] = []
        started = e.Started(
            at=START,
            session="s1",
            journey=journey,
            case="Child A",
            minutes=minutes,
            subject=subject,
            carried=carried,
            worker=worker,
        )
        known, clock = knowledge(prompts, **replaced), clock or Ticking()
        session = Session.begin(started, known, kept.append, clock)
        session.go_on()
        return Sitting(session, kept, known, clock)

    return begin


@pytest.fixture(scope="module")
def going_on() -> GoingOn:
    """A sitting as far as several tests want it, played once in their file; each goes on with one of its own."""
    there: dict[Hashable, Sitting] = {}

    def from_there(place: Hashable, play: Callable[[], Sitting]) -> Sitting:
        if place not in there:
            there[place] = play()
        return there[place].another()

    return from_there
