"""Before words are kept: what in them could give somebody away, and what is to stand in its place."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from assistant.app import keys, timing
from assistant.app.screens.dialogue import DialogueScreen
from assistant.app.screens.typed import Typed
from assistant.app.stand_ins import put_in
from assistant.app.widgets.footer import Keys
from assistant.app.widgets.key_button import KeyButton
from assistant.app.widgets.names_asked import EMPTY, Chosen
from assistant.noticing.identifier_shapes import Identifier


class NamesScreen(DialogueScreen[Chosen]):
    """One box for each thing found. Nothing is replaced without somebody's word, and nothing takes the keyboard."""

    AUTO_FOCUS = ""
    HELP = (
        "Tab goes to the boxes. Type a role or a made-up name for each. If you leave a box empty, your words stay as "
        "you typed them."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(keys.STEP, "send", "Go on"),
        Binding(keys.CLOSE, "back", "Back to my words"),
    ]

    def __init__(self, found: tuple[Identifier, ...]) -> None:
        super().__init__()
        self._found = list({one.text: one for one in found}.values())
        self._listens = False

    def compose(self) -> ComposeResult:
        """Why this is asked, and the boxes."""
        with VerticalScroll(id="names", can_focus=False):
            yield Static("Could somebody be recognised by this?", classes="heading")
            yield Static(
                "Tab goes to the boxes. A role, such as “the aunt”, reads best. Empty the box of a name that's made "
                "up. It's remembered.",
                classes="muted",
            )
            stand_ins = put_in(self._found)
            for number, one in enumerate(self._found):
                yield Static(Content(f"“{one.text}”"), classes="label")
                yield Input(stand_ins[one.text], placeholder=EMPTY, id=f"name-{number}", disabled=True)
            with Horizontal(classes="buttons"):
                yield KeyButton("Go on", "F5", "send", primary=True, disabled=True, id="send")
        yield Keys()

    def on_mount(self) -> None:
        """What was typed ahead is for something else."""
        self.set_timer(timing.DEAF_S, self.listen)

    def listen(self) -> None:
        """From now on it can be answered, by whoever moves here."""
        self._listens = True
        for box in self.query("Input, Button"):
            box.disabled = False

    def take_letter(self, letter: str) -> bool:
        """No letter comes here by itself: it belongs where somebody was typing when this came over it."""
        below = self.app.screen_stack[-2]
        match below.focused:
            case Input() as box:
                box.insert_text_at_cursor(letter)
            case TextArea() as box:
                box.insert(letter)
            case _ if isinstance(below, Typed):
                below.take_letter(letter)
        return True

    def enter_in(self, box: Widget | None) -> bool:
        """To the next box."""
        if on := isinstance(box, Input) and box.id != f"name-{len(self._found) - 1}":
            self.focus_next(Input)
        return on

    def on_input_submitted(self) -> None:
        """Enter after the last sends."""
        self.action_send()

    def action_send(self) -> None:
        """With what was chosen."""
        if not self._listens:
            return
        boxes = [self.query_one(f"#name-{number}", Input).value.strip() for number in range(len(self._found))]
        self.dismiss({one.text: chosen or one.text for one, chosen in zip(self._found, boxes, strict=True)})

    def action_back(self) -> None:
        """The words go back to the box and nothing is kept."""
        if self._listens:
            self.dismiss(None)
