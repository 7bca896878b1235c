"""Nothing that is drawn can act on the terminal, whichever widget draws it and wherever its words came from."""

from __future__ import annotations

import pytest
from textual.content import Content
from textual.widgets import Button, Checkbox, Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from assistant.language.plain_text import harmless
from tests.app.conftest import screen_text, settled

ACTS = "Child \x1b]0;owned\x07\x1b[2J\x9b2J\x9d\x85\x7f\x08\u202e\u2066A"
SHOWN = "Child ]0;owned[2J2J"


@pytest.mark.parametrize(
    "widget",
    [
        lambda: Static(Content(ACTS)),
        lambda: Input(ACTS),
        lambda: Input(placeholder=ACTS),
        lambda: TextArea(ACTS),
        lambda: OptionList(Option(Content(ACTS))),
        lambda: Button(Content(ACTS)),
        lambda: Checkbox(Content(ACTS)),
    ],
    ids=["static", "input", "placeholder", "text area", "list", "button", "checkbox"],
)
async def test_what_a_widget_draws_cannot_act_on_the_terminal(open_app, widget):
    app = open_app()
    async with app.run_test(size=(80, 30)) as pilot:
        await settled(pilot)
        await app.screen.mount(widget(), before=0)
        await settled(pilot)
        drawn = screen_text(app)
        assert SHOWN in drawn
        assert harmless(drawn) == drawn


async def test_neither_can_what_is_said_in_a_corner_or_on_another_screen(open_app):
    app = open_app()
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        await settled(pilot)
        app.notify(ACTS, markup=False)
        await settled(pilot)
        assert SHOWN in screen_text(app)
        assert harmless(screen_text(app)) == screen_text(app)
