"""The guided tour: two minutes on a made-up case, for somebody who has never seen a screen like this."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Footer, Static

from assistant.app.screens.base import BaseScreen

STEPS: tuple[tuple[str, str], ...] = (
    (
        "Welcome",
        "Reflect sits with two people for an hour while they think about a child. It asks one question at a time, and "
        "sets beside your words what published reviews learned when things went wrong for other children.\n\n"
        "This tour takes two minutes. Nothing in it is kept.",
    ),
    (
        "One question at a time",
        "Here is a question you may be asked:\n\n"
        "    Think of the last time you saw this child. What were they doing with their hands?\n\n"
        "You answer in your own words and press F5, or click Send. There are no right answers. You can skip a question "
        "(F2), go back (F3), or ask why it is asked (F4).",
    ),
    (
        "A made-up answer",
        "Suppose you wrote about Child A, who does not exist:\n\n"
        "    Mum was chatty. Child A sat on the sofa. Dad works nights, so none of us has met him.\n\n"
        "Use made-up names, always. Everything stays on this computer, locked with your passphrase.",
    ),
    (
        "What reviews learned",
        "After your answer, and never before it, learning from reviews comes beside it: the exact words, which review, "
        "and the line they stand on. The words that match yours are underlined.\n\n"
        "When nothing in the library bears on what you wrote, it says so. It never makes anything up.",
    ),
    (
        "What cannot wait",
        "If what you write may mean that a child is in danger now, a card takes the whole screen and says what to do. "
        "Do that first; the session waits.\n\n"
        "No card does not mean no danger. You know this child; the program does not.",
    ),
    (
        "At the end",
        "You finish when you like (F9). Your record is saved, and the screen says where. If you are called away, just "
        "leave: everything sent is kept, and Continue takes you back to where you were.\n\n"
        "F1 shows every key of the screen you are on. That is all there is to it.",
    ),
)


class TourScreen(BaseScreen[None]):
    """One step at a time; can be left at any."""

    AUTO_FOCUS = ""  # the buttons are for the mouse; Enter goes on wherever we are
    HELP = "A short tour on a made-up case. Enter goes on, Escape leaves it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5,enter,right,space", "next", "Next", key_display="Enter"),
        Binding("f3,left", "previous", "Back", key_display="F3"),
        Binding("escape", "skip", "Skip the tour"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._step = 0

    def compose(self) -> ComposeResult:
        """A heading, the words, and how far we are."""
        with VerticalScroll(classes="column", id="tour", can_focus=False):
            yield Static(id="tour-heading", classes="heading")
            yield Static(id="tour-words")
            yield Static(id="tour-place", classes="muted")
            with Horizontal(classes="buttons"):
                yield Button("Next", variant="primary", id="next", compact=True)
                yield Button("Skip the tour", id="skip", compact=True)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin at the beginning."""
        self._show()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The same with the mouse."""
        if event.button.id == "next":
            self.action_next()
        else:
            self.action_skip()

    def action_next(self) -> None:
        """The next step, or the end."""
        if self._step + 1 == len(STEPS):
            self.action_skip()
        else:
            self._step += 1
            self._show()

    def action_previous(self) -> None:
        """The step before."""
        self._step = max(0, self._step - 1)
        self._show()

    def action_skip(self) -> None:
        """Enough; it can be taken again from Settings."""
        self.app.pop_screen()

    def _show(self) -> None:
        heading, words = STEPS[self._step]
        self.query_one("#tour-heading", Static).update(Content(heading))
        self.query_one("#tour-words", Static).update(Content(words))
        self.query_one("#tour-place", Static).update(Content(f"Step {self._step + 1} of {len(STEPS)}"))
        last = self._step + 1 == len(STEPS)
        self.query_one("#next", Button).label = Content("Begin" if last else "Next")
        self.query_one("#tour").scroll_home(animate=False)
