"""A record on its way to paper: opened in the browser, which can print, and gone from the disk when the app is left."""

from __future__ import annotations

import os
import webbrowser
from pathlib import Path

from assistant.app.screens.screen import BaseScreen

OPENED = "Opened in your browser; print it from there. The page is deleted when you leave Reflect."
NO_BROWSER = "There's no browser here to print from. Save a copy and print that."


def print_it(screen: BaseScreen[None], session: str) -> None:
    """Make a page of one session and show it; `screen` says what became of it."""
    workspace, folder = screen.reflect.workspace(), screen.reflect.passing_folder()

    def make() -> str:
        if "TEXTUAL_DRIVER" in os.environ:  # the browser at hand is on another machine than the file
            return "In the browser, save a copy first and print that."
        page = Path(folder) / f"{session}.html"
        workspace.documents.export(session, "html", page, overwrite=True)
        if not webbrowser.open(page.as_uri()):
            return NO_BROWSER
        return OPENED

    screen.beside(make, screen.say, group="print", waiting="Making the page")
