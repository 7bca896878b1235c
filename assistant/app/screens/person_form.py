"""Somebody in the case, put right: what they are called, how old they are, who they are to the case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Select, Static

from assistant.app import keys
from assistant.app.screens.dialogue import DialogueScreen
from assistant.app.screens.typed import NextBox
from assistant.app.widgets.footer import Keys
from assistant.app.widgets.key_button import KeyButton
from assistant.conversation.case_sketch import CaseSketch, Person
from assistant.noticing.reading import Role

ROLES: dict[Role, str] = {
    "child": "A child",
    "mother": "A mother",
    "father": "A father or stepfather",
    "man": "Another man",
    "wider-family": "Wider family",
    "carer": "A foster carer or childminder",
    "professional": "A professional",
}


@dataclass(frozen=True)
class PutRight:
    """How somebody should stand in the sketch."""

    person: Person | None
    """Nobody yet where somebody is added."""
    called: str
    age: str
    role: Role
    removed: bool = False

    def corrections(self, sketch: CaseSketch, called: str) -> Iterator[tuple[str, str | None]]:
        """The entries of the sketch that change and what each should say; `called` is the name without what tells."""
        if self.person is None:
            number = sum(one.role == self.role for one in sketch.people) + 1
            yield self.role, called
            if self.age:
                yield f"{self.role}-{number}/age", self.age
            return
        whom = self.person.id
        if self.removed:
            yield whom, None
            return
        if called != self.person.called:
            yield whom, called
        if self.age != self.person.age:
            yield f"{whom}/age", self.age or None
        if self.role != self.person.role:
            yield f"{whom}/role", self.role


class PersonScreen(NextBox, DialogueScreen[PutRight]):
    """Three things about one person."""

    HELP = "Change what isn't right and press F5. Use a made-up name or what they are to the child: the aunt, Mum."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(keys.STEP, "keep", "Save", tooltip="Keep it like this"),
        Binding(keys.CLOSE, "back", "Back", tooltip="Leave it as it was"),
    ]

    def __init__(self, person: Person | None) -> None:
        super().__init__()
        self._person = person

    def compose(self) -> ComposeResult:
        """The boxes; somebody who is there already can be taken out."""
        person = self._person
        with VerticalScroll(id="person", can_focus=False):
            yield Static(Content(f"Put right: {person.called}" if person else "Add somebody"), classes="heading")
            yield Static("What you call them (a made-up name)", classes="label")
            yield Input(person.called if person else "", id="called", select_on_focus=False)
            yield Static("Age, if you know it", classes="label")
            yield Input(person.age if person else "", id="age", select_on_focus=False)
            yield Static("Who they are", classes="label")
            role = person.role if person and person.role in ROLES else "child"
            yield Select([(name, role) for role, name in ROLES.items()], value=role, allow_blank=False, id="role")
            with Horizontal(classes="buttons"):
                yield KeyButton("Save", "F5", "keep", primary=True, id="keep")
                if person:
                    yield Button("Take them out", id="remove", compact=True)
        yield Keys()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """They are taken out."""
        if event.button.id == "remove":
            self.dismiss(self._right(removed=True))

    def action_keep(self) -> None:
        """Like this; somebody without a name is nobody."""
        if not self.query_one("#called", Input).value.strip():
            self.query_one("#called", Input).focus()
        else:
            self.dismiss(self._right(removed=False))

    def action_back(self) -> None:
        """As it was."""
        self.dismiss(None)

    def _right(self, *, removed: bool) -> PutRight:
        called, age = (" ".join(self.query_one(f"#{name}", Input).value.split()) for name in ("called", "age"))
        role = self.query_one("#role", Select).value
        return PutRight(self._person, called, age, role, removed)  # type: ignore[arg-type]  # one of ROLES
