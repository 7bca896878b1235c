"""The app as a test drives it: a desk in a folder of its own, a library of one page, and a clock that ticks."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from assistant.app.app import ReflectApp
from assistant.app.screens.session import SessionScreen
from assistant.app.settings import Settings, keep_settings
from assistant.app.widgets.answer_box import AnswerBox
from assistant.conversation.knowledge import Knowledge
from assistant.conversation.observed import Noticing
from assistant.conversation.prompts import Prompts, load_prompts
from assistant.records.desk import Desk
from assistant.resources import PACKAGE
from assistant.retrieval.model import Hit, SearchResult

HOSTILE = "[Child A] [Name redacted] [/x] [bold]x[/bold] C:\\ \\"
FATHERS = Hit(
    id="child-k/invisible-fathers/4",
    text=(
        "During the case review process, participants identified some barriers which make engaging with fathers "
        "harder, for example visits routinely made between 9am and 5pm when fathers might be at work and computer "
        "recording systems which do not include space for information about fathers."
    ),
    review="child-k",
    title="Serious Case Review – Child K",
    publisher="SVPP",
    published=None,
    section="Invisible fathers",
    audience="everyone",
    kind="finding",
    lines=(63, 63),
    score=7.31,
    matched=("works",),
    concepts=("fathers",),
)
"""As the library has it: these tests make the pictures people see."""


def one_page_library(query: str) -> SearchResult:
    hits = (FATHERS,) if "dad" in query.casefold() else ()
    return SearchResult(query=query, nothing_bears=not hits, hits=hits)


def knowing(
    notice: Callable[..., Noticing] = lambda *_: Noticing(), card: str = "Act now."
) -> Callable[..., Knowledge]:
    """What a session knows, but for what is noticed in its words and the text of its cards."""

    def know(**known: Any) -> Knowledge:
        return Knowledge(**(known | {"notice": notice, "card": lambda *_: card, "closer": {}}))

    return know


class Ticking:
    """A clock that moves on by a second, or by as much as it is told, each time it is read."""

    def __init__(self, seconds: float = 1) -> None:
        self.now = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
        self._step = timedelta(seconds=seconds)

    def __call__(self) -> datetime:
        self.now += self._step
        return self.now


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing blinks, and nothing is noticed in what a test types; tests of the cards notice for themselves."""
    monkeypatch.setattr("assistant.records.desk.Knowledge", knowing())
    monkeypatch.setattr("pyperclip.copy", lambda _: None)  # nothing of a test lands on anybody's clipboard
    monkeypatch.setattr(AnswerBox, "cursor_blink", False)
    monkeypatch.setattr(Input, "cursor_blink", False, raising=False)


@pytest.fixture(scope="session")
def prompts() -> Prompts:
    return load_prompts(PACKAGE / "no-such-home")


@pytest.fixture(scope="session")
def concept_names() -> Mapping[str, str]:
    return Desk(PACKAGE / "no-such-home").concept_names


@pytest.fixture
def open_app(tmp_path: Path, prompts: Prompts, concept_names: Mapping[str, str]) -> Callable[..., ReflectApp]:
    """An app over `tmp_path`; opening it again finds what the first one kept."""
    clock = Ticking()
    ids = iter(f"20260302-10000{number}-0000" for number in range(10))

    def open_it(
        search: Callable[[str], SearchResult] = one_page_library, home: Path = tmp_path, *, new: bool = False
    ) -> ReflectApp:
        if not new:
            keep_settings(Settings(introduced=True), home)

        def open_desk(place: Path) -> Desk:
            desk = Desk(place, search=search, clock=clock, new_id=lambda: next(ids), iterations=10)
            # reading them costs a quarter of a second each time
            vars(desk).update(prompts=prompts, concept_names=concept_names)
            return desk

        return ReflectApp(home, open_desk)

    return open_it


def screen_text(app: ReflectApp) -> str:
    """What is on the screen, line by line."""
    app.screen._compositor.reflow(app.screen, app.screen.size)
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


def said(app: ReflectApp, selector: str) -> str:
    """What the widgets under `selector` say, as running text."""
    return " ".join(" ".join(str(each.render()) for each in app.screen.query(f"{selector} Static")).split())


async def until(pilot: Pilot[None], holds: Callable[[], bool], what: str, *, seconds: float = 20) -> None:
    """Wait until something holds; fail with its name when it does not come."""
    deadline = time.monotonic() + seconds
    while True:
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        try:
            if holds():
                return
        except Exception:
            pass
        if time.monotonic() > deadline:
            raise AssertionError(f"never came: {what}\n{screen_text(pilot.app)}")  # type: ignore[arg-type]  # our app


async def settled(pilot: Pilot[None]) -> None:
    """Every worker has ended and every message been dealt with."""
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def begin(pilot: Pilot[None], case: str = "Child A", journey: str = "supervision") -> SessionScreen:
    """From the first screen into a session of middling length, with its first question on the table."""
    await settled(pilot)
    app = pilot.app
    app.prepare(journey)  # type: ignore[attr-defined]  # our app
    await until(pilot, lambda: bool(app.screen.query("Choice")), "the form")
    app.screen.query_one("#case", Input).value = case
    await pilot.press("f5")
    await question(pilot)
    assert isinstance(app.screen, SessionScreen)
    return app.screen


async def question(pilot: Pilot[None]) -> AnswerBox:
    """Wait until a question can be answered."""
    await until(pilot, lambda: not pilot.app.screen.query_one("#answer").disabled, "a question to answer")
    return pilot.app.screen.query_one("#answer", AnswerBox)


async def answer(pilot: Pilot[None], words: str) -> None:
    """Answer the question on the table and wait for what follows: a question, a card, the summary or a message."""
    box = await question(pilot)
    app, screen = pilot.app, pilot.app.screen
    said_before = {message.identity for message in app._notifications}
    box.put(words)
    await pilot.press("f5")

    def something_followed() -> bool:
        said = any(message.identity not in said_before for message in app._notifications)
        return app.screen is not screen or (not box.disabled and (box.text != words or said))

    await until(pilot, something_followed, "what follows an answer")
    await settled(pilot)
