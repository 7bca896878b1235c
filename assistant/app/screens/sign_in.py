"""Signing in to a team's database, each person as themselves."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from assistant.app import keys
from assistant.app.screens.screen import BaseScreen
from assistant.app.widgets.footer import Keys
from assistant.app.widgets.key_button import KeyButton


class SignInScreen(BaseScreen[bool]):
    """Asks who it is and for their password; once they were here, for the password alone."""

    ANSWERED_FIRST = True
    HELP = (
        "Your team keeps its records in a database, and everybody signs in as themselves: the name and the password "
        "that whoever looks after it gave you. Type them and press Enter."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(keys.STEP, "sign_in", "Sign in"),
        Binding(keys.CLOSE, "app.quit", "Quit"),
    ]

    def __init__(self, login: str = "") -> None:
        super().__init__()
        self._login = login
        self._opening = False

    def compose(self) -> ComposeResult:
        """Two boxes, or one for somebody who comes back."""
        with VerticalScroll(classes="column"):
            yield Static("Sign in", classes="heading")
            if self._login:
                yield Static(Content(f"As {self._login}"), id="who")
            else:
                yield Static("Your name in the team's database", classes="label")
                yield Input(id="login", max_length=60)
            yield Static("Password", classes="label")
            yield Input(password=True, id="password")
            yield Static(id="sign-in-problem")
            with Horizontal(classes="buttons"):
                yield KeyButton("Sign in", "F5", "sign_in", primary=True, id="sign-in")
        yield Keys()

    def on_mount(self) -> None:
        """Straight to the typing."""
        self.query(Input).first().focus()

    def enter_in(self, box: Widget | None) -> bool:
        """From the name to the password."""
        if on := box is not None and box.id == "login":
            self.set_focus(self.query_one("#password"))
        return on

    def on_input_submitted(self) -> None:
        """Enter signs in."""
        self.action_sign_in()

    def action_sign_in(self) -> None:
        """Open the records as this person; a moment's work, and longer after a wrong try."""
        if self._opening:
            return
        login = self._login or self.query_one("#login", Input).value.strip()
        password = self.query_one("#password", Input).value
        self._opening = True
        self._problem("Signing in …")
        workspace = self.reflect.workspace
        self.beside(lambda: workspace().opening.sign_in(login, password), self._signed_in)

    def _signed_in(self, _: None) -> None:
        self.dismiss(True)

    def failed(self, error: BaseException) -> None:
        """Say it here, where it is typed; the password is typed again."""
        self._opening = False
        self._problem(self.sentence(error))
        self.query_one("#password", Input).value = ""
        self.query_one("#password").focus()

    def _problem(self, sentence: str) -> None:
        self.query_one("#sign-in-problem", Static).update(Content(sentence))
