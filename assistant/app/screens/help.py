"""Help: what this screen is for, and every key that does something on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingsMap, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from assistant.app import keys
from assistant.app.widgets.footer import Keys, place

if TYPE_CHECKING:
    from textual.screen import Screen

KEY_WIDTH = 10


class HelpScreen(ModalScreen[None]):
    """The keys of the screen beneath."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(f"{keys.CLOSE},{keys.HELP},enter,question_mark", "close", "Close", key_display="Esc")
    ]

    def __init__(self, about: Screen[object]) -> None:
        super().__init__()
        self._purpose = str(getattr(about, "HELP", ""))
        self._keys = tuple(_keys(about))

    def compose(self) -> ComposeResult:
        """The purpose, then the keys."""
        with VerticalScroll(id="help"):
            yield Static("Help", classes="heading")
            if self._purpose:
                yield Static(Content(self._purpose), id="purpose")
            yield Static(Content("\n").join(self._keys))
        yield Keys()

    def on_mount(self) -> None:
        """The arrow keys read on."""
        self.query_one("#help").focus()

    def action_close(self) -> None:
        """Back to where we were."""
        self.dismiss()


def _keys(screen: Screen[object]) -> Iterator[Content]:
    """Every key that this program gives, in the order of the keyboard; what the toolkit gives a box goes unsaid."""
    ours: dict[str, list[str]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if active.enabled and binding.description and is_ours(active):
            ours.setdefault(binding.tooltip or binding.description, []).append(key_name(binding.key))
    for says, named in sorted(ours.items(), key=lambda one: place(one[1][0])):
        yield _line(named, says)


def is_ours(active: ActiveBinding) -> bool:
    """Whether the key was given by this program and not by the toolkit under it."""
    return any(
        active.binding.action == given.action
        for each in type(active.node).__mro__
        if each.__module__.startswith("assistant.")
        for given in BindingsMap(vars(each).get("BINDINGS", ())).key_to_bindings.get(active.binding.key, ())
    )


def key_name(key: str) -> str:
    """A key as it is printed on a keyboard."""
    names = {
        "escape": "Esc",
        "question_mark": "?",
        "pageup": "Page Up",
        "pagedown": "Page Down",
        "up": "↑",
        "down": "↓",
        "left": "←",
        "right": "→",
    }
    return "+".join(names.get(part, part.capitalize()) for part in key.split("+"))


def _line(named: Sequence[str], says: str) -> Content:
    together = " or ".join(named)
    if len(together) <= KEY_WIDTH:
        return Content.assemble(Content.styled(together.ljust(KEY_WIDTH), "bold $primary"), " ", says)
    others = f"\n{' ' * KEY_WIDTH} or {' or '.join(named[1:])}" if named[1:] else ""
    return Content.assemble(
        Content.styled(named[0].ljust(KEY_WIDTH), "bold $primary"), " ", says, Content.styled(others, "bold $primary")
    )
