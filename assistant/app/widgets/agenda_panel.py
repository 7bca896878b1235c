"""The agenda: what is done, what is now, what is to come and what is parked; it can be changed at any time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.app.colours import MUTED
from assistant.conversation.moves import AgendaTheme, Standing

MARKS: dict[Standing, str] = {"done": "✓", "now": "▸", "to come": "·", "parked": "–"}
_EMPTY = "· The themes come from what you say"
ADD = "add"
"""The last line, which asks for another theme."""


class AgendaPanel(OptionList):
    """The themes of this session, in order, each with a word for where it stands."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Next", tooltip="Talk about this theme next, even if it was parked"),
        Binding("delete", "park", "Park", key_display="Del", tooltip="Leave this theme for later"),
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
        self.add_option(Option(Content.styled("+ add a theme", MUTED), id=ADD))
        self.highlighted = min(at, len(themes)) if at is not None else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The theme comes next."""
        event.stop()
        if event.option_id == ADD:
            self.post_message(self.Wanted())
        elif event.option_id is not None:
            self.post_message(self.PutNext(event.option_id))

    def action_park(self) -> None:
        """Leave the highlighted theme for later."""
        if (option := self.highlighted_option) is not None and option.id not in {None, ADD}:
            self.post_message(self.Parked(option.id or ""))


def _line(theme: AgendaTheme) -> Content:
    name = Content.styled(theme.name, "bold" if theme.standing == "now" else "")
    return Content.assemble(
        f"{MARKS[theme.standing]} ",
        name,
        Content.styled(" (parked)" if theme.standing == "parked" else "", MUTED),
    )
