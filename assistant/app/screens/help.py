"""Help: what this screen is for, and every key that does something on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

if TYPE_CHECKING:
    from textual.screen import Screen

KEY_WIDTH = 10


class HelpScreen(ModalScreen[None]):
    """The keys of the screen beneath."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,enter,question_mark", "close", "Close", key_display="Esc")
    ]

    def __init__(self, about: Screen[object]) -> None:
        super().__init__()
        self._purpose = str(getattr(about, "HELP", ""))
        self._keys = _keys(about)

    def compose(self) -> ComposeResult:
        """The purpose, then the keys."""
        with VerticalScroll(id="help"):
            yield Static("Help", classes="heading")
            if self._purpose:
                yield Static(Content(self._purpose), id="purpose")
            yield Static(Content("\n").join(self._keys))
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """The arrow keys read on."""
        self.query_one("#help").focus()

    def action_close(self) -> None:
        """Back to where we were."""
        self.dismiss()


def _keys(screen: Screen[object]) -> Iterable[Content]:
    shown: dict[str, str] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.description and active.enabled and (binding.show or binding.action in {"quit", "command_palette"}):
            shown.setdefault(screen.app.get_key_display(binding), binding.tooltip or binding.description)
    return [
        Content.assemble(Content.styled(f"{key:<{KEY_WIDTH}}", "bold $primary"), " ", says)
        for key, says in shown.items()
    ]
