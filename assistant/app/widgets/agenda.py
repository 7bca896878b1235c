"""The agenda: what is done, what is now, what is to come and what is parked; it can be changed at any time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.app.themes import MUTED
from assistant.conversation.moves import AgendaTheme, Standing

_MARKS: dict[Standing, str] = {"done": "✓", "now": "▶", "to come": "·", "parked": "–"}
_EMPTY = "The themes of this session are listed here once it is under way."


class AgendaPanel(OptionList):
    """The themes of this session, in order, each with a word for where it stands."""

    BORDER_TITLE = "Agenda"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Next", tooltip="Meet this theme next; a parked one is taken up again"),
        Binding("p", "park", "Park", tooltip="Leave this theme for later"),
        Binding("a", "add", "Add a theme", tooltip="Put another theme on the agenda"),
    ]

    class PutNext(Message):
        """The user wants this theme next."""

        def __init__(self, theme: str) -> None:
            super().__init__()
            self.theme = theme

    class Parked(Message):
        """The user wants to leave this theme for later."""

        def __init__(self, theme: str) -> None:
            super().__init__()
            self.theme = theme

    class Wanted(Message):
        """The user wants to put another theme on the agenda."""

    def __init__(self) -> None:
        super().__init__(Option(Content.styled(_EMPTY, MUTED), disabled=True), id="agenda")

    def show(self, themes: Sequence[AgendaTheme]) -> None:
        """Show the themes."""
        if not themes:
            return
        at = self.highlighted
        self.set_options(Option(_line(theme), id=theme.theme) for theme in themes)
        self.highlighted = min(at, len(themes) - 1) if at is not None else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The theme comes next."""
        event.stop()
        if event.option_id is not None:
            self.post_message(self.PutNext(event.option_id))

    def action_park(self) -> None:
        """Leave the highlighted theme for later."""
        if (option := self.highlighted_option) is not None and option.id is not None:
            self.post_message(self.Parked(option.id))

    def action_add(self) -> None:
        """Ask which theme to add."""
        self.post_message(self.Wanted())


def _line(theme: AgendaTheme) -> Content:
    name = Content.styled(theme.name, "bold" if theme.standing == "now" else "")
    return Content.assemble(
        f"{_MARKS[theme.standing]} ",
        name,
        " ",
        Content.styled(f"({theme.standing}). {_sentence(theme.because)}", MUTED),
    )


def _sentence(because: str) -> str:
    return because[:1].upper() + because[1:].rstrip(".") + "." if because else ""
