"""One question and what came of it: what was read first, the answer with its time, and the learning under it.

It draws a turn of the session's state and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from assistant.app import content
from assistant.app.colours import MUTED
from assistant.app.widgets.chips import Chips
from assistant.app.widgets.composer import Composer
from assistant.app.widgets.learning import LearningCard
from assistant.conversation.events import Asked, Beside, Mark, Voice
from assistant.conversation.state import Card, Turn
from assistant.conversation.voices import by_voice, told_apart
from assistant.conversation.wording import choices_of
from assistant.library.points import lines_in_words, reading_text
from assistant.retrieval.results import Hit

NARROW_CHOICES = 60
"""Choices that take more columns than this stand under one another."""


class ChangeBox(Composer):
    """An answer being changed where it stands."""

    def __init__(self, place: int, *, enter_sends: bool, two_voices: bool) -> None:
        super().__init__(enter_sends=enter_sends, two_voices=two_voices)
        self.add_class("after")
        self.placeholder = "What should stand here instead"
        self.place = place
        """The turn it belongs to."""


class TurnView(Vertical):
    """A part of the conversation."""

    @dataclass
    class ChangeWanted(Message):
        """The answer is to be changed."""

        place: int

    DEFAULT_CSS = """
    TurnView {
        height: auto;
        width: 100%;
        margin-bottom: 1;
    }
    TurnView .part {
        color: $primary;
        text-style: bold;
        margin-bottom: 1;
    }
    TurnView .facts {
        border-left: outer $secondary;
        padding-left: 1;
        margin-bottom: 1;
    }
    TurnView .asked {
        text-style: bold;
        height: auto;
    }
    TurnView .asked .dot {
        width: 2;
    }
    TurnView .asked .words {
        width: 1fr;
    }
    TurnView .aside, TurnView .happened, TurnView .nothing {
        color: $muted;
        padding-left: 2;
    }
    TurnView .happened, TurnView .nothing {
        margin-top: 1;
    }
    TurnView .said {
        margin-top: 1;
        padding: 0 1;
        border-left: outer $primary;
        background: $surface;
    }
    TurnView LearningCard {
        margin: 1 0 0 2;
    }
    TurnView .offers {
        margin: 1 0 0 2;
    }
    """

    def __init__(
        self, turn: Turn, part: str, names: Mapping[str, str], *, place: int, quoted_before: bool = False
    ) -> None:
        super().__init__()
        self.turn = turn
        self.place = place
        """Which turn of the session it is, counted from 0."""
        self._part = part
        """The heading, where this turn begins a new part."""
        self._names = names
        self._quoted_before = quoted_before
        """The words of a review it is asked of stand over the question before it."""
        self._aside = ""

    def compose(self) -> ComposeResult:
        """The question; the rest is drawn by `draw`."""
        asked = self.turn.asked
        if self._part:
            yield Static(Content(self._part), classes="part")
        if before := _said_before(asked, () if self._quoted_before else asked.beside):
            # one line said first is the program taking up what was said, and not something to be read out
            taken_up = len(asked.said_first) == 1 and (self._quoted_before or not asked.beside)
            yield Static(before, classes="taken-up" if taken_up else "facts")
        with Horizontal(classes="asked"):
            yield Static("●", classes="dot")
            yield Static(Content(asked.text), classes="words")

    async def draw(
        self,
        turn: Turn,
        cards: Sequence[Card],
        marks: Mapping[str, Mark],
        *,
        hits: Sequence[Hit] = (),
        open_now: bool,
        nothing: str = "",
        pending: str = "",
    ) -> None:
        """Everything under the question, afresh; `nothing` says why nothing is quoted under it.

        `pending` are words on their way, shown already.
        """
        self.turn = turn
        async with self.batch():
            await self.query(".after").remove()
            await self.mount_all(self._after(turn, cards, marks, hits, open_now=open_now, pending=pending))
            if nothing and not pending:
                await self.mount(Static(Content(nothing), classes="nothing after"))

    def on_click(self, event: events.Click) -> None:
        """A click on an answer takes it up, to change it; words marked there are to be copied."""
        if event.widget is not None and event.widget.has_class("said") and not self.screen.selections:
            self.post_message(self.ChangeWanted(self.place))

    async def change(self, box: ChangeBox) -> None:
        """The answer is a box."""
        said = self.query_one(".said")
        said.display = False
        await self.mount(box, after=said)

    def changed(self) -> None:
        """It is an answer again, as it was."""
        self.query_one(".said").display = True

    def turn_to(self, aside: str) -> bool:
        """Show why it is asked, or the notes for whoever leads; a second time hides it. Says whether it is shown."""
        self._aside = "" if self._aside == aside else aside
        self.query(".aside").remove()
        if self._aside:
            self.mount(Static(Content(self._aside_words()), classes="aside"), after=self.query_one(".asked"))
        return bool(self._aside)

    def _aside_words(self) -> str:
        asked = self.turn.asked
        if self._aside == "notes":
            return f"For whoever leads the group: {asked.facilitator}"
        because = asked.because if asked.because.endswith(".") else f"{asked.because}."
        return f"{asked.intent} Asked because: {because}".strip()

    def _after(
        self,
        turn: Turn,
        cards: Sequence[Card],
        marks: Mapping[str, Mark],
        hits: Sequence[Hit],
        *,
        open_now: bool,
        pending: str,
    ) -> Iterator[Widget]:
        words = pending or turn.answer
        if words is not None:
            said = _told(*(told_apart(pending) if pending else (words, turn.voices)))
            if turn.answered_at is not None and not pending:
                said = Content.assemble(said, Content.styled(f"   {turn.answered_at:%H:%M}", MUTED))
            yield Static(said, classes="said after")
        elif turn.skipped:
            yield Static("You skipped this one.", classes="happened after")
        for card in cards:
            yield Static(Content(_met(card)), classes="happened after")
        for hit in () if pending else hits:
            learning = LearningCard(hit, marks.get(hit.id), self._names)
            learning.add_class("after")
            yield learning
        if open_now and not pending and (choices := choices_of(turn.asked)):
            yield self._offers(choices)

    def _offers(self, choices: Sequence[str]) -> Chips:
        offered = [(f"choice:{choice}", f"{place} {choice}") for place, choice in enumerate(choices, start=1)]
        long = sum(len(label) + 3 for _, label in offered) > NARROW_CHOICES
        chips = Chips(offered, down=long)
        chips.add_class("offers", "after")
        return chips


def _told(words: str, voices: Sequence[Voice | None]) -> Content:
    """The words, with who said them where that was told apart."""
    if not any(voices):
        return Content(words)
    return Content("\n").join(
        Content.assemble(Content.styled(f"{name}: ", "bold $primary"), line) if name else Content(line)
        for name, line in by_voice(words, voices)
    )


def _met(card: Card) -> str:
    if card.happening is False:
        return f"Asked whether this is so now: {card.shown.title or card.shown.words} You said no."
    if card.answered is None:
        return ""
    done = f": {card.answered.words}" if card.answered.words else "."
    return {
        "done": f"Act now, done{done}",
        "not-what-i-meant": "Act now: not what you meant.",
        "carry-on": f"Act now: you carried on{done}",
    }[card.answered.answer]


def _said_before(asked: Asked, beside: Sequence[Beside]) -> Content | None:
    parts = [*(Content(words) for words in asked.said_first), *_facts(beside, asked.text)]
    return Content("\n").join(parts) if parts else None


def _facts(beside: Sequence[Beside], question: str) -> Iterator[Content]:
    """Exact words of reviews; what stands in one section says so once, each with its own lines."""
    for place, facts in groupby(beside, key=content.section):
        together = list(facts)
        if len(together) == 1:
            yield _quoted(together[0], content.place(together[0]).plain, question, between="\n")
        else:
            yield from (_quoted(fact, f"({lines_in_words(fact.lines)})", question, before="• ") for fact in together)
            yield Content.styled(f"{place}.", MUTED)


def _quoted(quoted: Beside, where: str, question: str, *, before: str = "", between: str = " ") -> Content:
    """Words and where they stand; a question that is itself a quotation is not said twice."""
    words = "" if quoted.text == question else f"{before}{reading_text(quoted.text)}{between}"
    return Content.assemble(words, Content.styled(where, MUTED))
