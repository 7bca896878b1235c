"""A private note beside the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from assistant.app import keys
from assistant.app.widgets.answer_box import AnswerBox

BESIDE = "Only you see this. It isn't part of the record."


class NoteBox(AnswerBox):
    """The note's own box: nothing in it is sent to anybody."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(keys.SEND, "send", "Keep note", show=False, tooltip="Keep the note")
    ]


class NotePanel(Vertical):
    """Words that stand beside the record and not in it."""

    class Rested(Message):
        """Nothing was typed for a while."""

    @dataclass
    class Written(Message):
        """The note as it now stands: its writer has said so, or has gone on to something else."""

        words: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._box = NoteBox(id="note-box")

    @property
    def words(self) -> str:
        """What stands in the box, also while the screen is being taken down."""
        return self._box.text

    def compose(self) -> ComposeResult:
        """One line of explanation and the box."""
        yield Static(BESIDE, classes="muted", id="note-says")
        yield self._box

    def put(self, words: str) -> None:
        """Show the note as it was kept."""
        self._box.put(words)

    def kept(self) -> None:
        """Say that what stands here is safe."""
        self._say("Kept. Only you see it." if self.words.strip() else BESIDE)

    def on_text_area_changed(self) -> None:
        """It is another note now."""
        self._say(BESIDE)

    def _say(self, sentence: str) -> None:
        self.query_one("#note-says", Static).update(sentence)

    def take_up(self) -> None:
        """The writer goes on with it."""
        self._box.focus()

    def on_answer_box_rested(self, event: AnswerBox.Rested) -> None:
        """Hand it on; an answer is something else."""
        event.stop()
        self.post_message(self.Rested())

    def on_answer_box_sent(self, event: AnswerBox.Sent) -> None:
        """F5 in the note keeps it at once."""
        event.stop()
        self.post_message(self.Written(event.words))

    def on_descendant_blur(self) -> None:
        """To another panel; not to another window, from which the writer comes back."""
        if self.app.app_focus:
            self.post_message(self.Written(self.words))
