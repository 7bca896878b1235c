"""A private note beside the record."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from assistant.app.widgets.answer_box import AnswerBox


class NoteBox(AnswerBox):
    """The note's own box; it is kept when the typing rests."""


class NotePanel(Vertical):
    """Words that stand beside the record and not in it."""

    BORDER_TITLE = "Private note"

    @dataclass
    class Written(Message):
        """The note as it now stands."""

        words: str

    def compose(self) -> ComposeResult:
        """One line of explanation and the box."""
        yield Static("Kept beside the record, not in it.", classes="muted")
        yield NoteBox(id="note-box")

    def put(self, words: str) -> None:
        """Show the note as it was kept."""
        self.query_one(NoteBox).put(words)

    def on_answer_box_rested(self, event: AnswerBox.Rested) -> None:
        """Hand the note on; an answer is something else."""
        event.stop()
        self.post_message(self.Written(event.words))

    def on_answer_box_sent(self, event: AnswerBox.Sent) -> None:
        """F5 in the note keeps it at once."""
        event.stop()
        self.post_message(self.Written(event.words))
