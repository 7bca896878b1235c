"""The question on the table, what is read before it, and what can be read beside it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Literal

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assistant.app.themes import MUTED
from assistant.conversation.events import Beside
from assistant.conversation.moves import Ask
from assistant.library.model import reading_text

STAGES = {
    "opening": "To begin",
    "experience": "What happened",
    "reflection": "What it was like",
    "analysis": "What it may mean",
    "action": "What to do",
    "closing": "To close",
}
MORE = "More: Shift+Tab, then ↑ ↓"
Aside = Literal["why", "notes"]


class Pages(VerticalScroll):
    """Scrolls, and is a stop for the keyboard only while there is more than fits."""

    def allow_focus(self) -> bool:
        """With nothing to scroll, Shift+Tab goes past it."""
        return self.show_vertical_scrollbar


class Passage(Vertical):
    """Words that may be longer than the place they have; the wheel or the keys read on, and a line says which keys."""

    DEFAULT_CSS = """
    Passage {
        height: auto;
        display: none;
    }
    Passage.-told {
        display: block;
    }
    Passage Pages {
        height: auto;
        scrollbar-gutter: stable;
        padding-left: 1;
    }
    Passage Pages:focus {
        background: $panel;
    }
    Passage .more {
        display: none;
        color: $muted;
        padding-left: 2;
    }
    Passage.-longer .more {
        display: block;
    }
    """

    def compose(self) -> ComposeResult:
        """The words, and the line about the keys."""
        with Pages():
            yield Static()
        yield Static(MORE, classes="more")

    def on_mount(self) -> None:
        """The line stands there only while it is true."""
        self.watch(self.query_one(Pages), "show_vertical_scrollbar", self._say_more)

    def _say_more(self, longer: bool) -> None:
        self.set_class(longer, "-longer")

    def tell(self, words: Content) -> None:
        """Show these words from their beginning; none takes the place away."""
        pages = self.query_one(Pages)
        pages.query_one(Static).update(words)
        pages.scroll_home(animate=False)
        self.set_class(bool(words.plain), "-told")


class QuestionView(Vertical):
    """Theme and stage, what is read out first and the words of a review, the question; on a key, why, and notes.

    However much there is to read, it takes no more than a part of the screen: the answer box keeps its place.
    """

    DEFAULT_CSS = """
    QuestionView {
        height: auto;
        max-height: 60vh;
        overflow-y: auto;
    }
    QuestionView #question {
        text-style: bold;
        margin-bottom: 1;
    }
    QuestionView #setting, QuestionView #aside {
        margin-bottom: 1;
    }
    QuestionView Pages {
        max-height: 27vh;
    }
    QuestionView #setting Pages {
        border-left: thick $secondary;
    }
    QuestionView Passage.-longer {
        margin-bottom: 0;
    }
    QuestionView #aside {
        color: $muted;
    }
    QuestionView #aside Pages {
        padding-left: 0;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._asides: dict[Aside, Content] = {}
        self._aside: Aside | None = None

    def compose(self) -> ComposeResult:
        """Empty until a question comes."""
        yield Static(id="part", classes="heading")
        yield Passage(id="setting")
        yield Static(id="question")
        yield Passage(id="aside")

    def show(self, ask: Ask, theme: str | None) -> None:
        """Put a question on the table; `theme` is the theme's name where it has one."""
        stage = STAGES.get(ask.stage, ask.stage)
        self.query_one("#part", Static).update(Content(f"{theme}: {stage.lower()}" if theme else stage))
        said_first = (Content(words) for words in ask.said_first)
        self.query_one("#setting", Passage).tell(Content("\n").join([*said_first, *_facts(ask)]))
        self.query_one("#question", Static).update(Content(ask.text))
        because = ask.because if ask.because.endswith(".") else f"{ask.because}."
        notes = Content(f"For whoever leads the group: {ask.facilitator}")
        self._asides = {
            "why": Content(f"{ask.intent} Asked because: {because}".strip()),
            "notes": notes if ask.facilitator else Content(),
        }
        self._show_aside(None)

    def turn_to(self, aside: Aside) -> None:
        """Show why it is asked, or the notes for whoever leads the group; a second time hides it again."""
        self._show_aside(None if self._aside == aside else aside)

    def _show_aside(self, aside: Aside | None) -> None:
        self._aside = aside
        self.query_one("#aside", Passage).tell(self._asides[aside] if aside else Content())
        self.set_class(aside is not None, "-aside")


def _facts(ask: Ask) -> Iterator[Content]:
    """Exact words of reviews; what stands in one section says so once, each with its own lines."""
    for place, facts in groupby(ask.beside, key=_place):
        together = list(facts)
        if len(together) == 1:
            yield _quoted(together[0], f"{place}, {_lines(together[0])}.", ask.text)
        else:
            yield from (_quoted(fact, f"({_lines(fact)})", ask.text, before="• ") for fact in together)
            yield Content.styled(f"{place}.", MUTED)


def _quoted(quoted: Beside, where: str, question: str, *, before: str = "") -> Content:
    """Words and where they stand; a question that is itself a quotation is not said twice."""
    words = "" if quoted.text == question else f"{before}{reading_text(quoted.text)} "
    return Content.assemble(words, Content.styled(where, MUTED))


def _place(quoted: Beside) -> str:
    year = f", {quoted.published}" if quoted.published else ""
    return f"{quoted.title}. {quoted.publisher}{year}. “{quoted.section}”"


def _lines(quoted: Beside) -> str:
    first, last = quoted.lines
    return f"line {first}" if first == last else f"lines {first} to {last}"
