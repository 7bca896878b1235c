"""What people do to a session while it goes on: its clock, the people in it, an action put down, who speaks.

The conversation itself is the session screen's; this owns what both need of the engine, and the one way by which words
are looked through for names before anything is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import isawaitable
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from assistant.app.panel_models import header, minutes_left, where_we_are
from assistant.app.screens.person_form import PersonScreen, PutRight
from assistant.app.screens.screen import BaseScreen
from assistant.app.widgets.composer import Composer
from assistant.app.widgets.names_asked import Chosen, NamesBlock
from assistant.app.widgets.people_list import PeoplePanel
from assistant.app.widgets.side_panel import SidePanel
from assistant.app.widgets.stream import Stream
from assistant.app.widgets.team_review_panel import standing
from assistant.app.widgets.ways import WaysRow
from assistant.conversation.page_turns import is_page
from assistant.conversation.session import LONGER
from assistant.errors import ReflectError

if TYPE_CHECKING:
    from assistant.conversation.journeys import Journey
    from assistant.conversation.point_list import PointLine
    from assistant.conversation.session import Session
    from assistant.noticing.identifiers import Noticed
    from assistant.workspace.workspace import Workspace

ALONE = " · “skip” alone skips"
SENDING = "Ctrl+J new line · ↑ last answer"
SENDING_IN_A_BROWSER = "Shift+Enter new line · ↑ last answer"
"""Most terminals send Shift+Enter as Enter: whoever trusted it would send half a sentence."""
SENDING_BY_F5 = "Ctrl+Enter or F5 sends · ↑ last answer"
WHO_SPEAKS = " · Ctrl+T who speaks"
WHO_SPEAKS_IN_A_BROWSER = " · /who speaks"
"""Browsers take Ctrl+T for themselves."""
PAUSED = "Paused. The clock starts again when you type."
ADD_ACTION = "/add-action "
Done = TypeVar("Done")


class SittingScreen(BaseScreen[None]):
    """A session on screen, and what can be done to it beside answering."""

    def __init__(self, workspace: Workspace, session: Session, *, enter_sends: bool) -> None:
        super().__init__()
        self._workspace = workspace
        self.session = session
        self._engine = Lock()  # an answer, the note and a mark may be sent at the same moment
        self._at_work = False
        self._deciding: Callable[[Chosen | None], None] | None = None
        """What to do once somebody has said what stands for the names that were found."""
        self._enter_sends = enter_sends
        self._box = Composer(enter_sends=enter_sends, two_voices=session.two_voices, id="answer")
        self._side = SidePanel()
        self._points: tuple[PointLine, ...] = ()
        """Of a team review, where each point stands."""

    @property
    def _journey(self) -> Journey:
        return self._workspace.prompts.journeys[self.session.state.started.journey]

    @property
    def _usual_hint(self) -> str:
        in_a_browser = self.app.is_web
        who = WHO_SPEAKS_IN_A_BROWSER if in_a_browser else WHO_SPEAKS
        by_enter = SENDING_IN_A_BROWSER if in_a_browser else SENDING
        return (by_enter if self._enter_sends else SENDING_BY_F5) + ALONE + who * self.session.two_voices

    @property
    def _stream(self) -> Stream:
        return self.query_one(Stream)

    # The clock

    def action_pause(self) -> None:
        """Stop the clock."""

        def paused(_: None) -> None:
            self._stream.doing(PAUSED)
            self._tell_the_time()

        self.beside(lambda: self._alone(self.session.pause), paused, group="clock")

    @on(Composer.Changed, "#answer")
    def carry_on(self) -> None:
        """Somebody types: they are back."""
        if self.session.state.paused and self._box.text:

            def going_on(_: None) -> None:
                self._stream.doing("")
                self._tell_the_time()

            self.beside(lambda: self._alone(self.session.carry_on), going_on, group="clock")

    def action_longer(self) -> None:
        """A quarter of an hour more."""
        self._change_time(LONGER)

    def action_shorter(self) -> None:
        """A quarter of an hour less."""
        self._change_time(-LONGER)

    def _change_time(self, by: int) -> None:
        def changed(said: str) -> None:
            self._tell_the_time()
            self._hint(said, wanted=True)

        def change() -> str:
            try:
                return f"The session is now {self._alone(lambda: self.session.change_time(by))} minutes long."
            except ReflectError as error:
                return str(error)

        self.beside(change, changed, group="clock")

    def _show_side(self) -> None:
        """What stands beside the conversation, as it is now."""
        self._points = self.session.points()
        self._side.show(self.session.state, self._journey, self.session.sketch(), self._points)

    def _tell_the_time(self) -> None:
        state = self.session.state
        left = "paused" if state.paused else minutes_left(self.session.minutes_left())
        where = (standing(self._points),) if self._points else where_we_are(state, self._workspace.prompts)
        line = header(state.started.case, self._journey.name, where, left, self.app.size.width - 2)
        self.query_one("#bar", Static).update(Content(line))

    # Who speaks, and who is in the case

    def action_voice(self) -> None:
        """Begin a line for the other of two people."""
        self._box.focus()
        self._box.action_voice()

    def action_people(self) -> None:
        """To the people, to put them right."""
        self.add_class("-open")
        self.call_after_refresh(self.query_one("#people").focus)

    @on(PeoplePanel.Chosen)
    def put_somebody_right(self, event: PeoplePanel.Chosen) -> None:
        """Somebody's name, age and what they are to the case; or somebody new."""
        person = self.session.sketch().person(event.person) if event.person else None

        def decided(right: PutRight | None) -> None:
            if right is not None:
                self._decide(right.called, lambda called: self._keep_person(right, called), lambda: None)

        self.app.push_screen(PersonScreen(person), decided)

    def _keep_person(self, right: PutRight, called: str) -> None:
        def keep() -> None:
            for entry, text in right.corrections(self.session.sketch(), called):
                self.session.correct_sketch(entry, text)

        self.beside(
            lambda: self._alone(keep),
            lambda _: self._show_side(),
            group="people",
        )

    def enter_in(self, box: Widget | None) -> bool:
        """From the box of one name to the next."""
        block = next((one for one in self.query(NamesBlock) if box is not None and one in box.ancestors), None)
        if on := block is not None and isinstance(box, Input):
            block.go_on(box)
        return on

    @on(NamesBlock.Decided)
    async def names_decided(self, event: NamesBlock.Decided) -> None:
        """What stands for the names, or the words back."""
        await self.query(NamesBlock).remove()
        deciding, self._deciding = self._deciding, None
        await self._offer_ways()
        self._box.focus()
        if deciding is not None:
            deciding(event.chosen)

    # Actions

    def action_add_action(self) -> None:
        """Have it written in the composer, where everything is written."""
        if self._box.text.strip():
            self._hint("Send what you're writing first, then type /add-action.", wanted=True)
            return
        self._box.focus()
        self._box.put(ADD_ACTION)
        self._hint("What, who and by when: The school will ring Nan by Friday. Then Enter.", wanted=True)

    def add_action(self, words: str) -> None:
        """Put an action down; the question on the table waits."""

        def keep(decided: str) -> None:
            self.beside(lambda: self._alone(lambda: self.session.add_action(decided)), added, group="action")

        def added(_: None) -> None:
            self._show_side()
            self._hint(f"Added to the actions: {words}")

        self._decide(words, keep, lambda: self._box.give_back(f"{ADD_ACTION}{words}"), group="action")

    # What both halves need

    def type_on(self, words: str) -> None:
        """What somebody typed while this was being opened."""
        self._box.give_back(words)

    def told_here(self, sentence: str, severity: str) -> bool:
        """Under what is being written."""
        self._hint(sentence, wanted=severity != "information")
        return True

    def _hint(self, sentence: str = "", *, wanted: bool = False) -> None:
        """A message where the eye is, under what is being written; without one, what the keys do."""
        hint = self.query_one("#hint", Static)
        hint.update(Content(sentence))
        hint.set_class(bool(sentence), "-there")
        hint.set_class(wanted, "-wanted")
        self.query_one(WaysRow).say(self._usual_hint)

    async def _offer_ways(self) -> None:
        """What can be done with the question on the table; nothing while something else has to be answered first."""
        state, ways = self.session.state, self.query_one(WaysRow)
        if state.current is None or state.card is not None or self._deciding is not None:
            await ways.offer(())
            return
        asked = state.current.asked
        notes = [("notes", "notes")] if asked.facilitator else []
        page = [("page", "finish on the page")] if is_page(asked.question) else []
        await ways.offer([*page, ("skip", "skip"), ("why", "why?"), *notes])

    def _alone(self, doing: Callable[[], Done]) -> Done:
        with self._engine:
            return doing()

    def _decide(
        self, words: str, keep: Callable[[str], object], give_back: Callable[[], object], *, group: str = "engine"
    ) -> None:
        """Look for names before anything is kept: `keep` gets the words as decided, or they are given back."""
        case = self.session.state.started.case

        async def considered(noticed: Noticed) -> None:
            if noticed.identifiers and self._deciding is None:
                self._deciding = choose
                self._stream.doing("")
                await self._offer_ways()
                await self._stream.mount(NamesBlock(words, noticed.identifiers), before="#doing")
                self._stream.scroll_end(animate=False)
                return
            if noticed.put_in:
                put_in = "; ".join(f"“{stand_in}” for “{name}”" for name, stand_in in noticed.put_in)
                self._hint(f"Changed as you chose before: {put_in}.")
            await following(keep(noticed.words))

        def choose(chosen: Chosen | None) -> None:
            if chosen is None:
                self.call_later(give_back)
            else:
                self.beside(lambda: remember(chosen), keep, group=group)

        def remember(chosen: Chosen) -> str:
            self._workspace.stand_ins.choose(case, chosen)
            return self._workspace.stand_ins.notice(case, words).words

        self.beside(lambda: self._workspace.stand_ins.notice(case, words), considered, group=group)


async def following(done: object) -> None:
    """Wait for what was begun, where there is something to wait for."""
    if isawaitable(done):
        await done
