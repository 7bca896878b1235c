"""A whole review as it was published, line by line, with its learning points marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Static

from assistant.app.colours import MUTED
from assistant.app.content import publisher
from assistant.library.points import LearningPoint, Review, reading_text

if TYPE_CHECKING:
    from assistant.library.library import Library

NUMBER_WIDTH = 5
NO_TWIN = "No other review in the library makes this point."
ABOUT_POINT = (("twin", "Similar points"), ("place", "Compare its review"))
"""What can be done with the point that is read, by the action of the screen."""
_HEADING = re.compile(r"^#+\s*")
_APART = re.compile(r"</?(?:p|ul|ol|li|br|div)\b[^<>]*>|^\||(?<=\s)\|(?=\s)|\|$|(?=• )")
"""Where one line of the source is several to a reader: the cells of a table's row, and the bullets in a cell."""
_TAG = re.compile(r"<[^>]+>")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


@dataclass(frozen=True)
class Opened:
    """A review to read, and the point to read it at."""

    review: Review
    points: tuple[LearningPoint, ...]
    chosen: LearningPoint | None

    @classmethod
    def at(cls, library: Library, review: str, point: str | None) -> Opened:
        """Read from the library; a moment's work, so call it from a thread."""
        points = tuple(library.points_of(review))
        return cls(library.reviews[review], points, next((each for each in points if each.id == point), None))


def ring_of(opened: Opened, before: tuple[str, ...]) -> tuple[str, ...]:
    """The point that is read and the same learning in other reviews, to go round; `before` while it is one of them."""
    chosen = opened.chosen
    if chosen is None:
        return ()
    return before if chosen.id in before else (chosen.id, *chosen.also_in)


class ReaderLine(Static):
    """One line of the source, with its number, which is the number that is cited."""

    DEFAULT_CSS = """
    ReaderLine {
        width: 100%;
        height: auto;
        padding-left: 1;
        border-left: blank;
    }
    ReaderLine.-point {
        border-left: thick $secondary;
    }
    ReaderLine.-chosen {
        border-left: outer $accent;
        background: $panel;
        text-style: bold;
    }
    """

    def __init__(self, number: int, words: Content) -> None:
        super().__init__(words)
        self.number = number


class Reader(VerticalScroll):
    """The review; the chosen point is brought into view."""

    DEFAULT_CSS = """
    Reader {
        scrollbar-gutter: stable;
    }
    Reader > Static {
        max-width: 92;
    }
    """
    BORDER_TITLE = "Review"

    def compose(self) -> ComposeResult:
        """Nothing to read yet."""
        yield Static("Choose a review or a learning point to read it here.", classes="muted")

    async def show(self, opened: Opened) -> None:
        """Read a review, at the chosen point where there is one."""
        review, points = opened.review, opened.points
        in_points = {number for point in points for number in range(point.lines[0], point.lines[1] + 1)}
        lines = [_line(number, text, in_point=number in in_points) for number, text in _readable(review.text)]
        async with self.batch():
            await self.remove_children()
            await self.mount_all([Static(Content(_about(review)), classes="muted"), *lines])
        if opened.chosen:
            self.choose(opened.chosen)
        else:
            self.scroll_home(animate=False)

    def choose(self, point: LearningPoint) -> None:
        """Mark where a point of the review being read stands, and bring it into view."""
        first, last = point.lines
        for line in self.query(ReaderLine):
            line.set_class(first <= line.number <= last, "-chosen")
        self.call_after_refresh(self._bring_into_view)

    def _bring_into_view(self) -> None:
        chosen = next(iter(self.query(".-chosen")), None)
        if chosen is None:
            return
        above = Region(0, max(0, chosen.virtual_region.y - 2), 1, self.size.height)
        self.scroll_to_region(above, animate=False, top=True)


def _about(review: Review) -> str:
    year = f", {review.published}" if review.published else ""
    source = f"{review.title}. {publisher(review.publisher)}{year}."
    return f"{source} {len(review.points)} learning points, marked at the side."


def _readable(text: str) -> list[tuple[int, str]]:
    """The lines that have words in them, by their number in the source; the header of the file is left out."""
    header = _FRONT_MATTER.match(text)
    skipped = header.group().count("\n") if header else 0
    numbered = enumerate(text.splitlines(), start=1)
    return [(number, line) for number, line in numbered if number > skipped and _TAG.sub("", line).strip(" |-\t")]


def _line(number: int, text: str, *, in_point: bool) -> ReaderLine:
    parts = (reading_text(_TAG.sub(" ", part)) for part in _APART.split(_HEADING.sub("", text)))
    words = "\n".join(part for part in parts if part)
    style = "bold $primary" if _HEADING.match(text) else ""
    line = ReaderLine(
        number, Content.assemble(Content.styled(f"{number:>{NUMBER_WIDTH}} ", MUTED), Content.styled(words, style))
    )
    line.set_class(in_point, "-point")
    return line
