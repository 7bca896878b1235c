"""A session: the question, the answer, and beside them what the reviews learned.

Knows the engine only through what it does (moves) and where it stands (its state). Whatever the user does is done by
the engine in a thread, with the answer box shut meanwhile, and comes back as moves.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static, Tabs

from assistant.app.drafts import Drafts
from assistant.app.screens.act_now import ActNowScreen, Answer, Happening, Met
from assistant.app.screens.base import MOMENT_S, NARROW, BaseScreen
from assistant.app.screens.confirm import ConfirmScreen
from assistant.app.screens.names import Chosen, NamesScreen
from assistant.app.screens.presenter import PresenterScreen
from assistant.app.screens.reading import ReadingScreen
from assistant.app.screens.summary import SummaryScreen
from assistant.app.screens.themes import ThemesScreen
from assistant.app.slides import slides
from assistant.app.standing import minutes_left, people_named, theme_name
from assistant.app.widgets.agenda import AgendaPanel
from assistant.app.widgets.answer_box import AnswerBox
from assistant.app.widgets.keys import Keys
from assistant.app.widgets.learning import LearningCard, LearningPanel
from assistant.app.widgets.mirror import MirrorPanel
from assistant.app.widgets.note import NotePanel
from assistant.app.widgets.panels import PANELS, PanelTabs, after
from assistant.app.widgets.question import QuestionView
from assistant.conversation import events as e
from assistant.conversation import moves as m
from assistant.errors import ReflectError

if TYPE_CHECKING:
    from textual.worker import Worker

    from assistant.conversation.session import Session
    from assistant.records.desk import Desk
    from assistant.records.names import Noticed

CLOCK_S = 20.0
"""How often the minutes left are worked out again."""
NOTE = "private-note"
"""Where the note's own unsent words stand among the drafts, beside those of the questions."""
Done = TypeVar("Done")
Happened = tuple[e.Event, ...]


class SessionScreen(BaseScreen[None]):
    """One question at a time."""

    AUTO_FOCUS = ""  # the answer box takes it when there is a question
    HELP = (
        "Answer in your own words and send with F5. What reviews learned about your words comes beside them. "
        "You can skip, go back, ask why a question is asked, and finish whenever you like. "
        "Leaving keeps everything; Continue on the first screen takes it up again."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        # the first are in the footer at every width
        Binding("f5", "send", "Send", tooltip="Send the answer"),
        Binding("f6", "next_panel", "Panels", tooltip="Go to the next panel, and after the last to your answer"),
        Binding("f9", "finish", "Finish", tooltip="End the session and keep the record"),
        Binding("escape", "leave", "Leave", tooltip="Leave for now; everything is kept"),
        Binding("f2", "skip", "Skip", tooltip="Pass over this question"),
        Binding("f4", "why", "Why?", tooltip="Why is this question asked?"),
        Binding("f3", "back", "Back", tooltip="Go back to the question before"),
        Binding("f7", "notes", "Notes", tooltip="Notes for whoever leads the group; again to hide"),
        Binding("f8", "present", "Present", tooltip="One thing at a time, for a group to read"),
    ]

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk = desk
        self.session = session
        self._drafts = Drafts(desk.store, session.state.started.session)
        self._engine = Lock()  # an answer, the note and a mark may be sent at the same moment
        self._question = ""
        self._presenting = False
        self._library: Worker[object] | None = None
        self._box = AnswerBox(id="answer")
        self._note = NotePanel(id="note")

    def compose(self) -> ComposeResult:
        """The conversation, and the panels beside it."""
        yield Static(id="bar")
        yield PanelTabs()
        with Container(id="room"):
            with Vertical(id="conversation"):
                yield QuestionView()
                yield self._box
                with Horizontal(id="buttons"):
                    yield Button("Send F5", variant="primary", id="send", compact=True)
                    yield Button("Skip", id="skip", compact=True)
                    yield Button("Back", id="back", compact=True)
                    yield Button("Why?", id="why", compact=True)
                    yield Button("Notes", id="notes", compact=True)
                    yield Button("Finish", id="finish", compact=True)
            yield LearningPanel(id="learning")
            yield MirrorPanel(id="mirror")
            yield AgendaPanel()
            yield self._note
        yield Keys()

    def on_mount(self) -> None:
        """Begin, or take up again what was left."""
        self._note.put(self.session.state.note)
        self.set_interval(CLOCK_S, self._tell_the_time)
        self._tell_the_time()
        self._do(self._begin)
        # the library and its index take half a second the first time; nobody should wait for them after an answer
        self._library = self.beside(lambda: self._desk.search("child"), _nothing, group="library")

    def on_resize(self) -> None:
        """On the narrowest screens the question is a panel among the others."""
        tabs = self.query_one(PanelTabs)
        tabs.fit(narrowest=self.app.size.width < NARROW)
        tabs.apply(self)
        held = self.focused
        if held is not None:  # what is hidden for a moment, while the panels change places, loses it
            self.call_after_refresh(held.focus)

    # What the user does

    @on(AnswerBox.Sent, "#answer")
    def send(self, event: AnswerBox.Sent) -> None:
        """Answer the question on the table."""
        self.app.clear_notifications()  # what was said of an earlier try is over
        self._hold()
        self._consider(event.words, finish=False)

    @on(AnswerBox.Rested, "#answer")
    def keep_the_draft(self) -> None:
        """What was typed so far is worth keeping."""
        self._hold()
        self.beside(self._drafts.save, _nothing, group="draft")

    @on(NotePanel.Rested)
    def keep_the_notes_draft(self) -> None:
        """Nobody is asked about names in the middle of a thought; what was typed is safe meanwhile."""
        self._hold()
        self.beside(self._drafts.save, _nothing, group="draft")

    @on(NotePanel.Written)
    def keep_the_note(self, event: NotePanel.Written) -> None:
        """The private note, as it now stands."""
        self._keep_note(event.words, self._note.kept)

    @on(LearningCard.Marked)
    def keep_the_mark(self, event: LearningCard.Marked) -> None:
        """Useful, or not this."""
        self.beside(lambda: self._alone(lambda: self.session.mark(event.hit, event.mark)), _nothing, group=event.hit)

    @on(LearningCard.Opened)
    def read_on(self, event: LearningCard.Opened) -> None:
        """The point in its review."""
        self.app.push_screen(ReadingScreen(self._desk, event.hit.id))

    @on(AgendaPanel.PutNext)
    def put_next(self, event: AgendaPanel.PutNext) -> None:
        """Meet this theme after the question on the table."""
        self._change_agenda(lambda: self.session.put_next(event.theme))

    @on(AgendaPanel.Parked)
    def park(self, event: AgendaPanel.Parked) -> None:
        """Leave this theme for later."""
        self._change_agenda(lambda: self.session.park(event.theme))

    @on(AgendaPanel.Wanted)
    def add_a_theme(self) -> None:
        """Ask which, once however many letters were typed here that were meant for the answer."""
        if not self.is_active:
            return

        def chosen(theme: str | None) -> None:
            if theme is not None:
                self._change_agenda(lambda: self.session.put_next(theme))

        self.app.push_screen(ThemesScreen(self.session.themes()), chosen)

    @on(Button.Pressed)
    def press(self, event: Button.Pressed) -> None:
        """Each button is a key for the mouse."""
        if event.button.id is not None:
            self.call_later(self.run_action, event.button.id)

    @on(Tabs.TabActivated)
    def bring_forward(self) -> None:
        """Show the chosen panel."""
        self.query_one(PanelTabs).apply(self)

    def action_send(self) -> None:
        """Send the answer, from whichever panel one has been reading."""
        self._box.action_send()

    def action_skip(self) -> None:
        """Pass over the question."""
        self._hold()
        self._do(self.session.skip)

    def action_back(self) -> None:
        """Go back to the question before."""
        self._hold()

        def back() -> Happened:
            self.session.go_back()
            return ()

        self._do(back)

    def action_why(self) -> None:
        """Say why this question is asked."""
        self.query_one(QuestionView).turn_to("why")

    def action_notes(self) -> None:
        """Show the notes for whoever leads the group; nobody sees them unasked."""
        self.query_one(QuestionView).turn_to("notes")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Notes are offered only where there are any."""
        if action != "notes":
            return True
        turn = self.session.state.current
        return turn is not None and bool(turn.asked.facilitator)

    def action_next_panel(self) -> None:
        """From the answer through the panels, and round to the answer again."""
        tabs = self.query_one(PanelTabs)
        held = self.focused.ancestors_with_self if self.focused else ()
        panel = after(next((panel for panel in PANELS if self.query_one(f"#{panel}") in held), tabs.panel))
        tabs.choose(panel)
        target = {"conversation": "#answer", "note": "#note-box"}.get(panel, f"#{panel}")
        self.call_after_refresh(self.query_one(target).focus)

    def action_present(self) -> None:
        """One thing at a time, for a room to read; it comes back by itself after each answer until it is stopped."""
        shown = slides(self.session.state, self._desk.prompts)
        if not shown or self._at_work:
            return

        def looked_at(answering: bool | None) -> None:
            self._presenting = bool(answering)
            self._box.focus()

        self.app.push_screen(PresenterScreen(shown, self._desk.now, self.session.minutes_left), looked_at)

    def action_finish(self) -> None:
        """End the session, once the user has said yes to it."""
        if self._at_work or not self.is_active:
            return
        unsent = " What you have just written is sent first." if self._unsent() else ""
        question = f"Finish this session?{unsent} You cannot add to it afterwards."
        self.app.push_screen(ConfirmScreen(question, yes="Finish", no="Go on"), self._finish)

    def action_leave(self) -> None:
        """Go to the first screen; the session waits there."""
        self._hold()
        self.beside(self._drafts.save, lambda _: self.reflect.go_home(), group="draft")

    def on_unmount(self) -> None:
        """However the screen goes, what was typed is laid down first; it is one small write."""
        if self.session.state.finished is None:
            self._hold()
            self._drafts.save()

    # What the engine does

    @property
    def _at_work(self) -> bool:
        return self._box.disabled

    def _begin(self) -> Happened:
        self._drafts.load()
        if (note := self._drafts.of(NOTE)) is not None:
            self.app.call_from_thread(self._note.put, note)
        state = self.session.state
        if not state.turns:
            return self.session.go_on()
        offered = [turn.offered for turn in state.turns if turn.offered is not None and turn.offered.looked]
        return (*offered[-1:], *self.session.resume())

    def _do(self, doing: Callable[[], Happened]) -> None:
        if self._at_work:
            return
        self._box.disabled = True
        self.beside(lambda: self._alone(doing), self._go_on, group="engine")
        self.set_timer(MOMENT_S, self._say_what_is_waited_for)

    def _say_what_is_waited_for(self) -> None:
        if self._at_work:
            ready = self._library is None or self._library.is_finished
            self._box.border_subtitle = "One moment …" if ready else "Getting the library ready …"

    def _change_agenda(self, change: Callable[[], None]) -> None:
        """The question on the table and what is typed under it stay as they are."""
        show = self.query_one(AgendaPanel).show
        self.beside(lambda: self._alone(change), lambda _: show(self.session.agenda().themes), group="agenda")

    def _alone(self, doing: Callable[[], Done]) -> Done:
        with self._engine:
            return doing()

    def _finish(self, agreed: bool | None) -> None:
        if agreed:
            self._keep_note(self._note.words, lambda: self._consider(self._unsent(), finish=True))

    def _consider(self, words: str, *, finish: bool) -> None:
        """Send the answer, once nobody can be recognised in it who should not be."""
        if self._at_work:
            return
        self._box.disabled = True
        self._decide(words, lambda decided: self._answer(decided, finish=finish), self.after_a_failure)

    def _keep_note(self, words: str, then: Callable[[], object]) -> None:
        """Keep the note under the same rule, then go on."""
        if words.strip() == self.session.state.note or self.session.state.finished is not None:
            then()
            return

        def keep(decided: str) -> None:
            if decided != words:
                self._note.put(decided)
            self._drafts.forget(NOTE)
            self.beside(lambda: self._alone(lambda: self.session.write_note(decided)), lambda _: then(), group="note")

        def give_back() -> None:
            self.query_one(PanelTabs).choose("note")  # where only one panel is shown, it may be another
            self.call_after_refresh(self._note.take_up)

        self._decide(words, keep, give_back, group="note")

    def _decide(
        self, words: str, keep: Callable[[str], None], give_back: Callable[[], object], *, group: str = "engine"
    ) -> None:
        """Look for names before anything is kept: `keep` gets the words as decided, or they are given back."""
        case = self.session.state.started.case

        def considered(noticed: Noticed) -> None:
            if noticed.identifiers:
                self.app.push_screen(NamesScreen(noticed.identifiers), choose)
                return
            if noticed.put_in:
                put_in = "; ".join(f"“{stand_in}” for “{name}”" for name, stand_in in noticed.put_in)
                self.say(f"Put in as you chose before: {put_in}.")
            keep(noticed.words)

        def choose(chosen: Chosen | None) -> None:
            if chosen is None:
                give_back()
            else:
                self.beside(lambda: remember(chosen), keep, group=group)

        def remember(chosen: Chosen) -> str:
            for found, stand_in in chosen.items():
                self._desk.choose_stand_in(case, found, stand_in)
            return self._desk.before_keeping(case, words).words

        self.beside(lambda: self._desk.before_keeping(case, words), considered, group=group)

    def _answer(self, words: str, *, finish: bool) -> None:
        question = self._question

        def answer() -> Happened:
            happened: Happened = ()
            if words or not finish:
                happened = self.session.answer(words)
                self._drafts.forget(question)
                self._drafts.save()
            if finish and self.session.state.card is None:  # a sign of danger in the last words still comes first
                self.session.finish()
            return happened

        self._box.disabled = False
        self._do(answer)

    async def _go_on(self, happened: Happened) -> None:
        """Show what happened, and whatever waits now."""
        state = self.session.state
        for move in m.moves(happened, state):
            match move:
                case m.Learning():
                    await self.query_one(LearningPanel).show(move.hits, dict(state.marks), self._desk.concept_names)
                    self.query_one(PanelTabs).count("learning", len(move.hits))
                case m.Ask():
                    self._ask(move)
                    if self._presenting:
                        self.action_present()
                case m.ActNow():
                    self._show_card(move)
        self.query_one(AgendaPanel).show(self.session.agenda().themes)
        self.query_one(MirrorPanel).show(people_named(state))
        self._tell_the_time()
        if state.finished is not None:
            self.beside(self._put_away, self._sum_up, group="engine")

    def _ask(self, move: m.Ask) -> None:
        self._question = move.question
        self.query_one(QuestionView).show(move, theme_name(move.theme, self._desk.prompts))
        self.query_one("#notes").display = bool(move.facilitator)
        self.query_one("#buttons").set_class(bool(move.facilitator), "-notes")
        self.refresh_bindings()
        self._box.put(self._drafts.of(move.question) or move.answer or "")
        self.after_a_failure()

    def _show_card(self, card: m.ActNow, did: str = "") -> None:
        self.app.push_screen(ActNowScreen(card, did), lambda met: self._met(card, met))

    def _met(self, card: m.ActNow, met: Met | None) -> None:
        """The act-now card was answered; what was done about it is looked through for names like any answer."""
        match met:
            case Happening(happening=happening):
                self._answer_card(lambda: self.session.confirm(happening=happening))
            case Answer(answer=answer, words=words):
                self._decide(
                    words,
                    lambda decided: self._answer_card(lambda: self.session.answer_card(answer, decided)),
                    lambda: self._show_card(card, words),
                )

    def _answer_card(self, answering: Callable[[], Happened]) -> None:
        self._box.disabled = False
        self._do(answering)

    def _put_away(self) -> str:
        self._drafts.clear()
        try:
            self._desk.put_away(self.session)
        except ReflectError as error:
            return str(error)
        return "The record is kept here, encrypted. F5 saves a copy that others can open."

    def _sum_up(self, saved: str) -> None:
        self.app.switch_screen(SummaryScreen(self.session.state, self._desk.prompts, saved))

    def after_a_failure(self) -> None:
        """The answer is in the user's hands again, as it was."""
        self._box.border_subtitle = ""
        self._box.disabled = self.session.state.current is None
        self._box.focus()

    def _unsent(self) -> str:
        """Words in the box that the engine has not had."""
        turn = self.session.state.current
        words = self._box.text
        return "" if not words.strip() or (turn is not None and words == turn.answer) else words

    def _hold(self) -> None:
        note = self._note.words
        unsent = {self._question: self._unsent(), NOTE: "" if note.strip() == self.session.state.note else note}
        for where, words in unsent.items():
            if words:
                self._drafts.hold(where, words)
            else:
                self._drafts.forget(where)

    def _tell_the_time(self) -> None:
        started = self.session.state.started
        left = minutes_left(self.session.minutes_left())
        self.query_one("#bar", Static).update(Content(f"{started.case} · {left}"))


def _nothing(_: object) -> None:
    """Nothing follows."""
