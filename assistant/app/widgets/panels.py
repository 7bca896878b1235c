"""What stands beside the conversation: all of it where there is room, one at a time under tabs where there is not.

Only classes change here; the style sheet of the screen decides by its width what is shown.
"""

from __future__ import annotations

from typing import ClassVar

from textual.widget import Widget
from textual.widgets import Tab, Tabs

PANELS: dict[str, str] = {
    "conversation": "Question",
    "learning": "Learning",
    "mirror": "Mirror",
    "agenda": "Agenda",
    "note": "Note",
}


def after(panel: str) -> str:
    """The panel that comes after this one, round and round."""
    order = list(PANELS)
    return order[(order.index(panel) + 1) % len(order)]


class PanelTabs(Tabs):
    """The tabs; `conversation` counts as a panel only on the narrowest screens."""

    FRONT: ClassVar[str] = "-front"

    def __init__(self) -> None:
        super().__init__(*(Tab(label, id=f"tab-{panel}") for panel, label in PANELS.items()), active="tab-learning")
        self._narrowest = False

    @property
    def panel(self) -> str:
        """Which panel is chosen."""
        return self.active.removeprefix("tab-")

    def choose(self, panel: str) -> None:
        """Bring a panel to the front; beside the conversation, where it has no tab, the learning belongs."""
        self.active = f"tab-{'learning' if panel == 'conversation' and not self._narrowest else panel}"

    def count(self, panel: str, number: int) -> None:
        """Say on the tab how many things wait under it."""
        label = f"{PANELS[panel]} {number}" if number else PANELS[panel]
        self.query_one(f"#tab-{panel}", Tab).label = label

    def fit(self, *, narrowest: bool) -> None:
        """The conversation has a tab only where it shares its place with the panels."""
        self.query_one("#tab-conversation", Tab).display = narrowest
        changed = narrowest is not self._narrowest
        self._narrowest = narrowest
        if (narrowest and changed) or self.panel == "conversation":
            self.choose("conversation")

    def apply(self, screen: Widget) -> None:
        """Mark the chosen panel, so that the styles can show it."""
        for panel in PANELS:
            screen.query_one(f"#{panel}").set_class(panel == self.panel, self.FRONT)
