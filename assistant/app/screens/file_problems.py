"""Mistakes in the user's own questions or lexicon, each with its file and line, and a way to go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assistant.app import keys
from assistant.app.screens.dialogue import DialogueScreen
from assistant.app.widgets.footer import Keys
from assistant.app.widgets.key_button import KeyButton
from assistant.errors import Problem


class FaultsScreen(DialogueScreen[bool]):
    """What is wrong, where, and what was expected."""

    HELP = (
        "A file of your own has a mistake in it. Correct it and start Reflect again, or go on with the files that came "
        "with Reflect. Your file and your records stay as they are."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            keys.STEP,
            "go_on",
            "Go on without them",
            tooltip="Use the files that came with Reflect until you next start it",
        ),
        Binding(keys.CLOSE, "leave", "Leave Reflect", tooltip="To correct the files; everything you wrote is kept"),
    ]

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self._problems = problems

    def compose(self) -> ComposeResult:
        """Each mistake on a line of its own."""
        with VerticalScroll(id="faults", can_focus=False):
            yield Static("Your own files have mistakes in them", classes="heading")
            for problem in self._problems:
                yield Static(Content(f"{problem.path.name}, line {problem.line}: {problem.message}"), classes="fault")
            yield Static(Content(f"They are in {self._problems[0].path.parent}"), classes="muted")
            yield Static("Correct them and start Reflect again. Nothing you have written is lost.")
            with Horizontal(classes="buttons"):
                yield KeyButton("Go on without them", "F5", "go_on", primary=True, id="go-on")
        yield Keys()

    def action_go_on(self) -> None:
        """With the shipped files."""
        self.dismiss(True)

    def action_leave(self) -> None:
        """To correct them."""
        self.dismiss(False)
