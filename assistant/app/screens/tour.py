"""The guided tour: two minutes on a made-up case that can be played, for somebody new to screens like this.

One question is really answered and really searched for, with the library that is there; nothing of it is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assistant.app import keys
from assistant.app.screens.learning_point import ReadingScreen
from assistant.app.screens.screen import BaseScreen
from assistant.app.widgets.answer_box import AnswerBox
from assistant.app.widgets.footer import Keys
from assistant.app.widgets.key_button import KeyButton
from assistant.app.widgets.learning import LearningCard, LearningPanel
from assistant.retrieval.results import SearchResult

MADE_UP = "Mum was chatty. Child A sat on the sofa. Dad works nights, so none of us has met him."


@dataclass(frozen=True)
class Step:
    """One thing to read, and what can be tried with it."""

    heading: str
    words: str
    tries: Literal["answer", "learning"] | None = None


STEPS = (
    Step(
        "Welcome",
        "Reflect helps you think through a case. It asks one question at a time, and shows you what published reviews "
        "learned when things went wrong for other children.\n\n"
        "This tour takes two minutes, and you can try each thing as you go. Nothing you type here is kept.",
    ),
    Step(
        "One question at a time",
        "Think of the last time you saw this child. Who was there, and who wasn't?\n\n"
        "Below is an answer about Child A, who doesn't exist. Change it or write your own, with made-up names. "
        "Then press F5, or click Next. There are no right answers.",
        "answer",
    ),
    Step(
        "What reviews learned",
        "Once you've answered, learning from reviews appears underneath: the exact words, which review, "
        "and which line.  Words that match yours are underlined. Tab goes to what can be done with it; "
        "arrow keys and Enter pick. If there's nothing close, it says so.",
        "learning",
    ),
    Step(
        "What cannot wait",
        "If what you write may mean that a child is in danger now, one question is asked about it, or a red band says "
        "what to do first. Do that first. The session will wait, and you can't answer it by accident.\n\n"
        "No card doesn't mean no danger. You know this child, and the program doesn't.",
    ),
    Step(
        "At the end",
        "In a session, type / to see what you can do: /skip, /why, /back to change an answer, /finish when you like. "
        "Your record is kept, locked with your passphrase, and you can save a copy for others. If you are called "
        "away, just leave. Everything is kept, even what you were typing.\n\n"
        "F1 shows every key of the screen you are on. That's it.",
    ),
)


class TourScreen(BaseScreen[None]):
    """One step at a time; can be left at any."""

    AUTO_FOCUS = ""  # the buttons are for the mouse; Enter goes on wherever nothing is typed
    HELP = "A short tour on a made-up case. F5 goes on, Escape leaves it. Nothing you type here is kept."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(f"{keys.STEP},enter,right", "next", "Next", key_display="F5", tooltip="The next step"),
        Binding("left", "previous", "Back", key_display="←", tooltip="The step before"),
        Binding(keys.CLOSE, "skip", "Skip the tour"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._step = 0

    def compose(self) -> ComposeResult:
        """A heading, the words, and how far we are."""
        with VerticalScroll(classes="column", id="tour", can_focus=False):
            yield Static(id="tour-heading", classes="heading")
            yield Static(id="tour-words")
            yield AnswerBox(id="tour-answer")
            yield LearningPanel(id="tour-learning")
            yield Static(id="tour-place", classes="muted")
            with Horizontal(classes="buttons"):
                yield KeyButton("Next", "F5", "next", primary=True, id="next")
        yield Keys()

    def on_mount(self) -> None:
        """Begin at the beginning."""
        self.query_one(AnswerBox).put(MADE_UP)
        self.query_one(LearningPanel).can_focus = False  # so that Tab goes to the card
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """While an answer is typed, its own key goes on."""
        return action != "next" or not self.query_one(AnswerBox).has_focus

    def on_descendant_focus(self) -> None:
        """The footer says what goes on from here."""
        self.refresh_bindings()

    on_descendant_blur = on_descendant_focus

    def action_next(self) -> None:
        """The next step, or the end."""
        if STEPS[self._step].tries == "answer":
            self.query_one(AnswerBox).action_send()
        elif self._step + 1 == len(STEPS):
            self.action_skip()
        else:
            self._go(self._step + 1)

    @on(AnswerBox.Sent)
    def answer(self, event: AnswerBox.Sent) -> None:
        """Look for what bears on the words, as a session does."""
        box = self.query_one(AnswerBox)
        if not event.words.strip():
            box.put(MADE_UP)
            self._says(f"Step {self._step + 1} of {len(STEPS)}. These made-up words will do: F5 sends them.")
            return
        box.disabled = True
        self._says("Looking in the library … Esc skips the tour.")
        workspace = self.reflect.workspace()
        self.beside(lambda: (workspace.learning.search(event.words), workspace.knowledge.concept_names), self._found)

    async def _found(self, found: tuple[SearchResult, Mapping[str, str]]) -> None:
        result, names = found
        await self.query_one(LearningPanel).show(result.hits[:1], {}, names)
        self._go(self._step + 1)

    def after_a_failure(self) -> None:
        """The tour goes on without a card."""
        self._go(self._step + 1)

    @on(LearningCard.Opened)
    def read_on(self, event: LearningCard.Opened) -> None:
        """The point in its review."""
        self.app.push_screen(ReadingScreen(self.reflect.workspace(), event.hit.id))

    def action_previous(self) -> None:
        """The step before."""
        self._go(max(0, self._step - 1))

    def action_skip(self) -> None:
        """Enough; it can be taken again from Settings."""
        self.app.pop_screen()

    def _go(self, step: int) -> None:
        self._step = step
        self._show()

    def _show(self) -> None:
        step = STEPS[self._step]
        self.query_one("#tour-heading", Static).update(Content(step.heading))
        self.query_one("#tour-words", Static).update(Content(step.words))
        self._says(f"Step {self._step + 1} of {len(STEPS)}")
        box, learning = self.query_one(AnswerBox), self.query_one(LearningPanel)
        box.disabled = step.tries != "answer"
        box.display = step.tries == "answer"
        learning.display = step.tries == "learning"
        self.set_focus(box if step.tries == "answer" else None)
        last = self._step + 1 == len(STEPS)
        self.query_one("#next", KeyButton).call("Begin" if last else "Next")
        self.query_one("#tour").scroll_home(animate=False)

    def _says(self, sentence: str) -> None:
        self.query_one("#tour-place", Static).update(Content(sentence))
