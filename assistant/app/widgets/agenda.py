"""The agenda: what is done, what is now, what is to come and what is parked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assistant.app.themes import MUTED
from assistant.conversation.moves import Standing

_MARKS: dict[Standing, str] = {"done": "✓", "now": "▶", "to come": "·", "parked": "–"}


@dataclass(frozen=True)
class AgendaLine:
    """One theme as the agenda shows it."""

    name: str
    standing: Standing
    because: str


class AgendaPanel(VerticalScroll):
    """The themes of this session, in order, each with a word for where it stands."""

    BORDER_TITLE = "Agenda"

    def compose(self) -> ComposeResult:
        """Nothing yet."""
        yield Static(
            "The themes of this session are listed here once it is under way.", id="agenda-lines", classes="muted"
        )

    def show(self, lines: Sequence[AgendaLine]) -> None:
        """Show the themes."""
        if not lines:
            return
        shown = Content("\n").join(_line(line) for line in lines)
        agenda = self.query_one("#agenda-lines", Static)
        agenda.remove_class("muted")
        agenda.update(shown)


def _line(line: AgendaLine) -> Content:
    name = Content.styled(line.name, "bold" if line.standing == "now" else "")
    return Content.assemble(
        f"{_MARKS[line.standing]} ",
        name,
        " ",
        Content.styled(f"({line.standing}). {_sentence(line.because)}", MUTED),
    )


def _sentence(because: str) -> str:
    return because[:1].upper() + because[1:].rstrip(".") + "." if because else ""
