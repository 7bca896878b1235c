"""What every screen shares: work done beside the interface, and one place where each failure becomes a sentence."""

from __future__ import annotations

from collections.abc import Callable
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.worker import Worker, WorkerState

from assistant.app import crash
from assistant.errors import DataFileError, ReflectError

if TYPE_CHECKING:
    from assistant.app.app import ReflectApp
    from assistant.app.screens.waiting import WaitingScreen
    from assistant.app.widgets.learning import LearningCard

MOMENT_S = 0.5
"""Whatever takes longer is shown to be going on."""
OVER = {WorkerState.SUCCESS, WorkerState.ERROR, WorkerState.CANCELLED}
POINT_COPIED = "the learning point, word for word, and where it stands"
RECORD_COPIED = "the whole record"
NARROW = 64
WIDE = 120
"""Columns from which a screen is narrow, and wide; below `NARROW` it shows one thing at a time."""
TALL = 32
MIDDLING = 18
"""Rows from which there is room for more than what is needed."""

Found = TypeVar("Found")
Result = TypeVar("Result")


def going_on(worker: Worker[Any]) -> bool:
    """Whether somebody still waits for it; one replaced before it had begun is never finished."""
    return not (worker.is_finished or worker.is_cancelled)


class DialogueScreen(ModalScreen[Result], Generic[Result]):
    """A screen over another that is answered before anything else; Help is the one key of the app it keeps."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f1", "app.help", "Help", tooltip="Every key of this screen")]


class BaseScreen(Screen[Result], Generic[Result]):
    """A screen of Reflect."""

    HELP: ClassVar[str] = ""
    """What this screen is for, shown above its keys in Help."""
    ANSWERED_FIRST: ClassVar[bool] = False
    """The palette offers no way past this screen."""

    def __init__(self) -> None:
        super().__init__()
        self._afterwards: dict[Worker[Any], Callable[[Any], object]] = {}
        self._waits: dict[Worker[Any], WaitingScreen] = {}

    @property
    def reflect(self) -> ReflectApp:
        """The app this screen belongs to."""
        return cast("ReflectApp", self.app)

    def beside(
        self,
        work: Callable[[], Found],
        then: Callable[[Found], object],
        *,
        group: str = "desk",
        waiting: str = "",
        slowly: str = "",
    ) -> Worker[Found]:
        """Do `work` in a thread, then `then` with what it found, back here.

        Newer work of a group replaces older work of it, whose result is dropped. With a sentence for `waiting`, work
        that takes longer than a moment can be seen and stopped; with one for `slowly` it is only said.
        """
        worker = self.run_worker(work, group=group, exclusive=True, thread=True, exit_on_error=False)
        self._afterwards[worker] = then
        if waiting:
            self.set_timer(MOMENT_S, lambda: self._wait_for(worker, waiting))
        if slowly:
            self.set_timer(MOMENT_S, lambda: self.say(f"{slowly} …") if going_on(worker) else None)
        return worker

    def _wait_for(self, worker: Worker[Any], sentence: str) -> None:
        if not going_on(worker) or self.app.screen is not self:
            return
        from assistant.app.screens.waiting import WaitingScreen

        def stopped(_: None) -> None:
            if self._waits.pop(worker, None):
                worker.cancel()
                self.say("Stopped.")

        self._waits[worker] = WaitingScreen(sentence)
        self.app.push_screen(self._waits[worker], stopped)

    async def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Hand on what was found, or say what went wrong; every failure of every worker comes through here."""
        if event.state in OVER and (shown := self._waits.pop(event.worker, None)):
            shown.end()
        if event.state is WorkerState.SUCCESS:
            following = self._afterwards.pop(event.worker)(event.worker.result)
            if isawaitable(following):
                await following
        elif event.state in {WorkerState.ERROR, WorkerState.CANCELLED}:
            self._afterwards.pop(event.worker, None)
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.failed(event.worker.error)

    def failed(self, error: BaseException) -> None:
        """Say what went wrong, and give the screen back to the user."""
        if isinstance(error, DataFileError):
            self.reflect.show_faults(error)
            return
        self.say(self.sentence(error), severity="warning" if isinstance(error, ReflectError) else "error")
        self.after_a_failure()

    def sentence(self, error: BaseException) -> str:
        """What the user is told about `error`."""
        if isinstance(error, ReflectError):
            return str(error)
        number = crash.report(error, self.reflect.home)
        return f"That did not work (incident {number}). Nothing you wrote is lost; please try again."

    def after_a_failure(self) -> None:
        """Give the screen back to the user; screens that shut something while they wait open it here."""

    def copy(self, text: str, what: str) -> None:
        """Put text on the terminal's clipboard and on the computer's own, and say what was copied."""

        def said(sure: bool) -> None:
            terminal = " The terminal was asked to copy it; where pasting brings nothing, save a copy instead."
            self.say(f"Copied: {what}.{'' if sure else terminal}")

        self.app.copy_to_clipboard(text)
        self.beside(lambda: self.reflect.put_on_clipboard(text), said, group="copy")

    def on_learning_card_copy_wanted(self, event: LearningCard.CopyWanted) -> None:
        """A card, on whichever screen it lies."""
        from assistant.app import words  # with the models, which no first screen waits for

        self.copy(words.cited(event.hit), POINT_COPIED)

    def say(self, sentence: str, *, severity: str = "information") -> None:
        """A short message in the corner, shown as it stands."""
        longer = {"error": 20.0, "warning": 12.0}
        self.app.notify(
            sentence,
            severity=severity,  # type: ignore[arg-type]  # one of Textual's three words
            timeout=longer.get(severity, 6.0),
            markup=False,
        )
