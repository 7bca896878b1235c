"""The page at the end of a session, kept as it's changed: each box when it's left, once its names are looked for.

Owns what is written and what can be put back. How the page is laid out and what is done with it is in `summary.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widget import Widget
from textual.widgets import Input, Static

from assistant.app.outcome import Words, asked_on_the_page, words_under
from assistant.app.panel_models import short
from assistant.app.screens.names_first import names_first
from assistant.app.screens.screen import BaseScreen
from assistant.app.screens.typed import NextBox
from assistant.app.widgets.action_row import ActionRow
from assistant.app.widgets.chips import Chips
from assistant.app.widgets.page_box import LineBox
from assistant.app.widgets.words_field import WordsField
from assistant.errors import ReflectError
from assistant.followup.actions import Action

if TYPE_CHECKING:
    from assistant.conversation.state import State
    from assistant.workspace.workspace import Workspace

PUT_BACK = 24
"""Letters of an action that was taken off, which say enough of it."""


class KeptPage(NextBox, BaseScreen[None]):
    """Its boxes and rows, whatever stands around them."""

    ONE_LINE: ClassVar[tuple[type[Widget], ...]] = (Input, LineBox)

    def __init__(self, workspace: Workspace, state: State) -> None:
        super().__init__()
        self._workspace = workspace
        """Whose session this is: of a trial, even when the first screen has forgotten it."""
        self._state = state
        self._taken_off: dict[str, Action] = {}
        """What can be put back, as long as the page is open."""
        self._writing = Lock()  # a box that is left and the page that is closed may both have something to keep

    def _another(self) -> ActionRow:
        """An empty row, for an action nobody thought of before."""
        started, place = self._state.started, f"{self._state.started.session}/page-"
        taken = {row.action.id for row in self.query(ActionRow)} | set(self._taken_off)
        return ActionRow(
            Action(
                id=next(name for number in count(1) if (name := f"{place}{number:02}") not in taken),
                case=started.case,
                session=started.session,
                agreed=started.at.date(),
                text="",
                outcome=next((one.words.words for one in self.query(WordsField) if one.part.keeps == "outcome"), ""),
            )
        )

    def on_descendant_blur(self) -> None:
        """To another box; not to another window, from which somebody comes back."""
        if self.app.app_focus and self.is_current:
            self._keep(lambda: None)

    def _changed_fields(self) -> list[WordsField]:
        return [field for field in self.query(WordsField) if field.now != field.words]

    def _changed_rows(self) -> list[ActionRow]:
        today = self._state.started.at.date()
        return [row for row in self.query(ActionRow) if row.now(today) != row.action]

    def _keep(self, then: Callable[[], object]) -> None:
        """Keep what was changed, once nobody can be recognised in it who should not be; then go on."""
        fields, rows = self._changed_fields(), self._changed_rows()
        wordless = [row for row in rows if not row.says_something]
        rows = [row for row in rows if row.says_something]
        if not fields and not rows:
            if wordless:
                self.query_one("#kept", Static).update("Not kept yet: say what will be done.")
            then()
            return
        today = self._state.started.at.date()
        words = [(field, field.now) for field in fields]
        actions = [(row, row.action, row.now(today)) for row in rows]

        def keep(decided: tuple[str, ...]) -> None:
            said = iter(decided)
            with self._writing:
                self._write_words([(field, replace(now, words=next(said))) for field, now in words])
                self._write_actions([(row, now.model_copy(update={"text": next(said)})) for row, _, now in actions])

        async def kept(_: None) -> None:
            self._say_kept()
            for field, _now in words:
                self._look_again(field)
            await self._set_out([(row, before) for row, before, _now in actions])
            then()

        written = [*(now.words for _, now in words), *(now.text for *_, now in actions)]
        names_first(self, self._state.started.case, written, keep, kept)

    def _say_kept(self, besides: str = "") -> None:
        self.query_one("#kept", Static).update(f"Kept {self._workspace.now():%H:%M}. {besides}".strip())

    def _look_again(self, field: WordsField) -> None:
        """What was said of the page itself stands there still when its box is cleared, so it's shown again."""
        standing = words_under(field.part, self._state)
        there = next((one for one in standing if one.question == field.words.question), None)
        if not field.words.words and there is not None and there.words:
            field.show(there)
            self._say_kept("What was said of this still stands. Write what should stand instead.")

    async def _set_out(self, changed: list[tuple[ActionRow, Action]]) -> None:
        """What was taken off can be put back, a day is shown as it was understood, and there's a row for another."""
        for row, before in changed:
            if row.action.text:
                row.show_as_kept()
            elif before.text:
                self._taken_off[before.id] = before
                inside = self.focused is not None and row in self.focused.ancestors
                await row.remove()
                if inside:
                    self.query(ActionRow).first().go_to()
        if self.query(ActionRow) and self.query(ActionRow).last().action.text:
            await self.query_one("#plan").mount(self._another(), before="#taken-off")
        offered = [(name, f"put back “{short(one.text, PUT_BACK)}”") for name, one in self._taken_off.items()]
        place = self.query_one("#taken-off")
        await place.remove_children()
        if offered:
            await place.mount(Chips(offered, down=True))

    @on(ActionRow.Cleared)
    def take_off(self) -> None:
        """The cross beside an action."""
        self._keep(lambda: None)

    @on(Chips.Picked, "#taken-off Chips")
    async def put_back(self, event: Chips.Picked) -> None:
        """As it was."""
        row = ActionRow(self._taken_off.pop(event.name), taken_off=True)
        await self.query_one("#plan").mount(row, before=self.query(ActionRow).last())
        row.go_to()
        self._keep(lambda: None)

    def _write_words(self, words: list[tuple[WordsField, Words]]) -> None:
        workspace, started = self._workspace, self._state.started
        for field, now in words:
            if now != field.words:  # else it was kept meanwhile
                asked = asked_on_the_page(field.part, self._state, now)
                if now.words or asked is None:
                    self._state = workspace.put_right(started.session, now.question, now.words, asked)
                field.words = now
                if field.part.keeps == "outcome":
                    self._keep_with_each_step(now.words)

    def _keep_with_each_step(self, outcome: str) -> None:
        """What will be different stands with every step, as each is followed up by itself."""
        for row in self.query(ActionRow):
            if row.action.text:
                row.action = row.action.model_copy(update={"outcome": outcome})
                self._workspace.follow_ups.save_action(row.action)

    def _write_actions(self, actions: list[tuple[ActionRow, Action]]) -> None:
        follow_ups = self._workspace.follow_ups
        different = next((one.words.words for one in self.query(WordsField) if one.part.keeps == "outcome"), "")
        for row, written in actions:
            # as it stands now, and not as it stood when the row was made or taken off
            action = written.model_copy(update={"outcome": different}) if different else written
            if action == row.action:
                continue
            row.action = action
            if action.text:
                follow_ups.save_action(action)
            else:
                follow_ups.take_out(action)

    def on_unmount(self) -> None:
        """Left by another way: what was changed is kept."""
        try:
            self._write_words([(field, field.now) for field in self._changed_fields()])
            today = self._state.started.at.date()
            self._write_actions([(row, row.now(today)) for row in self._changed_rows() if row.says_something])
        except ReflectError as error:
            self.say(str(error), severity="warning")
