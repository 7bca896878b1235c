"""A box to tick, empty until then."""

from __future__ import annotations

from textual.widgets import Checkbox

from assistant.app.widgets.wrapped import Wrapped


class Tick(Wrapped, Checkbox):
    """Textual's own has its cross from the start, and tells by colour."""

    BUTTON_INNER = " "

    def watch_value(self) -> None:
        """Show the cross, or none."""
        self.BUTTON_INNER = "X" if self.value else " "
        super().watch_value()
