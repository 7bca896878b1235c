"""The commands that a stroke in the composer begins, over the composer. It never takes the keyboard.

A style names a class wherever it's from, so this one isn't called what the palette's own list is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.app.colours import MUTED
from assistant.app.commands import Command


class SlashCommands(OptionList, can_focus=False):
    """One line a command; hidden unless somebody is typing one."""

    DEFAULT_CSS = """
    SlashCommands, SlashCommands:focus {
        display: none;
        height: auto;
        max-height: 8;
        margin: 0 1;
        padding: 0 1;
        border: none;
        border-left: outer $accent;
        background: $surface;
        scrollbar-size-vertical: 1;
    }
    SlashCommands.-there {
        display: block;
    }
    """

    @dataclass
    class Picked(Message):
        """A command was picked with the mouse."""

        command: str

    def show(self, typed: str, commands: Sequence[Command]) -> None:
        """Those that the typed words may become; one alone is marked, and of several none."""
        wanted = typed.removeprefix("/").casefold()
        meant = [each for each in commands if each.name.startswith(wanted)] if typed.startswith("/") else []
        self.set_class(bool(meant), "-there")
        if [each.name for each in meant] != [option.id for option in self.options]:
            self.set_options(Option(_line(command), id=command.name) for command in meant)
            self.highlighted = 0 if len(meant) == 1 else None

    @property
    def marked(self) -> str | None:
        """The command that Enter would do."""
        option = self.highlighted_option if self.has_class("-there") else None
        return option.id if option else None

    def move(self, by: int) -> None:
        """Mark the next or the previous one."""
        (self.action_cursor_down if by > 0 else self.action_cursor_up)()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click."""
        event.stop()
        self.post_message(self.Picked(event.option_id or ""))


def _line(command: Command) -> Content:
    return Content.assemble(f"/{command.name}", Content.styled(f"  {command.says}", MUTED))
