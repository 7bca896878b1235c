"""The passphrase: chosen the first time, typed from then on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Checkbox, Input, Static

from assistant.app import keys
from assistant.app.screens.screen import BaseScreen
from assistant.app.widgets.footer import Keys
from assistant.app.widgets.key_button import KeyButton
from assistant.app.widgets.tick import Tick
from assistant.errors import ReflectError
from assistant.store.backups import backed_up_at
from assistant.store.passphrase_choice import CANNOT_BE_RECOVERED, KEEP, strength
from assistant.store.store_errors import DamagedStoreError, PassphraseError
from assistant.to_type import to_type

if TYPE_CHECKING:
    from textual.widget import Widget

    from assistant.workspace.workspace import Workspace

ENTER = "\n"
"""Stands in what was typed beforehand where Enter was pressed."""


class UnlockScreen(BaseScreen[bool]):
    """Opens the records; where they are damaged, offers the last good backup in their place."""

    ANSWERED_FIRST = True
    HELP = (
        "Everything you write is locked with a passphrase. Type it and press Enter. Where the records cannot be read, "
        "F5 brings back the last good copy. What was there before is kept, untouched."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(keys.STEP, "open", "Open", tooltip="Open the records"),
        Binding(keys.STEP, "restore", "Put the copy back", tooltip="Bring back the last good copy of the records"),
        Binding(keys.CLOSE, "back", "Back", tooltip="Back to the two ways to begin"),
        Binding(keys.CLOSE, "app.quit", "Quit"),
    ]

    def __init__(self, *, new: bool, damage: DamagedStoreError | None = None, typed: str = "") -> None:
        super().__init__()
        first, _, second = typed.partition(ENTER)
        self._passphrase = Input(first, password=True, id="passphrase", select_on_focus=False)
        """There from the first, as is the other: whoever knows what comes types them before they're on screen."""
        self._again = Input(second.removesuffix(ENTER), password=True, id="again", select_on_focus=False)
        self._typing = self._again if new and ENTER in typed else self._passphrase
        self._entered = second.endswith(ENTER) if new else ENTER in typed
        """Enter was pressed after what there was to type, before this was on screen."""
        self._new = new
        self._damage = damage
        self._copy_offered = False
        self._opening = False

    def compose(self) -> ComposeResult:
        """One box to open, two to choose."""
        with VerticalScroll(classes="column"):
            if self._new:
                yield Static("Choose a passphrase", classes="heading")
                yield Static(Content(CANNOT_BE_RECOVERED), classes="muted", id="unlock-why")
            else:
                yield Static("Your records are locked", classes="heading", id="unlock-heading")
            yield Static("Passphrase", classes="label")
            yield self._passphrase
            if self._new:
                yield Static(id="strength", classes="muted")
                yield Static("Type it again", classes="label")
                yield self._again
                yield Tick("Show what I type", id="shown", compact=True)
                yield Tick(KEEP, id="keep", compact=True)
            yield Static(id="unlock-problem")
            yield Static(id="unlock-offer")
            with Horizontal(classes="buttons"):
                yield KeyButton("Open", "F5", "open", primary=True, id="open")
                yield KeyButton("Put the copy back", "F5", "restore", primary=True, id="restore")
                yield Button("Go on with what can be read", id="go-on", compact=True)
        yield Keys()

    def on_mount(self) -> None:
        """Straight to the typing."""
        self.set_focus(self._typing)
        if self._damage is not None:
            self.failed(self._damage)
        elif self._entered:
            self.action_open()

    def take_letter(self, letter: str) -> bool:
        """None of it is lost while this opens, or it would not fit."""
        if self._typing.is_attached and self.focused is not None:
            return False
        self._typing.value += letter
        self._typing.cursor_position = len(self._typing.value)
        return True

    def enter_in(self, box: Widget | None) -> bool:
        """From the first of two boxes to the second, at once; before they're on screen too."""
        on = self._new and (box or self._typing) is self._passphrase
        if on:
            self._typing = self._again
        else:
            self._entered = True
        if on and self._again.is_attached:
            self.set_focus(self._again)
        return on

    def on_input_submitted(self) -> None:
        """Enter does what there is to do."""
        if self._damage is not None:
            self.action_restore()
        else:
            self.action_open()

    def on_input_changed(self, event: Input.Changed) -> None:
        """How hard a new one would be to guess."""
        if self._new and event.input.id == "passphrase":
            self.query_one("#strength", Static).update(strength(event.value))

    def on_checkbox_changed(self, event: Checkbox.Changed) -> None:
        """To see what is typed, where nobody looks over a shoulder."""
        if event.checkbox.id == "shown":
            for box in self.query(Input):
                box.password = not event.value

    def on_button_pressed(self) -> None:
        """Back to the first screen; what can be read is still there."""
        self.dismiss(False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Records that cannot be read are not opened again; a copy is offered only where there is one."""
        match action:
            case "open":
                return self._damage is None
            case "restore":
                return self._copy_offered
            case "back":
                return self._new
        return True

    def action_back(self) -> None:
        """Nothing has been chosen yet, and somebody may rather try it first."""
        if not self._opening:  # the records are being made
            self.dismiss(False)

    def action_open(self) -> None:
        """Open the records; a moment's work, and longer after a wrong try."""
        if self._opening or self._damage is not None:
            return
        passphrase = self._passphrase.value
        if self._new and not self._typed_twice():
            return
        workspace = self.reflect.workspace
        self._opening = True
        self._problem("Opening …")
        if self._new:
            keep = self.query_one("#keep", Checkbox).value
            self.beside(lambda: _choose(workspace(), passphrase, keep=keep), self._opened)
        else:
            self.beside(lambda: workspace().opening.unlock(passphrase), lambda _: self._opened(""))

    def _typed_twice(self) -> bool:
        """Whether both boxes say the same; else what's to be typed is said, in boxes that are empty for it."""
        first, again = self._passphrase, self._again
        if first.value == again.value:
            return True
        if not again.value:
            self._problem("Type it again, to be sure of it.", again)
            return False
        first.value = again.value = ""
        self._problem("They didn't match. Please type both again.")
        return False

    def action_restore(self) -> None:
        """Put the copy in the place of what cannot be read, and open it."""
        if self._opening or not self._copy_offered:
            return
        workspace, typed = self.reflect.workspace(), self._passphrase.value
        self._opening = True
        self._problem("Putting the copy back …")

        def restored(put_back: tuple[Path | None, Path | None]) -> None:
            backup, aside = put_back
            kept = f" What was there before is kept as {aside}." if aside else ""
            self._opened(f"The copy{f' from {_made_at(backup)}' if backup else ''} is in place.{kept}")

        self.beside(lambda: _restore(workspace, typed), restored)

    def failed(self, error: BaseException) -> None:
        """Say it here, where the passphrase is typed; and look for a copy where the records cannot be read."""
        self._opening = False
        if isinstance(error, DamagedStoreError):
            self._damage = error
            self.add_class("-damaged")
            self.set_class(error.partly, "-partly")
            self.query_one("#unlock-heading", Static).update("Your records cannot be read")
            self._problem(f"{error.happened}.")
            workspace, typed = self.reflect.workspace(), self._passphrase.value
            self.beside(
                lambda: workspace.backups.last_good(typed), lambda backup: self._offer(backup, typed=bool(typed))
            )
        else:
            self._problem(str(error) if isinstance(error, ReflectError) else self.sentence(error))
            self._passphrase.select_all()  # to be typed afresh, or put right where somebody knows the slip

    def _offer(self, backup: Path | None, *, typed: bool) -> None:
        self._copy_offered = backup is not None
        self.set_class(self._copy_offered, "-copy")
        self.refresh_bindings()
        sentence = (
            f"No copy on this computer will open. Ask whoever looks after it for a backup. `{to_type('restore')}` and "
            "the name of its file will bring it back."
            if backup is None
            else f"A copy from {_made_at(backup)} can be brought back. Anything written after that isn't in it. "
            f"{'F5 puts it there.' if typed else 'Type your passphrase and press F5.'}"
        )
        self.query_one("#unlock-offer", Static).update(Content(sentence))

    def _opened(self, told: str) -> None:
        if told:
            self.say(told, severity="warning")
        self.dismiss(True)

    def _problem(self, sentence: str, box: Input | None = None) -> None:
        self.query_one("#unlock-problem", Static).update(Content(sentence))
        if not self._opening:
            (box or self._passphrase).focus()


def _made_at(backup: Path) -> str:
    made = backed_up_at(backup)
    return f"{made.day} {made:%b %Y, %H:%M}"


def _restore(workspace: Workspace, typed: str) -> tuple[Path | None, Path | None]:
    """Bring back the last good backup and open it; gives which it was, and where what was there before is kept."""
    passphrase = typed or workspace.opening.unattended() or ""
    backup = workspace.backups.last_good(passphrase)
    aside = workspace.backups.restore(passphrase, backup)
    workspace.opening.unlock(passphrase)
    return backup, aside


def _choose(workspace: Workspace, passphrase: str, *, keep: bool) -> str:
    """Open new records; gives why the keyring did not take the passphrase, if it was asked to and did not."""
    workspace.opening.set_passphrase(passphrase)
    if keep:
        try:
            workspace.opening.remember_passphrase(passphrase)
        except PassphraseError as error:
            return str(error)
    return ""
