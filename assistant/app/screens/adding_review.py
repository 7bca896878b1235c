"""A review of the team's own on its way into the library: its text beside the points found, before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from assistant.app import content, keys
from assistant.app.colours import MUTED
from assistant.app.screens.screen import BaseScreen
from assistant.app.widgets.footer import Keys
from assistant.app.widgets.key_button import KeyButton
from assistant.app.widgets.paths import Paths
from assistant.app.widgets.review_text import Opened, Reader
from assistant.errors import ReflectError
from assistant.library.importing import NoLearningError, Preview, documents_in, keep, read_document, read_export
from assistant.library.metadata import UNSTATED
from assistant.library.points import Review, reading_text
from assistant.store.where_kept import no_files_here


class LeftOffError(ReflectError):
    """The user did not want to wait; nothing was kept."""


@dataclass(frozen=True)
class Found:
    """What one file was found to hold, and what waits after it."""

    preview: Preview
    review: Review
    waiting: tuple[Path | Preview, ...]


class AddingScreen(BaseScreen[bool]):
    """Choose a file, look at what was found in it, keep it or leave it."""

    HELP = (
        "Type where the file is: Word, PDF, web page, Markdown or text, or a folder. Nothing is kept before you have "
        "seen it. Next to the page are the points found in it. Move through them to see where each one comes from."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(keys.STEP, "go_on", "Read or keep", tooltip="Read the file, then keep what was found"),
        Binding(keys.OTHER_PART, "read", "Page", priority=True, tooltip="Between the points and the page's text"),
        Binding(
            keys.PUT_AWAY,
            "leave_out",
            "Leave out",
            key_display="Del",
            tooltip="Do not keep this one, and go on to the next",
        ),
        Binding(keys.CLOSE, "back", "Back", tooltip="Stop reading, or go back to the library. Nothing is kept"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: Found | None = None
        self._waiting: tuple[Path | Preview, ...] = ()
        self._busy = False
        self._keeping = False
        self._kept = 0

    def compose(self) -> ComposeResult:
        """The file's name above; under it what was found, beside the page."""
        with Horizontal(id="adding-file"):
            yield Input(placeholder="Where the file is", id="file", suggester=Paths())
            yield KeyButton("Read", "F5", "go_on", primary=True, id="go-on")
        yield Static(Content("Nothing is kept before you have seen what was found."), id="adding-says", classes="muted")
        with Horizontal(id="adding"):
            with Vertical(id="adding-found"):
                yield Static(id="adding-about")
                yield OptionList(id="adding-points")
            yield Reader(id="reader")
        yield Keys()

    def on_mount(self) -> None:
        """The file comes first."""
        self.query_one("#file").focus()

    def on_input_submitted(self) -> None:
        """Enter reads the file."""
        self.action_go_on()

    def action_go_on(self) -> None:
        """Read the file that is named, or keep what was found in it."""
        if self._busy:
            return
        if self._found is not None:
            self._keep(self._found)
            return
        named = self.query_one("#file", Input).value.strip().strip("\"'")
        if why := no_files_here():
            self._says(why)
            return
        if not named:
            self._says("Type where the file is, then press Enter.")
            return
        documents = tuple(documents_in(Path(named).expanduser()))
        if documents:
            self._read(documents)
        else:
            self._says(f"There's no document in “{named}” that Reflect can read.")

    def action_leave_out(self) -> None:
        """Keep nothing of this file."""
        if self._found is not None and not self._busy:
            self._next(self._found.waiting, "It was not kept.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """There is something to leave out, and a page, once a file was read."""
        return action not in {"leave_out", "read"} or self._found is not None

    def action_read(self) -> None:
        """Where only one of them fits, from the points to the page and back."""
        self.toggle_class("-reading")
        self.query_one(Reader if self.has_class("-reading") else "#adding-points").focus()

    def action_back(self) -> None:
        """Stop what is going on; else back to the library."""
        if self._keeping:
            self._says("Saving it. This takes a few seconds.")
        elif self._busy:
            self.workers.cancel_node(self)
            self.after_a_failure()
            self._says("Stopped. Nothing was kept.")
        elif self.has_class("-reading") and not self.has_class("-wide"):
            self.action_read()
        else:
            self.dismiss(self._kept > 0)

    def after_a_failure(self) -> None:
        """Another file can be named."""
        self._busy = self._keeping = False

    def sentence(self, error: BaseException) -> str:
        """With how the file begins, where it turned out to be about something else."""
        if isinstance(error, NoLearningError):
            return f"{error} Here is what was read: {error.read}"
        return super().sentence(error)

    def failed(self, error: BaseException) -> None:
        """Say it where it stays to be read, and go on to the file after it."""
        self._says(self.sentence(error))
        self.after_a_failure()
        waiting = self._waiting
        if waiting:
            self._read(waiting)

    @on(OptionList.OptionHighlighted, "#adding-points")
    def show_place(self, event: OptionList.OptionHighlighted) -> None:
        """Where the point stands on the page."""
        if self._found is not None and event.option_id is not None:
            point = next((each for each in self._found.preview.points if each.id == event.option_id), None)
            if point is not None:
                self.query_one(Reader).choose(point)

    def _read(self, waiting: Sequence[Path | Preview]) -> None:
        first, *rest = waiting
        self._waiting = tuple(rest)
        self._busy = True
        self._found = None
        if isinstance(first, Path):
            self._says(f"Reading {first.name} …")
        self.beside(lambda: self._preview(first, tuple(rest)), self._show, group="adding")

    def _preview(self, document: Path | Preview, rest: tuple[Path | Preview, ...]) -> Found:
        if isinstance(document, Path) and document.suffix.lower() == ".jsonl":
            document, *more = tuple(read_export(document))
            rest = (*more, *rest)
        preview = read_document(document, progress=self._pages) if isinstance(document, Path) else document
        front = preview.front
        review = Review(
            **front.model_dump(include={"id", "title", "subject", "publisher", "published", "licence", "source"}),
            text=preview.text,
            points=preview.points,
        )
        return Found(preview, review, rest)

    def _pages(self, done: int, total: int) -> None:
        if get_current_worker().is_cancelled:
            raise LeftOffError("Stopped. Nothing was kept.")
        self.app.call_from_thread(self._says, f"Reading page {done} of {total} … Esc stops.")

    async def _show(self, found: Found) -> None:
        self._busy = False
        self._found = found
        self._waiting = found.waiting
        self.add_class("-found")
        preview = found.preview
        self.query_one("#adding-about", Static).update(_about(preview))
        points = self.query_one("#adding-points", OptionList)
        points.set_options(
            [
                *(Option(_two_lines(reading_text(p.text), content.kind_and_lines(p)), id=p.id) for p in preview.points),
                *(
                    Option(_two_lines(f"Left out: {left.text}", left.reason), disabled=True)
                    for left in preview.left_out
                ),
                *(
                    Option(_two_lines(f"Left out: {aside.text}", aside.reason), disabled=True)
                    for aside in preview.asides
                ),
            ]
        )
        await self.query_one(Reader).show(Opened(found.review, preview.points, None))
        more = f" {len(found.waiting)} more to come." if found.waiting else ""
        self.refresh_bindings()
        self._says(f"F5 keeps it, Del leaves it out.{more}")
        self.query_one("#go-on", KeyButton).call("Keep")
        points.highlighted = 0
        points.focus()

    def _keep(self, found: Found) -> None:
        self._busy = self._keeping = True
        self._says("Keeping it, and making it findable …")
        workspace = self.reflect.workspace()

        def work() -> str:
            kept = keep(found.preview, self.reflect.home)
            workspace.learning.read_again()
            workspace.learning.search(found.preview.front.title)  # the index is built here, not at the next answer
            return kept

        self.beside(work, lambda _: self._kept_it(found), group="adding")

    def _kept_it(self, found: Found) -> None:
        self._keeping = False
        self._kept += 1
        self._next(found.waiting, f"“{found.preview.front.title}” is in your library.")

    def _next(self, waiting: Sequence[Path | Preview], sentence: str) -> None:
        self._busy = False
        self._found = None
        self.refresh_bindings()
        self.remove_class("-found", "-reading")
        self.query_one("#go-on", KeyButton).call("Read")
        if waiting:
            self._read(waiting)
        else:
            self._says(f"{sentence} Name another file, or press Esc.")
            self.query_one("#file", Input).value = ""
            self.query_one("#file").focus()

    def _says(self, sentence: str) -> None:
        self.query_one("#adding-says", Static).update(Content(sentence))


def _about(preview: Preview) -> Content:
    front = preview.front
    kinds = ", ".join(content.count_of(count, kind) for kind, count in preview.points_by_kind.items())
    left = len(preview.left_out) + len(preview.asides)
    said = (
        f"\nPublisher: {front.publisher}. Published: {front.published or UNSTATED}. "
        f"Licence: {front.licence or UNSTATED}."
        f"\n{kinds}. {len(preview.sections)} sections. Left out: {left}, listed last with the reason."
    )
    noted = Content("".join(f"\n! {notice}" for notice in preview.notices)).stylize("$warning")
    return Content.assemble(Content.styled(front.title, "bold"), Content.styled(said, MUTED), noted)


def _two_lines(text: str, about: str) -> Content:
    return Content.assemble(text, "\n", Content.styled(f"{about}\n", MUTED))
