"""Before a session: a made-up name for the case, and the time there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, VerticalScroll
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, RadioSet, Select, Static

from assistant.app import keys
from assistant.app.drafts import Drafts
from assistant.app.screens.confirm import ConfirmScreen
from assistant.app.screens.screen import BaseScreen
from assistant.app.session_list import case_like, same_name
from assistant.app.widgets.choice import Choice, Choices
from assistant.app.widgets.footer import Keys
from assistant.app.widgets.key_button import KeyButton
from assistant.errors import ReflectError

if TYPE_CHECKING:
    from assistant.conversation.journeys import Journey
    from assistant.conversation.session import Session


LONGEST_NAME = 60


@dataclass(frozen=True)
class _Form:
    """What the form of a journey offers."""

    journey: Journey
    subjects: tuple[tuple[str, str], ...]
    """Id and name of each thing it can be about."""
    cases: tuple[str, ...]
    """The cases there are already."""
    roles: tuple[str, str]
    """The supervisor's and the worker's, as they were last time."""


class StartScreen(BaseScreen[None]):
    """The few things a session needs to begin."""

    HELP = "Give the case a made-up name, choose how long you have, and begin."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(keys.STEP, "begin", "Begin"),
        Binding(keys.CLOSE, "app.pop_screen", "Back"),
    ]

    def __init__(self, journey: str, case: str = "", words: str = "") -> None:
        super().__init__()
        self._journey = journey
        self._called = Input(
            case, placeholder="for example, Child A", id="case", max_length=LONGEST_NAME, select_on_focus=False
        )
        """There from the first, for letters that come before it's on screen."""
        self._words = words
        """What somebody began with; it stands in the composer, to be sent or changed."""
        self._beginning = False
        self._typed_before = ""
        """What was typed for the session before it was asked whether the case is another."""
        self._pressed_early = False
        """Begin was wanted before the times there are had been read."""
        self._minutes: list[int] = []
        self._cases: tuple[str, ...] = ()
        """The cases there are already."""
        self._told_apart = ""
        """The name that was said to be another case."""

    def compose(self) -> ComposeResult:
        """The form; the journey's own name and words come when they are read."""
        with VerticalScroll(classes="column"):
            yield Static(id="journey", classes="heading")
            yield Static(id="about", classes="muted")
            yield Static(id="subject-label", classes="label")
            yield Select[str]([], id="subject", allow_blank=True)
            yield Static("A made-up name for the case", classes="label", id="case-label")
            yield self._called
            yield Static(id="problem")
            yield Static("Who is here? Roles, not names", classes="label", id="roles-label")
            yield Input(placeholder="Supervisor, such as team manager", id="supervisor", max_length=60)
            yield Input(placeholder="Worker, such as social worker", id="worker", max_length=60)
            yield Static("How long do you have?", classes="label")
            yield Container(id="minutes")
            with Horizontal(classes="buttons"):
                yield KeyButton("Begin", "F5", "begin", primary=True, id="begin")
        yield Keys()

    def on_mount(self) -> None:
        """The name comes first."""
        self.told_here("")
        self.query_one("#case", Input).focus()
        self.beside(self._look, self._introduce)

    def enter_in(self, box: Widget | None) -> bool:
        """Enter in a box begins."""
        return isinstance(box, Input) and self.step_in(box)

    def step_in(self, box: Widget | None) -> bool:
        """Once the letters before it are in their box; those after it are meant for the session."""
        (box or self).call_later(self.action_begin)
        self._opens()
        return True

    def _opens(self) -> None:
        if not self.opening:
            self.a_session_opens()
            self._typed_on, self._typed_before = self._typed_before, ""

    def _does_not_open_yet(self) -> None:
        self._typed_before = self.typed_on()

    def action_begin(self) -> None:
        """Start the session."""
        if self._beginning:
            return
        if not self.query(RadioSet):
            self._pressed_early = True
            return
        case = self.query_one("#case", Input).value
        known = case_like(case, self._cases)
        if known is None or case == self._told_apart:
            self._begin(case)
        elif same_name(case, known):
            self._begin(known)
        else:
            self._ask_whether_it_is(known, case)

    def _ask_whether_it_is(self, known: str, typed: str) -> None:
        """A second name for a case there is would miss what was agreed last time."""

        def decided(same: bool | None) -> None:
            if same:
                self._begin(known)
            else:
                self._does_not_open_yet()
                self._told_apart = typed
                self.told_here(f"Begin starts “{typed}” as a new case. Or change the name.")

        question = f"There's already a case called “{known}”. Is it this one?"
        asking = ConfirmScreen(question, yes=f"Yes, {known}", no="No", meanwhile=self.take_letter)
        self.app.push_screen(asking, decided)

    def _begin(self, case: str) -> None:
        if self._beginning:
            return
        self._beginning = True
        self._opens()
        minutes = self._minutes[max(0, self.query_one(RadioSet).pressed_index)]
        chosen = self.query_one("#subject", Select).value
        subject = chosen if isinstance(chosen, str) else None
        supervisor, worker = (self.query_one(f"#{role}", Input).value for role in ("supervisor", "worker"))

        def begin() -> Session:
            from assistant.app.screens.session_drafts import (
                UNSENT,  # with the session, which the form does not wait for
            )

            workspace = self.reflect.workspace()
            session = workspace.begin(
                self._journey, case=case, minutes=minutes, subject=subject, supervisor=supervisor, worker=worker
            )
            if self._words:
                session.go_on()  # to its first question: it opens like one that was left with words unsent
                drafts = Drafts(lambda: workspace.store, session.state.started.session)
                drafts.hold(UNSENT, self._words)
                drafts.save()
            return session

        self.beside(begin, self.reflect.open_session_screen, group="begin")

    def take_letter(self, letter: str) -> bool:
        """Whoever types while this opens means the name; once begun, the session."""
        if super().take_letter(letter):
            return True
        if isinstance(self.focused, Select | RadioSet):
            return False  # something is being chosen; the page itself has the keyboard for a moment, as it opens
        if self._called.is_attached:
            self._called.insert_text_at_cursor(letter)
        else:
            self._called.value += letter
            self._called.cursor_position = len(self._called.value)
        return True

    def told_here(self, sentence: str, severity: str = "information") -> bool:  # noqa: ARG002 - one way for all
        """Under the name, which is what can be wrong."""
        problem = self.query_one("#problem", Static)
        problem.update(Content(sentence))
        problem.display = bool(sentence)
        return True

    @on(Input.Changed)
    def nothing_wrong_any_more(self) -> None:
        """It is another name now."""
        self.told_here("")

    def failed(self, error: BaseException) -> None:
        """What was typed for the session meanwhile waits until it begins."""
        self._does_not_open_yet()
        super().failed(error)

    def after_a_failure(self) -> None:
        """Let the user put it right."""
        self._beginning = False
        self.query_one("#case", Input).focus()

    def _look(self) -> _Form:
        workspace = self.reflect.workspace()
        journey = workspace.prompts.journeys.get(self._journey)
        if journey is None:
            raise ReflectError("The questions of this journey are missing; install Reflect again.")

        def name(subject: str) -> str:
            is_review = journey.subject == "review"
            return (
                workspace.learning.library.card(subject).front.title
                if is_review
                else workspace.prompts.scenarios[subject].name
            )

        cases = dict.fromkeys(kept.case for kept in workspace.store.sessions() if kept.mine)
        subjects = tuple((subject, name(subject)) for subject in workspace.subjects(journey))
        roles = workspace.roles_before() if journey.role == "supervisor" else ("", "")
        return _Form(journey, subjects, tuple(cases), roles)

    async def _introduce(self, form: _Form) -> None:
        journey = form.journey
        self._cases = form.cases
        self.query_one("#case", Input).suggester = SuggestFromList(form.cases, case_sensitive=False)
        self.query_one("#journey", Static).update(Content(journey.name))
        self.query_one("#about", Static).update(Content(journey.about))
        self._minutes = [depth.minutes for depth in journey.depths]
        usual = self._minutes[len(self._minutes) // 2]
        buttons = (Choice(f"{minutes} minutes", value=minutes == usual) for minutes in self._minutes)
        await self.query_one("#minutes").mount(Choices(*buttons))
        if form.subjects:
            self.add_class("-subject")
            label = "Which scenario?" if journey.subject == "scenario" else "Which review?"
            self.query_one("#subject-label", Static).update(label)
            subject = self.query_one("#subject", Select)
            subject.set_options((Content(name), key) for key, name in form.subjects)
            subject.value = form.subjects[0][0]
        if journey.role == "supervisor":
            self.add_class("-roles")
            self.query_one("#supervisor", Input).value, self.query_one("#worker", Input).value = form.roles
        if journey.role in {"trainer", "team"}:
            self.query_one("#case-label", Static).update("A name for this session")
            self.query_one("#case", Input).placeholder = (
                "for example, Tuesday group" if journey.role == "trainer" else "for example, Our team"
            )
        if self._pressed_early:
            self.action_begin()
