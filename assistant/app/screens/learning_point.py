"""One learning point where it was published, opened from a card and closed again."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from assistant.app import content, keys
from assistant.app.screens.chart import PictureScreen, place_of
from assistant.app.screens.screen import POINT_COPIED, BaseScreen
from assistant.app.widgets.chips import Chips
from assistant.app.widgets.footer import Keys
from assistant.app.widgets.review_text import ABOUT_POINT, NO_TWIN, Opened, Reader, ring_of
from assistant.workspace.workspace import Workspace

NONE_CHOSEN = "No learning point is chosen yet. Open one from a card or a search."


class ReadingScreen(BaseScreen[None]):
    """The whole review, at the point."""

    HELP = "The review as it was published. The numbers are the lines that are cited; learning is marked at the side."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(keys.COPY, "copy", "Copy", tooltip="Copy the exact words of the point and where they come from"),
        Binding(keys.CLOSE, "close", "Close"),
    ]

    def __init__(self, workspace: Workspace, point: str) -> None:
        super().__init__()
        self._workspace = workspace
        self._point = point
        self._opened: Opened | None = None
        self._ring: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """The review, and above it what can be done with the point."""
        yield Chips(ABOUT_POINT, id="about-point")
        yield Reader(id="reader")
        yield Keys()

    def on_mount(self) -> None:
        """Read it beside the interface."""
        self.query_one(Reader).focus()
        self._open(self._point)

    @on(Chips.Picked)
    def do(self, event: Chips.Picked) -> None:
        """What has a name and no key."""
        self.call_later(self.run_action, event.name)

    def action_twin(self) -> None:
        """The same learning as each other review has it, in turn, and back to where it was read first."""
        if not self._ring:
            self.say(NONE_CHOSEN)
        elif len(self._ring) < 2:
            self.say(NO_TWIN)
        else:
            self._ring = (*self._ring[1:], self._ring[0])
            self._open(self._ring[0])

    def action_copy(self) -> None:
        """Copy the point, with where it stands."""
        opened = self._opened
        if opened is None or opened.chosen is None:
            self.say(NONE_CHOSEN)
        else:
            self.copy(content.point_cited(opened.chosen, opened.review), POINT_COPIED)

    def action_place(self) -> None:
        """The review's place in the library."""
        self.app.push_screen(PictureScreen(lambda: place_of(self._workspace, self._point.split("/", 1)[0])))

    def action_close(self) -> None:
        """Back to where it was opened from."""
        self.dismiss()

    def _open(self, point: str) -> None:
        self._point = point
        self.beside(lambda: Opened.at(self._workspace.learning.library, point.split("/", 1)[0], point), self._read)

    async def _read(self, opened: Opened) -> None:
        self._opened = opened
        self._ring = ring_of(opened, self._ring)
        await self.query_one(Reader).show(opened)
