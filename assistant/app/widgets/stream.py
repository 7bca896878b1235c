"""The conversation as it scrolls: only its newest turns are in the tree; older ones come when they are read back to.

500 turns of five widgets each would cost more than a key may take, so `KEPT` of them are mounted and the rest are
drawn again from the session's state when somebody scrolls up to them.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assistant.app.panel_models import quoted_before, quoted_under, theme_name, why_nothing
from assistant.app.widgets.turn_view import TurnView
from assistant.conversation.prompts import Prompts
from assistant.conversation.state import State
from assistant.conversation.wording import STAGES

KEPT = 12
"""Turns mounted at the end of the conversation."""
MORE = 8
"""Turns that come when somebody reads back past the first."""


class Stream(VerticalScroll, can_focus=False):
    """Questions, answers and learning, one after another."""

    DEFAULT_CSS = """
    Stream {
        align: left bottom;
        padding: 0 1;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
    }
    Stream #earlier, Stream #doing {
        color: $muted;
        display: none;
    }
    Stream #earlier.-there, Stream #doing.-there {
        display: block;
    }
    """

    def __init__(self, prompts: Prompts, names: Mapping[str, str]) -> None:
        super().__init__(id="stream")
        self._prompts = prompts
        self._names = names
        self._state: State | None = None
        self._first = 0
        """The first turn that is mounted."""
        self._pending = ""
        self._at_end = True
        """Nobody has read back."""
        self._drawn: dict[int, object] = {}

    def compose(self) -> ComposeResult:
        """What is further back, and what the program is doing."""
        yield Static(id="earlier")
        yield Static(id="doing")

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """To the end, or back from it; lines that are only folded anew are neither."""
        super().watch_scroll_y(old_value, new_value)
        self._at_end = new_value >= self.max_scroll_y

    def on_resize(self) -> None:
        """The newest stays in view when the window, or the room over the composer, gets smaller, unless somebody has
        read back."""
        if self._at_end:
            self.scroll_end(animate=False)

    @property
    def newest(self) -> TurnView | None:
        """The last turn."""
        views = self.query(TurnView)
        return views.last() if views else None

    async def show(self, state: State, pending: str = "") -> None:
        """Draw what has changed, keep the newest in view, and let go of what is far back."""
        self._state, self._pending = state, pending
        if not self._drawn:
            self._first = max(0, len(state.turns) - KEPT)
        await self._draw()
        views = list(self.query(TurnView))
        if len(views) > KEPT + MORE:
            for view in views[:-KEPT]:
                self._drawn.pop(self._first, None)
                self._first += 1
                await view.remove()
        self._say_what_is_earlier()
        self.scroll_end(animate=False)

    async def bring_in(self, place: int) -> TurnView:
        """The turn at `place`, drawn again where it was let go of."""
        while place < self._first:
            await self.read_back()
        return next(view for view in self.query(TurnView) if view.place == place)

    def doing(self, sentence: str) -> None:
        """Say what the program is at, as a line of the conversation; nothing takes it away."""
        line = self.query_one("#doing", Static)
        line.update(Content(f"● {sentence}" if sentence else ""))
        line.set_class(bool(sentence), "-there")
        if sentence:
            self.scroll_end(animate=False)

    async def read_back(self) -> None:
        """Bring earlier turns in, with what is being read staying where it is."""
        if self._state is None or not self._first:
            return
        below = self.virtual_size.height - self.scroll_y
        self._first = max(0, self._first - MORE)
        await self._draw()
        self._say_what_is_earlier()
        self.call_after_refresh(lambda: self.scroll_to(y=self.virtual_size.height - below, animate=False))

    async def _draw(self) -> None:
        state = self._state
        if state is None:
            return
        for place in range(self._first, len(state.turns)):
            turn = state.turns[place]
            cards = [card for card in state.cards if card.shown.question == turn.asked.question and not card.waiting]
            open_now = place == len(state.turns) - 1 and not turn.settled and state.card is None
            pending = self._pending if place == len(state.turns) - 1 else ""
            hits = quoted_under(state, place)
            now = (turn, tuple(cards), open_now, pending, hits)
            if self._drawn.get(place) == now:
                continue
            view = next((view for view in self.query(TurnView) if view.place == place), None)
            if view is None:
                again = quoted_before(state, place)
                view = TurnView(turn, self._part(place), self._names, place=place, quoted_before=again)
                later = next((other for other in self.query(TurnView) if other.place > place), None)
                await self.mount(view, before=later or self.query_one("#doing"))
            await view.draw(
                turn,
                cards,
                dict(state.marks),
                hits=hits,
                open_now=open_now,
                nothing=why_nothing(state, place),
                pending=pending,
            )
            self._drawn[place] = now

    def _part(self, place: int) -> str:
        assert self._state is not None
        turns = self._state.turns
        asked = turns[place].asked
        if place and (turns[place - 1].asked.theme, turns[place - 1].asked.stage) == (asked.theme, asked.stage):
            return ""
        stage = STAGES.get(asked.stage, asked.stage)
        theme = theme_name(asked.theme, self._prompts)
        return f"{theme}: {stage.lower()}" if theme else stage

    def _say_what_is_earlier(self) -> None:
        line = self.query_one("#earlier", Static)
        line.update(Content(f"↑ {self._first} earlier. Page Up reads back."))
        line.set_class(bool(self._first), "-there")
