"""Before words are kept: what in them could give somebody away, asked in the conversation, in its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from assistant.app.sizes import NARROW
from assistant.app.stand_ins import put_in
from assistant.app.widgets.chips import Chips
from assistant.noticing.identifier_shapes import Identifier

Chosen = dict[str, str]
"""What stands in for each thing found; the thing itself where it was left."""
ANSWERS = (("go", "Use these"), ("made-up", "They're made up, keep them"), ("back", "Change my words"))
AROUND = 30
"""Characters of the sentence shown before and after what was found."""
EMPTY = "empty: stays as you typed it"
"""Without colour an example in an empty box looks like what will stand there."""


class NamesBlock(Vertical):
    """One box for each thing found. Nothing is replaced without somebody's word, and nothing takes the keyboard."""

    DEFAULT_CSS = """
    NamesBlock {
        height: auto;
        margin-bottom: 1;
        padding: 0 1;
        border-left: outer $accent;
        background: $surface;
    }
    NamesBlock .label {
        margin-top: 1;
    }
    NamesBlock Chips {
        margin-top: 1;
    }
    """

    @dataclass
    class Decided(Message):
        """What stands for each; None gives the words back."""

        chosen: Chosen | None

    def __init__(self, words: str, found: Sequence[Identifier]) -> None:
        super().__init__()
        self._words = words
        self._found = list({one.text: one for one in found}.values())

    def compose(self) -> ComposeResult:
        """Why this is asked, each thing in its sentence, and the two ways on."""
        yield Static("Could somebody be recognised by this?", classes="heading")
        yield Static(
            "Tab goes to the boxes. A role, such as “the aunt”, reads best. It's remembered for this case.",
            classes="muted",
        )
        stand_ins = put_in(self._found)
        for number, one in enumerate(self._found):
            yield Static(self._in_its_sentence(one), classes="label")
            yield Input(stand_ins[one.text], placeholder=EMPTY, id=f"name-{number}")
        yield Chips(ANSWERS, deaf=True, down=self.app.size.width < NARROW, id="names-answers")

    def _in_its_sentence(self, one: Identifier) -> Content:
        before, after = self._words[: one.start].replace("\n", " "), self._words[one.end :].replace("\n", " ")
        if len(before) > AROUND:
            before = f"… {before[-AROUND:].partition(' ')[2]}"
        if len(after) > AROUND:
            after = f"{after[:AROUND].rpartition(' ')[0]} …"
        return Content.assemble(
            Content.styled(before, "$muted"), Content.styled(one.text, "bold"), Content.styled(after, "$muted")
        )

    def go_on(self, box: Widget) -> None:
        """From a box to the next, and from the last to the ways on."""
        number = int((box.id or "name-0").removeprefix("name-"))
        last = number + 1 == len(self._found)
        self.screen.set_focus(self.query_one("#names-answers" if last else f"#name-{number + 1}"))

    def on_chips_picked(self, event: Chips.Picked) -> None:
        """With what was chosen, or back."""
        event.stop()
        if event.name == "back":
            self.post_message(self.Decided(None))
            return
        if event.name == "made-up":
            self.post_message(self.Decided({one.text: one.text for one in self._found}))
            return
        boxes = [self.query_one(f"#name-{number}", Input).value.strip() for number in range(len(self._found))]
        self.post_message(
            self.Decided({one.text: chosen or one.text for one, chosen in zip(self._found, boxes, strict=True)})
        )
