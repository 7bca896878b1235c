"""The app as a test drives it: a workspace in a folder of its own, a library of one page, and a clock that ticks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.widgets import Input, OptionList
from textual.worker import WorkerCancelled, WorkerFailed

from assistant.app.app import ReflectApp
from assistant.app.preferences import Settings, save_preferences
from assistant.app.screens.confirm import ConfirmScreen
from assistant.app.screens.session_screen import SessionScreen
from assistant.app.screens.summary import SummaryScreen
from assistant.app.widgets.chips import Chips
from assistant.app.widgets.composer import Composer
from assistant.conversation.knowledge import Knowledge
from assistant.conversation.prompts import Prompts, load_prompts
from assistant.noticing.act_now_cards import CardWords
from assistant.noticing.observations import Noticing
from assistant.resources import PACKAGE
from assistant.retrieval.lexicon import Concept, open_lexicon
from assistant.retrieval.results import Hit, SearchResult
from assistant.workspace.workspace import Workspace

LONGEST_S = 90
"""How long anything is waited for: twenty and thirty seconds have passed on a machine that was busy otherwise."""
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
        shown = CardWords(title="Act.", first="999 now.", rest=card)
        return Knowledge(**(known | {"notice": notice, "card": lambda *_, **__: shown, "closer": {}}))

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
    monkeypatch.setattr("assistant.workspace.session_knowledge.Knowledge", knowing())
    monkeypatch.setattr("assistant.app.timing.DEAF_S", 0.001)  # no test but that of it waits a second
    monkeypatch.setattr("assistant.app.timing.TYPES_ON_S", 3600.0)  # a busy machine is slow to press the next key
    monkeypatch.setattr("pyperclip.copy", lambda _: None)  # nothing of a test lands on anybody's clipboard
    monkeypatch.setattr(Input, "cursor_blink", False, raising=False)
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "none")  # what scrolls is where it goes at once
    monkeypatch.setattr(Pilot._wait_for_screen, "__defaults__", (LONGEST_S,))


@pytest.fixture(scope="session", autouse=True)
def styles_parsed_once() -> Iterator[None]:
    """Each app would parse the same styles anew, a seventh of the processor's time of a test; nothing changes them."""
    parse = Stylesheet._parse_rules
    parsed: dict[object, list[RuleSet]] = {}

    def once(style: Stylesheet, css: str, read_from: Any, *more: Any, **named: Any) -> list[RuleSet]:
        own = (css, read_from, *more, *named.values())
        if own not in style._parse_cache:  # its own, which Textual clears when the colours change
            key = (own, frozenset(style._variables.items()))
            if key not in parsed:
                parsed[key] = parse(style, css, read_from, *more, **named)
            style._parse_cache[own] = parsed[key]
        return style._parse_cache[own]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", once)
        yield


@pytest.fixture(scope="session")
def prompts() -> Prompts:
    return load_prompts(PACKAGE / "no-such-home")


@pytest.fixture(scope="session")
def lexicon() -> tuple[Concept, ...]:
    return open_lexicon(PACKAGE / "no-such-home")


@pytest.fixture
def open_app(tmp_path: Path, prompts: Prompts, lexicon: tuple[Concept, ...]) -> Callable[..., ReflectApp]:
    """An app over `tmp_path`; opening it again finds what the first one kept."""
    clock = Ticking()
    ids = iter(f"20260302-10000{number}-0000" for number in range(10))

    def open_it(
        search: Callable[[str], SearchResult] = one_page_library, home: Path = tmp_path, *, new: bool = False
    ) -> ReflectApp:
        if not new:
            save_preferences(Settings(numbers_asked=True), home)

        def open_workspace(place: Path) -> Workspace:
            workspace = Workspace(place, search=search, clock=clock, new_id=lambda: next(ids), iterations=10)
            # reading them costs a quarter of a second each time
            vars(workspace)["prompts"] = prompts
            vars(workspace.knowledge)["_lexicon"] = lexicon
            return workspace

        return ReflectApp(home, open_workspace)

    return open_it


def screen_text(app: ReflectApp) -> str:
    """What is on the screen, line by line."""
    app.screen._compositor.reflow(app.screen, app.screen.size)
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


def said(app: ReflectApp, selector: str) -> str:
    """What the widgets under `selector` say, as running text."""
    return " ".join(" ".join(str(each.render()) for each in app.screen.query(f"{selector} Static")).split())


async def until(pilot: Pilot[None], holds: Callable[[], bool], what: str) -> None:
    """Wait until something holds; fail with its name when it does not come."""
    deadline = time.monotonic() + LONGEST_S
    while True:
        await _workers_ended(pilot)
        await pilot.pause()
        try:
            if holds():
                return
        except Exception:
            pass
        if time.monotonic() > deadline:
            raise AssertionError(f"never came: {what}\n{screen_text(pilot.app)}")  # type: ignore[arg-type]  # our app


async def _workers_ended(pilot: Pilot[None]) -> None:
    """A worker that newer work of its group has replaced, or that failed as the app then tells, is over too."""
    with suppress(WorkerCancelled, WorkerFailed):
        await pilot.app.workers.wait_for_complete()


async def settled(pilot: Pilot[None]) -> None:
    """Every worker has ended and every message been dealt with."""
    for _ in range(3):
        await _workers_ended(pilot)
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


async def question(pilot: Pilot[None]) -> Composer:
    """Wait until a question is on screen and the program waits for words."""
    await until(pilot, lambda: pilot.app.screen.ready, "a question to answer")  # type: ignore[attr-defined]  # a session
    return pilot.app.screen.query_one(Composer)


async def answer(pilot: Pilot[None], words: str) -> None:
    """Answer the question on the table and wait for what follows: a question, a card, the summary or a message."""
    box = await question(pilot)
    app, screen = pilot.app, pilot.app.screen
    assert isinstance(screen, SessionScreen)
    before = screen.session.state
    said_before = {message.identity for message in app._notifications}
    box.put(words)
    box.action_send()

    def something_followed() -> bool:
        assert isinstance(screen, SessionScreen)
        said = any(message.identity not in said_before for message in app._notifications)
        asked = bool(screen.query("NamesBlock, DoubtBlock, DangerBand, #hint.-wanted"))
        gone = isinstance(app.screen, SummaryScreen)
        return gone or asked or (screen.ready and (screen.session.state is not before or said))

    await until(pilot, something_followed, "what follows an answer")
    await settled(pilot)


async def command(pilot: Pilot[None], typed: str) -> None:
    """Type a command into the composer, which must be empty."""
    box = await question(pilot)
    assert box.text == ""
    box.focus()
    await pilot.press(*typed, "enter")
    await settled(pilot)


async def pick(pilot: Pilot[None], selector: str, name: str) -> None:
    """Go to a row of chips, once it listens, and pick one with the arrow keys and Enter."""
    await until(pilot, lambda: not pilot.app.screen.query_one(selector).has_class("-deaf"), "that the row listens")
    chips = pilot.app.screen.query_one(selector, Chips)
    chips.focus()
    place = [each for each, _ in chips.offered].index(name)
    await pilot.press(*["right"] * place, "enter")
    await settled(pilot)


async def choose(pilot: Pilot[None], selector: str, option: str) -> None:
    """Go to a line of a list and press Enter."""
    options = pilot.app.screen.query_one(selector, OptionList)
    options.focus()
    options.highlighted = options.get_option_index(option)
    await pilot.press("enter")
    await settled(pilot)


async def leave(pilot: Pilot[None]) -> None:
    """Out of a session, to the first screen."""
    pilot.app.screen.query_one(Composer).focus()
    await pilot.press("escape")
    await agree(pilot)
    await until(pilot, lambda: not isinstance(pilot.app.screen, SessionScreen | ConfirmScreen), "the first screen")
    await settled(pilot)


async def agree(pilot: Pilot[None]) -> None:
    """Say yes to what is asked: once it listens, a deliberate move and Enter."""
    await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen), "the question")
    await until(pilot, lambda: pilot.app.focused is not None and pilot.app.focused.id == "no", "that it listens")
    await pilot.press("right", "enter")
    await pilot.pause()
