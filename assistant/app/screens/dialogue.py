"""A screen over another that is answered before anything else."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from assistant.app import keys
from assistant.app.screens.typed import Typed

Result = TypeVar("Result")


class DialogueScreen(Typed, ModalScreen[Result], Generic[Result]):
    """Over the screen it is about; Help is the one key of the app it keeps."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding(keys.HELP, "app.help", "Help", tooltip="Every key of this screen")]
