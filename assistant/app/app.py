"""The app itself: which screens there are, how it looks, and how it ends.

Everything a session needs comes from the workspace, which is opened beside the first screen and not before it.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.events import DescendantFocus, Event, InputEvent, Key, ScreenResume
from textual.screen import Screen
from textual.widgets import Input

from assistant import crash
from assistant.app import clipboard, keys
from assistant.app.colours import THEMES
from assistant.app.gate import GATE
from assistant.app.lock_after import LOOK_IN_A_TAB_S, LOOK_S, Watch
from assistant.app.preferences import read_settings, save_preferences
from assistant.app.screens.home import HomeScreen
from assistant.app.screens.screen import BaseScreen
from assistant.app.screens.typed import Typed
from assistant.app.sizes import MIDDLING, NARROW, TALL, WIDE
from assistant.app.textual_cache import keep_little
from assistant.errors import DataFileError, ReflectError
from assistant.to_type import to_type

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.command import Provider
    from textual.filter import LineFilter

    from assistant.conversation.session import Session
    from assistant.store.store_errors import DamagedStoreError
    from assistant.workspace.workspace import Workspace


def _everything() -> type[Provider]:
    from assistant.app.palette import EverythingProvider  # read when the palette is first opened

    return EverythingProvider


PLACES = {
    "library": ("library_browser", "LibraryScreen"),
    "records": ("records", "RecordsScreen"),
    "actions": ("all_actions", "ActionsScreen"),
    "settings": ("settings", "SettingsScreen"),
    "tour": ("tour", "TourScreen"),
}
"""Where each place's screen is: read when it is wanted."""


class ReflectApp(App[None]):
    """Reflective supervision in the terminal."""

    TITLE = "Reflect"
    CSS_PATH: ClassVar = [
        f"screens/{name}.tcss"
        for name in (
            *("screen", "home", "unlock", "sign_in", "start", "session_screen", "confirm", "summary"),
            *(
                "library_browser",
                "records",
                "settings",
                "tour",
                "help",
                "identifiers_asked",
                "all_actions",
                "exporting",
                "form",
                "adding_review",
                "choose_theme",
                "file_problems",
                "presenter",
                "chart",
                "waiting",
                "person_form",
                "fields",
                "case",
            ),
        )
    ]
    COMMANDS: ClassVar = App.COMMANDS | {_everything}
    BINDINGS: ClassVar[list[BindingType]] = [
        # F1 also over a dialogue, which lets no other key of the app through; ? is a word's last letter in a box
        Binding(keys.HELP, "help", "Help", tooltip="Every key of this screen", priority=True),
        Binding("question_mark", "help", "Help", show=False, tooltip="Every key of this screen"),
        Binding(keys.QUIT, "quit", "Quit", show=False, priority=True, tooltip="Leave Reflect (everything is kept)"),
        Binding(
            keys.EVERYTHING, "command_palette", "Everything", show=False, priority=True, tooltip="Find anything by name"
        ),
        Binding(keys.LOCK, "lock", "Lock now", show=False, priority=True, tooltip="Ask for the passphrase again"),
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]

    def __init__(
        self,
        home: Path,
        open_workspace: Callable[[Path], Workspace],
        put_on_clipboard: Callable[[str], bool] = clipboard.put,
    ) -> None:
        super().__init__()
        keep_little()
        self.home = home
        self.put_on_clipboard = put_on_clipboard
        self._open_workspace = open_workspace
        self._workspace: Workspace | None = None
        self._trial: Workspace | None = None
        """Where somebody tries it; it goes when they come back to the first screen."""
        self._passing: list[TemporaryDirectory[str]] = []
        """Folders that go with the app."""
        self._watch = Watch()
        self._opening_workspace = Lock()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (NARROW, "-narrow"), (WIDE, "-wide")]
        self.VERTICAL_BREAKPOINTS = [(0, "-short"), (MIDDLING, "-middling"), (TALL, "-tall")]
        for theme in THEMES:
            self.register_theme(theme)
        self.settings = read_settings(home)
        self.theme = self.settings.theme

    def workspace(self) -> Workspace:
        """The workspace, opened when first asked for; call it from a thread.

        Several threads ask at once while the first screen opens, and two workspaces would both make a new store.
        """
        with self._opening_workspace:
            if self._trial is not None:
                return self._trial
            if self._workspace is None:
                self._workspace = self._open_workspace(self.home)
            return self._workspace

    def on_mount(self) -> None:
        """Show the first screen."""
        self._end_well_when_told_to()
        self.push_screen(HomeScreen())
        self.set_interval(LOOK_IN_A_TAB_S if self.is_web else LOOK_S, self._lock_when_left)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """No cursor blinks: it's painted twice a second while nobody types, and fifty tabs kept a third of a processor
        busy."""
        if isinstance(event.widget, Input):
            event.widget.cursor_blink = False

    def _end_well_when_told_to(self) -> None:
        """A window that is closed or a process that is stopped ends like Quit, but with the status that says so."""
        if self.is_headless or self.is_web or os.name != "posix":
            return  # a test's signals are its own, and the browser's driver has its own way
        for told in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(told, self.exit, None, 128 + told)

    def prepare(self, journey: str, case: str = "", words: str = "") -> None:
        """Show the form before a session of `journey`: on a case there is, and with words to begin with, if any."""
        from assistant.app.screens.start import StartScreen  # each screen but the first is read when it is wanted

        self.push_screen(StartScreen(journey, case, words))

    def open_case(self, case: str) -> None:
        """Show everything of one case."""
        from assistant.app.screens.case import CaseScreen

        self.push_screen(CaseScreen(case))

    def open_session_screen(self, session: Session) -> None:
        """Show a session, on top of the first screen."""
        from assistant.app.screens.session_screen import SessionScreen

        typed = self.screen.typed_on() if isinstance(self.screen, BaseScreen) else ""
        self.go_home()
        screen = SessionScreen(self.workspace(), session, enter_sends=self.settings.enter_sends)
        screen.type_on(typed)
        self.push_screen(screen)

    def visit(self, place: str) -> None:
        """Show the library, the records, the settings or the tour."""
        module, name = PLACES[place]
        self.push_screen(getattr(import_module(f"assistant.app.screens.{module}"), name)())

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
        from assistant.app.screens.learning_point import ReadingScreen

        self.go_home()
        self.push_screen(ReadingScreen(self.workspace(), review))

    def unlock(self, damage: DamagedStoreError | None = None, typed: str = "") -> None:
        """Ask for the passphrase, or who it is, or offer a backup; the first screen looks again when it comes back.

        What was typed before that could be seen begins the passphrase.
        """
        from assistant.app.screens.sign_in import SignInScreen
        from assistant.app.screens.unlock import UnlockScreen
        from assistant.app.screens.welcome import WelcomeScreen

        asking = (UnlockScreen, WelcomeScreen, SignInScreen)
        if any(isinstance(screen, asking) for screen in self.screen_stack):
            return
        if self.workspace().opening.database_url is not None:
            self.push_screen(SignInScreen(self.workspace().opening.login))
        elif damage is None and self.workspace().opening.new:
            welcome = WelcomeScreen()
            self.push_screen(welcome, lambda _: self.push_screen(UnlockScreen(new=True, typed=welcome.typed_since)))
        else:
            self.push_screen(UnlockScreen(new=False, damage=damage, typed=typed))

    def make_trial(self) -> tuple[Workspace, Session]:
        """A session on a made-up case, locked with a passphrase nobody has, in a folder that goes; from a thread."""
        workspace = self._open_workspace(Path(self.passing_folder()))
        workspace.opening.set_passphrase(token_hex(16))
        return workspace, workspace.begin("supervision", case="Sam, made up", minutes=15)

    def open_trial(self, made: tuple[Workspace, Session], typed: str) -> None:
        """Show it in the place of the screen it was chosen on, with what was typed there meanwhile."""
        from assistant.app.screens.session_screen import SessionScreen

        self._trial, session = made
        screen = SessionScreen(self._trial, session, enter_sends=self.settings.enter_sends, trial=True)
        screen.type_on(typed)
        self.switch_screen(screen)

    def passing_folder(self) -> str:
        """A folder that only this user can read, and that is gone when the app is."""
        self._passing.append(TemporaryDirectory(prefix="reflect-", ignore_cleanup_errors=True))
        return self._passing[-1].name

    def end_trial(self) -> None:
        """The first screen is there again: what was tried is no longer anywhere to be found."""
        self._trial = None

    def on_unmount(self) -> None:
        """Nothing of a trial stays on the disk, and no page that was printed."""
        for folder in self._passing:
            folder.cleanup()

    # Locking

    async def on_event(self, event: Event) -> None:
        """Whoever touches a key or the mouse is there; the first key after a sleep does nothing but lock."""
        if isinstance(event, InputEvent):
            if self._lock_when_left():
                return
            self._watch.touch()
        if not (isinstance(event, Key) and self._taken(event)):
            await super().on_event(event)

    def _taken(self, event: Key) -> bool:
        """Letters typed while no box has the keyboard, and Enter, go where the screen says, here, in their order.

        What goes to a list or a box and comes up from there is overtaken by letters typed after it.
        """
        letter, screen = event.character, self.screen
        if event.is_forwarded or not isinstance(screen, Typed):
            return False
        if event.key == "enter":
            return screen.enter_in(self.focused)
        if event.key in keys.STEP.split(","):
            return screen.step_in(self.focused)
        if not event.is_printable or not letter:
            return False
        in_a_box = self.focused is not None and self.focused.check_consume_key(event.key, letter)
        return not in_a_box and screen.take_letter(letter)

    def _lock_when_left(self) -> bool:
        """Whether the records were locked just now."""
        if not self._watch.alone(self.settings.lock_minutes):
            return False
        self._watch.touch()
        return self.action_lock()

    def action_lock(self) -> bool:
        """Lock the records now; what is being written is kept first, and is there again after the passphrase.

        Gives whether there was anything to lock.
        """
        from assistant.app.screens.session_screen import SessionScreen
        from assistant.app.screens.sign_in import SignInScreen
        from assistant.app.screens.unlock import UnlockScreen

        workspace, asking = self._workspace, (UnlockScreen, SignInScreen)
        if workspace is None or self._trial or any(isinstance(one, asking) for one in self.screen_stack):
            return False
        if workspace.opening.new or not workspace.opening.asks_again:
            return False
        for screen in self.screen_stack:
            if isinstance(screen, SessionScreen):
                with suppress(ReflectError):  # it stays in the box; a full disk keeps nobody's records open
                    screen.keep_now()
        workspace.opening.lock()
        self.unlock()
        return True

    def put_away(self) -> None:
        """The end: no journal is left beside the records."""
        if self._workspace is not None:
            self._workspace.opening.lock()

    def browser_left(self) -> None:
        """The tab was closed, or its connection lost: whoever sits there next has to say who they are."""
        if self._workspace is not None and not self._workspace.opening.opens_by_itself:
            self.action_lock()

    def show_faults(self, error: DataFileError) -> None:
        """Say what is wrong with the user's own files, and offer those that came with the program."""
        from assistant.app.screens.file_problems import FaultsScreen

        def decided(*, go_on: bool | None) -> None:
            if go_on:
                self.workspace().leave_own_files()
                self.go_home()
                self.screen.post_message(ScreenResume())
            else:
                self.exit()

        if not any(isinstance(screen, FaultsScreen) for screen in self.screen_stack):
            self.push_screen(FaultsScreen(error.problems), lambda go_on: decided(go_on=go_on))

    def choose_theme(self, theme: str) -> None:
        """Look like this from now on."""
        self.theme = theme
        self._change(theme=theme)

    def choose(self, **to: str | bool | int) -> None:
        """Keep a choice about the app itself."""
        self._change(**to)

    def _change(self, **to: str | bool | int) -> None:
        self.settings = self.settings.changed(**to)
        save_preferences(self.settings, self.home)

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
        """Say how to leave, to somebody who pressed Ctrl+C; in a browser it's how people copy."""
        copies = "Nothing is selected. Drag over words to select them, or hold a finger on them first."
        self.notify(copies if self.is_web else "To leave, press Ctrl+Q. What you have written is kept.", markup=False)

    def action_command_palette(self) -> None:
        """Everything by name, in words that say so."""
        from assistant.app.palette import Palette  # read when it is first opened

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(placeholder="What are you looking for?"))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Whatever is drawn goes through the gate last."""
        return [*super().get_line_filters(), GATE]

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Everything that can be done now. Textual's own list would add a screenshot, which writes the case to disk."""
        from assistant.app.palette import commands  # read when the palette is first opened

        return commands(self, self, screen)

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


def run(home: Path, open_workspace: Callable[[Path], Workspace] | None = None) -> int:
    """Run the app to its end and give the exit status, which Textual itself would leave at 0 after a crash."""
    in_a_browser = "TEXTUAL_DRIVER" in os.environ
    if not in_a_browser and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise ReflectError(f"The app needs a terminal. In a pipe, use: {to_type('talk supervision --plain')}")
    logging.lastResort = logging.NullHandler()  # asyncio would print the words of a task that failed unheard
    app = ReflectApp(home, open_workspace or _open_workspace)
    app.run()
    app.put_away()
    return app.return_code or 0


def _open_workspace(home: Path) -> Workspace:
    from assistant.workspace.workspace import (
        Workspace,  # the models and the store cost 0.2 s, and the first screen needs none
    )

    return Workspace(home)
