"""Who is in the case so far, one a line; each can be put right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.app.colours import MUTED
from assistant.conversation.case_sketch import CaseSketch, Person
from assistant.language.ages import in_short

EXPECTED = {"child": "a child", "mother": "mum", "father": "dad"}
"""Whose absence from an account is worth seeing."""
_ADD = "add"
"""The last line, which adds somebody."""


class PeoplePanel(OptionList):
    """The people of the case sketch."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Put right", tooltip="Change their name, age or who they are, or take them out"),
    ]

    @dataclass
    class Chosen(Message):
        """Somebody is to be put right, or added where it is nobody yet."""

        person: str

    def __init__(self) -> None:
        super().__init__(id="people")
        self.show(CaseSketch())

    def show(self, sketch: CaseSketch) -> None:
        """Who is known now, and who has not been spoken of."""
        at = self.highlighted
        self.set_options(Option(_line(person), id=person.id) for person in sketch.people)
        if missing := _missing(sketch):
            self.add_option(Option(Content.styled(f"not mentioned yet: {', '.join(missing)}", MUTED), disabled=True))
        self.add_option(Option(Content.styled("+ add somebody", MUTED), id=_ADD))
        self.highlighted = min(at, self.option_count - 1) if at is not None else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Hand it on."""
        event.stop()
        self.post_message(self.Chosen("" if event.option_id == _ADD else event.option_id or ""))


def _missing(sketch: CaseSketch) -> list[str]:
    there = {person.role for person in sketch.people}
    missing = [called for role, called in EXPECTED.items() if role not in there]
    if "man" in there and "dad" in missing:
        missing.remove("dad")
    return missing


def _line(person: Person) -> Content:
    facts = [
        in_short(person.age),
        "not yet met" if person.met is False else "",
        "seen alone" if person.seen_alone else "",
    ]
    said = ", ".join(fact for fact in facts if fact)
    return Content.assemble(person.called, Content.styled(f"  {said}" if said else "", MUTED))
