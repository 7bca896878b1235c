"""One of several: which is chosen can be told without colour, and the arrow keys begin at it."""

from __future__ import annotations

from textual.widgets import RadioButton, RadioSet

from assistant.app.widgets.wrapped import Wrapped

CHOSEN, NOT_CHOSEN = "●", " "


class Choice(Wrapped, RadioButton):
    """Textual's own shows the same mark in another colour when it is not chosen; this one shows none."""

    def __init__(self, label: str, *, value: bool = False) -> None:
        super().__init__(label, value=value)
        self.BUTTON_INNER = CHOSEN if value else NOT_CHOSEN

    def watch_value(self) -> None:
        """Change the mark with the value."""
        self.BUTTON_INNER = CHOSEN if self.value else NOT_CHOSEN
        super().watch_value()


class Choices(RadioSet):
    """Textual's own has the arrow keys begin at the first and choose nothing; here what is highlighted is chosen."""

    def on_mount(self) -> None:
        """Stop one short of what is chosen: Textual's own mounting comes after this and takes the first step."""
        chosen = [button.value for button in self.query(RadioButton)]
        for _ in range(chosen.index(True) if True in chosen else 0):
            super().action_next_button()

    def action_next_button(self) -> None:
        """Choose the next."""
        super().action_next_button()
        self._choose()

    def action_previous_button(self) -> None:
        """Choose the previous."""
        super().action_previous_button()
        self._choose()

    def _choose(self) -> None:
        if self._selected is not None and isinstance(button := self.children[self._selected], RadioButton):
            button.value = True
