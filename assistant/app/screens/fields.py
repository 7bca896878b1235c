"""A few things about one entry of a list, put right in boxes; the entry can be taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Static

from assistant.app import keys
from assistant.app.screens.dialogue import DialogueScreen
from assistant.app.screens.typed import NextBox
from assistant.app.widgets.footer import Keys
from assistant.app.widgets.key_button import KeyButton

Filled = Mapping[str, str]
"""What stands in each box; nothing at all where the entry is to be taken out."""


class FieldsScreen(NextBox, DialogueScreen[Filled]):
    """One box for each."""

    HELP = "Change what isn't right and press F5. Esc leaves it as it was."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(keys.STEP, "keep", "Save", tooltip="Keep it like this"),
        Binding(keys.CLOSE, "back", "Back", tooltip="Leave it as it was"),
    ]

    def __init__(self, heading: str, fields: Sequence[tuple[str, str, str]], *, removable: bool = True) -> None:
        super().__init__()
        self._heading = heading
        self._fields = fields
        """Key, label and value of each."""
        self._removable = removable

    def compose(self) -> ComposeResult:
        """The boxes and what can be done."""
        with VerticalScroll(id="fields", can_focus=False):
            yield Static(Content(self._heading), classes="heading")
            for key, label, value in self._fields:
                yield Static(Content(label), classes="label")
                yield Input(value, id=key, select_on_focus=False)
            with Horizontal(classes="buttons"):
                yield KeyButton("Save", "F5", "keep", primary=True, id="keep")
                if self._removable:
                    yield Button("Take it out", id="take-out", compact=True)
        yield Keys()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """It is taken out."""
        if event.button.id == "take-out":
            self.dismiss({})

    def action_keep(self) -> None:
        """Like this."""
        self.dismiss({key: self.query_one(f"#{key}", Input).value.strip() for key, _, _ in self._fields})

    def action_back(self) -> None:
        """As it was."""
        self.dismiss(None)
