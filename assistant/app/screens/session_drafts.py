"""What somebody has typed is kept: the words not sent yet, and the private note.

Owns which words are safe and which still have to be laid down. Asks nothing and shows no conversation.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import on

from assistant.app.drafts import Drafts
from assistant.app.screens.session_tools import SittingScreen
from assistant.app.widgets.composer import Composer
from assistant.app.widgets.note import NotePanel
from assistant.app.widgets.turn_view import ChangeBox
from assistant.app.widgets.ways import WaysRow
from assistant.conversation import events as e
from assistant.errors import ReflectError

if TYPE_CHECKING:
    from assistant.conversation.session import Session
    from assistant.workspace.workspace import Workspace

CHANGE = "change"
"""Where the number of a turn and its answer's new words stand among the drafts while they are being written."""
NOTE = "private-note"
UNSENT = "unsent"
"""Where the words not sent yet stand among the drafts, and the note's own."""
Happened = tuple[e.Event, ...]


class KeepingScreen(SittingScreen):
    """A session of which nothing typed is lost."""

    def __init__(self, workspace: Workspace, session: Session, *, enter_sends: bool) -> None:
        super().__init__(workspace, session, enter_sends=enter_sends)
        self._drafts = Drafts(lambda: workspace.store, session.state.started.session)
        self._going = ""
        """Words on their way into the record."""
        self._waiting: list[str] = []
        """Words sent while others were on their way."""
        self._note_in_hand: str | None = None
        """The note while somebody decides on the names in it: leaving its panel once more asks about none again."""
        self._change: ChangeBox | None = None
        """The box in which an earlier answer is being changed; what stands in it can be read while the screen goes."""

    @on(Composer.Rested)
    def keep_the_draft(self) -> None:
        """What was typed so far is worth keeping."""
        self._hold()
        self.beside(self._drafts.save, lambda _: self._saved(), group="draft")

    @on(NotePanel.Rested)
    def keep_the_notes_draft(self) -> None:
        """Nobody is asked about names in the middle of a thought; what was typed is safe meanwhile."""
        self.keep_the_draft()

    @on(NotePanel.Written)
    def keep_the_note(self, event: NotePanel.Written) -> None:
        """The private note, as it now stands."""
        if event.words != self._note_in_hand:
            self._keep_note(event.words, self._side.note.kept)

    def on_unmount(self) -> None:
        """However the screen goes, what was typed is kept first; it is one small write."""
        if self.session.state.finished is None:
            with suppress(ReflectError):  # locked: it was kept before that
                self.keep_now()

    def keep_now(self) -> None:
        """Lay down what was typed, at once."""
        self._hold()
        self._drafts.save()

    def _begin(self) -> Happened:
        self._drafts.load()
        if (note := self._drafts.of(NOTE)) is not None:
            self.app.call_from_thread(self._side.note.put, note)
        state = self.session.state
        if not state.turns:
            return self.session.go_on()
        waiting = state.current.asked.question if state.current else ""
        if unsent := self._drafts.of(UNSENT) or self._drafts.of(waiting):
            self.app.call_from_thread(self._box.give_back, unsent)
        return self.session.resume()

    def _keep_note(self, words: str, then: Callable[[], object]) -> None:
        """Keep the note under the same rule, then go on."""
        if words.strip() == self.session.state.note or self.session.state.finished is not None:
            then()
            return
        self._note_in_hand = words

        def keep(decided: str) -> None:
            self._note_in_hand = None
            if decided != words:
                self._side.note.put(decided)
            self._drafts.forget(NOTE)
            self.beside(lambda: self._alone(lambda: self.session.write_note(decided)), lambda _: then(), group="note")

        def give_back() -> None:
            self._note_in_hand = None
            self.action_note()

        self._decide(words, keep, give_back, group="note")

    def action_note(self) -> None:
        """The private note."""
        self.add_class("-open")
        self.call_after_refresh(self.query_one("#note-box").focus)

    def _unsent(self) -> str:
        """Words the engine has not had: on their way, waiting, or still in the box."""
        words = "\n".join(part for part in (self._going, *self._waiting, self._box.text) if part)
        return words if words.strip() else ""

    def _hold(self) -> None:
        note = self._side.note.words
        change = self._change
        unsent = {
            CHANGE: f"{change.place}\n{change.text}" if change else "",
            NOTE: "" if note.strip() == self.session.state.note else note,
            UNSENT: self._unsent(),
        }
        for where, words in unsent.items():
            if words:
                self._drafts.hold(where, words)
            else:
                self._drafts.forget(where)

    def _saved(self) -> None:
        if self._unsent():
            self.query_one(WaysRow).say(f"kept {self._workspace.now():%H:%M} · {self._usual_hint}")
