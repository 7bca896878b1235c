"""Settings: how the app looks, what sends, when it locks, the passphrase, a backup, and the guided tour."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, RadioSet, Static
from textual.widgets.option_list import Option

from assistant.app import keys
from assistant.app.colours import MUTED, THEMES
from assistant.app.lock_after import LOCK_AFTER
from assistant.app.preferences import TEXT_WIDTHS
from assistant.app.screens.screen import BaseScreen
from assistant.app.widgets.choice import Choice, Choices
from assistant.app.widgets.footer import Keys

TO_DO = (
    ("numbers", "Local numbers", "who to ring near you, when something can't wait"),
    ("lock", "Lock now", "Ctrl+L does it anywhere"),
    ("passphrase", "Change the passphrase", "your backups will use the new one too"),
    ("back-up", "Back up now", "one more copy, as encrypted as the records"),
    ("restore", "Bring back a backup", "what is here now is set aside, not deleted"),
    ("tour", "Guided tour", "two minutes, on a made-up case"),
)
NAME_WIDTH = 23


class SettingsScreen(BaseScreen[None]):
    """What there is to choose."""

    HELP = "Choose with the arrow keys; Tab goes on to the next. What you change is kept, and holds straight away."
    BINDINGS: ClassVar[list[BindingType]] = [Binding(keys.CLOSE, "app.go_home", "Home")]

    def compose(self) -> ComposeResult:
        """Each choice, then what can be done, and where everything is."""
        settings = self.reflect.settings
        with VerticalScroll(classes="column"):
            yield Static("Settings", classes="heading")
            yield Static("Colours", classes="label")
            yield Choices(
                *(Choice(theme.name.capitalize(), value=theme.name == self.app.theme) for theme in THEMES),
                id="colours",
            )
            yield Static("How to send an answer", classes="label")
            yield Choices(
                Choice("Enter (Ctrl+J for a new line)", value=settings.enter_sends),
                Choice("Ctrl+Enter or F5 (Enter for a new line)", value=not settings.enter_sends),
                id="sending",
            )
            yield Static("Lock if no key has been pressed for", classes="label")
            yield Choices(
                *(Choice(_minutes(minutes), value=minutes == settings.lock_minutes) for minutes in LOCK_AFTER),
                id="locking",
            )
            yield Static("How wide the text of a session is", classes="label")
            yield Choices(
                *(Choice(says, value=width == settings.text_width) for width, says in TEXT_WIDTHS.items()), id="width"
            )
            yield Static("To do now", classes="label")
            yield OptionList(*(Option(_two(name, says), id=key) for key, name, says in TO_DO), id="to-do")
            yield Static(id="meaning", classes="muted")
            yield Static(Content(f"Everything is kept in {self.reflect.home}"), classes="muted")
        yield Keys()

    def on_mount(self) -> None:
        """The colours come first."""
        self.query_one("#colours").focus()
        self.beside(_meaning, lambda sentence: self.query_one("#meaning", Static).update(Content(sentence)))

    @on(RadioSet.Changed, "#colours")
    def colour(self, event: RadioSet.Changed) -> None:
        """Show it at once, and keep it."""
        self.reflect.choose_theme(THEMES[event.index].name)

    @on(RadioSet.Changed, "#sending")
    def sending(self, event: RadioSet.Changed) -> None:
        """From the next session on."""
        self.reflect.choose(enter_sends=event.index == 0)

    @on(RadioSet.Changed, "#locking")
    def locking(self, event: RadioSet.Changed) -> None:
        """From now on."""
        self.reflect.choose(lock_minutes=LOCK_AFTER[event.index])

    @on(RadioSet.Changed, "#width")
    def width(self, event: RadioSet.Changed) -> None:
        """From the next session on."""
        self.reflect.choose(text_width=tuple(TEXT_WIDTHS)[event.index])

    @on(OptionList.OptionSelected, "#to-do")
    def do(self, event: OptionList.OptionSelected) -> None:
        """What can be done."""
        match event.option_id:
            case "lock":
                self.reflect.action_lock()
            case "back-up":
                workspace = self.reflect.workspace()
                self.beside(
                    workspace.backups.back_up,
                    lambda where: self.say(f"Backed up, still encrypted, to {where}"),
                    waiting="Backing up",
                )
            case "tour":
                self.reflect.visit("tour")
            case "passphrase":
                from assistant.app.screens.change_passphrase import ChangePassphraseScreen

                self.app.push_screen(ChangePassphraseScreen())
            case "restore":
                from assistant.app.screens.restoring import RestoreScreen

                self.app.push_screen(RestoreScreen())
            case "numbers":
                from assistant.app.screens.numbers import NumbersScreen

                self.app.push_screen(NumbersScreen())


def _two(name: str, says: str) -> Content:
    return Content.assemble(Content.styled(name.ljust(NAME_WIDTH), "bold"), Content.styled(says, MUTED))


def _minutes(minutes: int) -> str:
    return f"{minutes} minutes" if minutes else "Never"


def _meaning() -> str:
    from assistant.retrieval.open_search import why_no_meaning  # NumPy costs 0.1 s

    return why_no_meaning() or "Search also finds reviews that say the same thing in different words."
