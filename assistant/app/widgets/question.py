"""The question on the table."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
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


class QuestionView(Vertical):
    """Theme and stage, the question, and on a key why it is asked."""

    DEFAULT_CSS = """
    QuestionView {
        height: auto;
    }
    QuestionView #question {
        text-style: bold;
        margin-bottom: 1;
    }
    QuestionView #beside {
        display: none;
        padding-left: 1;
        border-left: thick $secondary;
        margin-bottom: 1;
    }
    QuestionView.-beside #beside {
        display: block;
    }
    QuestionView #why {
        display: none;
        color: $muted;
        margin-bottom: 1;
    }
    QuestionView.-explained #why {
        display: block;
    }
    """

    def compose(self) -> ComposeResult:
        """Empty until a question comes."""
        yield Static(id="part", classes="heading")
        yield Static(id="beside")
        yield Static(id="question")
        yield Static(id="why")

    def show(self, ask: Ask, theme: str | None) -> None:
        """Put a question on the table; `theme` is the theme's name where it has one."""
        stage = STAGES.get(ask.stage, ask.stage)
        self.query_one("#part", Static).update(Content(f"{theme}: {stage.lower()}" if theme else stage))
        self.query_one("#beside", Static).update(Content("\n").join(_quoted(quoted) for quoted in ask.beside))
        self.set_class(bool(ask.beside), "-beside")
        self.query_one("#question", Static).update(Content(ask.text))
        because = ask.because if ask.because.endswith(".") else f"{ask.because}."
        self.query_one("#why", Static).update(Content(f"{ask.intent} Asked because: {because}".strip()))
        self.remove_class("-explained")

    def explain(self) -> None:
        """Show why it is asked, or hide it again."""
        self.toggle_class("-explained")


def _quoted(quoted: Beside) -> Content:
    """Exact words of a review, and where they stand."""
    first, last = quoted.lines
    lines = f"line {first}" if first == last else f"lines {first} to {last}"
    year = f", {quoted.published}" if quoted.published else ""
    place = f"{quoted.title}. {quoted.publisher}{year}. “{quoted.section}”, {lines}."
    return Content.assemble(reading_text(quoted.text), " ", Content.styled(place, MUTED))
