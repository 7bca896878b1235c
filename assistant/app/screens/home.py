"""The first screen: go on where we were, or start something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from assistant.app.screens.base import BaseScreen
from assistant.app.words import MUTED

if TYPE_CHECKING:
    from assistant.records.desk import Unfinished

CHOICES = (
    ("supervision", "Supervision session", "Two people think through one case"),
    ("quit", "Quit", "What you have written is kept"),
)


@dataclass(frozen=True)
class _Left:
    """What the home screen says about a session that was left."""

    session: str
    case: str
    answered: int


class HomeScreen(BaseScreen[None]):
    """Where everything starts."""

    HELP = "Choose with the arrow keys and Enter, or with the mouse."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "app.quit", "Quit", show=False)]

    def compose(self) -> ComposeResult:
        """A heading and the list of what can be done."""
        with VerticalScroll(classes="column"):
            yield Static("Reflect", classes="heading")
            yield Static("Think through a case, one good question at a time.", id="strapline", classes="muted")
            yield OptionList(*(Option(_choice(name, about), id=key) for key, name, about in CHOICES), id="choices")
            yield Static("Everything you write stays on this computer.", id="promise", classes="muted")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """The list takes the first key."""
        self.query_one(OptionList).focus()

    def on_screen_resume(self) -> None:
        """Look each time for sessions that were left."""
        self.beside(self._look, self._offer)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was chosen."""
        chosen = event.option_id or ""
        if chosen == "quit":
            self.app.exit()
        elif chosen.startswith("continue:"):
            session = chosen.removeprefix("continue:")
            self.beside(lambda: self.reflect.desk().take_up(session), self.reflect.sit_down)
        else:
            self.reflect.prepare(chosen)

    def _look(self) -> list[_Left]:
        return [_left(unfinished) for unfinished in self.reflect.desk().unfinished()[:3]]

    def _offer(self, left: list[_Left]) -> None:
        choices = self.query_one(OptionList)
        untouched = (choices.highlighted or 0) == 0
        chosen = choices.highlighted_option.id if choices.highlighted_option else None
        options = [Option(_choice(f"Continue {one.case}", _so_far(one)), id=f"continue:{one.session}") for one in left]
        options += [Option(_choice(name, about), id=key) for key, name, about in CHOICES]
        choices.set_options(options)
        ids = [option.id for option in options]
        choices.highlighted = ids.index(chosen) if chosen in ids and not untouched else 0


def _left(unfinished: Unfinished) -> _Left:
    state = unfinished.state
    return _Left(unfinished.session, state.started.case, len(state.answers))


def _so_far(left: _Left) -> str:
    answers = "1 answer" if left.answered == 1 else f"{left.answered} answers"
    return f"where you left it, with {answers}"


def _choice(name: str, about: str) -> Content:
    return Content.assemble(Content.styled(name, "bold"), "\n", Content.styled(about, MUTED))
