"""The smallest screen and the largest: nothing is cut off, no line is longer than can be read, and room is used."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from textual.errors import NoWidget
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Input, OptionList, RadioButton, TextArea

from assistant.app.app import ReflectApp
from assistant.app.colours import THEMES
from assistant.app.screens.session_screen import SessionScreen
from assistant.app.screens.unlock import UnlockScreen
from assistant.app.widgets.agenda_panel import AgendaPanel
from assistant.app.widgets.chips import Chip
from assistant.app.widgets.composer import Composer
from assistant.app.widgets.note import NotePanel
from assistant.app.widgets.stream import Stream
from assistant.followup.actions import Action
from tests.app.conftest import answer, begin, knowing, question, screen_text, settled, until
from tests.app.painting import painted
from tests.app.test_golden_screens import standing_still
from tests.app.walk import CARD, LATE, example_app, notice, walk

GOLDEN = Path(__file__).parent / "golden" / "sizes"
KEPT = ("home-overdue", "learning", "summary")
"""The screens that most time is spent on; each is kept at four sizes in every theme."""
BESIDE = {(40, 24): (80, 24), (200, 60): (120, 40)}
"""The size to which the terminal is drawn out, or in, for a second picture on the same walk."""
LONGEST_LINE = 100


@pytest.mark.slow
@pytest.mark.parametrize("size", [(40, 24), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_on_every_screen_labels_are_whole_and_lines_can_be_read(tmp_path, monkeypatch, size):
    monkeypatch.delenv("REFLECT_PASSPHRASE_FILE")
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("HOME", "/home/example")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("assistant.workspace.session_knowledge.Knowledge", knowing(notice, CARD))
    app = example_app(Path("kept"))
    wrong, seen = [], 0
    async with app.run_test(size=size, notifications=True) as pilot:
        async for name in walk(pilot):
            app.clear_notifications()
            await standing_still(pilot, app)
            seen += 1
            wrong += [f"{name}: {each}" for each in (*cut_off(app), *too_wide(app))]
            for kept in (size, BESIDE[size]) if name in KEPT else ():
                await pilot.resize_terminal(*kept)
                await standing_still(pilot, app)
                wrong += await changed(pilot, app, f"{name}-{kept[0]}x{kept[1]}", tmp_path)
            if name in KEPT:
                await pilot.resize_terminal(*size)
    assert wrong == []
    assert seen > 30


def cut_off(app: ReflectApp) -> list[str]:
    """What is to be pressed, ticked or filled in, and does not show all its words."""
    lines = screen_text(app).splitlines()
    wrong = []
    for widget in app.screen.query("Button, Chip, Checkbox, RadioButton, Input, TextArea"):
        words, seen = words_of(widget), seen_of(app, widget)
        if any(foot.region.overlaps(seen) and foot not in widget.ancestors for foot in app.screen.query(".buttons")):
            continue  # the page scrolls under them
        if not words or not widget.visible or not seen or seen.height < widget.region.height:
            continue
        shown = " ".join(line[seen.x : seen.right] for line in lines[seen.y : seen.bottom])
        if "".join(words.split()) not in "".join(shown.split()):
            wrong.append(f"{words!r} is shown as {' '.join(shown.split())!r}")
    return wrong


def seen_of(app: ReflectApp, widget: Widget) -> Region:
    """The part of it that is in view."""
    try:
        place = app.screen.find_widget(widget)
    except NoWidget:
        return Region()
    return place.region.intersection(place.clip)


def words_of(widget: Widget) -> str:
    """What it should say."""
    match widget:
        case Input() | TextArea():
            typed = widget.value if isinstance(widget, Input) else widget.text
            return "" if typed else str(widget.placeholder)
        case Button() | Checkbox() | RadioButton():
            return str(widget.label)
        case Chip():
            return str(widget.render())
    return ""


def too_wide(app: ReflectApp) -> list[str]:
    """What is longer than can be read without losing the line, or typed into over the whole of a large screen."""
    runs = (run for line in screen_text(app).splitlines() for run in re.split(r" {3,}|[│▌▐]", line))
    boxes = (each for each in app.screen.query("Input, TextArea, OptionList") if each.visible)
    return [
        *(f"too long: {run!r}" for run in runs if len(run.strip("─╭╮╰╯ ")) > LONGEST_LINE),
        *(f"too wide: {box!r}" for box in boxes if box.region.width > LONGEST_LINE),
    ]


async def changed(pilot, app: ReflectApp, name: str, folder: Path) -> list[str]:
    """The pictures that are not as somebody found them good."""
    wrong = []
    for theme in THEMES:
        app.theme = theme.name
        await settled(pilot)
        now = painted(app)
        file = GOLDEN / f"{name}-{theme.name.replace(' ', '-')}.txt"
        if os.environ.get("REFLECT_UPDATE_GOLDENS"):
            file.parent.mkdir(exist_ok=True)
            file.write_text(now, encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != now:
            (folder / file.name).write_text(now, encoding="utf-8")
            wrong.append(f"{file.name} has changed; compare with what is in {folder}")
    app.theme = THEMES[0].name
    await settled(pilot)
    return wrong


async def test_a_very_wide_session_has_the_learning_beside_the_plan_and_no_gap_between(open_app):
    app = open_app()
    async with app.run_test(size=(200, 60)) as pilot:
        screen = await begin(pilot)
        composer, talk, side = (screen.query_one(each).region for each in (Composer, "#conversation", "#side"))
        assert composer.width <= talk.width <= LONGEST_LINE
        assert talk.right == side.x
        assert screen.query_one(NotePanel).region.x > screen.query_one(AgendaPanel).region.right
        await pilot.resize_terminal(120, 40)
        await settled(pilot)
        assert screen.query_one(NotePanel).region.x == screen.query_one(AgendaPanel).region.x


async def test_the_narrowest_first_screen_tells_what_is_due_from_what_else_is_due(open_app):
    app = open_app()
    async with app.run_test(size=(40, 24)) as pilot:
        await settled(pilot)
        follow_ups = app.workspace().follow_ups
        for number, text in enumerate(("Ring the school", "See him alone")):
            follow_ups.keep(Action(**(dict(LATE) | {"id": f"x/{number}", "text": text})))
        app.visit("settings")
        await settled(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: "Overdue" in screen_text(app), "what is overdue")
        assert all(words in screen_text(app) for words in ("Ring the school", "See him alone", "Supervision session"))
        assert app.screen.query_one("#choices", OptionList).region.height > 12


async def test_what_can_be_picked_under_a_question_stands_together_whatever_was_looked_at_before(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.visit("library")  # it has things to pick too, and their style is read first
        await settled(pilot)
        app.go_home()
        await begin(pilot)
        assert "skip   why?" in screen_text(app)


async def test_the_newest_question_stays_in_view_in_a_window_made_narrow_and_what_is_read_back_stays_too(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "He was by the window, and nobody has asked him why he has gone so quiet since. " * 9)
        await question(pilot)
        await pilot.resize_terminal(40, 24)
        await settled(pilot)
        stream = screen.query_one(Stream)
        assert stream.scroll_y == stream.max_scroll_y > 0
        await pilot.press("pageup")
        await settled(pilot)
        await pilot.resize_terminal(42, 24)
        await settled(pilot)
        assert stream.scroll_y < stream.max_scroll_y


async def test_nothing_lies_over_the_box_for_the_passphrase_on_the_narrowest_screen(open_app):
    app = open_app()
    async with app.run_test(size=(40, 24)) as pilot:
        await settled(pilot)
        app.push_screen(UnlockScreen(new=False))
        await settled(pilot)
        box = app.screen.query_one("#passphrase", Input)
        assert app.screen.get_widget_at(*box.region.offset)[0] is box


async def test_a_point_is_read_from_the_top_of_the_narrowest_screen(open_app):
    app = open_app()
    async with app.run_test(size=(40, 24)) as pilot:
        await settled(pilot)
        app.visit("library")
        await settled(pilot)
        await pilot.press(*"dad works nights")
        await settled(pilot)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: bool(app.screen.query("ReaderLine.-chosen")), "the point")
        await settled(pilot)
        chosen, reader = app.screen.query(".-chosen").first().region, app.screen.query_one("#reader").region
        assert 0 <= chosen.y - reader.y <= 3


async def test_before_a_session_is_told_its_size_the_panel_leaves_the_composer_room(open_app, monkeypatch):
    monkeypatch.setattr(SessionScreen, "on_resize", lambda _: None)  # it's told after it has been drawn once
    app = open_app()
    async with app.run_test(size=(40, 24)) as pilot:
        await begin(pilot)
        assert app.screen.query_one(Composer).content_size.width > 30
