"""What every screen shares: work done beside the interface, and one place where each failure becomes a sentence."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

from textual.actions import SkipAction
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from assistant import crash
from assistant.app.screens.typed import Typed
from assistant.errors import DataFileError, ReflectError

if TYPE_CHECKING:
    from assistant.app.commands import Command
    from assistant.app.host import Host
    from assistant.app.screens.waiting import WaitingScreen
    from assistant.app.widgets.learning import LearningCard

MOMENT_S = 0.5
"""Whatever takes longer is shown to be going on."""
OVER = {WorkerState.SUCCESS, WorkerState.ERROR, WorkerState.CANCELLED}
POINT_COPIED = "the learning point, word for word, and where it comes from"
RECORD_COPIED = "the whole record"
MARKED_COPIED = "what you selected"
Found = TypeVar("Found")
Result = TypeVar("Result")


def is_running(worker: Worker[Any]) -> bool:
    """Whether somebody still waits for it; one replaced before it had begun is never finished."""
    return not (worker.is_finished or worker.is_cancelled)


class BaseScreen(Typed, Screen[Result], Generic[Result]):
    """A screen of Reflect."""

    HELP: ClassVar[str] = ""
    """What this screen is for, shown above its keys in Help."""
    FINDS_IN: ClassVar[str] = ""
    """The box in which something is looked for here, as a selector; nothing where there is none."""
    ANSWERED_FIRST: ClassVar[bool] = False
    """The palette offers no way past this screen."""

    COMMANDS_HERE: ClassVar[Sequence[Command]] = ()
    """What can be done here by name, in the palette too."""

    def __init__(self) -> None:
        super().__init__()
        self._afterwards: dict[Worker[Any], Callable[[Any], object]] = {}
        self._waits: dict[Worker[Any], WaitingScreen] = {}
        self._typed_on: str | None = None
        """What was typed since a session began to be opened from here; None while none is."""
        self._focused_before: Widget | None = None

    @property
    def focus_chain(self) -> list[Widget]:
        """In the order they're read; what is pinned to the foot of a page comes last, wherever that has scrolled."""
        chain = super().focus_chain
        return sorted(chain, key=lambda one: any(node.styles.dock == "bottom" for node in one.ancestors_with_self))

    @property
    def reflect(self) -> Host:
        """The app this screen belongs to."""
        return cast("Host", self.app)

    def beside(
        self,
        work: Callable[[], Found],
        then: Callable[[Found], object],
        *,
        group: str = "workspace",
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
            self.set_timer(MOMENT_S, lambda: self.say(f"{slowly} …") if is_running(worker) else None)
        return worker

    def _wait_for(self, worker: Worker[Any], sentence: str) -> None:
        if not is_running(worker) or self.app.screen is not self:
            return
        from assistant.app.screens.waiting import WaitingScreen

        def stopped(_: None) -> None:
            if self._waits.pop(worker, None):
                worker.cancel()
                self.typed_on()
                self.say("Stopped.")

        self._waits[worker] = WaitingScreen(sentence, self.take_letter)
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

    # Somebody who types on while a session is being opened means its composer

    def a_session_opens(self) -> None:
        """Letters typed from now on are meant for it, and no key does anything here."""
        self._typed_on, self._focused_before = "", self.focused
        self.set_focus(None)

    @property
    def opening(self) -> bool:
        """A session is being opened from here."""
        return self._typed_on is not None

    def typed_on(self) -> str:
        """What was typed meanwhile, once; the keyboard is this screen's again."""
        if self._typed_on is None:
            return ""
        typed, self._typed_on = self._typed_on, None
        self.set_focus(self._focused_before)
        return typed

    def take_letter(self, letter: str) -> bool:
        """None of them is lost: over a list they are meant for the box above it, but for a space and ?."""
        if self._typed_on is not None:
            self._typed_on += letter
            return True
        if self.FINDS_IN and letter not in {" ", "?"}:
            self.set_focus(self.query_one(self.FINDS_IN))
        return False

    def failed(self, error: BaseException) -> None:
        """Say what went wrong, and give the screen back to the user."""
        if isinstance(error, DataFileError):
            self.reflect.show_faults(error)
            return
        self.typed_on()
        self.say(self.sentence(error), severity="warning" if isinstance(error, ReflectError) else "error")
        self.call_later(self.after_a_failure)

    def sentence(self, error: BaseException) -> str:
        """What the user is told about `error`."""
        if isinstance(error, ReflectError):
            return str(error)
        number = crash.report(error, self.reflect.home)
        return f"That did not work (incident {number}). Nothing you wrote is lost; please try again."

    def after_a_failure(self) -> Awaitable[None] | None:
        """Give the screen back to the user; screens that shut something while they wait open it here."""

    def told_here(self, sentence: str, severity: str) -> bool:  # noqa: ARG002 - for screens that have a place for it
        """Show a message in this screen's own place for it; False where it has none."""
        return False

    def copy(self, text: str, what: str) -> None:
        """Put text on the terminal's clipboard and on the computer's own, and say what was copied."""

        def said(sure: bool) -> None:
            asked = f"The {'browser' if self.app.is_web else 'terminal'} was asked to copy it"
            unsure = f" {asked}; where pasting brings nothing, save a copy instead."
            self.say(f"Copied: {what}.{'' if sure else unsure}")

        self.app.copy_to_clipboard(text)
        self.beside(lambda: self.reflect.put_on_clipboard(text), said, group="copy")

    def action_copy_text(self) -> None:
        """Copy what was marked with the mouse or a finger."""
        if not (marked := self.get_selected_text()):
            raise SkipAction
        self.copy(marked, MARKED_COPIED)

    def on_learning_card_copy_wanted(self, event: LearningCard.CopyWanted) -> None:
        """A card, on whichever screen it lies."""
        from assistant.app import content

        self.copy(content.cited(event.hit), POINT_COPIED)

    def say(self, sentence: str, *, severity: str = "information") -> None:
        """A short message where the eye is, shown as it stands: over the keys, unless the screen has a place for it."""
        now = self.app.screen  # this one may have been left meanwhile
        if isinstance(now, BaseScreen) and now.told_here(sentence, severity):
            return
        longer = {"error": 20.0, "warning": 12.0}
        self.app.notify(
            sentence,
            severity=severity,  # type: ignore[arg-type]  # one of Textual's three words
            timeout=longer.get(severity, 6.0),
            markup=False,
        )
