"""What a screen may ask of the app it belongs to.

Owns the one shape that screens and the palette know of the app, so that they need not import it and it can import them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from assistant.app.preferences import Settings
    from assistant.conversation.session import Session
    from assistant.errors import DataFileError
    from assistant.store.store_errors import DamagedStoreError
    from assistant.workspace.workspace import Workspace


class Host(Protocol):
    """The app, as its screens see it."""

    home: Path
    """The folder that holds everything the program keeps."""

    def workspace(self) -> Workspace:
        """The workspace, opened when first asked for; call it from a thread."""
        ...

    def put_on_clipboard(self, text: str, /) -> bool:
        """Put text on the computer's own clipboard; False where that cannot be known to have worked."""
        ...

    def prepare(self, journey: str, case: str = "", words: str = "") -> None:
        """Show the form before a session of `journey`: on a case there is, and with words to begin with, if any."""
        ...

    def open_case(self, case: str) -> None:
        """Show everything of one case."""
        ...

    def start(self, journey: str) -> None:
        """The same, from the first screen."""
        ...

    def open_session_screen(self, session: Session) -> None:
        """Show a session, on top of the first screen."""
        ...

    def visit(self, place: str) -> None:
        """Show the library, the records, the settings or the tour."""
        ...

    def go_to(self, place: str) -> None:
        """The same, from the first screen."""
        ...

    def go_home(self) -> None:
        """Back to the first screen."""
        ...

    def read_record(self, session: str) -> None:
        """Show a past record over the list of them."""
        ...

    def read_review(self, review: str) -> None:
        """Show a review of the library."""
        ...

    def unlock(self, damage: DamagedStoreError | None = None, typed: str = "") -> None:
        """Ask for the passphrase, of which some may be typed already, or offer a backup."""
        ...

    def show_faults(self, error: DataFileError) -> None:
        """Say what is wrong with the user's own files, and offer those that came with the program."""
        ...

    def passing_folder(self) -> str:
        """A folder that is gone when the app is."""
        ...

    def make_trial(self) -> tuple[Workspace, Session]:
        """A session on a made-up case, in a folder that goes."""
        ...

    def open_trial(self, made: tuple[Workspace, Session], typed: str) -> None:
        """Show it in the place of this screen, with what was typed meanwhile."""
        ...

    def end_trial(self) -> None:
        """Forget what was only tried."""
        ...

    @property
    def settings(self) -> Settings:
        """What was chosen about the app itself."""
        ...

    def choose(self, **to: str | bool | int) -> None:
        """Keep a choice about the app itself."""
        ...

    def action_lock(self) -> bool:
        """Lock the records now."""
        ...

    def choose_theme(self, theme: str) -> None:
        """Change the colours, and remember it."""
        ...
