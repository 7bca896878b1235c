"""A walk through every screen of the app on a made-up case, for the golden pictures and for the README's.

Nothing in it depends on the day, the machine or the shipped questions.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from assistant.app.app import ReflectApp
from assistant.app.charts import Picture
from assistant.app.screens.chart import PictureScreen
from assistant.app.screens.choose_theme import ThemesScreen
from assistant.app.screens.file_problems import FaultsScreen
from assistant.app.screens.form import FillingScreen
from assistant.app.screens.identifiers_asked import NamesScreen
from assistant.app.screens.session_screen import SessionScreen
from assistant.app.screens.sign_in import SignInScreen
from assistant.app.widgets.bars import Bar, Bars
from assistant.app.widgets.learning import LearningCard
from assistant.errors import Problem
from assistant.followup.actions import Action
from assistant.followup.escalations import Escalation, Step
from assistant.noticing.identifier_shapes import Identifier
from assistant.noticing.observations import Danger, Noticing
from assistant.store.store_errors import DamagedStoreError
from assistant.workspace.workspace import Workspace
from tests.app.conftest import (
    Ticking,
    agree,
    answer,
    begin,
    choose,
    command,
    leave,
    one_page_library,
    pick,
    question,
    screen_text,
    settled,
    until,
)

PASSPHRASE = "four ordinary test words"
ACCOUNT = (
    "Child A is four months old. Mum was chatty and told us all is well. Dad works nights, so none of us has met him."
)
CARD = (
    "A baby who cannot yet move by himself does not bruise himself.\n\n"
    "1. Ring children's social care now, before anything else.\n"
    "2. Do not ask the family to explain it first.\n"
    "3. Write down what was seen, where, and when."
)

LATE = Action(id="x/01", case="Child A", agreed=date(2026, 2, 20), text="Monitor how he sleeps", by=date(2026, 2, 27))
WEIGHED = Action(
    id="x/02",
    case="Child A",
    agreed=date(2026, 2, 20),
    text="The health visitor weighs him",
    person="health visitor",
    by=date(2026, 3, 9),
)
DISPUTED = Escalation(
    id="x/escalation",
    case="Child A",
    raised=datetime(2026, 2, 24, 10, tzinfo=UTC),
    disputed="The referral was closed without anybody having seen him.",
    steps=(Step(rung="Worker to worker", at=datetime(2026, 2, 25, 10, tzinfo=UTC), response="It stays closed."),),
    next_rung="Line managers",
    deadline=datetime(2026, 2, 26, 17, tzinfo=UTC),
)
THEMES_BY_NAME = {
    "voice-of-the-child": "The child's voice and daily life",
    "fathers-and-men": "Fathers and other men",
    "working-together": "Working together and the sharing of information",
}
OVER_TIME = (
    Picture(
        "Themes talked about",
        "In how many of 12 sessions. Left out: 1 session that could not be read.",
        tuple(
            Bar(name, count, f"in {count} of 12")
            for name, count in zip(THEMES_BY_NAME.values(), (11, 4, 1), strict=True)
        ),
    ),
    Picture("Never talked about", "1 theme in no session yet.", (Bar("Escalation and challenge", 0, "never"),)),
)
PLACE = (
    Picture(
        "Learning from the review of Child Q",
        "How many of its learning points are about each theme, compared with all the other reviews.",
        tuple(
            Bar(name, count, f"{count} of 51; others {9 * count} of 141")
            for name, count in zip(THEMES_BY_NAME.values(), (12, 7, 1), strict=True)
        ),
    ),
)


def notice(words: str, *_: object) -> Noticing:
    """The same things are noticed each time: a bruise, and who is named."""
    at = words.find("bruise")
    dangers = (
        (
            Danger(
                kind="injury-non-mobile-baby", level="doubtful" if "Maybe" in words else "sure", spans=((at, at + 6),)
            ),
        )
        if at >= 0
        else ()
    )
    return Noticing(
        act_now=dangers, people={"child": 2, "mother": 1, "father": 1, "wider-family": 0, "professional": 3}
    )


def example_app(home: Path) -> ReflectApp:
    """The app over `home`, new and locked."""
    here = Path(__file__).parent / "example"
    for name, folder in (("supervision", "journeys"), ("voice-of-the-child", "themes")):
        target = home / "prompts" / folder
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy(here / f"{name}.yaml", target)
    ids = iter(f"20260302-10000{number}-0000" for number in range(10))
    clock = Ticking(seconds=0.01)  # however often it is read, a walk takes under a minute

    def open_workspace(place: Path) -> Workspace:
        return Workspace(place, search=one_page_library, clock=clock, new_id=lambda: next(ids), iterations=10)

    return ReflectApp(home, open_workspace)


async def walk(pilot: Pilot[None]) -> AsyncIterator[str]:
    """Go from screen to screen and say the name of each when it stands still."""
    app = pilot.app
    assert isinstance(app, ReflectApp)
    await until(pilot, lambda: bool(app.screen.query("#ways")), "the two ways")
    yield "welcome"
    await pilot.press("down", "enter")
    await until(pilot, lambda: bool(app.screen.query("#again")), "the passphrase")
    yield "unlock"
    for box in ("#passphrase", "#again"):
        app.screen.query_one(box, Input).value = PASSPHRASE
    await pilot.press("f5")
    await until(pilot, lambda: bool(app.screen.query("#police")), "the local numbers")
    yield "numbers"
    await pilot.press("escape")
    await until(pilot, lambda: "Supervision session" in screen_text(app), "the first screen")
    app.visit("tour")
    await settled(pilot)
    yield "tour"
    await pilot.press("escape")
    await settled(pilot)
    app.prepare("supervision")
    await until(pilot, lambda: bool(app.screen.query("Choice")), "the form")
    yield "start"
    await pilot.press("escape")
    session = await begin(pilot, case="Child A")
    yield "question"
    await answer(pilot, ACCOUNT)
    yield "learning"
    await pilot.press("f1")
    await settled(pilot)
    yield "help"
    await pilot.press("escape")
    async for name in _before_a_room(pilot, app, session):
        yield name
    async for name in _asked_over_it(pilot, app):
        yield name
    async for name in _to_the_end(pilot, app, session):
        yield name
    async for name in _elsewhere(pilot, app):
        yield name


async def _before_a_room(pilot: Pilot[None], app: ReflectApp, session: SessionScreen) -> AsyncIterator[str]:
    """What a group reads from a wall, with its clock standing still."""
    with patch("assistant.app.screens.presenter.TICK_S", 3600.0):
        await command(pilot, "/present")
    yield "presenter-learning"
    await pilot.press("space")
    await settled(pilot)
    yield "presenter-question"
    await pilot.press("escape")
    await until(pilot, lambda: app.screen is session, "the session")


async def _asked_over_it(pilot: Pilot[None], app: ReflectApp) -> AsyncIterator[str]:
    """What is asked over a session, with nothing in it from the shipped files."""
    asked: dict[str, Screen[Any]] = {
        "names": NamesScreen((Identifier(0, 12, "name", "Sarah Miller"), Identifier(20, 32, "phone", "07700 900123"))),
        "themes": ThemesScreen(THEMES_BY_NAME),
        "faults": FaultsScreen([Problem(Path("kept/prompts/probes.yaml"), 3, "mirror: missing; expected a list")]),
    }
    for name, screen in asked.items():
        app.push_screen(screen)
        await settled(pilot)
        yield name
        app.pop_screen()
        await settled(pilot)


async def _pictured(pilot: Pilot[None], app: ReflectApp) -> AsyncIterator[str]:
    """Pictures of what no walk has: many sessions, and themes that stay as they are."""
    looked_at = {"over-time": OVER_TIME, "place": PLACE}
    for name, pictures in looked_at.items():
        app.push_screen(PictureScreen(partial(tuple[Picture, ...], pictures)))
        await until(pilot, lambda: bool(app.screen.query(Bars)), "the bars")
        await settled(pilot)
        yield name
        await pilot.press("escape")
        await settled(pilot)


async def _followed_up(pilot: Pilot[None], app: ReflectApp) -> AsyncIterator[str]:
    """What waits for somebody, each opened to be filled in; and records that cannot be read."""
    for record in (LATE, WEIGHED, DISPUTED):
        app.workspace().follow_ups.keep(record)
    app.visit("settings")
    await settled(pilot)
    await pilot.press("escape")
    await until(pilot, lambda: "Overdue" in screen_text(app), "the overdue one")
    yield "home-overdue"
    app.visit("actions")
    await until(pilot, lambda: " open" in screen_text(app), "the list")
    yield "actions-waiting"
    for name in ("filling-escalation", "filling-action"):
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FillingScreen), "the form")
        await settled(pilot)
        yield name
        await pilot.press("escape", "down")
        await settled(pilot)
    app.go_home()
    happened = "Part of the store in kept/store cannot be read, and it has been left as it is"
    app.unlock(DamagedStoreError(happened, "", partly=True))
    await until(pilot, lambda: "A copy from" in screen_text(app), "the copy that is offered")
    yield "restoring"
    app.pop_screen()
    await settled(pilot)
    app.push_screen(SignInScreen())
    await settled(pilot)
    yield "sign-in"
    app.pop_screen()
    await settled(pilot)


async def _to_the_end(pilot: Pilot[None], app: ReflectApp, session: SessionScreen) -> AsyncIterator[str]:
    (await question(pilot)).focus()
    await answer(pilot, "Maybe there was a bruise.")
    yield "doubt"
    await pick(pilot, "#doubt-answers", "no")
    await question(pilot)
    await answer(pilot, "There was a small bruise on his cheek.")
    yield "act-now"
    await pick(pilot, "#card-answers", "done")
    await question(pilot)
    await command(pilot, "/why")
    yield "why"
    await answer(pilot, "The sofa was green.")
    yield "nothing-bears"
    await leave(pilot)
    await until(pilot, lambda: "Continue" in screen_text(app), "home")
    yield "home"
    await pilot.press("enter")
    await question(pilot)
    await command(pilot, "/finish")
    yield "finish"
    await agree(pilot)
    await until(pilot, lambda: bool(app.screen.query("#summary")), "the summary")
    yield "summary"
    await pick(pilot, "#about-record", "course")
    await until(pilot, lambda: bool(app.screen.query(Bars)), "the course")
    await settled(pilot)
    yield "course"
    await pilot.press("escape")
    await settled(pilot)
    await pilot.press("escape")
    await settled(pilot)


async def _in_the_library(pilot: Pilot[None], app: ReflectApp) -> AsyncIterator[str]:
    app.visit("library")
    await settled(pilot)
    yield "library"
    await pilot.press("ctrl+n")
    await settled(pilot)
    app.screen.query_one("#file", Input).value = str(Path(__file__).parent / "example" / "briefing.md")
    await pilot.press("enter")
    await until(pilot, lambda: app.screen.has_class("-found"), "what was found in the file")
    app.screen.query_one("#file", Input).value = "~/Documents/briefing.md"
    await settled(pilot)
    yield "adding"
    await pilot.press("escape")
    await settled(pilot)
    await pick(pilot, "#about-list", "filters")
    yield "filters"
    await pick(pilot, "#about-list", "filters")
    app.screen.query_one("#search", Input).value = "dad works nights"
    await settled(pilot)
    yield "search"
    app.screen.query_one("#search").focus()
    await pilot.press("enter", "enter")
    await until(pilot, lambda: len(app.screen.query("ReaderLine")) > 10, "the review")
    await settled(pilot)
    yield "reader"


async def _elsewhere(pilot: Pilot[None], app: ReflectApp) -> AsyncIterator[str]:
    async for name in _in_the_library(pilot, app):
        yield name
    app.go_home()
    await settled(pilot)
    app.visit("records")
    await settled(pilot)
    yield "records"
    await choose(pilot, "#sessions", "case:Child A")
    await until(pilot, lambda: "Supervision session" in screen_text(app), "the case's page")
    yield "case"
    await pilot.press("escape")
    await until(pilot, lambda: bool(app.screen.query("#sessions")), "the records again")
    await settled(pilot)
    await pilot.press("down")
    await pilot.press("delete")
    await settled(pilot)
    yield "confirm"
    await pilot.press("escape")
    await settled(pilot)
    await pilot.press("f5")
    await settled(pilot)
    yield "exporting"
    await pilot.press("escape", "escape")
    await settled(pilot)
    async for name in _pictured(pilot, app):
        yield name
    app.visit("actions")
    await settled(pilot)
    yield "actions"
    await pilot.press("escape")
    await settled(pilot)
    async for name in _followed_up(pilot, app):
        yield name
    app.visit("settings")
    await settled(pilot)
    yield "settings"
    assert not app.screen.query(LearningCard)
