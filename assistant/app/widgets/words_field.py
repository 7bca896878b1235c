"""An answer under its heading on the page at the end of a session, put right where it stands."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from assistant.app.outcome import Part, Words
from assistant.app.widgets.page_box import PageBox


class WordsField(Vertical):
    """An answer under its heading, to put right."""

    def __init__(self, part: Part, words: Words) -> None:
        super().__init__(classes="-apart" if part.apart else "")
        self.part = part
        self.words = words
        """As it was kept last."""
        self._box = PageBox()
        self._box.placeholder = part.empty

    def compose(self) -> ComposeResult:
        """The question, where there was one, and the box."""
        if self.words.asked:
            yield Static(Content(self.words.asked), classes="muted")
        yield self._box

    def on_mount(self) -> None:
        """As it was said."""
        self._box.put(self.words.words)

    def go_on(self, typed: str) -> None:
        """Whoever was typing types on here, from now on with the keyboard."""
        self._box.insert(typed)
        self.screen.set_focus(self._box)

    def show(self, words: Words) -> None:
        """As it was kept; where the words say something else, they're put back into the box."""
        self.words = words
        if self.now != words and not self._box.has_focus:
            self._box.put(words.words)

    @property
    def now(self) -> Words:
        """As the box has it."""
        return Words(self.words.question, self.words.asked, self._box.text.strip())
