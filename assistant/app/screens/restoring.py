"""A backup brought back in the place of the records: which one, and the passphrase that opens it."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from assistant.app import keys
from assistant.app.screens.confirm import ConfirmScreen
from assistant.app.screens.screen import BaseScreen
from assistant.app.widgets.footer import Keys
from assistant.app.widgets.key_button import KeyButton
from assistant.language.dates import format_date
from assistant.store.backups import backed_up_at


class RestoreScreen(BaseScreen[None]):
    """The backups there are, newest first."""

    HELP = (
        "Choose a backup, type the passphrase it was made with, and press F5. What is there now is set aside, not "
        "deleted."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(keys.STEP, "restore", "Bring it back"),
        Binding(keys.CLOSE, "app.pop_screen", "Back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._backups: list[Path] = []

    def compose(self) -> ComposeResult:
        """The list, the passphrase and the button."""
        with VerticalScroll(classes="column"):
            yield Static("Bring back a backup", classes="heading")
            yield Static("Sessions since that backup won't be in it.", classes="muted")
            yield OptionList(id="backups")
            yield Static("The passphrase it was made with", classes="label")
            yield Input(password=True, id="passphrase")
            yield Static(id="problem")
            with Horizontal(classes="buttons"):
                yield KeyButton("Bring it back", "F5", "restore", primary=True, id="restore")
        yield Keys()

    def on_mount(self) -> None:
        """The newest is highlighted."""
        self.query_one("#backups").focus()
        self.beside(self.reflect.workspace().opening.encrypted_file.backups.all, self._show)

    def _show(self, backups: list[Path]) -> None:
        self._backups = backups
        options = self.query_one("#backups", OptionList)
        options.set_options(Option(_made(backup)) for backup in backups)
        options.highlighted = 0 if backups else None
        if not backups:
            self._say("There's no backup here yet. Settings makes one.")

    def on_option_list_option_selected(self) -> None:
        """Enter goes to the passphrase."""
        self.query_one("#passphrase").focus()

    def on_input_submitted(self) -> None:
        """Enter after the passphrase brings it back."""
        self.action_restore()

    def action_restore(self) -> None:
        """Once somebody has said yes to it."""
        at = self.query_one("#backups", OptionList).highlighted
        if at is None:
            return
        backup, passphrase = self._backups[at], self.query_one("#passphrase", Input).value
        if not passphrase:
            self.query_one("#passphrase").focus()
            self._say("Type the passphrase first.")
            return

        def decided(agreed: bool | None) -> None:
            if agreed:
                self.beside(lambda: self._bring_back(passphrase, backup), self._restored, waiting="Bringing it back")

        question = f"Bring back the records as they were on {_made(backup)}? What is there now is set aside."
        self.app.push_screen(ConfirmScreen(question, yes="Bring it back", no="Leave it"), decided)

    def _bring_back(self, passphrase: str, backup: Path) -> Path | None:
        workspace = self.reflect.workspace()
        aside = workspace.backups.restore(passphrase, backup)
        workspace.opening.unlock(passphrase)
        return aside

    def _restored(self, aside: Path | None) -> None:
        kept = f" What was there before is in {aside}" if aside else ""
        self.reflect.go_home()
        self.say(f"The backup is in place.{kept}", severity="warning")

    def failed(self, error: BaseException) -> None:
        """Say it here, where the passphrase is typed."""
        self._say(self.sentence(error))

    def _say(self, sentence: str) -> None:
        self.query_one("#problem", Static).update(Content(sentence))


def _made(backup: Path) -> str:
    made = backed_up_at(backup)
    return f"{format_date(made.date())}, {made:%H:%M}"
