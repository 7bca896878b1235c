"""The mirror: whom the account has named so far, as bars. It counts; it does not judge."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

NAMES = {
    "child": "Child",
    "mother": "Mother",
    "father": "Fathers, men",
    "wider-family": "Wider family",
    "professional": "Professionals",
}
LONGEST_BAR = 6
NAME_WIDTH = 13


class MirrorPanel(VerticalScroll):
    """How often each is named in the answers so far."""

    BORDER_TITLE = "Who is in your account"

    def compose(self) -> ComposeResult:
        """Nothing yet."""
        yield Static(
            "Whom your answers name, and whom they do not, is counted here.", id="mirror-bars", classes="muted"
        )

    def show(self, people: Mapping[str, int]) -> None:
        """Draw the bars; somebody not named has a row too."""
        if not people:
            return
        mirror = self.query_one("#mirror-bars", Static)
        mirror.remove_class("muted")
        most = max(1, *people.values())
        mirror.update(Content("\n").join(_bar(name, people.get(person, 0), most) for person, name in NAMES.items()))


def _bar(name: str, count: int, most: int) -> Content:
    length = round(LONGEST_BAR * count / most) if count else 0
    bar = "█" * max(length, 1 if count else 0)
    said = str(count) if count else "not named"
    return Content.assemble(f"{name:<{NAME_WIDTH}} ", Content.styled(bar, "$primary"), " " if bar else "", said)
