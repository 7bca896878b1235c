"""The command palette finds everything: each place, each journey, each past record and each review, from anywhere.

Names of cases and titles of reviews are `Content` and never help text, which Textual reads as markup. Enter chooses
of what is found by the letters that stand there, however fast they were typed.
"""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import SystemCommand
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.css.query import NoMatches
from textual.widgets import Input
from textual.worker import Worker, WorkerState

from assistant.app.colours import THEMES
from assistant.app.screens.help import is_ours
from assistant.app.screens.screen import BaseScreen
from assistant.app.session_list import rows
from assistant.errors import ReflectError

if TYPE_CHECKING:
    from textual.app import App
    from textual.binding import ActiveBinding
    from textual.dom import DOMNode
    from textual.screen import Screen

    from assistant.app.host import Host
    from assistant.workspace.workspace import Workspace

PLACES = {
    "Home": "home",
    "Library": "library",
    "Records": "records",
    "Actions": "actions",
    "Settings": "settings",
    "Guided tour": "tour",
}


class Palette(CommandPalette):
    """Textual's own, which takes Enter for the line that stands first while it still looks: often the last search's."""

    _chosen_early = False

    @on(Input.Changed)
    def _goes_on_typing(self) -> None:
        self._chosen_early = False

    @on(Input.Submitted)
    def _wait_for_what_is_found(self, event: Input.Submitted) -> None:
        if self._looks() and event.value.strip():
            self._chosen_early = True
            event.prevent_default().stop()

    @on(Worker.StateChanged)
    def _choose_now(self, event: Worker.StateChanged) -> None:
        if self._chosen_early and event.state is WorkerState.SUCCESS and not self._looks():
            self._chosen_early = False
            self._select_or_command()

    @work(exclusive=True, group=CommandPalette._GATHER_COMMANDS_GROUP)
    async def _gather_commands(self, search_value: str) -> None:
        """Textual's own; where it's closed meanwhile there is no list left to fill, and that's no reason to stop."""
        try:
            await CommandPalette._gather_commands.__wrapped__(self, search_value)  # type: ignore[attr-defined]
        except NoMatches:
            if self.is_running and self.is_attached and self.is_current:
                raise

    def _looks(self) -> bool:
        return any(
            worker.node is self and worker.group == self._GATHER_COMMANDS_GROUP and not worker.is_finished
            for worker in self.workers
        )


@dataclass(frozen=True)
class Way:
    """Somewhere to go."""

    name: str
    go: Callable[[], None]
    discovered: bool = True
    """Shown before anything is typed; records and reviews may be many."""


class EverythingProvider(Provider):
    """Ways to everything there is."""

    _ways: tuple[Way, ...] = ()

    async def startup(self) -> None:
        """Look at what there is, beside the interface. Nothing is offered where a screen must be answered first."""
        screen = self.screen
        if isinstance(screen, BaseScreen) and not screen.ANSWERED_FIRST:
            app = screen.reflect
            here = {active.binding.description for active in screen.active_bindings.values()}
            self._ways = tuple(way for way in await to_thread(_ways, app) if way.name not in here)

    async def discover(self) -> Hits:
        """Places and journeys."""
        for way in self._ways:
            if way.discovered:
                yield DiscoveryHit(Content(way.name), way.go, text=way.name)

    async def search(self, query: str) -> Hits:
        """Whatever has the letters in its name, the letters marked."""
        fuzzy = self.matcher(query).fuzzy_search
        for way in self._ways:
            score, offsets = fuzzy.match(query, way.name)
            if score > 0:
                shown = Content(way.name)
                for at in offsets:
                    shown = shown.stylize("underline", at, at + 1)
                yield Hit(score, shown, way.go, text=way.name)


def commands(app: App[None], host: Host, screen: Screen[object]) -> Iterator[SystemCommand]:
    """What has a key here, one line for each thing to do however many keys it has, and the colours."""
    once = {_does(active, app): active for active in reversed(screen.active_bindings.values())}
    once.pop(("command_palette", app), None)  # it brought us here
    for active in reversed(once.values()):
        binding, node = active.binding, active.node
        if binding.description and active.enabled and not binding.system:
            yield SystemCommand(
                binding.description,
                binding.tooltip or f"Key: {app.get_key_display(binding)}",
                partial(app.run_action, binding.action, node),
                discover=binding.show or is_ours(active),  # the toolkit's own are found by whoever looks for them
            )
    keyed = {active.binding.description for active in once.values()}
    for command in screen.COMMANDS_HERE if isinstance(screen, BaseScreen) else ():
        if command.title not in keyed:
            says = f"/{command.name}: {command.says}" if command.name else command.says
            yield SystemCommand(command.title, says, partial(app.run_action, command.action, screen))
    for theme in THEMES:
        choose = partial(host.choose_theme, theme.name)
        yield SystemCommand(f"Colours: {theme.name}", "How the app looks", choose, discover=False)


def _does(active: ActiveBinding, app: App[None]) -> tuple[str, DOMNode]:
    """What a key does and to what; a screen's own key for something of the app's does the same."""
    action = active.binding.action
    return (action.removeprefix("app."), app) if action.startswith("app.") else (action, active.node)


def _ways(app: Host) -> list[Way]:
    places = [Way(name, partial(app.go_to, place)) for name, place in PLACES.items()]
    try:
        workspace = app.workspace()
        return [] if workspace.locked else [*places, *_begun_and_kept(app, workspace)]
    except ReflectError:
        return places  # the first screen says what is wrong with the user's own files


def _begun_and_kept(app: Host, workspace: Workspace) -> Iterator[Way]:
    for journey in workspace.prompts.journeys.values():
        yield Way(f"Start: {journey.name}", partial(app.start, journey.id))
    for row in rows(workspace):
        yield Way(f"Record: {row.case}. {row.about}", partial(app.read_record, row.session), discovered=False)
    for review in workspace.learning.library.ids:
        title = workspace.learning.library.card(review).front.title
        yield Way(f"Review: {title}", partial(app.read_review, review), discovered=False)
