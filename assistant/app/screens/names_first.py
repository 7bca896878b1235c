"""Words on their way into the records, looked through for names before anything is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.app.screens.identifiers_asked import NamesScreen
from assistant.app.screens.screen import BaseScreen
from assistant.app.widgets.names_asked import Chosen

if TYPE_CHECKING:
    from assistant.noticing.identifier_shapes import Identifier

Kept = TypeVar("Kept")


def names_first(
    screen: BaseScreen[Any],
    case: str,
    words: Sequence[str],
    keep: Callable[[tuple[str, ...]], Kept],
    then: Callable[[Kept], object],
) -> None:
    """Ask what stands for the names in `words`, and hand all of them on as decided; nothing where somebody goes back.

    `keep` is called beside the interface, in a thread, and `then` back here with what it gives.
    """
    workspace = screen.reflect.workspace()

    def look() -> tuple[Identifier, ...]:
        return tuple(one for said in words for one in workspace.stand_ins.notice(case, said).identifiers)

    def ask(found: tuple[Identifier, ...]) -> None:
        if found:
            screen.app.push_screen(NamesScreen(found), decided)
        else:
            decided({})

    def decided(chosen: Chosen | None) -> None:
        if chosen is not None:
            screen.beside(lambda: keep(remembered(chosen)), then, group="names")

    def remembered(chosen: Chosen) -> tuple[str, ...]:
        workspace.stand_ins.choose(case, chosen)
        return tuple(workspace.stand_ins.notice(case, said).words for said in words)

    screen.beside(look, ask, group="names")
