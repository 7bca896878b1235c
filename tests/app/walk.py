"""A walk through every screen of the app on a made-up case, for the golden pictures and for the README's.

Nothing in it depends on the day, the machine or the shipped questions.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from assistant.app.app import ReflectApp
from assistant.app.screens.session import SessionScreen
from assistant.app.widgets.learning import LearningCard
from assistant.conversation.observed import Danger, Noticing
from assistant.records.desk import Desk
from tests.app.conftest import Ticking, answer, begin, one_page_library, question, screen_text, settled, until

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


def notice(words: str, *_: object) -> Noticing:
    """The same things are noticed each time: a bruise, and who is named."""
    at = words.find("bruise")
    dangers = (Danger(kind="injury-non-mobile-baby", confirm=False, spans=((at, at + 6),)),) if at >= 0 else ()
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
    clock = Ticking()

    def open_desk(place: Path) -> Desk:
        return Desk(place, search=one_page_library, clock=clock, new_id=lambda: next(ids), iterations=10)

    return ReflectApp(home, open_desk)


async def walk(pilot: Pilot[None]) -> AsyncIterator[str]:
    """Go from screen to screen and say the name of each when it stands still."""
    app = pilot.app
    assert isinstance(app, ReflectApp)
    await until(pilot, lambda: bool(app.screen.query("#again")), "the passphrase")
    yield "unlock"
    for box in ("#passphrase", "#again"):
        app.screen.query_one(box, Input).value = PASSPHRASE
    await pilot.press("f5")
    await until(pilot, lambda: bool(app.screen.query("#tour")), "the tour")
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
    for panel in ("mirror", "agenda", "note"):
        await pilot.press("f6")
        await settled(pilot)
        if app.size.width < 120:
            yield panel
    async for name in _to_the_end(pilot, app, session):
        yield name
    async for name in _elsewhere(pilot, app):
        yield name


async def _to_the_end(pilot: Pilot[None], app: ReflectApp, session: SessionScreen) -> AsyncIterator[str]:
    (await question(pilot)).focus()
    await answer(pilot, "There was a small bruise on his cheek.")
    yield "act-now"
    await pilot.press("d")
    await until(pilot, lambda: app.screen is session, "the session")
    await question(pilot)
    await pilot.press("f4")
    await settled(pilot)
    yield "why"
    await answer(pilot, "The sofa was green.")
    yield "nothing-bears"
    await pilot.press("escape")
    await until(pilot, lambda: "Continue" in screen_text(app), "home")
    yield "home"
    await pilot.press("enter")
    await question(pilot)
    await pilot.press("f9")
    await settled(pilot)
    yield "finish"
    await pilot.press("y")
    await until(pilot, lambda: bool(app.screen.query("#summary")), "the summary")
    yield "summary"
    await pilot.press("escape")
    await settled(pilot)


async def _elsewhere(pilot: Pilot[None], app: ReflectApp) -> AsyncIterator[str]:
    await pilot.press("f5")
    await settled(pilot)
    yield "library"
    await pilot.press("f8")
    await settled(pilot)
    app.screen.query_one("#file", Input).value = str(Path(__file__).parent / "example" / "briefing.md")
    await pilot.press("enter")
    await until(pilot, lambda: app.screen.has_class("-found"), "what was found in the file")
    app.screen.query_one("#file", Input).value = "~/Documents/briefing.md"
    await settled(pilot)
    yield "adding"
    await pilot.press("escape")
    await settled(pilot)
    await pilot.press("f4")
    await settled(pilot)
    yield "filters"
    await pilot.press("f4")
    app.screen.query_one("#search", Input).value = "dad works nights"
    await settled(pilot)
    yield "search"
    await pilot.press("enter", "enter")
    await until(pilot, lambda: len(app.screen.query("ReaderLine")) > 10, "the review")
    await settled(pilot)
    yield "reader"
    app.go_home()
    await settled(pilot)
    await pilot.press("f6")
    await settled(pilot)
    yield "records"
    await pilot.press("f5")
    await settled(pilot)
    yield "exporting"
    await pilot.press("escape", "escape")
    await settled(pilot)
    await pilot.press("f7")
    await settled(pilot)
    yield "actions"
    await pilot.press("escape")
    await settled(pilot)
    await pilot.press("f8")
    await settled(pilot)
    yield "settings"
    assert not app.screen.query(LearningCard)
