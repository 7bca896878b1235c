"""One of several: which is chosen can be told without colour, and the arrow keys begin at it."""

from __future__ import annotations

from textual.widgets import RadioButton, RadioSet

CHOSEN, NOT_CHOSEN = "●", " "


class Choice(RadioButton):
    """Textual's own shows the same mark in another colour when it is not chosen; this one shows none."""

    def __init__(self, label: str, *, value: bool = False) -> None:
        super().__init__(label, value=value)
        self.BUTTON_INNER = CHOSEN if value else NOT_CHOSEN

    def watch_value(self) -> None:
        """Change the mark with the value."""
        self.BUTTON_INNER = CHOSEN if self.value else NOT_CHOSEN
        super().watch_value()


class Choices(RadioSet):
    """Textual's own has the arrow keys begin at the first, and shows that one as if it were chosen."""

    def on_mount(self) -> None:
        """Once Textual knows which is chosen."""
        self.call_later(self._begin_at_the_chosen)

    def _begin_at_the_chosen(self) -> None:
        for _ in range(self.pressed_index):
            self.action_next_button()
