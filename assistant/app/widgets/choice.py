"""One of several: which is chosen can be told without colour."""

from __future__ import annotations

from textual.widgets import RadioButton

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
