"""An earlier answer, changed where it stands: a box in the conversation, while the composer keeps what is in it.

Owns which answer is being changed. The change is an event like any answer: the record shows the newer words.
"""

from __future__ import annotations

from textual import on

from assistant.app.screens.sending import AnsweringScreen
from assistant.app.screens.session_drafts import CHANGE, Happened
from assistant.app.widgets.composer import Composer
from assistant.app.widgets.team_review_panel import PointsPanel
from assistant.app.widgets.turn_view import ChangeBox, TurnView
from assistant.conversation.voices import with_names


class ChangingScreen(AnsweringScreen):
    """A session whose answers can be put right."""

    @on(Composer.Recalled)
    async def recall(self) -> None:
        """↑ in an empty box."""
        await self.action_back()

    async def action_back(self) -> None:
        """Take up the last answer, and at the next press the one before."""
        if not self.ready:
            self._hint("One moment: what you've just said comes first.", wanted=True)
            return
        turns, box = self.session.state.turns, self._change
        until = len(turns) if box is None else box.place
        place = next((place for place in reversed(range(until)) if turns[place].answer is not None), None)
        if place is None:
            self._hint("There's no earlier answer." if box else "You haven't answered anything yet.", wanted=True)
            return
        await self._take_up(place)

    @on(TurnView.ChangeWanted)
    async def change_this(self, event: TurnView.ChangeWanted) -> None:
        """An answer was clicked."""
        if self.ready and self.session.state.turns[event.place].answer is not None:
            await self._take_up(event.place)

    @on(PointsPanel.Chosen)
    async def change_a_point(self, event: PointsPanel.Chosen) -> None:
        """Where we are with a point of the review is taken up, to change it."""
        if not self.ready:
            self._hint("One moment: what you've just said comes first.", wanted=True)
        elif self.session.state.turns[event.turn].answer is not None:
            await self._take_up(event.turn)

    async def _take_up(self, place: int, words: str | None = None) -> None:
        """Make a box of an answer where it stands, with other words where some were being written there."""
        await self._leave_the_change()
        view = await self._stream.bring_in(place)
        turn = self.session.state.turns[place]
        box = ChangeBox(place, enter_sends=self.reflect.settings.enter_sends, two_voices=self.session.two_voices)
        self._change = box
        await view.change(box)
        box.put(with_names(turn.answer or "", turn.voices) if words is None else words)
        box.focus()
        view.scroll_visible(animate=False)
        self._hint("Change it where it stands. Enter keeps the change, Esc leaves it as it was.", wanted=True)
        self.refresh_bindings()

    @on(Composer.Sent, "ChangeBox")
    def keep_the_change(self, event: Composer.Sent) -> None:
        """Read it anew; the question on the table stays."""
        box, words = self._change, event.words.strip()
        if box is None:
            return
        if not words:
            self._hint("Write what should stand there instead, or press Esc.", wanted=True)
        elif not self.ready:
            self._hint("One moment: what you've just said comes first.", wanted=True)
        else:
            self._amending = box.place
            self._hint()
            self._consider(words, finish=False)

    async def _go_on(self, happened: Happened) -> None:
        left = self._drafts.of(CHANGE) if self._change is None else None
        await super()._go_on(happened)
        if left and self.ready:  # the session was left with it half made
            place, _, words = left.partition("\n")
            await self._take_up(int(place), words)

    async def _leave_the_change(self) -> None:
        self._drafts.forget(CHANGE)
        box, self._change = self._change, None
        if box is not None:
            await box.remove()
            (await self._stream.bring_in(box.place)).changed()

    async def _give_the_change_up(self) -> None:
        await self._leave_the_change()
        self._hint()
        self._box.focus()
        self._stream.scroll_end(animate=False)
        self.refresh_bindings()
