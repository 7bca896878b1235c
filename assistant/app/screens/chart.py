"""Pictures to look at, opened over what they are about and closed again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assistant.app import keys
from assistant.app.charts import Picture, place_in_library
from assistant.app.screens.screen import BaseScreen
from assistant.app.widgets.bars import Bars
from assistant.app.widgets.footer import Keys

if TYPE_CHECKING:
    from assistant.workspace.workspace import Workspace


class PictureScreen(BaseScreen[None]):
    """Bars, each with its number in words."""

    HELP = "Each row has a bar and the same number in words. They count what happened and judge nobody."
    BINDINGS: ClassVar[list[BindingType]] = [Binding(f"{keys.CLOSE},enter", "close", "Close", key_display="Esc")]

    def __init__(self, look: Callable[[], tuple[Picture, ...]]) -> None:
        super().__init__()
        self._look = look

    def compose(self) -> ComposeResult:
        """One under another; they come when they are counted."""
        with VerticalScroll(classes="page", id="pictures"):
            yield Static("Counting … Esc goes back.", id="counting", classes="muted")
        yield Keys()

    def on_mount(self) -> None:
        """The arrow keys scroll; the counting is done beside the interface."""
        self.query_one("#pictures").focus()
        self.beside(self._look, self._show)

    def action_close(self) -> None:
        """Back to where this was opened from; counting that goes on is dropped."""
        self.dismiss()

    async def _show(self, pictures: tuple[Picture, ...]) -> None:
        await self.query_one("#counting").remove()
        for picture in pictures:
            await self.query_one("#pictures").mount(
                Static(Content(picture.heading), classes="heading"),
                Static(Content(picture.says), classes="muted picture-says"),
                Bars(picture.bars),
            )

    def after_a_failure(self) -> None:
        """There is nothing to look at."""
        self.dismiss()


def place_of(workspace: Workspace, review: str) -> tuple[Picture, ...]:
    """Which themes a review speaks to, beside the others; builds the index where it is missing."""
    library = workspace.learning.library
    points = {each: library.card(each).points for each in library.ids}
    speaking = workspace.learning.count_by_review(workspace.prompts.themes.values())
    return place_in_library(review, library.card(review).front.title, speaking, points, workspace.prompts)
