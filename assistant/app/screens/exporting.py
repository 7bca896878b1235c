"""In which form a record leaves the program, what of it and where to: the file is named before it is made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, RadioSet, Select, Static
from textual.worker import get_current_worker

from assistant.app import keys
from assistant.app.screens.dialogue import DialogueScreen
from assistant.app.screens.screen import BaseScreen
from assistant.app.widgets.choice import Choice, Choices
from assistant.app.widgets.footer import Keys
from assistant.app.widgets.key_button import KeyButton
from assistant.app.widgets.paths import Paths
from assistant.app.widgets.tick import Tick
from assistant.conversation.state import replay
from assistant.errors import ReflectError
from assistant.export.export_file import name_of
from assistant.export.handover import BEST_FOR, FORMATS, OF_A_CASE, DocumentKind, Format, Wanted
from assistant.resources import where_people_look

if TYPE_CHECKING:
    from assistant.conversation.events import Started

NAMES: dict[Format, str] = {
    "docx": "Word",
    "pdf": "PDF",
    "html": "Web page",
    "md": "Plain text (Markdown)",
    "json": "For another program (JSON)",
    "ics": "Calendar of the actions",
}
DOCUMENTS: dict[DocumentKind, str] = {
    "record": "The record",
    "personal": "The personal part, for the supervision file",
    "plan": "Only the plan",
    "to-supervision": "What to take to supervision",
    "escalation": "A letter to take a disagreement further",
    "chronology": "The case's chronology",
    "genogram": "The case's genogram",
    "team-feedback": "The team's feedback",
    "debrief": "The group's debrief",
    "cpd": "A note for your professional development",
}
"""What can be handed over, by the name people know it by."""
_OF_ALL: tuple[DocumentKind, ...] = ("record", "plan", "cpd")
_OF_A_CASE: tuple[DocumentKind, ...] = ("record", "personal", "plan", "escalation", "chronology", "genogram", "cpd")


@dataclass(frozen=True)
class Copy:
    """The copy somebody wants."""

    form: Format
    path: Path
    wanted: Wanted
    new_folder: bool = False
    """The folder is to be made first; somebody said so."""
    replace: bool = False
    """A file that is there already is to be replaced; somebody said so."""


class StoppedError(ReflectError):
    """The user did not want to wait."""


def save_a_copy(screen: BaseScreen[None], session: str) -> None:
    """Ask in which form and where, and write one session there; `screen` says what became of it."""
    workspace = screen.reflect.workspace()

    def write(copy: Copy) -> str:
        if copy.new_folder:
            copy.path.parent.mkdir(parents=True, exist_ok=True)
        return workspace.documents.export(
            session, copy.form, copy.path, copy.wanted, overwrite=copy.replace, before_writing=_stop_if_unwanted
        )

    def save(copy: Copy | None) -> None:
        if copy is not None:
            screen.beside(lambda: write(copy), screen.say, group="save", waiting="Making the copy")

    def ask(started: Started) -> None:
        screen.app.push_screen(ExportingScreen(where_people_look(), started), save)

    screen.beside(lambda: replay(workspace.store.events(session)).started, ask, group="save")


def _stop_if_unwanted() -> None:
    """In a thread whose work somebody has stopped: go no further."""
    if get_current_worker().is_cancelled:
        raise StoppedError("Stopped. Nothing was written.")


class ExportingScreen(DialogueScreen[Copy]):
    """The form, the document, and the folder it goes to."""

    HELP = (
        "Choose a format, what to hand over, and a folder. The line under the folder shows the file it makes. It isn't "
        "encrypted, so keep it where case records are kept."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(keys.STEP, "save", "Save"),
        Binding(keys.CLOSE, "back", "Back"),
    ]

    def __init__(self, folder: Path, started: Started) -> None:
        super().__init__()
        self._folder = folder
        self._started = started
        self._warned: Path | None = None
        """Of which file or folder it was said that it is there, or isn't."""

    def compose(self) -> ComposeResult:
        """The forms, what of it, and the folder."""
        best = BEST_FOR.get(self._started.journey, "record")
        kinds = dict.fromkeys((best, *(_OF_A_CASE if self._started.role in OF_A_CASE else _OF_ALL)))
        with VerticalScroll(id="exporting", can_focus=False):
            yield Static("Save a copy to share", classes="heading")
            yield Static("It's about a child, and it won't be encrypted. Keep it where case records are kept.")
            with Choices(id="form"):
                for position, form in enumerate(FORMATS):
                    yield Choice(NAMES[form], value=position == 0)
            yield Select([(DOCUMENTS[kind], kind) for kind in kinds], value=best, allow_blank=False, id="document")
            yield Tick("With everything that was said, after it", id="appendix", compact=True)
            yield Tick("Without names and identifiers, as far as they can be found", id="redacted", compact=True)
            yield Static("Folder", classes="label")
            yield Input(str(self._folder), id="folder", suggester=Paths(folders=True))
            yield Static(id="file", classes="muted")
            yield Static(id="problem")
            with Horizontal(classes="buttons"):
                yield KeyButton("Save", "F5", "save", primary=True, id="save")
        yield Keys()

    def on_mount(self) -> None:
        """Which file it would be now."""
        self.show_the_file()

    @on(RadioSet.Changed)
    @on(Select.Changed)
    @on(Input.Changed)
    def show_the_file(self) -> None:
        """The file that Save makes."""
        self.query_one("#file", Static).update(Content(f"It will be {self._copy().path}"))
        self.query_one("#problem", Static).update("")
        self._warned = None

    def on_input_submitted(self) -> None:
        """Enter in the folder saves."""
        self.action_save()

    def action_save(self) -> None:
        """In the form that is chosen; a folder is made, or a file replaced, only when Save is pressed again."""
        copy = self._copy()
        folder = copy.path.parent
        if folder.exists() and not folder.is_dir():
            self._say(f"{folder} is a file. Name a folder.")
        elif not folder.exists() and self._warned != folder:
            self._warned = folder
            self._say("There's no such folder yet. Save again to make it.")
        elif copy.path.exists() and self._warned != copy.path:
            self._warned = copy.path
            self._say("There's already a file of that name. Save again to replace it.")
        else:
            self.dismiss(
                Copy(copy.form, copy.path, copy.wanted, self._warned == folder, replace=self._warned == copy.path)
            )

    def action_back(self) -> None:
        """Nothing is written."""
        self.dismiss(None)

    def _copy(self) -> Copy:
        form = FORMATS[max(0, self.query_one(RadioSet).pressed_index)]
        kind: DocumentKind = self.query_one("#document", Select).value  # type: ignore[assignment]  # one of DOCUMENTS
        appendix, redacted = (self.query_one(f"#{name}", Tick).value for name in ("appendix", "redacted"))
        folder = Path(self.query_one("#folder", Input).value.strip() or ".").expanduser()
        name = name_of(self._started.case, self._started.at, kind, form)
        return Copy(form, folder / name, Wanted(kind, appendix=appendix, redacted=redacted))

    def _say(self, sentence: str) -> None:
        self.query_one("#problem", Static).update(Content(sentence))
