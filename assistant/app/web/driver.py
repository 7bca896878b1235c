"""The driver of the process behind a tab: textual's own for the browser, with one thing more that the server may say.

The server says when the browser has gone, because a process that writes to a pipe cannot know.
"""

from __future__ import annotations

from typing import cast

from textual.drivers.web_driver import WebDriver

from assistant.app.app import ReflectApp
from assistant.app.web import LEFT


class TabDriver(WebDriver):
    """Hears that the browser has gone."""

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Everything else is textual's own."""
        if packet_type == LEFT:
            app = cast(ReflectApp, self._app)
            app.call_later(app.browser_left)
        else:
            super().on_meta(packet_type, payload)
