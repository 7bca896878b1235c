"""Another passphrase for the records and their backups."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from assistant.app import keys
from assistant.app.screens.screen import BaseScreen
from assistant.app.widgets.footer import Keys
from assistant.app.widgets.key_button import KeyButton
from assistant.store.passphrase_choice import strength

BOXES = (("old", "Current passphrase"), ("new", "New passphrase"), ("again", "Type it again"))


class ChangePassphraseScreen(BaseScreen[None]):
    """Three boxes; nothing changes unless all is right."""

    HELP = "Type your current passphrase, then the new one twice. Your backups will use the new one too."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(keys.STEP, "change", "Change it"),
        Binding(keys.CLOSE, "app.pop_screen", "Back"),
    ]

    def compose(self) -> ComposeResult:
        """The boxes, one under another."""
        with VerticalScroll(classes="column"):
            yield Static("Change the passphrase", classes="heading")
            for name, label in BOXES:
                yield Static(label, classes="label")
                yield Input(password=True, id=name)
                if name == "new":
                    yield Static(id="strength", classes="muted")
            yield Static(id="problem")
            with Horizontal(classes="buttons"):
                yield KeyButton("Change it", "F5", "change", primary=True, id="change")
        yield Keys()

    def on_mount(self) -> None:
        """Straight to the typing."""
        self.query_one("#old").focus()

    def enter_in(self, box: Widget | None) -> bool:
        """To the next box."""
        if on := isinstance(box, Input) and box.id != "again":
            self.focus_next(Input)
        return on

    def on_input_submitted(self) -> None:
        """Enter after the last changes it."""
        self.action_change()

    def on_input_changed(self, event: Input.Changed) -> None:
        """How hard the new one would be to guess."""
        if event.input.id == "new":
            self.query_one("#strength", Static).update(strength(event.value))

    def action_change(self) -> None:
        """Change it, if the new one was typed twice the same."""
        old, new, again = (self.query_one(f"#{name}", Input).value for name, _ in BOXES)
        if new != again:
            self._problem("They didn't match. Please type the new one twice again.")
            return
        workspace = self.reflect.workspace()
        self.beside(lambda: workspace.opening.change_passphrase(old, new), self._changed, waiting="Changing it")

    def failed(self, error: BaseException) -> None:
        """Say it here, where it is typed."""
        self._problem(self.sentence(error))

    def _changed(self, _: None) -> None:
        self.app.pop_screen()
        self.say("Passphrase changed. It opens your records and backups.")

    def _problem(self, sentence: str) -> None:
        self.query_one("#problem", Static).update(Content(sentence))
