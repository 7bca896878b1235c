"""The first screen: go on where we were, see to what is due, start something, or find anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from assistant.app import keys
from assistant.app.colours import MUTED
from assistant.app.screens.screen import BaseScreen
from assistant.app.sizes import NARROW, TALL
from assistant.app.widgets.footer import Keys
from assistant.store.store_errors import DamagedStoreError
from assistant.store.where_kept import where_kept

if TYPE_CHECKING:
    from assistant.app.home_contents import Line, Offered

JOURNEYS = (
    ("supervision", "Supervision session", "two people think through one case"),
    ("self-review", "Self-review", "your own case, before supervision"),
    ("scenario", "Scenario", "a trainer and a group, step by step"),
    ("team-review", "Team review", "your practice compared with a review"),
)
PLACES = (
    ("library", "Library", "search and read the published reviews"),
    ("records", "Records", "what was said and decided before"),
    ("actions", "Actions", "what was agreed or disagreed, by date"),
    ("settings", "Settings", "colours, keys, locking, passphrase, backup"),
    ("quit", "Quit", "what you have written is kept"),
)
NAME_WIDTH = 22
PART_WIDTH = 10
"""Cells for the name of a part, beside its first line."""
FIND = "Start with a sentence, or find a case, an action, learning"
FIND_SHORTLY = "Start with a sentence, or search"
SENTENCE = "sentence:"
A_SENTENCE = 5
"""Words from which on it is more likely told than looked for."""
FEW_LETTERS = 3
"""With fewer there is nothing to find."""


class HomeScreen(BaseScreen[None]):
    """Where everything starts."""

    HELP = (
        "Choose with the arrow keys and Enter, or with the mouse. Type what is on your mind to start a session, "
        "or to find a case, something that was said, an action, or learning in a review."
    )
    FINDS_IN = "#find"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(keys.NEW, "new", "New session", tooltip="Start a supervision session"),
        Binding(keys.FIND, "find", "Find", tooltip="Find a case, words that were said, an action or learning"),
        Binding(keys.EVERYTHING, "app.command_palette", "Everything", priority=True, tooltip="Find anything by name"),
        Binding("down", "down", "To the list", show=False),
        Binding(keys.CLOSE, "clear", "Clear", tooltip="Clear the search"),
        Binding(keys.QUIT, "app.quit", "Quit", priority=True, tooltip="Leave Reflect (everything is kept)"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._offered: Offered | None = None
        self._found: tuple[Line, ...] | None = None
        """What was looked for; nothing while nothing is."""
        self._damage_told = False
        self._typed_early = ""
        """What was typed before it was known whether a passphrase comes first; where one does, it begins with it."""

    def compose(self) -> ComposeResult:
        """A heading, a box to find with, and the list of what can be done."""
        with Vertical(classes="column", id="home"):
            with Horizontal(id="top"):
                yield Static("Reflect", classes="heading")
                yield Static(id="today", classes="muted")
            yield Static("Think through a case, one good question at a time.", id="strapline", classes="muted")
            # the first letter typed over the list stays
            yield Input(placeholder=FIND, select_on_focus=False, id="find")
            yield OptionList(id="choices")
            yield Static(id="late", classes="-nothing")
            yield Static(id="notice", classes="-nothing")
            yield Static(where_kept().everything, id="promise", classes="muted")
        yield Keys()

    def on_mount(self) -> None:
        """The list takes the first key."""
        self.add_class("-not-known")  # until it is known whether a passphrase comes first
        self._list(0)

    def on_resize(self) -> None:
        """There may be room for more than the names now, or no longer."""
        self._list(self.query_one(OptionList).highlighted or 0)
        self.query_one("#find", Input).placeholder = FIND_SHORTLY if self._narrowest else FIND
        self._say_the_day()

    def _say_the_day(self) -> None:
        """And where there is room, after how long without a key the records lock."""
        if self._offered is not None:
            locks = self._offered.locks and not self._narrowest
            minutes = self.reflect.settings.lock_minutes if locks else 0
            self.query_one("#today", Static).update(_today(self._offered.today, minutes))

    def on_screen_resume(self) -> None:
        """Look each time for what waits."""
        self.reflect.end_trial()
        self.beside(self._look, self._offer)

    def take_letter(self, letter: str) -> bool:
        """Until it is known whether a passphrase comes first they wait; then they look for something."""
        box = self.query_one("#find", Input)
        if self.has_class("-not-known"):
            self._typed_early += letter
            return True
        if not self.opening and not box.focusable:  # not on screen yet
            box.insert_text_at_cursor(letter)
            return True
        return super().take_letter(letter)

    def failed(self, error: BaseException) -> None:
        """Records that cannot be read have a screen of their own, once: what can be read may still be wanted."""
        if isinstance(error, DamagedStoreError) and not self._damage_told:
            self._damage_told = True
            self.reflect.unlock(error)
        else:
            super().failed(error)

    # Finding

    @on(Input.Changed, "#find")
    def find(self, event: Input.Changed) -> None:
        """Look with each change; what comes back late is dropped, and where a passphrase comes first nothing is."""
        words = event.value.strip()
        if len(words) < FEW_LETTERS or self._offered is None:
            self._found = None
            self._list(0)
            self.refresh_bindings()
            return

        def look() -> tuple[Line, ...]:
            from assistant.app.home_contents import found  # with the records, which the first screen does not wait for

            return found(self.reflect.workspace(), words)

        self.beside(look, self._show_found, group="find")

    def _show_found(self, lines: tuple[Line, ...]) -> None:
        self._found = lines
        self._list(0)
        self.refresh_bindings()

    @on(Input.Submitted, "#find")
    def go_to_what_was_found(self) -> None:
        """Enter opens the first, as the arrow keys open any other."""
        choices = self.query_one(OptionList)
        if self._found is not None:
            choices.focus()
            choices.action_select()

    def action_down(self) -> None:
        """From the box into the list under it."""
        self.query_one(OptionList).focus()

    def action_clear(self) -> None:
        """Back to what can be done."""
        self.query_one("#find", Input).value = ""
        self.query_one(OptionList).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """There is something to forget only while something is looked for."""
        if action == "down":
            return self.focused is not None and self.focused.id == "find"
        return action != "clear" or self._found is not None

    # Choosing

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was chosen."""
        kind, colon, key = (event.option_id or "").partition(":")
        match kind + colon:
            case "continue:":
                self.a_session_opens()
                self.beside(
                    lambda: self.reflect.workspace().take_up(key),
                    self.reflect.open_session_screen,
                    waiting="Opening the session",
                )
            case "fill:" if self._offered is not None:
                # with the records, which the first screen does not wait for
                from assistant.app.screens.form import fill_in

                fill_in(self, self._offered.records[key])
            case "case:":
                self.reflect.open_case(key)
            case "record:":
                self.reflect.read_record(key)
            case "sentence:":
                self.reflect.prepare("supervision", words=self._typed())
            case "point:":
                self.reflect.read_review(key)
            case journey if journey in {name for name, _, _ in JOURNEYS}:
                self.reflect.prepare(journey)
            case "quit":
                self.call_later(self.run_action, "app.quit")
            case place:
                self.reflect.visit(place)

    def action_new(self) -> None:
        """The session most people come for; the others stand in the list."""
        self.reflect.prepare("supervision")

    def action_find(self) -> None:
        """To the box."""
        self.query_one("#find", Input).focus()

    # What there is

    def _look(self) -> tuple[Offered, bool] | None:
        """What is waiting and whether the local numbers are to be asked for; None when the records are locked."""
        # with the records, which the first screen does not wait for
        from assistant.app.home_contents import offered
        from assistant.noticing.act_now_cards import has_own_numbers

        workspace = self.reflect.workspace()
        if workspace.locked:
            return None
        asked = self.reflect.settings.numbers_asked or has_own_numbers(self.reflect.home)
        return offered(workspace), not asked

    def _offer(self, looked: tuple[Offered, bool] | None) -> None:
        if not self.is_current:
            return  # somebody has gone on to something else, and is not taken away from it
        typed, self._typed_early = self._typed_early, ""
        if looked is None:
            box = self.query_one("#find", Input)
            early = f"{box.value}{typed}" if self.has_class("-not-known") else ""
            self._offered = self._found = None
            box.value = ""  # in plain letters
            self.reflect.unlock(typed=early)
            return
        self._offered, numbers_missing = looked
        choices = self.query_one(OptionList)
        if self.has_class("-not-known"):
            self.remove_class("-not-known")
            choices.focus()
            if typed:
                box = self.query_one("#find", Input)
                box.insert_text_at_cursor(typed)
                self.call_after_refresh(box.focus)  # until now it could not be seen
            elif (box := self.query_one("#find", Input)).value:
                self.find(Input.Changed(box, box.value))
        before = choices.highlighted_option.id if choices.highlighted_option else None
        moved = (choices.highlighted or 0) > _first(choices)
        self._list(0)
        ids = [option.id for option in choices.options]
        if moved and before in ids:
            choices.highlighted = ids.index(before)
        self._say_the_day()
        for name, words in (("#late", _late(self._offered.late)), ("#notice", self._offered.notice)):
            self.query_one(name, Static).update(Content(words))
            self.query_one(name).set_class(not words, "-nothing")
        if numbers_missing:
            self._ask_for_numbers()

    def _ask_for_numbers(self) -> None:
        """Once, before anything else is begun: they stand on the card that cannot wait."""
        from assistant.app.screens.numbers import NumbersScreen

        self.reflect.choose(numbers_asked=True)
        self.app.push_screen(NumbersScreen(first=True))

    def _list(self, highlighted: int) -> None:
        """What can be chosen.

        On the narrowest screens the names of the parts give way first, then what the names say already. What tells one
        line from the next stands under its name.
        """
        choices = self.query_one(OptionList)
        choices.set_options(self._found_options() if self._found is not None else self._usual_options())
        enabled = [place for place, option in enumerate(choices.options) if not option.disabled]
        choices.highlighted = highlighted if highlighted in enabled else next(iter(enabled), None)

    @property
    def _narrowest(self) -> bool:
        return self.app.size.width < NARROW

    def _usual_options(self) -> Iterator[Option | None]:
        """Part under part; on a tall screen with a quiet rule between them."""
        waits = self._offered
        parts: list[tuple[str, list[tuple[str, str, str]]]] = [("start", list(JOURNEYS)), ("go to", list(PLACES))]
        if waits is not None:
            lines = {"carry on": waits.carry_on, "due": waits.due}
            parts = [
                *((part, [(one.key, one.name, one.about) for one in each]) for part, each in lines.items()),
                parts[0],
                ("recent", [(one.key, one.name, one.about) for one in waits.recent]),
                parts[1],
            ]
        for number, (part, each) in enumerate(part for part in parts if part[1]):
            if number and self.app.size.height >= TALL:
                yield None
            for place, (key, name, about) in enumerate(each):
                if self._narrowest:
                    says_enough = part in {"start", "go to"}
                    yield Option(_under(name, "" if says_enough else about), id=key)
                else:
                    yield Option(_choice((part.upper() if not place else "").ljust(PART_WIDTH), name, about), id=key)

    def _found_options(self) -> Iterator[Option]:
        shown = _under if self._narrowest else partial(_choice, "")
        found = {line.key: Option(shown(line.name, line.about), id=line.key) for line in self._found or ()}
        begin = Option(shown("Start a session", "with these words, ready to send"), id=SENTENCE)
        if len(self._typed().split()) >= A_SENTENCE:
            yield begin
            yield from found.values()
            return
        yield from found.values()
        if not found:
            nothing = "Nothing found: no case, nothing that was said, no action and nothing in the library."
            yield Option(Content.styled(nothing, MUTED), disabled=True)
        yield begin

    def _typed(self) -> str:
        return self.query_one("#find", Input).value.strip()


def _first(choices: OptionList) -> int:
    return next((place for place, option in enumerate(choices.options) if not option.disabled), 0)


def _today(day: date, locking: int) -> Content:
    locks = f"   locks in {locking} min" if locking else ""
    return Content(f"{day:%a} {day.day} {day:%B}{locks}")


def _late(late: int) -> str:
    if not late:
        return ""
    return "! 1 thing is overdue. See Actions." if late == 1 else f"! {late} things are overdue. See Actions."


def _choice(part: str, name: str, about: str) -> Content:
    gap = " " * max(2, NAME_WIDTH - len(name)) if about else ""
    return Content.assemble(Content.styled(part, "$primary"), _name(name), gap, Content.styled(about, MUTED))


def _under(name: str, about: str) -> Content:
    return Content.assemble(_name(name), Content.styled(f"\n{about}" if about else "", MUTED))


def _name(name: str) -> Content:
    return Content.styled(name, "bold $warning" if name.startswith("Overdue") else "bold")
