"""The footer: what can be done now, with the most important keys at every width.

Textual's own footer scrolls what does not fit out of sight, Help with it. Here Help and the way out come first, then
the keys of the part in hand, then the screen's own as they are declared; what does not fit is left to Help, and what a
button says is left to the button. Those shown stand in the order of the keyboard, so that each has its place on every
screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from assistant.app import keys
from assistant.app.widgets.key_button import KeyButton

ROOMY = 3
TIGHT = 2
"""Cells of space that a key and its label have around them."""
FIRST = {"f1": 0, keys.CLOSE: 1}
"""Keys that are shown at every width, before whatever else there is room for."""


@dataclass(frozen=True)
class Offered:
    """A key and what it does."""

    key: str
    """As it is printed on the keyboard."""
    does: str
    active: ActiveBinding

    def width(self, space: int) -> int:
        """How many cells it takes."""
        return len(self.key) + len(self.does) + space


def fitting(offered: Sequence[Offered], width: int) -> tuple[list[Offered], bool]:
    """Those of `offered`, the most important first, that fit into `width`, as they stand; and whether closely."""
    if sum(each.width(ROOMY) for each in offered) <= width:
        return sorted(offered, key=lambda each: place(each.key)), False
    shown: list[Offered] = []
    for each in offered:
        if sum(other.width(TIGHT) for other in (*shown, each)) <= width:
            shown.append(each)
    closely = sum(each.width(ROOMY) for each in shown) > width  # what was left out may have made room
    return sorted(shown, key=lambda each: place(each.key)), closely


def place(key: str) -> tuple[int, int]:
    """Where a key comes among others."""
    numbered = re.fullmatch(r"F(\d+)", key)
    if numbered:
        return 0, int(numbered[1])
    return (2, 0) if key == "Esc" else (1, 0)


class Keys(Footer):
    """The footer of every screen."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)
        self._shown: tuple[list[Offered], bool] = ([], False)

    def compose(self) -> ComposeResult:
        """As many as fit."""
        if not self._bindings_ready:
            return
        self._shown = shown, tight = fitting(list(self._offered()), self.app.size.width)
        for each in shown:
            binding = each.active.binding
            yield FooterKey(
                binding.key,
                each.key,
                each.does,
                binding.action,
                disabled=not each.active.enabled,
                tooltip=each.active.tooltip,
                classes="-tight" if tight else "",
            )

    def on_resize(self, _: Resize) -> None:
        """Choose again."""
        self.call_after_refresh(self._draw_what_has_changed)

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Whatever takes the keyboard may bring other keys."""
        self._bindings_ready = True
        if screen.app.app_focus and self.is_attached and screen is self.screen:
            self.call_after_refresh(self._draw_what_has_changed)

    async def _draw_what_has_changed(self) -> None:
        """It mostly brings the same, and drawing those anew took a tenth of all that is drawn."""
        if not self._bindings_ready or not self.is_attached:
            return
        if fitting(list(self._offered()), self.app.size.width) != self._shown:
            await self.recompose()

    def _offered(self) -> Iterator[Offered]:
        """Help, the way out, then the others from the part in hand outwards; each action once, with its first key."""
        active = self.screen.active_bindings.values()
        said = {button.does for button in self.screen.query(KeyButton) if button.display}
        shown = [each for each in active if each.binding.show and each.binding.action not in said]
        if self.app.is_web:
            shown = [each for each in shown if each.binding.key not in keys.BROWSERS_OWN]
        once = {each.binding.action: each for each in reversed(shown)}
        for each in sorted((once[one] for one in reversed(once)), key=lambda one: FIRST.get(one.binding.key, 2)):
            yield Offered(self.app.get_key_display(each.binding), each.binding.description, each)
