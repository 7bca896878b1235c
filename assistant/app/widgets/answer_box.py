"""The box an answer is typed into: sends on a key, and says when the typing rests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer
from textual.widgets import TextArea

from assistant.app import keys
from assistant.language.plain_text import typeable


class AnswerBox(TextArea):
    """Several lines of somebody's own words, with word wrap and undo."""

    REST_S: ClassVar[float] = 2.0
    """How often what stands here is worth keeping, while something is typed."""

    cursor_blink = reactive(False, init=False)  # a box that's painted twice a second keeps a server of fifty busy

    BINDINGS: ClassVar[list[BindingType]] = [
        # most terminals send Ctrl+Enter as Enter; F5 and Ctrl+S arrive everywhere
        Binding(keys.SEND, "send", "Send", show=False, tooltip="Send the answer"),
        # most send Shift+Enter as Enter too, so three keys make a line and one of them arrives everywhere
        Binding("shift+enter,alt+enter,ctrl+j", "line", "New line", show=False, tooltip="Begin a new line"),
        # where people have learnt it everywhere else; the toolkit goes to the start of the line, which Home does too
        Binding(
            keys.SELECT_ALL, "mark_everything", "Select all", show=False, tooltip="Select everything you have written"
        ),
    ]

    @dataclass
    class Said(Message):
        """Words that stand in a box."""

        box: AnswerBox
        words: str

        @property
        def control(self) -> AnswerBox:
            """The box, for selectors."""
            return self.box

    class Sent(Said):
        """The answer is ready."""

    class Rested(Said):
        """What stands here has changed since it was last worth keeping."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id, tab_behavior="focus", highlight_cursor_line=False)
        self._resting: Timer | None = None
        self._changed = False

    def on_mount(self) -> None:
        """Have the timer ready; it runs only while something is typed, and on while somebody never pauses."""
        self._resting = self.set_interval(self.REST_S, self.rest, pause=True)

    def on_text_area_changed(self) -> None:
        """Something is to be kept at the next tick."""
        if self._resting is not None and not self._changed:
            self._resting.reset()
            self._resting.resume()
        self._changed = True

    def rest(self) -> None:
        """Say what stands here, once for all that was typed since."""
        if self._resting is not None:
            self._resting.pause()
        self._changed = False
        self.post_message(self.Rested(self, self.text))

    def render_line(self, y: int) -> Strip:
        """Where there's no room for a letter there is nothing to draw; the toolkit would stop over the placeholder."""
        return super().render_line(y) if self.content_size.width > 0 else Strip.blank(self.size.width)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """F6 and F7 are other keys here: a slip must not select everything, to be replaced by the next letter."""
        return action not in {"select_all", "select_line"} and super().check_action(action, parameters)

    def action_mark_everything(self) -> None:
        """Select all of it, on a key that nobody presses for something else."""
        self.action_select_all()

    def action_line(self) -> None:
        """Begin a line."""
        self.insert("\n")

    def action_send(self) -> None:
        """Hand the answer over."""
        if not self.disabled and not self.read_only:
            self.post_message(self.Sent(self, self.text))

    def put(self, words: str) -> None:
        """Set the words, with the cursor after the last."""
        self.load_text(words)
        self.move_cursor(self.document.end)

    async def _on_paste(self, event: events.Paste) -> None:
        """Paste without control characters and without what turns the direction of reading."""
        event.prevent_default()
        event.stop()
        if not self.read_only:
            self.replace(typeable(event.text), *self.selection)
