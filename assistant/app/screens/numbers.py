"""The local telephone numbers that stand on act-now cards."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from assistant.app import keys
from assistant.app.colours import MUTED
from assistant.app.screens.screen import BaseScreen
from assistant.app.screens.typed import NextBox
from assistant.app.widgets.footer import Keys
from assistant.app.widgets.key_button import KeyButton
from assistant.noticing.act_now_cards import Number, read_numbers, set_number

WHY = "When something can't wait, the card on screen gives these numbers."
WHY_NOW = f"{WHY} Fill in the ones you know. You won't be asked again, and can change them in Settings."


class NumbersScreen(NextBox, BaseScreen[None]):
    """One box for each number a card may show."""

    HELP = "If you leave a number empty, the card shows the national one, or none."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(keys.STEP, "keep", "Save", tooltip="Keep these numbers"),
        Binding(keys.CLOSE, "leave", "Back", tooltip="Go back without keeping them"),
    ]

    def __init__(self, *, first: bool = False) -> None:
        super().__init__()
        self._first = first
        """Asked by the program, once, and not looked for by somebody."""
        self._numbers: dict[str, Number] = {}

    def compose(self) -> ComposeResult:
        """The boxes come when they are read."""
        with VerticalScroll(classes="column", id="numbers"):
            yield Static("Local numbers", classes="heading")
            yield Static(WHY_NOW if self._first else WHY, classes="muted")
            yield Static(id="problem")
            with Horizontal(classes="buttons", id="number-buttons"):
                yield KeyButton("Save", "F5", "keep", primary=True, id="keep")
                if self._first:
                    yield KeyButton("Not now", "Esc", "leave", id="later")
        yield Keys()

    def on_mount(self) -> None:
        """Read what there is."""
        self.beside(lambda: read_numbers(self.reflect.home), self._show)

    async def _show(self, numbers: dict[str, Number]) -> None:
        self._numbers = numbers
        rows = [
            widget
            for key, one in numbers.items()
            for widget in (
                Static(_label(one), classes="label"),
                Input(one.number, id=key),
            )
        ]
        await self.query_one("#numbers").mount_all(rows, before="#problem")
        self.query(Input).first().focus(scroll_visible=False)

    def action_leave(self) -> None:
        """Back, with the numbers as they were."""
        self.dismiss()

    def action_keep(self) -> None:
        """Keep what has changed."""
        changed = {
            key: box.value
            for key, one in self._numbers.items()
            if (box := self.query_one(f"#{key}", Input)).value.strip() != one.number
        }
        home = self.reflect.home

        def keep() -> int:
            for key, number in changed.items():
                set_number(home, key, number)
            return len(changed)

        def kept(numbers: int) -> None:
            self.dismiss()
            if numbers:
                self.say("Saved. They'll be on the cards from your next session.")

        self.beside(keep, kept)

    def failed(self, error: BaseException) -> None:
        """Say it here, where it is typed."""
        self.query_one("#problem", Static).update(Content(self.sentence(error)))


def _label(one: Number) -> Content:
    """Whose number it is, and what the card has in its place."""
    empty = f"  if left empty: {one.otherwise}" if one.otherwise else ""
    return Content.assemble(one.name, Content.styled(empty, MUTED))
