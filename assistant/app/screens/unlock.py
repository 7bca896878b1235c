"""The passphrase: chosen the first time, typed from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Checkbox, Input, Static

from assistant.app.screens.base import BaseScreen
from assistant.app.widgets.keys import Keys
from assistant.app.widgets.tick import Tick
from assistant.errors import ReflectError
from assistant.records.errors import PassphraseError
from assistant.records.passphrase import CANNOT_BE_RECOVERED, KEEP

if TYPE_CHECKING:
    from assistant.records.desk import Desk


class UnlockScreen(BaseScreen[bool]):
    """Opens the records."""

    ANSWERED_FIRST = True
    HELP = "Everything you write is locked with a passphrase. Type it and press Enter."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "open", "Open"),
        Binding("escape", "app.quit", "Quit"),
    ]

    def __init__(self, *, new: bool) -> None:
        super().__init__()
        self._new = new
        self._opening = False

    def compose(self) -> ComposeResult:
        """One box to open, two to choose."""
        with VerticalScroll(classes="column"):
            if self._new:
                yield Static("Choose a passphrase", classes="heading")
                yield Static(Content(CANNOT_BE_RECOVERED), classes="muted", id="unlock-why")
            else:
                yield Static("Your records are locked", classes="heading")
            yield Static("Passphrase", classes="label")
            yield Input(password=True, id="passphrase")
            if self._new:
                yield Static("The same again", classes="label")
                yield Input(password=True, id="again")
                yield Tick(KEEP, id="keep", compact=True)
            yield Static(id="unlock-problem")
            with Horizontal(classes="buttons"):
                yield Button("Open", variant="primary", id="open", compact=True)
        yield Keys()

    def on_mount(self) -> None:
        """Straight to the typing."""
        self.query_one("#passphrase").focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next box, or opens."""
        if self._new and event.input.id == "passphrase":
            self.query_one("#again").focus()
        else:
            self.action_open()

    def on_button_pressed(self) -> None:
        """The same with the mouse."""
        self.action_open()

    def action_open(self) -> None:
        """Open the records; a moment's work, and longer after a wrong try."""
        if self._opening:
            return
        passphrase = self.query_one("#passphrase", Input).value
        if self._new and self.query_one("#again", Input).value != passphrase:
            self._problem("The two were not the same. Please type both again.")
            return
        desk = self.reflect.desk
        self._opening = True
        self._problem("Opening …")
        if self._new:
            keep = self.query_one("#keep", Checkbox).value
            self.beside(lambda: _choose(desk(), passphrase, keep=keep), self._opened)
        else:
            self.beside(lambda: desk().unlock(passphrase), lambda _: self._opened(""))

    def failed(self, error: BaseException) -> None:
        """Say it here, where the passphrase is typed."""
        self._opening = False
        self._problem(str(error) if isinstance(error, ReflectError) else self.sentence(error))

    def _opened(self, problem: str) -> None:
        if problem:
            self.app.notify(problem, markup=False)
        self.dismiss(True)

    def _problem(self, sentence: str) -> None:
        self.query_one("#unlock-problem", Static).update(Content(sentence))
        if not self._opening:
            self.query_one("#passphrase", Input).focus()


def _choose(desk: Desk, passphrase: str, *, keep: bool) -> str:
    """Open new records; gives why the keyring did not take the passphrase, if it was asked to and did not."""
    desk.set_passphrase(passphrase)
    if keep:
        try:
            desk.remember_passphrase(passphrase)
        except PassphraseError as error:
            return str(error)
    return ""
