"""A session for a room to read: one thing at a time, large, revealed on a key, with the time spent on it.

A terminal has one size of letter, so what is large here is the room around the words, and the time; the terminal's own
Ctrl and + makes the letters larger. The answer is typed in the session, which brings this back for the next question.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Digits, Static

from assistant.app import keys
from assistant.app.panel_models import minutes_left
from assistant.app.screens.screen import BaseScreen
from assistant.app.slides import Slide
from assistant.app.widgets.footer import Keys

TICK_S = 1.0
AT_THE_QUESTION = "Talk it over. F6 goes to the answer box, to type what was said."
MORE = "→ shows the next."


class PresenterScreen(BaseScreen[bool]):
    """What a group looks at. Dismissed with True to type an answer, and with False to stop presenting."""

    HELP = (
        "For a group to read on a big screen. →, Space or a clicker shows one thing at a time. The clock "
        "counts the time on what is shown; T sets it back. In most terminals Ctrl and + makes the letters larger."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        # clickers send Page Down and Page Up
        Binding("right,space,enter,pagedown", "reveal", "Next", key_display="→", priority=True),
        Binding(keys.OTHER_PART, "answer", "Answer", tooltip="Go to the answer box. The next question comes back here"),
        Binding(keys.CLOSE, "stop", "Stop", tooltip="Stop presenting"),
        Binding("left,pageup,backspace", "back", "Back", key_display="←", tooltip="Back one", priority=True),
        Binding("t", "restart", "Clock to zero"),
    ]

    def __init__(self, slides: Sequence[Slide], clock: Callable[[], datetime], left: Callable[[], float]) -> None:
        super().__init__()
        self._slides = slides
        self._at = 0
        self._clock = clock
        self._left = left
        self._since = clock()

    def compose(self) -> ComposeResult:
        """The time above, what is shown in the middle, and how much of it is to come."""
        yield Static(id="bar")
        yield Digits("00:00", id="spent")
        with VerticalScroll(id="stage", can_focus=True), Vertical(id="slide"):
            yield Static(id="slide-heading")
            yield Static(id="slide-words")
            yield Static(id="slide-place", classes="muted")
        yield Static(id="slide-more", classes="muted")
        yield Keys()

    def on_mount(self) -> None:
        """Show the first, and let the clock run."""
        self.query_one("#stage").focus()
        self.set_interval(TICK_S, self.tell_the_time)
        self._show()

    def action_reveal(self) -> None:
        """The next thing; the question is the last."""
        self._go(self._at + 1)

    def action_back(self) -> None:
        """The thing before."""
        self._go(self._at - 1)

    def action_restart(self) -> None:
        """Count the time from now."""
        self._since = self._clock()
        self.tell_the_time()

    def action_answer(self) -> None:
        """To the answer box."""
        self.dismiss(True)

    def action_stop(self) -> None:
        """Back to the session as one person sees it."""
        self.dismiss(False)

    def tell_the_time(self) -> None:
        """How long this has been looked at, and what is left of the session."""
        seconds = max(0, int((self._clock() - self._since).total_seconds()))
        spent = f"{seconds // 60:02}:{seconds % 60:02}"
        self.query_one("#spent", Digits).update(spent)
        self.query_one("#bar", Static).update(Content(minutes_left(self._left()).capitalize()))

    def _go(self, to: int) -> None:
        if 0 <= to < len(self._slides):
            self._at = to
            self._since = self._clock()
            self._show()

    def _show(self) -> None:
        slide = self._slides[self._at]
        self.set_class(slide.kind == "question", "-question")
        self.query_one("#slide-heading", Static).update(Content(slide.heading))
        self.query_one("#slide-words", Static).update(Content(f"“{slide.words}”" if slide.place else slide.words))
        self.query_one("#slide-place", Static).update(Content(slide.place or slide.aside))
        last = self._at + 1 == len(self._slides)
        where = f"{self._at + 1} of {len(self._slides)}. {AT_THE_QUESTION if last else MORE}"
        self.query_one("#slide-more", Static).update(Content(where))
        self.query_one("#stage").scroll_home(animate=False)
        self.tell_the_time()
