"""A button for what has a key: it names the key, and the footer then does not say it again."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Button


class KeyButton(Button):
    """Does what the key does, for the mouse and for whoever comes to it with Tab."""

    def __init__(
        self,
        says: str,
        key: str,
        does: str,
        *,
        primary: bool = False,
        disabled: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's name for it
    ) -> None:
        super().__init__(
            Content(f"{says} {key}"),
            variant="primary" if primary else "default",
            action=f"screen.{does}",
            compact=True,
            disabled=disabled,
            id=id,
        )
        self.does = does
        """The action of the screen."""
        self._key = key

    def call(self, says: str) -> None:
        """Call it something else from now on."""
        self.label = Content(f"{says} {self._key}")
