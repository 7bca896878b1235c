"""The boxes of the page at the end of a session: as many lines as the words need, so that all of them can be read."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from assistant.app import keys
from assistant.app.widgets.answer_box import AnswerBox
from assistant.language.plain_text import typeable


class PageBox(AnswerBox):
    """Words on the page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(keys.SEND, "send", "Save a copy", tooltip="Keep it, and save a copy")
    ]


class LineBox(PageBox):
    """One line of words, folded where it's long; Enter goes on to the next box."""

    def __init__(self, words: str, placeholder: str, classes: str) -> None:
        super().__init__()
        self.placeholder = placeholder
        self.add_class(classes)
        self.load_text(words)

    @property
    def line(self) -> str:
        """The words, without what was put between them."""
        return " ".join(self.text.split())

    def action_line(self) -> None:
        """No second line here."""
        self.screen.focus_next()

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.action_line()

    async def _on_paste(self, event: events.Paste) -> None:
        """What was pasted, on one line."""
        event.prevent_default()
        event.stop()
        self.replace(" ".join(typeable(event.text).splitlines()), *self.selection)
