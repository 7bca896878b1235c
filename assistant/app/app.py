"""The app itself: which screens there are, how it looks, and how it ends.

Everything a session needs comes from the desk, which is opened beside the first screen and not before it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.events import ScreenResume
from textual.screen import Screen

from assistant.app import clipboard, crash
from assistant.app.screens.base import MIDDLING, NARROW, TALL, WIDE
from assistant.app.screens.home import HomeScreen
from assistant.app.settings import keep_settings, read_settings
from assistant.app.themes import THEMES
from assistant.errors import DataFileError, ReflectError

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.command import Provider

    from assistant.conversation.session import Session
    from assistant.records.desk import Desk
    from assistant.records.errors import DamagedStoreError


def _everything() -> type[Provider]:
    from assistant.app.palette import EverythingProvider  # read when the palette is first opened

    return EverythingProvider


class ReflectApp(App[None]):
    """Reflective supervision in the terminal."""

    TITLE = "Reflect"
    CSS_PATH: ClassVar = [
        f"screens/{name}.tcss"
        for name in (
            *("base", "home", "unlock", "start", "session", "act_now", "confirm", "summary"),
            *(
                "library",
                "records",
                "settings",
                "tour",
                "help",
                "names",
                "actions",
                "exporting",
                "filling",
                "adding",
                "themes",
                "faults",
                "presenter",
                "picture",
                "waiting",
            ),
        )
    ]
    COMMANDS: ClassVar = App.COMMANDS | {_everything}
    BINDINGS: ClassVar[list[BindingType]] = [
        # F1 also over a dialogue, which lets no other key of the app through; ? is a word's last letter in a box
        Binding("f1", "help", "Help", tooltip="Every key of this screen", priority=True),
        Binding("question_mark", "help", "Help", show=False, tooltip="Every key of this screen"),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, tooltip="Leave Reflect; everything is kept"),
        Binding("ctrl+p", "command_palette", "Everything", show=False, priority=True, tooltip="Find anything by name"),
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]

    def __init__(
        self, home: Path, open_desk: Callable[[Path], Desk], put_on_clipboard: Callable[[str], bool] = clipboard.put
    ) -> None:
        super().__init__()
        self.home = home
        self.put_on_clipboard = put_on_clipboard
        self._open_desk = open_desk
        self._desk: Desk | None = None
        self._opening_desk = Lock()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (NARROW, "-narrow"), (WIDE, "-wide")]
        self.VERTICAL_BREAKPOINTS = [(0, "-short"), (MIDDLING, "-middling"), (TALL, "-tall")]
        for theme in THEMES:
            self.register_theme(theme)
        self.settings = read_settings(home)
        self.theme = self.settings.theme

    def desk(self) -> Desk:
        """The desk, opened when first asked for; call it from a thread.

        Several threads ask at once while the first screen opens, and two desks would both make a new store.
        """
        with self._opening_desk:
            if self._desk is None:
                self._desk = self._open_desk(self.home)
            return self._desk

    def on_mount(self) -> None:
        """Show the first screen."""
        self._end_well_when_told_to()
        self.push_screen(HomeScreen())

    def _end_well_when_told_to(self) -> None:
        """A window that is closed or a process that is stopped ends like Quit, but with the status that says so."""
        if self.is_headless or self.is_web or os.name != "posix":
            return  # a test's signals are its own, and the browser's driver has its own way
        for told in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(told, self.exit, None, 128 + told)

    def prepare(self, journey: str) -> None:
        """Show the form before a session of `journey`."""
        from assistant.app.screens.start import StartScreen  # each screen but the first is read when it is wanted

        self.push_screen(StartScreen(journey))

    def sit_down(self, session: Session) -> None:
        """Show a session, on top of the first screen."""
        from assistant.app.screens.session import SessionScreen

        self.go_home()
        self.push_screen(SessionScreen(self.desk(), session))

    def visit(self, place: str) -> None:
        """Show the library, the records, the settings or the tour."""
        module = import_module(f"assistant.app.screens.{place}")
        self.push_screen(getattr(module, f"{place.capitalize()}Screen")())

    def go_to(self, place: str) -> None:
        """Leave whatever is open, all of it kept, and show a place."""
        self.go_home()
        if place != "home":
            self.visit(place)

    def start(self, journey: str) -> None:
        """The same, for the form of a journey."""
        self.go_home()
        self.prepare(journey)

    def read_record(self, session: str) -> None:
        """The same, for a past record, over the list of them."""
        from assistant.app.screens.records import RecordsScreen

        self.go_home()
        self.push_screen(RecordsScreen(session))

    def read_review(self, review: str) -> None:
        """The same, for a review in the library."""
        from assistant.app.screens.reading import ReadingScreen

        self.go_home()
        self.push_screen(ReadingScreen(self.desk(), review))

    def unlock(self, damage: DamagedStoreError | None = None) -> None:
        """Ask for the passphrase, or offer a backup; the first screen looks again when it comes back."""
        from assistant.app.screens.unlock import UnlockScreen

        if not any(isinstance(screen, UnlockScreen) for screen in self.screen_stack):
            self.push_screen(UnlockScreen(new=damage is None and self.desk().is_new, damage=damage))

    def show_faults(self, error: DataFileError) -> None:
        """Say what is wrong with the user's own files, and offer those that came with the program."""
        from assistant.app.screens.faults import FaultsScreen

        def decided(*, go_on: bool | None) -> None:
            if go_on:
                self.desk().leave_own_files()
                self.go_home()
                self.screen.post_message(ScreenResume())
            else:
                self.exit()

        if not any(isinstance(screen, FaultsScreen) for screen in self.screen_stack):
            self.push_screen(FaultsScreen(error.problems), lambda go_on: decided(go_on=go_on))

    def introduce(self) -> None:
        """Show the tour to somebody who has never seen it."""
        if not self.settings.introduced:
            self._change(introduced=True)
            self.visit("tour")

    def choose_theme(self, theme: str) -> None:
        """Look like this from now on."""
        self.theme = theme
        self._change(theme=theme)

    def _change(self, **to: str | bool) -> None:
        self.settings = self.settings.changed(**to)
        keep_settings(self.settings, self.home)

    def go_home(self) -> None:
        """Back to the first screen, whatever is open."""
        while len(self.screen_stack) > 2:  # Textual's own empty screen lies below the first
            self.pop_screen()

    def action_go_home(self) -> None:
        """The same, for a key."""
        self.go_home()

    def action_help(self) -> None:
        """Every key of the screen we are on; a second time, back to it."""
        from assistant.app.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.action_close()
        else:
            self.push_screen(HelpScreen(self.screen))

    def action_help_quit(self) -> None:
        """Say how to leave, to somebody who pressed Ctrl+C."""
        self.notify("To leave, press Ctrl+Q. What you have written is kept.", markup=False)

    def action_command_palette(self) -> None:
        """Everything by name, in words that say so."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder="What are you looking for?"))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Everything that can be done now. Textual's own list would add a screenshot, which writes the case to disk."""
        from assistant.app.palette import commands  # read when the palette is first opened

        return commands(self, screen)

    def get_key_display(self, binding: Binding) -> str:
        """Keys as they are printed on a keyboard."""
        if binding.key_display:
            return binding.key_display
        key = binding.key.split(",")[0]
        names = {"escape": "Esc", "question_mark": "?", "enter": "Enter"}
        return names.get(key) or "+".join(part.capitalize() for part in key.split("+"))

    def panic(self, *renderables: RenderableType) -> None:  # noqa: ARG002 - they may quote what was typed
        """End after an error that knows how to draw itself; it is not drawn."""
        self._fatal_error()

    def _fatal_error(self) -> None:
        """End after an error nobody foresaw, without the traceback Textual would print with every value in it."""
        if self._exception is not None and not self._exit_renderables:
            self._exit_renderables.append(Text(crash.sentence(crash.report(self._exception, self.home))))
        self._close_messages_no_wait()


def run(home: Path) -> int:
    """Run the app to its end and give the exit status, which Textual itself would leave at 0 after a crash."""
    in_a_browser = "TEXTUAL_DRIVER" in os.environ
    if not in_a_browser and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise ReflectError("The app needs a terminal. In a pipe, use: reflect talk supervision --plain")
    app = ReflectApp(home, _open_desk)
    app.run()
    return app.return_code or 0


def _open_desk(home: Path) -> Desk:
    from assistant.records.desk import Desk  # the models and the store cost 0.2 s, and the first screen needs none

    return Desk(home)
