"""The very first screen: look at it on a made-up case, or set it up. Two decisions, and nothing before them."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.app import keys
from assistant.app.colours import MUTED
from assistant.app.screens.screen import BaseScreen
from assistant.app.screens.unlock import ENTER
from assistant.app.widgets.answer_box import AnswerBox
from assistant.app.widgets.footer import Keys

WAYS = (
    ("try", "Try it now", "A made-up case, straight to the first question. Nothing is kept. No passphrase needed."),
    ("set-up", "Set up", "Choose the passphrase that locks what you write. Then begin with a case of your own."),
)


class WelcomeScreen(BaseScreen[None]):
    """Two ways to begin."""

    ANSWERED_FIRST = True
    HELP = "Choose with the arrow keys and Enter, or with the mouse. You can try it first and set up later."
    BINDINGS: ClassVar[list[BindingType]] = [Binding(keys.CLOSE, "app.quit", "Quit")]

    def __init__(self) -> None:
        super().__init__()
        self.typed_since = ""
        """What was typed after a way was chosen: it belongs to what comes."""
        self._chosen = False

    def compose(self) -> ComposeResult:
        """What it is, and the two ways."""
        with VerticalScroll(classes="column"):
            yield Static("Reflect", classes="heading")
            yield Static("Think through a case, one good question at a time.", classes="muted")
            yield OptionList(
                *(
                    part
                    for way, name, says in WAYS
                    for part in (_way(way, name, says), None)  # a quiet rule after each
                ),
                id="ways",
            )
            yield Static("● Getting a made-up case ready …", id="getting-ready", classes="muted")
            yield AnswerBox(id="meanwhile")
            yield Static("Everything you write stays on this computer.", classes="muted")
        yield Keys()

    def on_mount(self) -> None:
        """Trying it is the harmless one, and stands first."""
        self._get_ready(begun=False)
        self.query_one(OptionList).highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The way chosen."""
        if event.option_id == "set-up":
            self.dismiss(None)
            return
        self._get_ready(begun=True)
        typing = self.query_one(AnswerBox)
        typing.put(self.typed_since)
        self.beside(self.reflect.make_trial, lambda made: self.reflect.open_trial(made, typing.text))

    def enter_in(self, box: Widget | None) -> bool:
        """Enter chooses; a second one is typed for what comes."""
        if self._chosen and isinstance(box, OptionList):
            self.typed_since += ENTER
            return True
        self._chosen = isinstance(box, OptionList)
        return False

    def take_letter(self, letter: str) -> bool:
        """Nothing typed after choosing is lost."""
        if self._chosen:
            self.typed_since += letter
        return self._chosen

    def after_a_failure(self) -> None:
        """Both ways are open again."""
        self._chosen = False
        self._get_ready(begun=False)

    def _get_ready(self, *, begun: bool) -> None:
        """Something stands here at once, and whoever types already loses no letter."""
        ways, typing = self.query_one(OptionList), self.query_one(AnswerBox)
        ways.display = not begun
        self.query_one("#getting-ready").display = typing.display = begun
        (typing if begun else ways).focus()


def _way(way: str, name: str, says: str) -> Option:
    return Option(Content.assemble(Content.styled(name, "bold"), "\n", Content.styled(says, MUTED)), id=way)
