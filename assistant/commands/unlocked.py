"""The workspace as a command opens it: the passphrase is asked for where somebody sits at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from assistant import typed_early
from assistant.resources import data_dir
from assistant.store.passphrase_choice import CANNOT_BE_RECOVERED, KEEP, accepted, from_file
from assistant.store.store_errors import NotLetInError, PassphraseError
from assistant.workspace.workspace import Workspace

TRIES = 3


def somebody_there() -> bool:
    """Whether there is a terminal to ask at."""
    return sys.stdin.isatty()


def opened_workspace() -> Workspace:
    """The workspace with its records open.

    Raises LockedError when nobody can be asked, PassphraseError after three wrong tries.
    """
    workspace = Workspace(data_dir())
    if context := click.get_current_context(silent=True):
        context.call_on_close(workspace.opening.lock)
    if workspace.locked and somebody_there():
        if workspace.opening.database_url is not None:
            _sign_in(workspace)
        elif workspace.opening.new:
            _choose(workspace)
        else:
            _unlock(workspace)
    workspace.store  # noqa: B018 - says why the records cannot be opened, before anything else is done
    if workspace.opening.notice:
        click.echo(workspace.opening.notice, err=True)
    return workspace


def locked_while_away(workspace: Workspace, why: str) -> None:
    """Lock the records and clear the screen; go on once the passphrase was typed.

    Raises PassphraseError after three wrong tries; everything said is on disk.
    """
    workspace.opening.lock()
    click.clear()
    click.echo(f"{why}, so the screen was cleared and the records were locked.", err=True)
    if workspace.locked:
        _sign_in(workspace) if workspace.opening.database_url is not None else _unlock(workspace)


def typed_unseen(what: str) -> str:
    """A line that is shown to nobody."""
    try:
        line = typed_early.hidden(what)
    except EOFError:
        raise click.Abort from None
    return str(click.prompt(what, hide_input=True, err=True)) if line is None else line


def ask_passphrase() -> str:
    """The passphrase, from its file or from whoever sits at the terminal.

    Raises PassphraseError when there is neither.
    """
    passphrase = from_file()
    if passphrase is None and not somebody_there():
        raise PassphraseError("Name a file that holds the passphrase in REFLECT_PASSPHRASE_FILE, or use a terminal.")
    return passphrase or typed_unseen("Passphrase")


def ask_new_passphrase() -> str:
    """A passphrase typed twice by somebody who was told that it cannot be recovered."""
    click.echo(CANNOT_BE_RECOVERED, err=True)
    while True:
        try:
            passphrase = accepted(typed_unseen("Choose a passphrase"))
        except PassphraseError as error:
            click.echo(str(error), err=True)
            continue
        if typed_unseen("Type it again") == passphrase:
            return passphrase
        click.echo("They didn't match.", err=True)


def _choose(workspace: Workspace) -> None:
    passphrase = ask_new_passphrase()
    workspace.opening.set_passphrase(passphrase)
    if click.confirm(f"{KEEP}?", default=False, err=True):
        try:
            workspace.opening.remember_passphrase(passphrase)
        except PassphraseError as error:
            click.echo(str(error), err=True)


def _unlock(workspace: Workspace) -> None:
    _three_times(lambda: workspace.opening.unlock(typed_unseen("Passphrase")))


def _sign_in(workspace: Workspace) -> None:
    """As who has their name in the address, or else as whoever says theirs."""

    def once() -> None:
        login = workspace.opening.login or click.prompt("Your name in the team's database", err=True)
        workspace.opening.sign_in(login, typed_unseen(f"Password of {login}"))

    _three_times(once)


def _three_times(once: Callable[[], None]) -> None:
    for left in reversed(range(TRIES)):
        try:
            once()
        except (PassphraseError, NotLetInError) as error:
            if not left:
                raise
            click.echo(str(error), err=True)
        else:
            return
