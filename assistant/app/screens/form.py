"""An action or a disagreement, to be filled in field by field. What the fields are and mean is the form's business."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.widget import Widget
from textual.widgets import Input, Select, Static, TextArea

from assistant.app import keys
from assistant.app.screens.confirm import ConfirmScreen
from assistant.app.screens.identifiers_asked import NamesScreen
from assistant.app.screens.screen import BaseScreen
from assistant.app.screens.typed import NextBox
from assistant.app.widgets.answer_box import AnswerBox
from assistant.app.widgets.footer import Keys
from assistant.app.widgets.key_button import KeyButton
from assistant.app.widgets.names_asked import Chosen
from assistant.app.widgets.tick import Tick
from assistant.errors import ReflectError
from assistant.followup.forms import YES, Field, Filled, Form, form_of

if TYPE_CHECKING:
    from assistant.followup.actions import Action
    from assistant.followup.escalations import Escalation
    from assistant.noticing.identifier_shapes import Identifier


class WordsBox(AnswerBox):
    """Several lines of somebody's own words; F5 saves all of the form."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding(keys.SEND, "send", "Save", show=False, tooltip="Save it as it is")]


class FieldBox(Vertical):
    """One field: what it is, the box, and whatever is to be said about it."""

    def __init__(self, field: Field, typed: str) -> None:
        super().__init__(id=f"field-{field.name}")
        self.field = field
        self.box = _box(field, typed)
        self._said = {"ask": "", "unread": ""}

    @property
    def typed(self) -> str:
        """What stands in the box, also while the screen is being taken down."""
        match self.box:
            case TextArea() as box:
                return box.text
            case Input() as box:
                return box.value
            case Tick() as box:
                return YES if box.value else ""
            case Select() as box:
                return str(box.value)
        return ""

    def compose(self) -> ComposeResult:
        """The label, which a tick has beside it; what is said about it comes before the box, and is read first."""
        if not isinstance(self.box, Tick):
            yield Static(Content(self.field.label), classes="label")
        yield Static(classes="ask")
        yield Static(classes="unread")
        yield self.box
        if self.field.hint:
            yield Static(Content(self.field.hint), classes="muted")

    def say(self, ask: str, unread: str) -> None:
        """What is missing or vague, and what cannot be read; nothing of either takes no room."""
        self._said = {"ask": ask, "unread": unread}
        for kind, sentence in self._said.items():
            line = self.query_one(f".{kind}", Static)
            line.update(Content(sentence))
            line.display = bool(sentence)

    def add(self, sentence: str) -> None:
        """Say this too, after what is said already."""
        kind = "unread" if self._said["unread"] else "ask"
        self.query_one(f".{kind}", Static).update(Content(f"{self._said[kind]} {sentence}"))

    def on_descendant_focus(self, _: DescendantFocus) -> None:
        """The label is read with the box."""
        self.scroll_visible(animate=False)


def _box(field: Field, typed: str) -> Widget:
    match field.kind:
        case "words":
            words = WordsBox()
            words.put(typed)
            return words
        case "line" | "day":
            return Input(
                typed, placeholder="for example Friday, or 3 June" if field.kind == "day" else "", select_on_focus=False
            )
        case "tick":
            return Tick(Content(field.label), typed == YES, compact=True)
        case "choice":
            options = [(Content(words), key) for key, words in field.choices]
            return Select(options, value=typed, allow_blank=False)


def fill_in(
    over: BaseScreen[None], record: Action | Escalation, then: Callable[[bool | None], None] | None = None
) -> None:
    """Show the form of a record over a screen; `then` is told whether anything was kept."""
    workspace = over.reflect.workspace()

    def show(form: Form) -> None:
        over.app.push_screen(FillingScreen(form), then)

    over.beside(lambda: form_of(record, workspace.prompts.ladder, workspace.home), show, group="open")


class FillingScreen(NextBox, BaseScreen[bool]):
    """Dismissed with whether anything was kept."""

    HELP = (
        "Fill in what you can. You don't have to fill it all in. Tab goes to the next box, F5 keeps everything, and "
        "Esc goes back and asks first if something was changed."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(keys.STEP, "save", "Save", tooltip="Save it as it is"),
        Binding(keys.CLOSE, "leave", "Back", tooltip="Go back; asks first if something was changed"),
    ]

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._form = form
        self._fields = [FieldBox(field, form.typed[field.name]) for field in form.fields]
        self._asked: Mapping[str, str] = {}
        self._busy = False
        self._over = False

    def compose(self) -> ComposeResult:
        """What it is, the fields, what is missing of them all, and the way to save."""
        with VerticalScroll(classes="column", id="filling", can_focus=False):
            yield Static(Content(self._form.heading), classes="heading")
            yield from self._fields
            yield Static(id="still")
            with Horizontal(classes="buttons"):
                yield KeyButton("Save", "F5", "save", primary=True, id="save")
        yield Keys()

    def on_mount(self) -> None:
        """The first box takes the first key; what is asked about it stands there already."""
        self._say(self._read())
        self._fields[0].box.focus()
        self.call_after_refresh(self.query_one("#filling").scroll_home, animate=False)

    def on_answer_box_sent(self) -> None:
        """F5 in a box."""
        self.action_save()

    def action_save(self) -> None:
        """Keep it. What could be clearer is shown once, and may stay as it is."""
        if self._busy:
            return
        filled = self._read()
        new = {name for name, ask in filled.asks.items() if self._asked.get(name) != ask}
        self._say(filled)
        if filled.unread:
            self._turn_to(set(filled.unread), "Nothing is saved yet.")
        elif new:
            self._turn_to(new, "F5 again keeps it as it is.")
        else:
            self._look_for_names()

    def action_leave(self) -> None:
        """Go back; what was typed is not lost without a word."""
        if self._busy:
            return
        if not self._changed:
            self._end(kept=False)
            return

        def decided(leave: bool | None) -> None:
            if leave:
                self._end(kept=False)

        question = "What you typed here isn't saved yet. Press F5 to save it."
        self.app.push_screen(ConfirmScreen(question, yes="Leave without saving", no="Keep typing"), decided)

    def on_unmount(self) -> None:
        """Left by another way than Back: what can be read is kept."""
        if not self._over and self._changed:
            try:
                self.reflect.workspace().follow_ups.keep(self._read().record)
            except ReflectError as error:
                self.say(str(error), severity="warning")

    def after_a_failure(self) -> None:
        """Everything typed stands where it was."""
        self._busy = False

    @property
    def _typed(self) -> dict[str, str]:
        return {each.field.name: each.typed for each in self._fields}

    @property
    def _changed(self) -> bool:
        return self._typed != dict(self._form.typed)

    def _read(self) -> Filled:
        return self._form.filled(self._typed, self.reflect.workspace().now())

    def _say(self, filled: Filled) -> None:
        self._asked = filled.asks
        for each in self._fields:
            each.say(filled.asks.get(each.field.name, ""), filled.unread.get(each.field.name, ""))
        still = self.query_one("#still", Static)
        still.update(Content(filled.still))
        still.display = bool(filled.still)

    def _turn_to(self, names: set[str], then: str) -> None:
        """To the first of these, which says what comes of it."""
        first = next(each for each in self._fields if each.field.name in names)
        first.add(then)
        first.box.focus()
        self.call_after_refresh(first.scroll_visible, animate=False)  # what was just said made it taller

    def _end(self, *, kept: bool) -> None:
        self._over = True
        self.dismiss(kept)

    # Who could be recognised

    def _look_for_names(self) -> None:
        """Nothing is kept that could give somebody away before somebody has said so."""
        self._busy = True
        workspace, case = self.reflect.workspace(), self._form.case
        written = {
            name: words
            for name, words in self._typed.items()
            if words != self._form.typed[name] and self._is_written(name)
        }

        def look() -> tuple[Identifier, ...]:
            return tuple(
                one for words in written.values() for one in workspace.stand_ins.notice(case, words).identifiers
            )

        def ask(found: tuple[Identifier, ...]) -> None:
            if found:
                self.app.push_screen(NamesScreen(found), choose)
            else:
                self._keep(written, {})

        def choose(chosen: Chosen | None) -> None:
            if chosen is None:
                self._busy = False
            else:
                self._keep(written, chosen)

        self.beside(look, ask)

    def _is_written(self, name: str) -> bool:
        return any(each.field.name == name and each.field.kind in {"words", "line"} for each in self._fields)

    def _keep(self, written: Mapping[str, str], chosen: Chosen) -> None:
        workspace, case, typed = self.reflect.workspace(), self._form.case, self._typed

        def keep() -> list[str]:
            workspace.stand_ins.choose(case, chosen)
            noticed = {name: workspace.stand_ins.notice(case, words) for name, words in written.items()}
            replaced = {name: one.words for name, one in noticed.items()}
            workspace.follow_ups.keep(self._form.filled({**typed, **replaced}, workspace.now()).record)
            return [f"“{now}” for “{was}”" for one in noticed.values() for was, now in one.put_in]

        def kept(put_in: list[str]) -> None:
            said = f" Put in as you chose: {'; '.join(dict.fromkeys(put_in))}." if put_in else ""
            self.say(f"Kept.{said}")
            self._end(kept=True)

        self.beside(keep, kept)
