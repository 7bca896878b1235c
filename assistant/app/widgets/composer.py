"""Where a session is typed: never shut, grows from one line to ten, and sends on Enter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.timer import Timer

from assistant.app import keys, timing
from assistant.app.widgets.answer_box import AnswerBox
from assistant.conversation.voices import named_in, other_voice

PLACEHOLDER = "Type your answer…  / for commands"


class Composer(AnswerBox):
    """The words being written. Whatever else happens on the screen, they stay here until they are sent."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", "Send", tooltip="Send what you have written"),
        Binding(keys.SEND, "send", "Send now", show=False, tooltip="Send what you have written"),
        Binding(keys.VOICE, "voice", "Who speaks", show=False, tooltip="Begin a line for the other of two people"),
        Binding("pageup", "screen.read(-1)", "Read back", show=False, tooltip="Read back in the conversation"),
        Binding("pagedown", "screen.read(1)", "Read on", show=False, tooltip="Read on in the conversation"),
    ]

    class Paused(Message):
        """Nothing has been typed for a moment: what stands here may be all of it."""

    class Recalled(Message):
        """The last answer is wanted back, to change it."""

    @dataclass
    class Chose(Message):
        """Up or down through the commands, while one is being typed."""

        by: int

    def __init__(
        self,
        *,
        enter_sends: bool,
        two_voices: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's name for it
    ) -> None:
        super().__init__(id=id)
        self._enter_sends = enter_sends
        self._two_voices = two_voices
        self._pausing: Timer | None = None
        self.placeholder = PLACEHOLDER

    def on_mount(self) -> None:
        """Have the clock of pauses ready."""
        self._pausing = self.set_interval(timing.PAUSES_S, self._pause, pause=True)

    def on_text_area_changed(self) -> None:
        """Each letter begins the pause anew."""
        if self._pausing is not None:
            self._pausing.reset()
            self._pausing.resume()

    def _pause(self) -> None:
        if self._pausing is not None:
            self._pausing.pause()
        if self.text.strip():
            self.post_message(self.Paused())

    def action_enter(self) -> None:
        """Send, or begin a line, as chosen in the settings."""
        if self._enter_sends:
            self.action_send()
        else:
            self.action_line()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where one person sits alone there is no other voice."""
        return (action != "voice" or self._two_voices) and super().check_action(action, parameters)

    def action_voice(self) -> None:
        """Name the other person at the beginning of the line; a line that says something already is left as it is."""
        if not self._two_voices:
            return
        row, _ = self.cursor_location
        line = self.document.get_line(row)
        name = other_voice(line)
        if line.removeprefix(named_in(line)).strip():
            self.move_cursor(self.document.end)
            self.insert(f"\n{name}")
        else:
            self.replace(name, (row, 0), (row, len(line)))

    def type_on(self, letter: str) -> None:
        """A letter typed elsewhere, after those that are still on their way here."""
        self.post_message(events.Paste(letter))

    def take(self, sent: str = "") -> str:
        """What stood here when it was sent; what was typed since stays. Without that, all of it."""
        words = self.left_of(sent) if sent else self.text
        self.put(self.text.removeprefix(words))
        return words

    def left_of(self, sent: str) -> str:
        """What was sent and still stands here: where Enter was pressed twice its beginning has been taken already."""
        text = self.text
        return next((sent[start:] for start in range(len(sent)) if text.startswith(sent[start:])), "")

    def give_back(self, words: str) -> None:
        """Put words before what has been typed since: nothing of either is lost."""
        if words:
            self.put("\n".join(part for part in (words, self.text) if part.strip()))

    async def _on_key(self, event: events.Key) -> None:
        # a binding is asked only once the key has gone all the way up; letters typed quickly after would come before it
        match event.key:
            case "enter":
                self.action_enter()
            case "shift+enter" | "alt+enter" | "ctrl+j":
                self.action_line()
            case keys.VOICE if self._two_voices:
                self.action_voice()
            case "up" | "down" if self.text.startswith("/"):
                self.post_message(self.Chose(1 if event.key == "down" else -1))
            case "up" if not self.text:
                self.post_message(self.Recalled())
            case _:
                return
        event.stop()
        event.prevent_default()
