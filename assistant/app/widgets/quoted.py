"""The learning of this session so far, the newest first: one line each, to open in its review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.app.colours import MUTED
from assistant.app.panel_models import last_found_nothing, short
from assistant.conversation.state import State
from assistant.library.points import lines_in_words, reading_text
from assistant.retrieval.results import Hit

_WORDS = 66
_EMPTY = "Comes under your answers as you go."
_NOTHING = "Nothing close to your last answer."


class QuotedPanel(OptionList):
    """Quotations that were shown and not marked as beside the point."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Read", tooltip="Read it in its review")]

    @dataclass
    class Opened(Message):
        """A quotation is to be read where it stands."""

        hit: str

    def __init__(self) -> None:
        super().__init__(Option(Content.styled(_EMPTY, MUTED), disabled=True), id="quoted")
        self._shown: tuple[list[str], list[tuple[str, bool]]] = ([_EMPTY], [])

    def show(self, state: State) -> None:
        """What was quoted so far; the one marked useful says so."""
        marks = dict(state.marks)
        hits = {hit.id: hit for turn in reversed(state.turns) if turn.offered for hit in turn.offered.hits}
        shown = [hit for hit in hits.values() if marks.get(hit.id) != "not-this"]
        now = [(hit.id, marks.get(hit.id) == "useful") for hit in shown]
        nothing = [_NOTHING] if last_found_nothing(state) else [] if shown else [_EMPTY]
        if (nothing, now) != self._shown:
            self._shown = (nothing, now)
            self.set_options(
                [
                    *(Option(Content.styled(sentence, MUTED), disabled=True) for sentence in nothing),
                    *(Option(_line(hit, useful=marks.get(hit.id) == "useful"), id=hit.id) for hit in shown),
                ]
            )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Hand it on."""
        event.stop()
        self.post_message(self.Opened(event.option_id or ""))


def _line(hit: Hit, *, useful: bool) -> Content:
    words = f"{'✓ ' if useful else ''}“{short(reading_text(hit.text), _WORDS)}”"
    return Content.assemble(words, Content.styled(f" {hit.title}, {lines_in_words(hit.lines)}", MUTED))
