"""The app itself: which screens there are, how it looks, and how it ends.

Everything a session needs comes from the desk, which is opened beside the first screen and not before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from assistant.app import crash
from assistant.app.screens.base import MIDDLING, NARROW, TALL, WIDE
from assistant.app.screens.home import HomeScreen
from assistant.app.themes import THEMES

if TYPE_CHECKING:
    from rich.console import RenderableType

    from assistant.conversation.session import Session
    from assistant.records.desk import Desk


class ReflectApp(App[None]):
    """Reflective supervision in the terminal."""

    TITLE = "Reflect"
    CSS_PATH: ClassVar = [
        f"screens/{name}.tcss" for name in ("base", "home", "start", "session", "act_now", "confirm", "summary")
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True),
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]

    def __init__(self, home: Path, open_desk: Callable[[Path], Desk]) -> None:
        super().__init__()
        self.home = home
        self._open_desk = open_desk
        self._desk: Desk | None = None
        self.HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (NARROW, "-narrow"), (WIDE, "-wide")]
        self.VERTICAL_BREAKPOINTS = [(0, "-short"), (MIDDLING, "-middling"), (TALL, "-tall")]
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "dark"

    def desk(self) -> Desk:
        """The desk, opened when first asked for; call it from a thread."""
        if self._desk is None:
            self._desk = self._open_desk(self.home)
        return self._desk

    def on_mount(self) -> None:
        """Show the first screen."""
        self.push_screen(HomeScreen())

    def prepare(self, journey: str) -> None:
        """Show the form before a session of `journey`."""
        from assistant.app.screens.start import StartScreen  # with the forms' widgets, after the first screen

        self.push_screen(StartScreen(journey))

    def sit_down(self, session: Session) -> None:
        """Show a session, on top of the first screen."""
        from assistant.app.screens.session import SessionScreen  # with the engine, which the first screen needs not

        self.go_home()
        self.push_screen(SessionScreen(self.desk(), session))

    def go_home(self) -> None:
        """Back to the first screen, whatever is open."""
        while len(self.screen_stack) > 2:  # Textual's own empty screen lies below the first
            self.pop_screen()

    def action_go_home(self) -> None:
        """The same, for a key."""
        self.go_home()

    def action_help_quit(self) -> None:
        """Say how to leave, to somebody who pressed Ctrl+C."""
        self.notify("To leave, press Ctrl+Q. What you have written is kept.", markup=False)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Everything that can be done now. Textual's own list would add a screenshot, which writes the case to disk."""
        for active in screen.active_bindings.values():
            binding, node = active.binding, active.node
            if binding.description and active.enabled and not binding.system:
                yield SystemCommand(
                    binding.description,
                    binding.tooltip or f"Key: {self.get_key_display(binding)}",
                    lambda action=binding.action, node=node: self.run_action(action, node),
                )
        for theme in THEMES:
            yield SystemCommand(f"Colours: {theme.name}", "How the app looks", lambda name=theme.name: self._look(name))

    def get_key_display(self, binding: Binding) -> str:
        """Keys as they are printed on a keyboard."""
        if binding.key_display:
            return binding.key_display
        key = binding.key.split(",")[0]
        names = {"escape": "Esc", "question_mark": "?", "enter": "Enter"}
        return names.get(key) or "+".join(part.capitalize() for part in key.split("+"))

    def _look(self, theme: str) -> None:
        self.theme = theme

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
    app = ReflectApp(home, _open_desk)
    app.run()
    return app.return_code or 0


def _open_desk(home: Path) -> Desk:
    from assistant.records.desk import Desk  # the models and the store cost 0.2 s, and the first screen needs none

    return Desk(home)
